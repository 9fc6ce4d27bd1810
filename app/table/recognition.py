"""Recognises what a file is by its first bytes and, for zip files, by what is inside; never by its name.

It answers with a FileFormat or a FileProblem, and reads no cell.
"""

from __future__ import annotations

import re
import stat
from pathlib import Path
from typing import BinaryIO

from app.language import mark, tr
from app.table import faults
from app.table.package import part_names, small_part
from app.table.shape import FileFormat

HEAD = 1 << 16
# "~$list.xlsx", which Excel keeps beside a file that is open: who has it open, twice, behind its length.
_OWNER_FILE, _OWNER_FILE_AGAIN = 165, 55
_LETTER_HEAD = re.compile(r"[a-z-]+: ?\S")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", mark("a PDF document")),
    (b"\x89PNG", mark("a picture")),
    (b"\xff\xd8\xff", mark("a picture")),
    (b"GIF8", mark("a picture")),
    (b"BM", mark("a picture")),
    (b"II*\0", mark("a picture")),
    (b"MM\0*", mark("a picture")),
    (b"{\\rtf", mark("a text document")),
    (b"SQLite format 3\0", mark("a database")),
    (b"Rar!", mark("a packed archive")),
    (b"7z\xbc\xaf", mark("a packed archive")),
    (b"\x1f\x8b", mark("a packed archive")),
    (b"BZh", mark("a packed archive")),
    (b"\xfd7zXZ", mark("a packed archive")),
    (b"MZ", mark("a program")),
    (b"\x7fELF", mark("a program")),
)
# Another record of its kinds follows the first; a list whose columns are called "ID;Phone" has none.
_SYLK = re.compile(r"id;p[^\r\n]*[\r\n]+(?:(?:[bcfopw]|n[elnu]);[a-z]|e[\r\n]*\Z)")
_BINARY_MAGIC_NEEDS_CONTROLS = (b"BM", b"MZ", b"BZh")


def opened(path: Path) -> BinaryIO:
    """The file, open for reading. Raises FileProblem where it can't be."""
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            raise faults.folder(path)
        if not stat.S_ISREG(mode):
            raise faults.not_a_spreadsheet(path, tr("a device"))
        return path.open("rb")
    except FileNotFoundError as error:
        raise faults.missing(path) from error
    except (OSError, ValueError) as error:
        raise faults.unreadable(path, error if isinstance(error, OSError) else OSError(str(error))) from error


def recognise(path: Path, stream: BinaryIO) -> FileFormat:
    """What the open file is; the stream is left at its start. Raises FileProblem for all we can't read."""
    try:
        head = stream.read(HEAD)
        stream.seek(0)
    except OSError as error:
        raise faults.unreadable(path, error) from error
    if not head.strip(b"\0 \t\r\n\xef\xbb\xbf"):
        blank = not head.strip(b" \t\r\n\xef\xbb\xbf")
        raise faults.empty(path) if blank else faults.not_a_spreadsheet(path, tr("a file of zeros"))
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        found = _zip_format(path, stream, part_names(path, stream))
        stream.seek(0)
        return found
    if head.startswith(_OLE):
        return _ole_format(path, stream)
    if head[:4] in (b"\x09\x08\x10\x00", b"\x09\x08\x08\x00", b"\x09\x04\x06\x00", b"\x09\x02\x06\x00"):
        return FileFormat.XLS
    for magic, what in _MAGIC:
        if head.startswith(magic) and (magic not in _BINARY_MAGIC_NEEDS_CONTROLS or b"\0" in head[:64]):
            raise faults.not_a_spreadsheet(path, tr(what))
    _refuse_markup(path, head)
    _refuse_noise(path, head)
    return FileFormat.CSV


def _zip_format(path: Path, stream: BinaryIO, names: frozenset[str]) -> FileFormat:
    if "xl/workbook.bin" in names:
        return FileFormat.XLSB
    if any(name.endswith("workbook.xml") for name in names):
        return FileFormat.XLSX
    if any(name.startswith("word/") for name in names):
        raise faults.not_a_spreadsheet(path, tr("a Word document"))
    if any(name.startswith("ppt/") for name in names):
        raise faults.not_a_spreadsheet(path, tr("a presentation"))
    if any(name.endswith(".iwa") for name in names) or "index.xml" in names or "index.zip" in names:
        raise faults.pretender(
            path,
            tr("an Apple Numbers document"),
            tr("In Numbers choose File, Export To, Excel, and choose the exported file."),
        )
    if "mimetype" in names and ("content.xml" in names or "encrypted-package" in names):
        return _open_document_format(path, stream)
    if any(name.endswith((".xlsx", ".xls", ".csv", ".ods", ".xlsm")) for name in names):
        raise faults.pretender(
            path,
            tr("a packed archive (zip) with a spreadsheet inside"),
            tr("Unpack it first (double-click it in your file manager), and choose the spreadsheet."),
        )
    raise faults.not_a_spreadsheet(path, tr("a packed archive"))


def _open_document_format(path: Path, stream: BinaryIO) -> FileFormat:
    kind = small_part(path, stream, "mimetype").decode("latin-1").strip()
    if "opendocument.text" in kind:
        raise faults.not_a_spreadsheet(path, tr("a text document"))
    if "opendocument.presentation" in kind:
        raise faults.not_a_spreadsheet(path, tr("a presentation"))
    return FileFormat.ODS


def _ole_format(path: Path, stream: BinaryIO) -> FileFormat:
    """Old Office files and encrypted new ones share a container; stream names inside are UTF-16."""
    content = stream.read(64 << 20)
    stream.seek(0)
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise faults.password_protected(path)
    if "Workbook".encode("utf-16-le") in content or b"B\0o\0o\0k\0\0\0" in content:
        return FileFormat.XLS
    if "WordDocument".encode("utf-16-le") in content:
        raise faults.not_a_spreadsheet(path, tr("a Word document"))
    if "PowerPoint Document".encode("utf-16-le") in content:
        raise faults.not_a_spreadsheet(path, tr("a presentation"))
    raise faults.not_a_spreadsheet(path, tr("another kind of Office file"))


def _refuse_markup(path: Path, head: bytes) -> None:
    start = _as_text(head).lstrip("\ufeff \t\r\n").lower()
    resave = tr(
        "Open it in Excel, choose Save As, pick Excel workbook (.xlsx) as its type, and choose the new file."
    )
    if start.startswith("<"):
        if "urn:schemas-microsoft-com:office:spreadsheet" in start[:4096]:
            raise faults.pretender(path, tr("an XML spreadsheet of Excel 2003"), resave)
        if "opendocument" in start[:4096]:
            raise faults.pretender(path, tr("a flat OpenDocument file"), resave)
        if start.startswith(("<!doctype html", "<html", "<table", "<head", "<meta", "<style", "<body")) or (
            "<html" in start[:4096] or "<table" in start
        ):
            raise faults.pretender(path, tr("a web page saved under the name of a spreadsheet"), resave)
        if start.startswith("<?xml"):
            raise faults.not_a_spreadsheet(path, tr("an XML file"))
    if _LETTER_HEAD.match(start) and "mime-version:" in start and "html" in start:
        raise faults.pretender(path, tr("a web page saved under the name of a spreadsheet"), resave)
    if _SYLK.match(start):
        raise faults.pretender(path, tr("a SYLK file"), resave)
    if start.startswith(("table\r\n0,1\r\n", "table\n0,1\n", "[internetshortcut]")):
        raise faults.not_a_spreadsheet(path, tr("a file of some other kind"))
    _refuse_other_text(path, start)


def _refuse_other_text(path: Path, start: str) -> None:
    if start.startswith("{") and '"doc_id"' in start[:2000]:
        raise faults.pretender(
            path,
            tr("only a shortcut to a Google sheet"),
            tr(
                "Open it in Google Sheets, choose File, Download, Microsoft Excel (.xlsx), "
                "and choose that file."
            ),
        )
    if start.startswith(("{", "[{", "[\n", "[\r")) and '":' in start[:4096]:
        raise faults.not_a_spreadsheet(path, tr("a JSON file"))
    if start.startswith("begin:vcard"):
        raise faults.pretender(
            path,
            tr("a file of address cards (vCard)"),
            tr("In your address book choose to export as CSV instead, and choose that file."),
        )


def _as_text(head: bytes) -> str:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head.decode("utf-16", "replace")
    return head.decode("latin-1").removeprefix("ï»¿")


def _refuse_noise(path: Path, head: bytes) -> None:
    """Text has hardly any control characters; UTF-16 has zeros in every other place and nothing else odd."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return
    if len(head) == _OWNER_FILE and head[0] < 55 and head[0] == head[_OWNER_FILE_AGAIN]:
        raise faults.not_a_spreadsheet(path, tr("a file of some other kind"))
    zeros = head.count(0)
    even, odd = head[::2].count(0), head[1::2].count(0)
    if zeros > len(head) // 5 and min(even, odd) * 8 < max(even, odd):
        return
    controls = sum(head.count(code) for code in range(1, 32) if code not in (9, 10, 11, 12, 13, 26, 27))
    if controls + zeros > max(8, len(head) // 100) or (len(head) < 64 and controls > 0):
        raise faults.not_a_spreadsheet(path, tr("a file of some other kind"))
