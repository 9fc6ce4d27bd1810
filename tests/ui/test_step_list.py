"""Tests the step list: what it shows is also what it says."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.ui.step_list import STEPS, Stage, StepList


def test_each_step_says_where_it_stands(qtbot: QtBot) -> None:
    steps = StepList()
    qtbot.addWidget(steps)
    steps.show_step(2)
    assert steps.stages() == (Stage.DONE, Stage.DONE, Stage.NOW, Stage.NEXT, Stage.NEXT, Stage.NEXT)
    spoken = [row.accessibleName() for row in steps.findChildren(QWidget) if row.accessibleName()]
    assert spoken[0] == f"{STEPS[0]}: done"
    assert spoken[2] == f"{STEPS[2]}: now"
    assert spoken[5] == f"{STEPS[5]}: next"


def test_a_step_that_lacks_something_is_not_said_to_be_done(qtbot: QtBot) -> None:
    steps = StepList()
    qtbot.addWidget(steps)
    steps.show_step(2, (1,))
    assert steps.stages()[:3] == (Stage.DONE, Stage.OPEN, Stage.NOW)
    spoken = [row.accessibleName() for row in steps.findChildren(QWidget) if row.accessibleName()]
    assert spoken[1] == f"{STEPS[1]}: something is missing"
    steps.show_step(2)
    assert steps.stages()[:3] == (Stage.DONE, Stage.DONE, Stage.NOW)
