"""The Octopush room's rules about what the account holds afterwards, beyond what transcripts show.

Through `answer`, without sockets.
"""

from __future__ import annotations

import pytest

from app.practice.room import Seed
from tests.practice.signing import ask, open_room

CREATE = "/v1/public/contact/create"
PHONE = "+33639980001"
OLD: dict[str, object] = {
    "phone_number": PHONE,
    "first_name": "Axelle",
    "param1": "Mme",
    "lists": ["old"],
    "tags": ["old"],
}
NEW: dict[str, object] = {"phone_number": PHONE, "last_name": "Durand", "param2": None}


def test_an_existing_contact_is_overwritten_and_stays_on_its_lists() -> None:
    room = open_room("octopush", Seed(contacts=[OLD]))
    ask(room, "POST", CREATE, {"contacts": [NEW], "list_name": "new", "tag_names": ["a", "b"]})
    assert room.contacts() == [
        {"phone_number": PHONE, "last_name": "Durand", "lists": ["old", "new"], "tags": ["old", "a", "b"]}
    ]


def test_do_not_overwrite_leaves_an_existing_contact_as_it_is() -> None:
    room = open_room("octopush", Seed(contacts=[OLD]))
    body = {"contacts": [NEW], "list_name": "new", "un_list": True, "do_not_overwrite": True}
    ask(room, "POST", CREATE, body)
    assert room.contacts() == [OLD]


def test_un_list_and_un_tag_detach_before_the_new_names_attach() -> None:
    room = open_room("octopush", Seed(contacts=[OLD]))
    body = {"contacts": [NEW], "list_names": ["new"], "un_list": True, "tag_name": "vip", "un_tag": True}
    ask(room, "POST", CREATE, body)
    assert room.contacts()[0]["lists"] == ["new"]
    assert room.contacts()[0]["tags"] == ["vip"]
    assert room.lists() == {
        "old": {"name": "old", "contacts": []},
        "new": {"name": "new", "contacts": [PHONE]},
    }


@pytest.mark.parametrize("flag", ["auto_delete_optout_contacts", "auto_remove_blacklisted_numbers"])
def test_who_opted_out_is_dropped_if_asked(flag: str) -> None:
    room = open_room("octopush", Seed(optouts=[PHONE]))
    other = {"phone_number": "+33639980002"}
    ask(room, "POST", CREATE, {"contacts": [NEW, other], flag: True})
    assert [contact["phone_number"] for contact in room.contacts()] == ["+33639980002"]
    ask(room, "POST", CREATE, {"contacts": [NEW], flag: False})
    assert len(room.contacts()) == 2


def test_one_bad_contact_saves_nobody() -> None:
    room = open_room("octopush")
    assert ask(room, "POST", CREATE, {"contacts": [NEW, {"phone_number": "33639980001"}]}).status == 400
    assert room.contacts() == []


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"contacts": {}},
        {"contacts": [PHONE]},
        {"contacts": [{}]},
        {"contacts": [{"phone_number": None}]},
        {"contacts": [{**NEW, "first_name": None}]},
        {"contacts": [{**NEW, "param6": "x"}]},
        {"contacts": [NEW], "list_name": ""},
        {"contacts": [NEW], "list_names": "one"},
        {"contacts": [NEW], "list_names": ["l" * 31]},
        {"contacts": [NEW], "tag_names": ["t" * 21]},
        {"contacts": [NEW], "tag_name": "a", "tag_names": ["b"]},
        {"contacts": [NEW], "un_list": 1},
        {"contacts": [NEW], "un_tag": "true"},
    ],
)
def test_badly_formed_bodies_are_refused(body: dict[str, object]) -> None:
    room = open_room("octopush")
    assert ask(room, "POST", CREATE, body).status == 400
    assert room.contacts() == []


def test_names_are_taken_up_to_their_length() -> None:
    body = {"contacts": [NEW], "list_name": "l" * 30, "tag_name": "t" * 20}
    assert ask(open_room("octopush"), "POST", CREATE, body).status == 201


def test_a_new_list_is_kept_though_empty() -> None:
    room = open_room("octopush")
    assert ask(room, "POST", "/v1/public/contact-list/create", {"list_name": "spring"}).status == 201
    assert room.lists() == {"spring": {"name": "spring", "contacts": []}}
    assert ask(room, "POST", "/v1/public/contact-list/create", {"list_name": "s" * 31}).status == 400


def test_nobody_can_read_contacts_back() -> None:
    assert ask(open_room("octopush"), "GET", "/v1/public/contact").status == 404
