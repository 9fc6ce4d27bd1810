"""Shows a file as it was read (name, rows, the first of them) and how it was read, to be changed.

Announces what the user wants read otherwise; reading is the page's.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QPalette
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QSpinBox, QVBoxLayout, QWidget

from app.flow.draft import ReadFile
from app.language import mark, number, tr, trn
from app.table.shape import FileFormat, HiddenRows, ReadingChoice
from app.ui.widgets.combos import ValueCombo
from app.ui.widgets.first_rows import FirstRowsTable
from app.ui.widgets.flow import Flow
from app.ui.widgets.icons import pixmap
from app.ui.widgets.labels import Label, ShortLabel, Weight, beside_label
from app.ui.widgets.notice_list import NoticeList
from app.ui.widgets.recolouring import Picture

ENCODINGS = (
    ("utf-8", mark("Unicode (UTF-8)")),
    ("utf-16", mark("Unicode (UTF-16)")),
    ("cp1252", mark("Western European (Windows)")),
    ("iso8859-15", mark("Western European (ISO)")),
    ("mac-roman", mark("Western European (Mac)")),
    ("cp850", mark("Western European (DOS)")),
    ("cp1250", mark("Central European (Windows)")),
    ("cp1251", mark("Cyrillic (Windows)")),
    ("cp1253", mark("Greek (Windows)")),
    ("cp1254", mark("Turkish (Windows)")),
)
DELIMITERS = (
    (",", mark("Comma  ,")),
    (";", mark("Semicolon  ;")),
    ("\t", mark("Tab")),
    ("|", mark("Bar  |")),
)
_LAST_HEADER_ROW = 1_000
_ICON, _INK = 32, QPalette.ColorRole.WindowText
_APART = 24  # pixels between two choices


class ReadFileBox(QWidget):
    """`choice_made` brings a ReadingChoice, `dropped` another file's Path."""

    choice_made = Signal(object)  # ReadingChoice
    another_asked = Signal()
    dropped = Signal(object)  # Path

    def __init__(self) -> None:
        super().__init__()
        self._file: ReadFile | None = None
        self._choice = ReadingChoice()
        self._picture = Picture(lambda now, ratio: pixmap("sheet", now.color(_INK), _ICON, ratio))
        self.name = ShortLabel("", Weight.HEADING, keeps_end=True)
        self.counts = Label("", Weight.QUIET)
        self.another = QPushButton(tr("Choose another file"), autoDefault=False)
        self.another.clicked.connect(self.another_asked)
        self.sheet: ValueCombo[str] = ValueCombo()
        self.encoding: ValueCombo[str] = ValueCombo()
        self.encoding.setMinimumContentsLength(26)
        self.delimiter: ValueCombo[str] = ValueCombo()
        self.header_row = QSpinBox(minimum=0, maximum=_LAST_HEADER_ROW)
        self.header_row.lineEdit().setTextMargins(8, 0, 0, 0)  # a stylesheet's padding does not reach it
        self.header_row.setKeyboardTracking(False)
        self.header_row.setSpecialValueText(tr("no row"))
        self.make_header = QPushButton(autoDefault=False)
        self.letters = Label("", Weight.SMALL)
        self.notices = NoticeList()
        self.table = FirstRowsTable()
        self._pairs = {
            self.sheet: beside_label(tr("Sheet"), self.sheet, self),
            self.encoding: beside_label(tr("Letters"), self.encoding, self),
            self.delimiter: beside_label(tr("Columns are separated by"), self.delimiter, self),
            self.header_row: beside_label(tr("Header in row"), self.header_row, self),
        }
        for widget in self._pairs:
            widget.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAcceptDrops(True)
        self._lay()
        self._connect()
        self._offer_header(0)

    def _connect(self) -> None:
        for combo in (self.sheet, self.encoding, self.delimiter):
            combo.activated.connect(self._choose)
        self.header_row.valueChanged.connect(self._choose)
        self.table.row_chosen.connect(self._offer_header)
        self.table.row_pressed.connect(self.header_row.setValue)
        self.make_header.clicked.connect(self._make_header)
        self.notices.hidden_chosen.connect(self._choose_hidden)
        self.notices.merged_chosen.connect(self._choose_merged)
        self.notices.headers_chosen.connect(self._choose_headers)

    def show_file(self, file: ReadFile | None, choice: ReadingChoice | None = None) -> None:
        """Show `file`, and how it was read: as `choice` wanted it."""
        self._file, self._choice = file, choice or ReadingChoice()
        self.table.show_file(file)
        self.notices.show_file(file, self._choice.repeat_merged)
        if file is None:
            return
        shape = file.shape
        self.name.setText(shape.path.name)
        self.counts.setText(_counts(file))
        self.sheet.fill([(_sheet_words(file, sheet), sheet) for sheet in shape.sheets], shape.sheet)
        self.encoding.fill(_encodings(shape.encoding), shape.encoding)
        self.delimiter.fill(_delimiters(shape.delimiter), shape.delimiter)
        self.header_row.blockSignals(True)
        self.header_row.setValue(shape.header_row)
        self.header_row.blockSignals(False)
        text = shape.format is FileFormat.CSV
        self._pairs[self.sheet].setVisible(len(shape.sheets) > 1)
        self._pairs[self.encoding].setVisible(text)
        self._pairs[self.delimiter].setVisible(text)
        words = file.notes.letters if text else ()
        self.letters.setText(tr("Letters in this file: {words}", words="  ".join(words)))
        self.letters.setVisible(bool(words))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        local = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if local:
            event.acceptProposedAction()
            self.dropped.emit(Path(local[0]))

    def _choose(self) -> None:
        if self._file is None:
            return
        shape = self._file.shape
        header_row = self.header_row.value()
        other_sheet = self.sheet.value is not None and self.sheet.value != shape.sheet
        found_again = self._choice.header_row is None and header_row == shape.header_row
        self.choice_made.emit(
            replace(
                self._choice,
                sheet=self.sheet.value if shape.sheets else None,
                # Another sheet, or other separators, may well have its header elsewhere.
                header_row=None if other_sheet or found_again else header_row,
                encoding=self.encoding.value if shape.encoding else None,
                delimiter=self.delimiter.value if shape.format is FileFormat.CSV else None,
            )
        )

    def _choose_hidden(self, hidden: HiddenRows) -> None:
        self._choose_too(replace(self._choice, hidden=hidden))

    def _choose_merged(self, repeated: bool) -> None:
        self._choose_too(replace(self._choice, repeat_merged=repeated))

    def _choose_headers(self, joined: bool) -> None:
        self._choose_too(replace(self._choice, join_headers=joined))

    def _choose_too(self, choice: ReadingChoice) -> None:
        """Read the same sheet with the same header, and `choice` besides."""
        if self._file is not None:
            shape = self._file.shape
            self.choice_made.emit(
                replace(
                    choice,
                    sheet=shape.sheet or None,
                    header_row=shape.header_row,
                    encoding=shape.encoding or None,
                    delimiter=shape.delimiter if shape.format is FileFormat.CSV else None,
                )
            )

    def _offer_header(self, row: int) -> None:
        """A row of the table may be the header after all."""
        self.make_header.setVisible(row > 0)
        self.make_header.setText(tr("Make row {row} the header", row=number(row)))
        self.make_header.setProperty("row", row)

    def _make_header(self) -> None:
        self.header_row.setValue(int(self.make_header.property("row")))

    def _lay(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(self.name)
        words.addWidget(self.counts)
        top = QHBoxLayout()
        top.setSpacing(12)
        top.addWidget(self._picture)
        top.addLayout(words, stretch=1)
        top.addWidget(self.another)
        choices = Flow(_APART)
        for pair in self._pairs.values():
            choices.addWidget(pair)
        choices.addWidget(self.make_header)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(16)
        layout.addLayout(top)
        layout.addLayout(choices)
        layout.addWidget(self.letters)
        layout.addWidget(self.notices)
        layout.addWidget(self.table, stretch=1)


def _counts(file: ReadFile) -> str:
    """For example: "Sheet Customers: 480 rows, 7 blank ones ignored; 10 columns"."""
    rows = trn("{count} row", "{count} rows", file.read)
    if file.blank:
        blank = trn("{count} blank one ignored", "{count} blank ones ignored", file.blank)
        rows = tr("{rows}, {blank}", rows=rows, blank=blank)
    columns = trn("{count} column", "{count} columns", len(file.shape.columns))
    if file.shape.sheet:
        return tr("Sheet {sheet}: {rows}; {columns}", sheet=file.shape.sheet, rows=rows, columns=columns)
    return tr("{rows}; {columns}", rows=rows, columns=columns)


def _sheet_words(file: ReadFile, sheet: str) -> str:
    return tr("{sheet} (hidden)", sheet=sheet) if sheet in file.shape.hidden_sheets else sheet


def _encodings(used: str) -> list[tuple[str, str]]:
    known = [(tr(words), name) for name, words in ENCODINGS]
    return known if any(name == used for _, name in known) else [*known, (used, used)]


def _delimiters(used: str) -> list[tuple[str, str]]:
    known = [(tr(words), sign) for sign, words in DELIMITERS]
    if any(sign == used for _, sign in known):
        return known
    return [*known, (used or tr("Nothing: one column"), used)]
