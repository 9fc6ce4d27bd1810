"""The words for one person on the way: mapped, then checked, with what was found.

Values and findings only; making them is the work of mapping and checking.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import partial
from typing import NamedTuple, cast

Value = str | tuple[str, ...]
"""A cleaned value: text, or several for fields that hold several. Phones are E.164 with +, dates ISO 8601.
An empty text clears the field; what says nothing is not there."""


class Level(Enum):
    """How much a finding matters: FIXED changed the text, WARNING only tells, BLOCKING leaves the row out."""

    __hash__ = object.__hash__  # members are unique; Enum's own takes many times as long

    FIXED = "fixed"
    WARNING = "warning"
    BLOCKING = "blocking"


class FindingKind(Enum):
    """Every kind of thing that can be found in a contact; wording.py has a sentence for each."""

    __hash__ = object.__hash__  # members are unique; Enum's own takes many times as long

    SPACES_REMOVED = "spaces_removed"
    PHONE_FORMATTED = "phone_formatted"
    PHONE_COUNTRY_ADDED = "phone_country_added"
    PHONE_INVALID = "phone_invalid"
    PHONE_DIGITS_LOST = "phone_digits_lost"
    PHONE_TWO_NUMBERS = "phone_two_numbers"
    PHONE_NO_COUNTRY = "phone_no_country"
    PHONE_COUNTRY_UNKNOWN = "phone_country_unknown"  # `after` is what the row calls its country
    PHONE_LANDLINE = "phone_landline"
    PHONE_SPECIAL = "phone_special"  # premium rate, freephone, shared cost, internet, pager
    PHONE_ZERO_LOST = "phone_zero_lost"  # `after` is the number with a 0 in front
    PHONE_ZERO_ADDED = "phone_zero_added"
    EMAIL_INVALID = "email_invalid"
    EMAIL_LOWERED = "email_lowered"
    EMAIL_TYPO = "email_typo"
    EMAIL_CORRECTED = "email_corrected"  # a typing error, put right as the user decided
    EMAIL_TIDIED = "email_tidied"  # only the address was kept of "Anna <anna@example.com>"
    EMAIL_TWO_ADDRESSES = "email_two_addresses"
    DATE_FORMATTED = "date_formatted"
    DATE_AMBIGUOUS = "date_ambiguous"
    DATE_INVALID = "date_invalid"
    BIRTH_TO_COME = "birth_to_come"  # a date of birth after today
    BIRTH_LONG_AGO = "birth_long_ago"  # ... or so early that hardly anybody lives who was born then
    INTEGER_INVALID = "integer_invalid"
    NUMBER_FORMATTED = "number_formatted"
    NUMBER_DOUBTFUL = "number_doubtful"
    NUMBER_INVALID = "number_invalid"
    CHOICE_TRANSLATED = "choice_translated"
    CHOICE_UNKNOWN = "choice_unknown"
    CHOICE_AMBIGUOUS = "choice_ambiguous"  # the name of one choice and the value of another
    GENDER_LETTER_READ = "gender_letter_read"  # M beside H: a woman, as in Spanish lists
    GENDER_LETTER_UNSURE = "gender_letter_unsure"  # M beside nothing that says whether it is a man or a woman
    CHOICE_LEFT_EMPTY = "choice_left_empty"  # as the user decided
    LETTERS_CHANGED = "letters_changed"
    TOO_LONG = "too_long"
    TEXT_CUT = "text_cut"
    CELL_ERROR = "cell_error"
    REQUIRED_MISSING = "required_missing"
    ONE_OF_MISSING = "one_of_missing"
    DUPLICATE = "duplicate"
    SAME_KEY_AS = "same_key_as"
    FILLED_FROM = "filled_from"  # blanks filled from another row of the same person
    DO_NOT_CONTACT = "do_not_contact"  # stands in the list of people to leave out
    PUT_ASIDE = "put_aside"  # left out by the user
    PROVIDER_LIMIT = "provider_limit"


UNUSABLE = frozenset(
    {
        *(FindingKind.PHONE_INVALID, FindingKind.PHONE_DIGITS_LOST, FindingKind.PHONE_NO_COUNTRY),
        *(FindingKind.EMAIL_INVALID, FindingKind.DATE_INVALID, FindingKind.INTEGER_INVALID),
        *(FindingKind.CHOICE_UNKNOWN, FindingKind.CHOICE_AMBIGUOUS, FindingKind.PHONE_ZERO_LOST),
        *(FindingKind.NUMBER_INVALID, FindingKind.GENDER_LETTER_UNSURE),
        FindingKind.PHONE_COUNTRY_UNKNOWN,
    }
)
"""Kinds that tell of a text that can't be used: it is not sent, and where it is needed the row is not."""


class Finding(NamedTuple):  # a tuple, because a million are made
    """Something found in one field of one contact.

    `field` is a field key (or keys joined by ", "), empty for the whole contact; `before` and `after` are the
    texts where there are any; `limit` is the number or row that the sentence needs.
    """

    kind: FindingKind
    level: Level
    field: str = ""
    before: str = ""
    after: str = ""
    limit: int | None = None


_Parts = tuple[FindingKind, Level, str, str, str, int | None]
finding_of = cast("Callable[[_Parts], Finding]", partial(tuple.__new__, Finding))
"""A Finding of all its parts in half the time: for what is found in every other row."""


class Status(Enum):
    """What is to happen to a row. The numbers add up: read = blank + left out + duplicate + to send."""

    __hash__ = object.__hash__  # members are unique; Enum's own takes many times as long

    BLANK = "blank"
    LEFT_OUT = "left_out"
    DUPLICATE = "duplicate"
    TO_SEND = "to_send"


@dataclass(frozen=True, slots=True)
class MappedContact:
    """One row seen through the user's choice of columns: field key -> cell text, untouched."""

    row: int
    texts: Mapping[str, str]


class CheckedContact(NamedTuple):
    """One row after checking: cleaned values (blank ones absent), findings, and what is to happen."""

    row: int
    status: Status
    values: Mapping[str, Value] = {}
    findings: tuple[Finding, ...] = ()


_ContactParts = tuple[int, Status, Mapping[str, Value], tuple[Finding, ...]]
contact_of = cast("Callable[[_ContactParts], CheckedContact]", partial(tuple.__new__, CheckedContact))
"""A CheckedContact of all its parts in half the time: for every row of a list."""


def put_aside(contact: CheckedContact) -> CheckedContact:
    """The contact left out by hand, whatever was found in it; a blank row stays one."""
    if contact.status is Status.BLANK:
        return contact
    found = Finding(FindingKind.PUT_ASIDE, Level.BLOCKING)
    return contact._replace(status=Status.LEFT_OUT, findings=(*contact.findings, found))
