"""Reads .ods workbooks as they are shown: number formats, hidden rows and sheets, repeated rows and cells.

It knows the markup of OpenDocument spreadsheets (ODF 1.3, part 3, chapter 9), and nothing of headers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO, BinaryIO

from app.table import faults
from app.table.markup import CHUNK, Malformed, local, unescape, walk
from app.table.opendocumentcells import StoredCell, shown_text
from app.table.package import Package
from app.table.shape import NO_MARKS, Marks, Row
from app.table.tail import MergedRange

_CONTENT = "content.xml"
_LAST_ROW = 1_048_576
_LAST_COLUMN = 16_384
_MOST_REPEATED = 20_000_000  # cells that repetition alone may make of one row
_TABLE = re.compile(rb"<(?:[\w.-]+:)?(table|/spreadsheet)(?=[\s>])([^>]*)>")
_ATTRIBUTE = re.compile(rb'([\w.-]+)="([^"]*)"')
_HIDDEN_STYLE = re.compile(
    rb'<style:style\s[^>]*?style:name="([^"]*)"[^>]*?style:family="table"[^>]*>\s*'
    rb'<style:table-properties[^>]*?table:display="false"'
)


class OpenDocument:
    """An open .ods workbook. Raises FileProblem where it is damaged."""

    def __init__(self, path: Path, stream: BinaryIO) -> None:
        self.path = path
        self.package = Package(path, stream)
        try:
            with self.package.part(_CONTENT) as content:
                self.sheets, self.hidden = _listed(content)
            if not self.sheets:
                raise faults.no_sheets(path)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Let go of the file."""
        self.package.close()

    def sheet(self, name: str) -> OpenDocumentSheet:
        """One of the `sheets`."""
        return OpenDocumentSheet(self.package, self.sheets.index(name))


class OpenDocumentSheet:
    """The rows of one sheet; can be read any number of times."""

    def __init__(self, package: Package, index: int) -> None:
        self._package = package
        self._index = index
        self.gaps = True
        self.size: int | None = package.size(_CONTENT)
        self.eaten = 0
        self.blank_beyond = 0
        self.filtered = False
        self.hidden_columns: frozenset[int] = frozenset()
        self._merged: tuple[MergedRange, ...] | None = None

    def merged(self) -> tuple[MergedRange, ...]:
        """The merged cells; they are known once the rows were read."""
        if self._merged is None:
            for _ in self.rows():
                pass
        return self._merged or ()

    def runs(self, width: int) -> Iterator[Row]:
        """The same as `rows`."""
        return self.rows(width)

    def rows(self, width: int | None = None) -> Iterator[Row]:
        """Rows that hold something, in order; with a `width`, each with exactly that many cells."""
        gathering = _Gathering(self._index)
        with self._package.damage_named(_CONTENT), self._package.part(_CONTENT) as stream:
            for self.eaten in walk(stream, gathering.start, gathering.end, gathering.characters):
                self.filtered = self.filtered or gathering.filtered
                self.hidden_columns = frozenset(gathering.hidden_columns)
                for number, times, hidden, cells in gathering.taken():
                    if times * len(cells) > _MOST_REPEATED:
                        raise faults.too_large(self._package.path, f"row {number}: {times} x {len(cells)}")
                    row = _row(number, hidden, cells, width)
                    if row is not None:
                        yield row
                        for later in range(number + 1, number + times):
                            yield Row(later, row.cells, row.marks)
                if gathering.finished:
                    break
        self._merged = tuple(gathering.merged)


def _row(number: int, hidden: bool, cells: list[StoredCell | None], width: int | None) -> Row | None:
    texts = ["" if cell is None else shown_text(cell) for cell in cells]
    limit = len(texts) if width is None else width
    surplus = sum(1 for text in texts[limit:] if text.strip())
    errors = frozenset(i for i, cell in enumerate(cells[:limit]) if cell is not None and cell.is_error)
    unstored = frozenset(i for i, cell in enumerate(cells[:limit]) if cell is not None and cell.is_unstored)
    if not (surplus or unstored or any(map(str.strip, texts))):
        return None
    texts = texts[:limit] + [""] * (limit - len(texts))
    plain = not (surplus or unstored or errors or hidden)
    return Row(number, tuple(texts), NO_MARKS if plain else Marks(errors, unstored, hidden, surplus))


class _Gathering:
    """Turns XML events into rows of one table: number, how often it is repeated, hidden, cells."""

    def __init__(self, wanted: int) -> None:
        self.finished = False
        self.filtered = False
        self.hidden_columns: set[int] = set()
        self.merged: list[MergedRange] = []
        self._wanted = wanted
        self._names: dict[str, str] = {}
        self._table = -1
        self._depth = 0  # of tables: one inside a cell is no sheet
        self._aside = 0  # inside a comment, which is not part of the cell
        self._next_row, self._next_column = 1, 0
        self._row: Mapping[str, str] = {}
        self._cells: list[StoredCell | None] = []
        self._cell: StoredCell | None = None
        self._paragraphs: list[list[str]] = []
        self._rows: list[tuple[int, int, bool, list[StoredCell | None]]] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = self._name(tag)
        if name == "table":
            self._table += self._depth == 0
            self._depth += 1
        if self._table != self._wanted or self._depth != 1 or self.finished:
            return
        if name == "p" and not self._aside:
            self._paragraphs.append([])
        elif name in ("annotation", "ruby-text"):
            self._aside += 1
        elif name in ("s", "tab", "line-break") and self._paragraphs and not self._aside:
            self._paragraphs[-1].append(_space(name, attributes))
        elif name in ("table-cell", "covered-table-cell"):
            self._paragraphs = []
            self._cell = StoredCell(_by_local(attributes), name != "table-cell")
        elif name == "table-row":
            self._row, self._cells = _by_local(attributes), []
        elif name == "table-column":
            self._column(_by_local(attributes))

    def end(self, tag: str) -> None:
        name = self._name(tag)
        if name == "table":
            self._depth -= 1
            self.finished = self.finished or (self._depth == 0 and self._table == self._wanted)
        if self._table != self._wanted or self._depth != 1:
            return
        if name in ("annotation", "ruby-text"):
            self._aside -= 1
        elif name in ("table-cell", "covered-table-cell"):
            self._end_cell()
        elif name == "table-row":
            self._end_row()

    def characters(self, text: str) -> None:
        if self._paragraphs and not self._aside and self._cell is not None:
            self._paragraphs[-1].append(text)

    def taken(self) -> list[tuple[int, int, bool, list[StoredCell | None]]]:
        """The rows finished since the last call."""
        rows, self._rows = self._rows, []
        return rows

    def _end_cell(self) -> None:
        cell, self._cell = self._cell, None
        if cell is None:
            return
        times = _count(cell.attributes, "number-columns-repeated", _LAST_COLUMN)
        cell.shown = "\n".join("".join(parts) for parts in self._paragraphs)
        down = _count(cell.attributes, "number-rows-spanned", _LAST_ROW)
        across = _count(cell.attributes, "number-columns-spanned", _LAST_COLUMN)
        place = len(self._cells)
        if down > 1 or across > 1:
            last = self._next_row + down - 1, place + across - 1
            self.merged.append(MergedRange(self._next_row, last[0], place, last[1]))
        self._cells += [None if cell.is_empty else cell] * times
        if len(self._cells) > _LAST_COLUMN:
            del self._cells[_LAST_COLUMN:]

    def _end_row(self) -> None:
        number, times = self._next_row, _count(self._row, "number-rows-repeated", _LAST_ROW)
        self._next_row += times
        if number > _LAST_ROW * 2:
            raise Malformed(f"row number {number}")
        while self._cells and self._cells[-1] is None:
            self._cells.pop()
        visibility = self._row.get("visibility", "visible")
        self.filtered = self.filtered or visibility == "filter"
        if self._cells:
            self._rows.append((number, times, visibility != "visible", self._cells))

    def _column(self, attributes: Mapping[str, str]) -> None:
        times = _count(attributes, "number-columns-repeated", _LAST_COLUMN)
        if attributes.get("visibility", "visible") != "visible":
            self.hidden_columns.update(range(self._next_column, self._next_column + times))
        self._next_column += times

    def _name(self, tag: str) -> str:
        name = self._names.get(tag)
        if name is None:
            name = self._names[tag] = local(tag)
        return name


def _listed(stream: IO[bytes]) -> tuple[tuple[str, ...], frozenset[str]]:
    """The names of all sheets in order, and those of the hidden ones."""
    names: list[str] = []
    hidden: set[str] = set()
    hidden_styles: set[str] = set()
    buffer = b""
    while chunk := stream.read(CHUNK):
        buffer = buffer[-4096:] + chunk if len(buffer) > 4096 else buffer + chunk
        hidden_styles.update(each.decode("utf-8", "replace") for each in _HIDDEN_STYLE.findall(buffer))
        for match in _TABLE.finditer(buffer):
            attributes = {
                key.decode("utf-8", "replace"): unescape(value.decode("utf-8", "replace"))
                for key, value in _ATTRIBUTE.findall(match[2])
            }
            name = attributes.get("name")
            if name is not None and name not in names:
                names.append(name)
                if attributes.get("style-name") in hidden_styles:
                    hidden.add(name)
    return tuple(names), frozenset(hidden)


def _by_local(attributes: Mapping[str, str]) -> dict[str, str]:
    """By the name without prefix. Only LibreOffice's own value type, beside the standard's, knows errors."""
    found = {local(name): value for name, value in attributes.items()}
    if attributes.get("calcext:value-type") == "error":
        found["value-type"] = "error"
    return found


def _space(name: str, attributes: Mapping[str, str]) -> str:
    if name == "s":
        return " " * _count(_by_local(attributes), "c", 10_000)
    return "\t" if name == "tab" else "\n"


def _count(attributes: Mapping[str, str], name: str, most: int) -> int:
    text = attributes.get(name, "1")
    return min(most, max(1, int(text))) if text.isdigit() else 1
