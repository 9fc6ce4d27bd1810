"""Reads an e-mail address: its syntax, its tidy form, and whether its domain looks mistyped.

Gives exactly the verdict of the email-validator library without asking any server; refuses to know what
follows for a row, and never corrects a typing error by itself.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple, cast

from email_validator import SPECIAL_USE_DOMAIN_NAMES, EmailSyntaxError, validate_email

_LONGEST = 254  # octets, RFC 3696 erratum 1690; the library's limit too
_SHORT = 120  # octets: with as many before the @, an address can't be too long
_LONGEST_CELL = 2_000
# A local part the library accepts at its very first look (RFC 5322 dot-atom); one @ can't hide in it.
_DOT_ATOM = re.compile(r"[a-zA-Z0-9_!#$%&'*+\-/=?^`{|}~]+(?:\.[a-zA-Z0-9_!#$%&'*+\-/=?^`{|}~]+)*")
_IN_BRACKETS = re.compile(r"[^<>]*<\s*(?:mailto:)?\s*([^<>\s]+@[^<>\s]+)\s*>[\s;,.]*", re.IGNORECASE)
_BETWEEN = re.compile(r"\s*[;,|\s]\s*|\s*/\s*(?=[^/]*@)")
_LINK = re.compile(r"\[[^\[\]]*\]\(mailto:([^()]+)\)", re.IGNORECASE)
_QUESTION = re.compile(r"^mailto:|(?<=\w)\?(?:subject|cc|bcc|body)=.*$", re.IGNORECASE)
_REMARK = re.compile(r"\s*\([^()@]*\)$")
_AROUND_AT = re.compile(r"\s*@\s*")
_WRAPPING = " \t\r\n;,:<>()[]\"'“”‘’«»"
_MOST_DOMAINS_KEPT = 20_000


class EmailReading(NamedTuple):  # a tuple, because a million are made
    """`address` is the address with its domain in small letters, or empty if there is no valid one.

    `tidied` says that something around the address was taken away ("Anna <anna@example.com>"); `others` is
    another address from the same cell; `meant` is the address the person may have meant, or empty.
    """

    address: str
    tidied: bool = False
    others: str = ""
    meant: str = ""


_NONE = EmailReading("")
_Parts = tuple[str, bool, str, str]
_reading = cast("Callable[[_Parts], EmailReading]", partial(tuple.__new__, EmailReading))  # in half the time


@dataclass(frozen=True, slots=True)
class _Domain:
    """What is known of a domain: its tidy form, the length of its longest form, its likely correction."""

    tidy: str
    longest: int
    meant: str


class EmailReader:
    """Reads addresses, remembering the domains it has met: a list has many people and few domains."""

    def __init__(self) -> None:
        self._domains: dict[str, _Domain | None] = {}
        self._usual: dict[str, str] = {}  # of these the short ones that nobody mistyped

    def read(self, text: str) -> EmailReading:
        """The address in `text`, which is not blank and has no blanks at its ends. Never raises."""
        local, _, name = text.rpartition("@")
        tidy = self._usual.get(name)
        if tidy is not None and len(local) <= _SHORT and _DOT_ATOM.fullmatch(local):
            return _reading((f"{local}@{tidy}", False, "", ""))
        address = self._valid(text)
        if address is not None:
            return address
        if len(text) > _LONGEST_CELL or "@" not in text:
            return _NONE
        return self._read_closely(text)

    def _read_closely(self, text: str) -> EmailReading:
        """The first valid address of a cell that is not an address as it stands."""
        bare = _without_trimmings(text)
        if bare != text and (reading := self._valid(bare)) is not None:
            return reading._replace(tidied=True)
        bracketed = _IN_BRACKETS.fullmatch(text)
        pieces = [bracketed[1]] if bracketed else [piece for piece in _BETWEEN.split(text) if "@" in piece]
        found: list[EmailReading] = []
        for piece in pieces:
            bare = re.sub(r"(?i)^mailto:", "", piece.lstrip(_WRAPPING).rstrip(_WRAPPING + "."))
            reading = self._valid(bare)
            if reading is None:
                return _NONE  # a doubtful piece: better no address than the wrong one
            found.append(reading)
        if not found or not (bracketed or _says_nothing_else(text, pieces)):
            return _NONE
        others = dict.fromkeys(one.address for one in found[1:] if one.address != found[0].address)
        return EmailReading(found[0].address, True, ", ".join(others), found[0].meant)

    def _valid(self, text: str) -> EmailReading | None:
        local, at, name = text.rpartition("@")
        if not at or not _DOT_ATOM.fullmatch(local):
            return self._valid_by_library(text) if at and not text.isascii() else None
        try:
            domain = self._domains[name]
        except KeyError:
            domain = self._domain(name)
        if domain is None or len(local) + 1 + domain.longest > _LONGEST:
            return None
        meant = f"{local}@{domain.meant}" if domain.meant else ""
        return EmailReading(f"{local}@{domain.tidy}", False, "", meant)

    def _domain(self, name: str) -> _Domain | None:
        """Asks the library about a domain, with a one-letter local part so that only the domain matters."""
        if len(self._domains) >= _MOST_DOMAINS_KEPT:
            self._domains.clear()
            self._usual.clear()
        domain = _asked_domain(name)
        self._domains[name] = domain
        if domain is not None and not domain.meant and domain.longest <= _SHORT:
            self._usual[name] = domain.tidy
        return domain

    def _valid_by_library(self, text: str) -> EmailReading | None:
        """Addresses beyond ASCII before the @, which only the library can judge."""
        if _asked(text) is None:
            return None
        local, _, name = text.rpartition("@")
        domain = _asked_domain(name)
        return (
            None if domain is None else EmailReading(f"{unicodedata.normalize('NFC', local)}@{domain.tidy}")
        )


def _without_trimmings(text: str) -> str:
    """The text without what people and programs put around one address: "anna @ example.com (work)"."""
    linked = _LINK.fullmatch(text)
    bare = _QUESTION.sub("", linked[1] if linked else text)
    bare = _REMARK.sub("", bare).strip()
    return _AROUND_AT.sub("@", bare) if bare.count("@") == 1 else bare


def looks_like_email(text: str) -> bool:
    """Whether a cell seems to be meant as one address, valid or not: the cheap question matching asks."""
    local, at, domain = text.strip().rpartition("@")
    return bool(at and local and "." in domain and " " not in domain and "@" not in local)


def _asked(text: str) -> tuple[str, int] | None:
    """The library's tidy domain and the octets of the longest form of the address; None if not valid."""
    try:
        found = validate_email(text, check_deliverability=False)
    except EmailSyntaxError:
        return None
    local = found.ascii_local_part or found.local_part
    forms = (found.original, found.normalized, f"{local}@{found.ascii_domain}")
    return found.domain, max(len(form.encode("utf-8")) for form in forms)


# Domains of plain letters, digits, dots and single hyphens, each label 1 to 63 long, the last beginning and
# ending with a letter: all the library could still refuse are names kept for special uses, and too long ones.
_PLAIN_DOMAIN = re.compile(
    r"(?:(?=[^.]{1,63}\.)[a-z0-9]+(?:-[a-z0-9]+)*\.)+[a-z](?:[a-z0-9]{0,61}[a-z])?", re.IGNORECASE | re.ASCII
)
_LONGEST_PLAIN = 200


def _asked_domain(name: str) -> _Domain | None:
    if len(name) <= _LONGEST_PLAIN and name.isascii() and _PLAIN_DOMAIN.fullmatch(name):
        tidy = name.lower()
        if tidy.rpartition(".")[2] not in SPECIAL_USE_DOMAIN_NAMES:
            return _Domain(tidy, len(name), likely_domain(tidy))
    asked = _asked("a@" + name)
    if asked is None:
        return None
    tidy, longest = asked
    tidy = name.lower() if name.isascii() else tidy
    return _Domain(tidy, longest - 2, likely_domain(tidy))


_SAYS_NOTHING = frozenset(
    {
        *("mailto", "email", "e-mail", "mail"),
        *("e", "and", "und", "et", "y", "o", "or", "oppure", "oder", "ou", "u", "bzw"),
    }
)


def _says_nothing_else(text: str, pieces: list[str]) -> bool:
    rest = text
    for piece in pieces:
        rest = rest.replace(piece, "", 1)
    rest = rest.strip(_WRAPPING + "./|-\u2013\u2014").casefold()
    return not rest or rest.rstrip(":.") in _SAYS_NOTHING


# --- typing errors ------------------------------------------------------------------------------------

_OFTEN_MEANT = (
    *("gmail.com", "hotmail.com", "outlook.com", "yahoo.com", "icloud.com", "googlemail.com", "hotmail.it"),
    *("libero.it", "tiscali.it", "virgilio.it", "yahoo.it", "hotmail.fr", "wanadoo.fr", "laposte.net"),
    *(
        "yahoo.fr",
        "outlook.fr",
        "orange.fr",
        "t-online.de",
        "hotmail.de",
        "yahoo.de",
        "hotmail.es",
        "yahoo.es",
    ),
)
# One keystroke away from a well-known provider, and real all the same.
_REAL = frozenset(
    {
        *_OFTEN_MEANT,
        *(
            "mail.com",
            "email.com",
            "ymail.com",
            "hmail.com",
            "gmail.co",
            "gmx.com",
            "outlook.it",
            "outlook.de",
        ),
        *("outlook.es", "yahoo.co", "yahoo.ca", "yahoo.in", "yahoo.se", "yahoo.no", "yahoo.be", "yahoo.ie"),
        *("hotmail.be", "hotmail.se", "hotmail.ch", "hotmail.nl", "hotmail.no", "outlook.be", "outlook.ie"),
        *(
            "orange.pl",
            "orange.ro",
            "yahoo.ro",
            "yahoo.gr",
            "yahoo.pl",
            "hotmail.gr",
            "hotmail.fi",
            "outlook.pt",
        ),
        *(
            "yahoo.at",
            "yahoo.dk",
            "hotmail.dk",
            "outlook.dk",
            "outlook.at",
            "hotmail.cl",
            "yahoo.cl",
            "outlook.cl",
        ),
    }
) - {"gmail.co"}
# Endings that do not exist, and what the finger was after. Existing ones (.co, .cm, .om) are left alone.
_ENDINGS = {
    **dict.fromkeys(
        ("con", "cmo", "ocm", "comm", "vom", "xom", "cim", "coom", "c0m", "cpm", "copm", "clm"), "com"
    ),
    **dict.fromkeys(("nte", "ner", "bet", "nett"), "net"),
    **dict.fromkeys(("ogr", "orgg", "rog"), "org"),
    **dict.fromkeys(("itt", "iit", "ti"), "it"),
    **dict.fromkeys(("dee", "dde", "ed"), "de"),
    **dict.fromkeys(("ffr", "frr", "rf"), "fr"),
    **dict.fromkeys(("ess", "ees"), "es"),
}


def likely_domain(domain: str) -> str:
    """The domain someone who typed `domain` (in small letters) probably meant, or empty."""
    if domain in _REAL:
        return ""
    meant = _one_keystroke_away().get(domain, "")
    if meant:
        return meant
    name, _, ending = domain.rpartition(".")
    right = _ENDINGS.get(ending, "")
    if not right:
        return ""
    mended = f"{name}.{right}"
    return _one_keystroke_away().get(mended, mended)


_keystrokes: dict[str, str] = {}


def _one_keystroke_away() -> dict[str, str]:
    """Every text one slip (a letter missing, doubled, wrong or swapped) away from a well-known domain."""
    if not _keystrokes:
        for domain in reversed(_OFTEN_MEANT):
            _keystrokes.update(dict.fromkeys(_slips(domain) - _REAL, domain))
    return _keystrokes


def _slips(domain: str) -> set[str]:
    letters = "abcdefghijklmnopqrstuvwxyz0123456789-."
    cuts = [(domain[:at], domain[at:]) for at in range(len(domain) + 1)]
    missing = {left + right[1:] for left, right in cuts if right}
    swapped = {left + right[1] + right[0] + right[2:] for left, right in cuts if len(right) > 1}
    wrong = {left + letter + right[1:] for left, right in cuts if right for letter in letters}
    added = {left + letter + right for left, right in cuts for letter in letters}
    # A slip in a two-letter ending makes another country's domain, which may well be real.
    name, _, ending = domain.rpartition(".")
    kept = missing | swapped | wrong | added
    return {slip for slip in kept if len(ending) > 2 or not slip.startswith(name + ".") or slip == domain}
