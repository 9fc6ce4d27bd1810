"""Reads a do-not-contact list: a second spreadsheet whose people are left out, in a child process.

Knows the way from a file to its hashes; who stands in its cells is contacts/exclusion_reading's.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from app.child.parent import run_in_child
from app.contacts.exclusion_reading import ExclusionCollector
from app.contacts.exclusions import Exclusions
from app.language import tr, trn
from app.problems import FileProblem
from app.progress import Stop, Tell, tell_nobody
from app.table.reading import open_table
from app.table.shape import ReadingChoice, TableShape


def read_exclusions(
    path: Path,
    choice: ReadingChoice,
    default_country: str,
    tell: Tell = tell_nobody,
    stop: Stop | None = None,
) -> Exclusions:
    """Everybody in the file at `path`: in all sheets that are shown, unless one is chosen, whether a row
    names its columns or not. Raises FileProblem (also where nobody is in it) and Stopped."""
    found = run_in_child(_gather, path, choice, default_country, tell=tell, stop=stop)
    if not found:
        raise FileProblem(
            tr("There is nobody to leave out in {name}.", name=path.name),
            tr("None of its columns holds e-mail addresses or phone numbers. Choose another file or sheet."),
        )
    return found


def not_understood_words(exclusions: Exclusions | None) -> str:
    """How much of a do-not-contact list could not be read, or empty."""
    count = exclusions.not_understood if exclusions else 0
    if not count:
        return ""
    return trn(
        "{count} cell of the do-not-contact list was not understood: whoever it means is not left out.",
        "{count} cells of the do-not-contact list were not understood: whoever they mean is not left out.",
        count,
    )


def _gather(path: Path, choice: ReadingChoice, default_country: str, tell: Tell, stop: Stop) -> Exclusions:
    # A header is a row like others: nobody is in it, and in a list without one the first row is somebody.
    choice = replace(choice, header_row=0, own_columns=True)
    collector = ExclusionCollector(default_country)
    with open_table(path, choice) as table:
        sheets = _sheets_to_read(table.shape, choice)
    for sheet in sheets:
        collector.begin_sheet()
        with open_table(path, replace(choice, sheet=sheet)) as table:
            for row in table.rows(tell, stop) if table.shape.columns else ():
                collector.add(row.cells, row.marks.surplus)
    return collector.exclusions()


def _sheets_to_read(shape: TableShape, choice: ReadingChoice) -> list[str | None]:
    shown = [name for name in shape.sheets if name not in shape.hidden_sheets]
    return [*shown] if choice.sheet is None and shown else [choice.sheet]
