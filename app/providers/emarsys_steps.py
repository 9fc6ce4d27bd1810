"""Emarsys' two steps: create contacts, and add contacts to a list; what is asked and what is answered.

Written from "Creating Multiple Contacts" and "Adding Contacts to a Contact List" of the Emarsys API. Refuses
to know which of its own versions it speaks to: the paths are the same.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping

from app.batches import Batch, Passenger
from app.contacts.contact import Value
from app.language import mark
from app.problems import Problem
from app.providers.answers import (
    answered_at,
    not_understood,
    refused_account,
    seconds_to_wait,
    shortened,
    status_line,
    usual_verdict,
    wrong_address,
)
from app.providers.contract import Clock, Step
from app.providers.emarsys_answers import (
    WHOLE_BATCH,
    Fault,
    Reply,
    faults_by_key,
    number_in,
    reply_in,
    same_key,
)
from app.providers.emarsys_options import CREATE_AND_LIST, WSSE, key_field, key_id
from app.providers.emarsys_sentences import (
    clock_problem,
    code_of,
    key_problem,
    list_problem,
    permission_problem,
    source_problem,
    wrong_scheme_problem,
)
from app.providers.options import Options
from app.providers.verdicts import Answered, Halt, Outcome, OutcomeKind, Split, Unclear, Verdict, Wait
from app.providers.wire import Request, Response, json_request

TITLE = "Emarsys"

_LIMIT_OF_CLOCK = 4  # minutes; Emarsys allows five, and the answer was under way too
_KEY_NUMBERS = frozenset({2004, 2015})
_LIST_NUMBERS = frozenset({2020, 3004, 3006})
_SOURCE_NUMBER = 2013
_EXISTS_NUMBER = "2009"
_ABOUT_REQUEST = frozenset({1, 1001, 1006, 1007, 1008, 1009, 1010, 3003, 3005, 9001, 9002, 10001})


class _EmarsysStep(Step):
    """What both steps share: refusals of a whole request, and how rows are matched with answers."""

    endpoint: str
    disagreement: str

    def __init__(self, options: Options, clock: Clock) -> None:
        self._options = options
        self._clock = clock
        self._key_field = key_field(options)
        self._key_id = key_id(options)

    def verdict_on(self, response: Response, batch: Batch) -> Verdict:
        reply = reply_in(response)
        if response.status == 429 or reply.code == 7003:
            return Wait(_pause(response, self._clock))
        usual = usual_verdict(response, TITLE, too_large="emarsys.413")
        if usual is not None:
            return usual
        if response.status in (401, 403):
            return Halt(refusal(response, self._options, self._clock, self.endpoint))
        if response.status < 300 and reply.code == 0:
            return self._answered(reply.data, batch)
        if reply.code is None and response.status < 300:
            return Unclear(shortened(response.text))
        if reply.code is None and response.status == 404:
            return Halt(wrong_address(TITLE, response))
        return self._refused(response, reply, batch)

    def _answered(self, data: object, batch: Batch) -> Verdict:
        faults = faults_by_key(data)
        whole = faults.pop(WHOLE_BATCH, None)
        if whole is not None and not self.count_in(data):
            return self._all_refused(whole, batch)
        found = {
            passenger.row: faults.get(same_key(passenger.values.get(self._key_field, "")))
            for passenger in batch.passengers
        }
        good = self.good
        if self.count_in(data) != sum(fault is None for fault in found.values()):
            # The answer names no contact that went well, so there is no telling which of these did.
            good = Outcome(OutcomeKind.UNSURE, self.disagreement)
        return Answered({row: self.outcome_of(fault) if fault else good for row, fault in found.items()})

    def _all_refused(self, fault: Fault, batch: Batch) -> Verdict:
        number = int(fault.number) if fault.number.isdecimal() and len(fault.number) < 10 else None
        if number in _KEY_NUMBERS:
            return Halt(key_problem(self._key_id, fault.detail))
        outcome = Outcome(OutcomeKind.REFUSED, code_of(fault.number), fault.detail)
        return Answered({passenger.row: outcome for passenger in batch.passengers})

    def _refused(self, response: Response, reply: Reply, batch: Batch) -> Verdict:
        problem = self._problem_of(response, reply, batch)
        if problem is not None:
            return Halt(problem)
        if reply.code is None:
            return Split(Outcome(OutcomeKind.REFUSED, "emarsys.400", shortened(response.text)))
        return Split(self.outcome_of(Fault(str(reply.code), reply.text)))

    def _problem_of(self, response: Response, reply: Reply, batch: Batch) -> Problem | None:
        """The problem where every contact would be refused alike; None where a contact may be the cause."""
        code = reply.code
        details = f"{status_line(response)}, {code}: {reply.text}"
        if code in _KEY_NUMBERS:
            return key_problem(self._key_id, details)
        if code in _LIST_NUMBERS:
            return list_problem(self._options.number("list_id"), details)
        if code == _SOURCE_NUMBER and not any("source_id" in one.values for one in batch.passengers):
            return source_problem(self._options.text("source_id"), details)
        return not_understood(TITLE, response) if code in _ABOUT_REQUEST else None

    def outcome_of(self, fault: Fault) -> Outcome:
        """What became of a contact with this fault."""
        return Outcome(OutcomeKind.REFUSED, code_of(fault.number), fault.detail)

    @property
    @abstractmethod
    def good(self) -> Outcome:
        """What became of a contact without a fault."""

    @abstractmethod
    def count_in(self, data: object) -> int | None:
        """How many contacts went well, by the answer's own count."""


class CreateContacts(_EmarsysStep):
    """POST contact: new contacts only, one answer per contact.

    Repeatable: who was created the first time is refused as existing (2009) the second time, and nobody is
    there twice. The outcomes of a repeat can't tell the two apart.
    """

    key = "create"
    title = mark("Create contacts")
    batch_size = 1_000  # documented
    max_body_bytes = 10_000_000  # documented as 10 MB
    repeatable = True
    endpoint = "POST contact"
    disagreement = "emarsys.ids_disagree"

    def request_for(self, batch: Batch) -> Request:
        source = self._options.text("source_id")
        contacts = [_contact(passenger, source) for passenger in batch.passengers]
        return json_request("POST", "contact", {"key_id": self._key_id, "contacts": contacts})

    @property
    def good(self) -> Outcome:
        return Outcome(OutcomeKind.CREATED)

    def count_in(self, data: object) -> int | None:
        return number_in(data, "ids")

    def outcome_of(self, fault: Fault) -> Outcome:
        goes_on = self._options.text("action") == CREATE_AND_LIST and self._options.flag("existing_to_list")
        if fault.number == _EXISTS_NUMBER and goes_on:
            return Outcome(OutcomeKind.ACCEPTED, code_of(fault.number), fault.detail)
        return super().outcome_of(fault)


class AddToList(_EmarsysStep):
    """POST contactlist/<list_id>/add. Repeatable: nobody is in a list twice."""

    key = "list"
    title = mark("Add to the list")
    batch_size = 10_000  # documented
    max_body_bytes = 10_000_000  # documented for other calls
    repeatable = True
    endpoint = "POST contactlist/<list_id>/add"
    disagreement = "emarsys.inserted_disagree"

    def request_for(self, batch: Batch) -> Request:
        path = f"contactlist/{self._options.number('list_id')}/add"
        ids = [_external_id(passenger.values.get(self._key_field, "")) for passenger in batch.passengers]
        return json_request("POST", path, {"key_id": self._key_id, "external_ids": ids})

    @property
    def good(self) -> Outcome:
        return Outcome(OutcomeKind.ACCEPTED)

    def count_in(self, data: object) -> int | None:
        return number_in(data, "inserted_contacts")


def refusal(response: Response, options: Options, clock: Clock, endpoint: str) -> Problem:
    """Why Emarsys answers 401 or 403."""
    if response.status == 403:
        return permission_problem(endpoint, response)
    if "wsse" in reply_in(response).text.lower() and options.text("sign_in") != WSSE:
        return wrong_scheme_problem(response)
    theirs = answered_at(response)
    if theirs is not None and options.text("sign_in") == WSSE:
        minutes = round(abs((clock() - theirs).total_seconds()) / 60)
        if minutes >= _LIMIT_OF_CLOCK:
            return clock_problem(minutes, response)
    return refused_account(TITLE, response)


def _pause(response: Response, clock: Clock) -> float | None:
    """Seconds to wait after 429: Retry-After, else until X-RateLimit-Reset (seconds since 1970)."""
    asked = seconds_to_wait(response)
    reset = response.headers.get("x-ratelimit-reset", "").strip()
    if asked is not None or not (reset.isascii() and reset.isdigit() and len(reset) < 12):
        return asked
    now = answered_at(response) or clock()
    return max(0.0, int(reset) - now.timestamp())


def _contact(passenger: Passenger, source: str) -> Mapping[str, object]:
    values = {key: _plain(value) for key, value in passenger.values.items()}
    contact = {key.removesuffix("[]"): value for key, value in values.items() if value}
    if source and "source_id" not in contact:
        contact["source_id"] = source
    return contact


def _plain(value: Value) -> str | list[str]:
    return value.strip() if isinstance(value, str) else [one.strip() for one in value if one.strip()]


def _external_id(value: Value) -> str | list[int | str]:
    """One contact's key value; the ids of several choices as numbers, as in the documents' example."""
    plain = _plain(value)
    if isinstance(plain, str):
        return plain
    return [int(one) if one.isascii() and one.isdigit() and len(one) < 10 else one for one in plain]
