"""What a spreadsheet did to its phone numbers, from the file to the words beside the field."""

from __future__ import annotations

from pathlib import Path

import xlsxwriter  # type: ignore[import-untyped]
from pytestqt.qtbot import QtBot

from app.flow.draft import new_draft
from app.flow.matching import with_suggested_mapping
from app.flow.parts import Parts
from app.flow.reading import read_file
from app.table.shape import ReadingChoice
from app.ui.pages.map_columns import MapColumnsPage
from app.ui.session import Session


def _damaged(folder: Path) -> Path:
    book = xlsxwriter.Workbook(str(folder / "damaged.xlsx"))
    sheet = book.add_worksheet("People")
    padded = book.add_format({"num_format": "0000000000"})
    prefixed = book.add_format({"num_format": '"+33 "0'})
    sheet.write_row(0, 0, ["Nom", "E-mail", "Téléphone"])
    for row in range(1, 8):
        sheet.write_row(row, 0, [f"Personne {row}", f"personne{row}@example.com"])
    sheet.write_number(1, 2, 33639980011)  # Excel shows 3.364E+10 in a narrow column
    sheet.write_string(2, 2, "3.36E+10")
    sheet.write_number(3, 2, 639980013)
    sheet.write_string(4, 2, "+33 6 39 98 00 14 / +33 6 39 98 00 15")
    sheet.write_number(5, 2, 639980016, padded)
    sheet.write_number(6, 2, 639980017, prefixed)
    sheet.write_string(7, 2, "3.3639980018E+10")
    book.close()
    return folder / "damaged.xlsx"


def test_damage_to_phone_numbers_is_said_with_its_rows(qtbot: QtBot, parts: Parts, tmp_path: Path) -> None:
    file = read_file(_damaged(tmp_path), ReadingChoice(), tmp_path)
    assert [row.cells[2] for row in file.first] == [
        "33639980011",
        "3.36E+10",
        "639980013",
        "+33 6 39 98 00 14 / +33 6 39 98 00 15",
        "0639980016",
        "+33 639980017",
        "3.3639980018E+10",
    ]
    session = Session(new_draft("smsend", "FR"), parts)
    session.give(with_suggested_mapping(session.draft.with_file(file)).with_country("FR"))
    page = MapColumnsPage(session)
    qtbot.addWidget(page)
    page.enter()
    page.show()
    row = page.fields.rows["phoneNumber"]
    row.check.click()
    qtbot.waitUntil(lambda: "shortened" in row.damage.text())
    assert row.damage.text().splitlines() == [
        "1 number was shortened by Excel, and its last digits are lost. Type it again there. Rows 3.",
        "1 number seems to have lost the zero at its beginning."
        " For example, “639980013” becomes +33639980013.",
        "1 cell holds two numbers; the first one is used."
        " For example, “+33 6 39 98 00 14 / +33 6 39 98 00 15” becomes +33639980014.",
        "1 number was turned into a calculation value, but all its digits are there."
        " For example, “3.3639980018E+10” becomes +33639980018.",
        "1 number has no country code. For example, “0639980016” becomes +33639980016.",
    ]
