"""When to try again and when to give up: counts what goes wrong in a row.

Numbers and Problems only; waits for nothing itself, and knows no batch.
"""

from __future__ import annotations

from app.language import tr, trn
from app.problems import NetworkProblem, Problem
from app.upload.pacing import wait_after

FIRST_CONNECTION_TRIES = 3  # a wrong address or no network shows at once: don't keep the user waiting
DISTRUSTED_TRIES = 3  # a certificate does not mend itself
LATER_CONNECTION_TRIES = 18  # more than ten minutes: a network that was there comes back
WAITS_IN_A_ROW = 30
TRIES_OF_A_BATCH = 4  # of one whose requests got no answer, where repeating is harmless
UNANSWERED_IN_A_ROW = 8  # requests; then the provider itself is in trouble
LONGEST_ASKED_WAIT = 900.0  # seconds; whoever asks for more is better asked again by the user

_NO_SUCH_HOST = ("getaddrinfo", "name or service not known", "nodename nor servname", "name resolution")


class Setbacks:
    """What went wrong in a row. Methods return seconds to wait; `problem` is set when it was too much."""

    def __init__(self) -> None:
        self.problem: Problem | None = None
        self._ever_connected = False
        self._unconnected = self._distrusted = self._waits = self._unanswered = 0

    def heard_something(self) -> None:
        """A request got through, whatever became of it."""
        self._ever_connected, self._unconnected, self._distrusted = True, 0, 0

    def answered(self, waits: bool, unclear: bool) -> None:
        """An answer came: was it one that asks to wait, or one that says nothing?"""
        self._waits = self._waits if waits else 0
        self._unanswered = self._unanswered if unclear else 0

    def told_to_wait(self, seconds: float | None) -> float:
        self._waits += 1
        # Whoever asks for no time at all, again and again, must not be asked thirty times in a second.
        wait = (
            wait_after(self._waits, 2.0) if seconds is None else max(seconds, wait_after(self._waits, 0.25))
        )
        if self._waits >= WAITS_IN_A_ROW:
            self._give_up(
                tr("The provider keeps asking us to wait."),
                tr("Nothing is lost. Upload again later: it continues where it stopped."),
            )
        elif wait > LONGEST_ASKED_WAIT:
            minutes = trn("{count} minute", "{count} minutes", round(wait / 60))
            self._give_up(
                tr("The provider asks us to wait for {time}.", time=minutes),
                tr("Nothing is lost. Upload again then: it continues where it stopped."),
            )
        return wait

    def not_connected(self, why: str, stopped: bool) -> float:
        if stopped:
            return 0.0
        self._unconnected += 1
        self._distrusted += _is_distrust(why)
        if not self._ever_connected and self._unconnected >= FIRST_CONNECTION_TRIES:
            self.problem = not_reached(why)
        elif self._distrusted >= DISTRUSTED_TRIES:
            self._give_up(
                tr("The server's certificate is no longer trusted, so the upload was stopped."),
                tr(
                    "Nothing is lost, and what is left can be sent later. Check the date and time of this "
                    "computer, and whether it is in another network now. In a company network, ask your IT "
                    "department whether it inspects secure connections."
                ),
                why,
            )
        elif self._unconnected >= LATER_CONNECTION_TRIES:
            self._give_up(
                tr("The provider can't be reached."),
                tr("Check your internet connection and the address of the account, then upload again."),
                why,
            )
        return wait_after(self._unconnected)

    def no_answer(self, why: str) -> float:
        self._unanswered += 1
        if self._unanswered >= UNANSWERED_IN_A_ROW:
            self._give_up(
                tr("The provider does not answer properly at the moment."),
                tr("Wait a while, then upload again. What is unsure stays marked until it is settled."),
                why,
            )
        return wait_after(self._unanswered, shortest=1.0)

    def _give_up(self, title: str, advice: str, details: str = "") -> None:
        self.problem = NetworkProblem(title, advice, details)


def not_reached(why: str) -> NetworkProblem:
    """Nothing left this computer: what that says about the network, the address or the certificate."""
    low = why.lower()
    if _is_distrust(why):
        return NetworkProblem(
            tr("The server's certificate is not trusted, so nothing is sent to it."),
            tr(
                "Check the date and time of this computer, and the address of the account. In a company "
                "network, ask your IT department whether it inspects secure connections."
            ),
            why,
        )
    if any(words in low for words in _NO_SUCH_HOST):
        return NetworkProblem(
            tr("The server's address can't be found."),
            tr("Check that this computer is online, and that the address of the account is spelled right."),
            why,
        )
    return NetworkProblem(
        tr("The provider can't be reached."),
        tr("Check your internet connection and the address of the account, then try again."),
        why,
    )


def _is_distrust(why: str) -> bool:
    return "certificate" in why.lower()
