"""report: saves what became of every row as a sheet that can be mended and opened here again.

Brings the ledger, the draft and the end of the upload together; the lines themselves are app/report's.
"""

from __future__ import annotations

from pathlib import Path

from app.child.parent import run_in_child
from app.flow.draft import ImportDraft
from app.flow.reopening import text_for_report
from app.language import tr
from app.ledger.ledger import Ledger
from app.progress import Stop, Tell, tell_nobody
from app.report import Which, require_place, write_report
from app.upload.upload import Ending, UploadEnd


def save_report(
    draft: ImportDraft,
    end: UploadEnd | None,
    path: Path,
    which: Which = Which.ALL,
    tell: Tell = tell_nobody,
    stop: Stop | None = None,
) -> None:
    """Save the report of a draft's import to `path`; `end` is how its upload ended, if that is known.

    Raises what `write_report` raises, and FileProblem for the place of the list itself.
    """
    if draft.file is None:
        raise LookupError("there is nothing to report")
    require_place(path, (draft.file.shape.path,))
    with Ledger.open(draft.file.ledger) as ledger:
        write_report(
            ledger,
            draft.file.headers,
            draft.provider,
            draft.options,
            path,
            which,
            tell,
            stop,
            recipe=text_for_report(draft),
            unfinished=unfinished_words(end),
        )


def save_report_apart(
    draft: ImportDraft, end: UploadEnd | None, path: Path, which: Which, tell: Tell, stop: Stop
) -> None:
    """The same in a child process: a million rows would keep a window from its turns meanwhile."""
    run_in_child(save_report, draft, end, path, which, tell=tell, stop=stop)


def unfinished_words(end: UploadEnd | None) -> str:
    """Why somebody was not sent whose turn had not come."""
    if end is not None and end.problem is not None:
        return tr("The upload ended before its turn came: {problem}", problem=end.problem.title)
    if end is not None and end.ending is Ending.STOPPED:
        return tr("The upload was stopped before its turn came.")
    if end is not None and end.ending is Ending.PAUSED:
        return tr("The upload was paused before its turn came.")
    return tr("The upload ended before its turn came.")
