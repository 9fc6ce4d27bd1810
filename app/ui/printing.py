"""Saves a page of simple HTML as a PDF.

Knows paper and files; what is on the page is the caller's.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMarginsF, QSaveFile
from PySide6.QtGui import QPageLayout, QPageSize, QPdfWriter, QTextDocument

from app.language import tr
from app.problems import FileProblem

MARGIN = 20.0  # millimetres
DOTS = 300  # to the inch
_INDENT = 16  # of lists


def save_pdf(html: str, path: Path, title: str) -> None:
    """Put the page into `path`, all of it or nothing. Raises FileProblem."""
    file = QSaveFile(str(path))
    if not file.open(QSaveFile.OpenModeFlag.WriteOnly):
        raise _cannot_write(path, file.errorString())
    writer = QPdfWriter(file)
    writer.setTitle(title)
    writer.setResolution(DOTS)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageMargins(QMarginsF(MARGIN, MARGIN, MARGIN, MARGIN), QPageLayout.Unit.Millimeter)
    document = QTextDocument()
    document.setIndentWidth(_INDENT)
    document.setHtml(html)
    document.print_(writer)
    del writer  # its end writes the end of the file
    if not file.commit():
        raise _cannot_write(path, file.errorString())


def _cannot_write(path: Path, why: str) -> FileProblem:
    return FileProblem(
        tr("{name} can't be saved.", name=path.name),
        tr("Choose another folder, or close the file if another program has it open."),
        why,
    )
