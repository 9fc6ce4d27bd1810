"""The README's table of the documents' parameters: complete, and each test that it names is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from app.providers.known import PROVIDERS, provider_named

ROOT = Path(__file__).resolve().parent.parent.parent
ROW = re.compile(
    r"^\| (smsend|Emarsys, create|Emarsys, list|Sociocs|Octopush) \| (.+) \| (.+) \| (.+) \|$", re.M
)
DOCUMENTED = {
    "smsend": {
        *("user_key", "Session_key", "contacts", "updateExistingContact", "keepExistingGroupsAndCampaigns"),
        *("email", "phoneNumber", "name", "surname", "gender", "fax", "address", "city", "province", "zip"),
        *("birthdate", "promotiondate", "rememberdate", "groupIds", "custom1-10"),
    },
    "Emarsys, create": {"key_id", "field ids", "source_id"},
    "Emarsys, list": {"list_id", "key_id", "external_ids"},
    "Sociocs": {"list_id", "phone_number_cc", "records", "phone_number", "name", "extra_fields"},
    "Octopush": {
        *("list_name", "list_names", "un_list", "tag_name", "tag_names", "un_tag", "contacts"),
        *("auto_delete_optout_contacts", "do_not_overwrite", "phone_number", "first_name", "last_name"),
        "param1-5",
    },
}
"""Every parameter of the five documents, as the table writes it."""


def rows() -> list[tuple[str, str, str, str]]:
    found: list[tuple[str, str, str, str]] = ROW.findall((ROOT / "README.md").read_text("utf-8"))
    return found


@pytest.mark.parametrize("document", DOCUMENTED)
def test_every_documented_parameter_is_in_the_table(document: str) -> None:
    told = " ".join(parameters for name, parameters, _, _ in rows() if name == document)
    words = re.findall(r"field ids|[A-Za-z_]+\d*(?:-\d+)?", told)
    assert DOCUMENTED[document] <= set(words)


def test_every_test_of_the_table_is_there() -> None:
    code = "\n".join(path.read_text("utf-8") for path in (ROOT / "tests" / "providers").glob("*.py"))
    named = {test for *_, tests in rows() for test in tests.split(", ")}
    assert len(named) > 10
    assert {test for test in named if f"def {test}(" not in code} == set()


def test_every_option_that_the_table_names_is_an_option_or_a_field() -> None:
    known = {option.key for provider in PROVIDERS for option in provider.options}
    for provider in PROVIDERS:
        known |= {field.key for field in provider.schema(provider.default_options()).fields}
    for _, _, where, _ in rows():
        assert set(re.findall(r"`([a-z_A-Z]+)`", where)) <= known, where


def test_every_option_with_a_name_on_the_wire_is_in_the_table() -> None:
    told = " ".join(" ".join(row) for row in rows())
    for provider in PROVIDERS:
        assert provider_named(provider.name) is provider
        for option in provider.options:
            if option.wire_name and option.wire_name != "POST":
                assert option.wire_name in told, option.key
