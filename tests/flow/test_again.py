"""The same list goes to another provider as it was corrected, and knows nothing of the first."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.flow.again import draft_for_another
from app.flow.checking import check_contacts
from app.flow.draft import ImportDraft
from app.flow.uploading import PracticeAccess, practice_access, upload
from app.ledger.corrections import RowState
from app.ledger.ledger import Ledger
from app.practice.rooms import PRACTICE_SECRETS
from app.practice.server import PracticeServer
from app.progress import Stop, Stopped, tell_nobody
from tests.ui.import_scene import checked_draft


def ledger_of(draft: ImportDraft) -> Path:
    assert draft.file is not None
    return draft.file.ledger


def test_rows_columns_and_file_go_along_and_nothing_else(tmp_path: Path) -> None:
    draft = checked_draft(tmp_path)
    with Ledger.open(ledger_of(draft)) as old:
        corrected = RowState(("nobody@example.com", "", "Nobody"))
        aside = RowState(aside=True)
        old.corrections.change(old.corrections.begin_step(), [(5, corrected), (7, aside)])
        before = list(old.rows.all())
    with PracticeServer() as server:
        access = practice_access(draft, PracticeAccess(server.address, PRACTICE_SECRETS["smsend"]))
        upload(draft, access, lambda _: None, Stop())
    again = draft_for_another(draft, tmp_path, tell_nobody, Stop())
    assert again.checked is None
    assert again.mapping == draft.mapping
    assert ledger_of(again) != ledger_of(draft)
    with Ledger.open(ledger_of(again)) as new:
        rows = list(new.rows.all())
        assert [row.number for row in rows] == [row.number for row in before]
        assert rows[3].cells == ("nobody@example.com", "", "Nobody")
        assert rows[0] == before[0]
        assert new.fact("fingerprint")
        assert new.batches.count(0) == 0
    totals = check_contacts(again.with_provider("emarsys"))
    assert (totals.read, totals.to_send, totals.left_out) == (6, 3, 1)


def test_stopping_leaves_no_second_ledger(tmp_path: Path) -> None:
    draft = checked_draft(tmp_path)
    stop = Stop()
    stop.ask()
    before = set(tmp_path.iterdir())
    with pytest.raises(Stopped):
        draft_for_another(draft, tmp_path, tell_nobody, stop)
    assert set(tmp_path.iterdir()) == before
