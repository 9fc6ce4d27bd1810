"""What was found in the list, kind by kind with its number of rows, each to be shown or put right in one go.

Knows kinds and counts; looking rows up and repairing are the page's.
"""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from app.contacts.contact import FindingKind, Level
from app.contacts.fields import ContactSchema
from app.flow.repairs import Repair, repair_for
from app.language import mark, number, tr
from app.ui.widgets.labels import Label, Weight
from app.ui.widgets.marks import SIDE, level_icon
from app.ui.widgets.recolouring import Picture
from app.wording import finding_kind_word

# How each kind is usually meant; one finding may weigh more where its value is needed.
_FIXED = frozenset(
    {
        *(FindingKind.SPACES_REMOVED, FindingKind.PHONE_FORMATTED, FindingKind.PHONE_COUNTRY_ADDED),
        *(FindingKind.PHONE_ZERO_ADDED, FindingKind.EMAIL_LOWERED, FindingKind.EMAIL_CORRECTED),
        *(FindingKind.EMAIL_TIDIED, FindingKind.DATE_FORMATTED, FindingKind.NUMBER_FORMATTED),
        *(FindingKind.CHOICE_TRANSLATED, FindingKind.CHOICE_LEFT_EMPTY, FindingKind.LETTERS_CHANGED),
        *(FindingKind.TEXT_CUT, FindingKind.FILLED_FROM),
    }
)
_BLOCKING = frozenset(
    {
        *(FindingKind.TOO_LONG, FindingKind.REQUIRED_MISSING, FindingKind.ONE_OF_MISSING),
        *(FindingKind.DO_NOT_CONTACT, FindingKind.PUT_ASIDE, FindingKind.PROVIDER_LIMIT),
    }
)
_ORDER = {Level.BLOCKING: 0, Level.WARNING: 1, Level.FIXED: 2}
_BUTTONS: Mapping[Repair, str] = {
    Repair.COUNTRY: mark("Choose the country..."),
    Repair.DOMAINS: mark("Look and correct..."),
    Repair.NUMBER: mark("Choose which..."),
    Repair.DATES: mark("Decide..."),
    Repair.CUT: mark("Cut them..."),
    Repair.ZERO: mark("Put it back..."),
    Repair.WORDS: mark("Decide word by word..."),
    Repair.LETTERS: mark("Change..."),
    Repair.DUPLICATES: mark("Choose the row..."),
}


def usual_level(kind: FindingKind) -> Level:
    """How much a kind of finding usually matters."""
    if kind in _FIXED:
        return Level.FIXED
    return Level.BLOCKING if kind in _BLOCKING else Level.WARNING


@dataclass(frozen=True, slots=True)
class _Line:
    """One kind of finding: what is said of it, and the buttons for it."""

    widget: QWidget
    words: Label
    buttons: tuple[QPushButton, ...]


class FindingList(QWidget):
    """`kind_wanted` brings a FindingKind to show the rows of, `repair_wanted` a Repair, `replace_wanted` asks
    for find and replace, `saving_wanted` for a file of the rows that are left out."""

    kind_wanted = Signal(object)
    repair_wanted = Signal(object)
    replace_wanted = Signal()
    saving_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.buttons: dict[FindingKind, QPushButton] = {}
        self._shown: dict[FindingKind, _Line] | None = None  # in their order
        self._levels: list[tuple[FindingKind, Level]] = []  # each with the worst mark it has in the table
        self._lines = QVBoxLayout()
        self._lines.setContentsMargins(0, 0, 8, 0)
        self._lines.setSpacing(16)
        inside = QWidget()
        self._inside = QVBoxLayout(inside)
        self._inside.setContentsMargins(0, 8, 0, 0)
        self._inside.setSpacing(8)
        self._inside.addLayout(self._lines)
        self._inside.addSpacing(8)  # what follows is about the whole list
        self._inside.addStretch(1)
        area = QScrollArea(widgetResizable=True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside.setMinimumHeight(1)  # or the area asks for the height that the words need when narrow
        area.setWidget(inside)
        area.setAccessibleName(tr("Put right"))
        self.letters = _small(tr("Capitals and small letters..."))
        self.replace = _small(tr("Find and replace..."))
        self.letters.clicked.connect(lambda: self.repair_wanted.emit(Repair.LETTERS))
        self.replace.clicked.connect(self.replace_wanted)
        self.save = _small(tr("Save the rows that are left out..."))
        self.save.clicked.connect(self.saving_wanted)
        for button in (self.letters, self.replace, self.save):
            self._inside.insertWidget(self._inside.count() - 1, button, alignment=Qt.AlignmentFlag.AlignLeft)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(area)

    def show_findings(
        self,
        counts: Mapping[FindingKind, int],
        keeping_back: Container[FindingKind],
        left_out: int,
        schema: ContactSchema,
    ) -> None:
        """Show the kinds that were found, those `keeping_back` a row first; `left_out` rows can be saved."""
        self.save.setEnabled(left_out > 0)
        worst = {kind: Level.BLOCKING if kind in keeping_back else usual_level(kind) for kind in counts}
        kinds = sorted(counts, key=lambda kind: (_ORDER[worst[kind]], -counts[kind]))
        told = {
            kind: tr("{what}: {count}", what=finding_kind_word(kind, schema), count=number(counts[kind]))
            for kind in kinds
        }
        levels = [(kind, worst[kind]) for kind in kinds]
        if self._shown is None or levels != self._levels:
            self._levels = levels
            self._lay(told)
        for kind, line in (self._shown or {}).items():
            if line.words.text() != told[kind]:
                line.words.setText(told[kind])
            for button in line.buttons:
                button.setAccessibleDescription(told[kind])

    def _lay(self, told: Mapping[FindingKind, str]) -> None:
        while (item := self._lines.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self.buttons.clear()
        self._shown = {kind: self._line(kind, level, told[kind]) for kind, level in self._levels}
        for line in self._shown.values():
            self._lines.addWidget(line.widget)
        if not told:
            self._lines.addWidget(Label(tr("Nothing was found: every cell is right as it is."), Weight.QUIET))

    def _line(self, kind: FindingKind, level: Level, said: str) -> _Line:
        line = QFrame()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        picture = Picture(lambda *_: level_icon(level).pixmap(SIDE, SIDE))
        row.addWidget(picture, alignment=Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(4)
        words = Label(said)
        column.addWidget(words)
        under = QHBoxLayout()
        under.setSpacing(8)
        show = _small(tr("Show these rows"))
        buttons = [show]
        show.clicked.connect(lambda: self.kind_wanted.emit(kind))
        under.addWidget(show)
        repair = repair_for(kind)
        if repair is not None:
            button = _small(tr(_BUTTONS[repair]))
            buttons.append(button)
            button.clicked.connect(lambda: self.repair_wanted.emit(repair))
            self.buttons[kind] = button
            under.addWidget(button)
        under.addStretch(1)
        column.addLayout(under)
        row.addLayout(column, stretch=1)
        return _Line(line, words, tuple(buttons))


def _small(text: str) -> QPushButton:
    button = QPushButton(text, autoDefault=False)
    button.setObjectName("small")
    return button
