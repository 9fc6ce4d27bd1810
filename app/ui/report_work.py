"""What the report page has done beside the window: reading what became of everybody, and saving it.

Makes work of flow's and the ledger's functions; refuses to know what is shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from app.contacts.contact import FindingKind
from app.flow.again import draft_for_another
from app.flow.draft import ImportDraft
from app.flow.reporting import save_report_apart
from app.flow.watching import still_unsaved
from app.language import tr
from app.ledger.ledger import Ledger
from app.ledger.outcomes import Reason
from app.problems import Problem
from app.report import ImportTotals, Which, import_totals
from app.settings.folders import Folders
from app.ui.background import Work
from app.upload.upload import UploadEnd


@dataclass(frozen=True, slots=True)
class Results:
    """What became of everybody. `left_out` counts rows by what was found wrong with them; `unsaved` is why
    the import could not be noted in the history."""

    totals: ImportTotals
    reasons: tuple[Reason, ...]
    left_out: dict[tuple[FindingKind, ...], int]
    unsaved: Problem | None = None


def reading_results(draft: ImportDraft, end: UploadEnd | None, folders: Folders) -> Work:
    """Count what became of whom, and why; gives Results."""

    def work(_: object, __: object) -> Results:
        if draft.file is None:
            raise LookupError("there is nothing to report")
        unsaved = still_unsaved(draft, end, folders)
        with Ledger.open(draft.file.ledger) as ledger:
            totals = import_totals(ledger, len(draft.provider.steps(draft.options)))
            return Results(totals, ledger.outcomes.reasons(), ledger.contacts.why_left_out(), unsaved)

    return work


def saving_report(draft: ImportDraft, end: UploadEnd | None, path: Path, which: Which) -> Work:
    """Save the report to `path`; tells Progress."""
    return lambda tell, stop: save_report_apart(draft, end, path, which, tell, stop)


def copying(draft: ImportDraft, folder: Path) -> Work:
    """Prepare the same list for another provider, in `folder`; tells Progress, gives the ImportDraft."""
    return lambda tell, stop: draft_for_another(draft, folder, tell, stop)


def report_name(draft: ImportDraft, which: Which) -> Path:
    """Beside the user's file, named after it."""
    if draft.file is None:
        return Path(tr("report")).with_suffix(".xlsx")
    path = draft.file.shape.path
    ending = tr("to mend") if which is Which.TO_MEND else tr("report")
    return path.with_name(f"{path.stem}-{ending.replace(' ', '-')}.xlsx")
