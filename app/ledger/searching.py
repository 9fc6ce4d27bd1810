"""Which contacts a page of the preview shows, as SQL: by what happens to them, what was found, a text.

Knows JSON and LIKE; refuses to run a query.
"""

from __future__ import annotations

from enum import Enum

from app.contacts.contact import FindingKind


class Show(Enum):
    """Which contacts a page of the preview shows."""

    ALL = "status <> 'blank'"
    TO_SEND = "status = 'to_send'"
    FIXED = "level = 1"
    WARNINGS = "level = 2 AND status <> 'duplicate'"
    LEFT_OUT = "status = 'left_out'"
    DUPLICATES = "status = 'duplicate'"


def condition_for(show: Show, kind: FindingKind | None, text: str) -> tuple[str, list[str]]:
    """A condition on the table `contacts`, and its values."""
    where, values = show.value, list[str]()
    if kind is not None:
        # A finding starts like this in the JSON; inside a text the quotation marks would be escaped.
        where, values = f"{where} AND instr(findings, ?)", [f'["{kind.value}",']
    if text:
        held, patterns = _holding(text)
        where, values = f"{where} AND {held}", [*values, *patterns]
    return where, values


def _holding(text: str) -> tuple[str, list[str]]:
    """For those with `text` in a cleaned value or in a cell."""
    # LIKE knows large and small letters of A to Z only: accented ones are tried in each form.
    forms = [text] if text.isascii() else [*dict.fromkeys([text, text.lower(), text.upper(), text.title()])]
    inside = [_pattern(form) for form in forms]
    written = [_pattern(form.replace("\\", "\\\\").replace('"', '\\"')) for form in forms]

    def like(what: str) -> str:
        return " OR ".join([f"{what} LIKE ? ESCAPE '\\'"] * len(forms))

    # Looking at the whole JSON first is quick; only what passes is taken apart, because keys don't count.
    condition = f"""(
        (({like("fields")}) AND EXISTS (SELECT 1 FROM json_tree(fields) AS one
                                        WHERE one.atom IS NOT NULL AND ({like("one.atom")})))
        OR EXISTS (SELECT 1 FROM rows WHERE rows.number = contacts.row AND ({like("cells")})
                   AND EXISTS (SELECT 1 FROM json_each(cells) AS one WHERE {like("one.value")})))"""
    return condition, [*written, *inside, *written, *inside]


def _pattern(text: str) -> str:
    literal = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{literal}%"
