"""How many leading digits decide whether a numbering plan's pattern matches a number of a given length.

Knows the few signs those patterns are written with; refuses to know what a plan or a number is, and gives
up on any sign it does not know.

Theory. Such a pattern tests digits one by one, and most of its tests are "any digit", which a text of digits
passes wherever it has one. So if every other test is made within the first n places, the outcome (match or
not, where it ends, which groups took part) is the same for all texts of one length that begin with the same
n digits: what was found for one of them holds for all.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_SIGNS = re.compile(r"\\d|\[[0-9-]+\]|\(\?:|\{\d+(?:,\d+)?\}|[0-9()|?$]")
_ANY_DIGIT = frozenset({r"\d", "[0-9]"})


class Depth(NamedTuple):
    """`deciding`: how many leading digits are looked at closely; `longest`: how many can be matched."""

    deciding: int
    longest: int


def depth_of(pattern: str) -> Depth | None:
    """How deep a pattern looks, or None if that can't be told."""
    signs = _SIGNS.findall(pattern)
    if "".join(signs) != pattern:
        return None
    walk = _Walk(signs)
    longest = walk.alternatives(0)
    return Depth(walk.deciding, longest) if not walk.signs else None


class _Walk:
    """One way through a pattern's signs, noting the last place at which a certain digit is asked for."""

    def __init__(self, signs: list[str]) -> None:
        self.signs = signs[::-1]
        self.deciding = 0

    def alternatives(self, start: int) -> int:
        """The furthest place that one of the alternatives beginning at `start` can reach."""
        furthest = self._sequence(start)
        while self.signs and self.signs[-1] == "|":
            self.signs.pop()
            furthest = max(furthest, self._sequence(start))
        return furthest

    def _sequence(self, start: int) -> int:
        place = start
        while self.signs and self.signs[-1] not in ")|":
            sign, before = self.signs.pop(), self.deciding
            if sign in ("(", "(?:"):
                end = self.alternatives(place)
                if self.signs:
                    self.signs.pop()
            else:
                end = place + (sign != "$")
                if sign not in _ANY_DIGIT and sign != "$":
                    self.deciding = max(self.deciding, end)
            length, times = end - place, self._repeated()
            if self.deciding > before:  # asked for in the last repetition too
                self.deciding += (times - 1) * length
            place += times * length
        return place

    def _repeated(self) -> int:
        """How often the sign just read can be repeated at the most."""
        if not self.signs or self.signs[-1][0] not in "{?":
            return 1
        sign = self.signs.pop()
        return 1 if sign == "?" else int(sign[1:-1].rpartition(",")[2])
