"""Takes number format codes apart: sections, tokens, conditions.

It knows how codes such as `[<=9999999]###-####;(###) ###-####` are written, and shows nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum, auto


class Kind(Enum):
    LITERAL = auto()
    DIGIT = auto()
    POINT = auto()
    COMMA = auto()
    PERCENT = auto()
    TEXT = auto()
    DATE = auto()
    ELAPSED = auto()
    GENERAL = auto()
    OTHER = auto()  # scientific, fraction


@dataclass(frozen=True, slots=True)
class Token:
    kind: Kind
    text: str


_TOKEN = re.compile(
    r"""(?P<quoted>"[^"]*"?)|(?P<escaped>\\.|!.)|(?P<space>_.)|(?P<fill>\*.)|\[(?P<bracket>[^\]]*)\]
      |(?P<general>general)|(?P<clock>am/pm|a/p)|(?P<exponent>e[+-])|(?P<rest>.)""",
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?)$")


def split(code: str) -> list[str]:
    """The sections between semicolons that are not inside quotes, escapes or brackets."""
    sections = [""]
    for match in _TOKEN.finditer(code):
        if match["rest"] == ";":
            sections.append("")
        else:
            sections[-1] += match[0]
    return sections


def tokens_of(section: str) -> list[Token]:
    """What a section is made of. A fraction is a single token, because we show decimals in its place."""
    tokens: list[Token] = []
    for match in _TOKEN.finditer(section):
        group, text = match.lastgroup or "", match[0]
        if group == "quoted":
            tokens.append(Token(Kind.LITERAL, text.strip('"')))
        elif group == "escaped":
            tokens.append(Token(Kind.LITERAL, text[1]))
        elif group == "bracket":
            tokens += _bracket(match["bracket"])
        elif group == "general":
            tokens.append(Token(Kind.GENERAL, text))
        elif group == "exponent":
            tokens.append(Token(Kind.OTHER, text))
        elif group == "clock":
            tokens.append(Token(Kind.DATE, "h"))
        elif text == "/" and tokens and tokens[-1].kind is Kind.DIGIT:
            return [Token(Kind.OTHER, text)]
        elif group == "rest":
            tokens.append(_single(text))
    return tokens


def sections_of(code: str) -> list[list[Token]]:
    """The tokens of every section. One that is empty beside others shows nothing, and holds an empty text."""
    sections = split(code)
    hidden = [Token(Kind.LITERAL, "")]
    return [tokens_of(section) if section or len(sections) == 1 else hidden for section in sections]


def condition_of(section: str) -> tuple[str, Decimal] | None:
    for match in _TOKEN.finditer(section):
        found = _CONDITION.match(match["bracket"] or "")
        if found:
            return found[1], Decimal(found[2])
    return None


def _bracket(inside: str) -> list[Token]:
    if inside.startswith("$"):
        symbol = inside[1:].partition("-")[0]
        return [Token(Kind.LITERAL, symbol)] if symbol else []
    if inside and set(inside.lower()) <= set("hms") and len(set(inside.lower())) == 1:
        return [Token(Kind.ELAPSED, inside)]
    return []


def _single(character: str) -> Token:
    kinds = {"0": Kind.DIGIT, "#": Kind.DIGIT, "?": Kind.DIGIT, ".": Kind.POINT, ",": Kind.COMMA}
    kinds |= {"%": Kind.PERCENT, "@": Kind.TEXT} | dict.fromkeys("ymdhsYMDHS", Kind.DATE)
    return Token(kinds.get(character, Kind.LITERAL), character)
