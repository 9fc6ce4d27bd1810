"""What is written can be read in light, in dark and with any accent: in the palette, and as it is painted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPalette
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QRadioButton,
    QTabBar,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.flow.draft import new_draft
from app.flow.parts import Parts
from app.ledger.outcomes import OutcomeTotals
from app.problems import Problem
from app.providers.verdicts import OutcomeKind
from app.ui.application import build_wizard
from app.ui.look import VISIBLE, dressed, wear
from app.ui.tour.looks import dark_palette
from app.ui.widgets.hues import READABLE, contrast
from app.ui.widgets.icons import RESOURCES
from app.ui.widgets.labels import Label, Weight
from app.ui.widgets.outcome_bar import OutcomeBar
from app.ui.widgets.practice_band import PracticeBand
from app.ui.widgets.primary import is_primary, show_primary
from app.ui.widgets.problem_box import ProblemBox
from app.ui.wizard import Step

ROLES, GROUPS = QPalette.ColorRole, QPalette.ColorGroup
LIGHT = QPalette(QColor("#efefef"))
ACCENTS = ("#308cc6", "#ffcc00", "#88ff88", "#101010", "#ff2d55")
RATIO = 3  # of the pictures: thin letters then have pixels that are all ink
EDGE = 4  # pixels of a control that are its outline
EDGE_OF_A_BOX = 4 * 12 * RATIO * RATIO  # in pixels of a picture
NEARLY = 0.1  # what rounding of colours takes away


def accented(palette: QPalette, accent: str) -> QPalette:
    with_accent = QPalette(palette)
    with_accent.setColor(ROLES.Highlight, QColor(accent))
    return dressed(with_accent)


LOOKS = {
    f"{name} {accent}": accented(palette, accent)
    for name, palette in (("light", LIGHT), ("dark", dark_palette()))
    for accent in ACCENTS
}


@pytest.mark.parametrize("palette", LOOKS.values(), ids=LOOKS)
@pytest.mark.parametrize("group", [GROUPS.Active, GROUPS.Inactive, GROUPS.Disabled])
def test_words_of_the_palette_can_be_read_on_all_it_has(
    group: QPalette.ColorGroup, palette: QPalette
) -> None:
    pairs = [
        *((ink, ground) for ink in (ROLES.WindowText, ROLES.Text, ROLES.PlaceholderText, ROLES.Accent)
          for ground in (ROLES.Window, ROLES.Base, ROLES.AlternateBase)),
        (ROLES.ButtonText, ROLES.Button),
        (ROLES.HighlightedText, ROLES.Highlight),
        (ROLES.Link, ROLES.Base),
    ]  # fmt: skip
    if group is not GROUPS.Disabled:  # what can't be pressed is never hovered
        pairs += [(ROLES.ButtonText, ROLES.Light), (ROLES.ButtonText, ROLES.Dark)]
    faint = [
        (ink.name, ground.name)
        for ink, ground in pairs
        if contrast(palette.color(group, ink), palette.color(group, ground)) < READABLE
    ]
    assert faint == []


@pytest.mark.parametrize("palette", LOOKS.values(), ids=LOOKS)
def test_outlines_can_be_seen(palette: QPalette) -> None:
    for ground in (ROLES.Window, ROLES.Base):
        assert contrast(palette.color(ROLES.Mid), palette.color(ground)) >= VISIBLE


@pytest.fixture(params=["light", "dark"])
def dressed_application(qapp: QApplication, request: pytest.FixtureRequest) -> Iterator[QPalette]:
    before = qapp.palette()
    palette = dressed(LIGHT if request.param == "light" else dark_palette())
    qapp.setPalette(palette)
    yield palette
    qapp.setPalette(before)


def chip(chosen: bool, enabled: bool = True) -> Callable[[], QWidget]:
    def make() -> QWidget:
        made = QPushButton("Left out  4")
        made.setCheckable(True)
        made.setChecked(chosen)
        made.setObjectName("chip")
        made.setEnabled(enabled)
        return made

    return make


def button(primary: bool, enabled: bool) -> Callable[[], QWidget]:
    def make() -> QWidget:
        made = QPushButton("Next")
        show_primary(made, primary)
        made.setEnabled(enabled)
        return made

    return make


def off(widget: QWidget) -> QWidget:
    widget.setEnabled(False)
    return widget


def combo() -> QComboBox:
    made = QComboBox()
    made.addItem("Italy +39")
    return made


def placeholder() -> QLineEdit:
    return QLineEdit(placeholderText="Search names")


def tool() -> QToolButton:
    made = QToolButton()
    made.setText("not now")
    made.setEnabled(False)
    return made


def tabs() -> QTabBar:
    made = QTabBar()
    made.addTab("Before you upload")
    return made


PAINTED: dict[str, Callable[[], QWidget]] = {
    "button": button(False, True),
    "button, off": button(False, False),
    "primary": button(True, True),
    "primary, off": button(True, False),
    "chip": chip(False),
    "chosen chip": chip(True),
    "chip, off": chip(False, enabled=False),
    "quiet label": lambda: Label("of less importance", Weight.QUIET),
    "small label": lambda: Label("of less importance", Weight.SMALL),
    "label, off": lambda: off(QLabel("not now")),
    "placeholder": placeholder,
    "line, off": lambda: off(QLineEdit("not now")),
    "combo, off": lambda: off(combo()),
    "tick, off": lambda: off(QCheckBox("not now")),
    "choice, off": lambda: off(QRadioButton("not now")),
    "tool, off": tool,
    "tab": tabs,
    "band": PracticeBand,
}


@pytest.mark.parametrize("make", PAINTED.values(), ids=PAINTED)
def test_words_can_be_read_as_they_are_painted(
    make: Callable[[], QWidget], dressed_application: QPalette, qtbot: QtBot
) -> None:
    widget = make()
    qtbot.addWidget(widget)
    assert ink_contrast(widget, dressed_application) >= READABLE - NEARLY


def test_a_problem_can_be_read(dressed_application: QPalette, qtbot: QtBot) -> None:
    box = ProblemBox()
    qtbot.addWidget(box)
    box.show_problem(Problem("The key is wrong.", "Type it again.", "401"))
    assert ink_contrast(box, dressed_application) >= READABLE - NEARLY


def test_parts_of_the_bar_differ_from_the_page_and_by_pattern(
    dressed_application: QPalette, qtbot: QtBot
) -> None:
    bar = OutcomeBar()
    qtbot.addWidget(bar)
    bar.resize(600, 120)
    seen: list[frozenset[int]] = []
    for kind in OutcomeKind:
        bar.show_totals(OutcomeTotals(**{kind.value: 10}))
        colours = Counter(pixels(bar, dressed_application, crop=(8, 8, 200, 12)))
        seen.append(frozenset(colours))
        if kind is not OutcomeKind.NOT_SENT:
            strongest = max(contrast(QColor(one), dressed_application.color(ROLES.Window)) for one in colours)
            assert strongest >= VISIBLE - NEARLY, kind
    assert len(set(seen)) == len(seen), "two kinds look the same"


@pytest.fixture
def light_application(qapp: QApplication) -> Iterator[QApplication]:
    before, sheet = qapp.palette(), qapp.styleSheet()
    qapp.setStyleSheet((RESOURCES / "style" / "window.qss").read_text(encoding="utf-8"))
    wear(qapp, LIGHT)
    yield qapp
    qapp.setStyleSheet(sheet)
    qapp.setPalette(before)


def test_an_open_window_follows_the_system_into_the_dark(
    light_application: QApplication, qtbot: QtBot, parts: Parts
) -> None:
    wizard = build_wizard(new_draft("smsend", "GB"), parts, None)
    qtbot.addWidget(wizard)
    wizard.resize(1_000, 640)
    wizard.show()
    wizard.page_of(Step.CHOOSE_FILE).show_problem(Problem("Something went wrong.", "Try it again."))
    light = wizard.grab().toImage()
    wear(light_application, dark_palette())
    dark = wizard.grab().toImage()
    again = build_wizard(new_draft("smsend", "GB"), parts, None)
    qtbot.addWidget(again)
    again.resize(wizard.size())
    again.show()
    again.page_of(Step.CHOOSE_FILE).show_problem(Problem("Something went wrong.", "Try it again."))
    assert dark != light
    assert _colours(dark) == _colours(again.grab().toImage()), (
        "one that is opened in the dark looks otherwise"
    )
    wear(light_application, LIGHT)
    assert _colours(wizard.grab().toImage()) == _colours(light)


def _colours(picture: QImage) -> set[str]:
    """The colours that fill something, or that much is written in."""
    found = Counter(
        QColor(picture.pixel(x, y)).name()
        for x in range(0, picture.width(), 2)
        for y in range(picture.height())
    )
    return {colour for colour, count in found.items() if count > 500}


def test_the_mark_that_clears_a_line_can_be_seen(dressed_application: QPalette, qtbot: QtBot) -> None:
    line = QLineEdit("Anna", clearButtonEnabled=True)
    qtbot.addWidget(line)
    line.show()
    mark = line.findChild(QToolButton)
    assert mark is not None
    picture = line.grab(mark.geometry()).toImage()  # as small as it is on most screens
    inks = {picture.pixel(x, y) for x in range(picture.width()) for y in range(EDGE, picture.height() - EDGE)}
    shown = {contrast(QColor(one), dressed_application.color(ROLES.Base)) for one in inks}
    assert max(shown) >= VISIBLE


def test_a_tick_on_the_selected_line_has_an_edge(dressed_application: QPalette, qtbot: QtBot) -> None:
    lines = QListWidget()
    qtbot.addWidget(lines)
    ticked = QListWidgetItem("")
    ticked.setCheckState(Qt.CheckState.Checked)
    lines.addItem(ticked)
    lines.setCurrentItem(ticked)
    lines.show()
    place = lines.visualItemRect(ticked).translated(lines.viewport().pos())
    seen = Counter(pixels(lines, dressed_application, (place.x(), place.y(), 40, place.height())))
    (_, ground), (edge, white) = seen.most_common(2)
    assert ground > white >= EDGE_OF_A_BOX, "the tick alone is not as much"
    assert contrast(QColor(edge), dressed_application.color(ROLES.Highlight)) >= VISIBLE


def test_the_one_that_leads_on_can_change(qtbot: QtBot) -> None:
    made = QPushButton("Next")
    qtbot.addWidget(made)
    show_primary(made)
    assert is_primary(made)
    show_primary(made, False)
    assert not is_primary(made)


def ink_contrast(widget: QWidget, palette: QPalette) -> float:
    """Of the strongest pixel inside the widget to what most of it is."""
    widget.show()
    widget.resize(widget.sizeHint())
    seen = Counter(pixels(widget, palette))
    ground = QColor(seen.most_common(1)[0][0])
    return max(contrast(QColor(one), ground) for one in seen)


def pixels(
    widget: QWidget, palette: QPalette, crop: tuple[int, int, int, int] | None = None
) -> Iterator[int]:
    """The colours of a picture of the widget without its outline, on the colour of a window."""
    widget.ensurePolished()
    picture = QImage(widget.size() * RATIO, QImage.Format.Format_RGB32)
    picture.setDevicePixelRatio(RATIO)
    picture.fill(palette.color(ROLES.Window))
    widget.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
    widget.render(picture)
    left, top, width, height = crop or (
        EDGE, EDGE, widget.width() - 2 * EDGE, widget.height() - 2 * EDGE,
    )  # fmt: skip
    for y in range(top * RATIO, (top + height) * RATIO):
        for x in range(left * RATIO, (left + width) * RATIO):
            yield picture.pixel(x, y) & 0xFFFFFF
