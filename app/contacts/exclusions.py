"""A do-not-contact list as hashes: whether an e-mail address or a phone number stands in it.

Knows cleaned values; refuses to keep the addresses and numbers themselves, and to know what follows.

Numbers that name no country are known by their digits alone, whatever country an import is said to be of: who
must not be contacted stays so when that is changed, at the price that somebody abroad with the same digits is
left out too.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import blake2b

from app.contacts.dialling import home_digits, home_forms

_HEAD = 3  # numbers in front of the hashes


@dataclass(frozen=True, slots=True)
class Exclusions:
    """The people to leave out. `packed` holds 64-bit numbers: how many addresses and numbers there are, how
    many of the hashes are digits without a country, how many filled cells were not understood; and the sorted
    hashes."""

    packed: bytes = b""
    _hashes: memoryview = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_hashes", memoryview(self.packed).cast("Q"))

    @classmethod
    def of(cls, values: Iterable[int], home: Iterable[int], not_understood: int) -> Exclusions:
        """Of the hashes of values, which are counted if there are any, and of digits without a country."""
        known, at_home = set(values), set(home)
        head = (len(known) or len(at_home), len(at_home), not_understood)
        return cls(array("Q", (*head, *sorted(known | at_home))).tobytes())

    @property
    def not_understood(self) -> int:
        """How many cells, where addresses and numbers stand, held something else."""
        return self._hashes[2] if self.packed else 0

    def __len__(self) -> int:
        return self._hashes[0] if self.packed else 0

    def __contains__(self, value: str) -> bool:
        """Whether a cleaned address or number is that of somebody to leave out."""
        if self._has(hashed(value)):
            return True
        if value[:1] != "+" or "@" in value or not self.packed or not self._hashes[1]:
            return False
        return any(self._has(hashed_at_home(digits)) for digits in home_forms(value))

    def holds_digits(self, text: str) -> bool:
        """Whether a number that could not be read, as it is written, is that of somebody to leave out."""
        return any(self._has(hashed_at_home(digits)) for digits in home_digits(text))

    def _has(self, wanted: int) -> bool:
        place = bisect_left(self._hashes, wanted, _HEAD) if self.packed else 0
        return _HEAD <= place < len(self._hashes) and self._hashes[place] == wanted

    def __reduce__(self) -> tuple[type[Exclusions], tuple[bytes]]:
        return (Exclusions, (self.packed,))


def hashed(value: str) -> int:
    """Of a cleaned address or number; the same in every process, unlike hash()."""
    return int.from_bytes(blake2b(value.casefold().encode("utf-8", "replace"), digest_size=8).digest())


def hashed_at_home(digits: str) -> int:
    """Of digits that name no country, as dialling gives them."""
    return hashed(f"at home {digits}")
