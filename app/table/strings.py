"""The shared strings of a workbook, read only as far as cells ask for them.

A million rows may hold two million strings: as Python objects they would cost ten times their text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.parsers import expat

from app.table.markup import Malformed, NotPlain, cell_text, local, runs, unescape, walk
from app.table.package import Package
from app.table.textstore import TextStore

_PLAIN = re.compile(r'>\s*<t(?: xml:space="preserve")?(?:/>|>([^<]*)</t>)\s*</si>\s*')


class Strings:
    """Shared strings by index. `strings[i]` raises Malformed past the end of the part."""

    def __init__(self, package: Package, part: str | None) -> None:
        self._store = TextStore()
        self._source: Iterator[list[str]] = _texts(package, part) if part else iter([])

    def __getitem__(self, index: int) -> str:
        try:
            return self._store[index]
        except IndexError:
            return self._read_on(index)

    def close(self) -> None:
        """Let go of what is kept."""
        self._store.close()

    def _read_on(self, index: int) -> str:
        if index < 0:
            raise Malformed(f"no shared string {index}")
        while index >= len(self._store):
            texts = next(self._source, None)
            if texts is None:
                raise Malformed(f"no shared string {index}")
            self._store.extend(texts)
        return self._store[index]


def _texts(package: Package, part: str) -> Iterator[list[str]]:
    """The strings of the part, some at a time."""
    done = 0
    try:
        with package.part(part) as stream:
            for run, _ in runs(stream, b"<si", b"</sst>"):
                texts = _plain_texts(run) or [_text(piece) for piece in run.split("<si")[1:]]
                done += len(texts)
                yield texts
    except NotPlain:
        gathering = _Gathering()
        with package.part(part) as stream:
            skipped = 0
            for _ in walk(stream, gathering.start, gathering.end, gathering.characters):
                texts = [cell_text(text) for text in gathering.taken()]
                fresh = texts[max(0, done - skipped) :]
                skipped += len(texts)
                yield fresh


def _plain_texts(run: str) -> list[str]:
    """All strings of a run at once where none has more to it than text, else none."""
    run = run.replace('<t xml:space="preserve">', "<t>").rstrip()
    texts = run.removeprefix("<si><t>").removesuffix("</t></si>").split("</t></si><si><t>")
    if run.count("<") != 4 * len(texts) or ">" in "".join(texts):
        return []
    if "&" in run:
        texts = [unescape(text) for text in texts]
    return [cell_text(text) for text in texts] if "_x" in run or "\r" in run else texts


def _text(piece: str) -> str:
    match = _PLAIN.fullmatch(piece)
    return cell_text(unescape(match[1] or "") if match else _rich(piece))


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
