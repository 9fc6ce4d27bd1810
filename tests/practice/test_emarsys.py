"""The Emarsys room's rules about contacts, fields and lists, beyond what transcripts show.

Through `answer`, without sockets.
"""

from __future__ import annotations

import json
from typing import Any

import pytest

from app.practice.exchange import PracticeResponse
from app.practice.room import Seed
from tests.practice.signing import Clock, ask, open_room

CONTACT = "/api/v2/contact"
UPSERT = "/api/v2/contact/"
LISTS = "/api/v2/contactlist"
CREATING = {"create_if_not_exists": "1"}
IAN: dict[str, object] = {"3": "ian@example.com", "2": "Boothby"}


def _data(answer: PracticeResponse) -> Any:
    assert answer.status == 200, answer.body
    return json.loads(answer.body)["data"]


def test_an_update_replaces_only_what_was_sent_and_an_empty_text_clears() -> None:
    room = open_room("emarsys", Seed(contacts=[{"id": 9, **IAN, "1": "Ian", "11": "Leeds"}]))
    ask(room, "PUT", UPSERT, {"key_id": "3", "contacts": [{"3": "IAN@example.com", "1": "", "5": "1"}]})
    assert room.contacts() == [
        {"id": 9, "3": "IAN@example.com", "2": "Boothby", "11": "Leeds", "5": "1", "lists": []}
    ]


def test_the_internal_id_and_the_uid_find_a_contact_to_update() -> None:
    room = open_room("emarsys", Seed(contacts=[{"id": 9, **IAN}]))
    assert _data(ask(room, "PUT", UPSERT, {"key_id": "id", "contacts": [{"id": "9", "1": "A"}]}))["ids"] == [
        "9"
    ]
    body = {"key_id": "uid", "contacts": [{"uid": "p000000009", "1": "B"}]}
    assert _data(ask(room, "PUT", UPSERT, body))["ids"] == ["9"]
    assert room.contacts()[0]["1"] == "B"


def test_an_internal_id_nobody_has_cannot_be_made() -> None:
    body = {"key_id": "id", "contacts": [{"id": "9", "1": "A"}]}
    data = _data(ask(open_room("emarsys"), "PUT", UPSERT, body, CREATING))
    assert list(data["errors"]["9"]) == ["2004"]


def test_a_changed_key_value_is_found_and_the_old_one_is_not() -> None:
    room = open_room("emarsys", Seed(contacts=[{"id": 9, **IAN, "37": "+447700900110"}]))
    ask(room, "PUT", UPSERT, {"key_id": "3", "contacts": [IAN]})
    ask(room, "PUT", UPSERT, {"key_id": "37", "contacts": [{"37": "+447700900110", "3": "new@example.com"}]})
    body = {"key_id": "3", "external_ids": ["new@example.com", "ian@example.com"]}
    data = _data(ask(room, "POST", "/api/v2/contact/checkids", body))
    assert data["ids"] == {"new@example.com": "9"}
    assert list(data["errors"]) == ["ian@example.com"]


def test_an_address_twice_in_one_create_is_one_contact_and_one_error() -> None:
    data = _data(ask(open_room("emarsys"), "POST", CONTACT, {"key_id": 3, "contacts": [IAN, IAN]}))
    assert data == {
        "ids": [1],
        "errors": {"ian@example.com": {"2009": "Contact with the external id already exists: 3"}},
    }


def test_everybody_updated_or_created_joins_the_list_named() -> None:
    room = open_room("emarsys", Seed(contacts=[{"id": 9, **IAN}]))
    body = {"key_id": "3", "contact_list_id": 1001, "contacts": [IAN, {"3": "new@example.com"}, {"3": "bad"}]}
    ask(room, "PUT", UPSERT, body, CREATING)
    assert room.lists()["1001"] == {"name": "Newsletter", "contacts": [9, 1]}


def test_joining_a_list_again_adds_nobody() -> None:
    room = open_room("emarsys", Seed(contacts=[{"id": 9, **IAN}]))
    body = {"key_id": "3", "external_ids": ["ian@example.com"]}
    answers = [_data(ask(room, "POST", f"{LISTS}/1001/add", body)) for _ in range(2)]
    assert [answer["inserted_contacts"] for answer in answers] == ["1", "0"]
    assert _data(ask(room, "GET", f"{LISTS}/1001/count")) == {"count": 1}


@pytest.mark.parametrize(
    ("field", "value", "kept"),
    [
        ("5", "2", "2"),
        ("5", 2, "2"),
        ("31", 1, "1"),
        ("4", "1980-01-31", "1980-01-31"),
        ("8765", ["1", 2], ["1", "2"]),
        ("100004", "12.5", "12.5"),
        ("37", "00447700900123", "00447700900123"),
        ("14", "184", "184"),
        ("1", "x" * 60, "x" * 60),
    ],
)
def test_values_the_documents_allow_are_kept(field: str, value: object, kept: object) -> None:
    room = open_room("emarsys")
    data = _data(ask(room, "POST", CONTACT, {"key_id": "3", "contacts": [{**IAN, field: value}]}))
    assert data["ids"] == [1], data
    assert room.contacts()[0][field] == kept


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("5", "4", "2007"),
        ("5", ["1"], "2007"),
        ("31", "3", "2007"),
        ("31", True, "2007"),
        ("4", "1980-02-30", "2007"),
        ("4", "1980-01-31 12:00", "2007"),
        ("8765", ["9"], "2007"),
        ("100004", "twelve", "2007"),
        ("1", "x" * 61, "2007"),
        ("1", None, "2007"),
        ("1", {"a": 1}, "2007"),
        ("first_name", "x", "2006"),
        ("uid", "x", "2007"),
        ("source_id", 99, "2013"),
    ],
)
def test_other_values_refuse_their_contact_alone(field: str, value: object, code: str) -> None:
    room = open_room("emarsys")
    contacts = [{"3": "other@example.com"}, {**IAN, field: value}]
    data = _data(ask(room, "POST", CONTACT, {"key_id": "3", "contacts": contacts}))
    assert data["ids"] == [1]
    assert list(data["errors"]["ian@example.com"]) == [code]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"key_id": True, "contacts": [IAN]}, 2004),
        ({"key_id": ["3"], "contacts": [IAN]}, 2004),
        ({"key_id": "uid", "contacts": [IAN]}, 2004),
        ({"key_id": "33", "contacts": [IAN]}, 2004),
        ({"key_id": "3", "contacts": {}}, 1008),
        ({"key_id": "3", "contacts": ["ian@example.com"]}, 1008),
        ({"key_id": "3", "contacts": []}, 1006),
        ({"key_id": "3", "contacts": [IAN], "source_id": "1234"}, 1008),
        ({"key_id": "3", "contacts": [IAN], "contact_list_id": "1001"}, 2020),
        ({"key_id": "3", "2": "Boothby"}, 2005),
        ([IAN], 1010),
    ],
)
def test_a_badly_formed_call_is_refused_whole(body: object, code: int) -> None:
    room = open_room("emarsys")
    answer = ask(room, "POST", CONTACT, body)
    assert answer.status == 400
    assert json.loads(answer.body)["replyCode"] == code
    assert json.loads(answer.body)["data"] == ""
    assert room.contacts() == []


def test_an_array_for_a_key_that_is_one_value_is_an_error_of_that_contact() -> None:
    room = open_room("emarsys")
    data = _data(
        ask(room, "POST", f"{LISTS}/1001/add", {"key_id": "3", "external_ids": [["a", "b"], None, ""]})
    )
    assert list(data["errors"]) == ["a,b", ""]
    assert list(data["errors"]["a,b"]) == ["2007"]
    assert list(data["errors"][""]) == ["2005"]


def test_choices_as_key_are_found_in_any_order() -> None:
    room = open_room("emarsys", Seed(contacts=[{"id": 1, "123": ["1", "2"]}]))
    data = _data(ask(room, "POST", f"{LISTS}/1001/add", {"key_id": "123", "external_ids": [[2, 1], "1"]}))
    assert data["inserted_contacts"] == "1"
    assert list(data["errors"]["1"]) == ["2007"]


def test_fields_name_their_kind_and_choices_have_words() -> None:
    room = open_room("emarsys")
    fields = {field["id"]: field for field in _data(ask(room, "GET", "/api/v2/field/translate/en"))}
    assert fields["37"] == {
        "id": "37",
        "name": "Mobile",
        "application_type": "shorttext",
        "string_id": "mobile",
    }
    assert fields["31"]["application_type"] == "special"
    assert _data(ask(room, "GET", "/api/v2/field")) == list(fields.values())
    countries = _data(ask(room, "GET", "/api/v2/field/14/choice/translate/en"))
    assert {"id": "83", "choice": "Italy", "bit_position": None} in countries
    assert len(countries) == 248
    both = _data(ask(room, "GET", "/api/v2/field/choices", query={"fields": "5,46", "language": "en"}))
    assert list(both) == ["5", "46"]


def test_an_unknown_language_or_path_is_no_resource() -> None:
    room = open_room("emarsys")
    for path in ("field/translate/xx", "nothing", "contact//"):
        assert ask(room, "GET", f"/api/v2/{path}").status == 400


def test_a_new_list_has_everybody_named_who_exists() -> None:
    room = open_room("emarsys", Seed(contacts=[{"id": 9, **IAN}]))
    body = {"key_id": "3", "name": "Spring", "external_ids": ["ian@example.com", "loki@example.com"]}
    data = _data(ask(room, "POST", LISTS, body))
    assert data["id"] == 1003
    assert list(data["errors"]) == ["loki@example.com"]
    assert room.lists()["1003"] == {"name": "Spring", "contacts": [9]}


def test_the_rate_is_counted_by_the_minute() -> None:
    clock = Clock()
    room = open_room("emarsys", clock=clock)
    answers = [ask(room, "GET", "/api/v3/settings") for _ in range(1_001)]
    assert {answer.status for answer in answers[:-1]} == {200}
    assert answers[0].headers["X-RateLimit-Remaining"] == "999"
    assert answers[-1].status == 429
    clock.now = float(answers[-1].headers["X-RateLimit-Reset"])
    assert ask(room, "GET", "/api/v3/settings").status == 200


def test_a_body_over_the_documented_size_is_refused() -> None:
    body = {"key_id": "3", "contacts": [{**IAN, "100005": "x" * (8 * 1024 * 1024)}]}
    assert ask(open_room("emarsys"), "PUT", UPSERT, body).status == 413
