"""A checked contact as a line of the ledger, and back: millions of them, so written to be quick.

Knows the JSON in the columns; refuses to know the queries.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache

from app.batches import Passenger
from app.contacts.contact import CheckedContact, Finding, FindingKind, Level, Status, Value

RANKS = {Level.FIXED: 1, Level.WARNING: 2, Level.BLOCKING: 3}
# What is found of cells that come back again and again in a column.
_REPEATED = frozenset({FindingKind.DATE_FORMATTED, FindingKind.DATE_AMBIGUOUS, FindingKind.CHOICE_TRANSLATED})
_MOST_REMEMBERED = 30_000  # about a lifetime of birthdays

# One encoder each for all contacts: json.dumps would make one for every call.
_quoted = json.encoder.encode_basestring
_several = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def to_record(contact: CheckedContact) -> tuple[int, str, int, str, str]:
    """row, status, level, fields, findings."""
    row, status, values, found = contact
    fields = ",".join(
        [
            f"{_name(key)}{_quoted(value) if type(value) is str else _several(value)}"
            for key, value in values.items()
        ]
    )
    if not found:
        return row, status._value_, 0, f"{{{fields}}}", "[]"
    level = max([RANKS[one[1]] for one in found])
    findings = ",".join([_repeated(one) if one[0] in _REPEATED else _written(one) for one in found])
    return row, status._value_, level, f"{{{fields}}}", f"[{findings}]"


@lru_cache(maxsize=1_000)
def _name(key: str) -> str:
    return f"{_quoted(key)}:"


def _written(one: Finding) -> str:
    kind, level, field, before, after, limit = one
    return (
        f'["{kind._value_}","{level._value_}",{_quoted(field)},{_quoted(before)},{_quoted(after)},'
        f"{'null' if limit is None else limit}]"
    )


_repeated = lru_cache(_MOST_REMEMBERED)(_written)


def from_record(row: int, status: str, fields: str, findings: str) -> CheckedContact:
    """The contact that was written so."""
    return CheckedContact(
        row,
        Status(status),
        _values_from(fields),
        tuple(
            Finding(FindingKind(kind), Level(level), field, before, after, limit)
            for kind, level, field, before, after, limit in json.loads(findings)
        ),
    )


def _values_from(fields: str) -> Mapping[str, Value]:
    return _with_tuples(json.loads(fields))


def _with_tuples(values: Mapping[str, str | list[str]]) -> Mapping[str, Value]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in values.items()}


def passengers_from(found: Sequence[tuple[int, str]]) -> tuple[Passenger, ...]:
    """Many at a time, because reading one long text is much quicker than reading many short ones."""
    together = json.loads("[" + ",".join([fields for _, fields in found]) + "]")
    return tuple(
        Passenger(row, _with_tuples(values) if "[" in fields else values)
        for (row, fields), values in zip(found, together, strict=True)
    )
