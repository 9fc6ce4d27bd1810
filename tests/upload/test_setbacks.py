"""What whoever waits for an upload is told when nobody can be reached."""

from __future__ import annotations

import pytest

from app.upload.setbacks import FIRST_CONNECTION_TRIES, LATER_CONNECTION_TRIES, Setbacks

WHY = {
    "ConnectError: [SSL: CERTIFICATE_VERIFY_FAILED] certificate has expired": "certificate is not trusted",
    "ConnectError: [Errno -2] Name or service not known": "address can't be found",
    "ConnectError: [Errno 111] Connection refused": "can't be reached",
}


@pytest.mark.parametrize("why", WHY)
def test_who_was_never_reached_is_not_reached_for_a_reason(why: str) -> None:
    setbacks = Setbacks()
    for _ in range(FIRST_CONNECTION_TRIES):
        assert setbacks.problem is None
        setbacks.not_connected(why, stopped=False)
    assert setbacks.problem is not None
    assert WHY[why] in setbacks.problem.title
    assert setbacks.problem.details == why


@pytest.mark.parametrize("why", [why for why in WHY if "CERTIFICATE" not in why])
def test_who_was_reached_before_is_waited_for_if_it_can_mend_itself(why: str) -> None:
    setbacks = Setbacks()
    setbacks.heard_something()
    for _ in range(LATER_CONNECTION_TRIES):
        assert setbacks.problem is None
        setbacks.not_connected(why, stopped=False)
    assert setbacks.problem is not None
    assert "can't be reached" in setbacks.problem.title  # but something was sent


def test_a_certificate_that_goes_bad_is_not_waited_for() -> None:
    bad, _, gone = WHY
    setbacks = Setbacks()
    setbacks.heard_something()
    waited = 0.0
    for why in (bad, gone, bad):
        waited += setbacks.not_connected(why, stopped=False)
        assert setbacks.problem is None
    waited += setbacks.not_connected(bad, stopped=False)
    assert setbacks.problem is not None
    assert "no longer trusted" in setbacks.problem.title  # something was sent before
    assert setbacks.problem.details == bad
    assert waited < 20.0


def test_a_certificate_that_is_good_again_starts_afresh() -> None:
    bad, *_ = WHY
    setbacks = Setbacks()
    for _ in range(10):
        setbacks.heard_something()
        setbacks.not_connected(bad, stopped=False)
        setbacks.not_connected(bad, stopped=False)
    assert setbacks.problem is None
