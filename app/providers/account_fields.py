"""The fields an account really has, as it listed them: a value that travels as text between processes.

Knows no provider; how live fields change a schema is each provider's.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from app.contacts.fields import Choice, Field, FieldKind


@dataclass(frozen=True, slots=True)
class AccountFields:
    """The account's fields, with the account's own labels and choices; meanings are left to the provider."""

    fields: tuple[Field, ...] = ()

    def field(self, key: str) -> Field | None:
        """The field called `key`, or None."""
        return next((field for field in self.fields if field.key == key), None)

    def to_text(self) -> str:
        """The fields as JSON, for a draft, a ledger or a child process to carry."""
        return json.dumps([_written(field) for field in self.fields], ensure_ascii=False)

    @classmethod
    def from_text(cls, text: str) -> AccountFields:
        """What `to_text` wrote. Raises ValueError for anything else."""
        try:
            found = json.loads(text)
            return cls(tuple(_read(one) for one in found))
        except (KeyError, TypeError, AttributeError, RecursionError) as error:
            raise ValueError("these are no account fields") from error


def _written(field: Field) -> dict[str, object]:
    return {
        "key": field.key,
        "label": field.label,
        "kind": field.kind.value,
        "max_length": field.max_length,
        "choices": [[choice.value, choice.label] for choice in field.choices],
    }


def _read(found: dict[str, object]) -> Field:
    longest, choices = found["max_length"], found["choices"]
    if not (longest is None or isinstance(longest, int)) or not isinstance(choices, list):
        raise TypeError("not a field")
    return Field(
        str(found["key"]),
        str(found["label"]),
        FieldKind(found["kind"]),
        max_length=longest,
        choices=tuple(Choice(str(value), str(label)) for value, label in choices),
    )
