"""The countries that phone numbers belong to, with their dial codes.

Knows codes; names of countries are the window's, numbers themselves numbering's.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import phonenumbers


@dataclass(frozen=True, slots=True)
class PhoneCountry:
    """`region` is an ISO 3166 code in capitals; `dial_code` the digits after the plus, e.g. "44"."""

    region: str
    dial_code: str


@cache
def phone_countries() -> tuple[PhoneCountry, ...]:
    """Every country with a numbering plan, by its ISO code."""
    # The library's own question for a region's code reads all the region's rules first, from 245 files.
    codes = {
        region: str(code)
        for code, regions in phonenumbers.COUNTRY_CODE_TO_REGION_CODE.items()
        for region in regions
    }
    return tuple(PhoneCountry(region, codes[region]) for region in sorted(phonenumbers.SUPPORTED_REGIONS))
