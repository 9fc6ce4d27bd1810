"""Finds the row that names the columns, and gives every column an honest, unique name.

It judges by shape alone (how many cells, what looks like data), never by what a name means.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.language import tr
from app.table.shape import Column, Row, column_letter

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_LONG_NUMBER = re.compile(r"[+(]?[\d\s().+/-]{6,}\d")
_DATE_OR_NUMBER = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}(?: [\d:]+)?|[-+]?\d+(?:[.,]\d+)*\s?%?")
_YEAR = re.compile(r"(?:19|20)\d\d")
_SEARCHED = 40


def find_header(rows: Sequence[Row]) -> int | None:
    """The index in `rows` of the row that names the columns; None where there is none.

    Titles above the header fill fewer cells than the rows of the list do. A row that holds an e-mail
    address or a long number is data, and the header would have to stand above it.
    """
    counts = sorted(len(_filled(row)) for row in rows[:_SEARCHED])
    if not counts:
        return None
    typical = counts[len(counts) // 2]
    for index, row in enumerate(rows[:_SEARCHED]):
        filled = _filled(row)
        if len(filled) * 2 <= typical and typical > 1:
            continue
        return None if looks_like_data(filled) else index
    return None


def looks_like_data(texts: Sequence[str]) -> bool:
    """True for a row of values rather than names."""
    if any(_EMAIL.fullmatch(text) for text in texts):
        return True
    if any(_LONG_NUMBER.fullmatch(text) and sum(map(str.isdigit, text)) > 8 for text in texts):
        return True
    # A year may well name a column, beside words.
    telling = [text for text in texts if not _YEAR.fullmatch(text)] or texts
    return sum(_DATE_OR_NUMBER.fullmatch(text) is not None for text in telling) * 2 > len(telling)


def is_value(text: str) -> bool:
    """Whether this is an address, a number or a date rather than a name."""
    return any(kind.fullmatch(text) for kind in (_EMAIL, _LONG_NUMBER, _DATE_OR_NUMBER))


def is_year(text: str) -> bool:
    return _YEAR.fullmatch(text) is not None


def name_columns(
    header: Sequence[str], width: int, hidden: frozenset[int] = frozenset()
) -> tuple[Column, ...]:
    """`width` columns named after the header: "Phone", "Phone (2)" where repeated, "Column F" where empty."""
    wanted = [folded(header[i]) if i < len(header) else "" for i in range(width)]
    reserved = {name.casefold() for name in wanted if name}
    taken: set[str] = set()
    columns = []
    for position, name in enumerate(wanted):
        letter = column_letter(position)
        stem = name or tr("Column {letter}", letter=letter)
        unique, count = stem, 1
        while unique.casefold() in taken or (unique != name and unique.casefold() in reserved):
            count += 1
            unique = f"{stem} ({count})"
        taken.add(unique.casefold())
        columns.append(Column(position, letter, unique, position in hidden))
    return tuple(columns)


def folded(text: str) -> str:
    """A header in one line."""
    return " ".join(text.replace("\ufeff", "").split())


def _filled(row: Row) -> list[str]:
    return [text.strip() for text in row.cells if text.strip()]
