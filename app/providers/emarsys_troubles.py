"""What stops a whole upload to Emarsys, or a look into its account, as Problems that say what to do.

Knows the documented numbers; which answer carries them is for others to read.
"""

from __future__ import annotations

from app.language import mark, tr
from app.problems import AccountProblem, OptionProblem, Problem
from app.providers.answers import status_line
from app.providers.contract import Sentence
from app.providers.wire import Response

KEY_NUMBERS = frozenset({2004, 2015})
LIST_NUMBERS = frozenset({2020, 3004, 3006})
SOURCE_NUMBER = 2013

_GARBLED = Sentence(
    mark("Emarsys can't read the request."),
    mark(
        "Something between this computer and Emarsys may have changed it, a proxy or a security program for "
        "example. Try again from another network; if that does not help, ask Emarsys support."
    ),
)
_PARAMETERS = Sentence(
    mark("Emarsys says that something in the request is missing or wrong."),
    mark(
        "Check the options of this upload, the numbers of fields, lists and sources above all. "
        "Then try again."
    ),
)
_ADDRESS = Sentence(
    mark("Emarsys has no such service at the account's address."),
    mark(
        "Check the address of the account, and whether it signs in the older or the newer way. "
        "Then try again."
    ),
)
_FIELD = Sentence(
    mark("Emarsys can't use a field with this name."),
    mark("Choose another name, or choose the field that exists already."),
)

ABOUT_REQUEST = {
    1: _ADDRESS,
    501: _ADDRESS,
    1001: _PARAMETERS,
    1006: _PARAMETERS,
    1007: _PARAMETERS,
    1008: _PARAMETERS,
    10001: _PARAMETERS,
    1009: _ADDRESS,
    1010: _GARBLED,
    2003: _GARBLED,
    3003: _GARBLED,
    3005: Sentence(
        mark("Emarsys has a contact list with this name already."),
        mark("Choose that list, or another name."),
    ),
    3008: Sentence(
        mark("Emarsys uses this contact list elsewhere, in a combined segment for example."),
        mark("Choose another list, or take it out of the segment in Emarsys."),
    ),
    9001: _FIELD,
    9002: _FIELD,
}
"""Numbers that say nothing of any one contact: every contact would be refused alike."""


def request_problem(code: int | None, details: str) -> Problem:
    """The request as a whole is refused with one of the numbers in ABOUT_REQUEST."""
    sentence = ABOUT_REQUEST.get(code or 1, _PARAMETERS)
    return Problem(tr(sentence.reason), tr(sentence.advice), details)


def list_name_problem(details: str) -> Problem:
    """A new list can't have this name (3004)."""
    return Problem(
        tr("Emarsys can't give a contact list this name."),
        tr("Use letters, digits and spaces, and try again."),
        details,
    )


def trial_forbidden_problem(endpoint: str, response: Response) -> Problem:
    """The trial reads what this API user may not read; uploading needs other endpoints (403)."""
    return Problem(
        tr("Emarsys accepts this API user, but it may not use “{endpoint}”.", endpoint=endpoint),
        tr(
            "The sign-in details are right, and the upload itself may work: it needs other endpoints. To let "
            "the program look up lists and fields too, ask the administrator of your Emarsys account to "
            "switch “{endpoint}” on for this API user.",
            endpoint=endpoint,
        ),
        status_line(response),
    )


def key_problem(key: str, details: str) -> Problem:
    """Contacts can't be identified by the chosen field (2004, 2015)."""
    return Problem(
        tr("Emarsys can't identify contacts by field {field}.", field=key),
        tr(
            "Choose another field that identifies a contact: 3 is the e-mail address. A custom field has to "
            "be made ready for this by Emarsys support."
        ),
        details,
    )


def source_problem(source: str, details: str) -> Problem:
    """The chosen source is unknown (2013)."""
    return Problem(
        tr("Emarsys does not know the source id {source}.", source=source),
        tr("Correct it, or leave it empty."),
        details,
    )


def list_problem(number: int, details: str) -> OptionProblem:
    """The chosen list is unknown (2020, 3004, 3006)."""
    return OptionProblem(
        tr("Emarsys has no contact list number {number}.", number=number),
        tr("Choose one of the account's lists, or correct the number. The list has to exist already.")
        + " "
        + tr("Then continue: whoever was created meanwhile is added to that list."),
        details,
        "list_id",
    )


def permission_problem(endpoint: str, response: Response) -> Problem:
    """The API user may not use an endpoint (403); every one has to be switched on for it."""
    return AccountProblem(
        tr("This Emarsys API user may not use “{endpoint}”.", endpoint=endpoint),
        tr("Ask the administrator of your Emarsys account to switch this endpoint on for the API user."),
        status_line(response),
    )


def wrong_scheme_problem(response: Response) -> Problem:
    """A bearer token was sent to an address that wants WSSE."""
    return AccountProblem(
        tr("This address of Emarsys expects an API user and secret."),
        tr("Choose to sign in with API user and secret (WSSE), or correct the address of the account."),
        status_line(response),
    )


def clock_problem(minutes: int, response: Response) -> Problem:
    """The computer's clock is too far from the server's for a WSSE header."""
    return AccountProblem(
        tr(
            "This computer's clock is {minutes} minutes off, so Emarsys refuses to sign in.",
            minutes=minutes,
        ),
        tr("Set the clock of this computer to the right time and time zone, then try again."),
        status_line(response),
    )
