"""Who may share a key with whom, found from checksums that several processes brought together."""

from __future__ import annotations

import pickle
import random
from collections import Counter

from app.contacts.contact import Value
from app.contacts.traces import Traces, rows_that_may_meet

KEYS = ("email", "phone")


def left_by(*contacts: tuple[int, dict[str, Value]]) -> Traces:
    rows = [row for row, _ in contacts]
    traces = Traces(KEYS, min(rows), max(rows))
    for row, values in contacts:
        traces.leave(row, values)
    return traces


def test_those_who_share_a_key_are_found_in_order_whoever_met_them() -> None:
    one = left_by((2, {"email": "a@example.com"}), (3, {"email": "b@example.com", "phone": "+1"}))
    two = left_by((9, {"email": "A@Example.com"}), (10, {"phone": "+2"}), (11, {"phone": "+1"}))
    assert list(rows_that_may_meet([two, one])) == [2, 3, 9, 11]


def test_a_blank_key_is_shared_by_nobody() -> None:
    assert not rows_that_may_meet([left_by((2, {}), (3, {"email": ""}), (4, {"phone": ()}))])


def test_one_value_in_two_fields_is_no_key_that_two_share() -> None:
    assert not rows_that_may_meet([left_by((2, {"email": "x"}), (3, {"phone": "x"}))])


def test_any_text_leaves_a_trace() -> None:
    odd = "\ud800"
    assert list(rows_that_may_meet([left_by((2, {"email": odd}), (3, {"email": odd}))])) == [2, 3]
    both: tuple[str, ...] = ("a", "b")
    assert list(rows_that_may_meet([left_by((2, {"email": both}), (3, {"email": both}))])) == [2, 3]


def test_nobody_who_shares_a_key_is_missed_among_many() -> None:
    chance = random.Random(7)
    contacts: list[tuple[int, dict[str, Value]]] = [
        (row, {"email": f"p{chance.randrange(20_000)}@example.com", "phone": f"+39{row % 9_973}"})
        for row in range(2, 12_002)
    ]
    together = [left_by(*contacts[:5_000]), left_by(*contacts[5_000:])]
    travelled = pickle.loads(pickle.dumps(together))
    often = [Counter(values[key] for _, values in contacts) for key in KEYS]
    sharing = [
        row for row, values in contacts if any(often[at][values[key]] > 1 for at, key in enumerate(KEYS))
    ]
    found = rows_that_may_meet(travelled)
    assert set(sharing) <= set(found)
    assert len(found) < len(sharing) + 20
    assert list(found) == sorted(found)
