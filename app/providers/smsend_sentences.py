"""What became of a contact at smsend, in words for people.

Knows the reasons its documents give for refusing; which answer carries them is smsend.py's.
"""

from __future__ import annotations

from app.language import mark
from app.providers.contract import Sentence

SENTENCES = {
    "smsend.accepted": Sentence(
        mark("smsend saved this contact; it does not say whether it was new or already there.")
    ),
    "smsend.count_below": Sentence(
        mark("smsend saved fewer contacts of this batch than it was sent, and does not say which."),
        mark("Look in your smsend address book. Sending these contacts again updates those that are there."),
    ),
    "smsend.400": Sentence(
        mark("smsend refused this contact."),
        mark(
            "Read what smsend said about it. Usual reasons: the e-mail address, or a group that does not "
            "belong to this account. Correct the row and send it again."
        ),
    ),
    "smsend.413": Sentence(
        mark("This contact is too large for smsend."), mark("Shorten its texts, and send it again.")
    ),
    "smsend.400_email": Sentence(
        mark("smsend refused this contact because of its e-mail address or phone number."),
        mark("Correct the address or the number, and send the row again. One of the two has to be there."),
    ),
    "smsend.400_group": Sentence(
        mark("smsend refused this contact because of a group that this account does not have."),
        mark("Check the groups in the row, or leave that column unmatched, and send the row again."),
    ),
    "smsend.400_campaign": Sentence(
        mark("smsend refused this contact because of a campaign that is not active or not there."),
        mark("Look at your campaigns in smsend, then send the row again."),
    ),
}

_WORDINGS = (
    # what the body of a 400 contains in lower case, code; its reasons are documented, its wording is not
    ("campaign", "smsend.400_campaign"),
    ("group", "smsend.400_group"),
    ("email", "smsend.400_email"),
    ("e-mail", "smsend.400_email"),
    ("phonenumber", "smsend.400_email"),
)


def code_of(said: str) -> str:
    """The code of an outcome for what smsend said with 400; the general one if it names several reasons."""
    words = said.lower()
    codes = {code for wording, code in _WORDINGS if wording in words}
    return codes.pop() if len(codes) == 1 else "smsend.400"
