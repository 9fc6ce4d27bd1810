"""Where a field's text comes from when not simply one column: joined, first filled, constant, split.

Knows cells and positions; refuses to know fields and what a text means.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.contacts.cells import is_blank, is_error
from app.contacts.names import NamePart, part_of_name

NOWHERE = -1
"""The position of what comes from no column."""


@dataclass(frozen=True, slots=True)
class ColumnSource:
    """The text of one column, untouched."""

    position: int


@dataclass(frozen=True, slots=True)
class JoinedSource:
    """The texts of several columns with `separator` between them; blank ones and failed formulas left out."""

    positions: tuple[int, ...]
    separator: str = " "


@dataclass(frozen=True, slots=True)
class FirstFilled:
    """The text of the first of these columns that holds something."""

    positions: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ConstantSource:
    """The same text for every row that is not blank."""

    text: str


@dataclass(frozen=True, slots=True)
class SplitName:
    """The first or the last name out of a column of full names."""

    position: int
    part: NamePart


Source = ColumnSource | JoinedSource | FirstFilled | ConstantSource | SplitName
ReadSource = Callable[[Sequence[str]], str]


def positions_of(source: Source) -> tuple[int, ...]:
    """The columns a source reads, in its order."""
    match source:
        case ColumnSource(position) | SplitName(position):
            return (position,)
        case JoinedSource(positions) | FirstFilled(positions):
            return positions
        case ConstantSource():
            return ()


def reading_of(source: Source) -> ReadSource:
    """The function that takes a row's cells and gives the text; empty where the row does not reach."""
    match source:
        case ColumnSource(position):
            return lambda cells: _cell(cells, position)
        case SplitName(position, part):
            return lambda cells: part_of_name(_cell(cells, position), part)
        case JoinedSource(positions, separator):
            return lambda cells: separator.join(_filled(cells, positions))
        case FirstFilled(positions):
            return lambda cells: next(iter(_filled(cells, positions)), "")
        case ConstantSource(text):
            return lambda _: text


def _cell(cells: Sequence[str], position: int) -> str:
    return cells[position] if position < len(cells) else ""


def _filled(cells: Sequence[str], positions: tuple[int, ...]) -> list[str]:
    texts = [_cell(cells, position).strip() for position in positions]
    return [text for text in texts if not is_blank(text) and not is_error(text)]
