"""What the pages stand on: the widget in which QWizard lays out everything, its colour, the band above it.

Works around QWizard's ways of painting and placing; knows nothing of what is on a page.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, QRect
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QGridLayout, QLayout, QWidget, QWizard

from app.ui.widgets.hues import is_dark


class Ground:
    """Of one wizard; `band` lies over its whole width."""

    def __init__(self, wizard: QWizard, band: QWidget) -> None:
        # The widget is of a kind of QWizard's own; asked for it as a widget, or anew, PySide6 would first
        # make every kind of widget there is, and that takes 15 ms.
        self.inside: QObject = wizard.button(QWizard.WizardButton.NextButton).parent() or wizard
        self._band = band  # no wizard: who held it would keep it alive
        self._cover = QWidget(wizard)
        self._cover.hide()
        # A layout's menu bar is the one place QWizard leaves alone.
        for grid in wizard.findChildren(QGridLayout):
            if grid.parent() is self.inside:
                grid.setMenuBar(band)

    def colour(self, palette: QPalette) -> None:
        """Pages stand on the colour of paper in light; in dark, marks to tick are hard to see on it."""
        role = QPalette.ColorRole.Window if is_dark(palette) else QPalette.ColorRole.Base
        for part in self.inside.children():
            if isinstance(part, QWidget) and part.autoFillBackground() and part is not self._band:
                part.setBackgroundRole(role)

    def lay_around(self, part: QObject | None) -> None:
        """Place what is around `part` at once: else it would take turns until all of it knows the new width,
        with paintings in between."""
        while isinstance(part, QWidget) and part is not self.inside:
            layout: QLayout | None = part.layout()  # may be none, whatever its stub says
            if layout is not None:
                layout.activate()
            part = part.parent()

    def paint_once(self, window: QRect) -> None:
        """QWizard turns pages with updates off. Switched on, they ask for the window and for each part of it,
        and Qt paints all twice; but once where something that lay over all of it has just gone."""
        self._cover.setGeometry(window)
        self._cover.show()
        self._cover.hide()
