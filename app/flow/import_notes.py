"""What is noted in a ledger about its import: when its upload began, how far it was prepared, its end.

Each is written together with what belongs to it, and read here alone. Notes no secret; refuses to know what
follows from it.
"""

from __future__ import annotations

import time

from app.flow.checking import last_check
from app.flow.draft import ImportDraft
from app.flow.noted_draft import write_draft
from app.ledger.ledger import Ledger

PAGES = ("choose_file", "map_columns", "choose_provider", "check_contacts")  # before the upload
_BEGAN, _FINISHED, _FIRST_FEW = "upload_began", "upload_finished", "first_few"
_PAGE, _PREPARED, _CHECK = "page", "prepared_at", "prepared_by_check"


def note_draft(ledger: Ledger, draft: ImportDraft) -> None:
    """Note everything it takes to continue; call it before the first request. Keeps the first time noted."""
    with ledger.together():
        write_draft(ledger, draft)
        if not has_begun(ledger):
            ledger.note(_BEGAN, repr(time.time()))
        ledger.note(_FINISHED, "")


def note_preparation(draft: ImportDraft, page: str) -> None:
    """Note how far a list is prepared, and at which page, unless its upload began. Raises LedgerProblem."""
    if draft.file is None:
        raise LookupError("there is no file")
    with Ledger.open(draft.file.ledger) as ledger, ledger.together():
        if not has_begun(ledger):  # else what was reviewed is noted, and stands
            write_draft(ledger, draft)
            ledger.note(_PAGE, page)
            ledger.note(_PREPARED, repr(time.time()))
            ledger.note(_CHECK, last_check(ledger))


def note_first_few(ledger: Ledger, count: int | None) -> None:
    """Note that so many contacts are to go alone before the others; None: all may go."""
    ledger.note(_FIRST_FEW, "" if count is None else str(count))


def has_begun(ledger: Ledger) -> bool:
    """Whether the upload of an import began: then what was reviewed stands."""
    return ledger.fact(_BEGAN) is not None


def began_at(ledger: Ledger) -> float | None:
    """When the upload of an import began, in seconds since 1970; None if it did not."""
    began = ledger.fact(_BEGAN)
    return None if began is None else float(began)


def note_finished(ledger: Ledger) -> None:
    """Nothing is left to continue."""
    ledger.note(_FINISHED, "yes")


def is_finished(ledger: Ledger) -> bool:
    """Whether nothing is left to continue, and all is noted."""
    return bool(ledger.fact(_FINISHED))


def first_few_of(ledger: Ledger) -> int | None:
    """How many contacts were to go alone, and did not all go yet. Raises ValueError if it can't be read."""
    return int(ledger.fact(_FIRST_FEW) or 0) or None


def prepared_at(ledger: Ledger) -> float:
    """When the list was changed last, in seconds since 1970. Raises ValueError if it was not noted."""
    return float(ledger.fact(_PREPARED) or "")


def page_of(ledger: Ledger) -> str:
    """The page at which the list was left; the first where none of ours is noted."""
    page = ledger.fact(_PAGE)
    return page if page in PAGES else PAGES[0]


def is_last_check_noted(ledger: Ledger) -> bool:
    """Whether the contacts were checked by the decisions that are noted, and no others since."""
    return ledger.fact(_CHECK) == last_check(ledger)
