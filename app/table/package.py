"""The zip file that a workbook is: its parts, the relations between them, and limits on what unpacks.

It knows names and sizes of parts, and nothing of sheets and cells.
"""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, BinaryIO

from app.table import faults
from app.table.markup import Malformed, local, walk

LARGEST_UNPACKED = 4 << 30
LARGEST_RATIO = 200
_SMALL = 4096
_RATIO_MATTERS_FROM = 64 << 20


@dataclass(frozen=True, slots=True)
class Relation:
    """A link from one part to another: `kind` is the last word of its type, such as "worksheet"."""

    name: str
    kind: str
    target: str


class Package:
    """An open workbook file; use as a context manager. Part names are found in any letter case."""

    def __init__(self, path: Path, stream: BinaryIO) -> None:
        """Raises FileProblem where the zip directory is damaged or promises too much."""
        self.path = path
        self._stream = stream
        try:
            self._zip = zipfile.ZipFile(stream)
        except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, EOFError) as error:
            raise faults.damaged(path, str(error)) from error
        self._parts = {
            entry.filename.replace("\\", "/").lower().lstrip("/"): entry for entry in self._zip.infolist()
        }
        try:
            _refuse_bombs(path, self._parts.values())
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        self._zip.close()
        self._stream.close()

    @contextmanager
    def closing(self) -> Iterator[None]:
        """Closed at the end."""
        try:
            yield
        finally:
            self.close()

    def names(self) -> frozenset[str]:
        """All part names, in lower case."""
        return frozenset(self._parts)

    def has(self, name: str) -> bool:
        return name.lower() in self._parts

    def size(self, name: str) -> int:
        """Unpacked bytes of a part."""
        return self._parts[name.lower()].file_size

    @contextmanager
    def part(self, name: str) -> Iterator[IO[bytes]]:
        """A part as a stream. Damage met while reading it becomes a FileProblem."""
        entry = self._parts.get(name.lower())
        if entry is None:
            raise faults.damaged(self.path, f"missing part {name}")
        with self.damage_named(name), self._zip.open(entry) as stream:
            yield stream

    @contextmanager
    def damage_named(self, name: str) -> Iterator[None]:
        """Turns what zip and XML readers raise on damaged data into a FileProblem that names the part."""
        try:
            yield
        except (zipfile.BadZipFile, zlib.error, EOFError, Malformed, NotImplementedError) as error:
            raise faults.damaged(self.path, f"{name}: {error}") from error
        except (RuntimeError, ValueError, OverflowError) as error:
            # zipfile raises RuntimeError for encrypted entries; the rest is nonsense where numbers belong.
            raise faults.damaged(self.path, f"{name}: {error}") from error
        except OSError as error:
            raise faults.unreadable(self.path, error) from error

    def relations(self, name: str) -> tuple[Relation, ...]:
        """The relations of part `name` ("" for the package), their targets as part names."""
        folder, file = posixpath.split(name)
        rels = posixpath.join(folder, "_rels", file + ".rels")
        found: list[Relation] = []

        def start(tag: str, attributes: dict[str, str]) -> None:
            if local(tag) == "Relationship" and attributes.get("TargetMode") != "External":
                target = attributes.get("Target", "").replace("\\", "/")
                full = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
                kind = attributes.get("Type", "").rpartition("/")[2]
                found.append(Relation(attributes.get("Id", ""), kind, posixpath.normpath(full)))

        if self.has(rels):
            with self.part(rels) as stream:
                for _ in walk(stream, start):
                    pass
        return tuple(found)


def _refuse_bombs(path: Path, entries: Iterable[zipfile.ZipInfo]) -> None:
    total = 0
    for entry in entries:
        total += entry.file_size
        large = entry.file_size > _RATIO_MATTERS_FROM
        if large and entry.file_size > LARGEST_RATIO * max(1, entry.compress_size):
            details = f"{entry.filename}: {entry.compress_size} -> {entry.file_size} bytes"
            raise faults.too_large(path, details)
    if total > LARGEST_UNPACKED:
        raise faults.too_large(path, f"{total} bytes unpacked")


def part_names(path: Path, stream: BinaryIO) -> frozenset[str]:
    """The part names of a zip file in lower case, for recognising what kind of file it is."""
    try:
        with zipfile.ZipFile(stream) as archive:
            return frozenset(map(_plain_name, archive.namelist()))
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, EOFError) as error:
        raise faults.damaged(path, str(error)) from error


def small_part(path: Path, stream: BinaryIO, name: str) -> bytes:
    """The beginning of a part of the zip file in `stream`. Raises FileProblem."""
    try:
        with zipfile.ZipFile(stream) as archive, archive.open(name) as part:
            return part.read(_SMALL)
    except (zipfile.BadZipFile, zlib.error, KeyError, RuntimeError, ValueError, OSError, EOFError) as error:
        raise faults.damaged(path, str(error)) from error


def _plain_name(name: str) -> str:
    """Some programs write backslashes, a leading slash, or other letter cases than the relations use."""
    return name.replace("\\", "/").lower().lstrip("/")
