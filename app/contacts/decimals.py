"""Reads numbers with a decimal point or comma, grouped or not, into the one way providers want them.

Knows how countries write numbers; refuses to know fields, and to choose in silence where one could be two.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

# Where a comma groups digits and a point begins the decimals; elsewhere it is the other way round.
POINT_COUNTRIES = frozenset(
    {
        *("AU", "BD", "BW", "CN", "DO", "GB", "GH", "GT", "HK", "HN", "IE", "IL", "IN", "JM", "JP", "KE"),
        *("KR", "LK", "MO", "MT", "MX", "MY", "NG", "NI", "NP", "NZ", "PA", "PH", "PK", "SG", "SV", "TH"),
        *("TW", "TZ", "UG", "US", "ZW", "CH", "LI", "CA"),
    }
)

_PLAIN = re.compile(r"([+-]?)(\d{1,30})(?:\.(\d{1,20}))?", re.ASCII)
_GROUPS = r"['\u2019 \u00a0\u202f]"
_DOUBTFUL = re.compile(r"[+-]?[1-9]\d{0,2}[.,]\d{3}", re.ASCII)


@dataclass(frozen=True, slots=True)
class DecimalReading:
    """`number` with a point and no groups ("-1234.5"), or empty if the text is none; `doubtful` where the
    text could be a thousand times as much."""

    number: str = ""
    doubtful: bool = False


def read_decimal(text: str, country: str = "") -> DecimalReading:
    """The number that `text` writes; `country` (ISO 3166, or empty) decides where it could be two."""
    bare = re.sub(rf"(?<=\d){_GROUPS}(?=\d{{3}}(?!\d))", "", text.strip()).replace("\u2212", "-")
    found = _PLAIN.fullmatch(_with_point(bare, country))
    if found is None:
        return DecimalReading()
    sign, whole, part = found.groups()
    number = whole.lstrip("0") or "0"
    if part is not None:
        number += f".{part}"
    minus = "-" if sign == "-" and number.strip("0.") else ""
    return DecimalReading(minus + number, _DOUBTFUL.fullmatch(bare) is not None)


def _with_point(text: str, country: str) -> str:
    """The text with its decimals behind a point and nothing that groups; as it is if it is no number."""
    points, commas = text.count("."), text.count(",")
    if points and commas:
        point, group = (".", ",") if text.rfind(".") > text.rfind(",") else (",", ".")
        return _ungrouped(text, group, point)
    if points > 1:
        return _ungrouped(text, ".", ",")
    if commas > 1 or (commas == 1 and country in POINT_COUNTRIES and _DOUBTFUL.fullmatch(text)):
        return _ungrouped(text, ",", ".")
    return text.replace(",", ".")


def _ungrouped(text: str, group: str, point: str) -> str:
    whole, _, part = text.partition(point)
    grouped = re.fullmatch(rf"[+-]?\d{{1,3}}(?:\{group}\d{{3}})+", whole)
    joined = whole.replace(group, "") if grouped else whole
    return f"{joined}.{part}" if part else joined
