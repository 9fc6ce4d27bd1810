"""How an upload stands once the user has said who of the unsure has arrived."""

from __future__ import annotations

import pytest

from app.ledger.outcomes import OutcomeTotals
from app.problems import Problem
from app.upload.telling import Ending, UploadEnd

WRONG = Problem("The provider does not answer properly.", "Wait a while.")


@pytest.mark.parametrize("ending", Ending)
def test_where_all_have_arrived_nothing_is_left_to_do(ending: Ending) -> None:
    end = UploadEnd(ending, OutcomeTotals(accepted=1, unsure=2), WRONG if ending is Ending.PROBLEM else None)
    settled = end.settled(OutcomeTotals(accepted=3))
    assert (settled.ending, settled.problem) == (Ending.FINISHED, None)


def test_who_has_not_arrived_waits_to_be_sent() -> None:
    end = UploadEnd(Ending.FINISHED, OutcomeTotals(accepted=1, unsure=2))
    assert end.settled(OutcomeTotals(accepted=1, not_sent=2)).ending is Ending.PAUSED


def test_what_stood_in_the_way_stands_until_all_is_settled() -> None:
    end = UploadEnd(Ending.PROBLEM, OutcomeTotals(unsure=2, not_sent=1), WRONG)
    settled = end.settled(OutcomeTotals(accepted=2, not_sent=1))
    assert (settled.ending, settled.problem) == (Ending.PROBLEM, WRONG)


def test_who_waits_for_the_next_step_is_not_forgotten_when_others_are_settled() -> None:
    end = UploadEnd(Ending.STOPPED, OutcomeTotals(unsure=2, not_sent=3), halfway=3)
    assert not end.nothing_sent
    assert not end.settled(OutcomeTotals(not_sent=5), 3).nothing_sent
    assert UploadEnd(Ending.STOPPED, OutcomeTotals(not_sent=5)).nothing_sent
