"""An Emarsys account's own fields: what it lists about them, as fields with kinds, limits and choices.

Reads what was listed, and joins it with what is declared; asking the account is emarsys_account.py's.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from app.contacts.fields import Choice, Field, FieldKind, Meaning
from app.contacts.headers import speaks_of_consent
from app.providers.account_fields import AccountFields
from app.providers.emarsys_options import READ_ONLY
from app.providers.wire import MalformedAnswer

SHORT, LONG = 60, 255

# application_type -> kind and length. Lengths are documented for short and long text.
_KINDS: Mapping[str, tuple[FieldKind, int | None]] = {
    "shorttext": (FieldKind.TEXT, SHORT),
    "longtext": (FieldKind.TEXT, LONG),
    "largetext": (FieldKind.TEXT, None),
    "url": (FieldKind.TEXT, LONG),
    "fax": (FieldKind.TEXT, LONG),
    "numeric": (FieldKind.DECIMAL, 24),  # digits
    "date": (FieldKind.DATE, None),
    "birthdate": (FieldKind.DATE, None),
    "singlechoice": (FieldKind.CHOICE, None),
    "multichoice": (FieldKind.MULTI_CHOICE, None),
}
_NOT_WRITABLE = frozenset({"voucher", "interests"})
# Their ids and labels are both bare figures (1 stands for none), so that the words declared here are safer.
_KEEP_DECLARED = frozenset({"7", "31"})

Listed = Sequence[tuple[str, str]]
"""The choices of one field: (id, label)."""


@dataclass(frozen=True, slots=True)
class LiveField:
    """A field as the account lists it; `type` is its application_type."""

    number: str
    name: str
    type: str

    @property
    def has_choices(self) -> bool:
        return self.type in ("singlechoice", "multichoice")

    @property
    def may_identify(self) -> bool:
        """Whether people could be told apart by it: choices (but for several at once) and dates could not."""
        return self.type in ("shorttext", "longtext", "numeric", "multichoice")

    @property
    def key(self) -> str:
        """Its key in schemas and recipes: the number, with [] after it if it holds several choices."""
        return f"{self.number}[]" if self.type == "multichoice" else self.number


def live_fields_in(listed: Sequence[object]) -> tuple[LiveField, ...]:
    """The fields that may be written. Raises MalformedAnswer if none of what is listed is a field."""
    fields: dict[str, LiveField] = {}
    readable = 0
    for one in listed:
        if not isinstance(one, dict):
            continue
        number, name, kind = (str(one.get(key, "")).strip() for key in ("id", "name", "application_type"))
        if not (number.isascii() and number.isdigit()):
            continue
        readable += 1
        if _is_writable(number, kind.lower()):
            fields.setdefault(number, LiveField(number, name or number, kind.lower()))
    if listed and not readable:
        raise MalformedAnswer("nothing that is listed is a field")
    return tuple(fields.values())


def choices_by_field(data: object) -> dict[str, tuple[tuple[str, str], ...]]:
    """{"5": [{"id": "1", "choice": "Male"}]} as (id, label) by field number; [] stands for none."""
    if data == []:
        return {}
    if not isinstance(data, dict):
        raise MalformedAnswer("expected an object of choices by field")
    return {str(number): tuple(_choices_in(listed)) for number, listed in data.items()}


def to_account_fields(
    fields: Sequence[LiveField], choices: Mapping[str, Sequence[tuple[str, str]]]
) -> AccountFields:
    """The fields as the value that travels. One whose choices are unknown takes their ids as text."""
    return AccountFields(tuple(_field(field, choices.get(field.number, ())) for field in fields))


def joined(declared: Sequence[Field], live: AccountFields, key: str = "") -> tuple[Field, ...]:
    """The account's fields: Emarsys' own as declared here but with the account's choices, then the others.

    What an account calls a consent is one, unless its contacts are told apart by it (the field `key`): it is
    never filled unasked.
    """
    own = (_with_choices(field, live.field(field.key)) for field in declared)
    declared_keys = {field.key for field in declared}
    others = (
        one if one.key == key else _told_from_consent(one)
        for one in live.fields
        if one.key not in declared_keys
    )
    return (*(field for field in own if field), *others)


def _told_from_consent(field: Field) -> Field:
    return replace(field, meaning=Meaning.OPT_IN) if speaks_of_consent(field.label) else field


def _is_writable(number: str, kind: str) -> bool:
    if number in READ_ONLY or kind in _NOT_WRITABLE:
        return False
    return kind != "special" or number == "31"


def _choices_in(listed: object) -> Iterator[tuple[str, str]]:
    for one in listed if isinstance(listed, list) else ():
        if isinstance(one, dict):
            value, label = str(one.get("id", "")).strip(), str(one.get("choice", "")).strip()
            if value:
                yield value, label or value


def _field(field: LiveField, listed: Listed) -> Field:
    kind, longest = _KINDS.get(field.type, (FieldKind.TEXT, None))
    if field.has_choices and not listed:
        kind = FieldKind.TEXTS if kind is FieldKind.MULTI_CHOICE else FieldKind.TEXT
    choices = tuple(Choice(value, label) for value, label in listed) if field.has_choices else ()
    return Field(field.key, field.name, kind, max_length=longest, choices=choices)


def _with_choices(declared: Field, live: Field | None) -> Field | None:
    """The declared field with the live choices; None if the account has no such field."""
    if live is None or not declared.choices or not live.choices:
        return declared if live is not None else None
    if declared.key in _KEEP_DECLARED:
        known = {choice.value for choice in live.choices}
        return replace(declared, choices=tuple(one for one in declared.choices if one.value in known))
    known_words = {choice.value: choice for choice in declared.choices}
    labels = {choice.label.casefold() for choice in live.choices}
    choices = tuple(_with_words(choice, known_words.get(choice.value), labels) for choice in live.choices)
    return replace(declared, choices=choices)


def _with_words(live: Choice, declared: Choice | None, labels: set[str]) -> Choice:
    """The live choice with the words declared for it, if it means the same; accounts can differ."""
    if declared is None:
        return live
    words = (declared.label, *declared.words)
    if live.label.casefold() not in {word.casefold() for word in words}:
        return live
    return replace(live, words=tuple(word for word in words if word.casefold() not in labels))
