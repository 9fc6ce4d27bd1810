"""Keeps millions of texts by index in flat memory: the first megabytes at hand, the rest in a nameless file.

Texts that repeat are met early; those that come late are mostly asked for once, in the order they came.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from itertools import accumulate
from typing import BinaryIO, cast

AT_HAND = 4 << 20
_BLOCK = 1 << 15
_BLOCKS = 128
_UNWRITTEN = 1 << 18


class TextStore:
    """Texts, added in order and read by index. Use `close` when done."""

    def __init__(self) -> None:
        self._ends = array("I", [0])  # a package may unpack to 4 GB at most
        self._at_hand = bytearray()
        self._unwritten = bytearray()
        self._file: BinaryIO | None = None
        self._written = 0
        self._blocks: dict[int, bytes] = {}

    def __len__(self) -> int:
        return len(self._ends) - 1

    def __getitem__(self, index: int) -> str:
        start, end = self._ends[index], self._ends[index + 1]
        if end <= AT_HAND:
            return self._at_hand[start:end].decode()
        return self._far(start, end).decode()

    def extend(self, texts: Sequence[str]) -> None:
        """Add texts after the last one."""
        joined = "".join(texts)
        lengths = map(len, texts) if joined.isascii() else (len(text.encode()) for text in texts)
        ends = accumulate(lengths, initial=self._ends[-1])
        next(ends)
        self._ends.extend(ends)
        data = joined.encode()
        room = AT_HAND - len(self._at_hand)
        if room:
            self._at_hand += data[:room]
            data = data[room:]
        self._unwritten += data
        if len(self._unwritten) >= _UNWRITTEN:
            self._write()

    def close(self) -> None:
        """Let the file vanish."""
        if self._file is not None:
            self._file.close()

    def _write(self) -> None:
        if self._file is None:
            import tempfile  # few files need it, and all wait for imports

            self._file = cast(BinaryIO, tempfile.TemporaryFile(buffering=0))  # noqa: SIM115 - it lives as long as we do
        self._file.seek(self._written)
        self._file.write(self._unwritten)
        self._written += len(self._unwritten)
        self._unwritten.clear()

    def _far(self, start: int, end: int) -> bytes:
        """Bytes that are not all at hand."""
        if start < AT_HAND:
            return bytes(self._at_hand[start:]) + self._far(AT_HAND, end)
        start, end = start - AT_HAND, end - AT_HAND
        if start >= self._written:
            return bytes(self._unwritten[start - self._written : end - self._written])
        if end > self._written:
            self._write()
        number, offset = divmod(start, _BLOCK)
        if offset + end - start > _BLOCK:
            return self._read(start, end - start)
        block = self._blocks.get(number)
        if block is None or len(block) < offset + end - start:
            if len(self._blocks) >= _BLOCKS:
                del self._blocks[next(iter(self._blocks))]
            block = self._blocks[number] = self._read(number * _BLOCK, _BLOCK)
        return block[offset : offset + end - start]

    def _read(self, place: int, length: int) -> bytes:
        if self._file is None:
            return b""
        self._file.seek(place)
        return self._file.read(length)
