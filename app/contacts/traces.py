"""What contacts leave behind, so that those who share a key are found without reading all of them again.

Knows key values and checksums; refuses to say who is whose duplicate, as two texts may share a checksum.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from zlib import crc32

from app.contacts.contact import Value
from app.contacts.duplicates import same_text

_PARTS = 64  # looked at one after another, so that memory stays flat


class Traces:
    """The checksums of the keys of contacts to send, in eight bytes a key. Travels between processes."""

    def __init__(self, keys: Sequence[str]) -> None:
        self._keys = tuple((key, _Trace()) for key in keys)

    def leave(self, row: int, values: Mapping[str, Value]) -> None:
        """Note the keys of a contact to send."""
        for key, trace in self._keys:
            value = values.get(key)
            if value:
                checksum = crc32(same_text(value).encode("utf-8", "surrogatepass"))
                part = checksum % _PARTS
                trace.checksums[part].append(checksum)
                trace.rows[part].append(row)

    @property
    def by_key(self) -> tuple[_Trace, ...]:
        return tuple(trace for _, trace in self._keys)


class _Trace:
    """The checksums of one key, and beside each its row, in parts by checksum."""

    def __init__(self) -> None:
        self.checksums = [array("I") for _ in range(_PARTS)]
        self.rows = [array("Q") for _ in range(_PARTS)]


def rows_that_may_meet(several: Iterable[Traces]) -> array[int]:
    """The rows, in order, of all who share a key with somebody else, and of a few who do not; `several` were
    left for the same keys."""
    found: set[int] = set()
    for traces in zip(*(one.by_key for one in several), strict=True):
        for part in range(_PARTS):
            checksums = [checksum for trace in traces for checksum in trace.checksums[part]]
            if len(set(checksums)) < len(checksums):
                often = {checksum for checksum, count in Counter(checksums).items() if count > 1}
                rows = [row for trace in traces for row in trace.rows[part]]
                found.update(row for row, one in zip(rows, checksums, strict=True) if one in often)
    return array("Q", sorted(found))
