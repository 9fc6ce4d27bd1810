"""Joins two rows of headers: the lower names the columns, the upper says to which group they belong.

It judges by shape alone, as `headers` does, and makes no title a group: a group helps to tell columns apart,
or it is not mentioned.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from app.table.headers import folded, is_value, is_year
from app.table.shape import Row

_LONGEST = 40  # characters: what is longer is a sentence
_LOOKED_AT = 50  # rows
_NOTHING = frozenset(
    {"n/a", "na", "n.a.", "n/d", "nd", "n.d.", "k.a.", "s/d", "none", "null", "-", "--", "?", "x"}
)


def names_below(rows: Sequence[Row], index: int) -> bool:
    """Whether the row after `index` names the columns, and the one at `index` only groups of them.

    The first row of a list may fill the columns that a header leaves out, just as names below groups do. It
    is a row of names if columns of values (addresses, numbers, dates) hold a word there, or nothing where all
    that is there stands under groups; and if none of it comes again below.
    """
    if index + 1 >= len(rows) or not _follows(rows[index], rows[index + 1]):
        return False
    below = rows[index + 2 : index + 2 + _LOOKED_AT]
    width = max(len(row.cells) for row in rows[index : index + 2])
    upper, lower = _texts(rows[index].cells, width), _texts(rows[index + 1].cells, width)
    if not below or any(map(is_value, lower)) or not all(map(any, zip(upper, lower, strict=True))):
        return False
    spread = _spread(_groups(upper, lower))
    if not any(spread):
        return False
    telling = 0
    for position, text in enumerate(lower):
        values = [found for row in below if (found := _text(row, position))]
        if text and (text in values or text.casefold() in _NOTHING):
            return False
        # A word where values stand, or nothing at all outside the groups.
        if sum(map(is_value, values)) * 2 >= max(1, len(values)):
            telling += bool(text) or all(spread[at] for at, name in enumerate(lower) if name)
    return telling > 0


def joined(above: Row, header: Row, width: int) -> tuple[str, ...] | None:
    """The names of `width` columns, with what `above` says where a name is missing or comes twice in groups
    of other names. None where `above` says nothing about columns."""
    if not _follows(above, header):
        return None
    upper, lower = _texts(above.cells, width), _texts(header.cells, width)
    told = [text for text in upper if text]
    if len(told) < 2 or any(len(text) > _LONGEST or (is_value(text) and not is_year(text)) for text in told):
        return None
    groups = _groups(upper, lower)
    among: dict[str, set[str]] = defaultdict(set)
    for group, name in zip(groups, lower, strict=True):
        among[name.casefold()].add(group)
    names = []
    for own, group, name in zip(upper, groups, lower, strict=True):
        if not name:
            names.append(own)
        elif group and len(among[name.casefold()]) > 1:
            names.append(f"{group}: {name}")  # in every language alike: recipes know columns by their names
        else:
            names.append(name)
    return tuple(names) if names != lower else None


def _groups(upper: Sequence[str], lower: Sequence[str]) -> list[str]:
    """The group of each column: a name reaches to the next one, unless it names a single column itself."""
    groups: list[str] = []
    group = ""
    for own, name in zip(upper, lower, strict=True):
        if own:
            group = own if name else ""
        groups.append(group if name else "")
    return groups


def _spread(groups: Sequence[str]) -> list[bool]:
    """Which columns share their group with a neighbour."""
    around = zip(["", *groups[:-1]], groups, [*groups[1:], ""], strict=True)
    return [bool(here) and here in (left, right) for left, here, right in around]


def _follows(one: Row, other: Row) -> bool:
    """Whether nothing stands between: a record of a text file may be of several lines."""
    return other.number - one.number <= 1 + sum(cell.count("\n") for cell in one.cells)


def _texts(cells: Sequence[str], width: int) -> list[str]:
    return [folded(cells[position]) if position < len(cells) else "" for position in range(width)]


def _text(row: Row, position: int) -> str:
    return folded(row.cells[position]) if position < len(row.cells) else ""
