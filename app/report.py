"""OUTCOMES to REPORT: the user's own sheet with what became of each row, and the totals that must add up.

Reads the ledger and writes through table/; refuses to know how anything was sent.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from enum import Enum
from pathlib import Path

from app.contacts.contact import CheckedContact, Finding, FindingKind, Level, Status
from app.language import tr
from app.ledger.corrections import AS_IN_SHEET
from app.ledger.ledger import Ledger
from app.ledger.outcomes import Journey
from app.ledger.rows import LAST_NUMBER
from app.problems import FileProblem
from app.progress import Progress, Stop, Tell, tell_nobody
from app.providers.contract import Provider
from app.providers.options import Options
from app.providers.verdicts import GOOD, Outcome, OutcomeKind
from app.table.appendix import Appendix
from app.table.writing import require_room, write_table
from app.upload import reasons
from app.wording import finding_sentence, outcome_word, status_word

ROWS_AT_ONCE = 1_000  # between two looks at whether to stop
MOST_TOLD = 1_000  # different things to say, kept


class Which(Enum):
    """Which rows go into a report."""

    ALL = "all"
    TO_MEND = "to_mend"  # everything that did not arrive
    LEFT_OUT = "left_out"  # what is not sent as it is


@dataclass(frozen=True, slots=True)
class ImportTotals:
    """What became of every row. The window, the report, `--json` and the history all show these.

    `halfway` of those not sent are in the account nevertheless: their first step went well, and the next (a
    list) is still to come. They are in no sum, because they are counted among `not_sent`.
    """

    read: int
    blank: int
    left_out: int
    duplicates: int
    to_send: int
    created: int
    updated: int
    accepted: int
    refused: int
    unsure: int
    not_sent: int
    halfway: int = 0

    @property
    def adds_up(self) -> bool:
        """read = blank + left out + duplicates + to send, and to send = the sum of the outcomes."""
        sent = self.created + self.updated + self.accepted + self.refused + self.unsure + self.not_sent
        rows = self.blank + self.left_out + self.duplicates + self.to_send
        return self.to_send == sent and self.read == rows and self.halfway <= self.not_sent

    @property
    def arrived(self) -> int:
        return self.created + self.updated + self.accepted

    @property
    def all_arrived(self) -> bool:
        """Whether every row that was not blank or a duplicate is with the provider."""
        return self.arrived + self.duplicates + self.blank == self.read

    def as_numbers(self) -> dict[str, int]:
        """The totals by name, for `--json`."""
        return asdict(self)


def import_totals(ledger: Ledger, steps: int) -> ImportTotals:
    """The totals as the ledger has them now, over an upload of so many steps."""
    checked = ledger.contacts.totals()
    outcomes = ledger.outcomes.totals(steps)
    return ImportTotals(
        read=ledger.rows.count(),
        blank=checked.blank,
        left_out=checked.left_out,
        duplicates=checked.duplicates,
        to_send=checked.to_send,
        **{kind.value: getattr(outcomes, kind.value) for kind in OutcomeKind},
        halfway=ledger.outcomes.halfway(steps),
    )


def write_report(
    ledger: Ledger,
    headers: Sequence[str],
    provider: Provider,
    options: Options,
    path: Path,
    which: Which = Which.ALL,
    tell: Tell = tell_nobody,
    stop: Stop | None = None,
    recipe: str = "",
    unfinished: str = "",
) -> None:
    """Save the user's columns with Result, Reason, What to do and Row behind them, as .xlsx or .csv.

    The user's cells are as they were corrected. Blank rows are left away. `recipe` says how the columns were
    matched; a workbook keeps it for when it is opened again. `unfinished` is why somebody was not sent.
    Raises FileProblem if the file can't be written, LedgerProblem, Stopped; then no half file is left behind,
    and what was there before is untouched.
    """
    own = (tr("Result"), tr("Reason"), tr("What to do"), tr("Row"))
    lines = _Lines(ledger, provider, options, len(headers), unfinished)
    if which is Which.ALL:  # not after a minute of writing
        require_room(path, ledger.rows.count() - ledger.rows.count_blank())
    write_table(
        path,
        [*headers, *own],
        lines.all(which, tell, stop),
        sheet=tr("Report"),
        numbers=(len(headers) + len(own) - 1,),
        appendix=Appendix(own, recipe) if recipe else None,
    )


def require_place(path: Path, used: Iterable[Path | None]) -> None:
    """Raise FileProblem unless a report may be saved at `path`: never over a file that is `used`."""
    if any(one is not None and _same(path, one) for one in used):
        raise FileProblem(
            tr("The report would be written over {name}.", name=path.name),
            tr("Choose another name for the report."),
            str(path),
        )
    if not path.absolute().parent.is_dir():
        raise FileProblem(
            tr("The folder for the report is not there."),
            tr("Make it first, or choose another place for the report."),
            str(path),
        )


def _same(path: Path, other: Path) -> bool:
    if path.exists() and other.exists():
        return path.samefile(other)
    return path.resolve() == other.resolve()


def reason_of(provider: Provider, outcome: Outcome) -> tuple[str, str]:
    """Why a contact has this outcome, and what to do: two texts, empty where there is nothing to say."""
    sentence = (reasons.sentence(outcome.code) or provider.sentence(outcome.code)) if outcome.code else None
    reason = tr(sentence.reason) if sentence else ""
    if outcome.detail and outcome.kind not in GOOD and not reasons.is_own(outcome.code):
        said = tr("{provider} says: {words}", provider=provider.title, words=outcome.detail)
        reason = f"{reason} {said}".strip()
    return reason, tr(sentence.advice) if sentence else ""


_Judged = tuple[CheckedContact, Journey | None, tuple[str, ...] | None]


class _Lines:
    """The lines of a report, made by walking rows, contacts and journeys side by side."""

    def __init__(
        self, ledger: Ledger, provider: Provider, options: Options, width: int, unfinished: str
    ) -> None:
        self._ledger = ledger
        self._provider = provider
        self._steps = provider.steps(options)
        self._schema = provider.schema(options)
        self._width = width
        self._unfinished = unfinished
        self._told: dict[tuple[Outcome, ...], tuple[str, str, str]] = {}  # nearly all fare alike

    def all(self, which: Which, tell: Tell, stop: Stop | None) -> Iterator[list[str]]:
        """A line for each row that is wanted."""
        rows = self._ledger.rows.cells_between(0, LAST_NUMBER)
        for (number, cells), judged in zip(rows, self._judged(tell, stop), strict=True):
            contact, journey, corrected = judged
            if contact.row != number:
                raise LookupError(f"row {number} was checked as row {contact.row}")
            if contact.status is Status.BLANK or (which is Which.TO_MEND and _is_fine(contact, journey)):
                continue
            if which is Which.LEFT_OUT and contact.status is not Status.LEFT_OUT:
                continue
            own = cells if corrected is None else corrected
            if len(own) != self._width:
                own = [*own[: self._width], *[""] * (self._width - len(own))]
            yield [*own, *self._verdict(contact, journey), str(number)]

    def _judged(self, tell: Tell, stop: Stop | None) -> Iterator[_Judged]:
        """Every row's contact, its way, and its cells where the user corrected them, which must not be lost.

        Tells how far it is by rows looked at: of those that are wanted there may be few.
        """
        total, done = self._ledger.rows.count(), 0
        contacts = self._ledger.contacts.judged(0, ROWS_AT_ONCE)
        while contacts:
            first, last = contacts[0].row, contacts[-1].row
            ways = self._ledger.outcomes.journeys_between(first, last, len(self._steps))
            journeys = {one.row: one for one in ways}
            corrected = self._ledger.corrections.between(first, last)
            for contact in contacts:
                state = corrected.get(contact.row, AS_IN_SHEET)
                yield contact, journeys.get(contact.row), state.cells
            done += len(contacts)
            tell(Progress(done, total))
            if stop:
                stop.check()
            contacts = self._ledger.contacts.judged(last, ROWS_AT_ONCE)

    def _verdict(self, contact: CheckedContact, journey: Journey | None) -> tuple[str, str, str]:
        """Result, reason, what to do."""
        if contact.status is not Status.TO_SEND:
            return status_word(contact.status), self._why_not_sent(contact), self._how_to_mend(contact)
        steps = journey.steps if journey is not None else ()
        told = self._told.get(steps)
        if told is None:
            if len(self._told) >= MOST_TOLD:
                self._told.clear()
            told = self._told[steps] = self._became(journey)
        if not contact.findings:
            return told
        result, reason, advice = told
        warnings = self._findings(contact, lambda one: one.level is Level.WARNING)
        return result, _joined([reason, *warnings]), advice

    def _became(self, journey: Journey | None) -> tuple[str, str, str]:
        """The same, of whoever went this way."""
        if journey is None:
            return outcome_word(OutcomeKind.NOT_SENT), self._unfinished, tr("Continue the upload to send it.")
        reasons: list[str] = []
        advices: list[str] = []
        for outcome in journey.steps:
            reason, advice = reason_of(self._provider, outcome)
            reasons.append(reason)
            advices.append(advice)
        if journey.final not in GOOD and journey.steps[0].kind in GOOD:
            reasons.insert(0, self._done_before(journey))
        if journey.final is OutcomeKind.NOT_SENT:
            reasons.append(self._unfinished)
            advices.append(tr("Continue the upload to send it."))
        return outcome_word(journey.final), _joined(reasons), _joined(advices)

    def _done_before(self, journey: Journey) -> str:
        """For a contact that got through the first step only."""
        missed = self._steps[1] if len(self._steps) > 1 else self._steps[0]
        return tr(
            "{done}, but not yet: {step}.", done=outcome_word(journey.steps[0].kind), step=tr(missed.title)
        )

    def _findings(self, contact: CheckedContact, wanted: Callable[[Finding], bool]) -> list[str]:
        return [finding_sentence(one, self._label) for one in contact.findings if wanted(one)]

    def _why_not_sent(self, contact: CheckedContact) -> str:
        if contact.status is Status.DUPLICATE:
            return _joined(self._findings(contact, lambda one: one.kind is FindingKind.DUPLICATE))
        return _joined(self._findings(contact, lambda one: one.level is Level.BLOCKING))

    def _how_to_mend(self, contact: CheckedContact) -> str:
        if contact.status is Status.DUPLICATE:
            return tr("Nothing: this person is sent from another row.")
        if _by_hand(contact):
            return tr("Nothing: you left it out.")
        return tr("Correct the row here or in your file, then upload it again.")

    def _label(self, key: str) -> str:
        field = self._schema.field(key)
        return tr(field.label) if field else key


def _is_fine(contact: CheckedContact, journey: Journey | None) -> bool:
    if contact.status is Status.TO_SEND:
        return journey is not None and journey.final in GOOD
    return contact.status is Status.DUPLICATE or _by_hand(contact)


def _by_hand(contact: CheckedContact) -> bool:
    """Whether the user left the row out: then there is nothing to mend."""
    return any(one.kind is FindingKind.PUT_ASIDE for one in contact.findings)


def _joined(sentences: list[str]) -> str:
    return " ".join(dict.fromkeys(sentence for sentence in sentences if sentence))
