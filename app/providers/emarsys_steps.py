"""What Emarsys' steps have in common: how rows are matched with answers, and refusals of a whole request.

Written from "Creating Multiple Contacts" and "Adding Contacts to a Contact List" of the Emarsys API. Refuses
to know which of its own versions it speaks to: the paths are the same.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping, Sequence

from app.batches import Batch, Passenger
from app.contacts.contact import Value
from app.problems import Problem
from app.providers.answers import (
    answered_at,
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
    fault_of,
    faults_by_key,
    reply_in,
    same_key,
    whole_number,
)
from app.providers.emarsys_options import WSSE, key_field, key_id
from app.providers.emarsys_sentences import code_of
from app.providers.emarsys_troubles import (
    ABOUT_REQUEST,
    KEY_NUMBERS,
    LIST_NUMBERS,
    SOURCE_NUMBER,
    clock_problem,
    key_problem,
    list_problem,
    permission_problem,
    request_problem,
    source_problem,
    wrong_scheme_problem,
)
from app.providers.options import Options
from app.providers.verdicts import (
    Answered,
    Halt,
    Outcome,
    OutcomeKind,
    Split,
    Unclear,
    Verdict,
    Wait,
    same_for_all,
)
from app.providers.wire import Response

TITLE = "Emarsys"

_LIMIT_OF_CLOCK = 4  # minutes; Emarsys allows five, and the answer was under way too


class EmarsysStep(Step):
    """What the steps share. A key travels once in a batch: what a second one would do is not documented."""

    endpoint: str
    disagreement: str

    def __init__(self, options: Options, clock: Clock) -> None:
        self._options = options
        self._clock = clock
        self._key_field = key_field(options)
        self._key_id = key_id(options)

    def apart(self, passenger: Passenger) -> tuple[str, ...]:
        return (same_key(self._key_of(passenger)),)

    def verdict_on(self, response: Response, batch: Batch) -> Verdict:
        reply = reply_in(response)
        if response.status == 429 or reply.code == 7003:
            return Wait(pause(response, self._clock))
        if response.status == 501:  # the method is not supported: it never will be by waiting
            return Halt(request_problem(501, status_line(response)))
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
        outcomes: dict[int, Outcome] = {}
        good: list[int] = []
        for passenger in self._travelling(batch):
            fault = fault_of(self._key_of(passenger), faults)
            if fault is None:
                good.append(passenger.row)
            else:
                outcomes[passenger.row] = self.outcome_of(fault, batch)
        if self._agrees(self.count_in(data), len(good), batch):
            outcomes.update(zip(good, self.good_outcomes(data, len(good), bool(faults)), strict=True))
        else:
            # The answer names no contact that went well, so there is no telling which of these did.
            outcomes.update(dict.fromkeys(good, Outcome(OutcomeKind.UNSURE, self.disagreement)))
        return Answered(self._with_those_left_behind(outcomes, batch))

    def _agrees(self, count: int | None, good: int, batch: Batch) -> bool:  # noqa: ARG002 - for overriding
        return count == good

    def _all_refused(self, fault: Fault, batch: Batch) -> Verdict:
        number = whole_number(fault.number)
        if number in KEY_NUMBERS:
            return Halt(key_problem(self._key_id, fault.detail))
        if number in LIST_NUMBERS:
            return Halt(list_problem(self._options.number("list_id"), fault.detail))
        return same_for_all(self.outcome_of(fault, batch))

    def _refused(self, response: Response, reply: Reply, batch: Batch) -> Verdict:
        problem = self._problem_of(response, reply, batch)
        if problem is not None:
            return Halt(problem)
        if reply.code is None:
            return Split(Outcome(OutcomeKind.REFUSED, "emarsys.400", shortened(response.text)))
        return Split(self.outcome_of(Fault(str(reply.code), reply.text), batch))

    def _problem_of(self, response: Response, reply: Reply, batch: Batch) -> Problem | None:
        """The problem where every contact would be refused alike; None where a contact may be the cause."""
        code = reply.code
        details = f"{status_line(response)}, {code}: {reply.text}"
        if code in KEY_NUMBERS:
            return key_problem(self._key_id, details)
        if code in LIST_NUMBERS:
            return list_problem(self._options.number("list_id"), details)
        if code == SOURCE_NUMBER and not any("source_id" in one.values for one in batch.passengers):
            return source_problem(self._options.text("source_id"), details)
        # What Emarsys said may quote a contact, so only its number goes into the details of a problem.
        return request_problem(code, f"{status_line(response)}, {code}") if code in ABOUT_REQUEST else None

    def _key_of(self, passenger: Passenger) -> Value:
        return passenger.values.get(self._key_field, "")

    def _travelling(self, batch: Batch) -> tuple[Passenger, ...]:
        """The contacts of the batch that are sent: the first with each key."""
        return tuple(self._first_by_key(batch).values())

    def _first_by_key(self, batch: Batch) -> dict[str, Passenger]:
        first: dict[str, Passenger] = {}
        for passenger in batch.passengers:
            first.setdefault(same_key(self._key_of(passenger)), passenger)
        return first

    def _with_those_left_behind(self, outcomes: dict[int, Outcome], batch: Batch) -> Mapping[int, Outcome]:
        first = self._first_by_key(batch) if len(outcomes) < len(batch) else {}
        for passenger in batch.passengers:
            if passenger.row not in outcomes:
                same = first[same_key(self._key_of(passenger))].row
                outcomes[passenger.row] = self.outcome_of_second(outcomes[same])
        return outcomes

    def outcome_of(self, fault: Fault, batch: Batch) -> Outcome:  # noqa: ARG002 - for overriding
        """What became of a contact with this fault."""
        return Outcome(OutcomeKind.REFUSED, code_of(fault.number, fault.said), fault.detail)

    def outcome_of_second(self, first: Outcome) -> Outcome:  # noqa: ARG002 - for overriding
        """What became of a contact whose key an earlier one of the batch has, and which was not sent."""
        return Outcome(OutcomeKind.REFUSED, "emarsys.twice")

    @abstractmethod
    def good_outcomes(self, data: object, count: int, some_failed: bool) -> Sequence[Outcome]:
        """What became of the `count` contacts without a fault, in their order."""

    @abstractmethod
    def count_in(self, data: object) -> int | None:
        """How many contacts went well, by the answer's own count."""


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


def pause(response: Response, clock: Clock) -> float | None:
    """Seconds to wait after 429: Retry-After, else until X-RateLimit-Reset (seconds since 1970)."""
    asked = seconds_to_wait(response)
    reset = response.headers.get("x-ratelimit-reset", "").strip()
    if asked is not None or not (reset.isascii() and reset.isdigit() and len(reset) < 12):
        return asked
    now = answered_at(response) or clock()
    return max(0.0, int(reset) - now.timestamp())


def plain(value: Value) -> str | list[str]:
    """A value as it goes on the wire, blanks at its ends cut; blank texts of several are left out."""
    return value.strip() if isinstance(value, str) else [one.strip() for one in value if one.strip()]


def external_id(value: Value) -> str | list[int | str]:
    """One contact's key value; the ids of several choices as numbers, as in the documents' example."""
    written = plain(value)
    if isinstance(written, str):
        return written
    return [int(one) if one.isascii() and one.isdigit() and len(one) < 10 else one for one in written]
