"""What Emarsys' error numbers mean, in words for people: for single contacts, and as Problems.

Knows the documented numbers; which answer carries them is emarsys_steps.py's.
"""

from __future__ import annotations

from app.language import mark, tr
from app.problems import AccountProblem, Problem
from app.providers.answers import status_line
from app.providers.contract import Sentence
from app.providers.wire import Response

OTHER = "emarsys.other"

SENTENCES = {
    "emarsys.2004": Sentence(
        mark("Emarsys can't identify contacts by the chosen field."),
        mark("Choose another field that identifies a contact, for example 3 for the e-mail address."),
    ),
    "emarsys.2005": Sentence(
        mark("The value that identifies this contact is missing or not valid for Emarsys."),
        mark("Correct it in the file, and send the row again."),
    ),
    "emarsys.2006": Sentence(
        mark("Emarsys does not know a field that was sent."),
        mark("Check the numbers of the custom fields, and send the row again."),
    ),
    "emarsys.2007": Sentence(
        mark("A value of this contact is not one that its field can hold."),
        mark("Read what Emarsys said about it, correct the row, and send it again."),
    ),
    "emarsys.2008": Sentence(
        mark("Emarsys has no contact with this key, so nobody was added to the list."),
        mark("Create the contact first, or check the field that identifies contacts."),
    ),
    "emarsys.2009": Sentence(mark("This person is already a contact in Emarsys and was left unchanged.")),
    "emarsys.2010": Sentence(
        mark("Emarsys has more than one contact with this key."),
        mark("Merge them in Emarsys, or use another field that identifies contacts."),
    ),
    "emarsys.2011": Sentence(
        mark("Emarsys had a fault of its own with this contact."), mark("Send the row again later.")
    ),
    "emarsys.2013": Sentence(
        mark("Emarsys does not know this source id."),
        mark("Correct or remove the source id, and send the row again."),
    ),
    "emarsys.2015": Sentence(
        mark("Emarsys can't look up contacts by the chosen field."),
        mark("Ask Emarsys support to index the field, or choose another one."),
    ),
    "emarsys.1000": Sentence(
        mark("Emarsys refused this contact, saying that there were too many at once."),
        mark("Send the row again; if that does not help, ask Emarsys support."),
    ),
    "emarsys.3002": Sentence(
        mark("Emarsys refused to add this contact, saying that there were too many at once."),
        mark("Send the row again; if that does not help, ask Emarsys support."),
    ),
    "emarsys.400": Sentence(
        mark("Emarsys refused this contact and did not say why."),
        mark("Check the row, and send it again."),
    ),
    "emarsys.413": Sentence(
        mark("This contact is too large for Emarsys."), mark("Shorten its texts, and send it again.")
    ),
    "emarsys.ids_disagree": Sentence(
        mark("Emarsys did not create as many contacts as it should have, and does not say which."),
        mark("Look for this person in Emarsys. Sending the row again does not create anyone twice."),
    ),
    "emarsys.inserted_disagree": Sentence(
        mark("Emarsys did not add as many contacts to the list as it should have, and does not say which."),
        mark("Look at the list in Emarsys; people who were in it before may not have been counted."),
    ),
    OTHER: Sentence(
        mark("Emarsys refused this contact."),
        mark("Read what Emarsys said about it, correct the row, and send it again."),
    ),
}


def code_of(number: str) -> str:
    """The code of an outcome for one of Emarsys' numbers; OTHER if its documents do not have it."""
    code = f"emarsys.{number}"
    return code if code in SENTENCES else OTHER


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


def list_problem(number: int, details: str) -> Problem:
    """The chosen list is unknown (2020, 3004, 3006)."""
    return Problem(
        tr("Emarsys has no contact list number {number}.", number=number),
        tr("Look up the number of the list in Emarsys and correct it. The list has to exist already."),
        details,
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
