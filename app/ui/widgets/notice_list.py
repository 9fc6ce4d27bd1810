"""Says what was noticed about a list while it was read, and asks what of it is to be read otherwise.

Shows notices and announces choices; reading again is the page's.
"""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from app.flow.draft import ReadFile
from app.language import number, tr
from app.table.notices import Notice, NoticeKind
from app.table.shape import HiddenRows
from app.ui.widgets.hues import Tone, text_hue, tint
from app.ui.widgets.icons import pixmap
from app.ui.widgets.labels import Label
from app.ui.widgets.recolouring import Picture

_ICON = 16
_HIDDEN = (NoticeKind.HIDDEN_LEFT_OUT, NoticeKind.HIDDEN_INCLUDED)


class NoticeList(QFrame):
    """`hidden_chosen` brings a HiddenRows, `merged_chosen` whether merged values are repeated,
    `headers_chosen` whether two rows of headers are joined.

    Hidden while there is nothing to say.
    """

    hidden_chosen = Signal(object)  # HiddenRows
    merged_chosen = Signal(bool)
    headers_chosen = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.sentences: list[str] = []
        self.visible_only, self.all_rows = QRadioButton(), QRadioButton()
        self._group = QButtonGroup(self)
        self._question = QWidget()
        answers = QHBoxLayout(self._question)
        answers.setContentsMargins(_ICON + 8, 0, 0, 0)
        answers.setSpacing(24)
        for button in (self.visible_only, self.all_rows):
            self._group.addButton(button)
            answers.addWidget(button)
        answers.addStretch(1)
        self.repeat = QCheckBox(tr("Repeat the value of merged cells in each of their rows"))
        self.join = QCheckBox(tr("Use both rows of headers"))
        for box in (self.repeat, self.join):
            box.setStyleSheet(f"margin-left: {_ICON + 8}px;")
        self._lines: list[QWidget] = []
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(16, 12, 16, 12)
        self._layout.setSpacing(8)
        self._layout.addWidget(self._question)
        self._layout.addWidget(self.repeat)
        self._layout.addWidget(self.join)
        self._group.buttonClicked.connect(self._choose_hidden)
        self.repeat.clicked.connect(self.merged_chosen)
        self.join.clicked.connect(self.headers_chosen)
        self.setAccessibleName(tr("What was noticed"))
        self.hide()

    def show_file(self, file: ReadFile | None, repeats_merged: bool = False) -> None:
        """Show what is to be known about `file`."""
        for line in self._lines:
            self._layout.removeWidget(line)
            line.hide()
            line.deleteLater()
        self._lines = []
        notices = file.notices if file else ()
        self.sentences = [one.sentence for one in notices]
        self._question.hide()
        self.repeat.setVisible(repeats_merged)
        self.repeat.setChecked(repeats_merged)
        self.join.hide()
        for notice in notices:
            self._add(notice)
            if notice.kind in _HIDDEN and file is not None:
                self._ask_about_hidden(file)
            if notice.kind is NoticeKind.MERGED_CELLS:
                self._put(self.repeat)
                self.repeat.show()
            if notice.kind is NoticeKind.TWO_HEADERS and file is not None:
                self.join.setChecked(file.choice.join_headers)
                self._put(self.join)
                self.join.show()
        self.setAccessibleDescription(" ".join(self.sentences))
        self.setVisible(bool(notices) or repeats_merged)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPalette().color(QPalette.ColorRole.Midlight))
        painter.setBrush(tint(QPalette(), Tone.WARNING))
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -2, -2), 6, 6)

    def _ask_about_hidden(self, file: ReadFile) -> None:
        notes, taken = file.notes, file.read - file.blank
        everything = taken + notes.hidden_left_out
        seen = taken if notes.hidden_left_out else taken - notes.hidden
        self.visible_only.setText(tr("Only the rows you see ({count})", count=number(seen)))
        self.all_rows.setText(tr("All rows ({count})", count=number(everything)))
        (self.visible_only if notes.hidden_left_out else self.all_rows).setChecked(True)
        self._put(self._question)
        self._question.show()

    def _add(self, notice: Notice) -> None:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        mark = Picture(lambda now, ratio: pixmap("warning", text_hue(now, Tone.WARNING), _ICON, ratio))
        mark.setFixedSize(QSize(_ICON, _ICON))
        row.addWidget(mark, alignment=Qt.AlignmentFlag.AlignTop)
        row.addWidget(Label(notice.sentence), stretch=1)
        self._lines.append(line)
        self._layout.addWidget(line)

    def _put(self, question: QWidget) -> None:
        """The question right under the notice it belongs to, which is the last line so far."""
        self._layout.removeWidget(question)
        self._layout.addWidget(question)

    def _choose_hidden(self) -> None:
        chosen = HiddenRows.VISIBLE_ONLY if self.visible_only.isChecked() else HiddenRows.ALL
        self.hidden_chosen.emit(chosen)
