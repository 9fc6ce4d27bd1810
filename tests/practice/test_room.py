"""What every practice room promises, tried on all four: counting, reading back, emptying, seeds.

Knows no provider's rules.
"""

from __future__ import annotations

import json

import pytest

from app.practice.exchange import PracticeRequest
from app.practice.room import Seed
from app.practice.rooms import ROOMS, open_rooms
from tests.practice.signing import open_room

NAMES = [room.name for room in ROOMS]
SEEDS: dict[str, dict[str, object]] = {
    "smsend": {"id": "5", "phoneNumber": "+393471234567", "groupIds": ["mine"]},
    "emarsys": {"id": 5, "3": "anna@example.com", "lists": [7]},
    "sociocs": {
        "id": 1,
        "phone_number": "16175551212",
        "name": "John",
        "phone_number_cc": "1",
        "extra_fields": {"a": 1},
        "lists": [7],
    },
    "octopush": {"phone_number": "+33639980001", "first_name": "Axelle", "lists": ["Mine"], "tags": ["a"]},
}
LIST_IDS = {"smsend": "mine", "emarsys": "7", "sociocs": "7", "octopush": "Mine"}


@pytest.mark.parametrize("name", NAMES)
def test_a_new_account_has_lists_to_choose_from_but_nobody_in_them(name: str) -> None:
    room = open_room(name)
    assert room.contacts() == []
    assert all(found["contacts"] == [] for found in room.lists().values())
    assert bool(room.lists()) == (name != "octopush")  # whose lists can't be read


@pytest.mark.parametrize("name", NAMES)
def test_a_seeded_contact_is_read_back_as_it_was_given(name: str) -> None:
    room = open_room(name, Seed(contacts=[SEEDS[name]], lists={LIST_IDS[name]: "Mine"}))
    assert room.contacts() == [SEEDS[name]]
    mine = room.lists()[LIST_IDS[name]]
    assert mine["name"] == "Mine"
    assert mine["contacts"] == [
        SEEDS[name].get("id") if name in ("smsend", "emarsys") else SEEDS[name]["phone_number"]
    ]


@pytest.mark.parametrize("name", NAMES)
def test_the_dump_says_what_the_account_holds(name: str) -> None:
    room = open_room(name, Seed(contacts=[SEEDS[name]], lists={LIST_IDS[name]: "Mine"}))
    room.answer(PracticeRequest("GET", "/API/v1.0/REST/status" if name == "smsend" else "/api/v2/settings"))
    assert json.loads(room.dump().body) == {"contacts": room.contacts(), "lists": room.lists(), "requests": 1}


@pytest.mark.parametrize("name", NAMES)
def test_emptying_puts_the_account_back_to_how_it_was_opened(name: str) -> None:
    room = open_room(name, Seed(contacts=[SEEDS[name]], lists={LIST_IDS[name]: "Mine"}))
    before = room.contacts(), room.lists()
    room.empty()
    assert (room.contacts(), room.lists()) == before
    assert room.requests == 0


def test_no_two_rooms_know_the_same_path() -> None:
    paths = [
        "/API/v1.0/REST/contact",
        "/api/v2/contact",
        "/api/v3/contact/",
        "/oauth2/token",
        "/contacts/bulk",
        "/lists",
        "/v1/public/contact/create",
    ]
    for path in paths:
        assert sum(room.knows(path) for room in open_rooms()) == 1, path
    assert not any(room.knows(path) for room in open_rooms() for path in ("/", "", "/practice", "/api/v1/x"))
