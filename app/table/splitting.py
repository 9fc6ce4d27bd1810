"""Splits whole lines of a text file into packed records without looking at each character in turn.

It accounts for every quotation mark it meets, and leaves what needs a parser to one. Numbers of lines, widths
and headers are not known here.
"""

from __future__ import annotations

from collections.abc import Sequence
from operator import itemgetter

from app.table.packing import CELL_BYTE, ESCAPE_BYTE, ROW_BYTE

_LONGEST = 1 << 17


def split(text: bytes, delimiter: bytes) -> bytes | None:
    """The packed records of `text` (UTF-8), one a line; None where one may be more or less than its line.

    A quotation mark is one that csv.reader would take off only if it stands at the beginning or the end of a
    cell, and the cell holds no other and no line end.
    """
    if CELL_BYTE in text or ROW_BYTE in text or ESCAPE_BYTE in text:
        return None
    pieces = text.split(b'"')
    if len(pieces) == 1:
        whole = _outside(text, delimiter)
    elif len(pieces) % 2:
        inside = b"".join(pieces[1::2])
        if b"\n" in inside or b"\r" in inside or not _stand_alone(pieces[::2], delimiter):
            return None
        pieces[::2] = _outside(b'"'.join(pieces[::2]), delimiter).split(b'"')
        whole = b"".join(pieces)
    else:
        return None
    if len(whole) >= _LONGEST and max(map(len, whole.split(ROW_BYTE))) >= _LONGEST:
        return None
    # Without a line end behind it, an empty cell in quotation marks is a record all the same.
    return whole.removesuffix(ROW_BYTE) if text.endswith((b"\n", b"\r")) else whole


def _stand_alone(outside: Sequence[bytes], delimiter: bytes) -> bool:
    """Whether between what stands outside of quotation marks there are whole cells."""
    ends, first, last = b"\r\n" + delimiter, outside[0], outside[-1]
    if (first and first[-1] not in ends) or (last and last[0] not in ends):
        return False
    try:
        before = set(map(itemgetter(-1), outside[1:-1]))
        after = set(map(itemgetter(0), outside[1:-1]))
    except IndexError:  # nothing between two of them: one quotation mark inside a cell, written twice
        return False
    return before | after <= set(ends)


def _outside(text: bytes, delimiter: bytes) -> bytes:
    text = text.replace(delimiter, CELL_BYTE).replace(b"\r\n", ROW_BYTE)
    if b"\n" in text:
        text = text.replace(b"\n", ROW_BYTE)
    return text.replace(b"\r", ROW_BYTE) if b"\r" in text else text
