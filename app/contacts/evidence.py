"""What the cells of a column look like, as shares: the second opinion on what its header says.

Knows texts; refuses to know headers and to decide anything.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field

from app.contacts.cells import is_blank, is_error
from app.contacts.choices import ChoiceReader
from app.contacts.dates import looks_like_date
from app.contacts.emails import looks_like_email
from app.contacts.fields import Field, FieldKind, Meaning
from app.contacts.folding import fold

_PHONE = re.compile(
    r"[='\"]*(?:tel[.:]*\s*|cell[.:]*\s*|mob[.:]*\s*)?[+(]{0,2}\d[\d\s().\-/\u00a0]*(?:[.,]0)?\W*", re.I
)
_LOST_PHONE = re.compile(r"\d[.,]\d+[eE]\+\d{1,2}")
_DIGIT = re.compile(r"\d")
_YES_NO = frozenset(
    {
        *("yes", "no", "true", "false", "y", "n", "x", "1", "0", "si", "s", "oui", "non", "ja"),
        *("nein", "j", "o", "vero", "falso", "vrai", "faux", "wahr", "falsch", "verdadero", "on"),
        *("off", "subscribed", "unsubscribed", "iscritto"),
    }
)
_ACADEMIC = frozenset(
    {
        *("dr", "prof", "dott", "dottore", "dottssa", "dott ssa", "dottoressa", "avv", "ing"),
        *("arch", "rag", "geom", "mag", "dipl ing", "prof dr", "dr med", "dr jur", "pr", "me"),
        *("dra", "lic", "phd", "ph d", "doctor"),
    }
)
_POLITE = frozenset(
    {
        *("mr", "mrs", "ms", "miss", "mx", "sir", "madam", "sig", "sigra", "sig ra", "signor"),
        *("signora", "sig na", "signore", "signorina", "egr", "gent", "gent ma", "herr", "frau"),
        *("hr", "fr", "herrn", "familie", "famille", "monsieur", "madame", "mademoiselle", "m"),
        *("mme", "mlle", "sr", "sra", "srta", "senor", "senora", "senorita", "don", "dona"),
    }
)
_STATUSES = frozenset(
    {
        *("active", "inactive", "pending", "open", "closed", "new", "attivo", "inattivo", "aktiv"),
        *("inaktiv", "actif", "inactif", "activo", "inactivo", "subscribed", "unsubscribed"),
        *("confirmed", "cleaned", "live", "enabled", "disabled", "lead", "customer", "nuovo"),
    }
)
_ROLES = frozenset(
    {
        *("customer", "subscriber", "administrator", "admin", "user", "member", "guest", "editor"),
        *("cliente", "utente", "membro", "client", "abonne", "kunde", "mitglied", "usuario", "socio"),
    }
)
_ENOUGH = 0.5


@dataclass(frozen=True, slots=True)
class Column:
    """A column as matching sees it: where it is, what it is called, and its cells that hold something."""

    position: int
    header: str
    cells: tuple[str, ...]
    sampled: bool  # whether any cells were given, blank or not
    _shares: dict[Hashable, float] = field(default_factory=dict, compare=False)

    @property
    def is_blank(self) -> bool:
        return self.sampled and not self.cells

    @property
    def emails(self) -> float:
        return self.share("emails", looks_like_email)

    @property
    def phones(self) -> float:
        return self.share("phones", looks_like_phone)

    @property
    def dates(self) -> float:
        return self.share("dates", looks_like_date)

    @property
    def yes_no(self) -> float:
        return self.share("yes_no", lambda cell: fold(cell) in _YES_NO)

    @property
    def several_words(self) -> float:
        return self.share("several_words", lambda cell: len(cell.split()) > 1)

    @property
    def academic(self) -> float:
        return self.share("academic", lambda cell: fold(cell) in _ACADEMIC)

    @property
    def polite(self) -> float:
        return self.share("polite", lambda cell: fold(cell) in _POLITE)

    @property
    def with_digits(self) -> float:
        return self.share("with_digits", lambda cell: _DIGIT.search(cell) is not None)

    def share(self, name: Hashable, holds: Callable[[str], bool]) -> float:
        """Of the cells that hold something, the part for which `holds` (0 to 1); counted once per name."""
        if name not in self._shares:
            self._shares[name] = sum(map(holds, self.cells)) / len(self.cells) if self.cells else 0.0
        return self._shares[name]


def column(position: int, header: str, cells: Sequence[str]) -> Column:
    """The column with its blank cells and failed formulas left out."""
    held = tuple(cell.strip() for cell in cells if not is_blank(cell) and not is_error(cell.strip()))
    return Column(position, header, held, bool(cells))


def looks_like_phone(text: str) -> bool:
    """Whether a cell seems to be meant as a phone number."""
    if _LOST_PHONE.fullmatch(text):
        return True
    if not _PHONE.match(text) or not 7 <= len(_DIGIT.findall(text)) <= 32:
        return False
    return not (any(mark in text for mark in "/.-") and looks_like_date(text))


def agrees(target: Field, held: Column) -> bool | None:
    """Whether the cells can be meant for this field: None where there are no cells or they can't tell."""
    if not held.cells:
        return None
    if target.kind in (FieldKind.CHOICE, FieldKind.MULTI_CHOICE):
        choices = ChoiceReader(target.choices, target.meaning)
        several = target.kind is FieldKind.MULTI_CHOICE
        asked = (target.choices, target.meaning, several)
        known = held.share(asked, lambda cell: _is_choice(choices, cell, several))
        return known >= _ENOUGH
    if held.yes_no >= 0.9 and target.meaning is not Meaning.GENDER:
        return False  # "Email: yes" is a permission, not an address
    by_kind = _BY_KIND.get(target.kind) or _BY_MEANING.get(target.meaning or Meaning.OPT_IN)
    if by_kind is not None:
        return by_kind(held)
    return False if held.emails > _ENOUGH else None


def _is_choice(choices: ChoiceReader, cell: str, several: bool) -> bool:
    return bool(choices.read_several(cell).values) if several else choices.read(cell) is not None


def _is_wordy(held: Column) -> bool:
    return held.with_digits < _ENOUGH and held.emails < _ENOUGH


def _is_full_name(held: Column) -> bool:
    return _is_wordy(held) and held.several_words >= _ENOUGH


def _is_province(held: Column) -> bool:
    # "State" is as often the state of an order or a subscription as a part of a country.
    return _is_wordy(held) and held.share("statuses", lambda cell: fold(cell) in _STATUSES) < 0.2


def _is_job(held: Column) -> bool:
    # "Role" is as often what an account may do in a shop as what somebody does for a living.
    accounts = held.share("roles", lambda cell: fold(cell) in _ROLES or fold(cell) in _STATUSES)
    return _is_wordy(held) and accounts < 0.2


def _is_country(held: Column) -> bool:
    return (
        _is_wordy(held) and held.share("short", lambda cell: len(cell) <= 40 and cell[0].isalpha()) >= _ENOUGH
    )


def _is_website(held: Column) -> bool:
    return held.share("websites", lambda cell: "." in cell and " " not in cell and "@" not in cell) >= _ENOUGH


def _is_postcode(held: Column) -> bool:
    return held.share("postcode", lambda cell: len(cell) <= 10 and any(map(str.isalnum, cell))) >= _ENOUGH


_Judge = Callable[[Column], bool]
_BY_KIND: dict[FieldKind, _Judge] = {
    FieldKind.EMAIL: lambda held: held.emails >= _ENOUGH,
    FieldKind.PHONE: lambda held: held.phones >= _ENOUGH,
    FieldKind.DATE: lambda held: held.dates >= _ENOUGH,
    FieldKind.DECIMAL: lambda held: held.with_digits >= _ENOUGH,
    FieldKind.INTEGER: lambda held: (
        held.share("integers", lambda cell: cell.lstrip("+-").isdigit()) >= _ENOUGH
    ),
}
_BY_MEANING: dict[Meaning, _Judge] = {
    Meaning.EMAIL: _BY_KIND[FieldKind.EMAIL],
    Meaning.MOBILE: _BY_KIND[FieldKind.PHONE],
    Meaning.PHONE: _BY_KIND[FieldKind.PHONE],
    Meaning.FAX: _BY_KIND[FieldKind.PHONE],
    Meaning.BIRTH_DATE: _BY_KIND[FieldKind.DATE],
    Meaning.ANNIVERSARY: _BY_KIND[FieldKind.DATE],
    Meaning.FULL_NAME: _is_full_name,
    Meaning.FIRST_NAME: _is_wordy,
    Meaning.LAST_NAME: _is_wordy,
    Meaning.CITY: _is_wordy,
    Meaning.PROVINCE: _is_province,
    Meaning.JOB: _is_job,
    Meaning.COUNTRY: _is_country,
    Meaning.LANGUAGE: _is_country,
    Meaning.POSTCODE: _is_postcode,
    Meaning.WEBSITE: _is_website,
}
