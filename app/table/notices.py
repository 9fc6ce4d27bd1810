"""Says in words what was noticed about a list: each notice a sentence, and where it helps, the cells' names.

It decides which notes are worth a sentence; they are for reading, nothing is stopped by them.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from app.language import number, tr, trn
from app.table.notes import SheetNotes


class NoticeKind(Enum):
    """What can be noticed. The first five can be decided otherwise through the ReadingChoice."""

    HIDDEN_LEFT_OUT = "hidden left out"
    HIDDEN_INCLUDED = "hidden included"
    MERGED_CELLS = "merged cells"
    NO_HEADER = "no header"
    TWO_HEADERS = "two headers"
    UNSTORED_FORMULAS = "unstored formulas"
    ERROR_CELLS = "error cells"
    TOTALS_ROWS = "totals rows"
    SURPLUS_CELLS = "surplus cells"
    HIDDEN_COLUMNS = "hidden columns"
    LARGE_GAPS = "large gaps"


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing to know about the list, and how it stands in the sheet."""

    kind: NoticeKind
    sentence: str


def notices_of(notes: SheetNotes, read: int, group_row: int = 0, joined: bool = True) -> tuple[Notice, ...]:
    """The notices for a list of which `read` rows were taken, most important first. `group_row` is the row of
    a second header above the first, or 0; `joined` says whether names were made of both."""
    found = (
        _hidden(notes, read),
        (NoticeKind.NO_HEADER, _no_header(notes)),
        (NoticeKind.TWO_HEADERS, _two_headers(group_row, joined)),
        (NoticeKind.UNSTORED_FORMULAS, _unstored(notes)),
        (NoticeKind.ERROR_CELLS, _errors(notes)),
        (NoticeKind.MERGED_CELLS, _merged(notes)),
        (NoticeKind.TOTALS_ROWS, _totals(notes)),
        (NoticeKind.HIDDEN_COLUMNS, _hidden_columns(notes)),
        (NoticeKind.LARGE_GAPS, _large_gaps(notes)),
        (NoticeKind.SURPLUS_CELLS, _surplus(notes)),
    )
    return tuple(Notice(kind, sentence) for kind, sentence in found if sentence)


def _hidden(notes: SheetNotes, read: int) -> tuple[NoticeKind, str]:
    if notes.hidden_left_out:
        words = tr(
            "You see {shown} rows in Excel, the file holds {all}. Only the rows you see are used.",
            shown=read,
            all=read + notes.hidden_left_out,
        )
        return NoticeKind.HIDDEN_LEFT_OUT, words
    if not notes.hidden:
        return NoticeKind.HIDDEN_INCLUDED, ""
    words = tr(
        "You see {shown} rows in Excel, the file holds {all}. All of them are used.",
        shown=read - notes.hidden,
        all=read,
    )
    return NoticeKind.HIDDEN_INCLUDED, words


def _no_header(notes: SheetNotes) -> str:
    if not notes.unnamed:
        return ""
    return tr(
        "No row seems to name the columns. They are called by their letters, and every row counts as a "
        "contact. If one of the rows does name them, select it below and make it the header."
    )


def _two_headers(group_row: int, joined: bool) -> str:
    if not group_row:
        return ""
    if not joined:
        return tr("There are two rows of headers. Row {row} is not used.", row=number(group_row))
    return tr(
        "There are two rows of headers. What row {row} says stands before names that come twice, and in the "
        "place of missing ones.",
        row=number(group_row),
    )


def _unstored(notes: SheetNotes) -> str:
    if not notes.unstored:
        return ""
    return trn(
        "The value of {count} formula is not stored in the file ({cells}) and counts as blank. Open the file "
        "in Excel and save it once, then choose it again.",
        "The values of {count} formulas are not stored in the file ({cells}) and count as blank. Open the "
        "file in Excel and save it once, then choose it again.",
        notes.unstored,
        cells=_named(notes.unstored_cells, notes.unstored),
    )


def _errors(notes: SheetNotes) -> str:
    if not notes.errors:
        return ""
    return trn(
        "{count} cell shows a spreadsheet error ({cells}).",
        "{count} cells show spreadsheet errors ({cells}).",
        notes.errors,
        cells=_named(notes.error_cells, notes.errors),
    )


def _merged(notes: SheetNotes) -> str:
    if not notes.merged:
        return ""
    return trn(
        "{count} group of cells is merged; only its first cell has the value.",
        "{count} groups of cells are merged; only the first cell of each has the value.",
        notes.merged,
    )


def _totals(notes: SheetNotes) -> str:
    if not notes.totals:
        return ""
    return tr(
        "The list seems to end with totals (row {rows}). They are not contacts.",
        rows=", ".join(map(str, notes.totals)),
    )


def _hidden_columns(notes: SheetNotes) -> str:
    if not notes.hidden_columns:
        return ""
    return trn(
        "{count} column is hidden in Excel. It can be matched all the same.",
        "{count} columns are hidden in Excel. They can be matched all the same.",
        notes.hidden_columns,
    )


def _large_gaps(notes: SheetNotes) -> str:
    if not notes.blank_beyond:
        return ""
    return trn(
        "The list goes on after a large gap. {count} blank row in it was passed over.",
        "The list goes on after a large gap. {count} blank rows in it were passed over.",
        notes.blank_beyond,
    )


def _surplus(notes: SheetNotes) -> str:
    if not notes.surplus_rows:
        return ""
    return trn(
        "{count} row has more cells than there are columns; what is beyond them is not used.",
        "{count} rows have more cells than there are columns; what is beyond them is not used.",
        notes.surplus_rows,
    )


def _named(names: tuple[str, ...], count: int) -> str:
    text = ", ".join(names)
    return tr("{names} and others", names=text) if count > len(names) else text
