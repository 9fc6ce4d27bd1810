"""The Sociocs room's rules about what the account holds afterwards, beyond what transcripts show.

Through `answer`, without sockets.
"""

from __future__ import annotations

import base64
import json

import pytest

from app.practice.exchange import PracticeRequest
from app.practice.room import Seed
from tests.practice.signing import ask, open_room

BULK = "/contacts/bulk"
JOHN: dict[str, object] = {
    "phone_number": "+16175551212",
    "name": "John",
    "extra_fields": {"id": 7, "a": "b"},
}


def test_an_existing_number_is_overwritten_with_all_its_extra_fields() -> None:
    room = open_room("sociocs", Seed(contacts=[{**JOHN, "lists": [10001]}]))
    again = {"phone_number": "16175551212", "extra_fields": {"c": 1.5}}
    ask(room, "POST", BULK, {"list_id": 10002, "phone_number_cc": "1", "records": [again]})
    assert room.contacts() == [
        {
            "id": 1,
            "phone_number": "16175551212",
            "name": "",
            "phone_number_cc": "1",
            "extra_fields": {"c": 1.5},
            "lists": [10001, 10002],
        }
    ]


def test_one_bad_record_saves_nobody() -> None:
    room = open_room("sociocs")
    answer = ask(room, "POST", BULK, {"records": [JOHN, {"phone_number": "12"}]})
    assert answer.status == 400
    assert room.contacts() == []


@pytest.mark.parametrize(
    "phone", ["+447700900123", "447700900123", "+33639980001", "491701234567", "+12125550100"]
)
def test_numbers_that_begin_with_a_country_code_are_taken(phone: str) -> None:
    assert ask(open_room("sociocs"), "POST", BULK, {"records": [{"phone_number": phone}]}).status == 200


@pytest.mark.parametrize(
    "phone",
    [
        "07700900123",
        "00447700900123",
        "+44 7700 900123",
        "++447700900123",
        "+4477",
        "+1234567890123456",
        "",
        1,
    ],
)
def test_other_numbers_are_refused(phone: object) -> None:
    assert ask(open_room("sociocs"), "POST", BULK, {"records": [{"phone_number": phone}]}).status == 400


@pytest.mark.parametrize("value", [True, None, [1], {"a": 1}])
def test_extra_fields_hold_text_and_numbers_only(value: object) -> None:
    record = {**JOHN, "extra_fields": {"a": value}}
    assert ask(open_room("sociocs"), "POST", BULK, {"records": [record]}).status == 400


@pytest.mark.parametrize(
    "body",
    [
        {"records": {}},
        {"records": []},
        {"records": ["16175551212"]},
        {"records": [JOHN], "list_id": True},
        {"records": [JOHN], "list_id": None},
        {"records": [JOHN], "phone_number_cc": 1},
        {"records": [JOHN], "phone_number_cc": ""},
        {"records": [{**JOHN, "extra_fields": None}]},
        {"records": [{**JOHN, "extra_fields": []}]},
        {"records": [JOHN], "listId": 10001},
        [JOHN],
    ],
)
def test_other_badly_formed_bodies_are_refused(body: object) -> None:
    room = open_room("sociocs")
    answer = ask(room, "POST", BULK, body)
    assert answer.status == 400
    assert json.loads(answer.body)["status"] == "error"
    assert room.contacts() == []


def test_ten_thousand_records_are_taken() -> None:
    room = open_room("sociocs")
    records = [{"phone_number": f"+1617{number:07}"} for number in range(10_000)]
    assert ask(room, "POST", BULK, {"list_id": 10001, "records": records}).status == 200
    assert len(room.contacts()) == 10_000


def test_the_key_may_come_as_basic_but_not_in_the_address() -> None:
    room = open_room("sociocs")
    basic = {"Authorization": "Basic " + base64.b64encode(b"practice:practice").decode()}
    assert room.answer(PracticeRequest("GET", "/lists", {}, basic)).status == 200
    assert room.answer(PracticeRequest("GET", "/lists", {"apikey": "practice:practice"})).status == 401


def test_contacts_are_paged_and_sorted_by_id() -> None:
    room = open_room("sociocs")
    records = [{"phone_number": f"+1617555010{number}"} for number in range(5)]
    ask(room, "POST", BULK, {"list_id": 10002, "records": records})
    page = ask(room, "GET", "/contacts", query={"list_id": "10002", "limit": "2", "offset": "3"})
    assert [contact["id"] for contact in json.loads(page.body)["data"]] == [4, 5]
    assert ask(room, "GET", "/contacts", query={"limit": "1001"}).status == 400
    assert ask(room, "GET", "/contacts", query={"list_id": "99"}).status == 400


def test_a_new_list_can_be_joined() -> None:
    room = open_room("sociocs")
    number = json.loads(ask(room, "POST", "/lists", {"name": "Spring"}).body)["data"]["id"]
    ask(room, "POST", BULK, {"list_id": number, "records": [JOHN]})
    assert room.lists()[str(number)] == {"name": "Spring", "contacts": ["16175551212"]}
    assert ask(room, "POST", "/lists", {"name": " "}).status == 400


def test_the_content_type_must_be_json() -> None:
    room = open_room("sociocs")
    headers = {"Content-Type": "text/plain"}
    assert ask(room, "POST", BULK, {"records": [JOHN]}, headers=headers).status == 400
