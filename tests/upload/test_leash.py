"""A held upload lets what is out come home; the first few contacts go out alone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from app.ledger.ledger import Ledger
from app.ledger.outcomes import OutcomeTotals
from app.practice.server import PracticeServer
from app.progress import Stop
from app.providers.contract import Provider
from app.providers.options import Options
from app.upload.leash import Leash
from app.upload.upload import Ending, Phase, Upload, UploadEnd, UploadProgress
from tests.upload.scene import Impatient, known, ledger_with, options_of, phone, practice, run, sender_to


def by_phone(row: int) -> dict[str, str]:
    return {"phone_number": phone(row)}


def by_email(row: int) -> dict[str, str]:
    return {"email": f"p{row}@example.com"}


def held(
    ledger: Ledger,
    server: PracticeServer,
    provider: Provider,
    options: Options,
    leash: Leash,
    tell: Callable[[UploadProgress], None] = lambda _: None,
) -> UploadEnd:
    stop = Stop()
    clock = Impatient(stop)
    steps = provider.steps(options)
    with sender_to(server, provider, options) as sender:
        return Upload(ledger, steps, provider.pace, sender, tell, stop, clock.now, clock.pause, leash).run()


def test_the_first_few_go_alone_and_the_rest_follows(tmp_path: Path) -> None:
    provider = known("sociocs")
    options = options_of(provider, batch_size=4)
    with practice() as server, ledger_with(tmp_path / "l", 12, by_phone) as ledger:
        end = held(ledger, server, provider, options, Leash(first=5))
        assert end == UploadEnd(Ending.PAUSED, OutcomeTotals(accepted=5, not_sent=7))
        assert len(server.rooms["sociocs"].contacts()) == 5
        end = run(ledger, server, provider, options)
        assert end == UploadEnd(Ending.FINISHED, OutcomeTotals(accepted=12))
        assert len(server.rooms["sociocs"].contacts()) == 12


def test_what_was_planned_before_a_stop_is_a_part_of_the_first_few(tmp_path: Path) -> None:
    provider = known("sociocs")
    options = options_of(provider, batch_size=2)
    with practice() as server, ledger_with(tmp_path / "l", 12, by_phone) as ledger:
        leash = Leash(first=5)

        def hold(progress: UploadProgress) -> None:
            if progress.totals.accepted:
                leash.hold()

        held(ledger, server, provider, options, leash, hold)
        assert len(server.rooms["sociocs"].contacts()) < 5
        end = held(ledger, server, provider, options, Leash(first=5))
        assert end == UploadEnd(Ending.PAUSED, OutcomeTotals(accepted=5, not_sent=7))
        assert len(server.rooms["sociocs"].contacts()) == 5


def test_the_first_few_go_through_all_steps(tmp_path: Path) -> None:
    provider = known("emarsys")
    options = options_of(provider, add_to_list="list", contact_list_id=1)
    steps = provider.steps(options)
    with practice() as server, ledger_with(tmp_path / "l", 8, by_email) as ledger:
        end = held(ledger, server, provider, options, Leash(first=3))
        assert (end.ending, end.totals.not_sent) == (Ending.PAUSED, 5)
        assert ledger.batches.contacts_answered(len(steps) - 1) == 3


def test_nothing_is_left_after_the_first_few(tmp_path: Path) -> None:
    provider = known("sociocs")
    options = options_of(provider)
    with practice() as server, ledger_with(tmp_path / "l", 3, by_phone) as ledger:
        end = held(ledger, server, provider, options, Leash(first=5))
        assert end == UploadEnd(Ending.FINISHED, OutcomeTotals(accepted=3))


def test_a_held_upload_leaves_nobody_unsure(tmp_path: Path) -> None:
    provider = known("sociocs")
    options = options_of(provider, batch_size=2)
    leash = Leash()

    def hold_while_sending(progress: UploadProgress) -> None:
        if progress.phase is Phase.SENDING and progress.in_flight:
            leash.hold()

    with practice() as server, ledger_with(tmp_path / "l", 12, by_phone) as ledger:
        end = held(ledger, server, provider, options, leash, hold_while_sending)
        assert end.ending is Ending.PAUSED
        assert end.totals.unsure == 0
        assert 0 < end.totals.accepted < 12
        assert run(ledger, server, provider, options).totals == OutcomeTotals(accepted=12)
        assert len(server.rooms["sociocs"].contacts()) == 12
