"""Reads the records that the parts of an .xlsb workbook are made of, and the values inside them.

It knows how records, texts and packed numbers are stored ([MS-XLSB], sections 2.1.4 and 2.5), and not what
any record means.
"""

from __future__ import annotations

import struct
from collections.abc import Collection, Iterator
from typing import IO

from app.table.markup import CHUNK, Malformed

_LARGEST = 64 << 20
_LONGEST_TEXT = 1 << 16
_INTEGER = struct.Struct("<I")
_REAL = struct.Struct("<d")


def records(
    stream: IO[bytes], wanted: Collection[int], last: int | None = None
) -> Iterator[tuple[int, bytes, int]]:
    """Kind, content, and bytes eaten so far, of each record of a `wanted` kind, up to the first of kind
    `last`. Raises Malformed."""
    buffer, place, gone = b"", 0, 0
    while True:
        head = _head(buffer, place)
        if head is None or head[2] + head[1] > len(buffer):
            if head is not None and head[1] > _LARGEST:
                raise Malformed(f"a record of {head[1]} bytes")
            chunk = stream.read(max(CHUNK, head[1] if head else 0))
            if not chunk:
                if place < len(buffer):
                    raise Malformed("the part ends too early")
                return
            gone += place
            buffer, place = buffer[place:] + chunk, 0
            continue
        kind, size, start = head
        place = start + size
        if kind in wanted:
            yield kind, buffer[start:place], gone + place
        if kind == last:
            return


def _head(buffer: bytes, place: int) -> tuple[int, int, int] | None:
    """Kind, size and start of the record at `place`; None where its head is not all here."""
    try:
        kind = buffer[place]
        place += 1
        if kind & 0x80:
            kind = (kind & 0x7F) | (buffer[place] & 0x7F) << 7
            place += 1
        size = shift = 0
        while True:
            byte = buffer[place]
            place += 1
            size |= (byte & 0x7F) << shift
            shift += 7
            if not byte & 0x80 or shift == 28:
                return kind, size, place
    except IndexError:
        return None


def integer(content: bytes, place: int) -> int:
    """Four bytes without sign. Raises Malformed where they are not there."""
    try:
        found: int = _INTEGER.unpack_from(content, place)[0]
    except struct.error as error:
        raise Malformed(str(error)) from error
    return found


def real(content: bytes, place: int) -> float:
    """A number of eight bytes. Raises Malformed."""
    try:
        found: float = _REAL.unpack_from(content, place)[0]
    except struct.error as error:
        raise Malformed(str(error)) from error
    return found


def packed_number(content: bytes, place: int) -> float:
    """A number of four bytes (RkNumber): 30 bits of a whole or a real number, perhaps in hundredths."""
    bits = integer(content, place)
    if bits & 2:
        number = float((bits >> 2) - ((bits & 0x80000000) >> 1))
    else:
        number = real(b"\0\0\0\0" + _INTEGER.pack(bits & ~3), 0)
    return number / 100 if bits & 1 else number


def text(content: bytes, place: int) -> tuple[str, int]:
    """A text, and where it ends. Raises Malformed."""
    length = integer(content, place)
    if length == 0xFFFFFFFF:  # no text at all
        return "", place + 4
    end = place + 4 + 2 * length
    if length > _LONGEST_TEXT or end > len(content):
        raise Malformed(f"a text of {length} letters")
    return content[place + 4 : end].decode("utf-16-le", "replace"), end
