"""Decides what each stored cell of an .xlsx sheet shows, and makes one Record of each row.

It knows styles, shared strings and cell types; how the XML was read is the sheet's business.
"""

from __future__ import annotations

from collections.abc import Callable

from app.table.dates import iso_text
from app.table.markup import Malformed, NotPlain, cell_text, unescape
from app.table.numbers import Render, plain
from app.table.record import NOWHERE, Record
from app.table.workbook import Workbook

# column letters, style, type, formula, stored value, inline text, or "<" where none of it fits
RawCell = tuple[str, str, str, str, str, str, str]

_LAST_ROW = 1_048_576
_LAST_COLUMN = 16_384


class Cells:
    """Makes records of stored rows; `escaped` says whether text still holds XML entities."""

    def __init__(self, workbook: Workbook, width: int | None, escaped: bool) -> None:
        self._strings = workbook.strings
        self._width = width
        self._last = 0
        self._unescape: Callable[[str], str] = unescape if escaped else str
        self._numbers: dict[str, Render] = {"": plain}
        self._affixes: dict[str, tuple[str, str]] = {}
        for index, style in enumerate(workbook.styles):
            self._numbers[str(index)] = style.number or plain
            if style.affixes:
                self._affixes[str(index)] = style.affixes
        self._positions: dict[str, int] = {}

    def record(self, number: int | None, hidden: bool, raw: list[RawCell], eaten: int) -> Record | None:
        """The record of one stored row, or None where nothing in it shows.

        Raises NotPlain where a cell was not understood, Malformed where row or column numbers are absurd.
        """
        last = self._last = self._last + 1 if number is None else number
        if not 0 < last <= _LAST_ROW:
            raise Malformed(f"row number {last}")
        if not raw:
            return None
        row, seen = self._texts(raw)
        width = self._width
        errors = frozenset(p for p, kind in seen if kind == "e")
        unstored = frozenset(p for p, kind in seen if kind == "f")
        surplus = 0
        if width is not None and len(row) > width:
            surplus = sum(1 for text in row[width:] if text.strip())
            row = row[:width]
            errors, unstored = (frozenset(p for p in where if p < width) for where in (errors, unstored))
        if not (any(map(str.strip, row)) or surplus or unstored):
            return None
        return Record(last, tuple(row), eaten, errors or NOWHERE, unstored or NOWHERE, hidden, surplus)

    def _texts(self, raw: list[RawCell]) -> tuple[list[str], list[tuple[int, str]]]:
        """The texts by position, and the positions of error cells ("e") and formulas without a value ("f").

        The innermost loop of reading: what is looked up per cell is a local name, the common types come first.
        """
        row = [""] * (self._width or 0)
        seen: list[tuple[int, str]] = []
        positions, numbers, affixes = self._positions, self._numbers, self._affixes
        data, ends = self._strings.bytes, self._strings.ends
        position = -1
        for letters, style, kind, formula, value, inline, other in raw:
            if value:
                if kind == "s":
                    index = int(value)
                    try:
                        text = data[ends[index] : ends[index + 1]].decode()
                    except IndexError:
                        text = self._strings[index]
                    if style in affixes:
                        text = text.join(affixes[style])
                elif not kind or kind == "n":
                    render = numbers.get(style, plain)
                    text = value if render is plain and value.isdigit() else render(value)
                else:
                    text = self._typed(kind, value)
            elif inline:
                text = cell_text(self._unescape(inline))
            elif other:
                raise NotPlain
            elif formula and kind != "str":
                text = ""
            else:
                if not letters:
                    position += 1
                continue
            try:
                position = positions[letters]
            except KeyError:
                position = self._position(letters, position)
            try:
                row[position] = text
            except IndexError:
                row += [""] * (position - len(row)) + [text]
            if kind == "e":
                seen.append((position, "e"))
            elif not text and formula and kind != "str":
                seen.append((position, "f"))
        return row, seen

    def _typed(self, kind: str, value: str) -> str:
        if kind == "b":
            return "FALSE" if value.strip() in ("0", "false") else "TRUE"
        if kind == "d":
            return iso_text(value)
        return cell_text(self._unescape(value))

    def _position(self, letters: str, previous: int) -> int:
        """The 0-based position of column letters; a cell without a reference follows the one before it."""
        if not letters:
            return previous + 1
        position = 0
        for letter in letters:
            if not "A" <= letter <= "Z":
                raise Malformed(f"column {letters}")
            position = position * 26 + ord(letter) - 64
        if position > _LAST_COLUMN:
            raise Malformed(f"column {letters}")
        self._positions[letters] = position - 1
        return position - 1
