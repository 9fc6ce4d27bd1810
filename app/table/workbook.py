"""What an .xlsx workbook says about itself: its sheets, its styles, its date system.

It reads the small parts whole and hands out the rows of a sheet through `sheet`; it decides nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from app.table import faults
from app.table.markup import local, walk
from app.table.numbers import BUILT_IN, Render, renderer, text_affixes
from app.table.package import Package
from app.table.strings import Strings

_TRUE = ("1", "true", "on")


@dataclass(frozen=True, slots=True)
class SheetPart:
    """A sheet as the workbook lists it, and the part that holds its cells."""

    name: str
    part: str
    hidden: bool


@dataclass(frozen=True, slots=True)
class Style:
    """How cells of one style are shown: `number` for numbers, `affixes` around text; None changes nothing."""

    number: Render | None = None
    affixes: tuple[str, str] | None = None


class Workbook:
    """An open .xlsx; use `close` when done. Raises FileProblem on damage."""

    def __init__(self, path: Path, stream: BinaryIO) -> None:
        self.package = Package(path, stream)
        self.strings = Strings(self.package, None)
        try:
            self._main = self._main_part()
            self._relations = {r.name: r for r in self.package.relations(self._main)}
            self.from_1904 = False
            self.sheets = self._listed_sheets()
            if not self.sheets:
                raise faults.no_sheets(path)
            self.styles = self._styles()
            self.strings = Strings(self.package, self._part_of_kind("sharedStrings", "sharedstrings.xml"))
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Let go of the file."""
        self.package.close()
        self.strings.close()

    def _main_part(self) -> str:
        for relation in self.package.relations(""):
            if relation.kind == "officeDocument" and self.package.has(relation.target):
                return relation.target
        named = [name for name in self.package.names() if name.endswith("workbook.xml")]
        return min(named, key=len) if named else "xl/workbook.xml"

    def _part_of_kind(self, kind: str, ending: str) -> str | None:
        for relation in self._relations.values():
            if relation.kind == kind and self.package.has(relation.target):
                return relation.target
        return next((name for name in sorted(self.package.names()) if name.endswith("/" + ending)), None)

    def _listed_sheets(self) -> tuple[SheetPart, ...]:
        found: list[SheetPart] = []

        def start(tag: str, attributes: dict[str, str]) -> None:
            name = local(tag)
            if name == "workbookPr":
                self.from_1904 = attributes.get("date1904", "").lower() in _TRUE
            elif name == "sheet":
                by_local = {local(key): value for key, value in attributes.items()}
                relation = self._relations.get(by_local.get("id", ""))
                hidden = by_local.get("state", "visible") != "visible"
                if relation and relation.kind == "worksheet" and self.package.has(relation.target):
                    found.append(SheetPart(by_local.get("name", ""), relation.target, hidden))

        with self.package.part(self._main) as stream:
            for _ in walk(stream, start):
                pass
        return tuple(found)

    def _styles(self) -> tuple[Style, ...]:
        part = self._part_of_kind("styles", "styles.xml")
        if part is None:
            return ()
        codes = dict(BUILT_IN)
        formats: list[int] = []
        inside: list[str] = []

        def start(tag: str, attributes: dict[str, str]) -> None:
            name = local(tag)
            if name == "numFmt" and attributes.get("numFmtId", "").isdigit():
                codes[int(attributes["numFmtId"])] = attributes.get("formatCode", "")
            elif name == "xf" and "cellXfs" in inside:
                text = attributes.get("numFmtId", "0")
                formats.append(int(text) if text.isdigit() else 0)
            inside.append(name)

        def end(_: str) -> None:
            inside.pop()

        with self.package.part(part) as stream:
            for _ in walk(stream, start, end):
                pass
        return tuple(self._style(codes.get(number, "")) for number in formats)

    def _style(self, code: str) -> Style:
        if not code or code.lower() == "general":
            return Style()
        return Style(renderer(code, self.from_1904), text_affixes(code))
