"""Reads the rows of one .xlsx sheet as text, one after another, in flat memory.

Two readers give the same cells: a fast one for the markup spreadsheet programs write, and expat for all
other XML; what a cell shows is decided once, in `cells`. It knows nothing of headers or columns' names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from app.table.cells import Cells, RawCell, cell_content
from app.table.markup import NotPlain, local, pieces, walk
from app.table.packing import Run, rows_of
from app.table.shape import Row
from app.table.tail import MergedRange, Tail, after_rows, tail_of
from app.table.templates import Template, Templates
from app.table.workbook import SheetPart, Workbook

# A cell as programs write most of them; anything else between "<" and the end of its cell, whole.
_CELL = re.compile(
    r'<c r="([A-Z]{1,3})\d+"(?: s="(\d+)")?(?: t="(\w+)")?(?:/>|><v>([^<]*)</v></c>)'
    r"|(<c [^>]*(?:/>|(?<!/)>.*?</c>)|<)",
    re.DOTALL,
)
_TOGETHER = 256
_HEAD = 1 << 11  # bytes of a sheet that mostly hold all there is before its rows
_LEARN_FROM = 200  # rows: before that, learning how rows are written takes longer than it saves
_NUMBER = re.compile(r'\br="(\d+)"')
_HIDDEN = re.compile(r'\bhidden="(?:1|true)"')


class Sheet:
    """The rows of one sheet; can be read any number of times."""

    def __init__(self, workbook: Workbook, part: SheetPart) -> None:
        self._workbook = workbook
        self.part = part
        self.gaps = True
        self.eaten = 0
        self.size: int | None = workbook.package.size(part.part)
        self.hidden_columns: frozenset[int] = frozenset()
        self.blank_beyond = 0
        self._head_read = False
        self._head_filtered = False
        self._tail: Tail | None = None

    @property
    def filtered(self) -> bool:
        """Whether a filter is set. Some programs say so only after the rows."""
        return self._head_filtered or (self._tail is not None and self._tail.filtered)

    def merged(self) -> tuple[MergedRange, ...]:
        """The merged cells, which stand after the rows."""
        if self._tail is None:
            with self._workbook.package.part(self.part.part) as stream:
                self._tail = tail_of(stream, after_rows(stream, b"sheetData>"))
        return self._tail.merged

    def rows(self, width: int | None = None) -> Iterator[Row]:
        """Rows that hold something, in order; those without content are left out (a gap in numbers).

        With a `width`, every row has exactly that many cells. Raises FileProblem on damage.
        """
        return rows_of(self._runs(width))

    def runs(self, width: int) -> Iterator[Run | Row]:
        """The same, rows written alike many at a time."""
        return self._runs(width)

    def _runs(self, width: int | None) -> Iterator[Run | Row]:
        done = 0
        with self._workbook.package.damage_named(self.part.part):
            self._read_head()
            try:
                for each in self._plain(Cells(self._workbook, width, escaped=True), width):
                    done += each.size if isinstance(each, Run) else 1
                    if each is not None:
                        yield each
            except NotPlain:
                for row in islice(self._careful(Cells(self._workbook, width, escaped=False)), done, None):
                    if row is not None:
                        yield row
                self.merged()

    def _plain(self, cells: Cells, width: int | None) -> Iterator[Run | Row | None]:
        """One answer per stored row, None for a blank one. Raises NotPlain at what it can't account for."""
        templates = Templates(cells, width) if width is not None else None
        template: Template | None = None
        waiting: list[tuple[str, ...]] = []
        beyond = bytearray()
        read = 0
        with self._workbook.package.part(self.part.part) as stream:
            for piece, self.eaten in pieces(stream, b"<row", b"</sheetData>", beyond):
                if template is not None:
                    found = template.match(piece)
                    if found is not None:
                        waiting.append(found.groups(""))
                        if len(waiting) < _TOGETHER:
                            continue
                    yield from template.runs(waiting)
                    waiting.clear()
                    if found is not None:
                        continue
                template = templates.fitting(piece) if templates is not None and read >= _LEARN_FROM else None
                if template is not None and (found := template.match(piece)) is not None:
                    waiting.append(found.groups(""))
                    continue
                number, hidden, raw = _stored_row(piece)
                yield cells.row(number, hidden, raw)
                read += 1
                if templates is not None and read >= _LEARN_FROM:
                    template = templates.learn(raw)
            if template is not None:
                yield from template.runs(waiting)
            self._tail = tail_of(stream, bytes(beyond))

    def _careful(self, cells: Cells) -> Iterator[Row | None]:
        """The same answers from any XML."""
        gathering = _Gathering()
        with self._workbook.package.part(self.part.part) as stream:
            for self.eaten in walk(stream, gathering.start, gathering.end, gathering.characters):
                for number, hidden, raw in gathering.taken():
                    yield cells.row(number, hidden, raw)

    def _read_head(self) -> None:
        """Hidden columns stand before the rows."""
        if self._head_read:
            return
        hidden: set[int] = set()
        reached = False

        def start(tag: str, attributes: dict[str, str]) -> None:
            nonlocal reached
            name = local(tag)
            if name == "sheetPr":
                self._head_filtered = attributes.get("filterMode", "") in ("1", "true")
            elif name == "col" and attributes.get("hidden", "") in ("1", "true"):
                first, last = int(attributes.get("min", "1")), int(attributes.get("max", "0"))
                hidden.update(range(first - 1, min(last, 16_384)))
            reached = reached or name == "sheetData"

        with self._workbook.package.part(self.part.part) as stream:
            for _ in walk(stream, start, chunk=_HEAD):
                if reached:
                    break
        self.hidden_columns = frozenset(hidden)
        self._head_filtered = self._head_filtered or any(map(self._filtered_table, self._tables()))
        self._head_read = True

    def _tables(self) -> list[str]:
        """Lists formatted as tables keep their filters in parts of their own."""
        package = self._workbook.package
        relations = package.relations(self.part.part)
        return [each.target for each in relations if each.kind == "table" and package.has(each.target)]

    def _filtered_table(self, part: str) -> bool:
        with self._workbook.package.part(part) as stream:
            return tail_of(stream, b"").filtered


def _stored_row(piece: str) -> tuple[int | None, bool, list[RawCell]]:
    """The number of a row, whether it is hidden, and its cells, from what follows "<row". Raises NotPlain."""
    head_end = piece.find(">")
    head = piece[:head_end]
    if head_end < 0 or not (head == "" or head[0] in " \t\r\n/"):
        raise NotPlain
    found = _NUMBER.search(head)
    number = int(found[1]) if found else None
    if head.endswith("/"):
        return number, False, []
    hidden = "hidden" in head and _HIDDEN.search(head) is not None
    end = piece.rfind("</row>")
    if end < 0:
        raise NotPlain
    return number, hidden, _CELL.findall(piece, head_end + 1, end)


class _Gathering:
    """Turns XML events into stored rows; the text of <v>, <f> and <is><t> is taken, reading aids are not."""

    def __init__(self) -> None:
        self._names: dict[str, str] = {}
        self._rows: list[tuple[int | None, bool, list[RawCell]]] = []
        self._cells: list[RawCell] = []
        self._attributes: dict[str, str] = {}
        self._row: dict[str, str] = {}
        self._text: dict[str, list[str]] = {}
        self._into: list[str] | None = None
        self._aside = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = self._name(tag)
        if name == "row":
            self._row, self._cells = attributes, []
        elif name == "c":
            self._attributes, self._text = attributes, {}
        elif name == "rPh":
            self._aside = True
        elif name in ("v", "f", "t") and not self._aside:
            self._into = self._text.setdefault(name, [])

    def end(self, tag: str) -> None:
        name = self._name(tag)
        if name in ("v", "f", "t"):
            self._into = None
        elif name == "rPh":
            self._aside = False
        elif name == "c":
            self._cells.append(self._cell())
        elif name == "row":
            number = self._row.get("r", "")
            hidden = self._row.get("hidden", "") in ("1", "true")
            self._rows.append((int(number) if number.isdigit() else None, hidden, self._cells))

    def characters(self, text: str) -> None:
        if self._into is not None:
            self._into.append(text)

    def taken(self) -> list[tuple[int | None, bool, list[RawCell]]]:
        """The rows finished since the last call."""
        rows, self._rows = self._rows, []
        return rows

    def _cell(self) -> RawCell:
        letters = self._attributes.get("r", "").replace("$", "").rstrip("0123456789").upper()
        value, inline = "".join(self._text.get("v", ())), "".join(self._text.get("t", ()))
        kind, value = cell_content(self._attributes.get("t", ""), "f" in self._text, value, inline)
        return letters, self._attributes.get("s", ""), kind, value, ""

    def _name(self, tag: str) -> str:
        name = self._names.get(tag)
        if name is None:
            name = self._names[tag] = local(tag)
        return name
