"""Reads the answers any server may give, whoever it is: busy, broken, moved, a web page in its place.

Knows HTTP and nothing of any provider; what a provider's own answers mean is its provider's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from app.language import tr, without_tricks
from app.log import without_secrets
from app.problems import AccountProblem, NetworkProblem, Problem
from app.providers.verdicts import Halt, Outcome, OutcomeKind, Split, Unclear, Verdict, Wait
from app.providers.wire import Response

_LONGEST_LISTENED_TO = 20_000  # letters: what is looked through for secrets
_LONGEST_DETAIL = 500
_SECONDS = re.compile(r"\d{1,9}(?:\.\d{1,6})?")
_READ_BY_PROVIDER = frozenset({400, 401, 403, 404, 422})
# What these mean by RFC 9110 and its kin: the request was not acted on. Others that nobody documents (303,
# 409, 499 and the like) come also after something was saved.
_NOT_ACTED_ON = frozenset(
    {301, 302, 307, 308, 402, 405, 406, 407, 410, 411, 412, 414, 415, 416, 417, 421, 426, 428, 431, 451}
)


def usual_verdict(response: Response, title: str, too_large: str) -> Verdict | None:
    """What an answer means that every server may give; None if the provider has to read it itself.

    None comes back for 2xx that is no web page, and for 400, 401, 403, 404 and 422. `too_large` is the code
    of the outcome for a contact that is refused on its own because the request is too large (413).
    """
    status = response.status
    if status == 429 or (status == 503 and "retry-after" in response.headers):
        return Wait(seconds_to_wait(response))
    if status in (408, 425):
        return Wait()  # RFC 9110, 8470: it did not arrive completely, or too early, and may be repeated
    if status < 200 or status >= 500:
        return Unclear(status_line(response))
    if status == 413:
        return Split(Outcome(OutcomeKind.REFUSED, too_large))
    may_have_acted = status >= 300 and status not in _NOT_ACTED_ON | _READ_BY_PROVIDER
    if _is_elsewhere(response):
        return Halt(something_else(title, response), may_have_acted)
    if status < 300 or status in _READ_BY_PROVIDER:
        return None
    return Halt(not_understood(title, response), may_have_acted)


def usual_problem(response: Response, title: str) -> Problem | None:
    """What the answer to a harmless signed request says is wrong; None for 2xx that is no web page."""
    status = response.status
    if status in (408, 429) or status < 200 or status >= 500:
        return busy(title, response)
    if _is_elsewhere(response):
        return something_else(title, response)
    if status < 300:
        return None
    if status in (401, 403):
        return refused_account(title, response)
    return wrong_address(title, response) if status == 404 else not_understood(title, response)


def usual_trial(
    response: Response, title: str, endpoint: str, begins: str | tuple[str, ...] = "{"
) -> Problem | None:
    """What the answer to a trial of `endpoint` says is wrong; None for 2xx whose body begins as it should."""
    if response.status == 403 and not response.looks_like_web_page:
        return not_permitted(title, endpoint, response)
    problem = usual_problem(response, title)
    if problem is None and not response.text.startswith(begins):
        return something_else(title, response)
    return problem


def usual_refusal(response: Response, title: str, endpoint: str) -> Problem | None:
    """Why `endpoint` refuses everyone alike: 401, 403 and 404 where they mean the usual; None for others."""
    if response.status == 403:
        return not_permitted(title, endpoint, response)
    if response.status == 401:
        return refused_account(title, response)
    return wrong_address(title, response) if response.status == 404 else None


def seconds_to_wait(response: Response) -> float | None:
    """How long Retry-After asks to wait, in seconds (from a number or a date); None if it does not say."""
    asked = response.headers.get("retry-after", "").strip()
    if _SECONDS.fullmatch(asked):
        return float(asked)
    until, now = _moment(asked), answered_at(response)
    return max(0.0, (until - now).total_seconds()) if until and now else None


def answered_at(response: Response) -> datetime | None:
    """The server's own time, from its Date header; None if it did not say."""
    return _moment(response.headers.get("date", ""))


def is_web_page(response: Response) -> bool:
    """Whether the body is a page for people; the content type alone proves nothing."""
    return response.looks_like_web_page and response.text.startswith("<")


def status_line(response: Response) -> str:
    """The status as a supporter would ask for it, e.g. "HTTP 502"."""
    return f"HTTP {response.status}"


def shortened(text: str) -> str:
    """What a provider said, short enough for a cell of the report; a secret that it repeats is left out."""
    plain = " ".join(without_tricks(without_secrets(text[:_LONGEST_LISTENED_TO])).split())
    return plain if len(plain) <= _LONGEST_DETAIL else plain[: _LONGEST_DETAIL - 1] + "…"


def texts_in(found: object, keys: Iterable[str]) -> tuple[str, ...]:
    """The texts and numbers that a JSON object holds under `keys`, in that order; blanks left out."""
    if not isinstance(found, dict):
        return ()
    values = (found.get(key) for key in keys)
    plain = (value for value in values if isinstance(value, str | int) and not isinstance(value, bool))
    return tuple(text for text in (str(value).strip() for value in plain) if text)


def something_else(title: str, response: Response) -> Problem:
    """The problem of a web page or a redirection in place of the provider's answer."""
    return NetworkProblem(
        tr("Something else answered in place of {provider}.", provider=title),
        tr(
            "Open a web page to see whether this network asks you to sign in first, and check the address of "
            "the account. Then try again."
        ),
        status_line(response),
    )


def wrong_address(title: str, response: Response) -> Problem:
    """The problem of an address where the provider has no such service."""
    return AccountProblem(
        tr("{provider} does not offer this service at the account's address.", provider=title),
        tr("Check the address of the account, then try again."),
        status_line(response),
    )


def refused_account(title: str, response: Response) -> Problem:
    """The problem of sign-in details that are not accepted."""
    return AccountProblem(
        tr("{provider} does not accept this account.", provider=title),
        tr("Check the sign-in details, and whether the account may use the API. Then try again."),
        status_line(response),
    )


def not_permitted(title: str, endpoint: str, response: Response) -> Problem:
    """The problem of a good account that may not use an endpoint it needs (403)."""
    return AccountProblem(
        tr(
            "{provider} knows this account, but does not let it use “{endpoint}”.",
            provider=title,
            endpoint=endpoint,
        ),
        tr("Ask the administrator of your {provider} account, or {provider}, to allow it.", provider=title),
        status_line(response),
    )


def not_understood(title: str, response: Response) -> Problem:
    """The problem of a refusal that is in nobody's documents."""
    return Problem(
        tr("{provider} refused the request for a reason that this program does not know.", provider=title),
        tr("Check the address of the account and the choices you made. Then try again."),
        status_line(response),
    )


def busy(title: str, response: Response) -> Problem:
    """The problem of a provider that answers, but can't work at the moment."""
    return NetworkProblem(
        tr("{provider} can't answer at the moment.", provider=title),
        tr("Wait a few minutes, then try again."),
        status_line(response),
    )


def _is_elsewhere(response: Response) -> bool:
    return 300 <= response.status < 400 or is_web_page(response)


def _moment(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
