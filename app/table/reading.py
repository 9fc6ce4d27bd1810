"""The way in: opens a file, decides its shape by evidence or by the user's choice, and streams its rows.

It joins recognition, the readers and the header finder; how each of them works is theirs to know.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, BinaryIO, TypeAlias

from app.language import tr
from app.problems import FileProblem
from app.progress import Progress, Stop, Tell, tell_nobody
from app.table import faults
from app.table.appendix import (
    MOST_LINES,
    SHEET,
    Appendix,
    appendix_in,
    rows_without_own,
    without_known_own,
    without_own,
)
from app.table.lists import Offer, chosen_sheet, header_of
from app.table.merged import repeated
from app.table.packing import Run, rows_of
from app.table.recognition import opened, recognise
from app.table.shape import MOST_BLANK_TOGETHER, Column, FileFormat, ReadingChoice, Row, TableShape
from app.table.sheet import Sheet
from app.table.source import Source
from app.table.tail import MergedRange
from app.table.workbook import Workbook

if TYPE_CHECKING:
    from app.table.binaryworkbook import BinaryWorkbook
    from app.table.foreign import ForeignWorkbook
    from app.table.oldworkbook import OldWorkbook
    from app.table.opendocument import OpenDocument

# Readers of other formats are imported by those who need them: the window waits for the first rows.

_TELL_EVERY = 1024

AS_FOUND = ReadingChoice()
Stamp = tuple[int, int]
_Book: TypeAlias = "Workbook | OpenDocument | BinaryWorkbook | OldWorkbook | ForeignWorkbook"


class Table:
    """An open file with a known shape; use as a context manager, or `close` it."""

    def __init__(
        self,
        shape: TableShape,
        source: Source,
        workbook: _Book | None,
        stamp: Stamp,
        repeat_merged: bool = False,
    ) -> None:
        self.shape = shape
        self._source = source
        self._workbook = workbook
        self._stamp = stamp
        self._repeat_merged = repeat_merged
        self._blank_beyond = 0

    @property
    def filtered(self) -> bool:
        """Whether a filter is set; some programs say so only after the rows, so ask again then."""
        return self._source.filtered

    @property
    def blank_beyond(self) -> int:
        """How many blank rows the last pass did not give, because their gap was too large."""
        return self._blank_beyond + self._source.blank_beyond

    def merged(self) -> tuple[MergedRange, ...]:
        """The merged cells that touch the list. Cheap after the rows were read."""
        header, width = self.shape.header_row, len(self.shape.columns)
        return tuple(r for r in self._source.merged() if r.last_row > header and r.first_column < width)

    def __enter__(self) -> Table:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file. Safe to call twice."""
        if self._workbook is not None:
            self._workbook.close()

    def require_unchanged(self) -> None:
        """Raise FileProblem where the file was changed since it was opened."""
        if stamp_of(self.shape.path) != self._stamp:
            raise faults.changed(self.shape.path)

    def rows(self, tell: Tell = tell_nobody, stop: Stop | None = None) -> Iterator[Row]:
        """The rows below the header, in order; can be called again.

        Wholly blank rows are among them, with empty cells, where a row with content follows: at most
        MOST_BLANK_TOGETHER of one gap (see `blank_beyond`). Formatted but empty rows at the end are not.
        Progress is in bytes of the sheet or file. Raises FileProblem for
        damage and for a file changed since it was opened, Stopped when asked to stop.
        """
        return rows_of(self.runs(tell, stop))

    def runs(self, tell: Tell = tell_nobody, stop: Stop | None = None) -> Iterator[Run | Row]:
        """The same, plain rows many at a time, for who passes them on."""
        self.require_unchanged()
        runs = self._runs(tell, stop)
        if self.shape.own:
            runs = rows_without_own(runs, len(self.shape.columns))
        if self.shape.own and self.shape.format is FileFormat.CSV:  # the guards are ours
            return map(_unguarded, rows_of(runs))
        return repeated(rows_of(runs), self.merged()) if self._repeat_merged else runs

    def _runs(self, tell: Tell, stop: Stop | None) -> Iterator[Run | Row]:
        self._blank_beyond = 0
        source, header = self._source, self.shape.header_row
        last = header
        countdown = _TELL_EVERY
        # A report's own columns are read too: rows that hold more than is asked for take five times as long.
        for each in source.runs(len(self.shape.columns) + self.shape.own):
            size = 1 if isinstance(each, Row) else each.size
            countdown -= size
            if each.number + size - 1 <= header:
                continue
            below = each if isinstance(each, Row) or each.number > header else each.after(header)
            if below.number < last or (below.number == last and source.gaps):
                raise faults.damaged(self.shape.path, f"row {below.number} after row {last}")
            if below.number > last + 1 and source.gaps:
                yield from self._blank_rows(last + 1, below.number)
            last = each.number + size - 1
            if countdown <= 0:
                countdown = _TELL_EVERY
                tell(Progress(source.eaten, source.size))
                if stop is not None:
                    stop.check()
            yield below
        if source.size:
            tell(Progress(source.size, source.size))

    def _blank_rows(self, first: int, end: int) -> Iterator[Row]:
        listed = min(end, first + MOST_BLANK_TOGETHER)
        self._blank_beyond += end - listed
        cells = ("",) * (len(self.shape.columns) + self.shape.own)
        for number in range(first, listed):
            yield Row(number, cells)


def _unguarded(row: Row) -> Row:
    from app.table.formulas import unguarded  # hardly a file is a report

    return row._replace(cells=tuple(map(unguarded, row.cells)))


def _unguarded_names(columns: Sequence[Column]) -> tuple[Column, ...]:
    from app.table.formulas import unguarded

    return tuple(replace(one, name=unguarded(one.name)) for one in columns)


def open_table(path: Path, choice: ReadingChoice = AS_FOUND) -> Table:
    """Open a spreadsheet and decide its shape. Raises FileProblem, which says what to do.

    What `choice` leaves open is decided by evidence: the encoding by all bytes of the file, the rest by
    its first rows.
    """
    stamp = stamp_of(path)
    stream = opened(path)
    try:
        try:
            found = recognise(path, stream)
        except faults.PasswordProblem:
            if choice.password is None:
                raise
            from app.table.protection import decrypted

            stream = decrypted(path, stream, choice.password)
            found = recognise(path, stream)
        if found is FileFormat.CSV:
            table = _text_table(path, stream, choice, stamp)
            stream.close()
            return table
        return _workbook_table(path, stream, found, choice, stamp)
    except BaseException:
        stream.close()
        raise


def _text_table(path: Path, stream: BinaryIO, choice: ReadingChoice, stamp: Stamp) -> Table:
    from app.table.encodings import examine, known
    from app.table.textfile import TextFile

    evidence = examine(stream)
    if evidence.endless:
        raise faults.not_a_spreadsheet(path, tr("a file without lines"))
    encoding = choice.encoding or evidence.encoding
    if not known(encoding):
        raise faults.wrong_encoding(path, encoding)
    source = TextFile(path, encoding, choice.delimiter, evidence, stamp[0])
    header = header_of(path, source, choice, "")
    kept = header.columns if choice.own_columns else without_known_own(header.columns)
    own = len(header.columns) - len(kept)
    shape = TableShape(
        path,
        FileFormat.CSV,
        "",
        (),
        header.row,
        _unguarded_names(kept) if own else kept,
        encoding,
        source.dialect.delimiter,
        fingerprint=evidence.fingerprint,
        own=own,
        group_row=header.groups,
    )
    return Table(shape, source, None, stamp)


def _workbook_table(
    path: Path, stream: BinaryIO, found: FileFormat, choice: ReadingChoice, stamp: Stamp
) -> Table:
    if found is FileFormat.XLSX:
        ours = Workbook(path, stream)
        offers = [Offer(part.name, part.hidden, partial(Sheet, ours, part)) for part in ours.sheets]
        book: _Book = ours
    else:
        book = other = _other_book(path, stream, found, choice)
        offers = [Offer(name, name in other.hidden, partial(other.sheet, name)) for name in other.sheets]
    try:
        appendix, offers = _appendix_of(offers)
        name, source, header = chosen_sheet(path, offers, choice)
    except BaseException:
        book.close()
        raise
    names = tuple(offer.name for offer in offers)
    hidden = frozenset(offer.name for offer in offers if offer.hidden)
    kept = columns = header.columns
    if not choice.own_columns:
        kept = without_own(columns, appendix.own) if appendix else without_known_own(columns)
    said, own = appendix.text if appendix else "", len(columns) - len(kept)
    decided = TableShape(path, found, name, names, header.row, kept, group_row=header.groups)
    shape = replace(decided, hidden_sheets=hidden, appendix=said, own=own)
    return Table(shape, source, book, stamp, choice.repeat_merged)


def _appendix_of(offers: list[Offer]) -> tuple[Appendix | None, list[Offer]]:
    """What a workbook written by this program says about itself, and the other sheets."""
    for offer in offers:
        if offer.hidden and offer.name == SHEET and len(offers) > 1:
            with suppress(FileProblem):
                appendix = appendix_in(islice(offer.opened().rows(), MOST_LINES + 1))
                return appendix, [one for one in offers if one is not offer] if appendix else offers
    return None, offers


def _other_book(
    path: Path, stream: BinaryIO, found: FileFormat, choice: ReadingChoice
) -> OpenDocument | BinaryWorkbook | OldWorkbook | ForeignWorkbook:
    if found is FileFormat.ODS:
        from app.table.opendocument import OpenDocument
        from app.table.opendocumentlock import unlocked

        return OpenDocument(path, unlocked(path, stream, choice.password))
    if found is FileFormat.XLSB:
        from app.table.binaryworkbook import BinaryWorkbook

        return BinaryWorkbook(path, stream)
    return _old(path, stream, choice)


def _old(path: Path, stream: BinaryIO, choice: ReadingChoice) -> OldWorkbook | ForeignWorkbook:
    """Old .xls files show only when opened that they have a password."""
    from app.table.foreign import ForeignWorkbook
    from app.table.oldworkbook import old_workbook

    old = old_workbook(path, stream)
    if old is not None:
        return old
    try:
        return ForeignWorkbook(path, stream)
    except faults.PasswordProblem:
        if choice.password is None:
            raise
        from app.table.protection import decrypted

        plain = decrypted(path, opened(path), choice.password)
        return old_workbook(path, plain) or ForeignWorkbook(path, plain)


def stamp_of(path: Path) -> Stamp:
    """Size and time of change, by which a changed file is noticed."""
    try:
        found = path.stat()
    except FileNotFoundError as error:
        raise faults.missing(path) from error
    except (OSError, ValueError) as error:
        raise faults.unreadable(path, OSError(str(error))) from error
    return found.st_size, found.st_mtime_ns
