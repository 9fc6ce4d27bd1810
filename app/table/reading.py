"""The way in: opens a file, decides its shape by evidence or by the user's choice, and streams its rows.

It joins recognition, the readers and the header finder; how each of them works is theirs to know.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

from app.language import mark, tr
from app.problems import FileProblem
from app.progress import Progress, Stop, Tell, tell_nobody
from app.table import faults
from app.table.encodings import examine, known
from app.table.headers import find_header, name_columns
from app.table.recognition import opened, recognise
from app.table.shape import Column, FileFormat, ReadingChoice, Row, TableShape
from app.table.sheet import Sheet
from app.table.source import Source
from app.table.textfile import TextFile
from app.table.workbook import Workbook

_PREVIEWED = 200
_TELL_EVERY = 1024
_OTHER = {
    FileFormat.XLS: mark("an old Excel workbook (.xls)"),
    FileFormat.XLSB: mark("a binary Excel workbook (.xlsb)"),
    FileFormat.ODS: mark("an OpenDocument spreadsheet (.ods)"),
}

AS_FOUND = ReadingChoice()
_Stamp = tuple[int, int]


class Table:
    """An open file with a known shape; use as a context manager, or `close` it."""

    def __init__(self, shape: TableShape, source: Source, workbook: Workbook | None, stamp: _Stamp) -> None:
        self.shape = shape
        self._source = source
        self._workbook = workbook
        self._stamp = stamp

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

    def rows(self, tell: Tell = tell_nobody, stop: Stop | None = None) -> Iterator[Row]:
        """The rows below the header, in order; can be called again.

        Wholly blank rows are among them, with empty cells, where a row with content follows; formatted but
        empty rows at the end are not. Progress is in bytes of the sheet or file. Raises FileProblem for
        damage and for a file changed since it was opened, Stopped when asked to stop.
        """
        if _stamp(self.shape.path) != self._stamp:
            raise faults.changed(self.shape.path)
        source, header = self._source, self.shape.header_row
        last, countdown = header, _TELL_EVERY
        for row in source.rows(len(self.shape.columns)):
            number = row.number
            if number <= header:
                continue
            if number > last + 1 and source.gaps:
                yield from self._blank_rows(last + 1, number, stop)
            last = number
            countdown -= 1
            if not countdown:
                countdown = _TELL_EVERY
                tell(Progress(source.eaten, source.size))
                if stop is not None:
                    stop.check()
            yield row
        if source.size:
            tell(Progress(source.size, source.size))

    def _blank_rows(self, first: int, end: int, stop: Stop | None) -> Iterator[Row]:
        cells = ("",) * len(self.shape.columns)
        for number in range(first, end):
            if stop is not None and not number % _TELL_EVERY:
                stop.check()
            yield Row(number, cells)


def open_table(path: Path, choice: ReadingChoice = AS_FOUND) -> Table:
    """Open a spreadsheet and decide its shape. Raises FileProblem, which says what to do.

    What `choice` leaves open is decided by evidence: the encoding by all bytes of the file, the rest by
    its first rows.
    """
    stamp = _stamp(path)
    stream = opened(path)
    try:
        found = recognise(path, stream)
        if found is FileFormat.CSV:
            table = _text_table(path, stream, choice, stamp)
            stream.close()
            return table
        if found is FileFormat.XLSX:
            return _workbook_table(path, stream, choice, stamp)
        raise faults.save_as_xlsx(path, tr(_OTHER[found]))
    except BaseException:
        stream.close()
        raise


def _text_table(path: Path, stream: BinaryIO, choice: ReadingChoice, stamp: _Stamp) -> Table:
    evidence = examine(stream)
    encoding = choice.encoding or evidence.encoding
    if not known(encoding):
        raise faults.wrong_encoding(path, encoding)
    source = TextFile(path, encoding, choice.delimiter, evidence, stamp[0])
    header_row, columns = _header(path, source, choice, "")
    shape = TableShape(
        path,
        FileFormat.CSV,
        "",
        (),
        header_row,
        columns,
        encoding,
        source.dialect.delimiter,
        evidence.fingerprint,
    )
    return Table(shape, source, None, stamp)


def _workbook_table(path: Path, stream: BinaryIO, choice: ReadingChoice, stamp: _Stamp) -> Table:
    fingerprint = _fingerprint(stream)
    stream.seek(0)
    workbook = Workbook(path, stream)
    try:
        sheet, header_row, columns = _chosen_sheet(path, workbook, choice)
    except BaseException:
        workbook.close()
        raise
    names = tuple(part.name for part in workbook.sheets)
    hidden = frozenset(part.name for part in workbook.sheets if part.hidden)
    shape = TableShape(
        path, FileFormat.XLSX, sheet.part.name, names, header_row, columns, "", "", fingerprint, hidden
    )
    return Table(shape, sheet, workbook, stamp)


def _chosen_sheet(
    path: Path, workbook: Workbook, choice: ReadingChoice
) -> tuple[Sheet, int, tuple[Column, ...]]:
    """The sheet the user chose, or the first visible one that has a header and rows."""
    parts = workbook.sheets
    if choice.sheet is not None:
        parts = tuple(part for part in parts if part.name == choice.sheet)
        if not parts:
            raise faults.no_such_sheet(path, choice.sheet)
    first_problem: FileProblem | None = None
    for part in sorted(parts, key=lambda each: each.hidden):
        sheet = Sheet(workbook, part)
        try:
            return sheet, *_header(path, sheet, choice, part.name)
        except FileProblem as problem:
            first_problem = first_problem or problem
    raise first_problem or faults.no_sheets(path)


def _header(path: Path, source: Source, choice: ReadingChoice, sheet: str) -> tuple[int, tuple[Column, ...]]:
    """The header's row number and the columns, from the first rows. Raises FileProblem without them."""
    wanted = choice.header_row
    content: list[Row] = []
    for row in source.rows():
        if row.number == wanted or not (row.blank and not row.marks.unstored):
            content.append(row)
        if len(content) >= _PREVIEWED and (wanted is None or row.number > wanted):
            break
    if not content:
        raise faults.no_content(path, sheet)
    if wanted is None:
        index = find_header(content)
        if index is None:
            raise faults.no_header(path, content[0].number)
    else:
        index = next((i for i, row in enumerate(content) if row.number == wanted and not row.blank), None)
        if index is None:
            raise faults.header_row_empty(wanted)
    named, below = content[index], content[index + 1 :]
    if not below:
        raise faults.only_a_header(path, named.number)
    width = max(_filled_width(row) for row in (named, *below))
    return named.number, name_columns(named.cells, width, source.hidden_columns)


def _filled_width(row: Row) -> int:
    """How many columns the row reaches, counting formulas whose value is missing."""
    reach = max((i + 1 for i, text in enumerate(row.cells) if text.strip()), default=0)
    return max(reach, max(row.marks.unstored, default=-1) + 1)


def _fingerprint(stream: BinaryIO) -> str:
    digest = hashlib.sha256()
    while chunk := stream.read(1 << 20):
        digest.update(chunk)
    return digest.hexdigest()


def _stamp(path: Path) -> _Stamp:
    """Size and time of change, by which a changed file is noticed."""
    try:
        found = path.stat()
    except FileNotFoundError as error:
        raise faults.missing(path) from error
    except (OSError, ValueError) as error:
        raise faults.unreadable(path, OSError(str(error))) from error
    return found.st_size, found.st_mtime_ns
