"""Tidies the text of one cell whatever its field: odd spaces, invisible characters, Excel's error texts.

Knows characters; refuses to know fields, phones, e-mails and dates.
"""

from __future__ import annotations

import re

# What spreadsheets write where a formula failed, in the languages whose files reach us.
ERROR_TEXTS = frozenset(
    {
        *(
            "#N/A",
            "#N/A N/A",
            "#NAME?",
            "#REF!",
            "#VALUE!",
            "#DIV/0!",
            "#NUM!",
            "#NULL!",
            "#SPILL!",
            "#CALC!",
        ),
        *("#GETTING_DATA", "#FIELD!", "#BLOCKED!", "#CONNECT!", "#UNKNOWN!", "#BUSY!"),
        *("#N/D", "#NOME?", "#RIF!", "#VALORE!", "#NULLO!", "#ESPANSIONE!", "#CALCOLO!"),  # Italian
        *("#NV", "#BEZUG!", "#WERT!", "#ZAHL!", "#ÜBERLAUF!", "#KALK!"),  # German
        *("#NOM?", "#VALEUR!", "#NOMBRE!", "#NUL!", "#PROPAGATION!"),  # French
        *("#¿NOMBRE?", "#¡REF!", "#¡VALOR!", "#¡DIV/0!", "#¡NUM!", "#¡NULO!", "#¡DESBORDAMIENTO!"),  # Spanish
        "#ERROR!",  # Google Sheets
    }
)
_LIBRE_OFFICE_ERROR = re.compile(r"Err:\d{3}")

# Written where there is nothing to write; taken as blank where a phone, an e-mail or a date is expected.
_PLACEHOLDERS = frozenset(
    {
        *("n/a", "na", "n.a.", "n/d", "nd", "n.d.", "null", "none", "nan", "nil", "k.a.", "s/o"),
        *("no email", "no e-mail", "no mail", "no phone", "not available", "unknown", "missing"),
        *("nessuno", "nessuna", "non disponibile", "non ha", "sconosciuto", "manca", "assente"),
        *("aucun", "aucune", "néant", "inconnu", "inconnue", "non renseigné", "non communiqué"),
        *("keine", "keiner", "keines", "kein", "keine angabe", "unbekannt", "nicht vorhanden", "fehlt"),
        *("ninguno", "ninguna", "no tiene", "sin email", "sin correo", "sin teléfono", "desconocido"),
        # How databases and spreadsheets write that there is no date.
        *("0000-00-00", "0000-00-00 00:00:00", "00/00/0000", "00.00.0000", "00-00-0000", "1900-01-00"),
    }
)

# Zero width space, word joiner, byte order mark, soft hyphen and the marks that turn writing direction.
# Zero width joiners stay: they are letters' business in several scripts.
_INVISIBLE = re.compile(
    "[\u200b\u2060\ufeff\u00ad\u200e\u200f\u202a-\u202e\u2066-\u2069\x00-\x08\x0e-\x1f\x7f]"
)
_SPACES = re.compile(r"\s{2,}|[^\S ]")


def is_error(text: str) -> bool:
    """Whether the (stripped) text is what a spreadsheet shows for a failed formula."""
    if text[:1] == "#":
        return text.upper() in ERROR_TEXTS
    return text[:4] == "Err:" and _LIBRE_OFFICE_ERROR.fullmatch(text) is not None


def is_placeholder(text: str) -> bool:
    """Whether the (stripped) text only says that there is nothing: "-", "n/a", "null"."""
    return not any(letter.isalnum() for letter in text) or text.casefold() in _PLACEHOLDERS


def tidy(text: str) -> str:
    """The text with plain single spaces, none at its ends, and nothing invisible in it."""
    if "  " not in text and text.isprintable():  # of all spaces, only the plain one is printable
        return text.strip()
    return _SPACES.sub(" ", _INVISIBLE.sub("", text)).strip()


def is_blank(text: str) -> bool:
    """Whether nothing can be seen in the cell."""
    return not text or text.isspace() or not tidy(text)
