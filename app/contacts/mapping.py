"""The user's choice of columns, and a row seen through it.

Knows positions and field keys; refuses to know what a text means (checking does) or how headers are guessed
(matching does).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.contacts.contact import MappedContact


@dataclass(frozen=True, slots=True)
class Assignment:
    """`field` (a key of the schema) is filled from the column at `position` (0-based)."""

    field: str
    position: int


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """Which column fills which field. A column may fill several fields, a field has one column."""

    assignments: tuple[Assignment, ...] = ()

    def position_of(self, field: str) -> int | None:
        """The column that fills `field`, or None."""
        return next((one.position for one in self.assignments if one.field == field), None)

    def fields_of(self, position: int) -> tuple[str, ...]:
        """The fields that the column at `position` fills."""
        return tuple(one.field for one in self.assignments if one.position == position)

    def with_field(self, field: str, position: int | None) -> ColumnMapping:
        """The mapping with `field` filled from `position`, or from nothing if that is None."""
        others = tuple(one for one in self.assignments if one.field != field)
        return ColumnMapping(others if position is None else (*others, Assignment(field, position)))

    def only(self, fields: Iterable[str]) -> ColumnMapping:
        """The mapping without the fields that are not in `fields`."""
        kept = frozenset(fields)
        return ColumnMapping(tuple(one for one in self.assignments if one.field in kept))

    def apply(self, row: int, cells: Sequence[str]) -> MappedContact:
        """The row's texts by field; a column the row does not reach is empty text."""
        texts = {
            one.field: cells[one.position] if one.position < len(cells) else "" for one in self.assignments
        }
        return MappedContact(row, texts)
