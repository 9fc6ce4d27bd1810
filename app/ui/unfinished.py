"""Looks for imports that can be gone on with, takes them up, and erases those that cannot: work beside the
window.

Knows when there is nothing to look at; what can be gone on with is flow's to say.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.flow.draft import ImportDraft
    from app.flow.unfinished import UnfinishedImport
    from app.settings.folders import Folders
    from app.ui.background import Work


def unfinished_in(folders: Folders) -> tuple[UnfinishedImport, ...]:
    """Those in the user's folders; what a crash left there and nobody can go on with is erased."""
    if not any(folders.imports.glob("*.ledger")):
        return ()  # as nearly always: and then nothing has to be imported either
    from app.flow.resuming import erase_abandoned
    from app.flow.unfinished import offered_imports

    erase_abandoned(folders.imports)
    return offered_imports(folders)


def taking_up(unfinished: UnfinishedImport, folders: Folders, ending: Callable[[], None]) -> Work:
    """Give a stopped upload's draft as it was reviewed, or a list's as it was prepared, and then its page;
    once `ending` has waited for whoever looks at them, and holds each for a moment."""

    def work(_: object, __: object) -> tuple[ImportDraft, str]:
        from app.flow.resuming import draft_of, take_up

        ending()
        return take_up(unfinished, folders) if unfinished.page else (draft_of(unfinished), "")

    return work


def giving_up(unfinished: UnfinishedImport, folders: Folders, ending: Callable[[], None]) -> Work:
    """Erase what could be gone on with, once `ending` has waited as above; gives what is left of its kind."""

    def work(_: object, __: object) -> tuple[UnfinishedImport, ...]:
        from app.flow.resuming import give_up

        ending()
        give_up(unfinished)
        return unfinished_in(folders)

    return work


def erase_former(ledger: Path) -> None:
    """Erase what another file takes the place of. What can't be erased now is found abandoned later."""
    from app.ledger.ledger import erase

    with suppress(OSError):
        erase(ledger)


def put_away(ledger: Path, ending: Callable[[], None]) -> None:
    """Erase an import that can't be continued, once `ending` has waited for whoever is still at it."""
    from app.flow.resuming import put_away

    ending()
    put_away(ledger)
