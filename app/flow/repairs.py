"""What can be put right in one go for each kind of finding, and what there is to decide for it.

Asks the ledger which fields and words it is about; the user decides, and rechecking carries it out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from app.contacts.contact import FindingKind
from app.contacts.duplicates import DUPLICATE_KINDS
from app.contacts.fields import Choice, Field, FieldKind
from app.contacts.folding import word_key
from app.flow.draft import ImportDraft
from app.ledger.ledger import Ledger

MOST_WORDS = 500  # different words of one field that are asked about
_MOST_TEXTS = 20_000  # different spellings looked at for them


class Repair(Enum):
    """What is decided to put something right."""

    COUNTRY = "country"
    DOMAINS = "domains"
    NUMBER = "number"
    DATES = "dates"
    CUT = "cut"
    ZERO = "zero"
    WORDS = "words"
    LETTERS = "letters"
    DUPLICATES = "duplicates"


KINDS_OF: Mapping[Repair, tuple[FindingKind, ...]] = {
    Repair.COUNTRY: (FindingKind.PHONE_NO_COUNTRY, FindingKind.PHONE_COUNTRY_ADDED),
    Repair.DOMAINS: (FindingKind.EMAIL_TYPO, FindingKind.EMAIL_CORRECTED),
    Repair.NUMBER: (FindingKind.PHONE_TWO_NUMBERS,),
    Repair.DATES: (FindingKind.DATE_AMBIGUOUS,),
    Repair.CUT: (FindingKind.TOO_LONG, FindingKind.TEXT_CUT),
    Repair.ZERO: (FindingKind.PHONE_ZERO_LOST, FindingKind.PHONE_ZERO_ADDED),
    Repair.WORDS: (
        *(FindingKind.CHOICE_UNKNOWN, FindingKind.CHOICE_AMBIGUOUS, FindingKind.CHOICE_LEFT_EMPTY),
        *(FindingKind.GENDER_LETTER_READ, FindingKind.GENDER_LETTER_UNSURE),
    ),
    Repair.LETTERS: (FindingKind.LETTERS_CHANGED,),
    Repair.DUPLICATES: tuple(sorted(DUPLICATE_KINDS, key=lambda kind: kind.value)),
}
_BY_KIND = {kind: repair for repair, kinds in KINDS_OF.items() for kind in kinds}
_OPEN_WORDS = tuple(kind for kind in KINDS_OF[Repair.WORDS] if kind is not FindingKind.CHOICE_LEFT_EMPTY)
_DECIDED_WORDS = (FindingKind.CHOICE_TRANSLATED, FindingKind.CHOICE_LEFT_EMPTY)


@dataclass(frozen=True, slots=True)
class Word:
    """A word (in an e-mail field: a domain) with its number of rows; `decided` is what the user said it means
    ("": nothing; None: not decided), `meant` what it seems to mean."""

    text: str
    rows: int
    decided: str | None = None
    meant: str = ""


@dataclass(frozen=True, slots=True)
class FieldMatter:
    """What there is to decide in one field: in how many rows, and about which words; `more` says that there
    are more words than are shown."""

    field: Field
    rows: int
    words: tuple[Word, ...] = ()
    more: bool = False

    @property
    def choices(self) -> tuple[Choice, ...]:
        return self.field.choices


@dataclass(frozen=True, slots=True)
class Matter:
    """A repair, and the fields it is about."""

    repair: Repair
    fields: tuple[FieldMatter, ...]


def repair_for(kind: FindingKind) -> Repair | None:
    """What can be decided where this was found; None where every row has to be looked at by itself."""
    return _BY_KIND.get(kind)


def matter_of(ledger: Ledger, draft: ImportDraft, repair: Repair) -> Matter:
    """What there is to decide. Reads every contact: not for the window's own thread."""
    if repair is Repair.LETTERS:
        kinds = (FieldKind.TEXT, FieldKind.EMAIL)
        keys = [(one.field, 0) for one in draft.mapping.assignments]
        fields = [(field, 0) for field, _ in _known(draft, keys) if field.kind in kinds]
        return Matter(repair, tuple(FieldMatter(field, rows) for field, rows in fields))
    found = ledger.contacts.fields_found(KINDS_OF[repair])
    if repair is Repair.WORDS:
        found += [(key, 0) for key, rule in draft.rules.by_field if rule.words and key not in dict(found)]
        fields = [(field, rows) for field, rows in _known(draft, found) if field.choices]
        return Matter(repair, tuple(_with_words(ledger, draft, *one) for one in fields))
    if repair is Repair.DOMAINS:
        return Matter(repair, tuple(_with_domains(ledger, draft, *one) for one in _known(draft, found)))
    return Matter(repair, tuple(FieldMatter(*one) for one in _known(draft, found)))


def _known(draft: ImportDraft, found: list[tuple[str, int]]) -> list[tuple[Field, int]]:
    schema = draft.schema
    return [(field, rows) for key, rows in found if (field := schema.field(key)) is not None]


def _with_words(ledger: Ledger, draft: ImportDraft, field: Field, rows: int) -> FieldMatter:
    counted = _counted_words(ledger, field.key, _OPEN_WORDS)
    open_words = [Word(text, count) for text, count in counted.values()]
    decided = draft.rules.of(field.key).words
    known = _counted_words(ledger, field.key, _DECIDED_WORDS) if decided else {}
    done = [Word(text, known.get(word_key(text), ("", 0))[1], value) for text, value in decided]
    open_words.sort(key=lambda word: (-word.rows, word.text))
    return FieldMatter(field, rows, (*open_words[:MOST_WORDS], *done), len(open_words) > MOST_WORDS)


def _counted_words(ledger: Ledger, key: str, kinds: tuple[FindingKind, ...]) -> dict[str, tuple[str, int]]:
    """Word as compared -> (its commonest spelling, number of rows in any spelling)."""
    counted: dict[str, tuple[str, int]] = {}
    for text, _, rows in ledger.contacts.texts_found(key, kinds, _MOST_TEXTS):
        spelling, so_far = counted.get(word_key(text), (text, 0))
        counted[word_key(text)] = spelling, so_far + rows
    return counted


def _with_domains(ledger: Ledger, draft: ImportDraft, field: Field, rows: int) -> FieldMatter:
    counts: Counter[tuple[str, str]] = Counter()
    for before, after, count in ledger.contacts.texts_found(field.key, KINDS_OF[Repair.DOMAINS]):
        counts[_domain(before), _domain(after)] += count
    decided = dict(draft.rules.of(field.key).words)
    words = [
        Word(domain, count, decided.get(domain), meant) for (domain, meant), count in counts.most_common()
    ]
    return FieldMatter(field, rows, tuple(words[:MOST_WORDS]), len(words) > MOST_WORDS)


def _domain(address: str) -> str:
    return address.rpartition("@")[2].lower()
