"""Guesses the country of phone numbers written without one, from the numbers themselves.

Knows numbering plans only; what the user's system says, and what the user then chooses, is decided elsewhere.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from itertools import islice

from app.contacts.numbering import as_dialled, country_of, trunk_prefix
from app.contacts.numbering_plans import LineKind
from app.contacts.phones import PhoneReader

_DIGITS = re.compile(r"\d+")
FEWEST = 3  # numbers: fewer prove nothing
SHARE = 0.6  # of the numbers without a country must be mobile numbers there
CLOSE = 0.2  # what fits another country nearly as well proves neither
MOST_READ = 100  # numbers
# What a number without its leading 0 counts. Excel takes it away from bare digits; who writes in groups
# writes it down.
LOST_FROM_DIGITS, LOST_IN_GROUPS = 0.85, 0.65
GROUPED = 0.8  # of the numbers in groups must be written as it is done there
# Where our users are, and countries whose mobile numbers look like those.
_TRIED = ("IT", "FR", "DE", "ES", "GB", "AT", "CH", "BE", "NL", "PT", "US", "SE", "RO", "PL")


def likely_country(texts: Iterable[str], usual: str = "") -> str:
    """The ISO 3166 code of the country in which most of the numbers without one are mobile numbers, or, if
    all numbers name their country, that of most of them. Empty where there is too little to go by.

    Where the numbers fit several countries about equally, one that the list itself names wins, then one in
    which they are grouped as these are, then `usual`; else the answer is empty, for no answer is asked about
    and a wrong one is not.
    """
    anywhere = PhoneReader("")
    abroad: Counter[str] = Counter()
    without: list[str] = []
    for text in islice(filter(str.strip, texts), MOST_READ):
        reading = anywhere.read(text.strip())
        if reading.number:
            abroad[country_of(reading.number)] += 1
        else:
            without.append(text.strip())
    if len(without) < FEWEST:
        [(country, count)] = abroad.most_common(1) or [("", 0)]
        return country if count >= FEWEST and 2 * count > abroad.total() else ""
    named = [country for country, _ in abroad.most_common(5) if country]
    shares = {country: _mobile_share(country, without) for country in dict.fromkeys((*named, usual, *_TRIED))}
    best = max(shares.values())
    close = [country for country, share in shares.items() if share >= best - CLOSE]
    if best < SHARE or len(close) == 1:
        return close[0] if best >= SHARE else ""
    by_groups = [country for country in close if _share_grouped(country, without) >= GROUPED]
    if len(by_groups) != 1:
        by_groups = []
    return next((one for one in (*named, *by_groups, usual) if one in close), "")


def _mobile_share(country: str, texts: list[str]) -> float:
    """How many of the numbers could be dialled there; one that first needs its 0 back counts less."""
    reader, trunk = PhoneReader(country), trunk_prefix(country)
    credit = 0.0
    for text in texts:
        if country and reader.read(text).kind is LineKind.MOBILE:
            whole = not trunk or text.startswith((trunk, "(" + trunk))
            credit += 1.0 if whole else LOST_FROM_DIGITS if text.isdecimal() else LOST_IN_GROUPS
    return credit / len(texts)


def _share_grouped(country: str, texts: list[str]) -> float:
    """How many of the numbers written in groups are written in those of the country."""
    reader = PhoneReader(country)
    grouped = [text for text in texts if not text.isdecimal()]
    alike = [text for text in grouped if _groups(text) == _groups(as_dialled(reader.read(text).number))]
    return len(alike) / len(grouped) if len(grouped) >= FEWEST else 0.0


def _groups(text: str) -> list[int]:
    return [len(group) for group in _DIGITS.findall(text)]
