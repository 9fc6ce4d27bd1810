"""Which contacts a page of the preview shows, as SQL: by what happens to them, what was found, a text.

Knows JSON and LIKE; refuses to run a query.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum

from app.contacts.contact import FindingKind

_AT_ONCE = 10_000  # row numbers
SAME_TEXT = "same_text"  # a function of every connection; SQLite's own lower() knows A to Z only


class Show(Enum):
    """Which contacts a page of the preview shows."""

    ALL = "status <> 'blank'"
    TO_SEND = "status = 'to_send'"
    FIXED = "level = 1"
    WARNINGS = "level = 2 AND status <> 'duplicate'"
    LEFT_OUT = "status = 'left_out'"
    DUPLICATES = "status = 'duplicate'"


def condition_for(
    show: Show, kind: FindingKind | None, text: str, rows: Sequence[int]
) -> tuple[str, list[str]]:
    """A condition on the table `contacts`, and its values. `rows` are those with `text` in a cell."""
    where, values = show.value, list[str]()
    if kind is not None:
        # A finding starts like this in the JSON; inside a text the quotation marks would be escaped.
        where, values = f"{where} AND instr(findings, ?)", [f'["{kind.value}",']
    if text:
        held, patterns = _holding(text, rows)
        where, values = f"{where} AND {held}", [*values, *patterns]
    return where, values


def forms_of(text: str) -> list[str]:
    """LIKE knows large and small letters of A to Z only: accented ones are tried in each form."""
    return [text] if text.isascii() else [*dict.fromkeys([text, text.lower(), text.upper(), text.title()])]


def like(what: str, forms: int) -> str:
    """A condition that `what` holds one of so many forms, given as patterns."""
    return " OR ".join([f"{what} LIKE ? ESCAPE '\\'"] * forms)


def pattern_of(text: str) -> str:
    """What LIKE finds `text` with."""
    literal = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{literal}%"


def key_columns(keys: Sequence[str]) -> str:
    """More columns for a query: the values of these fields, empty where there is none."""
    return "".join(f", coalesce(fields ->> '$.\"{key}\"', '')" for key in keys)


def key_text(key: str) -> str:
    """What an index, and whoever wants to use it, calls a field's value as duplicates are told by it."""
    return f"{SAME_TEXT}(fields ->> '$.\"{key}\"')"


def _holding(text: str, rows: Sequence[int]) -> tuple[str, list[str]]:
    """For those with `text` in a cleaned value, and the contacts of `rows`."""
    forms = forms_of(text)
    inside = [pattern_of(form) for form in forms]
    written = [pattern_of(form.replace("\\", "\\\\").replace('"', '\\"')) for form in forms]
    # Looking at the whole JSON first is quick; only what passes is taken apart, because keys don't count.
    condition = f"""(
        contacts.row IN (SELECT value FROM json_each(?))
        OR (({like("fields", len(forms))}) AND EXISTS (
            SELECT 1 FROM json_tree(fields) AS one
            WHERE one.atom IS NOT NULL AND ({like("one.atom", len(forms))}))))"""
    return condition, [_listed(rows), *written, *inside]


def _listed(rows: Sequence[int]) -> str:
    """As JSON; piece by piece, as a million numbers at once would keep the window's thread waiting."""
    pieces = (rows[at : at + _AT_ONCE] for at in range(0, len(rows), _AT_ONCE))
    return f"[{','.join(','.join(map(str, piece)) for piece in pieces)}]"
