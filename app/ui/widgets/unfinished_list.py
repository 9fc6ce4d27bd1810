"""Shows the uploads that were stopped and the lists that a crash left half prepared, each with how far it
came, to be continued or given up.

Announces what the user wants; finding, continuing and erasing are flow's.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.language import in_parts, number, tr, trn
from app.ui.widgets.hues import Tone, tint
from app.ui.widgets.labels import Label, Weight
from app.ui.widgets.moments import moment_words
from app.ui.widgets.primary import show_primary

if TYPE_CHECKING:
    from app.flow.unfinished import UnfinishedImport

MOST = 3


class UnfinishedList(QWidget):
    """`continued` and `given_up` bring an UnfinishedImport. Hidden while there is none."""

    continued = Signal(object)  # UnfinishedImport
    given_up = Signal(object)  # UnfinishedImport

    def __init__(self) -> None:
        super().__init__()
        self.cards: list[UnfinishedCard] = []
        self._narrow = False
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(8)
        self.hide()

    def show_imports(self, imports: Sequence[UnfinishedImport]) -> None:
        """Show the latest of `imports`, which come latest first."""
        for card in self.cards:
            self._layout.removeWidget(card)
            card.hide()
            card.deleteLater()
        self.cards = [self._card(one) for one in imports[:MOST]]
        for card in self.cards[:1]:
            show_primary(card.go_on)  # the latest; one button of a page leads on
        self.setVisible(bool(self.cards))

    def show_narrow(self, narrow: bool) -> None:
        """Put the buttons of all cards under their words, or back beside them."""
        self._narrow = narrow
        for card in self.cards:
            card.show_narrow(narrow)

    def _card(self, unfinished: UnfinishedImport) -> UnfinishedCard:
        card = UnfinishedCard(unfinished)
        card.show_narrow(self._narrow)
        card.go_on.clicked.connect(lambda: self.continued.emit(unfinished))
        card.give_up.clicked.connect(lambda: self.given_up.emit(unfinished))
        self._layout.addWidget(card)
        return card


class UnfinishedCard(QFrame):
    """One stopped upload, or one list that was being prepared."""

    def __init__(self, unfinished: UnfinishedImport) -> None:
        super().__init__()
        self.unfinished = unfinished
        name, prepared = unfinished.file_name, bool(unfinished.page)
        title = (
            tr("You were preparing {name} when the program ended unexpectedly.", name=name)
            if prepared
            else tr("The upload of {name} is not finished.", name=name)
        )
        self.title = Label(title, Weight.STRONG)
        self.words = Label(_words(unfinished))
        self.go_on = QPushButton(tr("Continue"), autoDefault=False)
        self.go_on.setAccessibleName(
            tr("Continue preparing {name}", name=name)
            if prepared
            else tr("Continue the upload of {name}", name=name)
        )
        self.give_up = QPushButton(tr("Discard") if prepared else tr("Give up"), autoDefault=False)
        self.give_up.setAccessibleName(
            tr("Discard {name} as it was prepared", name=name)
            if prepared
            else tr("Give up the upload of {name}", name=name)
        )
        self._lay()
        self.setAccessibleName(self.title.text())
        self.setAccessibleDescription(self.words.text())

    def _lay(self) -> None:
        words, buttons = QVBoxLayout(), QHBoxLayout()
        words.setSpacing(4)
        words.addWidget(self.title)
        words.addWidget(self.words)
        buttons.setSpacing(8)
        buttons.addWidget(self.give_up)
        buttons.addWidget(self.go_on)
        buttons.addStretch(1)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(16, 12, 16, 12)
        self._row.addLayout(words, stretch=1)
        self._row.addLayout(buttons)

    def show_narrow(self, narrow: bool) -> None:
        """Put the buttons under the words, or back beside them."""
        ways = QBoxLayout.Direction
        self._row.setDirection(ways.TopToBottom if narrow else ways.LeftToRight)
        self._row.setSpacing(8 if narrow else 16)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPalette().color(QPalette.ColorRole.Midlight))
        painter.setBrush(tint(QPalette(), Tone.PRACTICE))
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -2, -2), 8, 8)


def really_give_up(unfinished: UnfinishedImport, window: QWidget) -> bool:
    """Ask whether an import is to be erased."""
    from app.ui.widgets.confirm import confirm  # few give up

    name = unfinished.file_name
    if unfinished.page:
        return confirm(
            window,
            tr("Discard the list"),
            tr("Discard {name} as you prepared it?", name=name),
            tr("Nothing was sent. What you decided and corrected is erased; your own file stays as it is."),
            do=tr("Discard"),
            keep=tr("Keep it"),
        )
    return confirm(
        window,
        tr("Give up the upload"),
        tr("Give up the upload of {name}?", name=name),
        tr("What was sent stays with the provider. The rest will not be sent, and there is no report."),
        do=tr("Give up"),
        keep=tr("Keep the upload"),
    )


def _words(unfinished: UnfinishedImport) -> str:
    when, where = moment_words(unfinished.began), unfinished.destination
    if unfinished.page:
        far = _prepared_words(unfinished)
        return tr("{provider}: {far}. Last changed {when}.", provider=where, far=far, when=when)
    totals = unfinished.totals
    far = trn(
        "{done} of {count} contact is done", "{done} of {count} contacts are done", totals.sum,
        done=number(totals.answered),
    )  # fmt: skip
    if totals.unsure:
        unsure = trn("{count} is unsure", "{count} are unsure", totals.unsure)
        far = in_parts((far, unsure))
    return tr("{provider}: {far}. Started {when}.", provider=where, far=far, when=when)


def _prepared_words(unfinished: UnfinishedImport) -> str:
    """ "12 corrections, 3 rows left out by you"."""
    said = []
    if unfinished.corrected:
        said.append(trn("{count} row corrected", "{count} rows corrected", unfinished.corrected))
    if unfinished.aside:
        said.append(trn("{count} row left out by you", "{count} rows left out by you", unfinished.aside))
    return ", ".join(said) or tr("nothing has been sent yet")
