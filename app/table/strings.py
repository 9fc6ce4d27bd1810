"""The shared strings of a workbook, read only as far as cells ask for them and kept in one block of bytes.

A million rows may hold two million strings: as Python objects they would cost ten times their text.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator
from itertools import islice
from xml.parsers import expat

from app.table.markup import Malformed, NotPlain, cell_text, local, pieces, unescape, walk
from app.table.package import Package

_PLAIN = re.compile(r'>\s*<t(?: xml:space="preserve")?(?:/>|>([^<]*)</t>)\s*</si>\s*')
_STEP = 512


class Strings:
    """Shared strings by index. `strings[i]` raises Malformed past the end of the part."""

    def __init__(self, package: Package, part: str | None) -> None:
        self._package = package
        self._part = part
        self.bytes = bytearray()
        self.ends = array("Q", [0])
        self._source: Iterator[str] = _texts(package, part) if part else iter(())

    def __getitem__(self, index: int) -> str:
        ends = self.ends
        while index + 1 >= len(ends):
            if not self._read_on():
                raise Malformed(f"no shared string {index}")
        return self.bytes[ends[index] : ends[index + 1]].decode()

    def _read_on(self) -> bool:
        data, ends = self.bytes, self.ends
        before = len(ends)
        for text in islice(self._source, _STEP):
            data += text.encode()
            ends.append(len(data))
        return len(ends) > before


def _texts(package: Package, part: str) -> Iterator[str]:
    done = 0
    try:
        with package.part(part) as stream:
            for piece, _ in pieces(stream, b"<si", b"</sst>"):
                match = _PLAIN.fullmatch(piece)
                text = unescape(match[1] or "") if match else _rich(piece)
                done += 1
                yield cell_text(text) if "_x" in text or "\r" in text else text
    except NotPlain:
        gathering = _Gathering()
        with package.part(part) as stream:
            skipped = 0
            for _ in walk(stream, gathering.start, gathering.end, gathering.characters):
                for text in gathering.taken():
                    skipped += 1
                    if skipped > done:
                        yield cell_text(text)


def _rich(piece: str) -> str:
    """A string with formatted runs or reading aids, read by expat."""
    gathering = _Gathering()
    parser = expat.ParserCreate()
    parser.StartElementHandler = gathering.start
    parser.EndElementHandler = gathering.end
    parser.CharacterDataHandler = gathering.characters
    try:
        parser.Parse("<si" + piece.rstrip(), True)
    except expat.ExpatError as error:
        raise Malformed(str(error)) from error
    return "".join(gathering.taken())


class _Gathering:
    """Joins the text of each <si>, leaving out the phonetic runs (<rPh>)."""

    def __init__(self) -> None:
        self._names: dict[str, str] = {}
        self._texts: list[str] = []
        self._parts: list[str] = []
        self._listening = False
        self._aside = False

    def start(self, tag: str, _: dict[str, str]) -> None:
        name = self._name(tag)
        if name == "si":
            self._parts = []
        elif name == "rPh":
            self._aside = True
        elif name == "t":
            self._listening = not self._aside

    def end(self, tag: str) -> None:
        name = self._name(tag)
        if name == "t":
            self._listening = False
        elif name == "rPh":
            self._aside = False
        elif name == "si":
            self._texts.append("".join(self._parts))

    def characters(self, text: str) -> None:
        if self._listening:
            self._parts.append(text)

    def taken(self) -> list[str]:
        """The strings finished since the last call."""
        texts, self._texts = self._texts, []
        return texts

    def _name(self, tag: str) -> str:
        name = self._names.get(tag)
        if name is None:
            name = self._names[tag] = local(tag)
        return name
