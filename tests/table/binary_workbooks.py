"""Writes .xlsb files record by record, as [MS-XLSB] describes them, for tests and the corpus.

It is written from the document, shares nothing with the reader, and knows only what a list needs.
"""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_EXCEL = "application/vnd.ms-excel"


@dataclass(frozen=True, slots=True)
class Shared:
    """A text kept among the shared strings; `rich` has a run of bold letters behind it."""

    text: str
    rich: bool = False


@dataclass(frozen=True, slots=True)
class Fault:
    """An error such as #N/A (0x2A)."""

    code: int


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula, of which only the result is of interest."""

    value: str | float | bool | Fault


Value = str | float | bool | Shared | Fault | Formula | None


@dataclass(frozen=True, slots=True)
class Page:
    """A sheet: rows by number, each a list of (value, style); a style is a place in the list of formats."""

    name: str
    rows: Mapping[int, Sequence[tuple[Value, int]]]
    state: int = 0
    hidden_rows: Sequence[int] = ()
    hidden_columns: Sequence[int] = ()
    merged: Sequence[tuple[int, int, int, int]] = ()  # first row, last row, first column, last column; from 0
    filtered: bool = False


def binary_workbook(
    path: Path, pages: Sequence[Page], formats: Sequence[str] = (), from_1904: bool = False
) -> Path:
    """The workbook; style 0 is General, style n the n-th of `formats`."""
    strings: list[Shared] = []
    parts = {
        f"xl/worksheets/sheet{number}.bin": _sheet(page, strings) for number, page in enumerate(pages, 1)
    }
    parts["xl/workbook.bin"] = _book(pages, from_1904)
    parts["xl/styles.bin"] = _styles(formats)
    parts["xl/sharedStrings.bin"] = _shared_strings(strings)
    kinds = [("worksheet", f"worksheets/sheet{number}.bin") for number in range(1, len(pages) + 1)]
    kinds += [("styles", "styles.bin"), ("sharedStrings", "sharedStrings.bin")]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _content_types(len(pages)))
        archive.writestr("_rels/.rels", _relations([("officeDocument", "xl/workbook.bin")]))
        archive.writestr("xl/_rels/workbook.bin.rels", _relations(kinds))
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def _record(kind: int, content: bytes = b"") -> bytes:
    head = bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])
    size = len(content)
    while size >= 0x80:
        head += bytes([size & 0x7F | 0x80])
        size >>= 7
    return head + bytes([size]) + content


def _text(text: str) -> bytes:
    units = text.encode("utf-16-le")
    return struct.pack("<I", len(units) // 2) + units


def _book(pages: Sequence[Page], from_1904: bool) -> bytes:
    sheets = b"".join(
        _record(156, struct.pack("<II", page.state, number) + _text(f"r{number}") + _text(page.name))
        for number, page in enumerate(pages, 1)
    )
    properties = _record(153, struct.pack("<II", int(from_1904), 0) + _text(""))
    return _record(131) + properties + _record(143) + sheets + _record(144) + _record(132)


def _styles(formats: Sequence[str]) -> bytes:
    codes = b"".join(
        _record(44, struct.pack("<H", 164 + place) + _text(code)) for place, code in enumerate(formats)
    )
    own = [0, *range(164, 164 + len(formats))]
    cells = b"".join(_record(47, struct.pack("<HH", 0, number) + bytes(12)) for number in own)
    parents = _record(626, struct.pack("<I", 1)) + _record(47, bytes(16)) + _record(627)
    return b"".join(
        (
            _record(278),
            _record(615, struct.pack("<I", len(formats))) + codes + _record(616),
            parents,
            _record(617, struct.pack("<I", len(own))) + cells + _record(618),
            _record(279),
        )
    )


def _shared_strings(strings: Sequence[Shared]) -> bytes:
    items = b"".join(_record(19, _rich(each)) for each in strings)
    return _record(159, struct.pack("<II", len(strings), len(strings))) + items + _record(160)


def _rich(shared: Shared) -> bytes:
    runs = struct.pack("<IHH", 1, 0, 0) if shared.rich else b""
    return bytes([int(shared.rich)]) + _text(shared.text) + runs


def _sheet(page: Page, strings: list[Shared]) -> bytes:
    wide = max((len(cells) for cells in page.rows.values()), default=1)
    parts = [
        _record(129),
        _record(147, struct.pack("<I", (page.filtered << 16) | 0x04C9)[:3] + bytes(8) + bytes(8) + _text("")),
        _record(148, struct.pack("<IIII", 0, max(page.rows, default=1) - 1, 0, wide - 1)),
    ]
    if page.hidden_columns:
        parts.append(_record(390))
        parts += [
            _record(60, struct.pack("<IIIIH", column, column, 0, 0, 1)) for column in page.hidden_columns
        ]
        parts.append(_record(391))
    parts.append(_record(145))
    for number, cells in sorted(page.rows.items()):
        hidden = 0x10 if number in page.hidden_rows else 0
        head = struct.pack("<IIHBBB", number - 1, 0, 300, 0, hidden, 0)
        parts.append(_record(0, head + struct.pack("<III", 1, 0, wide - 1)))
        for column, (value, style) in enumerate(cells):
            parts.append(_cell(struct.pack("<II", column, style), value, strings))
    parts.append(_record(146))
    if page.filtered:
        parts.append(_record(161, struct.pack("<IIII", 0, max(page.rows) - 1, 0, wide - 1)))
        parts.append(_record(163, struct.pack("<IH", 0, 0)) + _record(164) + _record(162))
    if page.merged:
        parts.append(_record(177, struct.pack("<I", len(page.merged))))
        parts += [_record(176, struct.pack("<IIII", *each)) for each in page.merged]
        parts.append(_record(178))
    return b"".join((*parts, _record(130)))


def _cell(head: bytes, value: Value, strings: list[Shared]) -> bytes:
    match value:
        case None:
            return _record(1, head)
        case Shared():
            strings.append(value)
            return _record(7, head + struct.pack("<I", len(strings) - 1))
        case Fault(code):
            return _record(3, head + bytes([code]))
        case Formula(result):
            return _result(head, result)
        case bool():
            return _record(4, head + bytes([value]))
        case str():
            return _record(6, head + _text(value))
        case _:
            return _number(head, float(value))


def _number(head: bytes, value: float) -> bytes:
    """As Excel does: in four bytes where they hold the number."""
    for times, hundredths in ((1, 0), (100, 1)):
        whole = round(value * times)
        if whole / times == value and -(1 << 29) <= whole < 1 << 29:
            return _record(2, head + struct.pack("<I", (whole << 2 | 2 | hundredths) & 0xFFFFFFFF))
    return _record(5, head + struct.pack("<d", value))


def _result(head: bytes, value: str | float | bool | Fault) -> bytes:
    formula = struct.pack("<HI", 0, 3) + b"\x1e\x01\x00" + bytes(4)  # the number 1
    match value:
        case Fault(code):
            return _record(11, head + bytes([code]) + formula)
        case bool():
            return _record(10, head + bytes([value]) + formula)
        case str():
            return _record(8, head + _text(value) + formula)
        case _:
            return _record(9, head + struct.pack("<d", value) + formula)


def _relations(kinds: Sequence[tuple[str, str]]) -> str:
    inside = "".join(
        f'<Relationship Id="r{number}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(kinds, 1)
    )
    return f'<Relationships xmlns="{_PACKAGE}">{inside}</Relationships>'


def _content_types(pages: int) -> str:
    parts = [("/xl/workbook.bin", "sheet.binary.macroEnabled.main"), ("/xl/styles.bin", "styles")]
    parts += [("/xl/sharedStrings.bin", "sharedStrings")]
    parts += [(f"/xl/worksheets/sheet{number}.bin", "worksheet") for number in range(1, pages + 1)]
    inside = "".join(f'<Override PartName="{name}" ContentType="{_EXCEL}.{kind}"/>' for name, kind in parts)
    relations = "application/vnd.openxmlformats-package.relationships+xml"
    defaults = f'<Default Extension="rels" ContentType="{relations}"/>'
    return f'<Types xmlns="{_TYPES}">{defaults}{inside}</Types>'
