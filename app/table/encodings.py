"""Finds the text encoding of a file by the evidence of all its bytes.

It answers with a Python codec name and reads no columns.
"""

from __future__ import annotations

import codecs
import hashlib
import locale
import re
from dataclasses import dataclass
from typing import IO

from app.table.letters import likeliest

CHOICES = (
    "utf-8", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1257",
    "iso8859-2", "iso8859-15", "mac-roman", "cp850", "koi8-r", "cp932", "gb18030", "big5", "euc_kr",
)  # fmt: skip
_CANDIDATES = (
    "cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1257", "iso8859-2", "mac-roman", "koi8-r",
    "cp932", "gb18030", "big5", "euc-kr",
)  # fmt: skip
# Of few letters: what may stand where this machine's own code page would. Excel saves "CSV (MS-DOS)" too.
_NEIGHBOURS = ("cp1252", "iso8859-15", "cp1254", "cp1250")
_OF_OTHER_SYSTEMS = ("cp850", "mac-roman")
_CHUNK = 1 << 16
_LONGEST_LINE = 16 << 20
_ENOUGH = 1 << 18
_FEW = 20
_HIGH_LINE = re.compile(rb"[^\r\n]*[\x80-\xff][^\r\n]*")
_HIGH = re.compile(rb"[\x80-\xff]")
_SEQUENCE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the bytes say: the encoding, their SHA-256, and what the reader has to look out for.

    `quotes`: there are quotation marks; `oddities`: there may be NULs, end-of-file marks or ="...";
    `endless`: a line goes on for tens of megabytes, which no list of people does.
    """

    encoding: str
    fingerprint: str
    quotes: bool
    oddities: bool
    endless: bool = False


def examine(stream: IO[bytes]) -> Evidence:
    """The evidence of a whole file; the stream is left at its start."""
    digest = hashlib.sha256()
    decoder = codecs.getincrementaldecoder("utf-8")()
    utf8 = True
    head = b""
    quotes = oddities = endless = False
    unended = 0
    tail = b""
    while chunk := stream.read(_CHUNK):
        head = head or chunk[:4096]
        digest.update(chunk)
        unended = 0 if b"\n" in chunk or b"\r" in chunk else unended + len(chunk)
        if unended > _LONGEST_LINE:
            endless = True
            break
        quotes = quotes or b'"' in chunk
        oddities = oddities or _is_odd(chunk) or (tail == b"=" and chunk[:1] == b'"')
        tail = chunk[-1:]
        if utf8:
            try:
                decoder.decode(chunk)
            except UnicodeDecodeError:
                utf8 = False
    if utf8:
        try:
            decoder.decode(b"", True)
        except UnicodeDecodeError:
            utf8 = False
    stream.seek(0)
    encoding = _by_marks(head) or ("utf-8" if utf8 else _by_letters(stream))
    stream.seek(0)
    return Evidence(encoding, digest.hexdigest(), quotes, oddities, endless)


def _is_odd(chunk: bytes) -> bool:
    return b"\0" in chunk or b"\x1a" in chunk or (b"=" in chunk and b'="' in chunk)


def codec(encoding: str) -> str:
    """The codec to decode with: a byte order mark is never part of the text."""
    return "utf-8-sig" if codecs.lookup(encoding).name == "utf-8" else encoding


def known(encoding: str) -> bool:
    """Whether Python can decode text in `encoding`."""
    try:
        return bool(codecs.lookup(encoding)._is_text_encoding)
    except LookupError:
        return False


def _by_marks(head: bytes) -> str | None:
    if head.startswith(codecs.BOM_UTF8):
        return "utf-8"
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    zeros = head.count(0)
    if zeros > len(head) // 5:
        even, odd = head[::2].count(0), head[1::2].count(0)
        return "utf-16-be" if even > odd else "utf-16-le"
    return None


def _by_letters(stream: IO[bytes]) -> str:
    """The single-byte or East Asian encoding that the non-ASCII lines speak for."""
    sample, returns, feeds = _telling_lines(stream)
    high = len(_HIGH.findall(sample))
    if high and sum(map(len, _SEQUENCE.findall(sample))) >= 0.9 * high and high > 8:
        return "utf-8"  # UTF-8 with a few broken bytes; they are shown as replacement characters
    usual = _usual_code_page()
    if returns and not feeds:
        return "mac-roman"
    elsewhere = _OF_OTHER_SYSTEMS if returns else _OF_OTHER_SYSTEMS[::-1]
    if high < _FEW:
        chosen = likeliest(sample, usual, _NEIGHBOURS, elsewhere)
        if chosen != usual or not re.search(rb"[\x81\x8d\x8f\x90\x9d]", sample):
            return chosen
    import chardet  # 100 ms with its models: only for the files that need it

    found = chardet.detect(sample, include_encodings=list(_CANDIDATES))["encoding"]
    rivals = (usual, *_NEIGHBOURS, *elsewhere)
    return likeliest(sample, codecs.lookup(found).name if found else usual, rivals, ())


def _telling_lines(stream: IO[bytes]) -> tuple[bytes, bool, bool]:
    """Lines that hold non-ASCII bytes, up to a quarter of a megabyte, and whether CRs and LFs end lines."""
    lines: list[bytes] = []
    gathered = returns = feeds = 0
    while chunk := stream.read(_CHUNK):
        returns += chunk.count(b"\r")
        feeds += chunk.count(b"\n")
        for match in _HIGH_LINE.finditer(chunk):
            lines.append(match[0])
            gathered += len(match[0])
            if gathered > _ENOUGH:
                return b"\n".join(lines), returns > 0, feeds > 0
    return b"\n".join(lines), returns > 0, feeds > 0


def _usual_code_page() -> str:
    """The code page programs on this machine write by default; Western where that is UTF-8."""
    name = codecs.lookup(locale.getpreferredencoding(False)).name
    return name if name in _CANDIDATES else "cp1252"
