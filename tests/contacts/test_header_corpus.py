"""Believable exports of five languages, each with the right mapping written down before it was tried.

A column counts as right when it was chosen unasked for what it is, as suggested when the user is asked, and
as silently wrong when it was chosen unasked for something else. `pytest -s` prints the counts.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from dataclasses import dataclass
from enum import Enum
from functools import cache
from pathlib import Path

import pytest

from app.contacts.fields import Choice, ContactSchema, Field, FieldKind, Meaning
from app.contacts.matching import suggest

FOLDER = Path(__file__).parent / "headers"
FEWEST_FILES = 60
MOST_SILENTLY_WRONG = 0.005
FEWEST_RIGHT = 0.75
KINDS = {
    Meaning.EMAIL: FieldKind.EMAIL,
    Meaning.MOBILE: FieldKind.PHONE,
    Meaning.PHONE: FieldKind.PHONE,
    Meaning.BIRTH_DATE: FieldKind.DATE,
    Meaning.ANNIVERSARY: FieldKind.DATE,
}
CHOICES = {
    Meaning.GENDER: (Choice("m", "Male"), Choice("f", "Female")),
    Meaning.SALUTATION: (Choice("1", "Mr."), Choice("2", "Ms.")),
    Meaning.TITLE: (Choice("4", "Dr."), Choice("8", "Prof."), Choice("6", "Ing.")),
}
SCHEMA = ContactSchema(
    tuple(
        Field(
            meaning.value,
            f"Field about {meaning.value}",
            FieldKind.CHOICE if meaning in CHOICES else KINDS.get(meaning, FieldKind.TEXT),
            meaning,
            choices=CHOICES.get(meaning, ()),
        )
        for meaning in Meaning
    ),
    keys=("email",),
)


class Verdict(Enum):
    """What became of one column."""

    RIGHT = "right"
    LEFT_ALONE = "rightly left alone"
    SUGGESTED = "suggested"
    NOT_SEEN = "not seen"
    SILENTLY_WRONG = "silently wrong"


@dataclass(frozen=True, slots=True)
class HeaderFile:
    """Headers, cells, and for each column the fields it may be chosen for ("" for none)."""

    name: str
    columns: tuple[tuple[str, tuple[str, ...]], ...]
    right: tuple[frozenset[str], ...]


def header_files() -> list[HeaderFile]:
    return [_read(path) for path in sorted(FOLDER.glob("*.toml"))]


def _read(path: Path) -> HeaderFile:
    columns = tomllib.loads(path.read_text("utf-8"))["column"]
    right = [one["field"] if isinstance(one["field"], list) else [one["field"]] for one in columns]
    return HeaderFile(
        path.stem,
        tuple((one["header"], tuple(one["cells"])) for one in columns),
        tuple(map(frozenset, right)),
    )


def verdicts(file: HeaderFile) -> list[Verdict]:
    found = suggest(file.columns, SCHEMA)
    sure = {one.position: one.field for one in found if one.sure}
    offered = {one.position: one.field for one in found if not one.sure}
    return [_verdict(right, sure.get(place), offered.get(place)) for place, right in enumerate(file.right)]


def _verdict(right: frozenset[str], sure: str | None, offered: str | None) -> Verdict:
    if sure is not None:
        return Verdict.RIGHT if sure in right else Verdict.SILENTLY_WRONG
    if "" in right:
        return Verdict.LEFT_ALONE
    return Verdict.SUGGESTED if offered in right else Verdict.NOT_SEEN


@cache
def all_verdicts() -> tuple[tuple[str, str, Verdict], ...]:
    """(file, header, verdict) of every column."""
    return tuple(
        (file.name, header, verdict)
        for file in header_files()
        for (header, _), verdict in zip(file.columns, verdicts(file), strict=True)
    )


def test_exports_nobody_tuned_for_are_mostly_right_and_never_silently_wrong() -> None:
    """The files in `fresh` were written down before any of this and tried once, when all else was done."""
    files = [_read(path) for path in sorted((FOLDER / "fresh").glob("*.toml"))]
    counts = Counter(verdict for file in files for verdict in verdicts(file))
    print()
    for verdict in Verdict:
        print(f"fresh: {verdict.value:<20}{counts[verdict]:>5}  {counts[verdict] / counts.total():.1%}")
    assert counts[Verdict.SILENTLY_WRONG] <= MOST_SILENTLY_WRONG * counts.total()
    assert counts[Verdict.RIGHT] >= FEWEST_RIGHT * (counts.total() - counts[Verdict.LEFT_ALONE])


def test_the_corpus_is_large_enough_and_speaks_five_languages() -> None:
    languages = {tomllib.loads(path.read_text("utf-8"))["language"] for path in FOLDER.glob("*.toml")}
    assert languages == {"en", "it", "fr", "de", "es"}
    assert len(header_files()) >= FEWEST_FILES


@pytest.mark.parametrize("file", header_files(), ids=lambda file: file.name)
def test_nothing_is_silently_wrong_in_a_file(file: HeaderFile) -> None:
    wrong = [
        header
        for (header, _), verdict in zip(file.columns, verdicts(file), strict=True)
        if verdict is Verdict.SILENTLY_WRONG
    ]
    assert wrong == []


def test_hardly_anything_is_silently_wrong_and_most_is_right() -> None:
    counts = Counter(verdict for _, _, verdict in all_verdicts())
    total = counts.total()
    print()
    for verdict in Verdict:
        print(f"{verdict.value:<20}{counts[verdict]:>5}  {counts[verdict] / total:.1%}")
    for file, header, verdict in all_verdicts():
        if verdict in (Verdict.SILENTLY_WRONG, Verdict.NOT_SEEN, Verdict.SUGGESTED):
            print(f"  {verdict.value}: {file}: {header}")
    assert counts[Verdict.SILENTLY_WRONG] <= MOST_SILENTLY_WRONG * total
    meant = total - counts[Verdict.LEFT_ALONE]
    assert counts[Verdict.RIGHT] >= FEWEST_RIGHT * meant
