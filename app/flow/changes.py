"""What a user can change in a list that was checked, and how the ledger remembers it for undo and redo.

Knows what is written down for a change; who has to be checked again is rechecking's, and the window shows it.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from app.flow.decisions import Decisions, decisions_from, decisions_text
from app.ledger.corrections import AS_IN_SHEET, RowState, in_pieces
from app.ledger.ledger import Ledger

ROWS_AT_ONCE = 1_000


@dataclass(frozen=True, slots=True)
class CellEdits:
    """New texts for cells: sheet row -> (0-based column -> text)."""

    texts: Mapping[int, Mapping[int, str]]


@dataclass(frozen=True, slots=True)
class LeaveOut:
    """These sheet rows are left out from now on, or (`out` is False) taken in again."""

    rows: Sequence[int]
    out: bool = True


@dataclass(frozen=True, slots=True)
class Replacement:
    """`text` becomes `new` wherever it stands in the cells of `column` (0-based; None: any) of these rows.

    Large and small letters are told apart only `exactly`; `whole` cells only, where that is asked for.
    """

    rows: Sequence[int]
    text: str
    new: str
    column: int | None = None
    exactly: bool = False
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Decide:
    """Another country, another rule."""

    decisions: Decisions


class Go(Enum):
    """One step back or forth."""

    BACK = "undo"
    FORTH = "redo"


Change = CellEdits | LeaveOut | Replacement | Decide | Go


@dataclass(frozen=True, slots=True)
class Recorded:
    """What a change was about: the rows whose cells or places changed, and what is decided now."""

    rows: array[int]
    decisions: Decisions


def record(ledger: Ledger, change: Change, now: Decisions) -> Recorded | None:
    """Write a change down as one step; None where there is nothing to change.

    Raises LookupError where a row is not there.
    """
    match change:
        case Go():
            shelf = ledger.corrections
            step = shelf.undo() if change is Go.BACK else shelf.redo()
            if step is None:
                return None
            return Recorded(step.rows, now if step.decided is None else decisions_from(step.decided))
        case Decide(decisions):
            ledger.corrections.begin_step(decisions_text(now), decisions_text(decisions))
            return Recorded(array("q"), decisions)
        case CellEdits(texts):
            states = _edited(ledger, texts)
        case LeaveOut(rows, out):
            states = _placed(ledger, rows, out)
        case Replacement():
            states = _replaced(ledger, change)
    return _recorded(ledger, states, now)


def _recorded(ledger: Ledger, states: Iterable[tuple[int, RowState]], now: Decisions) -> Recorded | None:
    """One step for all the states, written some at a time."""
    rows = array("q")

    def noted() -> Iterator[tuple[int, RowState]]:
        for row, state in states:
            rows.append(row)
            yield row, state

    with ledger.together():
        step = ledger.corrections.begin_step()
        ledger.corrections.change(step, list(noted()))
        if not rows:
            ledger.corrections.forget_step(step)
    return Recorded(rows, now) if rows else None


def _edited(ledger: Ledger, texts: Mapping[int, Mapping[int, str]]) -> Iterator[tuple[int, RowState]]:
    for piece in in_pieces(texts, ROWS_AT_ONCE):
        before, states = ledger.corrections.cells_of(piece), ledger.corrections.states_of(piece)
        if len(before) != len(piece):
            raise LookupError(f"no such rows: {sorted(set(piece) - before.keys())}")
        for row in piece:
            width = max(len(before[row]), *(place + 1 for place in texts[row]))
            cells = [*before[row], *[""] * (width - len(before[row]))]
            for place, text in texts[row].items():
                cells[place] = text
            yield row, replace(states.get(row, AS_IN_SHEET), cells=tuple(cells))


def _placed(ledger: Ledger, rows: Sequence[int], out: bool) -> Iterator[tuple[int, RowState]]:
    for piece in in_pieces(rows, ROWS_AT_ONCE):
        states = ledger.corrections.states_of(piece)
        for row in piece:
            state = states.get(row, AS_IN_SHEET)
            if state.aside is not out:
                yield row, replace(state, aside=out)


def _replaced(ledger: Ledger, change: Replacement) -> Iterator[tuple[int, RowState]]:
    for row, before, after in replaced_cells(ledger, change):
        state = ledger.corrections.states_of([row]).get(row, AS_IN_SHEET)
        if before != after:
            yield row, replace(state, cells=after)


def replaced_cells(
    ledger: Ledger, change: Replacement
) -> Iterator[tuple[int, tuple[str, ...], tuple[str, ...]]]:
    """(row, cells before, cells after) of every row in which something is replaced."""
    for piece in in_pieces(change.rows, ROWS_AT_ONCE):
        for row, cells in ledger.corrections.cells_of(piece).items():
            after = tuple(
                _with_replaced(text, change) if change.column in (None, place) else text
                for place, text in enumerate(cells)
            )
            if after != cells:
                yield row, cells, after


def _with_replaced(cell: str, change: Replacement) -> str:
    text = change.text
    if change.whole:
        same = cell == text if change.exactly else cell.casefold() == text.casefold()
        return change.new if same else cell
    if change.exactly or not text:
        return cell.replace(text, change.new) if text else cell
    return re.sub(re.escape(text), lambda _: change.new, cell, flags=re.IGNORECASE)
