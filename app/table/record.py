"""A Record: one line of a file as text, before anything was decided about headers and columns.

Every reader of a file format makes Records; only `reading` turns them into Rows.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple, Protocol

NOWHERE: frozenset[int] = frozenset()


class Record(NamedTuple):
    """`eaten` is how far into the source the reader is, in the source's own unit.

    A named tuple, because one is made for every line and a frozen dataclass costs thrice as much.
    """

    number: int
    cells: tuple[str, ...]
    eaten: int
    errors: frozenset[int] = NOWHERE
    unstored: frozenset[int] = NOWHERE
    hidden: bool = False
    surplus: int = 0


class Source(Protocol):
    """Where records come from; `size` is the total for `eaten`, or None where it can't be known.

    `gaps` says what a number missing between two records is: a blank row of a sheet (True), or a further
    line of the record before (False; then blank records are given themselves).
    """

    gaps: bool
    size: int | None
    hidden_columns: frozenset[int]

    def records(self, width: int | None = None) -> Iterator[Record]:
        """The records in order; with a `width`, each with exactly that many cells."""
        ...
