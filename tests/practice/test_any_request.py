"""Whatever arrives, a room answers: it never stumbles, and never answers as if the server had broken down.

Requests are made up; what the answers say is tested elsewhere.
"""

from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.practice.exchange import PracticeRequest
from app.practice.rooms import ROOMS
from tests.practice.signing import ask, open_room, signed_in

NAMES = [room.name for room in ROOMS]
CALLS: dict[str, list[tuple[str, str]]] = {
    "smsend": [("POST", f"/API/v1.0/REST/{path}") for path in ("contact", "group")],
    "emarsys": [
        ("POST", "/api/v2/contact"),
        ("PUT", "/api/v2/contact/"),
        ("POST", "/api/v2/contact/checkids"),
        ("POST", "/api/v2/contact/getdata"),
        ("POST", "/api/v2/contactlist"),
        ("POST", "/api/v2/contactlist/1001/add"),
    ],
    "sociocs": [("POST", "/contacts/bulk"), ("POST", "/lists")],
    "octopush": [("POST", f"/v1/public/{path}") for path in ("contact/create", "contact-list/create")],
}
WORDS = st.sampled_from(
    [
        *("contacts", "records", "external_ids", "keyValues", "fields", "key_id", "keyId", "id", "uid"),
        *("3", "37", "5", "8765", "123", "source_id", "contact_list_id", "name", "description", "list_id"),
        *("phone_number", "phone_number_cc", "extra_fields", "email", "phoneNumber", "groupIds", "gender"),
        *("birthdate", "list_name", "list_names", "tag_names", "un_list", "param1", "first_name"),
    ]
)
VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=5),
    WORDS,
    st.sampled_from(["a@example.com", "+33639980001", "1001", "id", "9" * 5_000]),
)
JSON = st.recursive(
    VALUES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=4),
    max_leaves=12,
)


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(bodies=st.lists(st.dictionaries(WORDS, JSON, max_size=5), min_size=1, max_size=2))
def test_any_json_is_answered(name: str, bodies: list[dict[str, object]]) -> None:
    room = open_room(name)
    for method, path in CALLS[name]:
        for body in bodies:
            answer = ask(room, method, path, body, {"create_if_not_exists": "1"})
            assert answer.status < 500, (path, body)
    json.loads(room.dump().body)


def test_an_id_of_endless_digits_is_nobody() -> None:
    body = {"key_id": "id", "external_ids": ["9" * 5_000]}
    assert ask(open_room("emarsys"), "POST", "/api/v2/contactlist/1001/add", body).status == 200


@pytest.mark.parametrize("name", NAMES)
def test_a_body_nested_without_end_is_refused(name: str) -> None:
    room = open_room(name)
    for method, path in CALLS[name]:
        headers = {"Content-Type": "application/json"}
        request = PracticeRequest(method, path, {}, headers, b"[" * 100_000)
        assert room.answer(signed_in(room, request)).status == 400


@pytest.mark.parametrize(
    ("name", "path", "query"),
    [
        ("smsend", "/API/v1.0/REST/groups", {"pageSize": "9" * 5_000}),
        ("sociocs", "/contacts", {"offset": "9" * 5_000}),
        ("sociocs", "/contacts", {"list_id": "²"}),
        ("emarsys", f"/api/v2/contactlist/{'9' * 5_000}/count", {}),
        ("emarsys", "/api/v2/contactlist/²/count", {}),
        ("emarsys", "/api/v2/field/5/choice/translate", {}),
        ("emarsys", "/api/v2/", {}),
    ],
)
def test_odd_addresses_are_answered(name: str, path: str, query: dict[str, str]) -> None:
    assert 400 <= ask(open_room(name), "GET", path, query=query).status < 500
