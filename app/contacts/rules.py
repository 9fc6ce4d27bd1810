"""What the user decided about cleaning: for each field, what is done where the text alone does not say it.

Values only, and their plain form for files; how a rule is carried out is the cleaners' business.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from enum import Enum
from typing import Any

from app.contacts.dates import DateOrder
from app.contacts.folding import word_key


class LetterCase(Enum):
    """How letters are to be written."""

    AS_WRITTEN = "as_written"
    NAMES = "names"  # "ROSSI" and "rossi" become "Rossi"; what has both kinds of letters stays
    LOWER = "lower"
    UPPER = "upper"


class WhichNumber(Enum):
    """Which of several phone numbers in one cell is taken."""

    FIRST = "first"
    MOBILE = "mobile"  # the first mobile number; the first number where none is


@dataclass(frozen=True, slots=True)
class FieldRule:
    """What was decided about one field; by default nothing.

    `words` says, word by word, which of a field's choices is meant, "" for none; in an e-mail field the words
    are domains. `cut` shortens what is too long, `zero` puts a lost 0 back in front of a phone number.
    """

    case: LetterCase = LetterCase.AS_WRITTEN
    words: tuple[tuple[str, str], ...] = ()
    dates: DateOrder | None = None
    number: WhichNumber | None = None
    cut: bool = False
    zero: bool = False

    def with_words(self, words: Mapping[str, str | None]) -> FieldRule:
        """The rule with these words decided too, or (None) no longer; a word is known by its letters."""
        kept = {word_key(word): (word, value) for word, value in self.words}
        for word, value in words.items():
            kept.pop(word_key(word), None)
            if value is not None:
                kept[word_key(word)] = (word, value)
        return replace(self, words=tuple(kept.values()))


NO_RULE = FieldRule()


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of an import: (field key, rule), only fields about which something was decided."""

    by_field: tuple[tuple[str, FieldRule], ...] = ()

    def of(self, key: str) -> FieldRule:
        return next((rule for field, rule in self.by_field if field == key), NO_RULE)

    def with_rule(self, key: str, rule: FieldRule) -> Rules:
        """These rules with another one for `key`, in the fields' alphabetical order."""
        others = {field: kept for field, kept in self.by_field if field != key}
        if rule != NO_RULE:
            others[key] = rule
        return Rules(tuple(sorted(others.items())))

    def changed_from(self, other: Rules) -> dict[str, tuple[FieldRule, FieldRule]]:
        """The fields whose rules differ: (rule there, rule here)."""
        keys = dict.fromkeys(key for key, _ in (*other.by_field, *self.by_field))
        pairs = {key: (other.of(key), self.of(key)) for key in keys}
        return {key: pair for key, pair in pairs.items() if pair[0] != pair[1]}


NO_RULES = Rules()


def plain_rule(rule: FieldRule) -> dict[str, Any]:
    """The rule as texts, tables and switches: for recipes and ledgers. What is undecided is left out."""
    plain: dict[str, Any] = {}
    if rule.case is not LetterCase.AS_WRITTEN:
        plain["case"] = rule.case.value
    if rule.words:
        plain["words"] = dict(rule.words)
    if rule.dates is not None:
        plain["dates"] = rule.dates.value
    if rule.number is not None:
        plain["number"] = rule.number.value
    plain |= {key: True for key in ("cut", "zero") if getattr(rule, key)}
    return plain


def rule_from(plain: Mapping[str, Any]) -> FieldRule:
    """The rule that `plain_rule` wrote. Raises ValueError, naming what is not understood."""
    unknown = set(plain) - {field.name for field in fields(FieldRule)}
    if unknown:
        raise ValueError(", ".join(sorted(map(str, unknown))))
    words = plain.get("words", {})
    if not isinstance(words, Mapping) or not all(isinstance(value, str) for value in words.values()):
        raise ValueError("words")
    for key in ("cut", "zero"):
        if not isinstance(plain.get(key, False), bool):
            raise ValueError(key)
    return FieldRule(
        LetterCase(plain.get("case", LetterCase.AS_WRITTEN.value)),
        tuple((str(word), value) for word, value in words.items()),
        DateOrder(plain["dates"]) if "dates" in plain else None,
        WhichNumber(plain["number"]) if "number" in plain else None,
        plain.get("cut", False),
        plain.get("zero", False),
    )


def plain_rules(rules: Rules) -> dict[str, dict[str, Any]]:
    """Field key -> plain rule."""
    return {key: plain_rule(rule) for key, rule in rules.by_field}


def rules_from(plain: Mapping[str, Mapping[str, Any]]) -> Rules:
    """The rules that `plain_rules` wrote. Raises ValueError."""
    rules = Rules()
    for key, rule in plain.items():
        rules = rules.with_rule(key, rule_from(rule))
    return rules
