"""Tests the countries of phone numbers: their codes are the library's own."""

from __future__ import annotations

import phonenumbers

from app.contacts.countries import phone_countries


def test_every_country_has_the_dial_code_that_its_own_rules_name() -> None:
    told = {one.region: one.dial_code for one in phone_countries()}
    assert told == {
        region: str(phonenumbers.country_code_for_region(region)) for region in phonenumbers.SUPPORTED_REGIONS
    }
