"""Reads the XML parts of a workbook: small parts whole, large ones in pieces as they unpack.

It knows elements and text, and nothing of what they mean. Large parts have two readers: a fast one for
the plain markup that spreadsheet programs write, which raises NotPlain at the first thing it does not
fully understand, and expat for everything else. Nothing is ever guessed: the fast reader accounts for
every "<" it meets.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import IO
from xml.parsers import expat

CHUNK = 1 << 18
_FIRST_CHUNK = 1 << 16  # somebody waits for the first rows
_LONGEST_PIECE = 1 << 24


class NotPlain(Exception):
    """This part needs the careful reader."""


class Malformed(Exception):
    """This part is not what its place in the file promises."""


def local(name: str) -> str:
    """The name without its prefix: workbooks may call an element `row`, `x:row` or `ss:row`."""
    return name.rpartition(":")[2]


def walk(
    stream: IO[bytes],
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
    chunk: int = CHUNK,
) -> Iterator[int]:
    """Feed a part through expat, `chunk` bytes at a time; yields the count of bytes eaten after each.

    Raises Malformed. Names reach the callbacks as written, so that a caller can keep its own table of local
    names.
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = start
    if end is not None:
        parser.EndElementHandler = end
    if text is not None:
        parser.CharacterDataHandler = text
    eaten = 0
    try:
        while data := stream.read(chunk):
            parser.Parse(data, False)
            eaten += len(data)
            yield eaten
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise Malformed(str(error)) from error


def pieces(
    stream: IO[bytes], opening: bytes, closing: bytes, beyond: bytearray | None = None
) -> Iterator[tuple[str, int]]:
    """What follows each `opening` (such as b"<row") up to the next, and the bytes eaten so far.

    Ends at `closing` (such as b"</sheetData>"). Raises as `runs` does.
    """
    mark = opening.decode()
    for text, eaten in runs(stream, opening, closing, beyond):
        for piece in text.split(mark)[1:]:
            yield piece, eaten


def runs(
    stream: IO[bytes], opening: bytes, closing: bytes, beyond: bytearray | None = None
) -> Iterator[tuple[str, int]]:
    """Runs of whole elements, each starting with `opening`, and the bytes eaten so far.

    Ends at `closing`; what was read of what follows is added to `beyond`.
    Raises NotPlain for comments, CDATA, document types and encodings other than UTF-8.
    """
    buffer = b""
    eaten = 0
    inside = False
    while chunk := stream.read(CHUNK if eaten else _FIRST_CHUNK):
        eaten += len(chunk)
        seen = max(0, len(buffer) - len(closing))  # what was searched before: a long element is not again
        buffer += chunk
        if not inside:
            first = _first_opening(buffer, opening)
            if first < 0:
                if len(buffer) > 4 * CHUNK:
                    raise NotPlain
                continue
            buffer = buffer[first:]
            inside, seen = True, 0
        stop = buffer.find(closing, seen)
        cut = stop if stop >= 0 else buffer.rfind(opening, seen)
        if cut > 0:
            yield _decoded(buffer[:cut]), eaten
            buffer = buffer[cut:]
        elif stop < 0 and len(buffer) > _LONGEST_PIECE:
            raise Malformed("no end of element within 16 MB")
        if stop >= 0:
            if beyond is not None:
                beyond += buffer
            return
    if inside:
        raise Malformed("the part ends too early")
    raise NotPlain


def _first_opening(head: bytes, opening: bytes) -> int:
    """Where the first element starts; -1 if it is not here yet. The XML declaration is checked on the way."""
    if head[:2] in (b"\xff\xfe", b"\xfe\xff") or b"<!" in head[:4096]:
        raise NotPlain
    if head.startswith(b"<?xml"):
        declaration = head[: head.find(b"?>")].lower()
        if b"encoding=" in declaration and b"utf-8" not in declaration:
            raise NotPlain
    return head.find(opening)


def _decoded(data: bytes) -> str:
    if b"<!" in data:
        raise NotPlain
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Malformed(str(error)) from error


_ENTITY = re.compile(r"&(?:#(\d{1,7})|#x([0-9a-fA-F]{1,6})|(amp|lt|gt|quot|apos));")
_NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")


def unescape(text: str) -> str:
    """Text as XML means it: entities resolved, line ends as line feeds."""
    if "&" in text:
        text = _ENTITY.sub(_entity, text)
    return text


def _entity(match: re.Match[str]) -> str:
    decimal, hexadecimal, name = match.groups()
    if name:
        return _NAMED[name]
    code = int(decimal) if decimal else int(hexadecimal, 16)
    return chr(code) if code < 0xD800 or 0xE000 <= code < 0x110000 else "\ufffd"


def cell_text(text: str) -> str:
    """Text as the spreadsheet means it: `_x000D_` escapes resolved, line ends as line feeds, no NULs."""
    if "_x" in text and _ESCAPE.search(text):
        text = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").replace("\0", "")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text
