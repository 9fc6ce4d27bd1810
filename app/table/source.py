"""What every reader of a file format offers: the lines of one list as Rows, before a header was found.

It knows nothing of any format; `reading` knows nothing of formats either and relies on this alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from app.table.packing import Run
from app.table.shape import Row
from app.table.tail import MergedRange


class Source(Protocol):
    """Where rows come from.

    `gaps` says what a number missing between two rows is: a blank row of a sheet (True), or a further
    line of the record before (False; then blank records are given themselves). `eaten` is how far the
    running iteration is and `size` its total, in the source's own unit; None where it can't be known.
    `blank_beyond` counts blank records the last pass left out, because too many followed one another.
    """

    gaps: bool
    size: int | None
    eaten: int
    hidden_columns: frozenset[int]
    blank_beyond: int

    @property
    def filtered(self) -> bool:
        """Whether a filter is set, as far as is known yet: all is after the rows were read."""
        ...

    def merged(self) -> tuple[MergedRange, ...]:
        """The merged cells; costs a pass over the sheet where its rows were not read yet."""
        ...

    def rows(self, width: int | None = None) -> Iterator[Row]:
        """The rows in order, the header among them; with a `width`, each with exactly that many cells."""
        ...

    def runs(self, width: int) -> Iterator[Run | Row]:
        """The same with exactly `width` cells each, plain rows many at a time where that is quicker."""
        ...
