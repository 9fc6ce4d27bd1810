"""Whether a contact is well formed, by the table in smsend's "Add a contact".

Checks one contact against the table; saves nothing and knows no account but the groups it is told of.
"""

from __future__ import annotations

import re
from collections.abc import Container

from app.practice.numbers import is_date_like, is_email

CUSTOMS = tuple(f"custom{number}" for number in range(1, 11))
# The longest each text may be, in characters; None where the document gives no limit.
TEXT_MOST: dict[str, int | None] = {
    "name": 40,
    "surname": 40,
    "fax": 32,
    "address": 256,
    "city": 32,
    "province": 32,
    "zip": 16,
    **dict.fromkeys(CUSTOMS),
}
_DATES = frozenset({"birthdate", "promotiondate", "rememberdate"})
_DATE_PATTERNS = {  # by length: the six documented forms
    6: "%d%m%y",
    8: "%Y%m%d",
    10: "%d%m%y%H%M",
    14: "%Y%m%d%H%M%S",
    16: "%Y-%m-%d %H:%M",
    18: "%Y-%m-%d %H:%M.0",
}
_PHONE = re.compile(r"\+[1-9]\d{5,14}", re.ASCII)


class BadContact(Exception):
    """The request is badly formatted: 400, nothing is saved, and this is the body."""


def check_contact(contact: object, groups: Container[str]) -> dict[str, object]:
    """The contact as it came, as a dict of its own. Raises BadContact."""
    if not isinstance(contact, dict):
        raise BadContact("every contact must be a JSON object")
    for key, value in contact.items():
        if key == "groupIds":
            _check_groups(value, groups)
        elif not isinstance(value, str):
            raise BadContact(f"{key} must be text" if _known(key) else f"{key} is not a known field")
        else:
            _check_text(key, value)
    if not contact.get("email") and "phoneNumber" not in contact:
        raise BadContact("no email or phoneNumber provided")
    return dict(contact)


def _check_text(key: str, value: str) -> None:
    if key in TEXT_MOST:
        most = TEXT_MOST[key]
        if most is not None and len(value) > most:
            raise BadContact(f"{key} is longer than {most} characters")
        return
    if not _known(key):
        raise BadContact(f"{key} is not a known field")
    # "String, not empty"; every example is a plus and digits.
    if key == "phoneNumber" and not _PHONE.fullmatch(value):
        raise BadContact("phoneNumber is not a valid phone number")
    if key == "email" and not is_email(value):
        raise BadContact("email is not a valid e-mail address")
    if key == "gender" and value not in ("", "m", "f"):  # empty is the documented default
        raise BadContact("gender must be m or f")
    if key in _DATES and not _is_date(value):
        raise BadContact(f"{key} is not in a known date format")


def _is_date(text: str) -> bool:
    return not text or is_date_like(text, _DATE_PATTERNS.get(len(text), ""))


def _check_groups(value: object, groups: Container[str]) -> None:
    if not isinstance(value, list):
        raise BadContact("groupIds must be a list")
    for group in value:
        if not isinstance(group, str) or group not in groups:
            raise BadContact("group not owned")


def _known(key: str) -> bool:
    return key in TEXT_MOST or key in _DATES or key in ("phoneNumber", "email", "gender")
