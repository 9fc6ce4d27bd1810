"""What a contact may consist of: fields with their kinds, limits and choices, gathered in a schema.

A provider declares its schema as data with these words; nothing here knows any provider.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum


class FieldKind(Enum):
    """What a field asks of its text."""

    TEXT = "text"
    EMAIL = "email"
    PHONE = "phone"
    DATE = "date"
    INTEGER = "integer"
    DECIMAL = "decimal"
    CHOICE = "choice"
    MULTI_CHOICE = "multi_choice"
    TEXTS = "texts"  # several free texts, e.g. group ids


class Meaning(Enum):
    """What a field is about, whatever a provider calls it: the bridge between headers and fields.

    The values are the keys of resources/headers.toml, which holds the headers people write for each.
    """

    EMAIL = "email"
    MOBILE = "mobile"
    PHONE = "phone"
    FULL_NAME = "full_name"
    FIRST_NAME = "first_name"
    LAST_NAME = "last_name"
    TITLE = "title"
    SALUTATION = "salutation"
    GENDER = "gender"
    BIRTH_DATE = "birth_date"
    ANNIVERSARY = "anniversary"
    STREET = "street"
    CITY = "city"
    PROVINCE = "province"
    POSTCODE = "postcode"
    COUNTRY = "country"
    LANGUAGE = "language"
    COMPANY = "company"
    JOB = "job"
    FAX = "fax"
    WEBSITE = "website"
    OPT_IN = "opt_in"  # never matched by itself: consent is not touched by accident
    CONTACT_ID = "contact_id"


@dataclass(frozen=True, slots=True)
class Choice:
    """An allowed value: `value` goes on the wire, `label` (marked) on screen, `words` are accepted too."""

    value: str
    label: str
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Field:
    """One thing a provider can store about a contact.

    `key` is the provider's own name for it and the word used in recipes; `label` and `hint` are marked
    sentences; `max_length` counts characters (of a DECIMAL its digits). `clearable` says that the provider
    empties the field when told an empty text.
    """

    key: str
    label: str
    kind: FieldKind = FieldKind.TEXT
    meaning: Meaning | None = None
    max_length: int | None = None
    choices: tuple[Choice, ...] = ()
    hint: str = ""
    clearable: bool = False


@dataclass(frozen=True, slots=True)
class FreeFields:
    """Fields a provider accepts without having declared them.

    `pattern` is matched against the whole key; its group `name` is what the user calls the field; a group
    `many` that matched means several values. `template` makes a key from a column's header, or is empty
    where the header says nothing about the key.
    """

    pattern: str
    label: str
    template: str = ""
    max_length: int | None = None


@dataclass(frozen=True, slots=True)
class ContactSchema:
    """All fields for one kind of upload, and what a contact needs at the least.

    `required` holds keys every contact must fill; of each group in `one_of` at least one. `keys` are the
    fields by which the provider recognises a contact, strongest first.
    """

    fields: tuple[Field, ...]
    required: tuple[str, ...] = ()
    one_of: tuple[tuple[str, ...], ...] = ()
    keys: tuple[str, ...] = ()
    free: FreeFields | None = None

    def field(self, key: str) -> Field | None:
        """The field called `key`, declared or free; None if there can be no such field."""
        for field in self.fields:
            if field.key == key:
                return field
        return self._free_field(key)

    def _free_field(self, key: str) -> Field | None:
        found = re.fullmatch(self.free.pattern, key) if self.free else None
        if self.free is None or found is None:
            return None
        groups = found.groupdict()
        kind = FieldKind.TEXTS if groups.get("many") else FieldKind.TEXT
        return Field(key, groups.get("name") or key, kind, max_length=self.free.max_length)
