"""What a provider lets the user decide, declared as data, and what was decided.

Forms and recipes are built from these declarations; what an option does to a request is its provider's.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum

OptionValue = bool | int | str | tuple[str, ...]


class OptionKind(Enum):
    """How an option is asked: SWITCH bool, CHOICE str, TEXT str, TEXTS tuple of str, INTEGER int."""

    SWITCH = "switch"
    CHOICE = "choice"
    TEXT = "text"
    TEXTS = "texts"
    INTEGER = "integer"


class Place(Enum):
    """Where in the window an option belongs."""

    ACCOUNT = "account"  # how this account signs in
    DESTINATION = "destination"  # what is done, and to which list, group or tag
    EXISTING = "existing"  # what happens to contacts that are already there
    MORE = "more"


class Fetched(Enum):
    """What an account can be asked to list, so that nobody has to look up ids."""

    LISTS = "lists"
    GROUPS = "groups"
    FIELDS = "fields"
    SOURCES = "sources"


@dataclass(frozen=True, slots=True)
class OptionChoice:
    """One answer to a CHOICE option, with its consequence in one plain sentence (both marked).

    Fetched from an account, `value` is what goes on the wire as text, and `label` the account's own name.
    """

    value: str
    label: str
    consequence: str = ""


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to decide. `key` is the provider's own parameter name where it has one (`wire_name`).

    For a SWITCH `when_on` and `when_off` say the consequence of either; other kinds use `consequence`.
    `shown_when` is (key of another option, values at which this one matters). `destroys_when` is the value
    that deletes or overwrites something in the account, or None.
    `nothing` says, in a word or two, what 0 stands for in an INTEGER where it is no number of anything.
    `fetched` says what the account can list as answers (typing one by hand is always possible too), and
    `creatable` that a new one can be made in the account by its name.
    """

    key: str
    label: str
    kind: OptionKind
    default: OptionValue
    place: Place
    consequence: str = ""
    when_on: str = ""
    when_off: str = ""
    choices: tuple[OptionChoice, ...] = ()
    wire_name: str = ""
    max_length: int | None = None
    nothing: str = ""
    shown_when: tuple[str, frozenset[str]] | None = None
    destroys_when: OptionValue | None = None
    fetched: Fetched | None = None
    creatable: bool = False

    def is_nothing(self, value: OptionValue) -> bool:
        """Whether `value` is the 0 that `nothing` has a word for."""
        return bool(self.nothing) and self.kind is OptionKind.INTEGER and value == 0

    def typed(self, choice: OptionChoice) -> OptionValue:
        """The fetched or created `choice` as this option's value: int, a tuple of one text, or text.

        Raises ValueError where a number is needed and the choice is none.
        """
        if self.kind is OptionKind.INTEGER:
            return int(choice.value)
        return (choice.value,) if self.kind is OptionKind.TEXTS else choice.value

    def accepts(self, value: object) -> bool:
        """Whether `value` has the type (and for CHOICE is one of the answers) that this option takes."""
        if self.kind is OptionKind.SWITCH:
            return isinstance(value, bool)
        if self.kind is OptionKind.INTEGER:
            return isinstance(value, int) and not isinstance(value, bool)
        if self.kind is OptionKind.TEXTS:
            return isinstance(value, tuple) and all(isinstance(one, str) for one in value)
        if self.kind is OptionKind.CHOICE:
            return isinstance(value, str) and any(value == choice.value for choice in self.choices)
        return isinstance(value, str)


@dataclass(frozen=True, slots=True)
class Options(Mapping[str, OptionValue]):
    """What was decided: option key -> value. Reading one as another type is a bug: TypeError."""

    values_by_key: Mapping[str, OptionValue] = field(default_factory=dict)

    def __getitem__(self, key: str) -> OptionValue:
        return self.values_by_key[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self.values_by_key)

    def __len__(self) -> int:
        return len(self.values_by_key)

    def flag(self, key: str) -> bool:
        value = self[key]
        if not isinstance(value, bool):
            raise TypeError(f"{key} is not a switch")
        return value

    def text(self, key: str) -> str:
        """The text, without blanks at its ends."""
        value = self[key]
        if not isinstance(value, str):
            raise TypeError(f"{key} is not a text")
        return value.strip()

    def texts(self, key: str) -> tuple[str, ...]:
        """The texts that are not blank, without blanks at their ends."""
        value = self[key]
        if not isinstance(value, tuple):
            raise TypeError(f"{key} is not several texts")
        return tuple(one.strip() for one in value if one.strip())

    def number(self, key: str) -> int:
        value = self[key]
        if isinstance(value, bool) or not isinstance(value, int):
            raise TypeError(f"{key} is not a number")
        return value

    def with_value(self, key: str, value: OptionValue) -> Options:
        """These options with one decided otherwise."""
        return Options({**self.values_by_key, key: value})


def matters(option: Option, options: Options) -> bool:
    """Whether `option` has any effect, given what else was decided."""
    if option.shown_when is None:
        return True
    key, values = option.shown_when
    return str(options.get(key, "")) in values
