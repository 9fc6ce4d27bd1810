"""Reasons that the upload itself gives for an outcome, whatever the provider: their codes and sentences.

A provider's own reasons are its own; refuses to know them.
"""

from __future__ import annotations

from app.language import mark
from app.providers.contract import Sentence
from app.providers.verdicts import Outcome, OutcomeKind

_NO_ANSWER, _INTERRUPTED, _NOT_TOLD = "upload.no_answer", "upload.interrupted", "upload.not_told"
_TOGETHER, _USER_SAW = "upload.together", "upload.user_saw"

_LOOK = mark(
    "Check whether it is in your account. If it is not, send "
    "it again: save the rows to mend, and open that file."
)

_SENTENCES = {
    _NO_ANSWER: Sentence(mark("It was sent, but no answer came that says whether it was saved."), _LOOK),
    _INTERRUPTED: Sentence(mark("The program ended while it was being sent."), _LOOK),
    _NOT_TOLD: Sentence(mark("It was sent, and the answer does not mention it."), _LOOK),
    _TOGETHER: Sentence(
        mark("It was refused together with others; which of them is the cause was not searched any longer."),
        mark("Correct the rows that were refused on their own, then send the others again."),
    ),
    _USER_SAW: Sentence(mark("No answer came; you found it in your account.")),
}

INTERRUPTED = Outcome(OutcomeKind.UNSURE, _INTERRUPTED)
NOT_TOLD = Outcome(OutcomeKind.UNSURE, _NOT_TOLD)
SEEN_BY_USER = Outcome(OutcomeKind.ACCEPTED, _USER_SAW)
NOT_SENT = Outcome(OutcomeKind.NOT_SENT)


def no_answer(fault: str) -> Outcome:
    """Nobody knows; `fault` is what the network said, for a supporter."""
    return Outcome(OutcomeKind.UNSURE, _NO_ANSWER, fault)


def refused_together(alone: Outcome) -> Outcome:
    """Refused as one of several, among which the culprit was not found."""
    return Outcome(OutcomeKind.REFUSED, _TOGETHER, alone.detail)


def sentence(code: str) -> Sentence | None:
    """What one of the upload's own reasons means; None if it is not one of them."""
    return _SENTENCES.get(code)


def is_own(code: str) -> bool:
    """Whether a reason is the upload's own, so that its detail is not the provider's words."""
    return code in _SENTENCES and code != _TOGETHER
