"""The receipt says what the provider declares, counts what stays behind, and what was agreed to is kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.contacts.contact import FindingKind
from app.contacts.exclusions import Exclusions
from app.contacts.mapping import ColumnMapping
from app.flow.draft import Destination, new_draft
from app.flow.receipt import (
    CONSENT,
    Agreement,
    Tick,
    account_name,
    note_agreement,
    noted_agreement,
    receipt_of,
)
from app.ledger.contacts import CheckedTotals
from app.ledger.ledger import Ledger
from app.providers.known import PROVIDERS
from app.providers.options import Options
from app.settings.accounts import Account, add_account, new_account_id
from app.settings.folders import Folders

TOTALS = CheckedTotals(10, 1, 2, 3, 4, {})
LEFT_OUT: dict[tuple[FindingKind, ...], int] = {(FindingKind.EMAIL_INVALID,): 2}
REAL = Destination(practice=False, account="0" * 16)


@pytest.mark.parametrize("name", [one.name for one in PROVIDERS])
def test_everything_a_provider_warns_of_is_told(name: str) -> None:
    draft = new_draft(name).with_destination(REAL)
    receipt = receipt_of(draft, TOTALS, LEFT_OUT, "Shop")
    told = [one for section in receipt.sections for one in section.sentences]
    assert receipt.heading.startswith("4 contacts go to")
    assert "account “Shop”" in receipt.heading
    for sentence in (*draft.provider.irreversible(draft.options), *draft.provider.side_effects):
        assert [*told, *(tick.sentence for tick in receipt.ticks)].count(sentence) == 1
    asked = [one.key for one in draft.provider.acknowledgements(draft.options)]
    assert [tick.key for tick in receipt.ticks] == [CONSENT, *asked]
    said = any("can't be known before" in one for one in told)
    assert said is not draft.provider.tells_existing
    assert {"2: E-mail addresses that are not valid", "1 blank row"} <= set(told)
    assert "3 rows of people who are in the list twice" in told


def test_where_they_go_is_not_said_under_who_is_there_already() -> None:
    draft = new_draft("octopush")
    draft = draft.with_options(draft.options.with_value("list_name", "Spring"))
    sections = {one.heading: one.sentences for one in receipt_of(draft, TOTALS, LEFT_OUT, "").sections}
    assert [one.startswith("List: Spring.") for one in sections["Where your contacts go"]] == [True]
    assert not any("Spring" in one for one in sections["People who are already there"])


def test_what_was_not_understood_of_a_do_not_contact_list_is_told() -> None:
    draft = new_draft("smsend").with_exclusions(Exclusions.of([1, 2], [], 3))
    told = [one for section in receipt_of(draft, TOTALS, LEFT_OUT, "").sections for one in section.sentences]
    assert any(one.startswith("3 cells of the do-not-contact list were not understood") for one in told)


def test_empty_cells_that_clear_have_to_be_agreed_to() -> None:
    draft = new_draft("emarsys").with_destination(REAL)
    draft = draft.with_options(Options({**draft.options, "action": "create_or_update"}))
    mapping = ColumnMapping().with_field("3", 0).with_field("11", 1).with_clearing("11", True)
    receipt = receipt_of(draft.with_mapping(mapping), TOTALS, LEFT_OUT, "Shop")
    (tick,) = [one for one in receipt.ticks if one.key == "clears"]
    assert "City" in tick.sentence
    says_nothing = receipt_of(
        draft.with_mapping(mapping.with_clearing("11", False)), TOTALS, LEFT_OUT, "Shop"
    )
    assert "clears" not in [one.key for one in says_nothing.ticks]


def test_nothing_to_send_asks_for_nothing() -> None:
    receipt = receipt_of(new_draft("smsend"), CheckedTotals(2, 0, 2, 0, 0, {}), LEFT_OUT, "")
    assert not receipt.ticks
    assert [section.heading for section in receipt.sections] == ["What stays behind"]


@pytest.mark.parametrize(("count", "told"), [(1, "1 row left out by you"), (2, "2 rows left out by you")])
def test_what_the_user_left_out_is_counted_as_such(count: int, told: str) -> None:
    receipt = receipt_of(new_draft("smsend"), TOTALS, {(FindingKind.PUT_ASIDE,): count}, "")
    assert told in [one for section in receipt.sections for one in section.sentences]


def test_what_was_agreed_to_stays_with_the_import(tmp_path: Path) -> None:
    path = tmp_path / "l"
    with Ledger.create(path) as ledger:
        assert noted_agreement(ledger) == Agreement()
    agreement = Agreement(("4 contacts go",), (Tick(CONSENT, "I may"),))
    note_agreement(path, agreement)
    with Ledger.open(path) as ledger:
        assert noted_agreement(ledger) == agreement
        assert noted_agreement(ledger).may_write


def test_the_account_is_called_by_its_name(tmp_path: Path) -> None:
    folders = Folders(tmp_path, tmp_path, tmp_path)
    account = Account(new_account_id(), "smsend", "Shop Berlin")
    add_account(folders, account)
    draft = new_draft("smsend")
    assert account_name(draft, folders) == ""
    assert account_name(draft.with_destination(Destination(False, account.id)), folders) == "Shop Berlin"
