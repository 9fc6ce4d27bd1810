"""A file that was read, without reading one: what the draft and recipe tests start from."""

from __future__ import annotations

from pathlib import Path

from app.flow.draft import ReadFile
from app.table.shape import Column, FileFormat, Row, TableShape, column_letter


def read_file_with(*headers: str, rows: tuple[tuple[str, ...], ...] = ()) -> ReadFile:
    columns = tuple(Column(place, column_letter(place), name) for place, name in enumerate(headers))
    shape = TableShape(
        Path("list.xlsx"), FileFormat.XLSX, "Sheet1", ("Sheet1",), 1, columns, "", "", "0" * 64
    )
    first = tuple(Row(number, cells) for number, cells in enumerate(rows, start=2))
    return ReadFile(shape, Path("unused.ledger"), len(rows), 0, first)
