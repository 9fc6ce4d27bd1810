"""What an .xlsb workbook says about itself: sheets, date system, number formats, shared strings.

Its package is an .xlsx's, its parts are records instead of XML ([MS-XLSB], section 2.4). Cells are read in
`binarysheet`.
"""

from __future__ import annotations

import struct
from pathlib import Path
from typing import BinaryIO

from app.table import faults
from app.table.binaryrecords import integer, records, text
from app.table.binarysheet import BinarySheet
from app.table.markup import Malformed, cell_text
from app.table.numbers import BUILT_IN, renderer, text_affixes
from app.table.package import Package, Relation
from app.table.textstore import TextStore
from app.table.workbook import SheetPart, Style

_STRING, _FORMAT, _CELL_STYLE, _PROPERTIES, _SHEET = 19, 44, 47, 153, 156
_BEGIN_CELL_STYLES, _END_CELL_STYLES, _END_SHEETS = 617, 618, 144
_TOGETHER = 1_000


class BinaryWorkbook:
    """An open .xlsb; use `close` when done. Raises FileProblem on damage."""

    def __init__(self, path: Path, stream: BinaryIO) -> None:
        self.package = Package(path, stream)
        self.strings = TextStore()
        self.from_1904 = False
        self._parts: dict[str, SheetPart] = {}
        try:
            main = self._main_part()
            relations = {each.name: each for each in self.package.relations(main)}
            self._list_sheets(main, relations)
            if not self._parts:
                raise faults.no_sheets(path)
            self.styles = self._styles(_part_of(relations, "styles"))
            self._read_strings(_part_of(relations, "sharedStrings"))
        except BaseException:
            self.close()
            raise
        self.sheets = tuple(self._parts)
        self.hidden = frozenset(part.name for part in self._parts.values() if part.hidden)

    def close(self) -> None:
        """Let go of the file."""
        self.package.close()
        self.strings.close()

    def sheet(self, name: str) -> BinarySheet:
        """One of the `sheets`."""
        return BinarySheet(self.package, self._parts[name].part, self.strings, self.styles)

    def _main_part(self) -> str:
        for relation in self.package.relations(""):
            if relation.kind == "officeDocument" and self.package.has(relation.target):
                return relation.target
        return "xl/workbook.bin"

    def _list_sheets(self, main: str, relations: dict[str, Relation]) -> None:
        with self.package.part(main) as stream:
            for kind, content, _ in records(stream, (_PROPERTIES, _SHEET), _END_SHEETS):
                if kind == _PROPERTIES:
                    self.from_1904 = bool(integer(content, 0) & 1)
                    continue
                relation, place = text(content, 8)
                name, _ = text(content, place)
                found = relations.get(relation)
                if found and found.kind == "worksheet" and self.package.has(found.target):
                    self._parts[name] = SheetPart(name, found.target, integer(content, 0) != 0)

    def _styles(self, part: str | None) -> tuple[Style, ...]:
        if part is None or not self.package.has(part):
            return ()
        codes = dict(BUILT_IN)
        formats: list[int] = []
        inside = False
        kinds = (_FORMAT, _CELL_STYLE, _BEGIN_CELL_STYLES, _END_CELL_STYLES)
        with self.package.part(part) as stream:
            for kind, content, _ in records(stream, kinds, _END_CELL_STYLES):
                if kind == _FORMAT:
                    codes[_short(content, 0)] = text(content, 2)[0]
                elif kind == _BEGIN_CELL_STYLES:
                    inside = True
                elif kind == _CELL_STYLE and inside:
                    formats.append(_short(content, 2))
        return tuple(self._style(codes.get(number, "")) for number in formats)

    def _style(self, code: str) -> Style:
        if not code or code.lower() == "general":
            return Style()
        return Style(renderer(code, self.from_1904), text_affixes(code))

    def _read_strings(self, part: str | None) -> None:
        if part is None or not self.package.has(part):
            return
        texts: list[str] = []
        with self.package.part(part) as stream:
            for _, content, _ in records(stream, (_STRING,)):
                # What follows the text says which letters are bold, and how to pronounce it.
                texts.append(cell_text(text(content, 1)[0]))
                if len(texts) == _TOGETHER:
                    self.strings.extend(texts)
                    texts.clear()
        self.strings.extend(texts)


def _part_of(relations: dict[str, Relation], kind: str) -> str | None:
    return next((each.target for each in relations.values() if each.kind == kind), None)


def _short(content: bytes, place: int) -> int:
    try:
        found: int = struct.unpack_from("<H", content, place)[0]
    except struct.error as error:
        raise Malformed(str(error)) from error
    return found
