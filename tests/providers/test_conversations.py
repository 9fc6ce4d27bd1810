"""Each provider talks to its practice room, without a wire between them: what was meant is what arrived.

The rooms are written from the same documents by another hand, and strict about them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import pytest

from app.contacts.contact import Value
from app.contacts.fields import Field, FieldKind, Meaning
from app.practice.emarsys_sign_in import TOKEN_PATH
from app.practice.exchange import PracticeRequest
from app.practice.room import Room, Seed
from app.practice.rooms import PRACTICE_SECRETS, ROOMS
from app.providers.contract import Provider
from app.providers.known import PROVIDERS, provider_named
from app.providers.options import Options
from app.providers.sign_in import SignIn
from app.providers.verdicts import OutcomeKind
from app.providers.wire import Door, Request, Response
from tests.providers.batches import batch_of, options_of, outcomes

PHONES = ("+447700900111", "+447700900112", "+447700900113")


class _Talk:
    """A provider, signed in, and the room it talks to."""

    def __init__(self, provider: Provider, options: Options) -> None:
        self.provider, self.options = provider, options
        self.room: Room = next(room() for room in ROOMS if room.name == provider.name)
        self._sign_in: SignIn = provider.sign_in(PRACTICE_SECRETS[provider.name], options)

    def send(self, request: Request) -> Response:
        flow = self._sign_in.flow(request)
        signed = next(flow)
        while True:
            response = self._deliver(signed)
            try:
                signed = flow.send(response)
            except StopIteration:
                return response

    def upload(self, contacts: Sequence[Mapping[str, Value]]) -> list[list[OutcomeKind]]:
        """What became of the contacts in each step, all of them going on to the next."""
        kinds = []
        for step in self.provider.steps(self.options):
            batch = batch_of(*contacts, step=step.key)
            found = outcomes(step, self.send(step.request_for(batch)), batch)
            kinds.append([outcome.kind for outcome in found])
        return kinds

    def _deliver(self, request: Request) -> Response:
        base = self.provider.base_path(self.options)
        path = TOKEN_PATH if request.door is Door.TOKEN else base + request.path
        arrived = PracticeRequest(
            request.method, path, dict(request.query), dict(request.headers), request.body or b""
        )
        said = self.room.answer(arrived)
        headers = {name.lower(): value for name, value in said.headers.items()}
        headers["date"] = datetime.now(UTC).strftime("%a, %d %b %Y %H:%M:%S GMT")
        return Response(said.status, headers, said.body)


def _talk(name: str, **decided: Any) -> _Talk:
    provider = provider_named(name)
    assert provider is not None
    return _Talk(provider, options_of(provider, **decided))


def _filled(field: Field) -> Value:
    """A value that the field can hold."""
    samples = {
        FieldKind.EMAIL: "anna@example.com",
        FieldKind.PHONE: PHONES[0],
        FieldKind.DATE: "1980-01-31",
        FieldKind.INTEGER: "1234",
    }
    if field.choices:
        return field.choices[-1].value
    if field.kind is FieldKind.TEXTS:
        return ("xHyUB5MBROIErT27pLaF",)
    return samples.get(field.kind, "x" * (field.max_length or 20))


WAYS: list[tuple[str, dict[str, Any]]] = [
    ("smsend", {}),
    ("smsend", {"sign_in": "token"}),
    ("emarsys", {}),
    ("emarsys", {"sign_in": "oauth2"}),
    ("sociocs", {}),
    ("octopush", {}),
]


@pytest.mark.parametrize(("name", "decided"), WAYS)
def test_the_trial_succeeds_with_the_right_secrets(name: str, decided: dict[str, Any]) -> None:
    talk = _talk(name, **decided)
    response = talk.send(talk.provider.trial(talk.options))
    assert talk.provider.problem_in(response, talk.options) is None


@pytest.mark.parametrize(("name", "decided"), WAYS)
def test_a_contact_with_every_field_arrives(name: str, decided: dict[str, Any]) -> None:
    talk = _talk(name, **decided)
    fields = [field for field in talk.provider.schema(talk.options).fields if field.key != "source_id"]
    ((kind,),) = talk.upload([{field.key: _filled(field) for field in fields}])
    assert kind in (OutcomeKind.CREATED, OutcomeKind.ACCEPTED)
    (held,) = talk.room.contacts()
    assert {field.key for field in fields} <= set(held)


@pytest.mark.parametrize("provider", PROVIDERS, ids=lambda provider: provider.name)
def test_contacts_with_only_a_phone_number_arrive(provider: Provider) -> None:
    decided = {"key_id": "37"} if provider.name == "emarsys" else {}
    talk = _talk(provider.name, **decided)
    schema = provider.schema(talk.options)
    (phone,) = (field.key for field in schema.fields if field.meaning is Meaning.MOBILE)
    talk.upload([{phone: number} for number in PHONES])
    assert [str(held[phone]).lstrip("+") for held in talk.room.contacts()] == [
        number.lstrip("+") for number in PHONES
    ]


def test_emarsys_creates_and_lists_in_two_steps_also_who_was_there() -> None:
    people: list[dict[str, Value]] = [{"3": "anna@example.com"}, {"3": "luca@example.com"}]
    talk = _talk("emarsys", action="create_and_list", list_id=1001)
    assert talk.upload(people[:1]) == [[OutcomeKind.CREATED], [OutcomeKind.ACCEPTED]]
    assert talk.upload(people)[0] == [OutcomeKind.ACCEPTED, OutcomeKind.CREATED]
    assert len(talk.room.contacts()) == 2


@pytest.mark.parametrize("sign_in", ["wsse", "oauth2"])
def test_emarsys_creates_or_updates_and_clears_nothing(sign_in: str) -> None:
    talk = _talk("emarsys", action="create_or_update_and_list", list_id=1001, sign_in=sign_in)
    anna: dict[str, Value] = {"3": "anna@example.com", "1": "Anna", "8765[]": ("1", "2")}
    luca: dict[str, Value] = {"3": "luca@example.com"}
    assert talk.upload([anna]) == [[OutcomeKind.CREATED], [OutcomeKind.ACCEPTED]]
    changed: dict[str, Value] = {"3": "anna@example.com", "1": " ", "2": "Rossi", "8765[]": ()}
    assert talk.upload([luca, changed])[0] == [OutcomeKind.CREATED, OutcomeKind.UPDATED]
    held = {str(contact["3"]): contact for contact in talk.room.contacts()}
    assert (held["anna@example.com"]["1"], held["anna@example.com"]["2"]) == ("Anna", "Rossi")
    assert held["anna@example.com"]["8765"] == ["1", "2"]
    assert held["luca@example.com"]["lists"] == [1001]


def test_emarsys_saves_a_key_that_comes_twice_once() -> None:
    talk = _talk("emarsys", action="create_or_update")
    people: list[dict[str, Value]] = [
        {"3": "anna@example.com", "1": "Anna"},
        {"3": "ANNA@example.com", "1": "A."},
    ]
    assert talk.upload(people) == [[OutcomeKind.CREATED, OutcomeKind.REFUSED]]
    (held,) = talk.room.contacts()
    assert held["1"] == "Anna"


@pytest.mark.parametrize(
    ("name", "decided"),
    [
        ("emarsys", {"action": "create"}),
        ("emarsys", {"action": "create_or_update"}),
        ("emarsys", {"action": "list_only", "list_id": 1001}),
        ("smsend", {}),
        ("sociocs", {"batch_size": 10_000}),
        ("octopush", {"batch_size": 500}),
    ],
)
def test_a_full_batch_is_within_what_the_provider_takes(name: str, decided: dict[str, Any]) -> None:
    talk = _talk(name, **decided)
    (step,) = talk.provider.steps(talk.options)
    key = talk.provider.schema(talk.options).keys[0]
    is_email = key == "3"
    contacts: list[dict[str, Value]] = [
        {key: f"p{number}@example.com" if is_email else f"+4477009{number:05d}"}
        for number in range(step.batch_size)
    ]
    if step.key == "list":
        talk.room = type(talk.room)(Seed(contacts=contacts))
    kinds = {kind for (*_, last) in [talk.upload(contacts)] for kind in last}
    assert kinds <= {OutcomeKind.CREATED, OutcomeKind.ACCEPTED}
    assert len(talk.room.contacts()) == step.batch_size


@pytest.mark.parametrize(
    "decided", [{"list_name": "spring"}, {"list_names": ("one", "two"), "tag_name": "vip"}]
)
def test_octopush_lists_and_tags_arrive(decided: dict[str, Any]) -> None:
    talk = _talk("octopush", **decided)
    assert talk.upload([{"phone_number": PHONES[0]}]) == [[OutcomeKind.ACCEPTED]]
    names = {name for name in ("spring", "one", "two") if name in repr(decided)}
    assert names <= {str(found["name"]) for found in talk.room.lists().values() if found["contacts"]}


def test_sociocs_extra_fields_arrive() -> None:
    talk = _talk("sociocs", list_id=10001, phone_number_cc="44")
    talk.upload([{"phone_number": PHONES[0], "extra_fields.Shoe size": "42"}])
    (held,) = talk.room.contacts()
    assert held["extra_fields"] == {"Shoe size": "42"}


def test_an_ended_smsend_session_is_opened_again_on_the_way() -> None:
    talk = _talk("smsend")
    talk.upload([{"phoneNumber": PHONES[0]}])
    talk.room.now = lambda: datetime.now(UTC).timestamp() + 3_600
    assert talk.upload([{"phoneNumber": PHONES[1]}]) == [[OutcomeKind.ACCEPTED]]


def test_smsend_defaults_keep_what_was_there() -> None:
    talk = _talk("smsend")
    group = "xHyUB5MBROIErT27pLaF"
    talk.upload([{"phoneNumber": PHONES[0], "name": "Anna", "city": "Milano", "groupIds": (group,)}])
    talk.upload([{"phoneNumber": PHONES[0], "name": "Anna Maria"}])
    (held,) = talk.room.contacts()
    assert (held["name"], held["city"], held["groupIds"]) == ("Anna Maria", "Milano", [group])


def test_octopush_defaults_keep_who_was_there() -> None:
    talk = _talk("octopush")
    talk.upload([{"phone_number": PHONES[0], "first_name": "Anna"}])
    talk.upload([{"phone_number": PHONES[0], "first_name": "Luca"}])
    (held,) = talk.room.contacts()
    assert held["first_name"] == "Anna"


@pytest.mark.parametrize("action", ["create", "create_or_update"])
def test_an_emarsys_source_arrives_with_every_contact(action: str) -> None:
    talk = _talk("emarsys", action=action, source_id="1234")
    talk.upload([{"3": "anna@example.com"}, {"3": "luca@example.com", "source_id": "5678"}])
    assert [held["source_id"] for held in talk.room.contacts()] == ["1234", "5678"]
