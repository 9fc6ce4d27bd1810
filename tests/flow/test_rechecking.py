"""Whatever is decided, edited, left out, undone or redone: the list is as after a whole check."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from app.contacts.contact import CheckedContact, FindingKind, Status
from app.contacts.dates import DateOrder
from app.contacts.duplicates import DuplicatePolicy
from app.contacts.mapping import Assignment, ColumnMapping
from app.contacts.rules import FieldRule, LetterCase, Rules, WhichNumber
from app.flow.changes import CellEdits, Change, Decide, Go, LeaveOut, Replacement
from app.flow.checking import check_contacts, order_of
from app.flow.decisions import Decisions
from app.flow.draft import ImportDraft, new_draft
from app.flow.rechecking import MANY_ROWS, Extent, carry_out, change_list, check_what_changed
from app.flow.repairs import Repair, matter_of
from app.ledger.ledger import Ledger
from app.progress import Progress, Stop, Stopped, tell_nobody
from app.table.shape import Row
from tests.flow.scene import read_file_with

FIELDS = ("email", "phoneNumber", "name", "gender", "birthdate")
PEOPLE = (
    ("anna@gmial.com", "333 1234567", "ANNA", "Donna?", "03/04/1980"),
    ("luca@example.com", "06 12345678 / 347 7654321", "DE LUCA", "m", "1980-04-03"),
    ("eva@example.com", "0151 23456789", "Eva", "Sig.na??", "31/12/1970"),
    ("anna@gmial.com", "", "Anna", "donna?", ""),
    ("paul@example.com", "612345678", "x" * 300, "f", "5/6/1999"),
    ("", "", "", "", ""),
)


def checked(path: Path, rows: tuple[tuple[str, ...], ...] = PEOPLE, country: str = "IT") -> ImportDraft:
    with Ledger.create(path) as ledger:
        list(ledger.rows.add(Row(number, cells) for number, cells in enumerate(rows, 2)))
    file = replace(read_file_with(*FIELDS, rows=rows), ledger=path)
    mapping = ColumnMapping(tuple(Assignment(key, at) for at, key in enumerate(FIELDS)))
    draft = new_draft("smsend", country).with_file(file).with_mapping(mapping)
    return draft.with_checked(check_contacts(draft))


def everybody(draft: ImportDraft) -> list[CheckedContact]:
    assert draft.file is not None
    with Ledger.open(draft.file.ledger) as ledger:
        return list(ledger.contacts.all())


def changed(draft: ImportDraft, change: Change) -> ImportDraft:
    """Without a child process, which not every test should start."""
    found = carry_out(order_of(draft), draft.decisions, change, MANY_ROWS, tell_nobody, Stop())
    if isinstance(found, Extent):
        return draft
    totals, decisions = found
    return draft.with_decisions(decisions).with_checked(totals)


def decided(draft: ImportDraft, key: str, rule: FieldRule) -> ImportDraft:
    return changed(draft, Decide(replace(draft.decisions, rules=draft.rules.with_rule(key, rule))))


def kinds(draft: ImportDraft) -> set[FindingKind]:
    return {finding.kind for one in everybody(draft) for finding in one.findings}


def test_a_word_is_decided_once_for_every_row_and_spelling(tmp_path: Path) -> None:
    draft = checked(tmp_path / "a.ledger")
    rule = FieldRule().with_words({"Donna?": "f", "Sig.na??": ""})
    after = decided(draft, "gender", rule)
    values = {one.row: one.values.get("gender") for one in everybody(after)}
    assert (values[2], values[5], values[4]) == ("f", "f", None)
    assert FindingKind.CHOICE_UNKNOWN not in kinds(after)
    assert {FindingKind.CHOICE_TRANSLATED, FindingKind.CHOICE_LEFT_EMPTY} <= kinds(after)
    assert after.rules.of("gender") == rule


def test_one_undo_takes_a_fix_back_for_all_rows_and_one_redo_makes_it_again(tmp_path: Path) -> None:
    draft = checked(tmp_path / "a.ledger")
    before = everybody(draft)
    fixed = decided(draft, "email", FieldRule(words=(("gmial.com", "gmail.com"),)))
    assert [one.values.get("email") for one in everybody(fixed)].count("anna@gmail.com") == 2
    undone = changed(fixed, Go.BACK)
    assert (everybody(undone), undone.rules, undone.checked) == (before, draft.rules, draft.checked)
    again = changed(undone, Go.FORTH)
    assert (everybody(again), again.rules) == (everybody(fixed), fixed.rules)
    assert changed(again, Go.FORTH) is again


def test_a_new_step_ends_what_could_be_done_again(tmp_path: Path) -> None:
    draft = checked(tmp_path / "a.ledger")
    undone = changed(changed(draft, LeaveOut([2])), Go.BACK)
    changed(undone, LeaveOut([3]))
    with Ledger.open(tmp_path / "a.ledger") as ledger:
        assert (ledger.corrections.count_undoable(), ledger.corrections.count_redoable()) == (1, 0)


def test_rows_left_out_by_hand_count_as_left_out_and_come_back(tmp_path: Path) -> None:
    draft = checked(tmp_path / "a.ledger")
    assert draft.checked is not None
    out = changed(draft, LeaveOut([2, 3, 7]))
    assert out.checked is not None
    # Row 7 is blank and stays so; row 5 was row 2's duplicate, and is sent now in its place.
    assert (out.checked.left_out, out.checked.blank) == (draft.checked.left_out + 2, 1)
    assert out.checked.findings[FindingKind.PUT_ASIDE] == 2
    assert everybody(out)[3].status is Status.TO_SEND
    back = changed(out, LeaveOut([2, 3], out=False))
    assert back.checked == draft.checked


def test_find_and_replace_is_one_step(tmp_path: Path) -> None:
    draft = checked(tmp_path / "a.ledger")
    after = changed(draft, Replacement(range(2, 8), "EXAMPLE.com", "example.org", column=0))
    emails = [one.values.get("email") for one in everybody(after)]
    assert emails.count("luca@example.org") == 1
    assert changed(after, Replacement(range(2, 8), "nobody", "somebody")) is after
    assert everybody(changed(after, Go.BACK)) == everybody(checked(tmp_path / "b.ledger"))


def test_the_way_back_leads_through_a_whole_check_too(tmp_path: Path) -> None:
    draft = checked(tmp_path / "a.ledger")
    out = changed(draft, LeaveOut([2]))
    again = out.with_checked(check_contacts(out))
    assert everybody(again) == everybody(out)
    assert everybody(changed(again, Go.BACK)) == everybody(checked(tmp_path / "b.ledger"))


def test_stopping_changes_nothing(tmp_path: Path) -> None:
    draft = checked(tmp_path / "a.ledger")
    before = everybody(draft)
    stop = Stop()
    stop.ask()
    change = Decide(replace(draft.decisions, default_country="FR"))
    with pytest.raises(Stopped):
        carry_out(order_of(draft), draft.decisions, change, MANY_ROWS, tell_nobody, stop)
    assert everybody(draft) == before
    with Ledger.open(tmp_path / "a.ledger") as ledger:
        assert ledger.corrections.count_undoable() == 0


def test_a_change_can_be_made_in_a_child_process(tmp_path: Path) -> None:
    draft = checked(tmp_path / "a.ledger")
    after = change_list(draft, LeaveOut([2]))
    assert after.checked is not None
    assert after.checked.findings[FindingKind.PUT_ASIDE] == 1


def test_a_change_of_most_of_a_list_checks_all_of_it(tmp_path: Path) -> None:
    draft = checked(tmp_path / "a.ledger")
    upper = draft.rules.with_rule("name", FieldRule(case=LetterCase.UPPER))
    change = Decide(replace(draft.decisions, rules=upper))
    after = change_list(draft, change, many=1)
    assert after.rules == upper
    assert everybody(after) == everybody(changed(checked(tmp_path / "b.ledger"), change))
    back = change_list(after, Go.BACK, many=1)
    assert (back.rules, back.checked) == (draft.rules, draft.checked)
    stop = Stop()
    stop.ask()
    with pytest.raises(Stopped):
        change_list(back, change, stop=stop, many=1)
    with Ledger.open(tmp_path / "a.ledger") as ledger:
        assert ledger.corrections.count_undoable() == 0


def test_another_country_checks_only_the_rows_it_matters_to(tmp_path: Path) -> None:
    rows = tuple((f"p{number}@example.com", "+39 333 1234567", "", "", "") for number in range(5_000))
    draft = checked(tmp_path / "a.ledger", (*rows, *PEOPLE))
    seen: list[Progress] = []
    abroad = draft.with_country("FR")
    carry_out(order_of(draft), draft.decisions, Decide(abroad.decisions), 9_999, seen.append, Stop())
    assert seen[0].total is not None
    assert seen[0].total <= len(PEOPLE)
    by_change = everybody(draft)
    assert by_change == everybody(checked(tmp_path / "b.ledger", (*rows, *PEOPLE), "FR"))


def test_the_mobile_number_is_taken_where_the_first_one_can_not_be_read(tmp_path: Path) -> None:
    people = (("a@example.com", "12345678 / 333 7654321", "", "", ""),)
    draft = checked(tmp_path / "a.ledger", people)
    [before] = everybody(draft)
    assert "phoneNumber" not in before.values
    mobile = decided(draft, "phoneNumber", FieldRule(number=WhichNumber.MOBILE))
    [after] = everybody(mobile)
    assert after.values["phoneNumber"] == "+393337654321"
    assert [(one.kind, one.before) for one in after.findings] == [(FindingKind.PHONE_TWO_NUMBERS, "12345678")]
    assert everybody(decided(mobile, "phoneNumber", FieldRule())) == [before]


def test_whom_m_means_is_told_once_and_can_be_decided_otherwise(tmp_path: Path) -> None:
    people = tuple((f"{number}@example.com", "", "", sex, "") for number, sex in enumerate("HMHM"))
    draft = checked(tmp_path / "a.ledger", people)
    assert [one.values["gender"] for one in everybody(draft)] == ["m", "f", "m", "f"]
    with Ledger.open(tmp_path / "a.ledger") as ledger:
        [matter] = matter_of(ledger, draft, Repair.WORDS).fields
    assert [(word.text, word.rows, word.decided) for word in matter.words] == [("M", 2, None)]
    after = decided(draft, "gender", FieldRule().with_words({"M": "m"}))
    assert [one.values["gender"] for one in everybody(after)] == ["m", "m", "m", "m"]
    assert FindingKind.GENDER_LETTER_READ not in kinds(after)
    assert everybody(changed(after, Go.BACK)) == everybody(draft)


def test_a_word_that_is_the_providers_own_value_can_be_decided_otherwise(tmp_path: Path) -> None:
    people = tuple((f"{number}@example.com", "", "", sex, "") for number, sex in enumerate("mfm"))
    draft = checked(tmp_path / "a.ledger", people)
    assert not kinds(draft)  # nothing was found in rows that depend on it all the same
    after = decided(draft, "gender", FieldRule().with_words({"M": ""}))
    assert [one.values.get("gender") for one in everybody(after)] == [None, "f", None]


def test_what_was_checked_so_is_not_checked_again(tmp_path: Path) -> None:
    draft = checked(tmp_path / "a.ledger")
    same = replace(draft, checked=None)
    assert check_what_changed(same) == draft.checked
    abroad = draft.with_country("FR")
    assert check_what_changed(abroad) == checked(tmp_path / "b.ledger", country="FR").checked
    other = draft.with_mapping(draft.mapping.with_field("name", None))
    assert check_what_changed(other).read == 6
    assert all("name" not in one.values for one in everybody(other))


EMAILS = ("a@gmial.com", "b@example.com", "B@example.com", "c@example.con", "broken", "")
PHONES = (
    *("333 1234567", "+39 333 1234567", "06 12345678; 347 7654321", "12", "612345678", "06 55 1", ""),
    *("12345678 / 333 7654321", "3,93E+11 / 333 7654321", "+39 12345678, +393337654321"),
)
NAMES = ("ANNA", "luca", "Eva", "x" * 300, "")
GENDERS = ("m", "Donna?", "uomo!!", "f", "")
DATES = ("03/04/1980", "31/12/1970", "1980-01-02", "no date", "5/6/99", "")


@pytest.mark.parametrize("policy", DuplicatePolicy)
def test_any_changes_leave_what_a_whole_check_would(tmp_path: Path, policy: DuplicatePolicy) -> None:
    chance = random.Random(f"{policy.value} 4")

    def person() -> tuple[str, ...]:
        return tuple(chance.choice(texts) for texts in (EMAILS, PHONES, NAMES, GENDERS, DATES))

    draft = checked(tmp_path / "a.ledger", tuple(person() for _ in range(60)))
    draft = changed(draft, Decide(replace(draft.decisions, duplicates=policy)))
    for _ in range(30):
        draft = changed(draft, _any_change(chance, draft.decisions, person))
    by_changes, totals = everybody(draft), draft.checked
    assert totals == check_contacts(draft)
    assert everybody(draft) == by_changes
    with Ledger.open(tmp_path / "a.ledger") as ledger:
        steps = ledger.corrections.count_undoable()
    for _ in range(steps):
        draft = changed(draft, Go.BACK)
    assert everybody(draft) == everybody(replace(draft, checked=check_contacts(draft)))
    assert draft.decisions == Decisions("IT")


def _any_change(chance: random.Random, now: Decisions, person: Callable[[], tuple[str, ...]]) -> Change:
    rows = [chance.randrange(2, 62) for _ in range(chance.choice((1, 3, 10)))]
    changes: list[Callable[[], Change]] = [
        lambda: CellEdits({row: dict(enumerate(person())) for row in rows}),
        lambda: LeaveOut(sorted(set(rows)), chance.random() < 0.7),
        lambda: Replacement(range(2, 62), chance.choice(("a", "ex", "3")), chance.choice(("b", "E", ""))),
        lambda: Decide(replace(now, default_country=chance.choice(("IT", "FR", "US", "DE", "")))),
        lambda: Decide(replace(now, duplicates=chance.choice(list(DuplicatePolicy)))),
        lambda: Decide(replace(now, rules=_any_rules(chance, now.rules))),
        lambda: Go.BACK,
        lambda: Go.FORTH,
    ]
    return chance.choice(changes)()


def _any_rules(chance: random.Random, rules: Rules) -> Rules:
    key = chance.choice(FIELDS)
    rule = rules.of(key)
    words = {"Donna?": chance.choice(("f", "", None)), "uomo!!": chance.choice(("m", None))}
    domains = {"gmial.com": chance.choice(("gmail.com", None))}
    by_field: dict[str, list[FieldRule]] = {
        "email": [rule.with_words(domains), replace(rule, case=chance.choice(list(LetterCase)))],
        "phoneNumber": [
            replace(rule, number=chance.choice((None, *WhichNumber))),
            replace(rule, zero=not rule.zero),
        ],
        "name": [replace(rule, case=chance.choice(list(LetterCase))), replace(rule, cut=not rule.cut)],
        "gender": [rule.with_words(words)],
        "birthdate": [replace(rule, dates=chance.choice((None, *DateOrder)))],
    }
    return rules.with_rule(key, chance.choice(by_field[key]))
