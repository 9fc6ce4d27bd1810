"""Waiting times are bounded, and the bucket lets through what a provider allows."""

from __future__ import annotations

from app.upload.pacing import LONGEST_WAIT, TokenBucket, wait_after


def test_waits_grow_and_stay_bounded() -> None:
    assert wait_after(1) < wait_after(4) < wait_after(7)
    assert wait_after(10_000) <= LONGEST_WAIT * 1.2


def test_without_a_known_figure_nothing_waits() -> None:
    bucket = TokenBucket(None)
    bucket.take(0.0)
    assert bucket.seconds_until_next(0.0) == 0.0


def test_a_minute_holds_no_more_than_the_allowed_requests_and_one_burst() -> None:
    bucket, now, sent = TokenBucket(600), 100.0, 0
    while now < 160.0:
        now += bucket.seconds_until_next(now)
        bucket.take(now)
        sent += 1
    assert 590 <= sent <= 612


def test_a_clock_set_back_takes_nothing_away() -> None:
    bucket = TokenBucket(60)
    bucket.seconds_until_next(10_000.0)
    assert bucket.seconds_until_next(5_000.0) == 0.0
