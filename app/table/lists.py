"""Finds the list in a file: on which sheet it stands, which row names its columns, how wide it is.

It judges by the first rows that sources give, and knows nothing of formats.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.problems import FileProblem
from app.table import faults
from app.table.headers import find_header, name_columns
from app.table.shape import Column, ReadingChoice, Row
from app.table.source import Source

_PREVIEWED = 200
_FAR = 50  # empty columns


@dataclass(frozen=True, slots=True)
class Offer:
    """A sheet that could be read."""

    name: str
    hidden: bool
    opened: Callable[[], Source]


def chosen_sheet(
    path: Path, offers: Sequence[Offer], choice: ReadingChoice
) -> tuple[str, Source, int, tuple[Column, ...]]:
    """The sheet the user chose, or the first visible one that has a header and rows of several cells.

    A single column, or one with a word beside it here and there, is often a cover sheet; it is taken where
    no other visible sheet holds more.
    """
    if choice.sheet is not None:
        offers = [offer for offer in offers if offer.name == choice.sheet]
        if not offers:
            raise faults.no_such_sheet(path, choice.sheet)
    problem: FileProblem | None = None
    narrow: tuple[str, Source, int, tuple[Column, ...]] | None = None
    for offer in sorted(offers, key=lambda each: each.hidden):
        if narrow and offer.hidden:
            break
        try:
            source = offer.opened()
            header = _header_of(path, source, choice, offer.name)
        except FileProblem as caught:
            problem = problem or caught
            continue
        found = (offer.name, source, header.row, header.columns)
        if header.typical > 1:
            return found
        narrow = narrow or found
    if narrow:
        return narrow
    raise problem or faults.no_sheets(path)


def header_of(
    path: Path, source: Source, choice: ReadingChoice, sheet: str
) -> tuple[int, tuple[Column, ...]]:
    """The header's row number and the columns, from the first rows. Raises FileProblem without them."""
    header = _header_of(path, source, choice, sheet)
    return header.row, header.columns


@dataclass(frozen=True, slots=True)
class _Header:
    """The row that names the columns. `typical` is how many cells the rows below it fill."""

    row: int
    columns: tuple[Column, ...]
    typical: int


def _header_of(path: Path, source: Source, choice: ReadingChoice, sheet: str) -> _Header:
    wanted = choice.header_row
    content: list[Row] = []
    for row in source.rows():
        if row.number == wanted or not (row.blank and not row.marks.unstored):
            content.append(row)
        if len(content) >= _PREVIEWED and (wanted is None or row.number > wanted):
            break
    if not content:
        raise faults.no_content(path, sheet)
    if wanted is None:
        index = find_header(content)
        if index is None:
            raise faults.no_header(path, content[0].number)
    else:
        index = next((i for i, row in enumerate(content) if row.number == wanted and not row.blank), None)
        if index is None:
            raise faults.header_row_empty(wanted)
    named, below = content[index], content[index + 1 :]
    if not below:
        raise faults.only_a_header(path, named.number)
    filled = [_filled(row) for row in (named, *below)]
    counts = sorted(map(len, filled[1:]))
    columns = name_columns(named.cells, _width(filled), source.hidden_columns)
    return _Header(named.number, columns, counts[len(counts) // 2] if len(columns) > 1 else 1)


def _filled(row: Row) -> set[int]:
    """The positions of filled cells, counting formulas whose value is missing."""
    return {i for i, text in enumerate(row.cells) if text.strip()} | row.marks.unstored


def _width(filled: Sequence[set[int]]) -> int:
    """How many columns the list has. What stands far to the right of all else is no part of it."""
    width = 0
    for position in sorted(set().union(*filled)):
        if width and position - width >= _FAR:
            break
        width = position + 1
    return width
