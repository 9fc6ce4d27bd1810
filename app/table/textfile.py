"""Reads the records of a text file with columns (.csv): delimiter by consistency, records with line numbers.

It knows quotes, delimiters and line ends, and nothing of headers or columns' names.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from app.table import faults
from app.table.encodings import codec
from app.table.record import Record

DELIMITERS = (",", ";", "\t", "|")
_SAMPLE = 1 << 16
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

    def __init__(self, path: Path, encoding: str, delimiter: str | None, size: int) -> None:
        """Raises FileProblem where the text can't be decoded at all."""
        self.path = path
        self.gaps = False
        self.hidden_columns: frozenset[int] = frozenset()
        self.size: int | None = size
        self.encoding = encoding
        with self._opened() as (_, text):
            sample = text.read(_SAMPLE)
        self.dialect = _dialect(sample, delimiter)

    def records(self, width: int | None = None) -> Iterator[Record]:
        """All records in order; blank ones only where something follows them. Raises FileProblem on damage.

        With a `width`, every record has exactly that many cells.
        """
        blank: list[int] = []
        for record in self._all(width):
            if record.surplus or any(map(str.strip, record.cells)):
                for number in blank:
                    yield Record(number, ("",) * (width or 0), record.eaten)
                blank = []
                yield record
            else:
                blank.append(record.number)

    def _all(self, width: int | None) -> Iterator[Record]:
        dialect = self.dialect
        with self._opened() as (stream, text):
            offset = 1 if dialect.declared else 0
            if dialect.declared:
                text.readline()
            lines = _Lines(text)
            separator = dialect.delimiter or _NO_DELIMITER
            reader = csv.reader(lines, delimiter=separator, skipinitialspace=dialect.skip_space)
            start, suspect, eaten = offset + 1, 0, 0
            last: list[str] = []
            try:
                for cells in reader:
                    after = reader.line_num + offset + 1
                    last, lines.recent = lines.recent, []
                    if after > start + 1:
                        fits = len(cells) == dialect.width
                        suspect = suspect or (0 if fits else start)
                        if _swallowed(cells, dialect) and not (fits and _well_quoted(last, separator)):
                            raise faults.lone_quote(self.path, start)
                    if lines.odd:
                        cells = [_unwrapped(cell) for cell in cells]
                    if not start & 255:
                        eaten = stream.tell()
                    yield _record(start, cells, eaten, width)
                    start, ended = after, start
                if _unclosed(last, separator):
                    raise faults.lone_quote(self.path, suspect or ended)
            except csv.Error as error:
                if len(lines.recent) > 1:
                    raise faults.lone_quote(self.path, suspect or start) from error
                raise faults.cell_too_long(self.path, start) from error

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


class _Lines:
    """The physical lines, cleaned of what no cell means; remembers those of the record being read."""

    def __init__(self, text: io.TextIOWrapper) -> None:
        self._text = text
        self.recent: list[str] = []
        self.odd = False

    def __iter__(self) -> Iterator[str]:
        for line in self._text:
            if "\0" in line or "\x1a" in line:
                line = line.replace("\0", "").replace("\x1a", "")
            if "=" in line and '="' in line:
                self.odd = True
            self.recent.append(line)
            yield line


def _record(number: int, cells: list[str], eaten: int, width: int | None) -> Record:
    if width is None or len(cells) == width:
        return Record(number, tuple(cells), eaten)
    if len(cells) < width:
        return Record(number, (*cells, *[""] * (width - len(cells))), eaten)
    surplus = sum(1 for cell in cells[width:] if cell.strip())
    return Record(number, tuple(cells[:width]), eaten, surplus=surplus)


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


def _well_quoted(lines: list[str], delimiter: str) -> bool:
    """True where every quotation mark that closes stands before a delimiter or a line end."""
    return not _complaint(lines, delimiter)


def _unclosed(lines: list[str], delimiter: str) -> bool:
    """True where the lines of the last record end inside quotes."""
    return "unexpected end of data" in _complaint(lines, delimiter)


def _complaint(lines: list[str], delimiter: str) -> str:
    """What a strict parser says about the lines of one record; "" where it is content."""
    try:
        for _ in csv.reader(lines, delimiter=delimiter, strict=True):
            pass
    except csv.Error as error:
        return str(error)
    return ""


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
