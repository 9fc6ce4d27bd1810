"""What Emarsys' error numbers mean for a single contact, in words for people.

Knows the documented numbers, and the wordings that tell apart what shares a number; which answer carries them
is emarsys_steps.py's, and what stops a whole upload emarsys_troubles.py's.
"""

from __future__ import annotations

from app.language import mark
from app.providers.contract import Sentence

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
    "emarsys.2009": Sentence(
        mark("This person is already a contact in Emarsys and was left unchanged."),
        mark("To change what Emarsys has, upload with “Create contacts, or update those that exist”."),
    ),
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
    "emarsys.2006_exists": Sentence(
        mark("This person is already a contact in Emarsys and was left unchanged."),
        mark("To change what Emarsys has, upload with “Create contacts, or update those that exist”."),
    ),
    "emarsys.2007_field": Sentence(
        mark("Emarsys does not have one of the matched fields, or does not let it be changed."),
        mark("Check the numbers of the custom fields on the page where columns are matched."),
    ),
    "emarsys.2007_choice": Sentence(
        mark("One of the choices is not among those that Emarsys knows for its field."),
        mark("Look up the choices of the field in Emarsys, correct the row, and send it again."),
    ),
    "emarsys.2007_date": Sentence(
        mark("A date of this contact is not one that Emarsys can read."),
        mark("Correct the date (year, month, day), and send the row again."),
    ),
    "emarsys.2007_one": Sentence(
        mark("A field that holds one value was sent several."),
        mark("Check the number of the custom field: without [] after it, it is sent as one value."),
    ),
    "emarsys.2007_several": Sentence(
        mark("A field that holds several choices was sent as if it held one."),
        mark("Write [] after the number of the custom field, so that its choices are sent one by one."),
    ),
    "emarsys.2007_voucher": Sentence(
        mark("Emarsys does not let the value of a voucher field be changed."),
        mark("Leave the column of the voucher unmatched, and send the row again."),
    ),
    "emarsys.2009_repeated": Sentence(
        mark(
            "This person is a contact in Emarsys now, most likely created by this upload: the answer to the "
            "first request was lost on the way."
        ),
        mark("If in doubt, look the person up in Emarsys. People who were there before were left unchanged."),
    ),
    "emarsys.2009_new_or_not": Sentence(
        mark(
            "This person is a contact in Emarsys now, but whether this upload created it can't be told, so "
            "it was not added to the list."
        ),
        mark("Look the person up in Emarsys, and add it to the list there if it is new."),
    ),
    "emarsys.update_2008": Sentence(
        mark("Emarsys has no contact with this key, and did not create one."),
        mark("Send the row again. If that does not help, ask Emarsys support whether it may be created."),
    ),
    "emarsys.update_2009": Sentence(
        mark("Something else was saving this contact at the same moment, and Emarsys did not save the row."),
        mark("Send the row again; once is enough."),
    ),
    "emarsys.saved": Sentence(
        mark("Emarsys saved this contact; it does not say whether it was new or already there.")
    ),
    "emarsys.saved_disagree": Sentence(
        mark("Emarsys did not save as many contacts as it should have, and does not say which."),
        mark("Send the row again: a contact that was saved is only saved once more with the same values."),
    ),
    "emarsys.twice": Sentence(
        mark("An earlier row has the same key, and only that one was sent."),
        mark("Keep one row for each person, and send it again if this was the better one."),
    ),
    "emarsys.2014": Sentence(
        mark("Emarsys says that the request named no field."),
        mark("Match at least one more column, and send the row again."),
    ),
    "emarsys.2016": Sentence(
        mark("Emarsys refused the request because of its size."),
        mark("Send the row again; if that does not help, ask Emarsys support."),
    ),
    "emarsys.2002": Sentence(
        mark("Emarsys refused this contact, saying that there were too many at once."),
        mark("Send the row again; if that does not help, ask Emarsys support."),
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
        mark("Emarsys refused this contact for a reason that this program does not know."),
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


_WORDINGS = (
    # number, what Emarsys' words contain in lower case, code
    ("2006", "already exist", "emarsys.2006_exists"),
    ("2007", "choice", "emarsys.2007_choice"),
    ("2007", "date", "emarsys.2007_date"),
    ("2007", "scalar", "emarsys.2007_one"),
    ("2007", "array", "emarsys.2007_several"),
    ("2007", "voucher", "emarsys.2007_voucher"),
    ("2007", "invalid field id", "emarsys.2007_field"),
)


def code_of(number: str, said: str = "") -> str:
    """The code of an outcome for one of Emarsys' numbers and its words; OTHER if its documents lack it."""
    words = said.lower()
    for one, wording, code in _WORDINGS:
        if number == one and wording in words:
            return code
    code = f"emarsys.{number}"
    return code if code in SENTENCES else OTHER
