"""The table of a batch's states says what the theory above it says."""

from __future__ import annotations

import pytest

from app.ledger.batches import BatchState
from app.upload.states import NEXT, Event, ImpossibleMove, after


def test_every_state_survives_a_restart() -> None:
    assert all(Event.RESTART in NEXT[state] for state in BatchState)


def test_what_was_in_flight_is_unsure_after_a_restart() -> None:
    assert after(BatchState.SENT, Event.RESTART) is BatchState.UNSURE


def test_an_answered_batch_is_never_sent_again() -> None:
    with pytest.raises(ImpossibleMove):
        after(BatchState.ANSWERED, Event.WE_SEND)


@pytest.mark.parametrize("event", [Event.TOLD_TO_WAIT, Event.TOLD_TO_STOP])
def test_a_refusal_to_listen_settles_no_doubt(event: Event) -> None:
    assert after(BatchState.SENT, event) is BatchState.PLANNED
    assert after(BatchState.SENT, event, doubt=True) is BatchState.UNSURE


@pytest.mark.parametrize("event", [Event.ANSWERED, Event.TOLD_TO_WAIT, Event.TOLD_TO_STOP, Event.NO_ANSWER])
def test_nothing_is_heard_about_a_batch_that_was_not_sent(event: Event) -> None:
    with pytest.raises(ImpossibleMove):
        after(BatchState.PLANNED, event)
