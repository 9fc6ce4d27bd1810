"""The pace of an upload is that of this run, and is told once it means something."""

from __future__ import annotations

from app.flow.watching import Seen
from app.ledger.outcomes import OutcomeTotals
from app.ui.upload_pace import UploadPace
from app.upload.upload import Phase, UploadProgress


def seen(accepted: int) -> Seen:
    totals = OutcomeTotals(accepted=accepted, not_sent=1_000 - accepted)
    share = accepted / 1_000
    return Seen(UploadProgress(Phase.SENDING, 0, totals, 1_000, share=share), 1, share)


def test_what_another_run_has_sent_is_not_taken_for_speed() -> None:
    now = [0.0]
    pace = UploadPace(lambda: now[0])
    assert pace.words(seen(500)) == ""
    now[0] = 60.0
    assert "About 60 contacts a minute." in pace.words(seen(560))


def test_at_the_beginning_nothing_is_said() -> None:
    now = [0.0]
    pace = UploadPace(lambda: now[0])
    pace.words(seen(0))
    now[0] = 1.0
    assert pace.words(seen(10)) == ""
