"""Takes an answer's body in, unpacked, and never more of it than was allowed.

Knows gzip, once: a packing inside a packing grows a millionfold, so it is refused before
anything is unpacked. Refuses to know what a body says.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from typing import Protocol

ACCEPTED = "gzip"
"""What a request may say under Accept-Encoding."""

_GZIP = 31  # zlib's number for it


class BadBody(Exception):
    """The body is too large, or packed in a way that can't be read. Its text says which."""


class _Unpacker(Protocol):
    """What zlib gives to unpack with."""

    @property
    def eof(self) -> bool: ...

    def decompress(self, data: bytes, max_length: int = 0, /) -> bytes: ...


def whole_body(pieces: Iterable[bytes], encoding: str, declared: str, most: int) -> bytes:
    """The body whose raw bytes come in `pieces`, of `most` bytes unpacked.

    `encoding` and `declared` are the answer's Content-Encoding and Content-Length. Raises BadBody.
    """
    if declared.isascii() and declared.isdigit() and int(declared[:20]) > most:
        raise _too_large(most)
    unpacker = _unpacker(encoding.strip().lower())
    body = bytearray()
    for piece in pieces:
        body += _unpacked(unpacker, piece, most + 1 - len(body)) if unpacker else piece
        if len(body) > most:
            raise _too_large(most)
    if unpacker is not None and not unpacker.eof:
        raise BadBody("the packed answer breaks off")
    return bytes(body)


def _unpacker(encoding: str) -> _Unpacker | None:
    if encoding in ("", "identity"):
        return None
    if encoding != ACCEPTED:
        raise BadBody("the answer is packed in a way nobody asked for")
    return zlib.decompressobj(_GZIP)


def _unpacked(unpacker: _Unpacker, piece: bytes, room: int) -> bytes:
    try:
        # Never more than there is room for, so a small piece can't fill the memory.
        return unpacker.decompress(piece, max(1, room))
    except zlib.error as fault:
        raise BadBody(f"the packed answer is damaged: {fault}") from fault


def _too_large(most: int) -> BadBody:
    return BadBody(f"the answer is larger than {most:,} bytes")
