"""The smsend room's rules about what the account holds afterwards, beyond what transcripts show.

Through `answer`, without sockets.
"""

from __future__ import annotations

import json

import pytest

from app.practice.exchange import PracticeRequest
from app.practice.room import Seed
from tests.practice.signing import Clock, ask, open_room

BASE = "/API/v1.0/REST/"
CONTACT = BASE + "contact"
NEWS, CUSTOMERS = "xHyUB5MBROIErT27pLaF", "Qm2LcZ8TVkePw4YsNd1R"
OLD: dict[str, object] = {
    "id": "7",
    "email": "anna@example.com",
    "phoneNumber": "+393471234567",
    "city": "Roma",
    "groupIds": [CUSTOMERS],
}
NEW: dict[str, object] = {"email": "Anna@example.com", "name": "Anna", "groupIds": [NEWS]}


def _many(contact: dict[str, object], *, update: bool, keep: bool) -> dict[str, object]:
    return {
        "contacts": [contact],
        "updateExistingContact": update,
        "keepExistingGroupsAndCampaigns": keep,
    }


@pytest.mark.parametrize(
    ("update", "keep", "held"),
    [
        (True, True, {**OLD, "email": "Anna@example.com", "name": "Anna", "groupIds": [CUSTOMERS, NEWS]}),
        (True, False, {**OLD, "email": "Anna@example.com", "name": "Anna", "groupIds": [NEWS]}),
        (False, True, {"id": "1", **NEW, "groupIds": [CUSTOMERS, NEWS]}),
        (False, False, {"id": "1", **NEW}),
    ],
)
def test_a_clash_is_settled_as_the_two_flags_say(update: bool, keep: bool, held: dict[str, object]) -> None:
    room = open_room("smsend", Seed(contacts=[OLD]))

    ask(room, "POST", CONTACT, _many(NEW, update=update, keep=keep))

    assert room.contacts() == [held]


def test_the_flags_left_out_drop_the_old_contact_and_its_groups() -> None:
    room = open_room("smsend", Seed(contacts=[OLD]))
    ask(room, "POST", CONTACT, {"contacts": [{"phoneNumber": "+393471234567"}]})
    assert room.contacts() == [{"id": "1", "phoneNumber": "+393471234567", "groupIds": []}]


def test_one_bad_contact_saves_nobody() -> None:
    room = open_room("smsend")
    answer = ask(room, "POST", CONTACT, {"contacts": [{"email": "a@example.com"}, {"email": "b"}]})
    assert answer.status == 400
    assert room.contacts() == []


def test_a_phone_number_twice_in_one_request_is_one_contact() -> None:
    room = open_room("smsend")
    twice = [{"phoneNumber": "+393471234567"}, {"phoneNumber": "+393471234567", "name": "Anna"}]
    ask(room, "POST", CONTACT, {"contacts": twice, "updateExistingContact": True})
    assert [contact["name"] for contact in room.contacts()] == ["Anna"]


def test_groups_list_their_members() -> None:
    room = open_room("smsend", Seed(contacts=[OLD]))
    assert room.lists()[CUSTOMERS] == {"name": "Customers", "contacts": ["7"]}
    assert room.lists()[NEWS] == {"name": "Newsletter", "contacts": []}


@pytest.mark.parametrize(
    "text", ["310180", "19800131", "3101801230", "19800131123000", "1980-01-31 12:30", "1980-01-31 12:30.0"]
)
def test_every_documented_date_form_is_taken(text: str) -> None:
    body = {"contacts": [{"email": "a@example.com", "birthdate": text, "rememberdate": text}]}
    assert ask(open_room("smsend"), "POST", CONTACT, body).status == 200


@pytest.mark.parametrize("text", ["1980-01-31", "19800231", "320180", "1980-1-31 12:30", "nineteen"])
def test_other_dates_are_refused(text: str) -> None:
    body = {"contacts": [{"email": "a@example.com", "promotiondate": text}]}
    assert ask(open_room("smsend"), "POST", CONTACT, body).status == 400


@pytest.mark.parametrize(
    ("field", "most"),
    [
        ("name", 40),
        ("surname", 40),
        ("fax", 32),
        ("address", 256),
        ("city", 32),
        ("province", 32),
        ("zip", 16),
    ],
)
def test_texts_are_taken_up_to_their_length(field: str, most: int) -> None:
    room = open_room("smsend")
    for length, status in ((most, 200), (most + 1, 400)):
        body = {"contacts": [{"email": "a@example.com", field: "x" * length}]}
        assert ask(room, "POST", CONTACT, body).status == status


@pytest.mark.parametrize(
    "body",
    [
        {"contacts": []},
        {"contacts": {}},
        {"contacts": ["a@example.com"]},
        {"contacts": [{"email": "a@example.com", "groupIds": NEWS}]},
        {"contacts": [{"email": "a@example.com", "groupIds": [1]}]},
        {"contacts": [{"email": "a@example.com", "custom11": "x"}]},
        {"contacts": [{"email": "a@example.com"}], "update": True},
        {"contacts": [{"email": "a@example.com"}], "keepExistingGroupsAndCampaigns": 1},
        {"contacts": [{"email": "a@example.com", "phoneNumber": ""}]},
    ],
)
def test_other_badly_formed_bodies_are_refused(body: dict[str, object]) -> None:
    room = open_room("smsend")
    assert ask(room, "POST", CONTACT, body).status == 400
    assert room.contacts() == []


def test_a_session_dies_after_five_minutes_without_a_call() -> None:
    clock = Clock()
    room = open_room("smsend", clock=clock)
    query = {"username": "practice", "password": "practice"}
    key = room.answer(PracticeRequest("GET", BASE + "login", query)).body.decode().split(";")[1]
    call = PracticeRequest("GET", BASE + "status", {}, {"USER_KEY": "12345", "session_key": key})
    for _ in range(3):
        clock.now += 299
        assert room.answer(call).status == 200
    clock.now += 301
    assert room.answer(call).status == 401


def test_asking_whether_the_session_lives_does_not_keep_it_alive() -> None:
    clock = Clock()
    room = open_room("smsend", clock=clock)
    query = {"username": "practice", "password": "practice"}
    key = room.answer(PracticeRequest("GET", BASE + "login", query)).body.decode().split(";")[1]
    check = PracticeRequest("GET", BASE + "checksession", {}, {"user_key": "12345", "Session_key": key})
    clock.now += 200
    assert room.answer(check).body == b"true"
    clock.now += 200
    assert room.answer(check).body == b"false"


def test_a_user_token_opens_the_account() -> None:
    room = open_room("smsend")
    query = {"username": "practice", "password": "practice"}
    token = room.answer(PracticeRequest("GET", BASE + "token", query)).body.decode().split(";")[1]
    call = PracticeRequest("GET", BASE + "status", {}, {"user_key": "12345", "Access_token": token})
    assert room.answer(call).status == 200
    swapped = PracticeRequest("GET", BASE + "status", {}, {"user_key": "12345", "Session_key": token})
    assert room.answer(swapped).status == 401


def test_groups_come_five_to_a_page() -> None:
    room = open_room("smsend")
    first = json.loads(ask(room, "GET", BASE + "groups").body)
    second = json.loads(ask(room, "GET", BASE + "groups", query={"pageNumber": "2"}).body)
    assert (len(first["groups"]), len(second["groups"])) == (5, 1)
    assert ask(room, "GET", BASE + "groups", query={"pageSize": "all"}).status == 400


def test_a_new_group_can_be_joined() -> None:
    room = open_room("smsend")
    made = ask(room, "POST", BASE + "group", {"name": "Spring", "description": "Offers"})
    key = made.headers["Location"].removeprefix("/group/")
    body = {"contacts": [{"email": "a@example.com", "groupIds": [key]}]}
    assert ask(room, "POST", CONTACT, body).status == 200
    assert room.lists()[key] == {"name": "Spring", "contacts": ["1"]}
    assert ask(room, "POST", BASE + "group", {"name": "Spring"}).status == 400


def test_a_contact_can_be_read_back() -> None:
    room = open_room("smsend", Seed(contacts=[OLD]))
    assert json.loads(ask(room, "GET", BASE + "contact/7").body) == OLD
    assert ask(room, "GET", BASE + "contact/8").status == 404


def test_the_plural_path_is_not_there() -> None:
    assert ask(open_room("smsend"), "POST", BASE + "contacts", {"contacts": []}).status == 404
