"""Finds the list in a file: on which sheet it stands, which row names its columns, how wide it is.

It judges by the first rows that sources give, and knows nothing of formats.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.problems import FileProblem
from app.table import faults
from app.table.headergroups import joined, names_below
from app.table.headers import find_header, name_columns
from app.table.shape import Column, ReadingChoice, Row
from app.table.source import Source

_PREVIEWED = 200
_FAR = 50  # empty columns
_UNNAMED = Row(0, ())


@dataclass(frozen=True, slots=True)
class Offer:
    """A sheet that could be read."""

    name: str
    hidden: bool
    opened: Callable[[], Source]


@dataclass(frozen=True, slots=True)
class Header:
    """The row that names the columns, or 0. `groups` is the row above it that says more about them, or 0;
    `typical` is how many cells the rows below it fill."""

    row: int
    columns: tuple[Column, ...]
    groups: int
    typical: int


def chosen_sheet(path: Path, offers: Sequence[Offer], choice: ReadingChoice) -> tuple[str, Source, Header]:
    """The sheet the user chose, or the first visible one that has a header and rows of several cells.

    A single column, or one with a word beside it here and there, is often a cover sheet; it is taken where
    no other visible sheet holds more. Several columns without names are between the two.
    """
    if choice.sheet is not None:
        offers = [offer for offer in offers if offer.name == choice.sheet]
        if not offers:
            raise faults.no_such_sheet(path, choice.sheet)
    problem: FileProblem | None = None
    second: tuple[str, Source, Header] | None = None
    for offer in sorted(offers, key=lambda each: each.hidden):
        if second and offer.hidden:
            break
        try:
            source = offer.opened()
            header = header_of(path, source, choice, offer.name)
        except FileProblem as caught:
            problem = problem or caught
            continue
        found = (offer.name, source, header)
        if header.typical > 1 and header.row:
            return found
        if second is None or (header.typical > 1 and second[2].typical <= 1):
            second = found
    if second:
        return second
    raise problem or faults.no_sheets(path)


def header_of(path: Path, source: Source, choice: ReadingChoice, sheet: str) -> Header:
    """The header, from the first rows. Raises FileProblem without rows, unless no header was asked for.

    Where no row names the columns, they are named after their letters.
    """
    wanted = choice.header_row
    content: list[Row] = []
    for row in source.rows():
        if row.number == wanted or not (row.blank and not row.marks.unstored):
            content.append(row)
        if len(content) >= _PREVIEWED and (wanted is None or row.number > wanted):
            break
    if wanted == 0:
        columns = name_columns((), _width([_filled(row) for row in content]), source.hidden_columns)
        return Header(0, columns, 0, len(columns))
    if not content:
        raise faults.no_content(path, sheet)
    if wanted is None:
        index = find_header(content)
        index = index if index is None else index + names_below(content, index)
    else:
        index = next((i for i, row in enumerate(content) if row.number == wanted and not row.blank), None)
        if index is None:
            raise faults.header_row_empty(wanted)
    named, below = (_UNNAMED, content) if index is None else (content[index], content[index + 1 :])
    if not below:
        raise faults.only_a_header(path, named.number)
    filled = [_filled(row) for row in (named, *below)]
    counts = sorted(map(len, filled[1:]))
    width = _width(filled)
    above = content[index - 1] if index else None
    names = joined(above, named, width) if above else None
    told = named.cells if names is None or not choice.join_headers else names
    columns = name_columns(told, width, source.hidden_columns)
    typical = counts[len(counts) // 2] if len(columns) > 1 else 1
    return Header(named.number, columns, above.number if above and names else 0, typical)


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
