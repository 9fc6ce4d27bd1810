"""Turns what people write into the value a provider expects: by value, label, or word, in five languages.

Knows the choices of one field; refuses to guess, so a word that is not known stays unknown.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from app.contacts.fields import Choice, Meaning
from app.contacts.folding import word_key
from app.contacts.gender_letters import LetterM, M
from app.contacts.words import women, words_alike
from app.language import tr

# Stronger separators first: a comma or a slash may belong to a label.
_SEPARATORS = (re.compile(r"[;|\n\r]"), re.compile(","), re.compile("/"))
_MOST_REMEMBERED = 20_000
_MOSTLY = 0.8  # of the cells that prove something


class Naming(Enum):
    """By what a column calls the choices of its field."""

    LABELS = "labels"
    VALUES = "values"


@dataclass(frozen=True, slots=True)
class ChoicesReading:
    """The values found, in the order written and each once, and the words that mean none of the choices.

    `unsure` are words that are one choice's value and another's label, `emptied` those that the user decided
    to mean nothing; `by_decision` says that the user decided about one of the words.
    """

    values: tuple[str, ...]
    unknown: tuple[str, ...] = ()
    unsure: tuple[str, ...] = ()
    emptied: tuple[str, ...] = ()
    by_decision: bool = False


class ChoiceReader:
    """Reads the words for one field's choices, remembering those it has met.

    `decided` says what single words mean ("" for nothing), whatever they would be read as. `naming` decides
    words that are one choice's value and another's label; without it they are not read. `letter` says whom a
    column of men and women means by M.
    """

    def __init__(
        self,
        choices: Sequence[Choice],
        meaning: Meaning | None = None,
        decided: Iterable[tuple[str, str]] = (),
        naming: Naming | None = None,
        letter: LetterM = LetterM.MAN,
    ) -> None:
        values = {choice.value for choice in choices}
        self._decided = {word_key(word): value for word, value in decided if value in values or not value}
        self._unsure = frozenset() if naming else unsure_words(choices)
        by_label = naming is Naming.LABELS
        self._exact = {} if by_label else {choice.value: choice.value for choice in choices}
        self._folded: dict[str, str] = {}
        # A choice's own value and label win over another choice's accepted words.
        for names in (_labels, _values, _words) if by_label else (_values, _labels, _words):
            for choice in choices:
                for name in names(choice):
                    self._folded.setdefault(word_key(name), choice.value)
        self._learn_words_alike(values, meaning)
        self._letter = letter if meaning is Meaning.GENDER else LetterM.MAN
        self._woman = self._value_of_a_woman() if self._letter is LetterM.WOMAN else None
        self._met: dict[str, str | None] = {}

    def read(self, text: str) -> str | None:
        """The value meant by `text`; "" where the user decided that it means nothing; None if not known."""
        try:
            return self._met[text]
        except KeyError:
            if len(self._met) >= _MOST_REMEMBERED:
                self._met.clear()
            value = self._read(text)
            self._met[text] = value
            return value

    def is_decided(self, text: str) -> bool:
        """Whether the user said what `text` means."""
        return bool(self._decided) and word_key(text) in self._decided

    def is_unsure(self, text: str) -> bool:
        """Whether `text` is not read because it is one choice's value and another's label."""
        key = word_key(text)
        return key in self._unsure and key not in self._decided

    def letter_in(self, text: str) -> LetterM:
        """Whom the column means by `text`, where that is an M about which the user decided nothing."""
        if self._letter is LetterM.MAN or word_key(text) != M or M in self._decided:
            return LetterM.MAN
        return self._letter

    def _read(self, text: str) -> str | None:
        key = word_key(text)
        if key in self._decided:
            return self._decided[key]
        if key == M and self._letter is not LetterM.MAN:
            return self._woman
        if key in self._unsure:
            return None
        return self._exact.get(text) or self._folded.get(key)

    def _learn_words_alike(self, values: Collection[str], meaning: Meaning | None) -> None:
        """Words that mean the same as exactly one choice stand for it; the choices' own words stay theirs."""
        groups = [[word_key(word) for word in alike] for alike in words_alike(meaning)]
        meant = [{self._folded[key] for key in keys if key in self._folded} for keys in groups]
        if meaning in (None, Meaning.OPT_IN) and not _are_yes_and_no(values, self._folded, groups):
            return
        for keys, found in zip(groups, meant, strict=True):
            if len(found) == 1:
                [value] = found
                for key in keys:
                    self._folded.setdefault(key, value)

    def _value_of_a_woman(self) -> str | None:
        return next((self._folded[key] for key in map(word_key, women()) if key in self._folded), None)

    def read_several(self, text: str) -> ChoicesReading:
        """The values meant by a cell with several, between ";", ",", "|", "/" or line ends."""
        found = _Found()
        self._collect(text, 0, found)
        return ChoicesReading(
            tuple(found.values),
            tuple(found.unknown),
            tuple(found.unsure),
            tuple(found.emptied),
            found.by_decision,
        )

    def _collect(self, text: str, separator: int, found: _Found) -> None:
        """Takes the text as one word if it is known, else in pieces, down to the weakest separator."""
        word = text.strip()
        if not word:
            return
        value = self.read(word)
        if value is not None:
            (found.values if value else found.emptied)[value or word] = None
            found.by_decision |= self.is_decided(word)
        elif self.is_unsure(word):
            found.unsure[word] = None
        elif separator == len(_SEPARATORS):
            found.unknown[word] = None
        else:
            for piece in _SEPARATORS[separator].split(word):
                self._collect(piece, separator + 1, found)


class _Found:
    """What a cell with several words holds; dictionaries for their order, each word once."""

    def __init__(self) -> None:
        self.values: dict[str, None] = {}
        self.unknown: dict[str, None] = {}
        self.unsure: dict[str, None] = {}
        self.emptied: dict[str, None] = {}
        self.by_decision = False


def unsure_words(choices: Sequence[Choice]) -> frozenset[str]:
    """The words (as `word_key` has them) that are one choice's value and another's label."""
    by_value = {word_key(choice.value): choice.value for choice in choices}
    by_label = {
        word_key(name): choice.value for choice in reversed(choices) for name in _labels(choice) if name
    }
    return frozenset(key for key, value in by_label.items() if by_value.get(key, value) != value)


def naming_in(choices: Sequence[Choice], texts: Iterable[str]) -> Naming | None:
    """By what a column's cells call the choices, as far as those prove it that can be one thing only."""
    by_value = {word_key(choice.value) for choice in choices}
    by_label = {word_key(name) for choice in choices for name in _labels(choice)}
    pieces = (word_key(piece) for text in texts for piece in re.split(r"[;|,/\n\r]", text) if piece.strip())
    proofs = Counter(
        Naming.VALUES if piece in by_value else Naming.LABELS
        for piece in pieces
        if (piece in by_value) is not (piece in by_label)
    )
    if not proofs:
        return None
    [(naming, count)] = proofs.most_common(1)
    return naming if count >= _MOSTLY * proofs.total() else None


def _are_yes_and_no(
    values: Collection[str], known: Mapping[str, str], groups: Sequence[Sequence[str]]
) -> bool:
    """Whether a field with two choices asks yes or no: by whole words, as "1" and "n" may mean anything."""
    meant = [{known[key] for key in keys if len(key) > 1 and key in known} for keys in groups]
    return len(values) == len(meant) == 2 and all(len(one) == 1 for one in meant) and meant[0] != meant[1]


def _values(choice: Choice) -> tuple[str, ...]:
    return (choice.value,)


def _labels(choice: Choice) -> tuple[str, ...]:
    return (choice.label, tr(choice.label))


def _words(choice: Choice) -> tuple[str, ...]:
    return choice.words
