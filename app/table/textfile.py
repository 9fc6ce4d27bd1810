"""Reads the records of a text file with columns (.csv), with the numbers of their lines.

It knows quotes and line ends, and nothing of headers or columns' names. Most lines are split by `splitting`;
csv.reader gets those that need a parser, and from the first record over several lines on each one is looked
at, because its quotation mark may never have been meant to open.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice, tee
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from app.table import faults
from app.table.dialects import NO_DELIMITER, SAMPLE, bare_line, dialect_of
from app.table.encodings import Evidence, codec
from app.table.packing import Run, packed, rows_of, run_of, unpacked
from app.table.quotes import UNFINISHED, complaint, open_ended, swallowed, welded
from app.table.shape import MOST_BLANK_TOGETHER, NO_MARKS, Marks, Row
from app.table.splitting import split
from app.table.tail import MergedRange

if TYPE_CHECKING:
    import _csv

_CHUNK = 1 << 16


class TextFile:
    """The records of one text file; can be read any number of times."""

    def __init__(
        self, path: Path, encoding: str, delimiter: str | None, evidence: Evidence, size: int
    ) -> None:
        """Raises FileProblem where the text can't be decoded at all."""
        self.path = path
        self.gaps = False
        self.eaten = 0
        self._quotes, self._oddities = evidence.quotes, evidence.oddities
        self.hidden_columns: frozenset[int] = frozenset()
        self.filtered = False
        self.blank_beyond = 0
        self.size: int | None = size
        self.encoding = encoding
        with self._opened() as (_, text):
            sample = text.read(SAMPLE)
        self.dialect = dialect_of(sample, delimiter)

    def merged(self) -> tuple[MergedRange, ...]:
        """Text has none."""
        return ()

    def rows(self, width: int | None = None) -> Iterator[Row]:
        """All records in order; blank ones only where something follows them. Raises FileProblem on damage.

        With a `width`, every row has exactly that many cells.
        """
        return rows_of(self.runs(width) if width else self._settled(self._one_by_one(None), 0))

    def runs(self, width: int) -> Iterator[Run | Row]:
        """The same, most of them many at a time."""
        return self._settled(self._quickly(width), width)

    def _settled(self, runs: Iterable[Run | Row], width: int) -> Iterator[Run | Row]:
        """Without the blank rows that nothing follows."""
        self.blank_beyond = beyond = 0
        blank: list[int] = []
        for each in runs:
            if isinstance(each, Run) or not each.blank or each.marks is not NO_MARKS:
                for number in blank:
                    yield Row(number, ("",) * width)
                self.blank_beyond += beyond
                beyond = 0
                blank.clear()
                yield each
            elif len(blank) < MOST_BLANK_TOGETHER:
                blank.append(each.number)
            else:
                beyond += 1

    def _quickly(self, width: int) -> Iterator[Run | Row]:
        """All records, many at once, and one by one from where a quotation mark may not be what it seems."""
        start = 2 if self.dialect.declared else 1
        try:
            for text in self._texts(start - 1):
                records = self._split(text)
                run = run_of(start, records, width)
                if run is not None:
                    yield run
                    start += run.size
                    continue
                for cells in unpacked(records):
                    yield _row(start, cells, width)
                    start += 1
        except _OneByOne:
            for row in self._one_by_one(width):
                if row.number >= start:
                    yield row

    def _texts(self, skipped: int) -> Iterator[bytes]:
        """The text in UTF-8 from the line after the first `skipped` ones on, whole lines at a time."""
        rest = b""
        for data in self._in_utf8():
            rest += data
            if skipped and b"\n" in rest:
                rest, skipped = rest.partition(b"\n")[2], 0
            end = rest.rfind(b"\n") + 1
            # A carriage return at the very end may be half of a line's end.
            end = end or rest.rfind(b"\r", 0, -1) + 1
            if end:
                yield _sound(rest[:end])
                rest = rest[end:]
        if rest:
            yield _sound(rest)

    def _in_utf8(self) -> Iterator[bytes]:
        with self._opened() as (stream, _):
            if codecs.lookup(self.encoding).name == "utf-8":
                if stream.read(len(codecs.BOM_UTF8)) != codecs.BOM_UTF8:
                    stream.seek(0)
                while data := stream.read(_CHUNK):
                    self.eaten = stream.tell()
                    yield data
                return
            decoder = codecs.getincrementaldecoder(self.encoding)("replace")
            while data := stream.read(_CHUNK):
                self.eaten = stream.tell()
                yield decoder.decode(data).encode()
            yield decoder.decode(b"", True).encode()

    def _split(self, text: bytes) -> bytes:
        """The packed records of whole lines, of which each is one. Raises _OneByOne where they are not."""
        if not (self._oddities or self.dialect.skip_space or self.dialect.whole_lines):
            records = split(text, (self.dialect.delimiter or NO_DELIMITER).encode())
            if records is not None:
                return records
        lines = _Lines(io.StringIO(text.decode(), newline=""), self.dialect.whole_lines)
        reader = self._reader(lines)
        try:
            parsed = list(reader)
        except csv.Error as error:
            raise _OneByOne from error
        if reader.line_num != len(parsed) or (
            self._quotes and UNFINISHED in complaint([lines.last], self.dialect)
        ):
            raise _OneByOne
        if lines.wrapped:
            parsed = [[_unwrapped(cell) for cell in cells] for cells in parsed]
        return packed(parsed)

    def _one_by_one(self, width: int | None) -> Iterator[Row]:
        skipped = 1 if self.dialect.declared else 0
        start = ended = skipped + 1
        suspect = 0
        with self._opened() as (stream, text):
            if skipped:
                text.readline()
            lines = _Lines(text, self.dialect.whole_lines)
            read, read_again = tee(lines if self._oddities or self.dialect.whole_lines else text)
            reader, behind = self._reader(read), _Behind(read_again, start)
            try:
                for cells in reader:
                    after = reader.line_num + skipped + 1
                    if after > start + 1:
                        misfit = self._misfit(cells, start, after, behind)
                        suspect = suspect or misfit
                    if lines.wrapped:
                        cells = [_unwrapped(cell) for cell in cells]
                    if not start & 255:
                        self.eaten = stream.tell()
                        behind.forget(start)
                    yield _row(start, cells, width)
                    start, ended = after, start
            except csv.Error as error:
                if reader.line_num + skipped > start:
                    raise faults.lone_quote(self.path, suspect or start) from error
                raise faults.cell_too_long(self.path, start) from error
            if self._quotes and UNFINISHED in complaint(behind.lines(ended, start), self.dialect):
                raise faults.lone_quote(self.path, suspect or ended)

    def _reader(self, lines: Iterable[str]) -> _csv.Reader:
        separator = self.dialect.delimiter or NO_DELIMITER
        return csv.reader(lines, delimiter=separator, skipinitialspace=self.dialect.skip_space)

    def _misfit(self, cells: list[str], start: int, after: int, behind: _Behind) -> int:
        """The line of a record that goes on up to the line `after`, if it does not fit the list, else 0.

        Raises FileProblem where it has swallowed others: its quotation mark was never meant to open.
        """
        width, held = self.dialect.width, open_ended(cells, self.dialect)
        fits = len(cells) == width
        if held or len(cells) > width:
            lines = behind.lines(start, after)
            if swallowed(held, self.dialect) and not (fits and not complaint(lines, self.dialect)):
                raise faults.lone_quote(self.path, start)
            if welded(held, lines, self.dialect):
                raise faults.stray_quotes(self.path, start, after - 1)
        return 0 if fits else start

    @contextmanager
    def _opened(self) -> Iterator[tuple[BinaryIO, io.TextIOWrapper]]:
        """The file as bytes (for how far we are) and as text over them. Faults become FileProblems."""
        try:
            with (
                self.path.open("rb") as stream,
                io.TextIOWrapper(stream, encoding=codec(self.encoding), errors="replace", newline="") as text,
            ):
                yield stream, text
        except UnicodeError as error:
            raise faults.wrong_encoding(self.path, self.encoding) from error
        except OSError as error:
            raise faults.unreadable(self.path, error) from error


class _OneByOne(Exception):
    """Records go over several lines, or can't be read: they need a closer look, each by itself."""


class _Lines:
    """The physical lines, cleaned of what no cell means; notes whether ="..." was among them."""

    def __init__(self, text: Iterable[str], quoted: bool) -> None:
        self._text = map(bare_line, text) if quoted else text
        self.wrapped = False
        self.last = ""

    def __iter__(self) -> Iterator[str]:
        for line in self._text:
            if "\0" in line or "\x1a" in line:
                line = line.replace("\0", "").replace("\x1a", "")
            if '="' in line:
                self.wrapped = True
            self.last = line
            yield line


class _Behind:
    """The lines of records that were read already."""

    def __init__(self, lines: Iterator[str], first: int) -> None:
        self._lines = lines
        self._next = first
        self._found: list[str] = []

    def lines(self, start: int, after: int) -> list[str]:
        """The lines from `start` up to `after`: of the record asked for last, or of one further down."""
        if after != self._next:
            self.forget(start)
            self._found = list(islice(self._lines, after - start))
            self._next = after
        return self._found

    def forget(self, start: int) -> None:
        """Let go of the lines before `start`, which will not be asked for."""
        if start > self._next:
            deque(islice(self._lines, start - self._next), 0)
            self._next = start


def _sound(text: bytes) -> bytes:
    """Text of whole lines, broken bytes replaced."""
    try:
        text.decode()
    except UnicodeDecodeError:
        return text.decode(errors="replace").encode()
    return text


def _row(number: int, cells: list[str], width: int | None) -> Row:
    if width is None or len(cells) == width:
        return Row(number, tuple(cells))
    if len(cells) < width:
        return Row(number, (*cells, *[""] * (width - len(cells))))
    surplus = sum(1 for cell in cells[width:] if cell.strip())
    return Row(number, tuple(cells[:width]), Marks(surplus=surplus) if surplus else NO_MARKS)


def _unwrapped(cell: str) -> str:
    """Programs write ="0123" so that Excel keeps the zero; the cell means 0123."""
    return cell[2:-1] if len(cell) > 2 and cell.startswith('="') and cell.endswith('"') else cell
