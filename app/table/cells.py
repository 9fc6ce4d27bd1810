"""Decides what each stored cell of an .xlsx sheet shows, and makes one Row of each.

It knows styles, shared strings and cell types; how the XML was read is the sheet's business.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence

from app.table.dates import iso_text
from app.table.markup import Malformed, NotPlain, cell_text, unescape
from app.table.numbers import Render, plain
from app.table.packing import Run, packed, run_of
from app.table.shape import Marks, Row
from app.table.workbook import Workbook

# column letters, style, type, stored value, or the whole cell where it holds more than that
RawCell = tuple[str, str, str, str, str]
# The texts of one column from what its cells store; "" stands for a missing cell.
Reader = Callable[[Sequence[str]], list[str]]

_LAST_ROW = 1_048_576
_LAST_COLUMN = 16_384
_MOST_USUAL = 50_000
_NOTHING_USUAL: dict[str, str] = {}
_ANY_STYLE = r'(?: s="\d+")?+'
UNSTORED = "unstored"  # the type we give to formulas whose value the file does not hold

WHOLE_CELL = re.compile(
    r'<c r="([A-Z]{1,3})\d+"(?: s="(\d+)")?(?: t="(\w+)")?(?: [cv]m="\d+")*(?: ph="1")?'
    r"(?:/>|>(<f(?:[^<>]*/>|[^<]*</f>))?"
    r'(?:<v(?: xml:space="preserve")?>([^<]*)</v>|<v/>'
    r'|<is><t(?: xml:space="preserve")?>([^<]*)</t></is>)?</c>)'
)


def cell_content(kind: str, formula: bool, value: str, inline: str) -> tuple[str, str]:
    """The type and stored content of a cell, wherever the file keeps it."""
    if value:
        return kind, value
    if inline:
        return "inlineStr", inline
    return (UNSTORED, "") if formula and kind != "str" else ("", "")


class Cells:
    """Makes rows of stored ones; `escaped` says whether text still holds XML entities."""

    def __init__(self, workbook: Workbook, width: int | None, escaped: bool) -> None:
        self._strings = workbook.strings
        self._width = width
        self._last = 0
        self._unescape: Callable[[str], str] = unescape if escaped else str
        self._numbers: dict[str, Render] = defaultdict(lambda: plain, {"": plain})
        self._affixes: dict[str, tuple[str, str]] = {}
        for index, style in enumerate(workbook.styles):
            self._numbers[str(index)] = style.number or plain
            if style.affixes:
                self._affixes[str(index)] = style.affixes
        self._positions: dict[str, int] = {}
        self._usual: dict[str, str] = {"": ""}
        self._errors: list[int] = []
        self._unstored: list[int] = []

    def row(self, number: int | None, hidden: bool, raw: list[RawCell]) -> Row | None:
        """One stored row, or None where nothing in it shows.

        Raises NotPlain where a cell was not understood, Malformed where row or column numbers are absurd.
        """
        last = self._last = self._last + 1 if number is None else number
        if not 0 < last <= _LAST_ROW:
            raise Malformed(f"row number {last}")
        if not raw:
            return None
        row = self._texts(raw)
        if hidden or self._errors or self._unstored or (self._width is not None and len(row) > self._width):
            return self._marked(last, hidden, row)
        return Row(last, tuple(row)) if any(map(str.strip, row)) else None

    def whole_rows(
        self, digits: Sequence[str], texts: Sequence[tuple[str, ...]]
    ) -> Iterator[Run | Row | None]:
        """The same for rows whose texts are known already. Raises Malformed."""
        numbers = list(map(int, digits))
        first, self._last = numbers[0], numbers[-1]
        if not (min(numbers) > 0 and max(numbers) <= _LAST_ROW):
            raise Malformed(f"row numbers {min(numbers)} to {max(numbers)}")
        run = None
        if numbers == list(range(first, first + len(numbers))):
            run = run_of(first, packed(texts), len(texts[0]))
        if run is not None:
            yield run
            return
        for number, row in zip(numbers, texts, strict=True):
            yield Row(number, row) if any(map(str.strip, row)) else None

    def reader(self, style: str, kind: str) -> tuple[str, Reader]:
        """How a column of such cells is read, and the styles it may have, as a part of a pattern."""
        if kind in ("", "n"):
            return _styled(style, self._numbers), _reader_of(self._numbers[style])
        if kind == "b":
            return _ANY_STYLE, lambda values: [value and self._typed("b", value) for value in values]
        shared = self._shared if kind == "s" else self._written
        if not self._affixes:
            return _ANY_STYLE, shared
        styles = _styled(style, {each: self._affixes.get(each) for each in self._numbers})
        affixes = self._affixes.get(style)
        if affixes is None:
            return styles, shared
        return styles, lambda values: [
            value and text.join(affixes) for value, text in zip(values, shared(values), strict=True)
        ]

    def _shared(self, values: Sequence[str]) -> list[str]:
        usual, strings = self._usual, self._strings
        texts = [usual[value] if value in usual else strings[int(value)] for value in values]
        if len(usual) < _MOST_USUAL:
            usual.update(zip(values, texts, strict=True))
        return texts

    def _written(self, values: Sequence[str]) -> list[str]:
        return [value and cell_text(self._unescape(value)) for value in values]

    def _marked(self, number: int, hidden: bool, row: list[str]) -> Row | None:
        width = len(row) if self._width is None else self._width
        surplus = sum(1 for text in row[width:] if text.strip())
        del row[width:]
        errors = frozenset(position for position in self._errors if position < width)
        unstored = frozenset(position for position in self._unstored if position < width)
        self._errors, self._unstored = [], []
        if not (any(map(str.strip, row)) or surplus or unstored):
            return None
        return Row(number, tuple(row), Marks(errors, unstored, hidden, surplus))

    def _texts(self, raw: list[RawCell]) -> list[str]:
        """The texts by position.

        The innermost loop of reading: what is looked up per cell is a local name.
        """
        row = [""] * (self._width or 0)
        positions, numbers, text_of = self._positions, self._numbers, self._text_of
        # Where a style puts something around a text, no shared string is text enough.
        usual = self._usual.get if not self._affixes else _NOTHING_USUAL.get
        position = -1
        for letters, style, kind, value, whole in raw:
            if kind == "s" and value:
                text = usual(value) or text_of(value, style)
            elif value and not kind:
                text = numbers[style](value)
            elif whole or value or kind == UNSTORED:
                letters, text = self._unusual((letters, style, kind, value, whole), position)
            else:
                position += not letters
                continue
            try:
                position = positions[letters]
            except KeyError:
                position = self.position(letters, position)
            try:
                row[position] = text
            except IndexError:
                row += [""] * (position - len(row)) + [text]
        return row

    def _text_of(self, value: str, style: str) -> str:
        """A shared string. The first ones met are the ones that repeat: they are kept as they are."""
        text = self._strings[int(value)]
        if style in self._affixes:
            return text.join(self._affixes[style])
        if len(self._usual) < _MOST_USUAL and not self._affixes:
            self._usual[value] = text
        return text

    def _unusual(self, cell: RawCell, previous: int) -> tuple[str, str]:
        """Column letters and text of any other cell. Notes errors and formulas without a value."""
        letters, style, kind, value, whole = cell
        if whole:
            match = WHOLE_CELL.fullmatch(whole)
            if match is None:
                raise NotPlain
            letters, style, kind = match[1], match[2] or "", match[3] or ""
            kind, value = cell_content(kind, match[4] is not None, match[5] or "", match[6] or "")
        if kind == "s" and value:
            return letters, self._text_of(value, style)
        if kind in ("", "n"):
            return letters, self._numbers[style](value) if value else ""
        if kind == UNSTORED:
            self._unstored.append(self.position(letters, previous))
            return letters, ""
        if kind == "e":
            self._errors.append(self.position(letters, previous))
        elif style in self._affixes and kind in ("str", "inlineStr"):
            return letters, self._typed(kind, value).join(self._affixes[style])
        return letters, self._typed(kind, value)

    def _typed(self, kind: str, value: str) -> str:
        if kind == "b":
            return "FALSE" if value.strip() in ("0", "false") else "TRUE"
        if kind == "d":
            return iso_text(value)
        return cell_text(self._unescape(value))

    def position(self, letters: str, previous: int = -1) -> int:
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


def _styled(style: str, meanings: Mapping[str, object]) -> str:
    """The pattern of all styles that mean what `style` means; no style at all means nothing special."""
    meaning = meanings.get(style)
    alike = sorted(each for each, its in meanings.items() if its is meaning and each)
    optional = "" in meanings and meanings[""] is meaning
    if not alike:
        return "" if not style else f' s="{style}"'
    return rf'(?: s="(?:{"|".join(alike)})")' + ("?+" if optional or not style else "")


def _reader_of(render: Render) -> Reader:
    if render is plain:
        return lambda values: [v if v.isdigit() or not v else plain(v) for v in values]
    return lambda values: [v and render(v) for v in values]
