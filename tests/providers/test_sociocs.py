"""Sociocs: what is asked, and what its answers mean. Examples are from its documents."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pytest

from app.contacts.contact import Value
from app.contacts.fields import ContactSchema
from app.problems import AccountProblem
from app.providers.contract import Provider
from app.providers.options import Options
from app.providers.sociocs import Sociocs
from app.providers.verdicts import Halt, Outcome, OutcomeKind, Split, Unclear
from tests.providers.batches import answer, batch_of, body_of, options_of, outcomes, step_of
from tests.providers.provider_contract import ProviderContract

SOCIOCS = Sociocs()
JOHN = {
    "phone_number": "+16175550112",
    "name": "John Johnson",
    "extra_fields.email_address": "john@example.com",
}
DAVID = {"phone_number": "+16175550111"}


class TestSociocs(ProviderContract):
    provider: Provider = SOCIOCS
    secrets = {"apikey": "hush-one:hush-two"}  # noqa: RUF012 - read only

    def contacts(self, schema: ContactSchema) -> tuple[Mapping[str, Value], ...]:  # noqa: ARG002
        return JOHN, DAVID, {"phone_number": "+447700900111", "name": "Ann"}

    def decisions(self) -> Iterator[Options]:
        yield SOCIOCS.default_options()
        yield options_of(SOCIOCS, list_id=10001, phone_number_cc="1", batch_size=10_000)


def test_contacts_are_sent_as_documented() -> None:
    request = step_of(SOCIOCS, phone_number_cc="1").request_for(batch_of(JOHN, DAVID))
    assert request.path == "contacts/bulk"
    assert body_of(request) == {
        "list_id": 0,
        "phone_number_cc": "1",
        "records": [
            {
                "phone_number": "+16175550112",
                "name": "John Johnson",
                "extra_fields": {"email_address": "john@example.com"},
            },
            {"phone_number": "+16175550111"},
        ],
    }


def test_a_dial_code_is_sent_only_if_there_is_one() -> None:
    assert "phone_number_cc" not in body_of(step_of(SOCIOCS).request_for(batch_of(DAVID)))


def test_any_column_can_become_an_extra_field() -> None:
    field = SOCIOCS.schema(SOCIOCS.default_options()).field("extra_fields.Shoe size")
    assert field is not None
    assert field.label == "Shoe size"


def test_success_is_said_in_the_body() -> None:
    found = outcomes(step_of(SOCIOCS), answer(200, {"status": "success"}), batch_of(JOHN, DAVID))
    assert [outcome.kind for outcome in found] == [OutcomeKind.ACCEPTED] * 2


@pytest.mark.parametrize("status", [200, 400])
def test_an_error_splits_the_batch_with_whatever_status_it_comes(status: int) -> None:
    error = {"status": "error", "errors": [{"msg": "Invalid phone_number."}, {"msg": "Invalid name."}]}
    alone = Outcome(OutcomeKind.REFUSED, "sociocs.400", "Invalid phone_number.; Invalid name.")
    assert step_of(SOCIOCS).verdict_on(answer(status, error), batch_of(JOHN)) == Split(alone)


@pytest.mark.parametrize("body", ["", "null", "[]", "{}", '{"status": "maybe"}', '{"sta'])
def test_an_unknown_answer_leaves_it_unclear(body: str) -> None:
    assert isinstance(step_of(SOCIOCS).verdict_on(answer(200, body), batch_of(JOHN)), Unclear)


def test_a_refused_key_stops_the_upload() -> None:
    verdict = step_of(SOCIOCS).verdict_on(answer(401, {"status": "error"}), batch_of(JOHN))
    assert isinstance(verdict, Halt)
    assert isinstance(verdict.problem, AccountProblem)


@pytest.mark.parametrize("key", ["", "no-colon", ":half", "half:", "a:b\nc", "ä:b"])
def test_half_a_key_is_refused_before_it_is_sent(key: str) -> None:
    with pytest.raises(AccountProblem):
        SOCIOCS.sign_in({"apikey": key}, SOCIOCS.default_options())


@pytest.mark.parametrize(
    ("option", "value"),
    [("list_id", -1), ("phone_number_cc", "+1"), ("phone_number_cc", "12345"), ("batch_size", 10_001)],
)
def test_options_that_cannot_be_sent_are_faults(option: str, value: int | str) -> None:
    faults = SOCIOCS.faults(options_of(SOCIOCS, **{option: value}))
    assert [fault.option for fault in faults] == [option]
