"""Writes a very small .ods and .xls by hand, so that the built program can be tried on every format.

Two columns, two people. It needs nothing but Python, and refuses to be a library: a header and text it is.
"""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Sequence
from pathlib import Path

ROWS = (
    ("Name", "Email"),
    ("Ada Example", "ada@example.com"),
    ("Ben Example", "ben@example.org"),
)
_SECTOR = 512
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_STREAM_SECTORS = 8  # 4,096 bytes: anything smaller would have to live in the "mini stream"


def write(folder: Path) -> list[Path]:
    """Write people.ods, people.xls and people.csv into `folder` (existing); their paths."""
    paths = [folder / "people.ods", folder / "people.xls", folder / "people.csv"]
    _write_ods(paths[0], ROWS)
    paths[1].write_bytes(_compound_file(_workbook_stream(ROWS)))
    paths[2].write_text("".join(";".join(row) + "\r\n" for row in ROWS), encoding="cp1252")
    return paths


def _write_ods(path: Path, rows: Sequence[Sequence[str]]) -> None:
    spaces = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    body = "".join(
        f"<table:table-row>{''.join(cell.format(text) for text in row)}</table:table-row>" for row in rows
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr(
            "content.xml",
            f'<?xml version="1.0" encoding="UTF-8"?><office:document-content{spaces}><office:body>'
            f'<office:spreadsheet><table:table table:name="People">{body}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
        )


def _workbook_stream(rows: Sequence[Sequence[str]]) -> bytes:
    """A BIFF8 stream ([MS-XLS]): the workbook's globals, then one sheet of LABEL records."""
    name = b"People"
    opening = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0x0DBB, 0x07CC, 0, 6))
    opening += _record(0x0042, struct.pack("<H", 1200))  # the code page: UTF-16
    length = 4 + 8 + len(name)
    sheet_at = len(opening) + length + 4
    opening += _record(0x0085, struct.pack("<IBBBB", sheet_at, 0, 0, len(name), 0) + name)
    opening += _record(0x000A, b"")
    sheet = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0x0DBB, 0x07CC, 0, 6))
    sheet += _record(0x0200, struct.pack("<IIHHH", 0, len(rows), 0, len(rows[0]), 0))
    for row_number, row in enumerate(rows):
        for column, text in enumerate(row):
            encoded = struct.pack("<HB", len(text), 0) + text.encode("latin-1")
            sheet += _record(0x0204, struct.pack("<HHH", row_number, column, 0) + encoded)
    return opening + sheet + _record(0x000A, b"")


def _record(kind: int, body: bytes) -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def _compound_file(stream: bytes) -> bytes:
    """The container of old Office files ([MS-CFB]): the table of sectors, the directory, the stream."""
    size = _STREAM_SECTORS * _SECTOR
    header = struct.pack(
        "<8s16xHHHHH6xIIIIIIIII",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0x3E, 3, 0xFFFE, 9, 6,
        0, 1, 1, 0, 4096, _END, 0, _END, 0,
    )  # fmt: skip
    header += struct.pack("<I", 0) + struct.pack("<I", _FREE) * 108
    table = [_FAT, _END, *range(3, 2 + _STREAM_SECTORS), _END]
    table += [_FREE] * (_SECTOR // 4 - len(table))
    directory = _entry("Root Entry", 5, 1, _END, 0) + _entry("Workbook", 2, _FREE, 2, size)
    directory += _entry("", 0, _FREE, 0, 0) * 2
    return header + struct.pack(f"<{len(table)}I", *table) + directory + stream.ljust(size, b"\0")


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    encoded = name.encode("utf-16-le")
    return struct.pack(
        "<64sHBBIII16xI8x8xIQ",
        encoded, len(encoded) + 2 if name else 0, kind, 1, _FREE, _FREE, child, 0, start, size,
    )  # fmt: skip
