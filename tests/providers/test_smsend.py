"""smsend: what is asked, how it signs in, and what its answers mean. Examples are from its documents."""

from __future__ import annotations

import base64
from collections.abc import Generator, Iterator, Mapping
from typing import Any

import pytest

from app.contacts.contact import Value
from app.contacts.fields import ContactSchema
from app.problems import AccountProblem, NetworkProblem, Problem
from app.providers.contract import Provider
from app.providers.options import Options
from app.providers.sign_in import SignIn
from app.providers.smsend import Smsend
from app.providers.verdicts import Halt, Outcome, OutcomeKind, Split, Unclear
from app.providers.wire import Request, Response
from tests.providers.batches import answer, batch_of, body_of, options_of, outcomes, step_of
from tests.providers.provider_contract import ProviderContract

SMSEND = Smsend()
GROUP, OTHER_GROUP = "xHyUB5MBROIErT27pLaF", "Qm2LcZ8TVkePw4YsNd1R"
ANNA: dict[str, Value] = {
    "email": "anna@example.com",
    "phoneNumber": "+393471234567",
    "name": "Anna",
    "surname": "Rossi",
    "gender": "f",
    "birthdate": "1980-01-31",
    "promotiondate": "2025-12-01",
    "rememberdate": "2026-02-28",
    "address": "Via Roma 1",
    "zip": "00100",
    "city": "Roma",
    "province": "RM",
    "fax": "+39061234567",
    "groupIds": (GROUP,),
    **{f"custom{number}": f"text {number}" for number in range(1, 11)},
}
LUCA: dict[str, Value] = {"phoneNumber": "+393477654321", "name": "Luca"}
KEYS = answer(200, "12345;abcdef")
NOT_FOUND = answer(404, "Credentials are incorrect")
PLAIN = Request("POST", "contact", body=b"{}")


class TestSmsend(ProviderContract):
    provider: Provider = SMSEND
    secrets = {"username": "hush-name", "password": "hush-word"}  # noqa: RUF012 - read only

    def contacts(self, schema: ContactSchema) -> tuple[Mapping[str, Value], ...]:  # noqa: ARG002
        return ANNA, LUCA, {"email": "a@example.com"}

    def decisions(self) -> Iterator[Options]:
        yield SMSEND.default_options()
        yield options_of(SMSEND, sign_in="token", updateExistingContact=False, groupIds=(GROUP, " "))
        yield options_of(SMSEND, keepExistingGroupsAndCampaigns=False, batch_size=1)


def _body(*contacts: Mapping[str, Value], **decided: Any) -> Any:
    return body_of(step_of(SMSEND, **decided).request_for(batch_of(*contacts)))


def test_contacts_are_sent_as_documented() -> None:
    assert step_of(SMSEND).request_for(batch_of(LUCA)).path == "contact"
    body = _body(ANNA, LUCA)
    assert body["updateExistingContact"] is True
    assert body["keepExistingGroupsAndCampaigns"] is True
    dates = {"birthdate": "19800131", "promotiondate": "20251201", "rememberdate": "20260228"}
    assert body["contacts"] == [{**ANNA, **dates, "groupIds": [GROUP]}, dict(LUCA)]


def test_everyone_is_put_into_the_chosen_groups_besides_their_own() -> None:
    body = _body(ANNA, LUCA, groupIds=(OTHER_GROUP, GROUP))
    assert [contact["groupIds"] for contact in body["contacts"]] == [[OTHER_GROUP, GROUP]] * 2


def test_an_upload_may_be_repeated_only_if_it_updates() -> None:
    assert step_of(SMSEND).repeatable
    assert not step_of(SMSEND, updateExistingContact=False).repeatable


@pytest.mark.parametrize("body", ["2", " 2\n", '"2"', "\ufeff2"])
def test_a_count_that_agrees_means_accepted(body: str) -> None:
    found = outcomes(step_of(SMSEND), answer(200, body), batch_of(ANNA, LUCA))
    assert [outcome.kind for outcome in found] == [OutcomeKind.ACCEPTED] * 2


@pytest.mark.parametrize("count", [0, 1])
def test_a_count_below_leaves_everyone_unsure(count: int) -> None:
    found = outcomes(step_of(SMSEND), answer(200, str(count)), batch_of(ANNA, LUCA))
    assert found == [Outcome(OutcomeKind.UNSURE, "smsend.count_below", f"{count} / 2")] * 2


@pytest.mark.parametrize("body", ["3", "-1", "", "two", "2.0", "{}", "9" * 5000])
def test_a_count_that_cannot_be_is_unclear(body: str) -> None:
    assert isinstance(step_of(SMSEND).verdict_on(answer(200, body), batch_of(ANNA, LUCA)), Unclear)


def test_a_bad_request_saved_nothing_and_is_split() -> None:
    alone = Outcome(OutcomeKind.REFUSED, "smsend.400_group", "group not owned")
    assert step_of(SMSEND).verdict_on(answer(400, " group not owned\n"), batch_of(LUCA)) == Split(alone)


@pytest.mark.parametrize(
    ("body", "code", "detail"),
    [
        ("", "smsend.400", ""),
        ("   ", "smsend.400", ""),
        ("Something", "smsend.400", "Something"),
        ({"error": "no email provided"}, "smsend.400_email", "no email provided"),
        ({"code": 7, "message": "campaign not active"}, "smsend.400_campaign", "7 campaign not active"),
        ({"unknown": "group not owned"}, "smsend.400_group", '{"unknown": "group not owned"}'),
        (["no email"], "smsend.400_email", '["no email"]'),
        ('{"error": "cut', "smsend.400", '{"error": "cut'),
        ("email or group", "smsend.400", "email or group"),
    ],
)
def test_a_bad_request_is_read_in_whatever_form_it_comes(body: object, code: str, detail: str) -> None:
    alone = Outcome(OutcomeKind.REFUSED, code, detail)
    assert step_of(SMSEND).verdict_on(answer(400, body), batch_of(LUCA)) == Split(alone)


@pytest.mark.parametrize("body", [2, "2", '"2"', " 2\n", {"created": 2}, {"result": 2, "status": "ok"}])
def test_the_number_of_contacts_is_read_in_whatever_form_it_comes(body: object) -> None:
    found = outcomes(step_of(SMSEND), answer(200, body), batch_of(ANNA, LUCA))
    assert [one.kind for one in found] == [OutcomeKind.ACCEPTED] * 2


@pytest.mark.parametrize("status", [401, 404])
def test_a_trial_that_is_not_found_is_a_wrong_account_by_the_documents(status: int) -> None:
    problem = SMSEND.problem_in(answer(status, "The User_key was not found"), SMSEND.default_options())
    assert isinstance(problem, AccountProblem)
    assert "does not accept" in problem.title


def test_a_service_that_is_not_permitted_is_named() -> None:
    verdict = step_of(SMSEND).verdict_on(answer(403, "no"), batch_of(LUCA))
    assert isinstance(verdict, Halt)
    assert "POST contact" in verdict.problem.title


@pytest.mark.parametrize("status", [401, 404])
def test_a_refused_account_stops_the_upload(status: int) -> None:
    verdict = step_of(SMSEND).verdict_on(answer(status, "no"), batch_of(LUCA))
    assert isinstance(verdict, Halt)
    assert isinstance(verdict.problem, AccountProblem)


def _sign_in(method: str = "session") -> SignIn:
    secrets = {"username": "pàolo", "password": "p;w"}
    return SMSEND.sign_in(secrets, options_of(SMSEND, sign_in=method))


def _talk(flow: Generator[Request, Response, None], *responses: Response) -> list[Request]:
    """The requests of a conversation in which the other side says `responses`."""
    said = [next(flow)]
    for response in responses:
        try:
            said.append(flow.send(response))
        except StopIteration:
            break
    return said


@pytest.mark.parametrize(
    ("method", "path", "header"), [("session", "login", "Session_key"), ("token", "token", "Access_token")]
)
def test_signing_in_gives_two_keys_for_two_headers(method: str, path: str, header: str) -> None:
    login, signed = _talk(_sign_in(method).flow(PLAIN), KEYS)
    assert (login.method, login.path, login.query) == ("GET", path, ())
    basic = base64.b64encode("pàolo:p;w".encode()).decode()
    assert login.headers == (("Authorization", f"Basic {basic}"),)
    assert signed == PLAIN.with_headers(("user_key", "12345"), (header, "abcdef"))


@pytest.mark.parametrize("status", [400, 401, 404])
def test_the_documented_form_is_tried_where_basic_is_not_known(status: int) -> None:
    sign_in = _sign_in()
    _, login, signed = _talk(sign_in.flow(PLAIN), answer(status, "no"), KEYS)
    assert login.query == (("username", "pàolo"), ("password", "p;w"))
    assert login.headers == ()
    assert ("user_key", "12345") in signed.headers


def test_keys_are_kept_for_the_next_request() -> None:
    sign_in = _sign_in()
    _talk(sign_in.flow(PLAIN), KEYS, answer(200, "1"))
    (signed,) = _talk(sign_in.flow(PLAIN), answer(200, "1"))
    assert ("Session_key", "abcdef") in signed.headers


@pytest.mark.parametrize("status", [401, 404])
def test_an_ended_session_is_opened_once_more(status: int) -> None:
    sign_in = _sign_in()
    _talk(sign_in.flow(PLAIN), KEYS, answer(200, "1"))
    gone, renewed = answer(status, "no"), answer(200, "12345;second")
    said = _talk(sign_in.flow(PLAIN), gone, renewed, gone)
    assert [request.path for request in said] == ["contact", "login", "contact"]
    assert ("Session_key", "second") in said[-1].headers


@pytest.mark.parametrize(
    ("responses", "problem"),
    [
        ([answer(401, "no"), answer(401, "no")], AccountProblem),
        ([NOT_FOUND, NOT_FOUND], AccountProblem),
        ([answer(403, "no")], AccountProblem),
        ([answer(500, "oops")], NetworkProblem),
        ([answer(429)], NetworkProblem),
        ([answer(302)], NetworkProblem),
        ([answer(200, "<html>hotel</html>")], NetworkProblem),
        ([answer(200, "one")], NetworkProblem),
        ([answer(200, "one;two;three")], NetworkProblem),
        ([answer(200, ";two")], NetworkProblem),
        ([answer(200, "one;two\r\nX: y")], NetworkProblem),
    ],
)
def test_signing_in_that_fails_is_a_problem(responses: list[Response], problem: type[Problem]) -> None:
    with pytest.raises(problem):
        _talk(_sign_in().flow(PLAIN), *responses)
