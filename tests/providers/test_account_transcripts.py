"""The transcripts about accounts themselves, from the client's side: what is asked, and what is read."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from app.contacts.contact import Value
from app.problems import Problem
from app.providers.account_fields import AccountFields
from app.providers.contract import Conversation
from app.providers.known import provider_named
from app.providers.options import OptionChoice
from app.providers.wire import Response
from tests.providers.batches import ask, batch_of, options_of

FOLDER = Path(__file__).resolve().parents[1] / "transcripts"
THOR: Mapping[str, Value] = {"3": "thor@example.com"}
LOKI: Mapping[str, Value] = {"3": "loki@example.com"}
MOBILES: tuple[Mapping[str, Value], ...] = ({"37": "+447700900111"}, {"37": "+447700900112"})


def _provider(name: str) -> Any:
    provider = provider_named(name)
    assert provider is not None
    return provider


def _read(name: str) -> dict[str, Any]:
    transcript: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_text("utf-8"))
    return transcript


def _response(name: str) -> Response:
    said = _read(name)["response"]
    body = json.dumps(said["json"]) if "json" in said else said.get("text", "")
    headers = {key.lower(): value for key, value in said.get("headers", {}).items()}
    return Response(said["status"], headers, body.encode())


def _choices(name: str, key: str) -> Conversation[tuple[OptionChoice, ...]]:
    provider = _provider(name.split("/")[0])
    conversation: Conversation[tuple[OptionChoice, ...]] = provider.choices(key, provider.default_options())
    return conversation


def _creation(name: str, key: str, called: str) -> Conversation[OptionChoice]:
    provider = _provider(name.split("/")[0])
    made: Conversation[OptionChoice] = provider.creation(key, called, provider.default_options())
    return made


def _existing(*contacts: Mapping[str, Value], key: str = "3") -> Conversation[Mapping[int, bool]]:
    provider = _provider("emarsys")
    batch = batch_of(*contacts, step="update")
    found: Conversation[Mapping[int, bool]] = provider.existing(batch, options_of(provider, key_id=key))
    return found


LISTED = [
    ("emarsys/lists", "list_id", {"1001": "Newsletter", "1002": "Customers"}),
    ("emarsys/sources", "source_id", {"1234": "Web shop", "5678": "Till"}),
    ("sociocs/lists", "list_id", {"0": "All contacts", "10001": "Newsletter", "10002": "Customers"}),
    (
        "smsend/groups_all",
        "groupIds",
        {
            "xHyUB5MBROIErT27pLaF": "Newsletter",
            "Qm2LcZ8TVkePw4YsNd1R": "Customers",
            "b7KfJtA0WgXuHo9EiVz3": "Events",
            "p4DvRnC6MlSyGq5OaUj8": "Members",
            "t1ZxWkB3FhNrLe7IcTm0": "Suppliers",
            "u9GoYdP2JsQvXa6KbEw5": "Friends of the house",
        },
    ),
]
MADE = [
    ("emarsys/list_create_plain", "list_id", "Spring", "1003"),
    ("sociocs/add_list", "list_id", "My Contact List", "10003"),
    ("smsend/add_group", "groupIds", "Spring", "key-0002"),
    ("octopush/add_list", "list_name", "my_list", "my_list"),
]
REFUSED = [
    ("emarsys/list_create_name_taken", "list_id"),
    ("emarsys/list_create_bad_name", "list_id"),
    ("emarsys/lists_forbidden", "list_id"),
    ("smsend/refused_new_group", "groupIds"),
    ("sociocs/refused_new_list", "list_id"),
    ("octopush/refused_new_list", "list_name"),
]


@pytest.mark.parametrize(("name", "key", "expected"), LISTED)
def test_what_is_listed_is_asked_for_and_read_as_shown(name: str, key: str, expected: dict[str, str]) -> None:
    found, asked = ask(_choices(name, key), _response(name))
    assert {choice.value: choice.label for choice in found} == expected
    _as_shown(name, asked[0])


@pytest.mark.parametrize(("name", "key", "called", "value"), MADE)
def test_what_is_made_is_asked_for_and_read_as_shown(name: str, key: str, called: str, value: str) -> None:
    found, asked = ask(_creation(name, key, called), _response(name))
    assert found == OptionChoice(value, called)
    if name != "smsend/add_group":  # its description is another one there
        _as_shown(name, asked[0])


@pytest.mark.parametrize(("name", "key"), REFUSED)
def test_what_is_refused_is_a_problem(name: str, key: str) -> None:
    with pytest.raises(Problem):
        ask(_creation(name, key, "Spring"), _response(name))


@pytest.mark.parametrize("fields", ["emarsys/fields", "emarsys/fields_v3"])
def test_live_fields_are_read_as_shown(fields: str) -> None:
    conversation: Conversation[AccountFields] = _provider("emarsys").account_fields(
        _provider("emarsys").default_options()
    )
    found, asked = ask(conversation, _response(fields), _response("emarsys/choices_of_several"))
    assert {"3", "37", "31", "123[]", "8765[]", "100003"} <= {field.key for field in found.fields}
    assert {"0", "33", "47"}.isdisjoint(field.key for field in found.fields)
    gender = found.field("5")
    assert gender is not None
    assert [choice.label for choice in gender.choices] == ["Male", "Female", "Prefer not to say"]
    _as_shown("emarsys/fields", asked[0])


@pytest.mark.parametrize(
    ("name", "contacts", "key", "expected"),
    [
        ("emarsys/check_ids", (THOR, LOKI), "3", {2: True, 3: False}),
        ("emarsys/check_ids_by_mobile", MOBILES, "37", {2: True, 3: False}),
        ("emarsys/check_ids_more_found", (THOR,), "3", {2: True}),
        ("emarsys/check_ids_nobody", (LOKI,), "3", {2: False}),
    ],
)
def test_who_exists_is_asked_for_and_read_as_shown(
    name: str, contacts: tuple[Mapping[str, Value], ...], key: str, expected: dict[int, bool]
) -> None:
    found, asked = ask(_existing(*contacts, key=key), _response(name))
    assert found == expected
    _as_shown(name, asked[0])


@pytest.mark.parametrize("name", ["emarsys/check_ids_too_many", "emarsys/check_ids_forbidden"])
def test_who_exists_may_not_be_told(name: str) -> None:
    with pytest.raises(Problem):
        ask(_existing(LOKI), _response(name))


def _as_shown(name: str, asked: Any) -> None:
    """The transcript's request is the one we make."""
    shown = _read(name)["request"]
    base = {"smsend": "/API/v1.0/REST/", "emarsys": "/api/v2/", "sociocs": "/", "octopush": "/v1/public/"}
    assert (asked.method, base[name.split("/")[0]] + asked.path) == (shown["method"], shown["path"])
    assert dict(asked.query) == shown.get("query", {})
    assert (json.loads(asked.body) if asked.body else None) == shown.get("json")
