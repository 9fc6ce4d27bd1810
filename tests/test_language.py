"""Every catalogue that is shipped can be spoken: compiled as written, each place in each sentence filled.

A few sentences may wait for their translation, so that who adds one need not know five languages; whether
the catalogues know every sentence is asked by hand, with `packaging/catalogue.py --check`.
"""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

import catalogue
from app import language
from app.language import tr, trn

ENOUGH = 0.97  # of the sentences in app/
CODES = tuple(code for code in language.shipped() if code != "en")


@pytest.fixture(autouse=True)
def _english_afterwards() -> Iterator[None]:
    yield
    language.use("en")


def test_no_sentence_hides_in_an_f_string() -> None:
    """There, whoever collects the sentences for translation does not find them."""
    hidden = [
        (path.name, call.lineno)
        for path in (Path(language.__file__).parent).rglob("*.py")
        for text in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(text, ast.JoinedStr)
        for call in ast.walk(text)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in ("tr", "trn")
        if call.args and isinstance(call.args[0], ast.Constant)
    ]
    assert hidden == []


def test_italian_and_spanish_are_shipped() -> None:
    assert {"it", "es"} <= set(CODES)


@pytest.mark.parametrize("code", CODES)
def test_nearly_every_sentence_is_translated(code: str) -> None:
    translated = _written(code)
    missing = [one for one in _sentences() if not _has(translated, one)]
    assert len(missing) <= (1 - ENOUGH) * len(_sentences()), missing[:20]


@pytest.mark.parametrize("code", CODES)
def test_the_compiled_catalogue_says_what_the_written_one_says(code: str) -> None:
    written = {_key(one): _forms(one) for one in _messages(code) if catalogue.complete(one.string)}
    with _path(code, "mo").open("rb") as file:
        compiled = {_key(one): _forms(one) for one in read_mo(file) if one.id}
    assert compiled == written


@pytest.mark.parametrize("code", CODES)
def test_a_translation_has_the_places_of_its_sentence(code: str) -> None:
    wrong = [(source, form) for source, form in _pairs(code) if not _same_places(source, form)]
    assert wrong == []


@pytest.mark.parametrize("code", CODES)
def test_a_counted_sentence_has_every_form_or_none(code: str) -> None:
    forms = [_forms(one) for one in _messages(code) if not isinstance(one.id, str)]
    assert forms
    assert [one for one in forms if any(one) and not all(one)] == []
    assert all(len(one) == 2 for one in forms)


@pytest.mark.parametrize("code", CODES)
def test_a_translation_begins_and_ends_with_the_spaces_of_its_sentence(code: str) -> None:
    # French puts narrow spaces inside quotes, never at an end: only those of the sentence stand there.
    assert [(one, form) for one, form in _pairs(code) if _edges(one[0]) != _edges(form)] == []


@pytest.mark.parametrize("code", CODES)
def test_every_counted_sentence_can_be_filled_in(code: str) -> None:
    language.use(code)
    for message in _messages(code):
        if not isinstance(message.id, str):
            one, many = message.id
            values = dict.fromkeys(_places(one) | _places(many), "x")
            values.pop("count", None)
            for count in (0, 1, 2, 1_000_000):
                assert trn(one, many, count, **values)


@pytest.mark.parametrize(
    ("code", "word", "number"), [("it", "Avanti", "1.234.567"), ("es", "Siguiente", "1.234.567")]
)
def test_the_chosen_language_is_spoken_at_once(code: str, word: str, number: str) -> None:
    assert tr("Next") == "Next"
    language.use(code)
    assert language.current() == code
    assert tr("Next") == word
    assert language.number(1_234_567) == number


@pytest.mark.parametrize(
    ("code", "written"),
    [("en", "40%"), ("it", "40%"), ("fr", "40\u00a0%"), ("de", "40\u00a0%"), ("es", "40\u00a0%")],
)
def test_a_share_is_written_as_the_language_does_it(code: str, written: str) -> None:
    language.use(code)
    assert language.percent(0.4) == written


def test_only_all_is_a_hundred_percent_and_only_nothing_is_none() -> None:
    shares = (0.0, 0.001, 0.999, 1.0)
    assert [language.percent(share) for share in shares] == ["0%", "1%", "99%", "100%"]


def test_no_share_is_written_by_hand() -> None:
    """Neither behind a number in a sentence nor by a format."""
    folder = Path(language.__file__).parent
    formats = [path.name for path in folder.rglob("*.py") if "%}" in path.read_text(encoding="utf-8")]
    assert [one for one in formats if one != "language.py"] == []
    assert [one for one in _sentences() if re.search(r"\}\s?%", str(one))] == []


def test_a_locale_chooses_its_language_and_an_unknown_one_english() -> None:
    language.use("it_IT")
    assert tr("Back") == "Indietro"
    assert trn("{count} row", "{count} rows", 1) == "1 riga"
    assert trn("{count} row", "{count} rows", 1_200) == "1.200 righe"
    language.use("tlh")
    assert tr("Back") == "Back"


def test_what_has_no_translation_stays_english() -> None:
    language.use("it")
    assert tr("{name} is nowhere in this program.", name="This") == "This is nowhere in this program."


@cache
def _sentences() -> tuple[str | Sequence[str], ...]:
    return tuple(message.id for message in catalogue.collected() if message.id)


@cache
def _written(code: str) -> Catalog:
    with _path(code, "po").open("rb") as file:
        return read_po(file, locale=code)


def _path(code: str, ending: str) -> Path:
    return catalogue.FOLDER / code / "LC_MESSAGES" / f"app.{ending}"


def _messages(code: str) -> list[Message]:
    return [message for message in _written(code) if message.id]


def _has(translated: Catalog, sentence: str | Sequence[str]) -> bool:
    found = translated.get(sentence if isinstance(sentence, str) else sentence[0])
    return found is not None and catalogue.complete(found.string)


def _key(message: Message) -> str | tuple[str, ...]:
    return message.id if isinstance(message.id, str) else tuple(message.id)


def _forms(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ())


def _pairs(code: str) -> list[tuple[tuple[str, ...], str]]:
    """Every translated form with its sentence, in one form or two."""
    pairs = []
    for message in _messages(code):
        source = (message.id,) if isinstance(message.id, str) else tuple(message.id)
        pairs += [(source, form) for form in _forms(message) if form]
    return pairs


def _same_places(source: Sequence[str], form: str) -> bool:
    """A place that only one form of the sentence has, as the number in "The first contact", may stay away."""
    places = [_places(one) for one in source]
    return set.intersection(*places) <= _places(form) <= set.union(*places)


def _places(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None}


def _edges(sentence: str) -> tuple[bool, bool]:
    return sentence[:1].isspace(), sentence[-1:].isspace()


def test_no_place_that_people_see_separates_thousands_by_itself() -> None:
    ours = {"language.py", "log.py", "bodies.py"}  # the one place, the log, and a technical detail
    app = Path(language.__file__).parent
    found = [path for path in app.rglob("*.py") if path.name not in ours and ",}" in path.read_text("utf-8")]
    assert not [str(path) for path in found if re.search(r":[<>^]?\d*,\}", path.read_text("utf-8"))]
