"""A checked contact as a line of the ledger, and back: millions of them, so written to be quick.

Knows the JSON in the columns; refuses to know the queries.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TypeVar

from app.batches import Passenger
from app.contacts.contact import CheckedContact, Finding, FindingKind, Level, Status, Value

RANKS = {Level.FIXED: 1, Level.WARNING: 2, Level.BLOCKING: 3}
_FIXED = Level.FIXED
# Looking a member up by its value takes the enum itself many times as long.
_KINDS = {one.value: one for one in FindingKind}
_LEVELS = {one.value: one for one in Level}
_STATUSES = {one.value: one for one in Status}
# What is found of cells that come back again and again in a column.
_REPEATED = frozenset({FindingKind.DATE_FORMATTED, FindingKind.DATE_AMBIGUOUS, FindingKind.CHOICE_TRANSLATED})
_MOST_MET = 30_000  # about a lifetime of birthdays
_MOST_TEMPLATES = 1_000

Key = TypeVar("Key")

# One encoder each for all contacts: json.dumps would make one for every call.
_quoted = json.encoder.encode_basestring
_several = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def to_record(contact: CheckedContact) -> tuple[int, str, int, str, str]:
    """row, status, level, fields, findings."""
    row, status, values, found = contact
    if not found:
        return row, status._value_, 0, _fields(values), "[]"
    level, texts = 1, list[str]()
    for one in found:
        if one[1] is not _FIXED:
            level = max(level, RANKS[one[1]])
        text = _met.get(one) if one[0] in _REPEATED else _written(one)
        texts.append(_learned(one) if text is None else text)
    return row, status._value_, level, _fields(values), f"[{','.join(texts)}]"


def _fields(values: Mapping[str, Value]) -> str:
    texts = tuple(values.values())
    try:
        together = "".join(texts)  # type: ignore[arg-type]  # quicker than asking each whether it is a text
    except TypeError:
        return _several(values)
    if not together.isprintable() or '"' in together or "\\" in together:
        return _several(values)
    keys = tuple(values)
    return (_templates.get(keys) or _template(keys)) % texts


def _template(keys: tuple[str, ...]) -> str:
    """How values that need no escaping become the JSON of these fields."""
    named = ",".join([_quoted(key).replace("%", "%%") + ':"%s"' for key in keys])
    return _kept(_templates, keys, f"{{{named}}}", _MOST_TEMPLATES)


def _learned(one: Finding) -> str:
    return _kept(_met, one, _written(one), _MOST_MET)


def _written(one: Finding) -> str:
    kind, level, field, before, after, limit = one
    return (
        f'["{kind._value_}","{level._value_}",{_quoted(field)},{_quoted(before)},{_quoted(after)},'
        f"{'null' if limit is None else limit}]"
    )


_templates: dict[tuple[str, ...], str] = {}
_met: dict[Finding, str] = {}


def _kept(met: dict[Key, str], key: Key, text: str, most: int) -> str:
    if len(met) >= most:
        met.clear()
    met[key] = text
    return text


def from_record(row: int, status: str, fields: str, findings: str) -> CheckedContact:
    """The contact that was written so."""
    return CheckedContact(row, _STATUSES[status], _values_from(fields), findings_from(findings))


def judged_from(row: int, status: str, findings: str) -> CheckedContact:
    """The same without its values."""
    return CheckedContact(row, _STATUSES[status], {}, findings_from(findings))


def findings_from(text: str) -> tuple[Finding, ...]:
    """What was written of them."""
    if text == "[]":
        return ()
    return tuple(
        Finding(_KINDS[kind], _LEVELS[level], field, before, after, limit)
        for kind, level, field, before, after, limit in json.loads(text)
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
