"""The report is offered a place beside the user's file."""

from __future__ import annotations

from pathlib import Path

from app.report import Which
from app.ui.report_work import report_name
from tests.ui.import_scene import checked_draft


def test_the_name_stands_beside_the_users_file(tmp_path: Path) -> None:
    draft = checked_draft(tmp_path)
    assert report_name(draft, Which.ALL) == tmp_path / "list-report.xlsx"
    assert report_name(draft, Which.TO_MEND) == tmp_path / "list-to-mend.xlsx"
