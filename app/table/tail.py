"""What a sheet of an .xlsx says after its rows: the merged cells, and whether a filter hides rows.

It searches the markup for the few elements it knows, and reads no cell.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import IO

from app.table.markup import CHUNK

_TELLING = re.compile(rb'<(?:\w+:)?(?:mergeCell\s[^>]*?ref="([A-Z0-9:$]+)"|(filterColumn)[\s>])')
_REACH = 512  # no element we look for is longer
MOST_MERGED = 200_000
_RANGE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7})")


@dataclass(frozen=True, slots=True)
class MergedRange:
    """Cells shown as one: rows as Excel numbers them, columns by 0-based position, ends included."""

    first_row: int
    last_row: int
    first_column: int
    last_column: int


@dataclass(frozen=True, slots=True)
class Tail:
    """`filtered` is True where a filter is set on a column; the rows it hides are marked on the rows."""

    merged: tuple[MergedRange, ...] = ()
    filtered: bool = False


def tail_of(stream: IO[bytes], begun: bytes) -> Tail:
    """The tail, from what stands after the rows: what was `begun`, and the rest of the stream."""
    merged: list[MergedRange] = []
    filtered = False
    for match in _found(stream, begun):
        if match[2]:
            filtered = True
        elif len(merged) < MOST_MERGED:
            merged += ranges_of([match[1].decode()])
    return Tail(tuple(merged), filtered)


def after_rows(stream: IO[bytes], closing: bytes) -> bytes:
    """Read on to `closing` (such as b"</sheetData>"); what was read beyond it, b"" at the end."""
    kept = b""
    while chunk := stream.read(CHUNK):
        buffer = kept + chunk
        place = buffer.find(closing)
        if place >= 0:
            return buffer[place:]
        kept = buffer[-len(closing) :]
    return b""


def ranges_of(references: Iterable[str]) -> list[MergedRange]:
    """The ranges written as `B2:C4`; what is written otherwise is left out."""
    ranges = []
    for reference in references:
        match = _RANGE.fullmatch(reference)
        if match is not None:
            rows, columns = (
                sorted((int(match[2]), int(match[4]))),
                sorted((_place(match[1]), _place(match[3]))),
            )
            ranges.append(MergedRange(*rows, *columns))
    return ranges


def _found(stream: IO[bytes], begun: bytes) -> Iterator[re.Match[bytes]]:
    buffer, seen = begun, 0
    while True:
        for match in _TELLING.finditer(buffer, seen):
            seen = match.end()
            yield match
        chunk = stream.read(CHUNK)
        if not chunk:
            return
        kept = max(seen, len(buffer) - _REACH)
        buffer, seen = buffer[kept:] + chunk, 0


def _place(letters: str) -> int:
    place = 0
    for letter in letters:
        place = place * 26 + ord(letter) - 64
    return place - 1
