"""What contacts leave behind, so that those who share a key are found without reading all of them again.

Knows key values and checksums; refuses to say who is whose duplicate, as two texts may share a checksum.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from zlib import crc32

from app.contacts.contact import Value
from app.contacts.duplicates import same_text

_MARKS = 1 << 22  # bytes, a bit for each beginning of a checksum: memory stays flat
_DROPPED = 7  # bits of a checksum that have no part in its beginning


class Traces:
    """The checksums of the keys of contacts to send, whose rows are from `first` to `last`: four bytes a row
    and key. Travels between processes."""

    def __init__(self, keys: Sequence[str], first: int, last: int) -> None:
        self._first = first
        # Of each key, row by row; 0 where there is none.
        self._keys = tuple((key, array("I", bytes(4 * (last - first + 1)))) for key in keys)

    def leave(self, row: int, values: Mapping[str, Value]) -> None:
        """Note the keys of a contact to send."""
        for key, checksums in self._keys:
            value = values.get(key)
            if value:
                text = value.casefold() if value.__class__ is str else same_text(value)
                written = text.encode() if text.isascii() else text.encode("utf-8", "surrogatepass")
                checksums[row - self._first] = crc32(written) or 1

    def by_key(self) -> Iterator[tuple[int, array[int]]]:
        """(first row, checksums row by row) of each key."""
        for _, checksums in self._keys:
            yield self._first, checksums


def rows_that_may_meet(several: Iterable[Traces]) -> array[int]:
    """The rows, in order, of all who share a key with somebody else, and of a few who do not; `several` were
    left for the same keys."""
    found: set[int] = set()
    for of_key in zip(*(one.by_key() for one in several), strict=True):
        often = _beginnings_met_again(of_key)
        rows: defaultdict[int, list[int]] = defaultdict(list)
        for first, checksums in of_key if often else ():
            for row, checksum in enumerate(checksums, first):
                if checksum >> _DROPPED in often and checksum:
                    rows[checksum].append(row)
        found.update(row for alike in rows.values() if len(alike) > 1 for row in alike)
    return array("Q", sorted(found))


def _beginnings_met_again(of_key: Iterable[tuple[int, array[int]]]) -> set[int]:
    """The beginnings of checksums that come more than once."""
    marks, again = bytearray(_MARKS), set[int]()
    for _, checksums in of_key:
        for checksum in filter(None, checksums):
            start = checksum >> _DROPPED
            place, bit = start >> 3, 1 << (start & 7)
            if marks[place] & bit:
                again.add(start)
            else:
                marks[place] |= bit
    return again
