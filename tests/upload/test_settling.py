"""Dividing has a bound; the user settles what nobody else can; the estimate speaks only when it knows."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.ledger.ledger import Ledger
from app.ledger.outcomes import OutcomeTotals
from app.practice.faults import HangUp
from app.report import reason_of
from app.upload.estimate import Estimate
from app.upload.settling import in_doubt, settle
from app.upload.states import ImpossibleMove
from app.upload.upload import UploadProgress
from tests.upload.scene import known, ledger_with, options_of, phone, practice, run
from tests.upload.test_upload import failing


def bad_groups(row: int) -> dict[str, str]:
    return {"phoneNumber": phone(row), "groupIds": "no-such-group"}


def test_dividing_has_a_bound_and_its_cost_is_told(tmp_path: Path) -> None:
    provider = known("smsend")
    seen: list[UploadProgress] = []
    with practice() as server, ledger_with(tmp_path / "l", 200, bad_groups) as ledger:
        end = run(ledger, server, provider, options_of(provider), seen.append)
        requests = server.rooms["smsend"].requests
        together = [one for one in ledger.outcomes.reasons() if one.outcome.code == "upload.together"]
    assert end.totals == OutcomeTotals(refused=200)
    assert seen[-1].extra_requests == 64  # 4 culprits: 2 * 4 * log2(200), rounded up
    assert requests <= seen[-1].extra_requests + 5
    assert together
    assert "together" in reason_of(provider, together[0].outcome)[0]


def doubtful(path: Path) -> tuple[Ledger, OutcomeTotals]:
    provider = known("smsend")
    options = options_of(provider, updateExistingContact=False)
    with practice() as server:
        ledger = ledger_with(path, 3, lambda row: {"phoneNumber": phone(row)})
        server.fault = failing(HangUp(acted=True), 1)
        return ledger, run(ledger, server, provider, options).totals


@pytest.mark.parametrize("arrived", [True, False])
def test_the_user_settles_what_nobody_else_can(arrived: bool, tmp_path: Path) -> None:
    provider = known("smsend")
    options = options_of(provider, updateExistingContact=False)
    ledger, totals = doubtful(tmp_path / "l")
    assert totals == OutcomeTotals(unsure=3)
    (batch,) = in_doubt(ledger, provider.steps(options))
    settle(ledger, batch, arrived)
    assert in_doubt(ledger, provider.steps(options)) == ()
    with practice() as server, ledger:
        end = run(ledger, server, provider, options)
        assert len(server.rooms["smsend"].contacts()) == (0 if arrived else 3)
    assert end.totals == OutcomeTotals(accepted=3)


def test_what_is_settled_is_not_settled_again(tmp_path: Path) -> None:
    ledger, _ = doubtful(tmp_path / "l")
    options = options_of(known("smsend"), updateExistingContact=False)
    with ledger:
        (batch,) = in_doubt(ledger, known("smsend").steps(options))
        settle(ledger, batch, arrived=True)
        (answered,) = ledger.batches.in_state(type(batch.state).ANSWERED)
        with pytest.raises(ImpossibleMove):
            settle(ledger, answered, arrived=False)


def test_an_estimate_waits_until_it_means_something() -> None:
    estimate = Estimate()
    assert estimate.remaining() is None
    estimate.note(0.0, 0.0)
    estimate.note(10.0, 0.05)
    assert estimate.remaining() is None
    estimate.note(20.0, 0.08)
    assert estimate.remaining() is not None
    quick = Estimate()
    quick.note(0.0, 0.0)
    quick.note(1.0, 0.2)
    assert quick.remaining() is not None


def test_an_estimate_spans_the_recent_pace_and_the_whole_one() -> None:
    estimate = Estimate()
    for second in range(0, 101, 10):
        estimate.note(float(second), second * 0.002)  # a fifth in a hundred seconds
    for second in range(110, 201, 10):
        estimate.note(float(second), 0.2 + (second - 100) * 0.004)  # then twice as fast
    remaining = estimate.remaining()
    assert remaining is not None
    assert remaining.low == pytest.approx(0.4 / 0.004 * 0.9)
    assert remaining.high == pytest.approx(0.4 / 0.003 * 1.1)


def test_an_estimate_says_nothing_where_nothing_moves_and_starts_again_after_a_restart() -> None:
    estimate = Estimate()
    for second in range(0, 200, 10):
        estimate.note(float(second), 0.5)
    assert estimate.remaining() is None
    estimate.note(300.0, 0.1)
    assert estimate.remaining() is None
    estimate.note(330.0, 0.2)
    assert estimate.remaining() is not None
