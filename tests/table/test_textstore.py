"""Texts come back by index, wherever they are kept."""

from __future__ import annotations

import random
from contextlib import closing

import pytest

from app.table.textstore import AT_HAND, TextStore


def test_texts_beyond_what_is_at_hand_come_back_in_any_order() -> None:
    chance = random.Random(3)
    texts = [f"{n} Zoë " + "x" * chance.choice((0, 3, 40, 500)) for n in range(60_000)]
    texts[50_000] = "y" * 100_000
    with closing(TextStore()) as store:
        _try(store, texts, chance)


def _try(store: TextStore, texts: list[str], chance: random.Random) -> None:
    for start in range(0, len(texts), 700):
        store.extend(texts[start : start + 700])
        near = min(start + 699, len(texts) - 1)
        assert store[near] == texts[near]
    assert sum(map(len, texts)) > AT_HAND
    order = list(range(len(texts)))
    assert [store[index] for index in order] == texts
    chance.shuffle(order)
    assert all(store[index] == texts[index] for index in order)


def test_what_was_not_added_is_not_there() -> None:
    with pytest.raises(IndexError):
        TextStore()[0]


@pytest.mark.parametrize("count", [255, 256, 257, 2_000])
def test_each_text_is_there_as_soon_as_it_is_added_and_no_other(count: int) -> None:
    with closing(TextStore()) as store:
        store.extend(["x" * AT_HAND])  # all others go to the file
        for number in range(count):
            store.extend([f"{number} è"])
            assert store[number + 1] == f"{number} è"
        assert len(store) == count + 1
        assert [store[index] for index in range(1, count + 1)] == [f"{n} è" for n in range(count)]
        for missing in (-1, count + 1, count + 300, count + 10_000):
            with pytest.raises(IndexError):
                store[missing]
