"""What contacts leave behind, so that those who share a key are found without reading all of them again.

Knows key values and checksums; refuses to say who is whose duplicate, as two texts may share a checksum.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, pairwise
from zlib import crc32

from app.contacts.contact import Value
from app.contacts.duplicates import same_text

_PARTS = 64  # looked at one after another, so that memory stays flat
_ROW_BITS = 32  # no sheet is longer
_ROW = (1 << _ROW_BITS) - 1


class Traces:
    """The checksums of the keys of contacts to send, in eight bytes a key. Travels between processes."""

    def __init__(self, keys: Sequence[str]) -> None:
        # Of each key, in parts by checksum: the checksum above 32 bits of row number.
        self._keys = tuple((key, tuple(array("Q") for _ in range(_PARTS))) for key in keys)

    def leave(self, row: int, values: Mapping[str, Value]) -> None:
        """Note the keys of a contact to send."""
        for key, parts in self._keys:
            value = values.get(key)
            if value:
                text = value.casefold() if value.__class__ is str else same_text(value)
                checksum = crc32(text.encode() if text.isascii() else text.encode("utf-8", "surrogatepass"))
                parts[checksum % _PARTS].append(checksum << _ROW_BITS | row)

    @property
    def by_key(self) -> tuple[tuple[array[int], ...], ...]:
        return tuple(parts for _, parts in self._keys)


def rows_that_may_meet(several: Iterable[Traces]) -> array[int]:
    """The rows, in order, of all who share a key with somebody else, and of a few who do not; `several` were
    left for the same keys."""
    found: set[int] = set()
    for of_key in zip(*(one.by_key for one in several), strict=True):
        for parts in zip(*of_key, strict=True):
            traces = sorted(chain(*parts))
            alike = (pair for pair in pairwise(traces) if pair[0] >> _ROW_BITS == pair[1] >> _ROW_BITS)
            found.update(trace & _ROW for pair in alike for trace in pair)
    return array("Q", sorted(found))
