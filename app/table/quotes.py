"""Judges records over several lines: is each one entry, or did stray quotation marks run several into one?

It looks at one record and its lines, and knows neither the file nor what becomes of the record.
"""

from __future__ import annotations

import csv
import re
from collections import deque
from collections.abc import Iterable, Sequence

from app.table.dialects import NO_DELIMITER, Dialect

UNFINISHED = "unexpected end of data"
_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


def complaint(lines: Iterable[str], dialect: Dialect) -> str:
    """What a strict parser says about whole records on these lines; nothing where they are well written."""
    try:
        separator = dialect.delimiter or NO_DELIMITER
        deque(csv.reader(lines, delimiter=separator, skipinitialspace=dialect.skip_space, strict=True), 0)
    except csv.Error as error:
        return str(error)
    return ""


def open_ended(cells: Iterable[str], dialect: Dialect) -> list[str]:
    """The cells that go on behind a line's end and hold what separates cells: only these can be several."""
    separator = dialect.delimiter
    return [cell for cell in cells if ("\n" in cell or "\r" in cell) and separator in cell]


def swallowed(held: Iterable[str], dialect: Dialect) -> bool:
    """Whether an open-ended cell holds a whole line: its quotation mark may never have been meant to open."""
    if dialect.width < 3:
        return False
    return any(
        line.count(dialect.delimiter) >= dialect.width - 1 for cell in held for line in cell.splitlines()[1:]
    )


def welded(held: Iterable[str], lines: Sequence[str], dialect: Dialect) -> bool:
    """Whether a record with open-ended cells may as well be several, one on each line.

    If its quotation marks are ill written, it may. If they are well written, every line has to fit the list
    by itself, and an address to stand alone between separators inside a cell: people write no such notes.
    """
    separator = dialect.delimiter
    if not _plain(lines, separator) and (said := complaint(lines, dialect)):
        return UNFINISHED not in said  # said of the last record, where it never ends
    alone = dialect.width > 2 and all(line.count(separator) == dialect.width - 1 for line in lines)
    return alone and any(
        _ADDRESS.fullmatch(piece)
        for cell in held
        for line in cell.splitlines()
        for piece in line.split(separator)
    )


def _plain(lines: Sequence[str], separator: str) -> bool:
    """Whether one pair of quotation marks is all there is, around a whole cell: no parser need be asked."""
    pieces = "".join(lines).split('"')
    return len(pieces) == 3 and pieces[2][:1] in (separator, "\r", "\n")
