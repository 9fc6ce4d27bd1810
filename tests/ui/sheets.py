"""Small lists for the pages' tests, written as the files people have."""

from __future__ import annotations

from pathlib import Path

import openpyxl

HEADERS = ("First name", "Last name", "Mobile", "E-mail", "City", "Shoe size")
PEOPLE = (
    ("Anna", "Rossi", "+447700900001", "anna@example.com", "Milano", "38"),
    ("Bruno", "Bianchi", "+447700900002", "bruno@example.com", "", "44"),
    ("Carla", "Verdi", "+447700900003", "carla@example.com", "Torino", "39"),
    ("Dario", "Neri", "+447700900004", "dario@example.com", "Milano", "42"),
)


def workbook(folder: Path, name: str = "people.xlsx") -> Path:
    """Two sheets; on the first one four people, with a blank row between the second and the third."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "People"
    for row in (HEADERS, *PEOPLE[:2], (), *PEOPLE[2:]):
        sheet.append(row)
    other = book.create_sheet("Friends")
    other.append(("Name", "Telephone"))
    other.append(("Eva", "+447700900005"))
    path = folder / name
    book.save(path)
    return path


def text_file(folder: Path) -> Path:
    """Two people in a Windows-1252 text file with semicolons."""
    path = folder / "leute.csv"
    path.write_bytes(
        "Vorname;Nachname;Handy\nJörg;Müller;+4915112345678\nAnnelie;Größ;+4915112345679\n".encode("cp1252")
    )
    return path
