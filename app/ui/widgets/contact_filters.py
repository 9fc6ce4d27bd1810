"""What to show of the checked contacts: by what happens to them, by what was found, by a word in them.

Knows the choices; looking the contacts up is the page's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtWidgets import QMenu, QPushButton, QVBoxLayout, QWidget

from app.contacts.contact import FindingKind
from app.contacts.fields import ContactSchema
from app.language import mark, number, tr
from app.ledger.contacts import CheckedTotals, Show
from app.ui.widgets.combos import StillCombo
from app.ui.widgets.enter_line import EnterLine
from app.ui.widgets.filter_chips import FilterChips
from app.ui.widgets.flow import Flow
from app.ui.widgets.menu_button import MenuButton
from app.wording import finding_kind_word

FILTERS = (
    (Show.ALL, mark("All")),
    (Show.TO_SEND, mark("To send")),
    (Show.FIXED, mark("Corrected")),
    (Show.WARNINGS, mark("Look at these")),
    (Show.LEFT_OUT, mark("Those left out")),
    (Show.DUPLICATES, mark("Duplicates")),
)
_LETTERS = 24  # that the search box has room for, the mark that clears it among them
TYPING_PAUSE = 250  # milliseconds without a key before a search begins


class Rows(Enum):
    """Which rows are meant."""

    CHOSEN = "chosen"
    SHOWN = "shown"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which contacts to show."""

    show: Show = Show.ALL
    kind: FindingKind | None = None
    text: str = ""


class ContactFilters(QWidget):
    """A row of chips; under it a search box and the kinds of findings. `changed` follows another wish;
    `placing` brings Rows and whether they are to be left out (or taken in again)."""

    changed = Signal()
    placing = Signal(object, bool)

    def __init__(self) -> None:
        super().__init__()
        self.chips = FilterChips(tr("Show"), [tr(label) for _, label in FILTERS])
        self.search = _SearchLine()
        self.search.setClearButtonEnabled(True)
        self.search.setPlaceholderText(tr("Search names, addresses, numbers"))
        self.search.setAccessibleName(tr("Search in the contacts"))
        self.kinds = StillCombo(tr("Show only contacts in which this was found"))
        self.kinds.setMinimumContentsLength(20)
        self.undo = QPushButton(tr("Undo"), autoDefault=False)
        self.undo.setToolTip(tr("Undo the last change (Ctrl+Z)"))
        self.redo = QPushButton(tr("Redo"), autoDefault=False)
        self.redo.setToolTip(tr("Do again what was undone (Ctrl+Y)"))
        self.show_steps(0, 0)
        self.place = MenuButton(tr("Leave out"), self._place_menu())
        self._typing = QTimer(self, singleShot=True, interval=TYPING_PAUSE)
        self._typing.timeout.connect(self.changed)
        self.chips.chosen.connect(self._tell)
        self.kinds.activated.connect(self._tell)
        self.search.textChanged.connect(self._typing.start)
        self.search.entered.connect(self._tell)
        second = Flow()
        for widget in (self.search, self.kinds, self.place, self.undo, self.redo):
            second.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.chips)
        column.addLayout(second)

    def choose_kind(self, kind: FindingKind) -> None:
        """Show all contacts in which this was found."""
        self._write("")
        self.chips.choose(0)
        self.kinds.setCurrentIndex(max(0, self.kinds.findData(kind)))
        self._tell()

    def show_everything(self) -> None:
        """Ask for every contact again."""
        self._write("")
        self.chips.choose(0)
        self.kinds.setCurrentIndex(0)
        self._tell()

    def show_steps(self, undoable: int, redoable: int) -> None:
        """Whether there is a way back, and forth again."""
        self.undo.setEnabled(undoable > 0)
        self.redo.setEnabled(redoable > 0)

    @property
    def wanted(self) -> Wanted:
        """What is asked for now."""
        return Wanted(
            FILTERS[self.chips.chosen_number][0], self.kinds.currentData(), self.search.text().strip()
        )

    def show_counts(
        self,
        counts: Mapping[Show, int],
        totals: CheckedTotals,
        schema: ContactSchema,
        wanted: Wanted | None = None,
    ) -> None:
        """Write the counts on the chips and offer the kinds that were found; then `wanted` is what is asked
        for, or without it what was before."""
        kept = self.kinds.currentData() if wanted is None else wanted.kind
        if wanted is not None:
            self._write(wanted.text)
            self.chips.choose([show for show, _ in FILTERS].index(wanted.show))
        self.chips.show_counts([counts[show] for show, _ in FILTERS])
        self.kinds.clear()
        self.kinds.addItem(tr("All findings"), None)
        found = sorted(totals.findings.items(), key=lambda one: -one[1])
        if kept is not None and kept not in totals.findings:
            found.append((kept, 0))  # the table still shows no others
        for kind, count in found:
            self.kinds.addItem(f"{finding_kind_word(kind, schema)}  {number(count)}", kind)
        self.kinds.setCurrentIndex(max(0, self.kinds.findData(kept)))
        self.kinds.setEnabled(bool(found))

    def _place_menu(self) -> QMenu:
        menu = QMenu(self)
        for words, rows, out in (
            (tr("Leave out the selected rows"), Rows.CHOSEN, True),
            (tr("Leave out all rows that are shown"), Rows.SHOWN, True),
            (tr("Put back the selected rows"), Rows.CHOSEN, False),
            (tr("Put back all rows that are shown"), Rows.SHOWN, False),
        ):
            action = menu.addAction(words)
            action.triggered.connect(lambda _=False, rows=rows, out=out: self.placing.emit(rows, out))
        return menu

    def _write(self, text: str) -> None:
        """Put a text into the search box without looking for it. Its signals can't be blocked for that: then
        the cross that clears it would stay, or not come."""
        self.search.setText(text)
        self._typing.stop()

    def _tell(self) -> None:
        self._typing.stop()
        self.changed.emit()


class _SearchLine(EnterLine):
    """As wide with the mark that clears it as without."""

    def sizeHint(self) -> QSize:
        """The same with the mark that clears it: nothing beside it moves at the first letter."""
        return QSize(self.fontMetrics().horizontalAdvance("x" * _LETTERS), super().sizeHint().height())
