"""Checks a finished import from outside: that it adds up, that the account holds it, that the report agrees.

Compares values whatever a provider calls them; refuses to know any provider by name.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.contacts.contact import CheckedContact, Status
from app.flow.draft import ImportDraft
from app.flow.preview import requests_for
from app.language import tr
from app.ledger.ledger import Ledger
from app.providers.verdicts import GOOD, OutcomeKind
from app.report import ImportTotals
from app.table.reading import open_table
from app.table.shape import ReadingChoice
from app.wording import outcome_word, status_word


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at: a sentence, whether it holds, and what was seen instead."""

    sentence: str
    holds: bool
    seen: str = ""

    def __str__(self) -> str:
        word = tr("ok") if self.holds else tr("WRONG")
        line = f"{word}: {self.sentence}"
        return line if self.holds or not self.seen else f"{line} ({self.seen})"


def totals_check(totals: ImportTotals) -> Check:
    """Whether every row is accounted for."""
    return Check(tr("The totals add up."), totals.adds_up, str(totals.as_numbers()))


def account_checks(
    draft: ImportDraft, ledger: Ledger, before: int, held: Sequence[Mapping[str, object]]
) -> Iterator[Check]:
    """Whether an account that held `before` contacts and now holds `held` got just those that arrived."""
    steps = len(draft.provider.steps(draft.options))
    arrived = {one.row for one in ledger.outcomes.journeys(steps) if one.final in GOOD}
    yield Check(
        tr("The account has as many new contacts as arrived."),
        len(held) - before == len(arrived),
        f"{len(held) - before}, {len(arrived)}",
    )
    sent = [contact for contact in ledger.contacts.all() if contact.row in arrived]
    missing = list(_missing(_wanted(draft, sent), held))
    yield Check(
        tr("Each of them is there with the values that were shown."),
        not missing,
        tr("rows {rows}", rows=", ".join(map(str, missing[:10]))),
    )


def report_check(saved: Path, totals: ImportTotals) -> Check:
    """Whether the saved report opens again and its Result column counts as the window did."""
    with open_table(saved, ReadingChoice(own_columns=True)) as table:
        names = [column.name for column in table.shape.columns]
        place = names.index(tr("Result"))
        counted = Counter(row.cells[place] for row in table.rows())
    expected: Counter[str] = Counter()
    expected[status_word(Status.LEFT_OUT)] += totals.left_out
    expected[status_word(Status.DUPLICATE)] += totals.duplicates
    for kind in OutcomeKind:
        expected[outcome_word(kind)] += totals.as_numbers()[kind.value]
    return Check(
        tr("The saved report opens again and says the same."), counted == +expected, str(dict(counted))
    )


def _wanted(draft: ImportDraft, sent: Iterable[CheckedContact]) -> dict[int, frozenset[str]]:
    """By row, the values in the very request that was shown for it, without what all requests say alike."""
    wanted = {}
    for contact in sent:
        body = requests_for(draft, contact)[0].request.body
        wanted[contact.row] = frozenset(_leaves(json.loads(body or b"null")))
    alike = frozenset.intersection(*wanted.values()) if len(wanted) > 1 else frozenset()
    return {row: leaves - alike for row, leaves in wanted.items()}


def _missing(wanted: Mapping[int, frozenset[str]], held: Sequence[Mapping[str, object]]) -> Iterator[int]:
    """The rows of which no contact in the account has all the values."""
    by_leaf: dict[str, list[frozenset[str]]] = {}
    for person in held:
        leaves = frozenset(_leaves(person))
        for leaf in leaves:
            by_leaf.setdefault(leaf, []).append(leaves)
    for row, values in wanted.items():
        rarest = min((by_leaf.get(leaf, []) for leaf in values), key=len, default=[])
        if not any(values <= leaves for leaves in rarest):
            yield row


def _leaves(value: object) -> Iterator[str]:
    """Every text and number in what the account holds about a contact."""
    if isinstance(value, Mapping):
        for one in value.values():
            yield from _leaves(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _leaves(one)
    elif value is not None:
        yield _plain(str(value))


def _plain(text: str) -> str:
    """A value without what an account may write in its own way: the + of a phone number."""
    return text.strip().removeprefix("+")
