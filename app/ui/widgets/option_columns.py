"""Two columns: provider and account at the left, and the provider's options where there is room for them.

Arranges forms by the places the options declare; what the answers do is the page's.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Signal
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.language import tr
from app.providers.contract import OptionFault, Provider
from app.providers.options import Option, Options, Place
from app.ui.widgets.fold import Fold
from app.ui.widgets.labels import Label, Weight
from app.ui.widgets.option_form import OptionForm
from app.ui.widgets.option_rows import OptionRow

_GAP, _BELOW = 40, 24


class OptionColumns(QWidget):
    """`answered` brings an option's key and its new value; the other signals are those of OptionRow."""

    answered = Signal(str, object)  # OptionValue
    fetch_asked = Signal(str)
    create_asked = Signal(str, str)
    picked = Signal(str, object)  # OptionChoice

    def __init__(self, first: Sequence[QWidget]) -> None:
        super().__init__()
        self.destination = _Section(tr("Where your contacts go"))
        self.existing = _Section(tr("People who are already there"))
        self.more, self._more_form = Fold(tr("More options")), OptionForm()
        self.more.content.addWidget(self._more_form)
        self._left, self._right = QVBoxLayout(), QVBoxLayout()
        for widget in (*first, self.destination):
            self._left.addWidget(widget)
        for section in (self.existing, self.more):
            self._right.addWidget(section)
        self._columns = columns = QHBoxLayout(self)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(_GAP)
        for column in (self._left, self._right):
            column.setSpacing(24)
            column.addStretch(1)
            columns.addLayout(column, stretch=1)
        for form in self._forms.values():
            form.answered.connect(self.answered)
            form.fetch_asked.connect(self.fetch_asked)
            form.create_asked.connect(self.create_asked)
            form.picked.connect(self.picked)

    def minimumSizeHint(self) -> QSize:
        # Two columns can always stand under each other; Qt's least height of words that wrap is too much.
        width = max(one.minimumSize().width() for one in (self._left, self._right))
        return QSize(width, self._columns.totalHeightForWidth(max(width, self.width())))

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest):
            self._fit()
        return super().event(event)

    def _fit(self) -> None:
        """Where two columns have no room, the right one goes under the left one."""
        wanted = self._left.minimumSize().width() + _GAP + self._right.minimumSize().width()
        ways = QBoxLayout.Direction
        way = ways.LeftToRight if wanted <= self.width() else ways.TopToBottom
        if way != self._columns.direction():
            self._columns.setDirection(way)
            self._columns.setSpacing(_GAP if way is ways.LeftToRight else _BELOW)

    @property
    def _forms(self) -> dict[Place, OptionForm]:
        return {
            Place.DESTINATION: self.destination.form,
            Place.EXISTING: self.existing.form,
            Place.MORE: self._more_form,
        }

    def form(self, place: Place) -> OptionForm:
        """The form with the options of that place."""
        return self._forms[place]

    def rows(self) -> dict[str, OptionRow]:
        """All rows that are shown, by the keys of their options."""
        return {key: row for form in self._forms.values() for key, row in form.rows.items()}

    def show_options(self, provider: Provider, options: Options, faults: Sequence[OptionFault]) -> None:
        """Show the options that matter, with what is decided and what is wrong with it."""
        self._arrange(provider)
        asked: dict[Place, list[Option]] = {place: [] for place in Place}
        for option in provider.options_that_matter(options):
            asked[option.place].append(option)
        for place, form in self._forms.items():
            form.show_options(asked[place], options, faults)
        self.destination.setVisible(bool(asked[Place.DESTINATION]))
        self.existing.setVisible(bool(asked[Place.EXISTING]))
        self.more.setVisible(bool(asked[Place.MORE]))
        if {fault.option for fault in faults}.intersection(one.key for one in asked[Place.MORE]):
            self.more.open()

    def _arrange(self, provider: Provider) -> None:
        """Where there is always something in the right column, the destination stands at the left."""
        always = any(one.place is Place.EXISTING and one.shown_when is None for one in provider.options)
        column = self._left if always else self._right
        if column.indexOf(self.destination) >= 0:
            return
        for other in (self._left, self._right):
            other.removeWidget(self.destination)
        column.insertWidget(column.count() - 1 if always else 0, self.destination)


class _Section(QWidget):
    """A form under its heading."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self.form = OptionForm()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(16)
        layout.addWidget(Label(words, Weight.HEADING))
        layout.addWidget(self.form)
