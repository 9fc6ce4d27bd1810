"""The receipt before sending: what the upload will do, and the ticks it needs, right above the button.

Shows a flow/receipt; what its sentences say is the provider's.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent, QPixmap
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QGridLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.contacts.contact import Level
from app.flow.receipt import Agreement, Receipt, Section, Tick
from app.language import shown, tr
from app.ui.widgets.labels import Label, Weight
from app.ui.widgets.marks import level_icon
from app.ui.widgets.recolouring import Picture

ICON = 16


class ReceiptView(QWidget):
    """The sections of a receipt, scrolling if need be. `count_wanted` follows the question how many exist."""

    count_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.sentences: tuple[str, ...] = ()
        self._lines: list[Label] = []  # of the heading, and of each sentence
        self._shape: tuple[tuple[str, bool, int], ...] | None = None
        self.count = QPushButton(tr("How many of them exist already?"), autoDefault=False)
        self.count.clicked.connect(self.count_wanted)
        self.counted = Label()
        self._scroll = QScrollArea(widgetResizable=True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setAccessibleName(tr("Before you upload"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._scroll, stretch=1)
        column.addWidget(self.counted)
        column.addWidget(self.count, alignment=Qt.AlignmentFlag.AlignLeft)
        self.show_counted("")

    def show_receipt(self, receipt: Receipt, can_count: bool) -> None:
        """Show `receipt`; with `can_count` the account can be asked who is there already."""
        self.sentences = (
            receipt.heading,
            *(sentence for section in receipt.sections for sentence in section.sentences),
        )
        shape = tuple((one.heading, one.final, len(one.sentences)) for one in receipt.sections)
        if self._shape != shape:  # laying lines out takes many times as long as other words in them
            self._shape = shape
            self._lay(receipt)
        else:
            self._say_anew()
        self.count.setVisible(can_count)
        self.show_counted("")

    def _say_anew(self) -> None:
        for label, sentence in zip(self._lines, self.sentences, strict=True):
            if label.text() != shown(sentence):
                label.setText(sentence)

    def _lay(self, receipt: Receipt) -> None:
        self._lines = [Label(receipt.heading, Weight.STRONG)]
        lines = QWidget()
        column = QVBoxLayout(lines)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(12)
        column.addWidget(self._lines[0])
        for section in receipt.sections:
            block, labels = _block(section)
            column.addLayout(block)
            self._lines += labels
        column.addStretch(1)
        lines.setMinimumHeight(1)  # or the scroll area asks for the height the lines need when narrow
        self._scroll.setWidget(lines)

    def show_counted(self, words: str) -> None:
        """Say how many exist already, or how far the asking is."""
        self.counted.setText(words)
        self.counted.setVisible(bool(words))


class TickList(QWidget):
    """What has to be agreed to, a tick each; `changed` follows every tick."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.ticks: dict[str, QCheckBox] = {}
        self._receipt: Receipt | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self._inside = QWidget()
        self._column.addWidget(self._inside)

    def show_receipt(self, receipt: Receipt, keep: bool = False) -> None:
        """Ask for what `receipt` needs. Answers are kept with `keep` only: that of another list may read the
        same."""
        before = self._receipt
        kept = self.agreed if keep else frozenset[str]()
        self._receipt = receipt
        if before is not None and (before.ticks, before.practice) == (receipt.ticks, receipt.practice):
            for key, check in self.ticks.items():
                check.setChecked(key in kept)
            return
        self.ticks = {}
        inside = QWidget()
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(0)  # the box brings along what it keeps free for words of its own
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        for number, tick in enumerate(receipt.ticks):
            self._add(grid, number, tick, tick.key in kept)
        if receipt.practice and receipt.ticks:
            words = tr("Practice needs no tick: nobody is written to.")
            grid.addWidget(Label(words, Weight.SMALL), len(receipt.ticks), 1)
        self._column.replaceWidget(self._inside, inside)
        self._inside.deleteLater()
        self._inside = inside

    @property
    def agreed(self) -> frozenset[str]:
        """The keys of what is ticked."""
        return frozenset(key for key, check in self.ticks.items() if check.isChecked())

    def agree(self, keys: frozenset[str]) -> None:
        """Tick what was agreed to before, for the very same list."""
        for key in keys & self.ticks.keys():
            self.ticks[key].setChecked(True)

    @property
    def complete(self) -> bool:
        """Whether nothing more has to be agreed to."""
        receipt = self._receipt
        return receipt is not None and (receipt.practice or len(self.agreed) == len(receipt.ticks))

    def agreement(self) -> Agreement:
        """What was told, and what of it was ticked."""
        if self._receipt is None:
            return Agreement()
        sentences = (one for section in self._receipt.sections for one in section.sentences)
        ticked = tuple(tick for tick in self._receipt.ticks if tick.key in self.agreed)
        return Agreement((self._receipt.heading, *sentences), ticked)

    def _add(self, grid: QGridLayout, number: int, tick: Tick, ticked: bool) -> None:
        check = QCheckBox()
        check.setAccessibleName(tick.sentence)
        check.setChecked(ticked)
        check.toggled.connect(self.changed)
        grid.addWidget(check, number, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(_Words(tick.sentence, check), number, 1)
        self.ticks[tick.key] = check


class _Words(Label):
    """The words of a check box, which alone can't wrap them; a click on them ticks it."""

    def __init__(self, words: str, check: QCheckBox) -> None:
        super().__init__(words)
        self._check = check
        self.setBuddy(check)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        del event
        self._check.click()


def _block(section: Section) -> tuple[QVBoxLayout, list[Label]]:
    """A section as it is laid out, and the labels of its sentences."""
    block = QVBoxLayout()
    block.setSpacing(4)
    block.addWidget(Label(section.heading, Weight.QUIET))
    grid = QGridLayout()
    grid.setHorizontalSpacing(8)
    grid.setVerticalSpacing(4)
    grid.setColumnStretch(1, 1)
    labels = [Label(sentence) for sentence in section.sentences]
    for number, label in enumerate(labels):
        sign = Picture(_warning) if section.final else QLabel("\u2022")
        sign.setFixedWidth(ICON)
        grid.addWidget(sign, number, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(label, number, 1)
    block.addLayout(grid)
    return block, labels


def _warning(*_: object) -> QPixmap:
    return level_icon(Level.WARNING).pixmap(ICON, ICON)
