"""Reads the records of a text file with columns (.csv): delimiter by consistency, records with line numbers.

It knows quotes, delimiters and line ends, and nothing of headers or columns' names.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count, islice
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from app.table import faults
from app.table.encodings import Evidence, codec
from app.table.shape import MOST_BLANK_TOGETHER, NO_MARKS, Marks, Row
from app.table.tail import MergedRange

if TYPE_CHECKING:
    import _csv

DELIMITERS = (",", ";", "\t", "|")
_SAMPLE = 1 << 16
_TOGETHER = 256
_NO_DELIMITER = "\x1f"


@dataclass(frozen=True, slots=True)
class Dialect:
    """How the columns are separated: `delimiter` is "" for a single column."""

    delimiter: str
    width: int
    skip_space: bool
    declared: bool  # by a first line such as "sep=;"


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
            sample = text.read(_SAMPLE)
        self.dialect = _dialect(sample, delimiter)

    def merged(self) -> tuple[MergedRange, ...]:
        """Text has none."""
        return ()

    def rows(self, width: int | None = None) -> Iterator[Row]:
        """All records in order; blank ones only where something follows them. Raises FileProblem on damage.

        With a `width`, every row has exactly that many cells.
        """
        self.blank_beyond = beyond = 0
        blank: list[int] = []
        for row in self._numbered(width):
            if any(map(str.strip, row.cells)) or row.marks is not NO_MARKS:
                for number in blank:
                    yield Row(number, ("",) * (width or 0))
                self.blank_beyond += beyond
                beyond = 0
                blank.clear()
                yield row
            elif len(blank) < MOST_BLANK_TOGETHER:
                blank.append(row.number)
            else:
                beyond += 1

    def _numbered(self, width: int | None) -> Iterator[Row]:
        """All records, many at once, and one by one from where a quotation mark may not be what it seems."""
        done = 2 if self.dialect.declared else 1
        try:
            for start, records in self._together(done):
                for number, cells in zip(count(start), records, strict=False):
                    yield Row(number, tuple(cells)) if len(cells) == width else _row(number, cells, width)
                done = start + len(records)
        except _OneByOne:
            for row in self._one_by_one(width):
                if row.number >= done:
                    yield row

    def _together(self, start: int) -> Iterator[tuple[int, list[list[str]]]]:
        """Records of one line each, and the line on which the first of them starts. Raises _OneByOne."""
        with self._opened() as (stream, text):
            for _ in range(start - 1):
                text.readline()
            lines = _Lines(text)
            reader = self._reader(lines if self._oddities else text)
            while True:
                try:
                    records = list(islice(reader, _TOGETHER))
                except csv.Error as error:
                    raise _OneByOne from error
                if not records:
                    if self._quotes and "unexpected end of data" in self._complaint(start - 1, start):
                        raise _OneByOne
                    return
                if reader.line_num + 1 != start + len(records) - self.dialect.declared:
                    raise _OneByOne
                if lines.wrapped:
                    records = [[_unwrapped(cell) for cell in cells] for cells in records]
                self.eaten = stream.tell()
                yield start, records
                start += len(records)

    def _one_by_one(self, width: int | None) -> Iterator[Row]:
        skipped = 1 if self.dialect.declared else 0
        start = ended = skipped + 1
        suspect = 0
        with self._opened() as (stream, text):
            if skipped:
                text.readline()
            lines = _Lines(text)
            reader = self._reader(lines if self._oddities else text)
            try:
                for cells in reader:
                    after = reader.line_num + skipped + 1
                    if after > start + 1:
                        suspect = suspect or self._doubt(cells, start, after)
                    if lines.wrapped:
                        cells = [_unwrapped(cell) for cell in cells]
                    if not start & 255:
                        self.eaten = stream.tell()
                    yield _row(start, cells, width)
                    start, ended = after, start
            except csv.Error as error:
                if reader.line_num + skipped > start:
                    raise faults.lone_quote(self.path, suspect or start) from error
                raise faults.cell_too_long(self.path, start) from error
        if self._quotes and "unexpected end of data" in self._complaint(ended, start):
            raise faults.lone_quote(self.path, suspect or ended)

    def _reader(self, lines: Iterable[str]) -> _csv.Reader:
        separator = self.dialect.delimiter or _NO_DELIMITER
        return csv.reader(lines, delimiter=separator, skipinitialspace=self.dialect.skip_space)

    def _doubt(self, cells: list[str], start: int, after: int) -> int:
        """The line of a record over several lines if it does not fit the list, else 0.

        Raises FileProblem where it has clearly swallowed others: its quotation mark was never meant to open.
        """
        fits = len(cells) == self.dialect.width
        if _swallowed(cells, self.dialect) and not (fits and not self._complaint(start, after)):
            raise faults.lone_quote(self.path, start)
        return 0 if fits else start

    def _complaint(self, start: int, after: int) -> str:
        """What a strict parser says about the record on the lines from `start` up to `after`."""
        with self._opened() as (_, text):
            try:
                separator = self.dialect.delimiter or _NO_DELIMITER
                for _ in csv.reader(islice(text, start - 1, after - 1), delimiter=separator, strict=True):
                    pass
            except csv.Error as error:
                return str(error)
        return ""

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

    def __init__(self, text: io.TextIOWrapper) -> None:
        self._text = text
        self.wrapped = False

    def __iter__(self) -> Iterator[str]:
        for line in self._text:
            if "\0" in line or "\x1a" in line:
                line = line.replace("\0", "").replace("\x1a", "")
            if '="' in line:
                self.wrapped = True
            yield line


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


def _swallowed(cells: list[str], dialect: Dialect) -> bool:
    """True where a cell holds a whole line of the list: its quotation mark was never meant to open."""
    if dialect.width < 3:
        return False
    return any(
        line.count(dialect.delimiter) >= dialect.width - 1
        for cell in cells
        if "\n" in cell or "\r" in cell
        for line in cell.splitlines()[1:]
    )


def _dialect(sample: str, delimiter: str | None) -> Dialect:
    """The delimiter under which most records are equally wide, unless the file or the user says which."""
    first, _, rest = sample.partition("\n")
    first = first.strip('\ufeff\r "').lower() if len(first) < 12 else ""
    declared = first.startswith("sep=") and len(first) <= 5
    if declared and delimiter is None:
        delimiter = sample.strip('\ufeff "')[4:5].strip("\r\n") or None
    body = rest if declared else sample
    if delimiter is None:
        delimiter = max(DELIMITERS, key=lambda each: _consistency(body, each))
        if _consistency(body, delimiter) <= (0.0, 0):
            delimiter = ""
    width = Counter(len(record) for record in _parsed(body, delimiter) if record).most_common(1)
    skip_space = bool(delimiter) and f'{delimiter} "' in body
    return Dialect(delimiter, width[0][0] if width else 1, skip_space, declared)


def _consistency(sample: str, delimiter: str) -> tuple[float, int]:
    """The share of records that have the usual width, and that width; nothing for a width of one."""
    records = [record for record in _parsed(sample, delimiter) if any(record)]
    widths = Counter(len(record) for record in records if len(record) > 1)
    if not widths:
        return 0.0, 0
    width, count = max(widths.items(), key=lambda item: (item[1], item[0]))
    share = count / len(records)
    return (share if len(records[0]) == width else share * 0.8), width


def _parsed(sample: str, delimiter: str) -> list[list[str]]:
    """The records of the sample, its cut-off last line left out; as far as quotes allow."""
    lines = sample.replace("\0", "").splitlines(keepends=True)
    if len(sample) >= _SAMPLE and len(lines) > 1:
        lines.pop()
    records: list[list[str]] = []
    try:
        records.extend(csv.reader(lines, delimiter=delimiter or _NO_DELIMITER))
    except csv.Error:
        return records
    return records
