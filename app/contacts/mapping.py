"""The user's choice of columns, and a row seen through it.

Knows positions and field keys; refuses to know what a text means (checking does) or how headers are guessed
(matching does).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from app.contacts.contact import MappedContact
from app.contacts.sources import NOWHERE, ColumnSource, Source, positions_of, reading_of


@dataclass(frozen=True, slots=True)
class Assignment:
    """`field` (a key of the schema) is filled from the column at `position` (0-based).

    Where the text comes from more than one column, or from none, `source` says how, and `position` is the
    first column it reads (NOWHERE for a constant); see `assignment`.
    """

    field: str
    position: int
    source: Source | None = None

    @property
    def reads(self) -> Source:
        """Where the text comes from, whether that is a plain column or not."""
        return ColumnSource(self.position) if self.source is None else self.source

    @property
    def positions(self) -> tuple[int, ...]:
        """Every column that is read."""
        return positions_of(self.reads)


def assignment(field: str, source: Source) -> Assignment:
    """`field` filled from any source."""
    if isinstance(source, ColumnSource):
        return Assignment(field, source.position)
    return Assignment(field, next(iter(positions_of(source)), NOWHERE), source)


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """What fills which field. A column may fill several fields, a field has one source.

    `phone_country` is the position of a column with the country of each row's phone numbers, where that
    column fills no country field itself. In the fields of `clearing`, sorted, an empty cell means "clear it"
    and not "say nothing about it".
    """

    assignments: tuple[Assignment, ...] = ()
    phone_country: int | None = None
    clearing: tuple[str, ...] = ()

    def position_of(self, field: str) -> int | None:
        """The (first) column that fills `field`, or None; NOWHERE for a constant."""
        return next((one.position for one in self.assignments if one.field == field), None)

    def source_of(self, field: str) -> Source | None:
        """What fills `field`, or None."""
        return next((one.reads for one in self.assignments if one.field == field), None)

    def fields_of(self, position: int) -> tuple[str, ...]:
        """The fields that the column at `position` fills, alone or with others."""
        return tuple(one.field for one in self.assignments if position in one.positions)

    def with_field(self, field: str, position: int | None) -> ColumnMapping:
        """The mapping with `field` filled from `position`, or from nothing if that is None."""
        return self.with_source(field, None if position is None else ColumnSource(position))

    def with_source(self, field: str, source: Source | None) -> ColumnMapping:
        """The mapping with `field` filled from `source`, or from nothing if that is None."""
        others = tuple(one for one in self.assignments if one.field != field)
        if source is None:
            return replace(self, assignments=others).with_clearing(field, False)
        return replace(self, assignments=(*others, assignment(field, source)))

    def with_clearing(self, field: str, clears: bool) -> ColumnMapping:
        """The mapping with empty cells clearing `field`, or saying nothing about it."""
        fields = {*self.clearing, field} if clears else {*self.clearing} - {field}
        return replace(self, clearing=tuple(sorted(fields)))

    def only(self, fields: Iterable[str]) -> ColumnMapping:
        """The mapping without the fields that are not in `fields`."""
        kept = frozenset(fields)
        return replace(
            self,
            assignments=tuple(one for one in self.assignments if one.field in kept),
            clearing=tuple(key for key in self.clearing if key in kept),
        )

    def apply(self, row: int, cells: Sequence[str]) -> MappedContact:
        """The row's texts by field; a column the row does not reach is empty text."""
        return MappedContact(row, {one.field: reading_of(one.reads)(cells) for one in self.assignments})
