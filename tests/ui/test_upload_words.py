"""What the upload page says at the end is true, however it ended."""

from __future__ import annotations

from app.ledger.outcomes import OutcomeTotals
from app.ui.upload_words import (
    end_words,
    ended_words,
    finished_words,
    rest_words,
    stopped_words,
    unfinished_words,
)
from app.upload.upload import Ending, UploadEnd


def stopped(totals: OutcomeTotals, halfway: int = 0) -> UploadEnd:
    return UploadEnd(Ending.STOPPED, totals, None, halfway)


def test_nothing_is_said_to_be_sent_where_nothing_was() -> None:
    assert stopped_words(stopped(OutcomeTotals(not_sent=5))) == "Stopped. Nothing was sent."
    assert stopped_words(stopped(OutcomeTotals(created=1, not_sent=4))).startswith(
        "Stopped. What was sent stays"
    )
    assert stopped_words(stopped(OutcomeTotals(unsure=5))).startswith("Stopped. 5 contacts were under way")


def test_who_waits_for_the_next_step_was_sent() -> None:
    halfway = stopped(OutcomeTotals(not_sent=5), halfway=5)
    assert stopped_words(halfway).startswith("Stopped. What was sent stays")
    assert unfinished_words(halfway) == "The upload is not finished"
    assert rest_words(halfway) == "Continue", "there are no others, and they are not uploaded anew"


def test_nothing_has_arrived_only_where_nobody_waits_for_the_next_step() -> None:
    left = OutcomeTotals(not_sent=5)
    assert ended_words(UploadEnd(Ending.PAUSED, left)).startswith("Nothing has arrived yet.")
    assert ended_words(UploadEnd(Ending.PAUSED, left, None, 5)).startswith("Paused.")


def test_nobody_is_not_some() -> None:
    assert finished_words(OutcomeTotals(refused=5)) == "Done. Nobody has arrived: the report says why."
    assert finished_words(OutcomeTotals(created=1, refused=4)).startswith("Done. Not everyone has arrived")
    assert finished_words(OutcomeTotals(created=5)) == "Done. Everyone has arrived."


def test_at_the_end_the_unsure_are_counted_as_sent_and_before_it_they_are_not_done() -> None:
    unsure = OutcomeTotals(unsure=5)
    assert end_words(UploadEnd(Ending.FINISHED, unsure)) == "5 of 5 contacts sent, 5 of them unsure."
    assert end_words(UploadEnd(Ending.STOPPED, unsure)) == "0 of 5 contacts."
    assert end_words(UploadEnd(Ending.FINISHED, OutcomeTotals(created=5))) == "5 of 5 contacts."


def test_others_are_sent_only_where_some_were() -> None:
    assert rest_words(stopped(OutcomeTotals(created=1, not_sent=4))) == "Send the other 4"
    assert rest_words(stopped(OutcomeTotals(not_sent=5))) == "Upload 5 contacts"
