"""The shapes of numbers, phones, e-mail addresses and dates that the documents ask for, as cheap checks.

Checks only; never mends a value, and has no opinion on whether a number is in service.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import lru_cache

# Country calling codes as the ITU assigns them (E.164 list of assigned country codes), as prefixes.
_COUNTRY_CODE = (
    r"(?:1|7|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]"
    r"|(?:2[1-689]|3[578]|42|5[09]|6[789]|8[0578]|9[679])\d)"
)
_WITH_OR_WITHOUT_PLUS = re.compile(rf"\+?(?=\d{{8,15}}\Z){_COUNTRY_CODE}\d+", re.ASCII)
_WITH_PLUS = re.compile(rf"\+(?=\d{{8,15}}\Z){_COUNTRY_CODE}\d+", re.ASCII)
_EMAIL = re.compile(
    r"(?=.{6,254}\Z)[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*"
    r"@(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.)+[^\W\d_][\w-]{0,61}[^\W_]"
)
_DIGITS_MOST = 18
_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def whole(text: str) -> int | None:
    """The number that up to 18 plain digits spell, or None."""
    return int(text) if len(text) <= _DIGITS_MOST and text.isascii() and text.isdigit() else None


def is_full_number(text: str) -> bool:
    """Digits beginning with a country code, 8 to 15 of them, with or without a leading plus."""
    return _WITH_OR_WITHOUT_PLUS.fullmatch(text) is not None


def is_e164(text: str) -> bool:
    """A plus, a country code and digits: 8 to 15 digits in all."""
    return _WITH_PLUS.fullmatch(text) is not None


def is_email(text: str) -> bool:
    """An address by its syntax: a dot-separated name, one @, a domain with a top level."""
    return _EMAIL.fullmatch(text) is not None


@lru_cache(maxsize=65_536)
def is_iso_date(text: str) -> bool:
    """YYYY-MM-DD, and a day that exists."""
    if not _ISO_DATE.fullmatch(text):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


@lru_cache(maxsize=65_536)
def is_date_like(text: str, pattern: str) -> bool:
    """A date or time exactly as strptime's `pattern` would write it."""
    try:
        return datetime.strptime(text, pattern).strftime(pattern) == text
    except ValueError:
        return False
