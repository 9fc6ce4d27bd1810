"""Rows of text as the XML of a sheet: quick for what nearly all rows are like, exact for all others too.

Texts are written such that reading gives the same texts back, as far as a workbook can hold them. Refuses to
know where the XML goes.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from app.table.shape import column_letter

LONGEST_CELL = 32_767
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_NUMBER = "\0"  # stands for the row's number in the layout of a row; XML has no such character
_BETWEEN = "\0"  # nor has any text that can be printed
_EMPTY = ' t="inlineStr"><is><t></t></is></c>'  # no text looks like it: its "<" is written otherwise


class RowMarkup:
    """Writes rows of so many texts in one cell style. In the columns `numbers`, digits are numbers."""

    def __init__(self, width: int, style: int, numbers: Collection[int] = ()) -> None:
        self._letters = [column_letter(position) for position in range(width)]
        self._style = style
        self._numbers = sorted(numbers)
        cells = [
            f'<c r="{letter}{_NUMBER}"><v>%s</v></c>'
            if position in numbers
            else f'<c r="{letter}{_NUMBER}" s="{style}" t="inlineStr"><is><t>%s</t></is></c>'
            for position, letter in enumerate(self._letters)
        ]
        self._layout = f'<row r="{_NUMBER}">{"".join(cells)}</row>'

    def row(self, number: int, texts: Sequence[str]) -> str:
        """The row with this number, from 1. Raises ValueError where it is of another width."""
        if len(texts) != len(self._letters):
            raise ValueError(f"{len(texts)} texts for {len(self._letters)} columns")
        together = "".join(texts)
        if together.isprintable() and "_x" not in together and self._digits(texts):
            filled = tuple(texts)
            if "&" in together or "<" in together or ">" in together:
                filled = tuple(_escaped(_BETWEEN.join(texts)).split(_BETWEEN))
            line = self._layout.replace(_NUMBER, str(number)) % filled
            if "<t> " not in line and " </t>" not in line and len(line) < LONGEST_CELL:
                return line.replace(_EMPTY, "/>")
        return self._cell_by_cell(number, texts)

    def _digits(self, texts: Sequence[str]) -> bool:
        return all(_is_digits(texts[position]) for position in self._numbers)

    def _cell_by_cell(self, number: int, texts: Sequence[str]) -> str:
        cells = [
            f'<c r="{letter}{number}"><v>{text}</v></c>'
            if position in self._numbers and _is_digits(text)
            else self._cell(f"{letter}{number}", storable(text))
            for position, (letter, text) in enumerate(zip(self._letters, texts, strict=True))
        ]
        return f'<row r="{number}">{"".join(cells)}</row>'

    def _cell(self, place: str, text: str) -> str:
        if not text:
            return f'<c r="{place}" s="{self._style}"/>'
        space = "" if text[0] > " " and text[-1] > " " and "\n" not in text else ' xml:space="preserve"'
        return f'<c r="{place}" s="{self._style}" t="inlineStr"><is><t{space}>{_escaped(text)}</t></is></c>'


def storable(text: str) -> str:
    """Text as a workbook can hold it, such that reading gives the same text back."""
    if _ILLEGAL.search(text):
        text = _ILLEGAL.sub("", text)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "_x" in text:
        text = _LOOKS_ESCAPED.sub("_x005F_", text)
    return text[:LONGEST_CELL]


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _is_digits(text: str) -> bool:
    return text.isascii() and text.isdigit()
