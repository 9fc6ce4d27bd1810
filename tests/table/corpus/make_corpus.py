"""Makes the corpus: small files by different programs and by hand, and what a person sees in each, as JSON.

The rows were written down here first; no reader of ours has a part in it. LibreOffice's files are made anew
only where it is installed. Run it as `python tests/table/corpus/make_corpus.py`.
"""

from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

import openpyxl
import xlsxwriter  # type: ignore[import-untyped]

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[2]))

from tests.table.binary_workbooks import Fault, Formula, Page, Shared, Value, binary_workbook  # noqa: E402
from tests.table.workbooks import sheet_xml, workbook  # noqa: E402

Cells = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Seen:
    """What a person sees: the header's row and names, and each filled row below it with its number."""

    header_row: int
    columns: Cells
    rows: Sequence[tuple[int, Cells]]
    sheet: str = ""
    hidden_sheets: Cells = ()
    hidden_rows: Sequence[int] = ()
    hidden_columns: Cells = ()
    filtered: bool = False
    merged: int = 0
    errors: Cells = ()
    unstored: Cells = ()


FORMATS = Seen(
    1,
    ("Name", "Phone", "Prefixed", "US phone", "Born", "Moment", "Share", "Price", "Member", "Error", "Note"),
    [
        (2, ("Zoë", "0330000001", "+39 3471234561", "(212) 555-0101", "1980-01-02", "1980-01-02 14:30", "25%",
             "1,234.50 €", "TRUE", "#N/A", "two\nlines")),
        (3, ("D'Angelo & Co", "0330000002", "+39 3471234562", "(212) 555-0102", "1900-03-01",
             "2024-02-29 23:59", "7%", "0.99 €", "FALSE", "", "  kept  ")),
        (6, ("李小龍", "0330000003", "+39 3471234563", "(212) 555-0103", "2024-02-29", "2000-01-01", "100%",
             "12.00 €", "TRUE", "", "<b>&amp;")),
    ],
    sheet="People",
    hidden_sheets=("Secret",),
    hidden_rows=(3,),
    hidden_columns=("H",),
    errors=("J2",),
)  # fmt: skip


def formats(path: Path) -> None:
    """Number formats that show more than the number, and all kinds of cells."""
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("People")
    secret = book.add_worksheet("Secret")
    secret.write_row(0, 0, ["Name", "Phone"])
    secret.write_row(1, 0, ["Nobody", "1"])
    secret.hide()

    def style(code: str) -> object:
        return book.add_format({"num_format": code})

    codes = [
        "0000000000",
        '"+39 "0',
        "(###) ###-####",
        "dd/mm/yyyy",
        "dd/mm/yyyy hh:mm",
        "0%",
        '#,##0.00 "€"',
    ]
    styles = [style(code) for code in codes]
    sheet.write_row(0, 0, FORMATS.columns)
    values = [
        (
            1,
            "Zoë",
            [330000001, 3471234561, 2125550101],
            date(1980, 1, 2),
            datetime(1980, 1, 2, 14, 30),
            0.25,
            1234.5,
        ),
        (
            2,
            "D'Angelo & Co",
            [330000002, 3471234562, 2125550102],
            date(1900, 3, 1),
            datetime(2024, 2, 29, 23, 59),
            0.07,
            0.99,
        ),
        (5, "李小龍", [330000003, 3471234563, 2125550103], date(2024, 2, 29), datetime(2000, 1, 1), 1, 12),
    ]
    for row, name, numbers, day, moment, share, price in values:
        sheet.write_string(row, 0, name)
        for column, number in enumerate(numbers):
            sheet.write_number(row, 1 + column, number, styles[column])
        sheet.write_datetime(row, 4, day, styles[3])
        sheet.write_datetime(row, 5, moment, styles[4])
        sheet.write_number(row, 6, share, styles[5])
        sheet.write_number(row, 7, price, styles[6])
        sheet.write_boolean(row, 8, row != 2)
    sheet.write_formula(1, 9, "=NA()", None, "#N/A")
    sheet.write_rich_string(1, 10, "two\n", book.add_format({"bold": True}), "lines")
    sheet.write_string(2, 10, "  kept  ")
    sheet.write_string(5, 10, "<b>&amp;")
    sheet.set_row(2, options={"hidden": True})
    sheet.set_column(7, 7, None, None, {"hidden": True})
    book.close()


UNSTORED = Seen(
    1,
    ("Name", "Whole", "Born"),
    [(2, ("Anna", "", "2024-02-29")), (3, ("Luca", "", "1904-01-02"))],
    sheet="Sheet",
    unstored=("B2", "B3"),
)


def unstored(path: Path) -> None:
    """Formulas without values, as scripts write them, in the date system of 1904."""
    book = openpyxl.Workbook()
    book.epoch = datetime(1904, 1, 1)
    sheet = book.active
    assert sheet is not None
    sheet.append(["Name", "Whole", "Born"])
    sheet.append(["Anna", "=A2&A2", date(2024, 2, 29)])
    sheet.append(["Luca", "=A3&A3", date(1904, 1, 2)])
    book.save(path)


STRUCTURE = Seen(
    5,
    ("Family", "Phone", "Phone (2)", "Column D", "City"),
    [
        (6, ("Rossi", "1", "2", "x", "Rome")),
        (7, ("", "3", "", "", "Rome")),
        (10, ("Serra", "5", "6", "", "Pisa")),
        (11, ("Galli", "7", "8", "", "Bari")),
        (13, ("Totale", "16", "", "", "")),
    ],
    sheet="List",
    merged=1,
)


def structure(path: Path) -> None:
    """Titles above, twin and missing headers, merged cells, gaps, totals below, and formats without end."""
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("List")
    sheet.merge_range(0, 0, 0, 4, "Members 2024")
    sheet.write(1, 0, "Export of 12/03/2024")
    sheet.write_row(4, 0, ["Family", "Phone", "Phone", "", "City"])
    sheet.merge_range(5, 0, 6, 0, "Rossi")
    sheet.write_row(5, 1, ["1", "2", "x", "Rome"])
    sheet.write_row(6, 1, ["3", "", "", "Rome"])
    sheet.write_row(9, 0, ["Serra", "5", "6", "", "Pisa"])
    sheet.write_row(10, 0, ["Galli", "7", "8", "", "Bari"])
    sheet.write_row(12, 0, ["Totale", "16"])
    sheet.write_blank(1_048_575, 4, None, book.add_format({"bold": True}))
    book.close()


FILTERED = Seen(
    1,
    ("Name", "City"),
    [(2, ("Anna", "Rome")), (3, ("Luca", "Pisa")), (4, ("Eva", "Rome"))],
    sheet="Sheet1",
    hidden_rows=(3,),
    filtered=True,
)


def filtered(path: Path) -> None:
    """A filter that hides a row."""
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet()
    for row, cells in enumerate([FILTERED.columns, *(cells for _, cells in FILTERED.rows)]):
        sheet.write_row(row, 0, cells)
    sheet.autofilter(0, 0, 3, 1)
    sheet.filter_column(1, "x == Rome")
    sheet.set_row(2, options={"hidden": True})
    book.close()


BY_HAND = Seen(
    1,
    ("Name", "Card"),
    [(2, ("Anna & Co", "393471234567")), (3, ("Łódź", "12345678901234567"))],
    sheet="List",
)


def by_hand(path: Path) -> None:
    """Prefixes on every element, single quotes, the strict namespace, numbers in scientific notation."""
    rows = (
        "<row r='1'><c r='A1' t='inlineStr'><is><t>Name</t></is></c><c r='B1' t='str'><v>Card</v></c></row>"
        "<row r='2'><c r='A2' t='inlineStr'><is>"
        "<r><t xml:space='preserve'>Anna </t></r><r><t>&amp; Co</t></r></is></c>"
        "<c r='B2'><v>3.93471234567E+11</v></c></row>"
        "<row><c t='inlineStr'><is><t>&#321;&#xF3;d&#378;</t></is></c>"
        "<c><v>1.2345678901234567E+16</v></c></row>"
    )
    text = sheet_xml(rows).replace(
        "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
        "http://purl.oclc.org/ooxml/spreadsheetml/main",
    )
    for name in ("worksheet", "sheetData", "row", "is", "c", "v", "t", "r"):
        for before, after in (("<", "<x:"), ("</", "</x:")):
            for end in (">", " "):
                text = text.replace(f"{before}{name}{end}", f"{after}{name}{end}")
    workbook(path, text.replace("xmlns=", "xmlns:x="), absolute=True)


def _serial(moment: datetime) -> float:
    return (moment - datetime(1899, 12, 30)) / timedelta(days=1)


def formats_binary(path: Path) -> None:
    """The same list in records, with texts and numbers in all the ways they can be stored."""
    codes = ["0000000000", '"+39 "0', "(###) ###-####", "dd/mm/yyyy", "dd/mm/yyyy hh:mm", "0%"]
    styles = [0, 1, 2, 3, 4, 5, 6, 7, 0, 0, 0]
    born = [datetime(1980, 1, 2), datetime(1900, 3, 1), datetime(2024, 2, 29)]
    moments = [datetime(1980, 1, 2, 14, 30), datetime(2024, 2, 29, 23, 59), datetime(2000, 1, 1)]
    numbers = [
        tuple(float(base + place) for base in (330000000, 3471234560, 2125550100)) for place in (1, 2, 3)
    ]
    rest: list[tuple[Value, ...]] = [
        (Shared("Zoë", rich=True), 0.25, 1234.5, True, Formula(Fault(0x2A)), Shared("two\nlines", rich=True)),
        ("D'Angelo & Co", Formula(0.07), 0.99, False, None, "  kept  "),
        (Formula("李小龍"), 1.0, Formula(12.0), Formula(True), None, Shared("<b>&amp;")),
    ]
    rows: dict[int, list[tuple[Value, int]]] = {1: [(Shared(name), 0) for name in FORMATS.columns]}
    for number, day, moment, three, (name, *others) in zip(
        (2, 3, 6), born, moments, numbers, rest, strict=True
    ):
        values: list[Value] = [name, *three, _serial(day), _serial(moment), *others]
        rows[number] = list(zip(values, styles, strict=True))
    people = Page("People", rows, hidden_rows=(3,), hidden_columns=(7,))
    secret = Page("Secret", {1: [("Name", 0), ("Phone", 0)], 2: [("Nobody", 0), ("1", 0)]}, state=2)
    binary_workbook(path, [people, secret], [*codes, '#,##0.00 "€"'])


DAYS = Seen(
    2,
    ("Name", "Born", "At", "Hours"),
    [
        (3, ("Anna", "1904-01-02", "2024-02-29 07:05", "30:00")),
        (4, ("Luca", "1980-12-31", "14:30", "00:45")),
    ],
    sheet="Days",
    filtered=True,
    hidden_rows=(4,),
)


def days_binary(path: Path) -> None:
    """The date system of 1904, a merged title and a filter."""
    start = datetime(1904, 1, 1)

    def serial(moment: datetime) -> float:
        return (moment - start) / timedelta(days=1)

    anna = ("Anna", serial(datetime(1904, 1, 2)), serial(datetime(2024, 2, 29, 7, 5)), 1.25)
    luca = ("Luca", serial(datetime(1980, 12, 31)), 14.5 / 24, 0.75 / 24)
    rows: dict[int, list[tuple[Value, int]]] = {
        1: [("Birthdays", 0), (None, 0)],
        2: [(name, 0) for name in DAYS.columns],
        3: list(zip(anna, (0, 1, 2, 3), strict=True)),
        4: list(zip(luca, (0, 1, 2, 3), strict=True)),
    }
    page = Page("Days", rows, merged=((0, 0, 0, 1),), filtered=True, hidden_rows=(4,))
    binary_workbook(path, [page], ["dd/mm/yyyy", "dd/mm/yyyy hh:mm", "[h]:mm"], from_1904=True)


def converted(kind: str, source: Callable[[Path], None]) -> Callable[[Path], None]:
    """What LibreOffice makes of another file of the corpus."""

    def make(path: Path) -> None:
        program = shutil.which("soffice")
        if program is None:
            return
        with tempfile.TemporaryDirectory() as folder:
            source(Path(folder) / "source.xlsx")
            command = [program, "--headless", f"-env:UserInstallation=file://{folder}/profile"]
            command += ["--convert-to", kind, "--outdir", f"{folder}/out", f"{folder}/source.xlsx"]
            subprocess.run(command, check=True, capture_output=True, timeout=300)
            shutil.copy(Path(folder) / "out" / f"source.{kind.partition(':')[0]}", path)

    return make


PEOPLE = Seen(
    1,
    ("Nome", "Città", "Note"),
    [
        (2, ("Niccolò", "Forlì", "due\nrighe")),
        (4, ("Chloé", "Nîmes", "dice \"sì\"; poi no")),
        (6, ("Jürgen", "Köln", "")),
    ],
)  # fmt: skip


def text(encoding: str, delimiter: str, end: str = "\r\n", first: str = "") -> Callable[[Path], None]:
    """A text file with a quoted line break, quoted marks, a blank line and a row that is too short."""

    def make(path: Path) -> None:
        stream = io.StringIO()
        writer = csv.writer(stream, delimiter=delimiter, lineterminator=end)
        writer.writerow(PEOPLE.columns)
        for cells in (cells for _, cells in PEOPLE.rows[:2]):
            writer.writerow([cell.replace("\n", end) if end == "\n" else cell for cell in cells])
        whole = first + stream.getvalue() + end + delimiter.join(("Jürgen", "Köln")) + end
        path.write_bytes(whole.encode(encoding))

    return make


CORPUS: dict[str, tuple[Callable[[Path], None], Seen]] = {
    "formats.xlsx": (formats, FORMATS),
    "unstored.xlsx": (unstored, UNSTORED),
    "structure.xlsx": (structure, STRUCTURE),
    "filtered.xlsx": (filtered, FILTERED),
    "by_hand.xlsx": (by_hand, BY_HAND),
    "formats.ods": (converted("ods", formats), FORMATS),
    "formats.xls": (converted("xls:MS Excel 97", formats), FORMATS),
    "formats_libreoffice.xlsx": (converted("xlsx:Calc MS Excel 2007 XML", formats), FORMATS),
    "structure.ods": (converted("ods", structure), STRUCTURE),
    "filtered.ods": (converted("ods", filtered), FILTERED),
    "filtered.xls": (converted("xls:MS Excel 97", filtered), FILTERED),
    "formats.xlsb": (formats_binary, FORMATS),
    "days.xlsb": (days_binary, DAYS),
    "utf8.csv": (text("utf-8", ","), PEOPLE),
    "utf8_mark.csv": (text("utf-8-sig", ";"), PEOPLE),
    "western.csv": (text("cp1252", ";"), PEOPLE),
    "utf16.txt": (text("utf-16", "\t"), PEOPLE),
    "lines_of_unix.tsv": (text("utf-8", "\t", "\n"), PEOPLE),
    "bars.txt": (text("cp1252", "|"), PEOPLE),
}


def make(folder: Path) -> None:
    """Write the whole corpus into `folder`."""
    for name, (maker, seen) in CORPUS.items():
        maker(folder / name)
        text = json.dumps(asdict(seen), ensure_ascii=False, indent=1)
        (folder / f"{name}.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    make(HERE)
