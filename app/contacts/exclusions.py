"""A do-not-contact list as hashes: whether an e-mail address or a phone number stands in it.

Knows cleaned values; refuses to keep the addresses and numbers themselves, and to know what follows.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import blake2b

from app.contacts.emails import EmailReader
from app.contacts.evidence import column
from app.contacts.phones import PhoneReader

_ENOUGH = 0.5  # of a column's cells must look like e-mails or phones for it to be read
SAMPLE_ROWS = 200


@dataclass(frozen=True, slots=True)
class Exclusions:
    """The people to leave out: `packed` holds the sorted 64-bit hashes of their addresses and numbers."""

    packed: bytes = b""
    _hashes: memoryview = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_hashes", memoryview(self.packed).cast("Q"))

    def __len__(self) -> int:
        return len(self._hashes)

    def __contains__(self, value: str) -> bool:
        hashed = _hashed(value)
        place = bisect_left(self._hashes, hashed)
        return place < len(self._hashes) and self._hashes[place] == hashed

    def __reduce__(self) -> tuple[type[Exclusions], tuple[bytes]]:
        return (Exclusions, (self.packed,))


class ExclusionCollector:
    """Gathers the hashes of a list's addresses and numbers, row by row.

    `sample` are its first rows, by which the columns to read are chosen; numbers without a country code
    are read as numbers of `default_country`.
    """

    def __init__(self, sample: Sequence[Sequence[str]], default_country: str) -> None:
        self._emails = EmailReader()
        self._phones = PhoneReader(default_country)
        self._hashes = array("Q")
        seen = [
            column(place, "", [row[place] for row in sample if place < len(row)])
            for place in range(max(map(len, sample), default=0))
        ]
        self.positions = tuple(
            held.position for held in seen if held.emails >= _ENOUGH or held.phones >= _ENOUGH
        )

    def add(self, cells: Sequence[str]) -> None:
        """Take what stands in one row. Never raises, whatever the texts."""
        for position in self.positions:
            text = cells[position].strip() if position < len(cells) else ""
            if not text:
                continue
            value = self._emails.read(text).address if "@" in text else self._phones.read(text).number
            if value:
                self._hashes.append(_hashed(value))

    def exclusions(self) -> Exclusions:
        """What was gathered."""
        return Exclusions(array("Q", sorted(set(self._hashes))).tobytes())


def _hashed(value: str) -> int:
    # The same in every process, unlike hash().
    return int.from_bytes(blake2b(value.casefold().encode("utf-8", "replace"), digest_size=8).digest())
