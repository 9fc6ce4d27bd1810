"""Any sequence of edits, decisions and undos, made in either way, gives the ledger that a whole check would.

The lists are odd on purpose, and their fields of every kind that is cleaned.
"""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from app.contacts.contact import CheckedContact
from app.contacts.dates import DateOrder
from app.contacts.duplicates import DuplicatePolicy
from app.contacts.exclusion_reading import ExclusionCollector
from app.contacts.fields import Field, FieldKind
from app.contacts.mapping import ColumnMapping
from app.contacts.names import NamePart
from app.contacts.rules import FieldRule, LetterCase, WhichNumber
from app.contacts.sources import ColumnSource, FirstFilled, JoinedSource, Source, SplitName
from app.flow.changes import CellEdits, Change, Decide, Go, LeaveOut, Replacement
from app.flow.checking import as_by_hand, check_contacts, checker_for, order_of
from app.flow.correcting import Corrector
from app.flow.decisions import Decisions
from app.flow.draft import ImportDraft, new_draft
from app.flow.rechecking import MANY_ROWS, Extent, carry_out
from app.flow.settling import settle_duplicates
from app.ledger.corrections import AS_IN_SHEET
from app.ledger.ledger import Ledger
from app.ledger.tallies import CheckedTotals, Tally
from app.progress import Stop, tell_nobody
from app.providers.account_fields import AccountFields
from app.table.shape import Row
from tests.flow.scene import read_file_with

HEADERS = ("email", "phone", "surname", "date", "gender", "country", "number", "phone2")
CELLS = (
    (
        *("a@example.com", "A@Example.com", "b@example.com", "b@gmial.com", "c@gmail.con", "bad", "n/a", ""),
        *("d@example.com; e@example.com", "Ännä@example.com", "ÄNNÄ@EXAMPLE.com", "strasse@example.com"),
        *("Straße@example.com", "f@example.com "),
    ),
    (
        *("333 1234567", "+393331234567", "0039 333 1234567", "393331234567", "3331234567 / 3337654321", "-"),
        *("06 1234567", "612345678", "015123456789", "+4915123456789", "3,93E+11", "12", "07700 900123", ""),
        *("06 1234567 / 333 1234567", "0151 23456789 o 333 1234567", "12345678 / 333 7654321"),
        *("3,93E+11 / 333 7654321", "39 0612345678", "612345678 / 06 12345678"),
    ),
    ("ROSSI", "rossi", "Rossi", "de luca", "DE LUCA", "x" * 300, "X" * 45, "#N/A", " Anna  Maria ", ""),
    ("03/04/1980", "13/04/1980", "04/13/1980", "29221", "1980-04-03", "?", "3 apr 1980", "03/04/80", ""),
    ("m", "M", "H", "F", "Herr", "x", "boh", "D.", ""),
    ("IT", "Germania", "DE", "D", "Atlantis", "USA", "UK (England)", "-", ""),
    ("1.234", "1,5", "12", "1.234,5", "abc", "1,234", ""),
)


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("provider", ["smsend", "emarsys"])
def test_any_sequence_of_changes_leaves_what_a_whole_check_would(
    tmp_path: Path, provider: str, seed: int
) -> None:
    chance = random.Random(f"{provider} {seed}")
    draft = odd_list(tmp_path / "a.ledger", provider, chance)
    assert found(draft) == found_anew(draft, tmp_path / "b.ledger")
    rules = _RULES[provider]
    for key, rules_after in chance.sample(rules, len(rules)) * 2:
        rule = chance.choice(rules_after(draft.rules.of(key)))
        decided = Decide(replace(draft.decisions, rules=draft.rules.with_rule(key, rule)))
        for change in (decided, any_change(chance, draft)):
            way = chance.choice([corrected, rechecked])
            draft = way(draft, change)
            assert found(draft) == found_anew(draft, tmp_path / "b.ledger"), (way, change)


def odd_list(path: Path, provider: str, chance: random.Random) -> ImportDraft:
    """A checked list of some forty odd rows, with some way of filling the fields from it."""
    rows = [odd_row(chance) for _ in range(chance.randint(8, 40))]
    with Ledger.create(path) as ledger:
        list(ledger.rows.add(Row(number, cells) for number, cells in enumerate(rows, 2)))
    file = replace(read_file_with(*HEADERS, rows=tuple(rows)), ledger=path)
    draft = new_draft(provider, chance.choice(["IT", "DE", "US", ""])).with_file(file)
    if provider == "emarsys":
        number = Field("9001", "Number", FieldKind.DECIMAL, max_length=24)
        draft = draft.with_account_fields(AccountFields((*draft.schema.fields, number)))
    draft = draft.with_mapping(_MAPPINGS[provider](chance))
    draft = draft.with_duplicates(chance.choice(list(DuplicatePolicy)))
    if chance.random() < 0.4:
        collector = ExclusionCollector("IT")
        collector.add(["a@example.com", "+393331234567"])
        draft = draft.with_exclusions(collector.exclusions())
    return draft.with_checked(check_contacts(draft))


def odd_row(chance: random.Random) -> tuple[str, ...]:
    if chance.random() < 0.05:
        return ("",) * len(HEADERS)
    return tuple(chance.choice(texts) for texts in (*CELLS, CELLS[1]))


def _of_smsend(chance: random.Random) -> ColumnMapping:
    phones: list[Source] = [ColumnSource(1), FirstFilled((1, 7)), JoinedSource((1, 7), " / ")]
    mapping = ColumnMapping().with_field("email", 0).with_source("phoneNumber", chance.choice(phones))
    mapping = mapping.with_field("surname", 2).with_field("birthdate", 3).with_field("gender", 4)
    mapping = mapping.with_source("name", SplitName(2, NamePart.FIRST))
    return replace(mapping, phone_country=chance.choice([None, 5]))


def _of_emarsys(chance: random.Random) -> ColumnMapping:
    mapping = ColumnMapping().with_field("3", 0).with_field("37", 1).with_field("2", 2).with_field("4", 3)
    mapping = mapping.with_field("5", 4).with_field("15", 7).with_field("9001", 6)
    mapping = mapping.with_source("1", SplitName(2, NamePart.FIRST))
    mapping = mapping.with_clearing("1", chance.random() < 0.5)
    return mapping.with_field("14", 5) if chance.random() < 0.5 else mapping


_MAPPINGS: dict[str, Callable[[random.Random], ColumnMapping]] = {
    "smsend": _of_smsend,
    "emarsys": _of_emarsys,
}


def corrected(draft: ImportDraft, change: Change) -> ImportDraft:
    """The draft after a change in the window's own way; in the other one where that does not do it."""
    assert draft.file is not None
    with Ledger.open(draft.file.ledger) as ledger:
        done = Corrector(ledger, draft).apply(change)
    return rechecked(draft, change) if done is None else draft.with_checked(done.totals)


def rechecked(draft: ImportDraft, change: Change) -> ImportDraft:
    """The draft after a change in the way of many rows."""
    done = carry_out(order_of(draft), draft.decisions, change, MANY_ROWS, tell_nobody, Stop())
    if isinstance(done, Extent):
        return draft
    totals, decisions = done
    return draft.with_decisions(decisions).with_checked(totals)


def found(draft: ImportDraft) -> tuple[CheckedTotals | None, list[CheckedContact]]:
    assert draft.file is not None
    with Ledger.open(draft.file.ledger) as ledger:
        return draft.checked, list(ledger.contacts.all())


def found_anew(draft: ImportDraft, path: Path) -> tuple[CheckedTotals, list[CheckedContact]]:
    """The same of a whole check, in a copy of the ledger and in this process."""
    assert draft.file is not None
    shutil.copyfile(draft.file.ledger, path)
    order, tally = order_of(draft), Tally()
    with Ledger.open(path) as ledger:
        ledger.contacts.clear()
        checker, edited = checker_for(order, ledger), ledger.corrections.between(0, 2**31)
        cells = {row.number: row.cells for row in ledger.rows.all()}
        states = {row: edited.get(row, AS_IN_SHEET) for row in cells}
        contacts = (
            as_by_hand(checker.check_alone(row, states[row].cells or cells[row]), states[row])
            for row in cells
        )
        list(ledger.contacts.add(contacts, tally))
        told = settle_duplicates(ledger, order.schema.keys, order.duplicates, Stop())
        return tally.totals(told), list(ledger.contacts.all())


def any_change(chance: random.Random, draft: ImportDraft) -> Change:
    assert draft.file is not None
    rows = range(2, 2 + draft.file.read)
    some = [chance.choice(rows) for _ in range(chance.randint(1, 4))]
    old, new = chance.choice([("example", "example"), ("333", "334"), ("rossi", "Bianchi"), ("a", "")])
    kinds: list[Callable[[], Change]] = [
        *[lambda: Decide(any_decision(chance, draft.decisions))] * 3,
        *[lambda: CellEdits({row: any_cells(chance) for row in some})] * 3,
        lambda: LeaveOut(sorted({*some}), chance.random() < 0.6),
        lambda: Replacement(rows, old, new, chance.choice([None, 0, 1, 2])),
        lambda: Go.BACK,
        lambda: Go.FORTH,
    ]
    return chance.choice(kinds)()


def any_cells(chance: random.Random) -> dict[int, str]:
    row = odd_row(chance)
    return {place: row[place] for place in chance.sample(range(len(row)), chance.randint(1, 3))}


def any_decision(chance: random.Random, now: Decisions) -> Decisions:
    if chance.random() < 0.5:
        return replace(now, default_country=chance.choice(["IT", "DE", "US", "FR", "GB", ""]))
    return replace(now, duplicates=chance.choice(list(DuplicatePolicy)))


def _of_emails(rule: FieldRule) -> Sequence[FieldRule]:
    domains = [rule.with_words({"gmial.com": meant}) for meant in ("gmail.com", None)]
    return [*domains, *(replace(rule, case=case) for case in LetterCase if case is not LetterCase.NAMES)]


def _of_numbers(rule: FieldRule) -> Sequence[FieldRule]:
    return [
        replace(rule, zero=not rule.zero),
        *(replace(rule, number=number) for number in (None, *WhichNumber)),
    ]


def _of_names(rule: FieldRule) -> Sequence[FieldRule]:
    return [replace(rule, cut=not rule.cut), *(replace(rule, case=case) for case in LetterCase)]


def _of_dates(rule: FieldRule) -> Sequence[FieldRule]:
    return [replace(rule, dates=order) for order in (None, *DateOrder)]


def _of_words(*meant: str) -> Callable[[FieldRule], Sequence[FieldRule]]:
    words = ("boh", "x", "M", "Atlantis")
    return lambda rule: [rule.with_words({word: one}) for word in words for one in (*meant, "", None)]


_RULES: dict[str, list[tuple[str, Callable[[FieldRule], Sequence[FieldRule]]]]] = {
    "smsend": [
        *(("email", _of_emails), ("phoneNumber", _of_numbers), ("surname", _of_names), ("name", _of_names)),
        *(("birthdate", _of_dates), ("gender", _of_words("m", "f"))),
    ],
    "emarsys": [
        *(("3", _of_emails), ("37", _of_numbers), ("15", _of_numbers), ("2", _of_names), ("4", _of_dates)),
        *(("5", _of_words("1", "2")), ("14", _of_words("65"))),
    ],
}
