"""Shows number cells as Excel shows them, from the exact digits in the file: no integer becomes a float.

It knows format codes such as `0000000000` and `"+39 "0`, and not which cell has which of them.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache

from app.table.dates import date_renderer
from app.table.formatcodes import Kind, Token, condition_of, sections_of, split, tokens_of

Render = Callable[[str], str]

BUILT_IN: dict[int, str] = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00",
    12: "# ?/?", 13: "# ??/??", 14: "yyyy-mm-dd", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy",
    18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "yyyy-mm-dd h:mm",
    37: "#,##0;-#,##0", 38: "#,##0;-#,##0", 39: "#,##0.00;-#,##0.00", 40: "#,##0.00;-#,##0.00",
    45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss", 48: "##0.0E+0", 49: "@",
}  # fmt: skip
# What the East Asian editions show as dates and times.
BUILT_IN |= dict.fromkeys((*range(27, 32), 36, *range(50, 55), 57, 58), "yyyy-mm-dd")
BUILT_IN |= dict.fromkeys((32, 33, 34, 35, 55, 56), "h:mm:ss")

_CACHE = 40_000
_LONGEST = 40


@lru_cache(maxsize=4096)
def renderer(code: str, from_1904: bool = False) -> Render:
    """The function that shows a number (text as stored in the file) under format `code`."""
    sections = sections_of(code)
    kinds = {token.kind for section in sections[:3] for token in section}
    if Kind.DATE in kinds or Kind.ELAPSED in kinds:
        letters = "".join(t.text.lower() for t in sections[0] if t.kind in (Kind.DATE, Kind.ELAPSED))
        shown = lru_cache(_CACHE)(date_renderer(letters, Kind.ELAPSED in kinds, from_1904, plain))
        return _without_zero(shown) if len(sections) > 2 and _is_hidden(sections[2]) else shown
    conditions = [condition_of(section) for section in split(code)]
    numeric = [section for section in sections[:3] if not any(t.kind is Kind.TEXT for t in section)]
    if all(_undecorated(section, len(numeric) > 1) for section in numeric) and not any(conditions):
        return _undecorating(numeric[0]) if numeric else plain
    shown = lru_cache(_CACHE)(lambda text: _shown(text, numeric, conditions))
    return _padding(sections[0], shown) if len(sections) == 1 and not any(conditions) else shown


def _undecorating(section: list[Token]) -> Render:
    if any(t.kind is Kind.POINT for t in section):
        decimals, fewest = _decimals(section), _fewest_decimals(section)
        return lru_cache(_CACHE)(lambda text: _fixed(text, decimals, fewest))
    places = {t.text for t in section if t.kind is Kind.DIGIT}
    return plain if "0" in places or not places else _without_zero(plain)


def _without_zero(otherwise: Render) -> Render:
    """For formats that show nothing where a zero is, such as `#`."""
    return lambda text: "" if plain(text) == "0" else otherwise(text)


def _is_hidden(section: list[Token]) -> bool:
    return bool(section) and all(t.kind is Kind.LITERAL and not t.text for t in section)


def _padding(section: list[Token], otherwise: Render) -> Render:
    """A quick way for formats that only pad and surround, such as `0000000000` and `"+39 "0`."""
    digits = [i for i, token in enumerate(section) if token.kind is not Kind.LITERAL]
    zeros = all(section[i].kind is Kind.DIGIT and section[i].text == "0" for i in digits)
    if not digits or not zeros or digits != list(range(digits[0], digits[-1] + 1)):
        return otherwise
    before = "".join(token.text for token in section[: digits[0]]).lstrip()
    after = "".join(token.text for token in section[digits[-1] + 1 :]).rstrip()
    places = len(digits)
    return lambda text: before + text.zfill(places) + after if text.isdigit() else otherwise(text)


def text_affixes(code: str) -> tuple[str, str] | None:
    """What a format such as `"+39 "@` puts before and after text cells; None where it puts nothing."""
    section = next((s for s in map(tokens_of, split(code)) if any(t.kind is Kind.TEXT for t in s)), None)
    if section is None or sum(t.kind is Kind.TEXT for t in section) != 1:
        return None
    place = next(i for i, t in enumerate(section) if t.kind is Kind.TEXT)
    before = "".join(t.text for t in section[:place] if t.kind is Kind.LITERAL)
    after = "".join(t.text for t in section[place + 1 :] if t.kind is Kind.LITERAL)
    return (before, after) if (before + after).strip() else None


def plain(text: str) -> str:
    """A number without a format: integers with all their digits, fractions without floating-point noise."""
    if text.isdigit():
        return text
    if "." in text and "E" not in text:
        try:
            short = f"{float(text):.15g}"
        except ValueError:
            short = "e"
        if "e" not in short and short != "-0":
            return short
    number = _decimal(text)
    if number is None:
        return text.strip()
    if number == number.to_integral_value():
        return _spelled(number.to_integral_value())
    # Excel keeps 15 significant digits; the rest is what binary fractions leave behind.
    return _spelled(Decimal(f"{float(number):.15g}"))


def digits_of(value: float) -> str:
    """How a number is spelled that a file stores as a float: a whole one without its point."""
    return str(int(value)) if value == value and abs(value) < 1e15 and value == int(value) else repr(value)


def _decimal(text: str) -> Decimal | None:
    """The exact number, or None for what is no number or too long to be spelled."""
    try:
        number = Decimal(text.strip())
    except InvalidOperation:
        return None
    if not number.is_finite() or not -_LONGEST < number.adjusted() < _LONGEST or len(text) > 2 * _LONGEST:
        return None
    return number


def _spelled(number: Decimal) -> str:
    text = format(number, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def _fixed(text: str, decimals: int, fewest: int) -> str:
    """Plain formats such as `0.00` and `0.0#`: fractions as shown; whole numbers keep just their
    digits, because a phone number under this format is still a phone number."""
    number = _decimal(text)
    if number is None or number == number.to_integral_value():
        return plain(text)
    shown = format(number.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP), "f")
    spare = len(shown) - len(shown.rstrip("0"))
    return shown[: len(shown) - min(spare, decimals - fewest)].rstrip(".")


def _undecorated(section: list[Token], among_others: bool) -> bool:
    """True where the section adds nothing to the digits that a contact would miss.

    One `among_others` may write a sign or brackets, as accountants do: they only tell losses from gains.
    """
    if any(t.kind is Kind.OTHER for t in section):
        return True
    places = any(t.kind in (Kind.DIGIT, Kind.GENERAL) for t in section)
    if not places:  # nothing, or a word instead of the number, such as "Yes"
        words = any(t.kind is Kind.LITERAL and any(map(str.isalpha, t.text)) for t in section)
        return not words and not _is_hidden(section)
    lost = " -()\xa0" if among_others else " \xa0"
    if any(t.kind is Kind.PERCENT or (t.kind is Kind.LITERAL and t.text.strip(lost)) for t in section):
        return False
    if _scaling(section):
        return False
    literal_inside = any(
        t.kind is Kind.LITERAL and any(u.kind is Kind.DIGIT for u in section[:i])
        and any(u.kind is Kind.DIGIT for u in section[i:])
        for i, t in enumerate(section)
    )  # fmt: skip
    before_point = section[: next((i for i, t in enumerate(section) if t.kind is Kind.POINT), len(section))]
    digits = [t.text for t in before_point if t.kind is Kind.DIGIT]
    return not literal_inside and "0" not in digits[:-1]


def _decimals(section: list[Token]) -> int:
    point = next((i for i, t in enumerate(section) if t.kind is Kind.POINT), None)
    return 0 if point is None else sum(t.kind is Kind.DIGIT for t in section[point:])


def _fewest_decimals(section: list[Token]) -> int:
    """The decimals that are shown even where they are zeros."""
    digits = [t.text for t in section[next(i for i, t in enumerate(section) if t.kind is Kind.POINT) :]]
    return max((place for place, text in enumerate(digits) if text == "0"), default=0)


def _scaling(section: list[Token]) -> int:
    """Commas after the last digit place: each divides by a thousand."""
    last = max((i for i, t in enumerate(section) if t.kind is Kind.DIGIT), default=None)
    if last is None:
        return 0
    count = 0
    for token in section[last + 1 :]:
        if token.kind is not Kind.COMMA:
            break
        count += 1
    return count


def _shown(text: str, sections: list[list[Token]], conditions: list[tuple[str, Decimal] | None]) -> str:
    number = _decimal(text)
    if number is None:
        return plain(text)
    index = _section_for(number, len(sections), conditions)
    section = sections[index]
    if any(t.kind is Kind.OTHER for t in section) or not section:
        return plain(text)
    own_sign = index == 1 and not any(conditions)
    number = abs(number) if own_sign else number
    if any(t.kind is Kind.GENERAL for t in section):
        sign, digits = "-" if number < 0 else "", plain(format(abs(number), "f"))
        return sign + "".join(digits if t.kind is Kind.GENERAL else t.text for t in section).strip()
    percents = sum(t.kind is Kind.PERCENT for t in section)
    number = number.scaleb(2 * percents - 3 * _scaling(section))
    if not any(t.kind is Kind.DIGIT for t in section):
        return "".join(t.text for t in section if t.kind is Kind.LITERAL).strip()
    decimals = _decimals(section)
    rounded = number.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    whole, _, fraction = format(abs(rounded), "f").partition(".")
    sign = "-" if rounded < 0 else ""
    return sign + _filled(section, whole.lstrip("0"), fraction).strip()


def _section_for(number: Decimal, count: int, conditions: list[tuple[str, Decimal] | None]) -> int:
    if any(conditions):
        for index in range(count):
            condition = conditions[index]
            if condition is None or _holds(number, *condition):
                return index
        return count - 1
    if number < 0 and count > 1:
        return 1
    return 2 if number == 0 and count > 2 else 0


def _holds(number: Decimal, operator: str, limit: Decimal) -> bool:
    answers = {
        "<": number < limit, "<=": number <= limit, ">": number > limit,
        ">=": number >= limit, "=": number == limit, "<>": number != limit,
    }  # fmt: skip
    return answers[operator]


def _filled(section: list[Token], whole: str, fraction: str) -> str:
    """The section with digits in its places: whole part right to left, fraction left to right."""
    point = next((i for i, t in enumerate(section) if t.kind is Kind.POINT), len(section))
    places = [i for i in range(point) if section[i].kind is Kind.DIGIT]
    grouped = any(
        section[i].kind is Kind.COMMA for i in range(places[0] if places else 0, places[-1] if places else 0)
    )
    filling = _whole_digits(section, places, whole, grouped)
    out: list[str] = [] if places else [whole]
    spent = 0
    for index, token in enumerate(section):
        if token.kind in (Kind.LITERAL, Kind.PERCENT):
            out.append(token.text)
        elif token.kind is Kind.DIGIT and index < point:
            out.append(filling[index])
        elif token.kind is Kind.DIGIT:
            out.append(fraction[spent] if token.text == "0" or fraction[spent:].strip("0") else "")
            spent += 1
        elif token.kind is Kind.POINT and (
            fraction.strip("0") or any(t.text == "0" for t in section[index:])
        ):
            out.append(".")
    return "".join(out)


def _whole_digits(section: list[Token], places: list[int], whole: str, grouped: bool) -> dict[int, str]:
    filling: dict[int, str] = {}
    rest, count = whole, 0
    for place in reversed(places):
        first = place == places[0]
        taken = rest if first else rest[-1:]
        rest = "" if first else rest[:-1]
        if not taken and section[place].text == "0":
            taken = "0"
        shown = ""
        for digit in reversed(taken):
            if grouped and count and count % 3 == 0:
                shown = "," + shown
            shown = digit + shown
            count += 1
        filling[place] = shown
    return filling
