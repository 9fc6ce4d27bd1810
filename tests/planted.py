"""Marks to plant where secrets and people's data go in, and a search for them in everything that came out.

Knows the usual disguises of a text (encodings, escapes, zip files); refuses to know what the program does.
"""

from __future__ import annotations

import base64
import io
import json
import os
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import quote, quote_plus

from tests.figures import PLANTED

HEADERS = ("E-mail", "Mobile", "Name", "Notes")
PEOPLE = tuple(
    (f"zq.mark{number}@example.com", f"07700 9007{number:02d}", f"Zquirin{number}", f"zq-told-us-{number}")
    for number in range(1, 31)
)
PERSONAL = ("zq.mark", "Zquirin", "zq-told-us", *(f"77009007{number:02d}" for number in range(1, 31)))
"""What gives away one of PEOPLE; phones without what may stand between their digits."""


def secret(key: str) -> str:
    """A secret that nobody writes by chance, with letters in it that addresses and bodies escape."""
    middle = ":" if key == "apikey" else "+"  # one provider's key has a colon in it, another's may not
    return f"zs3cr3t/{key}{middle}{sum(key.encode())}&z"


def in_bytes(content: bytes, marks: Iterable[str]) -> list[str]:
    """Which of `marks` stand in `content`, in any of their usual disguises; also inside a zip file."""
    pieces = list(_unzipped(content))
    PLANTED.searched += len(pieces)
    return [mark for mark in marks if any(form in piece for form in _disguises(mark) for piece in pieces)]


def in_text(text: str, marks: Iterable[str]) -> list[str]:
    """The same for a text; digits are also found where they are grouped."""
    digits = "".join(letter for letter in text if letter not in " -()")
    return in_bytes(f"{text}\n{digits}".encode(), marks)


def in_folder(folder: Path, marks: Iterable[str], besides: Iterable[str] = ()) -> list[str]:
    """ "file: mark" for every find in the names and contents below `folder`, but in files ending on one of
    `besides`."""
    wanted, spared = tuple(marks), tuple(besides)
    found: list[str] = []
    for path in sorted(folder.rglob("*")):
        if spared and path.name.endswith(spared):
            continue
        content = str(path.relative_to(folder)).encode()
        if path.is_file():
            try:
                content += b"\n" + path.read_bytes()
            except FileNotFoundError:  # an import that ends while we look
                continue
        found += [f"{path.name}: {mark}" for mark in in_bytes(content, wanted)]
    return found


def readable_by_others(folder: Path) -> list[str]:
    """What below `folder` others than its owner may look at."""
    if os.name != "posix":
        return []
    found: list[str] = []
    for path in folder.rglob("*"):
        try:
            if path.stat().st_mode & 0o077:
                found.append(f"{path.name}: {path.stat().st_mode:o}")
        except FileNotFoundError:
            continue
    return found


def _disguises(mark: str) -> set[bytes]:
    texts = {mark, quote(mark), quote(mark, safe=""), quote_plus(mark), json.dumps(mark)[1:-1]}
    forms = {text.encode() for text in texts} | {mark.encode("utf-16-le"), mark.encode("utf-16-be")}
    if len(mark) >= 12:
        # In base64 a text has one of three shapes, by what stands before it; its ends mix with what is near.
        forms |= {base64.b64encode(b"x" * shift + mark.encode())[4:-4] for shift in range(3)}
    return forms


def _unzipped(content: bytes) -> Iterator[bytes]:
    yield content
    if zipfile.is_zipfile(io.BytesIO(content)):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            yield from (archive.read(name) for name in archive.namelist())
