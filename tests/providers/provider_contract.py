"""What every provider has to keep, whatever it is: inherited by each provider's own tests.

A provider's tests name the provider, contacts that fill every field, and the options worth trying.
"""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.batches import Batch
from app.contacts.contact import Value
from app.contacts.fields import ContactSchema, FieldKind
from app.problems import Problem
from app.providers.account_fields import AccountFields
from app.providers.contract import Conversation, Provider, Step
from app.providers.options import OptionChoice, OptionKind, Options, matters
from app.providers.verdicts import Answered, Halt, Outcome, Split, Unclear, Verdict, Wait
from app.providers.wire import MalformedAnswer, Request, Response
from tests.providers.batches import ask, batch_of

NOW = datetime(2026, 1, 1, 12, 0, tzinfo=UTC)

_WORDS = (
    *("replyCode", "replyText", "data", "ids", "errors", "inserted_contacts", "status", "msg", "code"),
    *(
        "message",
        "key",
        "errorCode",
        "<NO_KEY_ID>",
        "2009",
        "2004",
        "a@example.com",
        "success",
        "error",
        "OK",
    ),
)
_LEAVES = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=20), st.sampled_from(_WORDS)
)
_JSON = st.recursive(
    _LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(st.one_of(st.sampled_from(_WORDS), st.text(max_size=8)), inner, max_size=5),
    ),
    max_leaves=12,
)
_BODIES = st.one_of(
    st.binary(max_size=80),
    _JSON.map(lambda found: json.dumps(found).encode()),
    st.integers(-2, 9).map(lambda count: str(count).encode()),
)
_HEADERS = st.fixed_dictionaries(
    {},
    optional={
        "content-type": st.sampled_from(["text/html", "application/json", "text/plain; charset=x", ""]),
        "retry-after": st.one_of(
            st.text(max_size=12), st.sampled_from(["5", "Thu, 01 Jan 2026 12:00:09 GMT"])
        ),
        "date": st.one_of(st.text(max_size=12), st.just("Thu, 01 Jan 2026 12:00:00 GMT")),
        "x-ratelimit-reset": st.one_of(st.text(max_size=12), st.just("1767268860")),
    },
)
# The promise is inherited, so that each provider's tests run the one function: that is meant.
_ANSWERED = settings(max_examples=150, suppress_health_check=[HealthCheck.differing_executors])
_RESPONSES = st.builds(Response, st.integers(100, 599), _HEADERS, _BODIES)


class ProviderContract(ABC):
    """The promises. Subclasses are called Test..., and are found by their own module."""

    provider: Provider
    secrets: Mapping[str, str]

    @abstractmethod
    def contacts(self, schema: ContactSchema) -> tuple[Mapping[str, Value], ...]:
        """At least three contacts that a real upload could hold, the first with every field filled."""

    @abstractmethod
    def decisions(self) -> Iterator[Options]:
        """Options without faults, so that each step and each way to sign in is met."""

    def _steps(self) -> Iterator[tuple[Step, Batch]]:
        for options in self.decisions():
            contacts = self.contacts(self.provider.schema(options))
            for step in self.provider.steps(options):
                yield step, batch_of(*contacts, step=step.key)

    @_ANSWERED
    @given(response=_RESPONSES)
    def test_whatever_a_server_answers_there_is_a_verdict_on_every_row(self, response: Response) -> None:
        for step, batch in self._steps():
            verdict = step.verdict_on(response, batch)
            assert isinstance(verdict, Verdict)
            for outcome in _outcomes_in(verdict, batch):
                assert not outcome.code or self.provider.sentence(outcome.code), outcome.code

    def _conversations(self) -> Iterator[Conversation[object]]:
        """Everything the account can be asked about itself, each with the options worth trying."""
        for options in self.decisions():
            schema = self.provider.schema(options)
            batch = batch_of(*self.contacts(schema), step=self.provider.steps(options)[0].key)
            asked: list[Conversation[object] | None] = [
                self.provider.account_fields(options),
                self.provider.existing(batch, options),
            ]
            for option in self.provider.options:
                asked.append(self.provider.choices(option.key, options))
                asked.append(self.provider.creation(option.key, "Spring", options))
            yield from (one for one in asked if one is not None)

    @_ANSWERED
    @given(response=_RESPONSES)
    def test_whatever_a_server_answers_a_conversation_ends(self, response: Response) -> None:
        for conversation in self._conversations():
            try:
                found, _ = ask(conversation, response)
            except MalformedAnswer:
                assert response.status < 300
            except Problem as problem:
                _is_told(problem)
            else:
                assert isinstance(found, tuple | OptionChoice | AccountFields | Mapping)
                assert response.status < 300

    def test_what_is_asked_tells_no_secret(self) -> None:
        for conversation in self._conversations():
            request = next(conversation)
            _tells_nothing(request, self.secrets)
            assert request.method in ("GET", "POST")
            assert not request.path.startswith("/")

    def test_a_refused_question_tells_no_contact(self) -> None:
        for status in (400, 401, 403, 404):
            for conversation in self._conversations():
                told = {"replyCode": 2005, "replyText": "anna@example.com", "message": "anna@example.com"}
                with pytest.raises(Problem) as raised:
                    ask(conversation, Response(status, {}, json.dumps(told).encode()))
                assert "anna@example.com" not in f"{raised.value} {raised.value.details}"

    def test_what_an_account_is_asked_is_what_the_options_declare(self) -> None:
        for options in self.decisions():
            batch = batch_of(*self.contacts(self.provider.schema(options)))
            for option in self.provider.options:
                listed = self.provider.choices(option.key, options)
                made = self.provider.creation(option.key, "Spring", options)
                assert (listed is not None) == (option.fetched is not None)
                assert (made is not None) == option.creatable
                assert not option.fetched or option.accepts(option.typed(OptionChoice("1", "One")))
            assert self.provider.choices("no such option", options) is None
            assert (self.provider.account_fields(options) is not None) == self.provider.lists_fields
            assert (self.provider.existing(batch, options) is not None) == self.provider.tells_existing

    def test_without_live_fields_the_schema_is_the_documented_one(self) -> None:
        for options in self.decisions():
            schema = self.provider.schema(options)
            assert self.provider.schema(options, None) == schema
            assert self.provider.schema(options, AccountFields()) == schema

    def test_what_an_upload_sets_off_and_cannot_undo_is_said(self) -> None:
        assert self.provider.side_effects
        for options in self.decisions():
            sentences = (*self.provider.side_effects, *self.provider.irreversible(options))
            ticks = self.provider.acknowledgements(options)
            assert all(one.endswith(".") for one in (*sentences, *(tick.sentence for tick in ticks)))
            assert all(tick.key.isidentifier() for tick in ticks)
            for option in self.provider.options_that_matter(options):
                if option.destroys_when is not None and options[option.key] == option.destroys_when:
                    safer = options.with_value(option.key, option.default)
                    assert self.provider.irreversible(options) != self.provider.irreversible(safer)

    def test_contacts_the_provider_takes_for_one_person_are_told_apart(self) -> None:
        for step, batch in self._steps():
            named = [set(step.apart(passenger)) for passenger in batch.passengers]
            assert all(named)
            assert sum(map(len, named)) == len(set().union(*named))

    @_ANSWERED
    @given(response=_RESPONSES)
    def test_whatever_a_server_answers_the_trial_ends_in_a_problem_or_none(self, response: Response) -> None:
        for options in self.decisions():
            problem = self.provider.problem_in(response, options)
            assert problem is None or (problem.title and problem.advice)
            assert problem is not None or response.status < 300

    def test_a_problem_tells_no_secret_and_no_contact(self) -> None:
        for step, batch in self._steps():
            for status in (302, 401, 403, 404, 405):
                told = {"replyCode": 1, "replyText": "anna@example.com", "message": "anna@example.com"}
                verdict = step.verdict_on(Response(status, {}, json.dumps(told).encode()), batch)
                assert isinstance(verdict, Halt)
                assert "anna@example.com" not in f"{verdict.problem} {verdict.problem.details}"

    @pytest.mark.parametrize("status", [500, 502, 503, 504])
    def test_a_server_fault_leaves_it_unclear_what_was_saved(self, status: int) -> None:
        for step, batch in self._steps():
            assert isinstance(step.verdict_on(Response(status), batch), Unclear)

    def test_too_many_requests_are_waited_for_as_long_as_asked(self) -> None:
        for step, batch in self._steps():
            assert step.verdict_on(Response(429, {"retry-after": "7"}), batch) == Wait(7.0)
            assert step.verdict_on(Response(429), batch) == Wait(None)

    @pytest.mark.parametrize("status", [200, 201, 302, 400, 403, 404])
    def test_a_web_page_in_place_of_an_answer_stops_the_upload(self, status: int) -> None:
        page = Response(status, {"content-type": "text/html"}, b"<!DOCTYPE html><html>Sign in</html>")
        for step, batch in self._steps():
            assert isinstance(step.verdict_on(page, batch), Halt)

    def test_a_request_too_large_is_split(self) -> None:
        for step, batch in self._steps():
            assert isinstance(step.verdict_on(Response(413), batch), Split)

    def test_a_request_has_no_blanks_and_no_secrets(self) -> None:
        for step, batch in self._steps():
            request = step.request_for(batch)
            assert request.method in ("POST", "PUT")
            assert not request.path.startswith("/")
            assert ("Content-Type", "application/json") in request.headers
            assert len(request.body or b"") < step.max_body_bytes
            assert list(_blanks_in(json.loads(request.body or b""))) == []
            _tells_nothing(request, self.secrets)

    def test_a_contact_with_blank_values_is_sent_without_them(self) -> None:
        for options in self.decisions():
            schema = self.provider.schema(options)
            least = self.contacts(schema)[0]
            keys = set(schema.keys) | set(schema.required)
            blank: dict[str, Value] = {key: value if key in keys else " " for key, value in least.items()}
            for step in self.provider.steps(options):
                body = json.loads(step.request_for(batch_of(blank, step=step.key)).body or b"")
                assert list(_blanks_in(body)) == []

    def test_the_same_batch_is_always_the_same_bytes(self) -> None:
        for step, batch in self._steps():
            assert step.request_for(batch) == step.request_for(batch)

    def test_the_trial_is_a_harmless_request(self) -> None:
        for options in self.decisions():
            request = self.provider.trial(options)
            assert (request.method, request.body) == ("GET", None)
            _tells_nothing(request, self.secrets)

    def test_signing_adds_headers_and_changes_nothing_else(self) -> None:
        for options in self.decisions():
            sign_in = self.provider.sign_in(self.secrets, options, lambda: NOW)
            plain = Request("POST", "somewhere", body=b"{}")
            flow = sign_in.flow(plain)
            signed = next(flow)
            bodies = [b"12345;key-0001", b'{"access_token": "key-0001", "expires_in": 3600}']
            for body in bodies:
                if signed.path == "somewhere":
                    break
                signed = flow.send(Response(200, {}, body if signed.door.value == "api" else bodies[1]))
            assert (signed.method, signed.path, signed.query, signed.body) == ("POST", "somewhere", (), b"{}")
            assert len(signed.headers) > len(plain.headers)

    def test_missing_secrets_are_a_problem(self) -> None:
        for options in self.decisions():
            for field in self.provider.secrets(options):
                assert field.label
                assert field.key.isidentifier()  # also part of the name of an environment variable
                with pytest.raises(Problem):
                    self.provider.sign_in({**self.secrets, field.key: " "}, options)

    def test_every_option_says_what_it_does(self) -> None:
        for option in self.provider.options:
            assert option.label
            assert option.accepts(option.default)
            if option.kind is OptionKind.SWITCH:
                assert option.when_on
                assert option.when_off
            elif option.kind is OptionKind.CHOICE:
                assert all(choice.label and choice.consequence for choice in option.choices)
            else:
                assert option.consequence

    def test_the_defaults_destroy_nothing(self) -> None:
        for option in self.provider.options:
            assert option.destroys_when is None or option.destroys_when != option.default

    def test_options_depend_on_options_that_exist(self) -> None:
        defaults = self.provider.default_options()
        for option in self.provider.options:
            assert matters(option, defaults) in (True, False)
            assert option.shown_when is None or option.shown_when[0] in defaults

    def test_the_options_tried_here_have_no_faults(self) -> None:
        for options in self.decisions():
            assert self.provider.faults(options) == ()

    def test_every_field_is_named_once_and_filled_in_by_the_first_contact(self) -> None:
        for options in self.decisions():
            schema = self.provider.schema(options)
            keys = [field.key for field in schema.fields]
            assert len(keys) == len(set(keys))
            assert all(field.label for field in schema.fields)
            assert set(keys) <= set(self.contacts(schema)[0])
            wanted = {*schema.required, *schema.keys, *(key for group in schema.one_of for key in group)}
            assert all(schema.field(key) for key in wanted)

    def test_choices_can_be_told_apart(self) -> None:
        for options in self.decisions():
            for field in self.provider.schema(options).fields:
                assert (field.kind is FieldKind.CHOICE) == bool(field.choices)
                words = [
                    {choice.label.casefold(), *map(str.casefold, choice.words)} for choice in field.choices
                ]
                assert sum(map(len, words)) == len(set().union(*words)), field.key

    def test_meanings_are_given_once(self) -> None:
        for options in self.decisions():
            meanings = [field.meaning for field in self.provider.schema(options).fields if field.meaning]
            assert len(meanings) == len(set(meanings))

    def test_addresses_are_https_and_fit_the_paths(self) -> None:
        for server in self.provider.servers:
            assert server.address.startswith("https://")
            assert not server.address.endswith("/")
        for options in self.decisions():
            path = self.provider.base_path(options)
            assert path.startswith("/")
            assert path.endswith("/")


def _is_told(problem: Problem) -> None:
    assert problem.title
    assert problem.advice


def _outcomes_in(verdict: Verdict, batch: Batch) -> tuple[Outcome, ...]:
    if isinstance(verdict, Answered):
        told = verdict.by_row(batch)
        assert set(told) == {passenger.row for passenger in batch.passengers}
        return tuple(told.values())
    if isinstance(verdict, Wait):
        assert verdict.seconds is None or verdict.seconds >= 0
    if isinstance(verdict, Halt):
        assert verdict.problem.title
        assert verdict.problem.advice
    return (verdict.alone,) if isinstance(verdict, Split) else ()


def _blanks_in(found: object) -> Iterator[object]:
    """What must never go over the wire: null, blank texts, empty arrays and objects."""
    if found is None or (isinstance(found, str) and not found.strip()) or found in ([], {}):
        yield found
    if isinstance(found, dict):
        for value in found.values():
            yield from _blanks_in(value)
    if isinstance(found, list):
        for value in found:
            yield from _blanks_in(value)


def _tells_nothing(request: Request, secrets: Mapping[str, str]) -> None:
    written = repr(request)
    assert not any(secret in written for secret in secrets.values())
