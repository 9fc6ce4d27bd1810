"""Who may come in to the Emarsys room, and when not.

Digests are computed here a second time, from the documents.
"""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from app.practice.emarsys_sign_in import digest
from app.practice.exchange import PracticeRequest
from tests.practice.signing import NOW, Clock, open_room, token_request, wsse

V2 = PracticeRequest("GET", "/api/v2/settings")
V3 = PracticeRequest("GET", "/api/v3/settings")


def _status(header: str, name: str = "X-WSSE", clock: Clock | None = None) -> int:
    return open_room("emarsys", clock=clock).answer(replace(V2, headers={name: header})).status


def test_the_digest_is_base64_of_the_hexadecimal_sum() -> None:
    nonce, created = "d36e316282959a9ed4c89851497a717f", "2014-03-20T12:51:45Z"
    expected = "YWQyNWE5Y2JkOTY2ZTU1ODg2M2QzNzVhNDZlZGQwZjg5YjZlZTk4Yw=="
    assert digest(nonce, created, "customersecret") == expected


@pytest.mark.parametrize("name", ["X-WSSE", "x-wsse", "WSSE"])
def test_the_header_goes_by_two_names(name: str) -> None:
    assert _status(wsse(), name) == 200


@pytest.mark.parametrize(
    "created",
    [
        "2026-01-01T12:04:59+00:00",
        "2026-01-01T13:00:00+0100",
        "2026-01-01T12:00:00.123Z",
        "2026-01-01T13:00:00",
    ],
)
def test_times_within_five_minutes_are_taken_with_any_zone(created: str) -> None:
    # The last has no zone: the documents assume GMT+1.
    assert _status(wsse(created)) == 200


@pytest.mark.parametrize(
    "created", ["2026-01-01T12:05:01Z", "2026-01-01T11:54:59Z", "2026-01-01T12:00:00", "noon"]
)
def test_other_times_are_refused(created: str) -> None:
    assert _status(wsse(created)) == 401


def test_a_wrong_user_or_secret_is_refused() -> None:
    assert _status(wsse(user="practice002")) == 401
    assert _status(wsse(secret="wrong")) == 401


def test_a_nonce_is_good_once() -> None:
    room = open_room("emarsys")
    request = replace(V2, headers={"X-WSSE": wsse()})
    assert [room.answer(request).status for _ in range(2)] == [200, 401]


def test_a_header_in_another_form_is_refused() -> None:
    assert _status(wsse().removeprefix("UsernameToken ")) == 401
    assert _status(wsse().replace('Nonce="0', 'Nonce="G')) == 401


def test_a_bearer_token_ends_after_an_hour() -> None:
    clock = Clock()
    room = open_room("emarsys", clock=clock)
    given = json.loads(room.answer(token_request()).body)
    request = replace(V3, headers={"Authorization": f"Bearer {given['access_token']}"})
    assert room.answer(request).status == 200
    clock.now = NOW + given["expires_in"] + 1
    assert room.answer(request).status == 401


def test_wsse_does_not_open_v3() -> None:
    assert open_room("emarsys").answer(replace(V3, headers={"X-WSSE": wsse()})).status == 401


def test_the_token_address_has_no_slash_at_its_end() -> None:
    room = open_room("emarsys")
    assert room.knows("/oauth2/token")
    assert not room.knows("/oauth2/token/")


def test_a_token_is_asked_for_with_a_form() -> None:
    request = token_request()
    as_json = replace(request, headers={**request.headers, "Content-Type": "application/json"})
    assert open_room("emarsys").answer(as_json).status == 400
    assert open_room("emarsys").answer(replace(request, method="GET")).status == 405
