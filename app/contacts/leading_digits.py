"""How many leading digits of a number decide whether a numbering plan's patterns match it.

Knows the few signs those patterns are written with; refuses to know what a plan or a number is, and gives
up on any sign it does not know.

Theory. Such a pattern tests digits one by one, and most of its tests are "any digit", which a text of digits
passes wherever it has one. Follow a number's digits through all patterns at once: as soon as every test that
could still be made is "any digit", the outcome (match or not, where it ends, which groups took part) is the
same for all numbers of one length that begin with the same digits. What was found for one of them holds for
all. Most numbers get there after three or four digits, a few need seven.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

_SIGNS = re.compile(r"\\d|\[(?:\d(?:-\d)?)+\]|\(\?:|\{\d+(?:,\d+)?\}|[0-9()|?$]")
_ANY_DIGIT = frozenset("0123456789")


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of a pattern: its first and its last tests, and whether a text can pass it without any."""

    first: frozenset[int]
    last: frozenset[int]
    skippable: bool


_NOTHING = _Part(frozenset(), frozenset(), True)


class LeadingDigits:
    """The tests that some patterns make, side by side."""

    def __init__(self, patterns: Iterable[str]) -> None:
        self._asks: list[frozenset[str]] = []  # by test: the digits that pass it
        self._follow: list[set[int]] = []  # by test: those that may come after it
        self._signs: list[str] = []
        self._gives_up = False
        first: set[int] = set()
        for pattern in dict.fromkeys(patterns):  # many regions of one plan share theirs
            first |= self._read(pattern).first
        self._blind_tests: dict[int, bool] = {}
        self._states: dict[frozenset[int], int] = {}
        self._members: list[frozenset[int]] = []
        self._after: list[dict[str, int]] = []
        self._blind: list[bool] = []
        self._start = self._state(frozenset(first))

    def deciding(self, digits: str, start: int = 0) -> int:
        """How many of these digits, counted from `start`, decide; all where that can't be told."""
        if self._gives_up:
            return len(digits) - start
        state = self._start
        for place in range(start, len(digits)):
            if self._blind[state]:
                return place - start
            digit = digits[place]
            after = self._after[state]
            state = after[digit] if digit in after else self._step(state, digit)
        return len(digits) - start

    def _step(self, state: int, digit: str) -> int:
        passed = [self._follow[test] for test in self._members[state] if digit in self._asks[test]]
        after = self._after[state][digit] = self._state(frozenset().union(*passed))
        return after

    def _state(self, tests: frozenset[int]) -> int:
        """The number of the state in which these tests are the next ones."""
        if tests not in self._states:
            self._states[tests] = len(self._members)
            self._members.append(tests)
            self._after.append({})
            self._blind.append(all(map(self._is_blind, tests)))
        return self._states[tests]

    def _is_blind(self, test: int) -> bool:
        """Whether this test and all that may follow it are passed by any digit."""
        if test not in self._blind_tests:
            sees_nothing = self._asks[test] == _ANY_DIGIT
            self._blind_tests[test] = sees_nothing and all(map(self._is_blind, self._follow[test]))
        return self._blind_tests[test]

    def _read(self, pattern: str) -> _Part:
        signs = _SIGNS.findall(pattern)
        self._signs = signs[::-1]
        whole = self._alternatives() if "".join(signs) == pattern else _NOTHING
        if self._signs or "".join(signs) != pattern:
            self._gives_up = True
        return whole

    def _alternatives(self) -> _Part:
        found = self._sequence()
        while self._signs and self._signs[-1] == "|":
            self._signs.pop()
            other = self._sequence()
            found = _Part(
                found.first | other.first, found.last | other.last, found.skippable or other.skippable
            )
        return found

    def _sequence(self) -> _Part:
        found = _NOTHING
        while self._signs and self._signs[-1] not in ")|":
            left = list(self._signs)
            part = self._one()
            fewest, most = self._repeated()
            after = list(self._signs)
            for time in range(most):  # each repetition has tests of its own
                if time:
                    self._signs = list(left)
                    part = self._one()
                if time >= fewest:
                    part = _Part(part.first, part.last, True)
                found = self._joined(found, part)
            self._signs = after
        return found

    def _one(self) -> _Part:
        sign = self._signs.pop()
        if sign in ("(", "(?:"):
            inside = self._alternatives()
            if self._signs:
                self._signs.pop()
            return inside
        if sign == "$":  # asks about the length only
            return _NOTHING
        self._asks.append(_digits_in(sign))
        self._follow.append(set())
        place = frozenset({len(self._asks) - 1})
        return _Part(place, place, False)

    def _joined(self, one: _Part, other: _Part) -> _Part:
        for test in one.last:
            self._follow[test] |= other.first
        return _Part(
            one.first | other.first if one.skippable else one.first,
            one.last | other.last if other.skippable else other.last,
            one.skippable and other.skippable,
        )

    def _repeated(self) -> tuple[int, int]:
        """How often the part just read is repeated at the least and at the most."""
        if not self._signs or self._signs[-1][0] not in "{?":
            return 1, 1
        sign = self._signs.pop()
        if sign == "?":
            return 0, 1
        fewest, _, most = sign[1:-1].partition(",")
        return int(fewest), int(most or fewest)


@cache
def _digits_in(sign: str) -> frozenset[str]:
    if sign == r"\d":
        return _ANY_DIGIT
    found: set[str] = set()
    for first, last in re.findall(r"(\d)(?:-(\d))?", sign):
        found.update(map(str, range(int(first), int(last or first) + 1)))
    return frozenset(found)
