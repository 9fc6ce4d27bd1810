"""Every way a file can disappoint, as a FileProblem that says what to do.

The sentences of the table room live here; how each fault is noticed does not.
"""

from __future__ import annotations

import errno
from pathlib import Path

from app.language import tr
from app.problems import FileProblem

_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})  # EFBIG: more than a file may be on it


def missing(path: Path) -> FileProblem:
    return FileProblem(
        tr("The file {name} is not there.", name=path.name),
        tr("It may have been moved, renamed or deleted. Choose the file again."),
        str(path),
    )


def folder(path: Path) -> FileProblem:
    return FileProblem(
        tr("{name} is a folder, not a file.", name=path.name),
        tr("Choose the spreadsheet inside it."),
        str(path),
    )


def empty(path: Path) -> FileProblem:
    return FileProblem(
        tr("The file {name} is empty.", name=path.name),
        tr("Save the spreadsheet again, or choose another file."),
        str(path),
    )


def unreadable(path: Path, error: OSError) -> FileProblem:
    return FileProblem(
        tr("The file {name} can't be opened.", name=path.name),
        tr(
            "Another program may be using it, or you may not have permission to read it. "
            "Close it elsewhere, or save a copy of it in another folder, and choose it again."
        ),
        str(error),
    )


def not_a_spreadsheet(path: Path, what: str) -> FileProblem:
    """`what` is a phrase such as "a PDF document", already in the user's language."""
    return FileProblem(
        tr("{name} is not a spreadsheet but {what}.", name=path.name, what=what),
        tr("Choose an Excel workbook (.xlsx) or a text file with columns (.csv)."),
    )


def pretender(path: Path, what: str, advice: str) -> FileProblem:
    return FileProblem(tr("{name} is in fact {what}.", name=path.name, what=what), advice)


def save_as_xlsx(path: Path, what: str) -> FileProblem:
    return pretender(
        path,
        what,
        tr(
            "Open it in Excel, LibreOffice or Google Sheets, save it as an Excel workbook "
            "(.xlsx), and choose that file."
        ),
    )


def password_protected(path: Path) -> FileProblem:
    return PasswordProblem(
        tr("{name} is protected with a password.", name=path.name),
        tr(
            "Type its password, or save a copy without one in Excel (File, Info, Protect Workbook) "
            "and choose that."
        ),
    )


def password_protected_document(path: Path) -> FileProblem:
    return PasswordProblem(
        tr("{name} is protected with a password.", name=path.name),
        tr("Type its password, or save a copy without one in LibreOffice and choose that."),
    )


def protected_document(path: Path) -> FileProblem:
    """Encrypted in a way that no password opens here, such as for the owner of a key."""
    return FileProblem(
        tr("{name} is protected with a password.", name=path.name),
        tr("Open it in LibreOffice, save a copy without a password, and choose that copy."),
    )


def wrong_password(path: Path) -> FileProblem:
    return PasswordProblem(
        tr("This password does not open {name}.", name=path.name),
        tr("Check Caps Lock and the keyboard language, then type it again."),
    )


class PasswordProblem(FileProblem):
    """The file opens with a password, and none or a wrong one was given: ask for it."""


def damaged(path: Path, details: str) -> FileProblem:
    return FileProblem(
        tr("The file {name} is damaged or incomplete.", name=path.name),
        tr(
            "If it was downloaded or sent by e-mail, fetch it again. If Excel can still open it, "
            "save it there under a new name and choose that file."
        ),
        details,
    )


def too_large(path: Path, details: str) -> FileProblem:
    return FileProblem(
        tr("The file {name} would unpack to an unreasonable size.", name=path.name),
        tr("Open it in Excel, copy only the columns you need into a new workbook, and choose that file."),
        details,
    )


def changed(path: Path) -> FileProblem:
    return FileProblem(
        tr("The file {name} was changed after it was chosen.", name=path.name),
        tr("Choose it again, so that what you see is what is read."),
    )


def changed_since_read(path: Path) -> FileProblem:
    return FileProblem(
        tr("The file {name} was changed after it was read.", name=path.name),
        tr(
            "The contacts are as they were when it was read. To use the file as it is now, go back to the "
            "first step and choose it again."
        ),
    )


def no_such_sheet(path: Path, sheet: str) -> FileProblem:
    return FileProblem(
        tr("{name} has no sheet called “{sheet}”.", name=path.name, sheet=sheet),
        tr("Choose one of its sheets."),
    )


def no_sheets(path: Path) -> FileProblem:
    return FileProblem(
        tr("{name} holds no sheet with cells.", name=path.name),
        tr("Choose a workbook that has a list in it."),
    )


def no_content(path: Path, sheet: str) -> FileProblem:
    if sheet:
        return FileProblem(
            tr("The sheet “{sheet}” is empty.", sheet=sheet),
            tr("Choose another sheet, or another file."),
        )
    return empty(path)


def only_a_header(path: Path, row: int) -> FileProblem:
    return FileProblem(
        tr("{name} has column names but no rows below them.", name=path.name),
        tr(
            "Row {row} was taken for the column names. Choose a file or a sheet with contacts in it.",
            row=row,
        ),
    )


def header_row_empty(row: int) -> FileProblem:
    return FileProblem(
        tr("Row {row} is empty and can't name the columns.", row=row),
        tr("Choose the row that holds the column names."),
    )


def lone_quote(path: Path, line: int) -> FileProblem:
    return FileProblem(
        tr("A quotation mark on line {line} of {name} is never closed.", line=line, name=path.name),
        tr(
            "Everything after it would run into one cell. Open the file in a text editor, "
            "remove or double the quotation mark on that line, save, and choose the file again."
        ),
    )


def stray_quotes(path: Path, first: int, last: int) -> FileProblem:
    return FileProblem(
        tr(
            "The quotation marks on lines {first} to {last} of {name} do not go together.",
            first=first,
            last=last,
            name=path.name,
        ),
        tr(
            "They would make one contact of several. Open the file in a text editor, remove or double the "
            "quotation marks that belong to the text on these lines, save, and choose the file again."
        ),
    )


def cell_too_long(path: Path, row: int) -> FileProblem:
    return FileProblem(
        tr("A cell in row {row} of {name} is longer than any spreadsheet allows.", row=row, name=path.name),
        tr("Shorten it or remove the row, save, and choose the file again."),
    )


def wrong_encoding(path: Path, encoding: str) -> FileProblem:
    return FileProblem(
        tr("{name} can't be read as {encoding}.", name=path.name, encoding=encoding),
        tr("Choose another text encoding."),
    )


def not_written(path: Path, error: OSError) -> FileProblem:
    if error.errno in _NO_ROOM:
        return FileProblem(
            tr("There is not enough room on the disk to save {name}.", name=path.name),
            tr("Make room there, or choose another disk. What was there before is unchanged."),
            str(error),
        )
    return FileProblem(
        tr("The file {name} can't be saved.", name=path.name),
        tr(
            "If it is open in Excel, close it there. Otherwise check that the disk is not full and that you "
            "may write into this folder, or choose another place."
        ),
        str(error),
    )


def too_many_rows(path: Path) -> FileProblem:
    return FileProblem(
        tr("There are more rows than one Excel sheet can hold."),
        tr("Save {name} as a .csv file instead.", name=path.name),
    )
