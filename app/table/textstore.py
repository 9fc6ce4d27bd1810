"""Keeps millions of texts by index in flat memory: the first megabytes at hand, the rest in a nameless file.

Texts that repeat are met early; those that come late are mostly asked for once, in the order they came.
"""

from __future__ import annotations

import struct
from array import array
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import BinaryIO, cast

AT_HAND = 4 << 20
_TOGETHER = 256
"""Texts in a block of the file. Where each of them ends stands in the block as well: two million such numbers
would take more memory than all else."""
_BLOCKS = 128
_LARGE = 1 << 15  # bytes: of larger blocks only the text that was asked for is read
_FROM_TO = struct.Struct("=II")
_HEAD = 4 * (_TOGETHER + 1)


class TextStore:
    """Texts, added in order and read by index. Use `close` when done."""

    def __init__(self) -> None:
        self._ends = array("I", [0])  # of the texts at hand
        self._at_hand = bytearray()
        self._near = 0  # how many are at hand
        self._places = array("Q", [0])  # where each block of the file begins, and the last one ends
        self._waiting: list[str] = []  # for a block
        self._file: BinaryIO | None = None
        self._blocks: dict[int, bytes] = {}

    def __len__(self) -> int:
        return self._near + (len(self._places) - 1) * _TOGETHER + len(self._waiting)

    def __getitem__(self, index: int) -> str:
        if index < self._near:
            if index < 0:
                raise IndexError(index)
            return self._at_hand[self._ends[index] : self._ends[index + 1]].decode()
        number, place = divmod(index - self._near, _TOGETHER)
        if number < len(self._places) - 1:
            return self._far(number, place).decode()
        if number == len(self._places) - 1:
            return self._waiting[place]
        raise IndexError(index)

    def extend(self, texts: Sequence[str]) -> None:
        """Add texts after the last one."""
        if len(self._at_hand) < AT_HAND and self._file is None and not self._waiting:
            ends = accumulate(_lengths(texts), initial=self._ends[-1])
            next(ends)
            self._ends.extend(ends)
            self._at_hand += "".join(texts).encode()
            self._near += len(texts)
            return
        self._waiting += texts
        whole = len(self._waiting) - len(self._waiting) % _TOGETHER
        if whole:
            self._write(self._waiting[:whole])
            del self._waiting[:whole]

    def close(self) -> None:
        """Let the file vanish."""
        if self._file is not None:
            self._file.close()

    def _write(self, texts: Sequence[str]) -> None:
        if self._file is None:
            import tempfile  # few files need it, and all wait for imports

            self._file = cast(BinaryIO, tempfile.TemporaryFile(buffering=0))  # noqa: SIM115 - it lives as long as we do
        data = b"".join(self._packed(texts))
        self._file.seek(self._places[-1] - len(data))
        self._file.write(data)

    def _packed(self, texts: Sequence[str]) -> Iterator[bytes]:
        """The blocks of so many texts; notes where each will stand."""
        for first in range(0, len(texts), _TOGETHER):
            together = texts[first : first + _TOGETHER]
            ends = array("I", accumulate(_lengths(together), initial=_HEAD))
            self._places.append(self._places[-1] + ends[-1])
            yield ends.tobytes()
            yield "".join(together).encode()

    def _far(self, number: int, place: int) -> bytes:
        """The bytes of a text in the file."""
        block = self._blocks.get(number)
        if block is None:
            begin, size = self._places[number], self._places[number + 1] - self._places[number]
            if size > _LARGE:
                start, end = _FROM_TO.unpack(self._read(begin + 4 * place, _FROM_TO.size))
                return self._read(begin + start, end - start)
            if len(self._blocks) >= _BLOCKS:
                del self._blocks[next(iter(self._blocks))]
            block = self._blocks[number] = self._read(begin, size)
        start, end = _FROM_TO.unpack_from(block, 4 * place)
        return block[start:end]

    def _read(self, place: int, length: int) -> bytes:
        if self._file is None:
            return b""
        self._file.seek(place)
        return self._file.read(length)


def _lengths(texts: Sequence[str]) -> Iterator[int]:
    """How many bytes each is in UTF-8."""
    if "".join(texts).isascii():
        yield from map(len, texts)
    else:
        yield from (len(text.encode()) for text in texts)
