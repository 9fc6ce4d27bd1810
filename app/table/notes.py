"""What was noticed about a list while its rows went by: hidden rows, gaps, missing values, totals below.

It counts and names cells; what to say about it is the business of `notices`, what to do the user's.
"""

from __future__ import annotations

from array import array
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from app.table.packing import Run, rows_of
from app.table.shape import NO_MARKS, Row, TableShape, column_letter

_NAMED = 5
_LAST_ROWS = 3
_LETTERS, _LONGEST_WORD = 6, 24
_AROUND = ",;:.()\"'"
_ASCII = bytes(range(128))
_TOTAL_WORDS = frozenset(
    (
        *(
            "total",
            "totals",
            "sum",
            "totale",
            "totali",
            "somma",
            "summe",
            "gesamt",
            "gesamtsumme",
            "insgesamt",
        ),
        *("endsumme", "somme", "totaux", "suma", "totales", "totaal", "toplam", "itogo", "итого", "всего"),
    )
)


@dataclass(frozen=True, slots=True)
class SheetNotes:
    """Counts about one list, below its header. Cells are named as Excel does ("F12"), the first few only.

    `hidden` counts rows that are not shown in Excel, `hidden_left_out` those of them that were not taken.
    `blank_beyond` counts blank rows that stand in gaps too large to list. `totals` are the numbers of rows
    at the end that look like sums rather than entries; they were taken all the same. `letters` are a few
    words from anywhere in the list with letters beyond ASCII, which show whether its encoding is right.
    `unnamed`: no row names the columns.
    """

    filtered: bool = False
    hidden: int = 0
    hidden_left_out: int = 0
    hidden_columns: int = 0
    merged: int = 0
    unstored: int = 0
    unstored_cells: tuple[str, ...] = ()
    errors: int = 0
    error_cells: tuple[str, ...] = ()
    surplus_rows: int = 0
    blank_beyond: int = 0
    totals: tuple[int, ...] = ()
    letters: tuple[str, ...] = ()
    unnamed: bool = False


NO_NOTES = SheetNotes()


class NoteTaker:
    """Watches rows go by. `hidden` holds the numbers of the hidden ones, in order."""

    def __init__(self) -> None:
        self.hidden = array("L")
        self.left_out = 0
        self.unstored = _Cells()
        self.errors = _Cells()
        self.surplus_rows = 0
        self._letters: dict[str, None] = {}
        self._known: set[str] = set()  # letters beyond ASCII in the runs that went by
        self._last: deque[Run | Row] = deque(maxlen=_LAST_ROWS)

    def watched(self, rows: Iterable[Run | Row], visible_only: bool) -> Iterator[Run | Row]:
        """The rows, without the hidden ones where only visible ones are wanted."""
        last = self._last
        for each in rows:
            if isinstance(each, Row) and each.marks is not NO_MARKS:
                marks = each.marks
                if marks.hidden:
                    self.hidden.append(each.number)
                    if visible_only:
                        self.left_out += 1
                        continue
                self.unstored.add(each.number, marks.unstored)
                self.errors.add(each.number, marks.errors)
                self.surplus_rows += marks.surplus > 0
            last.append(each)
            if len(self._letters) < _LETTERS:
                self._gather_letters(each)
            yield each

    def _gather_letters(self, each: Run | Row) -> None:
        if isinstance(each, Run):
            # A list may have the same few letters in every row: only new ones are worth taking it apart.
            found = set(each.data.translate(None, _ASCII).decode())
            if found <= self._known:
                return
            self._known |= found
        for row in rows_of((each,)):
            for cell in row.cells:
                if not cell.isascii():
                    words = (word.strip(_AROUND)[:_LONGEST_WORD] for word in cell.split())
                    self._letters.update((word, None) for word in words if any(map(_telling, word)))
            if len(self._letters) >= _LETTERS:
                return

    def notes(self, shape: TableShape, filtered: bool, merged: int, blank_beyond: int) -> SheetNotes:
        """What was noticed, once all rows went by."""
        return SheetNotes(
            filtered,
            len(self.hidden),
            self.left_out,
            sum(column.hidden for column in shape.columns),
            merged,
            self.unstored.count,
            tuple(self.unstored.names),
            self.errors.count,
            tuple(self.errors.names),
            self.surplus_rows,
            blank_beyond,
            tuple(row.number for row in [*rows_of(self._last)][-_LAST_ROWS:] if is_total(row)),
            tuple(self._letters)[:_LETTERS],
            shape.header_row == 0,
        )


def _telling(letter: str) -> bool:
    """Whether a letter shows if the encoding is right: a replacement for a broken one does, too."""
    return not letter.isascii() and (letter.isprintable() or letter == "\ufffd") and not letter.isspace()


class _Cells:
    def __init__(self) -> None:
        self.count = 0
        self.names: list[str] = []

    def add(self, row: int, positions: frozenset[int]) -> None:
        self.count += len(positions)
        if len(self.names) < _NAMED:
            self.names += [f"{column_letter(position)}{row}" for position in sorted(positions)]
            del self.names[_NAMED:]


def is_total(row: Row) -> bool:
    """Whether a row begins with a word for a sum and holds no address."""
    texts = [text.strip() for text in row.cells if text.strip()]
    if not texts or any("@" in text for text in texts):
        return False
    words = texts[0].casefold().replace(":", " ").split()
    return (
        bool(words) and words[0] in _TOTAL_WORDS and len(words) <= 3 and len(texts) * 2 <= len(row.cells) + 1
    )
