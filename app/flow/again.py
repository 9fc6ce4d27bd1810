"""The same list once more, for another provider: its rows in a ledger of their own.

Copies what was read, so that a changed or missing file does not matter; refuses to copy what was sent.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from app.flow.draft import Destination, ImportDraft
from app.ledger.corrections import RowState
from app.ledger.ledger import Ledger, erase
from app.ledger.presence import hold
from app.progress import Progress, Stop, Tell
from app.table.shape import Row

_FACTS = ("file", "fingerprint")


def draft_for_another(draft: ImportDraft, folder: Path, tell: Tell, stop: Stop) -> ImportDraft:
    """The draft over a new ledger in `folder`, with file, columns and country kept; nothing is checked and
    no account is chosen. Raises LedgerProblem, Stopped; then no new ledger is left behind."""
    if draft.file is None:
        raise LookupError("there is no list to send again")
    path = folder / f"{uuid.uuid4().hex}.ledger"
    hold(path)
    try:
        with Ledger.open(draft.file.ledger) as old, Ledger.create(path) as new:
            for done in new.rows.add(_as_corrected(old)):
                stop.check()
                tell(Progress(done, draft.file.read))
            _leave_out_again(old, new)
            for name in _FACTS:
                new.note(name, old.fact(name) or "")
            first, spread = new.rows.first(len(draft.file.first)), new.rows.spread(len(draft.file.spread))
    except BaseException:
        with suppress(OSError):
            erase(path)
        raise
    file = replace(draft.file, ledger=path, first=first, spread=spread)
    return replace(draft, file=file, checked=None, destination=Destination(), consent_confirmed=False)


def _leave_out_again(old: Ledger, new: Ledger) -> None:
    """Whom the user left out stays out."""
    aside = [(row, RowState(aside=True)) for row in old.corrections.rows_aside()]
    if aside:
        new.corrections.change(new.corrections.begin_step(), aside)


def _as_corrected(ledger: Ledger) -> Iterator[Row]:
    first, last = ledger.rows.first_and_last()
    corrected = ledger.corrections.between(first, last)
    for row in ledger.rows.all():
        cells = corrected[row.number].cells if row.number in corrected else None
        yield row if cells is None else Row(row.number, cells)
