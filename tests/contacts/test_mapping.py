"""Fields filled from more than one column, from none, and from part of one."""

from __future__ import annotations

import pytest

from app.contacts.mapping import Assignment, ColumnMapping, assignment
from app.contacts.names import NamePart
from app.contacts.sources import (
    NOWHERE,
    ColumnSource,
    ConstantSource,
    FirstFilled,
    JoinedSource,
    Source,
    SplitName,
    positions_of,
)

CELLS = ("Via Roma", " 12 ", "", "#N/A", "Anna de Luca")
SOURCES: list[tuple[Source, str, tuple[int, ...]]] = [
    (ColumnSource(1), " 12 ", (1,)),
    (ColumnSource(9), "", (9,)),
    (JoinedSource((0, 1), ", "), "Via Roma, 12", (0, 1)),
    (JoinedSource((2, 0, 3, 1, 9)), "Via Roma 12", (2, 0, 3, 1, 9)),
    (FirstFilled((2, 3, 1, 0)), "12", (2, 3, 1, 0)),
    (FirstFilled((2, 9)), "", (2, 9)),
    (ConstantSource("Newsletter 2026"), "Newsletter 2026", ()),
    (SplitName(4, NamePart.FIRST), "Anna", (4,)),
    (SplitName(4, NamePart.LAST), "de Luca", (4,)),
]


@pytest.mark.parametrize(("source", "text", "positions"), SOURCES)
def test_a_field_is_filled_from_its_source(source: Source, text: str, positions: tuple[int, ...]) -> None:
    mapping = ColumnMapping().with_source("field", source)
    assert mapping.apply(2, CELLS).texts == {"field": text}
    assert mapping.source_of("field") == source
    assert positions_of(source) == mapping.assignments[0].positions == positions
    assert mapping.position_of("field") == (positions[0] if positions else NOWHERE)


def test_a_plain_column_is_the_same_however_it_was_said() -> None:
    assert assignment("a", ColumnSource(3)) == Assignment("a", 3)
    assert ColumnMapping().with_field("a", 3) == ColumnMapping().with_source("a", ColumnSource(3))


def test_a_column_tells_every_field_it_takes_part_in() -> None:
    mapping = ColumnMapping((Assignment("a", 1),)).with_source("b", JoinedSource((0, 1)))
    assert mapping.fields_of(1) == ("a", "b")
    assert mapping.with_source("b", None) == ColumnMapping((Assignment("a", 1),))


def test_changing_fields_keeps_the_country_column() -> None:
    mapping = ColumnMapping(phone_country=4).with_field("a", 1).only([])
    assert mapping == ColumnMapping(phone_country=4)
