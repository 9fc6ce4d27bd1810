"""Finds the row that names the columns, and gives every column an honest, unique name.

It judges by shape alone (how many cells, what looks like data), never by what a name means.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from app.language import tr
from app.table.shape import Column, Row, column_letter

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_LONG_NUMBER = re.compile(r"[+(]?[\d\s().+/-]{6,}\d")
_DATE_OR_NUMBER = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}(?: [\d:]+)?|[-+]?\d+(?:[.,]\d+)*\s?%?")
_YEAR = re.compile(r"(?:19|20)\d\d")
_SEARCHED = 40


def find_header(rows: Sequence[Row]) -> int | None:
    """The index in `rows` of the row that names the columns; None where none does.

    Titles above the header fill fewer cells than the rows of the list do, or hold addresses and numbers in
    other columns than these. Where it may as well be an entry of the list, it is no header.
    """
    rows = rows[:_SEARCHED]
    counts = sorted(len(_filled(row)) for row in rows)
    if not counts:
        return None
    typical = counts[len(counts) // 2]
    full = [i for i, row in enumerate(rows) if typical <= 1 or len(_filled(row)) * 2 > typical]
    first = full[0]
    if not _values(rows[first]):
        return first
    named = next((i for i in full[1:] if _names_what_is_below(rows, i)), None)
    if named is not None and not _of_one_list(rows, first, named):
        return named
    if not looks_like_data(_filled(rows[first])) and not _is_entry(rows[first], _kinds(rows[first + 1 :])):
        return first
    if first == 0 or _values(rows[first - 1]):
        return None
    return first - 1 if _named(rows[first - 1], rows[first:])[0] else None


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


def _values(row: Row) -> dict[int, bool]:
    """Where the row holds what names no column: addresses (True) and numbers or dates (False)."""
    held = {}
    for position, text in enumerate(map(str.strip, row.cells)):
        if _EMAIL.fullmatch(text):
            held[position] = True
        elif looks_like_data((text,)) and not _YEAR.fullmatch(text):
            held[position] = False
    return held


def _kinds(rows: Sequence[Row]) -> dict[int, bool]:
    """The columns of addresses (True) and of numbers or dates (False) in these rows."""
    held = Counter(item for row in rows for item in _values(row).items())
    filled = Counter(i for row in rows for i, text in enumerate(row.cells) if text.strip())
    return dict(at for at, count in held.items() if count * 2 > len(rows) and count * 5 >= filled[at[0]] * 4)


def _is_entry(row: Row, kinds: Mapping[int, bool]) -> bool:
    """Whether the row holds values as the list does, and a word over none of them."""
    values = _values(row)
    alike = [position for position, kind in values.items() if kinds.get(position) is kind]
    return bool(alike) and not any(_holds(row, position) for position in kinds.keys() - set(alike))


def _holds(row: Row, position: int) -> bool:
    return position < len(row.cells) and bool(row.cells[position].strip())


def _named(row: Row, below: Sequence[Row]) -> tuple[set[int], int]:
    """The columns of values below a row over which it has something, and how many such columns there are."""
    kinds = _kinds(below)
    return {position for position in kinds if _holds(row, position)}, len(kinds)


def _names_what_is_below(rows: Sequence[Row], index: int) -> bool:
    """Whether a row without values names, each by another word, most columns of values below it."""
    row = rows[index]
    if _values(row):
        return False
    named, all_columns = _named(row, rows[index + 1 :])
    words = {row.cells[position].strip().casefold() for position in named}
    return len(named) * 2 > all_columns and len(words) == len(named)


def _of_one_list(rows: Sequence[Row], first: int, named: int) -> bool:
    """Whether rows above the one that names columns are entries as those below it are.

    The sender's own address may stand in the right column by chance: a single one, with a blank row below.
    """
    if named - first > len(rows) - named:
        return True
    kinds = _kinds(rows[named + 1 :])
    entries = sum(_is_entry(row, kinds) for row in rows[first:named])
    blank_between = rows[named].number - rows[named - 1].number > 1
    return entries > (1 if blank_between else 0)
