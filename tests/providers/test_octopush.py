"""Octopush: what is asked, and what its answers mean. Examples are from its documents."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from app.contacts.contact import Value
from app.contacts.fields import ContactSchema
from app.problems import AccountProblem
from app.providers.contract import Provider
from app.providers.octopush import Octopush
from app.providers.options import Options, OptionValue
from app.providers.verdicts import Halt, Outcome, OutcomeKind, Split
from tests.providers.batches import answer, batch_of, body_of, options_of, outcomes, step_of
from tests.providers.provider_contract import ProviderContract

OCTOPUSH = Octopush()
AXELLE = {
    "phone_number": "+33639980001",
    "first_name": "Axelle",
    "last_name": "Durand",
    **{f"param{number}": f"text {number}" for number in range(1, 6)},
}
JOHN = {"phone_number": "+33639980002", "first_name": "John"}


class TestOctopush(ProviderContract):
    provider: Provider = OCTOPUSH
    secrets = {"api_login": "hush@example.org", "api_key": "hush-key"}  # noqa: RUF012 - read only

    def contacts(self, schema: ContactSchema) -> tuple[Mapping[str, Value], ...]:  # noqa: ARG002
        return AXELLE, JOHN, {"phone_number": "+33639980003"}

    def decisions(self) -> Iterator[Options]:
        yield OCTOPUSH.default_options()
        yield options_of(OCTOPUSH, list_name="l" * 30, tag_names=("a", "b"), un_list=True, un_tag=True)
        yield options_of(OCTOPUSH, do_not_overwrite=False, auto_delete_optout_contacts=True, batch_size=500)


def _body(**decided: Any) -> Any:
    return body_of(step_of(OCTOPUSH, **decided).request_for(batch_of(AXELLE, JOHN)))


def test_contacts_are_sent_as_documented() -> None:
    assert step_of(OCTOPUSH).request_for(batch_of(JOHN)).path == "contact/create"
    assert _body(list_name="my_list", tag_name="vip") == {
        "list_name": "my_list",
        "tag_name": "vip",
        "un_list": False,
        "un_tag": False,
        "auto_delete_optout_contacts": False,
        "do_not_overwrite": True,
        "contacts": [AXELLE, JOHN],
    }


def test_several_names_are_sent_together_and_each_once() -> None:
    body = _body(list_name="one", list_names=("two", " one ", ""), tag_names=("vip",))
    assert body["list_names"] == ["one", "two"]
    assert body["tag_names"] == ["vip"]
    assert not {"list_name", "tag_name"} & set(body)


def test_without_names_there_are_no_lists_and_tags() -> None:
    assert not {"list_name", "list_names", "tag_name", "tag_names"} & set(_body())


@pytest.mark.parametrize("flag", ["un_list", "un_tag", "auto_delete_optout_contacts", "do_not_overwrite"])
@pytest.mark.parametrize("value", [True, False])
def test_every_switch_is_always_sent(flag: str, value: bool) -> None:
    assert _body(**{flag: value})[flag] is value


@pytest.mark.parametrize("response", [answer(201), answer(200, {}), answer(204), answer(202, "OK")])
def test_any_success_is_taken_as_accepted(response: Any) -> None:
    found = outcomes(step_of(OCTOPUSH), response, batch_of(AXELLE, JOHN))
    assert [outcome.kind for outcome in found] == [OutcomeKind.ACCEPTED] * 2


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("", "octopush.accepted"),
        ("OK", "octopush.accepted"),
        ({"code": 0, "message": "done"}, "octopush.accepted"),
        ([], "octopush.accepted"),
        ('{"contacts": [{"id"', "octopush.accepted_broken"),
        ("[1, 2", "octopush.accepted_broken"),
        ({"error_code": 117, "message": "no correct numbers"}, "octopush.accepted_but"),
        ({"errors": ["x"]}, "octopush.accepted_but"),
    ],
)
def test_a_success_whose_body_raises_doubts_says_so(body: object, code: str) -> None:
    (found,) = outcomes(step_of(OCTOPUSH), answer(201, body), batch_of(JOHN))
    assert found == Outcome(OutcomeKind.ACCEPTED, code)


@pytest.mark.parametrize(
    ("body", "detail"),
    [
        ({"code": 100, "message": "Bad phone."}, "100 Bad phone."),
        ({"error_code": "117", "message": "No numbers"}, "117 No numbers"),
        ("Bad request.", "Bad request."),
        ([], "[]"),
    ],
)
def test_a_bad_request_splits_the_batch_and_keeps_what_was_said(body: object, detail: str) -> None:
    alone = Outcome(OutcomeKind.REFUSED, "octopush.400", detail)
    assert step_of(OCTOPUSH).verdict_on(answer(400, body), batch_of(AXELLE)) == Split(alone)


@pytest.mark.parametrize("status", [401, 403])
def test_a_refused_account_stops_the_upload(status: int) -> None:
    verdict = step_of(OCTOPUSH).verdict_on(answer(status, {"message": "no"}), batch_of(JOHN))
    assert isinstance(verdict, Halt)
    assert isinstance(verdict.problem, AccountProblem)


def test_the_account_signs_with_two_headers() -> None:
    sign_in = OCTOPUSH.sign_in({"api_login": " a@example.org ", "api_key": "k"}, OCTOPUSH.default_options())
    signed = next(sign_in.flow(OCTOPUSH.trial(OCTOPUSH.default_options())))
    assert signed.headers == (("api-login", "a@example.org"), ("api-key", "k"))


@pytest.mark.parametrize(
    ("option", "value", "limit"),
    [
        ("list_name", "l" * 31, 30),
        ("list_names", ("ok", "l" * 31), 30),
        ("tag_name", "t" * 21, 20),
        ("tag_names", ("t" * 21,), 20),
        ("batch_size", 501, 500),
        ("batch_size", 0, 500),
    ],
)
def test_options_that_cannot_be_sent_are_faults(option: str, value: OptionValue, limit: int) -> None:
    faults = OCTOPUSH.faults(options_of(OCTOPUSH, **{option: value}))
    assert [(fault.option, fault.limit) for fault in faults] == [(option, limit)]
