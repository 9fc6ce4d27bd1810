"""Keys met before, and the flat table that remembers them."""

from __future__ import annotations

import random

from app.contacts.duplicates import KnownKeys, Met


def test_nothing_is_met_in_an_empty_list() -> None:
    assert KnownKeys(("email",)).meet(2, {"email": "anna@example.com"}) == Met((), False)


def test_the_first_row_of_a_value_stays_the_first() -> None:
    keys = KnownKeys(("email",))
    keys.meet(2, {"email": "anna@example.com"})
    keys.meet(3, {"email": "anna@example.com"})
    assert keys.meet(4, {"email": "ANNA@example.com"}) == Met((("email", 2),), True)


def test_all_are_met_only_when_no_key_is_new() -> None:
    keys = KnownKeys(("email", "phone"))
    keys.meet(2, {"email": "anna@example.com", "phone": "+393331234567"})
    assert keys.meet(3, {"email": "anna@example.com"}).all_met
    shared = {"email": "anna@example.com", "phone": "+393337654321"}
    assert keys.meet(4, shared) == Met((("email", 2),), False)
    assert keys.meet(5, {"phone": "+393337654321"}) == Met((("phone", 4),), True)


def test_a_row_is_no_duplicate_of_itself() -> None:
    keys = KnownKeys(("email",))
    keys.meet(2, {"email": "anna@example.com"})
    assert keys.meet(2, {"email": "anna@example.com"}).places == ()


def test_contacts_without_keys_are_never_met() -> None:
    keys = KnownKeys(())
    keys.meet(2, {"name": "Anna"})
    assert keys.meet(3, {"name": "Anna"}).places == ()


def test_several_texts_are_one_key() -> None:
    keys = KnownKeys(("groups",))
    keys.meet(2, {"groups": ("a", "b")})
    assert keys.meet(3, {"groups": ("ab",)}).places == ()
    assert keys.meet(4, {"groups": ("a", "b")}).all_met


def test_many_keys_are_remembered_as_a_dictionary_would() -> None:
    random_ = random.Random(5)
    keys, expected = KnownKeys(("id",)), dict[str, int]()
    for row in range(2, 20_000):
        value = str(random_.randrange(15_000))
        places = keys.meet(row, {"id": value}).places
        assert places == ((("id", expected[value]),) if value in expected else ())
        expected.setdefault(value, row)
