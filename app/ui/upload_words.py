"""What the upload page says: how far, how fast, how long still, and how it ended.

Makes sentences of numbers; refuses to know widgets.
"""

from __future__ import annotations

from app.flow.draft import ImportDraft
from app.flow.watching import Seen
from app.language import number, tr, trn
from app.ledger.outcomes import OutcomeTotals
from app.upload.estimate import Remaining
from app.upload.upload import Ending, Phase, UploadEnd
from app.wording import halfway_words

MEANINGFUL_SECONDS = 5.0  # before that, a rate says nothing


def phase_words(draft: ImportDraft, seen: Seen) -> str:
    """What is going on."""
    progress = seen.progress
    if progress.phase is Phase.WAITING:
        return trn(
            "Waiting {count} second, so as not to send faster than the provider allows",
            "Waiting {count} seconds, so as not to send faster than the provider allows",
            max(1, round(progress.wait_seconds)),
        )
    if progress.phase is Phase.HOLDING_OFF:
        return trn(
            "Sending did not work just now: the next try is in {count} second",
            "Sending did not work just now: the next try is in {count} seconds",
            max(1, round(progress.wait_seconds)),
        )
    if progress.phase is Phase.PLANNING:
        return tr("Preparing")
    if seen.steps > 1:
        title = tr(draft.provider.steps(draft.options)[progress.step].title)
        return tr(
            "Sending, step {step} of {steps}: {title}",
            step=progress.step + 1,
            steps=seen.steps,
            title=title,
        )
    return tr("Sending")


def end_words(end: UploadEnd) -> str:
    """How far it is at the end of a run, and who is in the account already though not done. Where nothing is
    left to send, whoever is unsure counts among those who were sent."""
    if end.ending is Ending.FINISHED and end.totals.unsure:
        return _sent_words(end.totals)
    return " ".join(filter(None, (far_words(end.totals), halfway_words(end.halfway))))


def far_words(totals: OutcomeTotals) -> str:
    """How many are done."""
    done = number(totals.answered)
    return trn("{done} of {count} contact.", "{done} of {count} contacts.", totals.sum, done=done)


def _sent_words(totals: OutcomeTotals) -> str:
    return trn(
        "{done} of {count} contact sent, {unsure} of them unsure.",
        "{done} of {count} contacts sent, {unsure} of them unsure.",
        totals.sum,
        done=number(totals.sum - totals.not_sent),
        unsure=number(totals.unsure),
    )


def pace_words(seconds: float, answered: int, remaining: Remaining | None) -> str:
    """Time so far, time left and rate, once they mean something; `answered` contacts in these seconds."""
    if seconds < MEANINGFUL_SECONDS or answered <= 0:
        return ""
    so_far = tr("{time} so far.", time=duration(seconds))
    return " ".join(filter(None, (so_far, left_words(remaining), rate_words(answered, seconds))))


def rate_words(contacts: int, seconds: float) -> str:
    """How many a minute."""
    rate = round(contacts * 60 / seconds)
    return trn("About {count} contact a minute.", "About {count} contacts a minute.", rate)


def left_words(remaining: Remaining | None) -> str:
    """How long still, as honest as can be: a range, or nothing."""
    if remaining is None:
        return ""
    low, high = duration(remaining.low), duration(remaining.high)
    if low == high:
        return tr("About {time} left.", time=high)
    return tr("Between {low} and {high} left.", low=low, high=high)


def extra_words(requests: int) -> str:
    """What searching for the refused ones cost; empty if nothing."""
    if not requests:
        return ""
    return trn(
        "{count} more request than planned, to find out which contacts are refused.",
        "{count} more requests than planned, to find out which contacts are refused.",
        requests,
    )


def ended_words(end: UploadEnd, first_few: bool = False, practice: bool = False) -> str:
    """How a run ended, in a sentence; `first_few`: it was to send those alone."""
    match end.ending:
        case Ending.FINISHED:
            return finished_words(end.totals)
        case Ending.PAUSED if end.nothing_sent:
            return tr("Nothing has arrived yet. All contacts are sent when you say so.")
        case Ending.PAUSED:
            return paused_words(end.totals, first_few, practice)
        case Ending.STOPPED:
            return stopped_words(end)
        case Ending.PROBLEM:
            return unfinished_words(end)


def finished_words(totals: OutcomeTotals) -> str:
    """Nothing is left to send."""
    if totals.answered == totals.sum and not totals.refused:
        return tr("Done. Everyone has arrived.")
    if totals.refused == totals.sum:
        return tr("Done. Nobody has arrived: the report says why.")
    if totals.unsure and not totals.refused:
        return trn(
            "Done. It is not known whether {count} contact arrived: the report says what to do.",
            "Done. It is not known whether {count} contacts arrived: the report says what to do.",
            totals.unsure,
        )
    return tr("Done. Not everyone has arrived: the report says who and why.")


def stopped_words(end: UploadEnd) -> str:
    """The user stopped."""
    if end.nothing_sent:
        return tr("Stopped. Nothing was sent.")
    if not end.totals.unsure:
        return tr("Stopped. What was sent stays with the provider; Continue sends the rest.")
    return trn(
        "Stopped. {count} contact was under way just then; it is not known whether it arrived.",
        "Stopped. {count} contacts were under way just then; it is not known whether they arrived.",
        end.totals.unsure,
    )


def again_words(unsure: int) -> str:
    """Of those that are unsure and can be sent again without harm."""
    return trn(
        "Continue sends it once more; if it has arrived already, that does no harm.",
        "Continue sends them once more; if they have arrived already, that does no harm.",
        unsure,
    )


def unfinished_words(end: UploadEnd) -> str:
    """Something was in the way."""
    if end.nothing_sent:
        return tr("Nothing was sent")
    return tr("The upload is not finished")


def paused_words(totals: OutcomeTotals, first_few: bool, practice: bool = False) -> str:
    """The user paused, or wanted to see the first few in the account."""
    if not first_few:
        return tr("Paused. Nothing is under way; the rest is sent when you say so.")
    if totals.refused or totals.unsure:
        return tr("The first few did not all arrive. Look at the numbers before you send the rest.")
    if practice:
        return trn(
            "The first contact has arrived in the practice account. Now send the rest.",
            "The first {count} contacts have arrived in the practice account. Now send the rest.",
            totals.answered,
        )
    return trn(
        "The first contact has arrived. Look at it in your account, then send the rest.",
        "The first {count} contacts have arrived. Look at them in your account, then send the rest.",
        totals.answered,
    )


def rest_words(end: UploadEnd) -> str:
    """The button that goes on."""
    left = end.totals.not_sent
    if end.nothing_sent:
        return trn("Upload {count} contact", "Upload {count} contacts", left)
    if left == end.totals.sum:
        return tr("Continue")  # all are in the account already, and wait for the next step
    return trn("Send the other {count}", "Send the other {count}", left)


def duration(seconds: float) -> str:
    """A time as one says it: seconds, then minutes, then hours."""
    whole = round(seconds)
    if whole < 90:
        return trn("{count} second", "{count} seconds", whole)
    if whole < 90 * 60:
        return trn("{count} minute", "{count} minutes", round(whole / 60))
    return trn("{count} hour", "{count} hours", round(whole / 3600))
