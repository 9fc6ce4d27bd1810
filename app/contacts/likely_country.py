"""Guesses the country of phone numbers written without one, from the numbers themselves.

Knows numbering plans only; what the user's system says, and what the user then chooses, is decided elsewhere.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from app.contacts.numbering import country_of, trunk_prefix
from app.contacts.numbering_plans import LineKind
from app.contacts.phones import PhoneReader

FEWEST = 3  # numbers: fewer prove nothing
SHARE = 0.6  # of the numbers without a country must be mobile numbers there
LOST_ZERO = (
    0.65  # what a number without its leading 0 counts: Excel loses it, but it may be another country's
)

# Where our users are; a country that shows up in the list itself is tried before these.
_USUAL = ("IT", "FR", "DE", "ES", "GB", "AT", "CH", "BE", "NL", "PT", "US")


def likely_country(texts: Iterable[str], usual: str = "") -> str:
    """The ISO 3166 code of the country in which most of the numbers without one are mobile numbers, or, if
    all numbers name their country, the commonest of those. Empty where there is too little to go by.

    Where the numbers fit several countries, those in the list itself win, then `usual`, then larger ones.
    """
    anywhere = PhoneReader("")
    abroad: Counter[str] = Counter()
    without: list[str] = []
    for text in texts:
        reading = anywhere.read(text) if text.strip() else None
        if reading is None:
            continue
        if reading.number:
            abroad[country_of(reading.number)] += 1
        else:
            without.append(text)
    if len(without) < FEWEST:
        found = abroad.most_common(1)
        return found[0][0] if found and found[0][1] >= FEWEST else ""
    candidates = dict.fromkeys([country for country, _ in abroad.most_common(5) if country])
    candidates |= dict.fromkeys([usual, *_USUAL] if usual else _USUAL)
    shares = {country: _mobile_share(country, without) for country in candidates}
    best = max(shares, key=lambda country: shares[country])
    return best if shares[best] >= SHARE else ""


def _mobile_share(country: str, texts: list[str]) -> float:
    """How many of the numbers could be dialled there; one that first needs its 0 back counts half."""
    reader, trunk = PhoneReader(country), trunk_prefix(country)
    credit = 0.0
    for text in texts:
        if reader.read(text).kind is LineKind.MOBILE:
            whole = not trunk or text.strip().startswith((trunk, "(" + trunk))
            credit += 1.0 if whole else LOST_ZERO
    return credit / len(texts)
