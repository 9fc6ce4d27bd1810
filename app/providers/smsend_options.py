"""What smsend lets the user decide: sign-in, groups, and what happens to contacts that are already there.

Only declares; what an option does to the request is smsend.py's.
"""

from __future__ import annotations

from app.language import mark
from app.providers.options import Fetched, Option, OptionChoice, OptionKind, Place

CONTACT, CONTACTS = "contact", "contacts"

OPTIONS = (
    Option(
        "sign_in",
        mark("Sign in with"),
        OptionKind.CHOICE,
        "session",
        Place.ACCOUNT,
        choices=(
            OptionChoice(
                "session",
                mark("A session"),
                mark("The program signs in for this upload, and again if the session ends. This suits most."),
            ),
            OptionChoice(
                "token",
                mark("A user token"),
                mark("The program asks for the user's permanent token. Choose it if sessions are refused."),
            ),
        ),
    ),
    Option(
        "groupIds",
        mark("Group IDs"),
        OptionKind.TEXTS,
        (),
        Place.DESTINATION,
        consequence=mark("Everyone is put into these groups, besides any groups your file names."),
        wire_name="groupIds",
        fetched=Fetched.GROUPS,
        creatable=True,
    ),
    Option(
        "updateExistingContact",
        mark("Update contacts that already exist"),
        OptionKind.SWITCH,
        True,
        Place.EXISTING,
        when_on=mark("A contact that is already there is updated with what your file says."),
        when_off=mark("A contact that is already there is deleted and added anew, with only your data."),
        wire_name="updateExistingContact",
        destroys_when=False,
    ),
    Option(
        "keepExistingGroupsAndCampaigns",
        mark("Keep groups and campaigns"),
        OptionKind.SWITCH,
        True,
        Place.EXISTING,
        when_on=mark("A contact that is already there stays in its groups and campaigns."),
        when_off=mark("A contact that is already there is taken out of all its groups and campaigns."),
        wire_name="keepExistingGroupsAndCampaigns",
        destroys_when=False,
    ),
    Option(
        "batch_size",
        mark("Contacts per request"),
        OptionKind.INTEGER,
        200,
        Place.MORE,
        consequence=mark("smsend does not say how many it takes at once; 200 is a cautious choice."),
    ),
    Option(
        "path",
        mark("Address of the service"),
        OptionKind.CHOICE,
        CONTACT,
        Place.MORE,
        choices=(
            OptionChoice(
                CONTACT, mark("/contact"), mark("As smsend's documentation says. Change it only if it fails.")
            ),
            OptionChoice(
                CONTACTS,
                mark("/contacts"),
                mark("As smsend's other services suggest. Choose it only if the other is not found (404)."),
            ),
        ),
        wire_name="POST",
    ),
)
