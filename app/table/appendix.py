"""What this program puts beside a table that it writes: which columns are its own, and a text about it.

A hidden sheet of a workbook holds it, line by line, so that the workbook can be mended anywhere and opened
here again. Refuses to know what the text says, and believes nothing that does not look as it was written.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from app.table.packing import Run, packed, run_of, unpacked
from app.table.shape import NO_MARKS, Column, Marks, Row

SHEET = "contact-ferry"
MOST_LINES = 5_000
# As reports were ever saved, in each language: a text file has no place to say which columns are whose.
REPORT_COLUMNS = (
    ("Result", "Reason", "What to do", "Row"),
    ("Risultato", "Motivo", "Che cosa fare", "Riga"),
    ("Résultat", "Raison", "Que faire", "Ligne"),
    ("Ergebnis", "Grund", "Was zu tun ist", "Zeile"),
    ("Resultado", "Motivo", "Qué hacer", "Fila"),
)
_MARK = "Contact Ferry 1"
_NOTE = "These lines let Contact Ferry open this report again. They hold no contacts and no keys."


@dataclass(frozen=True, slots=True)
class Appendix:
    """`own` are the headers of the program's columns, which stand last; `text` is of one or more lines."""

    own: tuple[str, ...]
    text: str

    @property
    def lines(self) -> list[str]:
        """As they are written, one to a row."""
        import json

        return [_MARK, _NOTE, json.dumps(list(self.own), ensure_ascii=False), *self.text.splitlines()]


def appendix_in(rows: Iterable[Row]) -> Appendix | None:
    """The appendix that the rows of a sheet hold; None if it is none, or too long."""
    lines: list[str] = []
    for row in rows:
        if not 1 <= row.number <= MOST_LINES:
            return None
        lines += [""] * (row.number - 1 - len(lines))
        lines.append(row.cells[0] if row.cells else "")
        if lines[0] != _MARK:
            return None
    import json  # here, because hardly a file has one, and all wait for imports

    try:
        own = json.loads(lines[2])
    except (ValueError, IndexError, RecursionError):
        return None
    if not isinstance(own, list) or not all(isinstance(one, str) for one in own):
        return None
    return Appendix(tuple(own), "\n".join(lines[3:]) + "\n")


def without_own(columns: Sequence[Column], headers: Sequence[str]) -> tuple[Column, ...]:
    """The columns without those with the program's `headers` at the end; all of them if nothing else would be
    left."""
    kept = list(columns)
    for own in reversed(headers):
        # A column of the user's may have the same header: then ours was given a number when it was read.
        if kept and (kept[-1].name == own or kept[-1].name.startswith(f"{own} (")):
            kept.pop()
    return tuple(kept) if kept else tuple(columns)


def without_known_own(columns: Sequence[Column]) -> tuple[Column, ...]:
    """The columns of a table that says nothing about itself, without those that a report ends with."""
    for own in REPORT_COLUMNS:
        kept = without_own(columns, own)
        if len(kept) == len(columns) - len(own):
            return kept
    return tuple(columns)


def rows_without_own(rows: Iterable[Run | Row], width: int) -> Iterator[Run | Row]:
    """The rows with their first `width` cells, which are the user's."""
    for each in rows:
        if isinstance(each, Row):
            yield Row(each.number, each.cells[:width], _marks_within(each.marks, width))
            continue
        cut = [cells[:width] for cells in unpacked(each.data)]
        run = run_of(each.number, packed(cut), width)
        if run is not None:
            yield run
        else:  # the user emptied one of them
            yield from (Row(number, tuple(cells)) for number, cells in enumerate(cut, each.number))


def _marks_within(marks: Marks, width: int) -> Marks:
    if marks is NO_MARKS:
        return marks
    within = frozenset(range(width))
    return replace(marks, errors=marks.errors & within, unstored=marks.unstored & within)
