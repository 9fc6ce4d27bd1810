"""Reads a do-not-contact list: a second spreadsheet whose people are left out, in a child process.

Knows the way from a file to its hashes; which cells are addresses and numbers is contacts/exclusions'.
"""

from __future__ import annotations

from itertools import chain, islice
from pathlib import Path

from app.child.parent import run_in_child
from app.contacts.exclusions import SAMPLE_ROWS, ExclusionCollector, Exclusions
from app.language import tr
from app.problems import FileProblem
from app.progress import Stop, Tell, tell_nobody
from app.table.reading import open_table
from app.table.shape import ReadingChoice


def read_exclusions(
    path: Path,
    choice: ReadingChoice,
    default_country: str,
    tell: Tell = tell_nobody,
    stop: Stop | None = None,
) -> Exclusions:
    """Everybody in the file at `path`. Raises FileProblem (also where nobody is in it) and Stopped."""
    found = run_in_child(_gather, path, choice, default_country, tell=tell, stop=stop)
    if not found:
        raise FileProblem(
            tr("There is nobody to leave out in {name}.", name=path.name),
            tr("None of its columns holds e-mail addresses or phone numbers. Choose another file or sheet."),
        )
    return found


def _gather(path: Path, choice: ReadingChoice, default_country: str, tell: Tell, stop: Stop) -> Exclusions:
    with open_table(path, choice) as table:
        rows = (row.cells for row in table.rows(tell, stop) if not row.blank)
        first = list(islice(rows, SAMPLE_ROWS))
        collector = ExclusionCollector(first, default_country)
        # A list without a header begins with a person: the header finder may have taken the first for one.
        collector.add([column.name for column in table.shape.columns])
        for cells in chain(first, rows):
            collector.add(cells)
        return collector.exclusions()
