"""Who depends on a decision: the rows that have to be checked again when it is made, and no others.

Asks the ledger; checking them is rechecking's.

Why the findings are enough: a cleaner tells a finding whenever a decision made a difference, or would have
made one. Letters are the exception, as nobody is told that a name could be written otherwise, and so are
words that are a provider's own value: there the values themselves are looked at.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from app.contacts.column_conventions import country_column
from app.contacts.contact import FindingKind
from app.contacts.dates import usual_order
from app.contacts.fields import FieldKind
from app.contacts.folding import word_key
from app.contacts.letters import cased
from app.contacts.row_countries import names_no_country
from app.contacts.rules import FieldRule, LetterCase
from app.flow.changes import ROWS_AT_ONCE
from app.flow.checking import CheckOrder
from app.flow.decisions import Decisions
from app.ledger.corrections import in_pieces
from app.ledger.ledger import Ledger

_KINDS_BY_ASPECT: Mapping[str, tuple[FindingKind, ...]] = {
    "words": (
        *(FindingKind.CHOICE_UNKNOWN, FindingKind.CHOICE_AMBIGUOUS, FindingKind.CHOICE_TRANSLATED),
        *(FindingKind.CHOICE_LEFT_EMPTY, FindingKind.EMAIL_TYPO, FindingKind.EMAIL_CORRECTED),
        *(FindingKind.GENDER_LETTER_READ, FindingKind.GENDER_LETTER_UNSURE),
    ),
    "dates": (FindingKind.DATE_AMBIGUOUS, FindingKind.DATE_FORMATTED),
    # Where the first number of a cell can't be read, only that is told, and not that there is another.
    "number": (
        *(FindingKind.PHONE_TWO_NUMBERS, FindingKind.PHONE_INVALID, FindingKind.PHONE_DIGITS_LOST),
        *(FindingKind.PHONE_NO_COUNTRY, FindingKind.PHONE_ZERO_LOST, FindingKind.PHONE_ZERO_ADDED),
        FindingKind.PHONE_COUNTRY_UNKNOWN,
    ),
    "zero": (FindingKind.PHONE_ZERO_LOST, FindingKind.PHONE_ZERO_ADDED),
    "cut": (FindingKind.TOO_LONG, FindingKind.TEXT_CUT),
    "case": (FindingKind.LETTERS_CHANGED, FindingKind.TOO_LONG, FindingKind.TEXT_CUT),
}
# Of numbers written with their plus, none depends on a country; PHONE_FORMATTED is told of those too, and of
# "39 333 1234567", which only in Italy is a number with its country.
_KINDS_BY_COUNTRY = frozenset(
    {
        *(FindingKind.PHONE_COUNTRY_ADDED, FindingKind.PHONE_NO_COUNTRY, FindingKind.PHONE_INVALID),
        *(FindingKind.PHONE_ZERO_LOST, FindingKind.PHONE_ZERO_ADDED, FindingKind.PHONE_TWO_NUMBERS),
        *(FindingKind.PHONE_DIGITS_LOST, FindingKind.TOO_LONG),
    }
)


@dataclass(frozen=True, slots=True)
class Dependents:
    """Who depends on a difference between decisions: rows with these kinds of findings, rows in which one of
    these fields would be written in other letters or holds one of these words (as `word_key` has them), and
    rows whose phone numbers name no country."""

    kinds: frozenset[FindingKind]
    letters: tuple[tuple[str, LetterCase], ...] = ()
    words: tuple[tuple[str, frozenset[str]], ...] = ()
    country: bool = False


def touched_rows(
    ledger: Ledger, order: CheckOrder, old: Decisions, new: Decisions, rows: Iterable[int] = ()
) -> array[int]:
    """`rows`, and whatever depends on what is decided otherwise now, in order."""
    return array("q", sorted({*rows, *_depending(ledger, order, dependents(old, new))}))


def dependents(old: Decisions, new: Decisions) -> Dependents:
    """Who has to be checked again when `new` is decided in the place of `old`."""
    kinds: set[FindingKind] = set()
    letters: list[tuple[str, LetterCase]] = []
    words: list[tuple[str, frozenset[str]]] = []
    country = old.default_country != new.default_country
    if country:
        kinds.add(FindingKind.NUMBER_DOUBTFUL)
        if usual_order(old.default_country) is not usual_order(new.default_country):
            kinds.update(_KINDS_BY_ASPECT["dates"])
    for key, (before, after) in new.rules.changed_from(old.rules).items():
        for aspect in _aspects(before, after):
            kinds.update(_KINDS_BY_ASPECT[aspect])
        if before.case is not after.case:
            letters.append((key, after.case))
        if before.words != after.words:
            differing = {*before.words} ^ {*after.words}
            words.append((key, frozenset(word_key(word) for word, _ in differing)))
    return Dependents(frozenset(kinds), tuple(letters), tuple(words), country)


def _aspects(before: FieldRule, after: FieldRule) -> list[str]:
    return [aspect for aspect in _KINDS_BY_ASPECT if getattr(before, aspect) != getattr(after, aspect)]


def _depending(ledger: Ledger, order: CheckOrder, on: Dependents) -> set[int]:
    found = set(ledger.contacts.rows_with_findings(on.kinds)) if on.kinds else set()
    for key, case in on.letters:
        for row, value in ledger.contacts.values_of(key):
            if cased(value, case) != value:
                found.add(row)
    for key, words in on.words:
        field = order.schema.field(key)
        if field is not None and field.kind is FieldKind.CHOICE:
            found.update(row for row, value in ledger.contacts.values_of(key) if word_key(value) in words)
    if on.country:
        found.update(_without_country(ledger, order))
    return found


def _without_country(ledger: Ledger, order: CheckOrder) -> Iterator[int]:
    """The rows whose phone numbers are read by the default country."""
    schema = order.schema
    rows = set(ledger.contacts.rows_with_findings(_KINDS_BY_COUNTRY))
    for one in order.mapping.assignments:
        field = schema.field(one.field)
        if field is not None and field.kind is FieldKind.PHONE:
            rows.update(ledger.contacts.rows_formatted(FindingKind.PHONE_FORMATTED, field.key, "+"))
    position = country_column(schema, order.mapping)
    if position is None:
        yield from rows
        return
    for piece in in_pieces(sorted(rows), ROWS_AT_ONCE):
        for row, cells in ledger.corrections.cells_of(piece).items():
            if position >= len(cells) or names_no_country(cells[position]):
                yield row
