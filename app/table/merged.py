"""Repeats the value of merged cells in the cells it stands for, where the user asks for that.

It knows ranges and rows; where ranges come from, and what a value means, is not its business.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from app.table.shape import Row
from app.table.tail import MergedRange


def repeated(rows: Iterable[Row], ranges: Sequence[MergedRange]) -> Iterator[Row]:
    """The rows with each merged value in all the empty cells it is shown over. Blank rows stay blank."""
    coming = sorted(ranges, key=lambda each: each.first_row, reverse=True)
    current: list[tuple[MergedRange, str]] = []
    for row in rows:
        current = [(each, value) for each, value in current if each.last_row >= row.number]
        while coming and coming[-1].first_row <= row.number:
            each = coming.pop()
            if each.first_row == row.number and each.first_column < len(row.cells):
                current.append((each, row.cells[each.first_column]))
        yield _filled(row, current) if current and not row.blank else row


def _filled(row: Row, current: Sequence[tuple[MergedRange, str]]) -> Row:
    cells = list(row.cells)
    for each, value in current:
        for position in range(each.first_column, min(each.last_column + 1, len(cells))):
            cells[position] = cells[position] or value
    return Row(row.number, tuple(cells), row.marks)
