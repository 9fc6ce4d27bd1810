"""Picks the catalogue of the user's language and looks sentences up in it, at the moment they are shown.

The catalogue is gettext (resources/language/<code>/LC_MESSAGES/app.mo); English is the source text.
`mark` only marks a sentence for the catalogue: data declared at import time stays in English until `tr`.
"""

from __future__ import annotations

import gettext
import re
from collections.abc import Iterable, Sequence
from functools import reduce
from pathlib import Path

LANGUAGES = ("en", "it", "fr", "de", "es")
_FOLDER = Path(__file__).resolve().parent.parent / "resources" / "language"

_GROUPS = {"it": ".", "fr": "\u00a0", "de": ".", "es": "."}
"""What separates thousands, as CLDR has it; a comma in English. French has a no-break space of full width:
the narrow one is in no code page, and a terminal that has one could not print it."""

_BEFORE_PERCENT = {"fr": "\u00a0", "de": "\u00a0", "es": "\u00a0"}
"""What stands before the sign, as CLDR has it; nothing in English and Italian."""

# Characters that are not seen and turn, hide or rewrite what stands near them: direction overrides and
# isolates, zero-width spaces, and the control characters a terminal obeys. Line breaks and tabs are no trick.
_TRICKS = "\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff"
_TRICK = re.compile(f"[{_TRICKS}]")
# The one pair of them that we write ourselves, around a value that is read from right to left.
_APART, _END = "\u2068", "\u2069"
_SET_APART = re.compile(f"{_APART}([^{_TRICKS}]*){_END}|[{_TRICKS}]")
_FROM_RIGHT = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)

_catalogue: gettext.NullTranslations = gettext.NullTranslations()
_code = "en"


def use(code: str, catalogue: gettext.NullTranslations | None = None) -> None:
    """Speak `code` (one of LANGUAGES, or a locale name such as "it_IT") from now on; English if unknown.

    `catalogue` takes the place of the one that came with the program: a pretend language, in tests.
    """
    global _catalogue, _code
    short = code.replace("-", "_").split("_")[0].lower()
    _code = short if short in LANGUAGES else "en"
    _catalogue = catalogue or _shipped_catalogue(_code)


def shipped() -> tuple[str, ...]:
    """Those of LANGUAGES that this program can speak: English, and those whose catalogue came with it."""
    return tuple(code for code in LANGUAGES if code == "en" or _file(code).exists())


def _shipped_catalogue(code: str) -> gettext.NullTranslations:
    # gettext's own search asks `locale` for every spelling of a code; ours have one, and starts are quicker.
    try:
        with _file(code).open("rb") as file:
            return gettext.GNUTranslations(file)
    except FileNotFoundError:
        return gettext.NullTranslations()


def _file(code: str) -> Path:
    return _FOLDER / code / "LC_MESSAGES" / "app.mo"


def current() -> str:
    """The language in use, one of LANGUAGES."""
    return _code


def mark(sentence: str) -> str:
    """The sentence unchanged; its presence puts the sentence into the catalogue."""
    return sentence


def tr(sentence: str, **values: object) -> str:
    """The sentence in the user's language, with {name} places filled from `values`."""
    translated = _catalogue.gettext(sentence) if sentence else ""
    return translated.format(**values) if values else translated


def trn(one: str, many: str, count: int, **values: object) -> str:
    """Like `tr`, for a counted sentence; {count} is filled in with thousands separated."""
    return _catalogue.ngettext(one, many, count).format(count=number(count), **values)


def number(count: int) -> str:
    """A whole number with its thousands separated as the language in use does it."""
    return f"{count:,}".replace(",", _GROUPS.get(_code, ","))


def percent(share: float) -> str:
    """A share (0.0 to 1.0) in whole percent, written as the language in use does it.

    Nothing and all are said of nothing and all only: what is nearly done is at 99.
    """
    whole = round(share * 100)
    if 0.0 < share < 1.0:
        whole = min(99, max(1, whole))
    return f"{whole}{_BEFORE_PERCENT.get(_code, '')}%"


def without_tricks(text: str) -> str:
    """Words from a file or a provider as they may be shown: no character changes how others look."""
    return text if text.isprintable() else _TRICK.sub("", text)  # what can be printed plays none


def apart(text: str) -> str:
    """A value from a file or a provider that is to be shown among others: read from right to left, it would
    turn the order of its neighbours too. For the eye alone: never for what is sent, saved or copied."""
    plain = without_tricks(text)
    return f"{_APART}{plain}{_END}" if not plain.isascii() and _FROM_RIGHT.search(plain) else plain


def listed(texts: Iterable[str], between: str = ", ") -> str:
    """Values in a line, each in an order of its own; see `apart`."""
    return between.join(map(apart, texts))


def in_parts(texts: Sequence[str]) -> str:
    """Texts that may hold commas, one after the other: "3 of 5 contacts are done; 2 are unsure"."""
    return reduce(lambda one, other: tr("{one}; {other}", one=one, other=other), texts) if texts else ""


def shown(text: str) -> str:
    """Words as they may be shown: `without_tricks`, except for what `apart` has set apart."""
    return text if text.isprintable() else _SET_APART.sub(_kept_apart, text)


def _kept_apart(found: re.Match[str]) -> str:
    inside: str = found[1] or ""
    return found[0] if _FROM_RIGHT.search(inside) else inside
