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
from tests.upload.strange_server import Exchange, strange_server
from tests.upload.test_strange_answers import COUNT, WAYS, held, told
from tests.upload.test_strange_answers import upload as uploaded
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


def miscounted(exchange: Exchange) -> None:
    """Everybody is created, and the answer counts too few."""
    exchange.act()
    exchange.say(told("200 OK", b'{"replyCode":0,"replyText":"OK","data":{"ids":[1],"errors":[]}}'))


def test_whom_an_answer_leaves_unsure_is_asked_for_again_where_that_is_harmless(tmp_path: Path) -> None:
    with strange_server("emarsys", miscounted, range(1)) as server:
        found = uploaded(tmp_path / "l", server, WAYS["emarsys"])
        assert len(found.good) == COUNT
        assert len(held(server)) == COUNT
        assert server.uploads == COUNT // 2 + 1
    assert found.totals.sum == COUNT


def half_told(exchange: Exchange) -> None:
    """One contact of two is refused, and of the other nothing can be told."""
    errors = b'{"+%s":{"2004":"Bad"}}' % phone(2).removeprefix("+").encode()
    exchange.act()
    exchange.say(told("200 OK", b'{"replyCode":0,"replyText":"OK","data":{"ids":[],"errors":%s}}' % errors))


def test_only_the_unsure_ones_of_an_answer_are_asked_for_again(tmp_path: Path) -> None:
    with strange_server("emarsys", half_told, range(1)) as server:
        found = uploaded(tmp_path / "l", server, WAYS["emarsys"])
    assert (found.totals.refused, found.totals.unsure, len(found.good)) == (1, 0, COUNT - 1)
    assert server.taken[phone(2).removeprefix("+").encode()] == 1
    assert server.taken[phone(3).removeprefix("+").encode()] == 2


def test_a_refusal_of_a_batch_in_doubt_does_not_end_the_doubt(tmp_path: Path) -> None:
    """It arrived, its answer was lost; then it is refused as a whole: those in it are known."""
    refusal = told("400 Bad Request", b'{"replyCode":2010,"replyText":"No","data":""}')

    def lost_and_refused(exchange: Exchange) -> None:
        if server.uploads == 1:
            exchange.act()
        else:
            exchange.say(refusal)

    with strange_server("emarsys", lost_and_refused, range(2)) as server:
        found = uploaded(tmp_path / "l", server, WAYS["emarsys"])
        assert held(server) == found.good
    assert found.totals.refused == 0


def test_an_estimate_begins_anew_after_the_computer_slept() -> None:
    estimate = Estimate()
    for second in range(0, 61, 10):
        estimate.note(float(second), second * 0.005)
    assert estimate.remaining() is not None
    estimate.note(60.0 + 8 * 3600, 0.31)  # the next morning
    assert estimate.remaining() is None
    estimate.note(90.0 + 8 * 3600, 0.46)
    remaining = estimate.remaining()
    assert remaining is not None
    assert remaining.high < 200
