"""Keys met before, and the flat table that remembers them."""

from __future__ import annotations

import random

from app.contacts.duplicates import KnownKeys, Met


def test_nothing_is_met_in_an_empty_list() -> None:
    assert KnownKeys(("email",)).met(2, {"email": "anna@example.com"}) == Met((), False)


def test_the_first_row_of_a_value_stays_the_first() -> None:
    keys = KnownKeys(("email",))
    keys.remember(2, {"email": "anna@example.com"})
    keys.remember(3, {"email": "anna@example.com"})
    assert keys.met(4, {"email": "ANNA@example.com"}) == Met((("email", 2),), True)


def test_all_are_met_only_when_no_key_is_new() -> None:
    keys = KnownKeys(("email", "phone"))
    keys.remember(2, {"email": "anna@example.com", "phone": "+393331234567"})
    assert keys.met(3, {"email": "anna@example.com"}).all_met
    assert not keys.met(3, {"email": "anna@example.com", "phone": "+393337654321"}).all_met


def test_a_row_is_no_duplicate_of_itself() -> None:
    keys = KnownKeys(("email",))
    keys.remember(2, {"email": "anna@example.com"})
    assert keys.met(2, {"email": "anna@example.com"}).places == ()


def test_contacts_without_keys_are_never_met() -> None:
    keys = KnownKeys(())
    keys.remember(2, {"name": "Anna"})
    assert keys.met(3, {"name": "Anna"}).places == ()


def test_several_texts_are_one_key() -> None:
    keys = KnownKeys(("groups",))
    keys.remember(2, {"groups": ("a", "b")})
    assert keys.met(3, {"groups": ("a", "b")}).all_met
    assert keys.met(3, {"groups": ("ab",)}).places == ()


def test_many_keys_are_remembered_as_a_dictionary_would() -> None:
    random_ = random.Random(5)
    keys, expected = KnownKeys(("id",)), dict[str, int]()
    for row in range(2, 20_000):
        value = str(random_.randrange(15_000))
        places = keys.met(row, {"id": value}).places
        assert places == ((("id", expected[value]),) if value in expected else ())
        keys.remember(row, {"id": value})
        expected.setdefault(value, row)
