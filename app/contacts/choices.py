"""Turns what people write into the value a provider expects: by value, label, or word, in five languages.

Knows the choices of one field; refuses to guess, so a word that is not known stays unknown.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.contacts.fields import Choice, Meaning
from app.contacts.folding import fold
from app.contacts.words import words_alike
from app.language import tr

# Stronger separators first: a comma or a slash may belong to a label.
_SEPARATORS = (re.compile(r"[;|\n\r]"), re.compile(","), re.compile("/"))
_MOST_REMEMBERED = 20_000


@dataclass(frozen=True, slots=True)
class ChoicesReading:
    """The values found, in the order written and each once, and the words that mean none of the choices."""

    values: tuple[str, ...]
    unknown: tuple[str, ...] = ()


class ChoiceReader:
    """Reads the words for one field's choices, remembering those it has met."""

    def __init__(self, choices: Sequence[Choice], meaning: Meaning | None = None) -> None:
        self._exact = {choice.value: choice.value for choice in choices}
        self._folded: dict[str, str] = {}
        # A choice's own value and label win over another choice's accepted words.
        for names in (_values, _labels, _words):
            for choice in choices:
                for name in names(choice):
                    self._folded.setdefault(_key(name), choice.value)
        self._learn_words_alike(meaning)
        self._met: dict[str, str | None] = {}

    def read(self, text: str) -> str | None:
        """The value meant by `text`, or None."""
        try:
            return self._met[text]
        except KeyError:
            if len(self._met) >= _MOST_REMEMBERED:
                self._met.clear()
            value = self._exact.get(text) or self._folded.get(_key(text))
            self._met[text] = value
            return value

    def _learn_words_alike(self, meaning: Meaning | None) -> None:
        """Words that mean the same as exactly one choice stand for it; the choices' own words stay theirs."""
        groups = [[_key(word) for word in alike] for alike in words_alike(meaning)]
        meant = [{self._folded[key] for key in keys if key in self._folded} for keys in groups]
        if meaning in (None, Meaning.OPT_IN) and not _are_yes_and_no(self._exact, self._folded, groups):
            return
        for keys, values in zip(groups, meant, strict=True):
            if len(values) == 1:
                [value] = values
                for key in keys:
                    self._folded.setdefault(key, value)

    def read_several(self, text: str) -> ChoicesReading:
        """The values meant by a cell with several, between ";", ",", "|", "/" or line ends."""
        values: dict[str, None] = {}
        unknown: list[str] = []
        self._collect(text, 0, values, unknown)
        return ChoicesReading(tuple(values), tuple(unknown))

    def _collect(self, text: str, separator: int, values: dict[str, None], unknown: list[str]) -> None:
        """Takes the text as one word if it is known, else in pieces, down to the weakest separator."""
        word = text.strip()
        if not word:
            return
        value = self.read(word)
        if value is not None:
            values[value] = None
        elif separator == len(_SEPARATORS):
            unknown.append(word)
        else:
            for piece in _SEPARATORS[separator].split(word):
                self._collect(piece, separator + 1, values, unknown)


def _are_yes_and_no(
    values: Mapping[str, str], known: Mapping[str, str], groups: Sequence[Sequence[str]]
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


def _key(text: str) -> str:
    # Words made of signs alone ("> 3", "+") fold to nothing or lose their meaning: they compare as written.
    return fold(text) if fold(text) and not re.search(r"[<>=+]", text) else text.strip()
