"""What the first page has done beside the window: reading a file, and proposing how its columns are matched.

Makes work of flow's functions, and imports them there; refuses to know what is shown.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.flow.draft import ImportDraft
    from app.progress import Stop, Tell
    from app.settings.folders import Folders
    from app.table.shape import ReadingChoice
    from app.ui.background import Work


def reading(
    path: Path, choice: ReadingChoice, before: ImportDraft, ending: Callable[[], None], folders: Folders
) -> Work:
    """Read the file; gives the draft `before` with it and its columns matched.

    `ending` waits for whoever is at the file before, whose ledger will be erased.
    """

    def work(tell: Tell, stop: Stop) -> ImportDraft:
        ending()
        from app.flow.matching import looks_of, with_suggested_mapping
        from app.flow.reading import read_file
        from app.flow.remembered import remembered_recipes
        from app.flow.reopening import reopened

        file = read_file(path, choice, folders.imports, tell, stop)
        # The columns are looked at and matched here too: the window need not wait for that either.
        looks_of(file)
        again = reopened(before, file)
        if again is not None:
            return again
        kept, _ = remembered_recipes(folders)
        return with_suggested_mapping(before.with_file(file), kept)

    return work
