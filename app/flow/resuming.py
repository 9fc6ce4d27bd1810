"""Continues an import after a crash or a close: what it takes is noted in its ledger before anything is sent.

Gives back the draft as it was reviewed. Notes no secret; refuses to know how anything is sent.
"""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from app.flow.draft import Destination, ImportDraft, ReadFile, new_draft
from app.flow.reading import FIRST_ROWS, SPREAD_ROWS
from app.flow.recipe import with_recipe
from app.flow.recipe_reading import recipe_in
from app.flow.recipe_text import recipe_of, recipe_text
from app.language import tr
from app.ledger.connection import LedgerProblem
from app.ledger.ledger import Ledger, erase
from app.ledger.lock import LedgerLock, is_free
from app.ledger.outcomes import OutcomeTotals
from app.ledger.presence import is_abandoned
from app.problems import FileProblem, Problem, RecipeProblem
from app.table.shape import Column, FileFormat, TableShape

ENDING = ".ledger"
_DRAFT, _BEGAN, _FINISHED = "draft", "upload_began", "upload_finished"
_FIRST_FEW = "first_few"
# What a ledger from elsewhere may make of our reading, whatever stands in it.
_BROKEN = (RecipeProblem, TypeError, ValueError, AttributeError, LookupError, ArithmeticError, RecursionError)


@dataclass(frozen=True, slots=True)
class UnfinishedImport:
    """An import whose upload began and did not come to its end. `began` is in seconds since 1970; `account`
    is the id of a stored account, empty in practice."""

    ledger: Path
    file_name: str
    provider: str
    practice: bool
    account: str
    began: float
    totals: OutcomeTotals
    first_few: int | None = None  # contacts that were to go alone, and did not all go yet

    @property
    def id(self) -> str:
        """The word for it on the command line."""
        return self.ledger.stem[:8]


def note_draft(ledger: Ledger, draft: ImportDraft) -> None:
    """Note everything it takes to continue; call it before the first request. Keeps the first time noted."""
    with ledger.together():
        ledger.note(_DRAFT, json.dumps(_described(draft), ensure_ascii=False))
        if ledger.fact(_BEGAN) is None:
            ledger.note(_BEGAN, repr(time.time()))
        ledger.note(_FINISHED, "")


def note_first_few(ledger: Ledger, count: int | None) -> None:
    """Note that so many contacts are to go alone before the others; None: all may go."""
    ledger.note(_FIRST_FEW, "" if count is None else str(count))


def began_at(ledger: Ledger) -> float | None:
    """When the upload of an import began, in seconds since 1970; None if it did not."""
    began = ledger.fact(_BEGAN)
    return None if began is None else float(began)


def note_finished(ledger: Ledger) -> None:
    """Nothing is left to continue."""
    ledger.note(_FINISHED, "yes")


def unfinished_imports(folder: Path) -> tuple[UnfinishedImport, ...]:
    """The imports in `folder` that can be continued, the latest first; those nobody works on just now.

    What is damaged, or of a newer version, is left out. Reads each ledger: not for the window's own thread.
    """
    found = (_unfinished(path) for path in folder.glob(f"*{ENDING}"))
    return tuple(sorted((one for one in found if one), key=lambda one: one.began, reverse=True))


def erase_abandoned(folder: Path) -> int:
    """Erase what a program that ended without tidying up left in `folder`, and nobody could go on with: lists
    of which nothing was sent, and imports that are finished. How many there were.

    The user's own file holds the same people still; what was corrected by hand is lost.
    """
    found = [path for path in folder.glob(f"*{ENDING}") if _is_left_behind(path)]
    for path in found:
        with suppress(OSError):
            erase(path)
    return len(found)


def _is_left_behind(path: Path) -> bool:
    if not (is_abandoned(path) and is_free(path)):
        return False
    try:
        with Ledger.open(path) as ledger:
            return ledger.fact(_BEGAN) is None or bool(ledger.fact(_FINISHED))
    except LedgerProblem:
        return False  # it may be of a newer version


def draft_of(unfinished: UnfinishedImport) -> ImportDraft:
    """The draft as it was reviewed: checked, and ready for `upload`.

    Raises LedgerProblem, and FileProblem if what was noted can't be understood.
    """
    with Ledger.open(unfinished.ledger) as ledger:
        try:
            return _draft_from(ledger, json.loads(ledger.fact(_DRAFT) or "{}"))
        except _BROKEN as error:
            raise FileProblem(
                tr("This import can't be continued: what was noted about it can't be read."),
                tr("Choose your file again to start afresh."),
                f"{type(error).__name__}: {error}",
            ) from error


def give_up(unfinished: UnfinishedImport) -> None:
    """Erase an import; what was sent stays with the provider. Raises LedgerProblem while it is uploaded."""
    with LedgerLock(unfinished.ledger):
        erase_notes(unfinished.ledger)
    with suppress(OSError):
        erase(unfinished.ledger)


def put_away(ledger: Path) -> bool:
    """An import is closed: erase it unless it can be continued; whether it was kept."""
    if _unfinished(ledger) is not None:
        return True
    with suppress(OSError):
        erase(ledger)
    return False


def erase_notes(ledger: Path) -> None:
    """Forget what it takes to continue, first of all: so a half-erased import is not offered again."""
    with suppress(Problem), Ledger.open(ledger) as opened:
        note_finished(opened)


def _unfinished(path: Path) -> UnfinishedImport | None:
    try:
        if not is_free(path):
            return None
        with Ledger.open(path) as ledger:
            began, noted = ledger.fact(_BEGAN), ledger.fact(_DRAFT)
            if began is None or noted is None or ledger.fact(_FINISHED):
                return None
            draft = _draft_from(ledger, json.loads(noted))
            if draft.file is None:
                return None
            totals = ledger.outcomes.totals(len(draft.provider.steps(draft.options)))
            first_few = int(ledger.fact(_FIRST_FEW) or 0) or None
            time.localtime(float(began))  # whatever is no moment ends here, not where it is shown
    except (LedgerProblem, OSError, *_BROKEN):
        return None  # one damaged file must not hide the others
    to = draft.destination
    name = draft.file.shape.path.name
    place = (draft.provider_name, to.practice, to.account)
    return UnfinishedImport(path, name, *place, float(began), totals, first_few)


def _described(draft: ImportDraft) -> dict[str, object]:
    if draft.file is None:
        raise LookupError("there is no file")
    shape = draft.file.shape
    return {
        "shape": {
            **asdict(shape),
            "path": str(shape.path),
            "format": shape.format.value,
            "hidden_sheets": sorted(shape.hidden_sheets),
        },
        "recipe": recipe_text(recipe_of(draft)),
        "destination": asdict(draft.destination),
        "reviewed": draft.checked.to_send if draft.checked else 0,
    }


def _draft_from(ledger: Ledger, noted: Mapping[str, Any]) -> ImportDraft:
    """Raises one of _BROKEN, LedgerProblem."""
    file = ReadFile(
        _shape_from(noted["shape"]),
        ledger.path,
        ledger.rows.count(),
        ledger.rows.count_blank(),
        ledger.rows.first(FIRST_ROWS),
        spread=ledger.rows.spread(SPREAD_ROWS),
    )
    totals = ledger.contacts.totals()
    if totals.to_send != noted["reviewed"]:
        raise ValueError("the contacts are not those that were reviewed")
    recipe = recipe_in(noted["recipe"], "recipe")
    draft = with_recipe(new_draft(recipe.provider).with_file(file), recipe, own=True)
    return draft.with_destination(_destination_from(noted["destination"])).with_checked(totals)


def _destination_from(noted: Mapping[str, Any]) -> Destination:
    destination = Destination(**noted)
    parts = (destination.practice, destination.account, destination.server, destination.token_server)
    if [type(part) for part in parts] != [bool, str, str, str]:
        raise TypeError("no destination")
    return destination


def _shape_from(noted: Mapping[str, Any]) -> TableShape:
    return TableShape(
        **{
            **noted,
            "path": Path(noted["path"]),
            "format": FileFormat(noted["format"]),
            "sheets": tuple(noted["sheets"]),
            "columns": tuple(Column(**column) for column in noted["columns"]),
            "hidden_sheets": frozenset(noted["hidden_sheets"]),
        }
    )
