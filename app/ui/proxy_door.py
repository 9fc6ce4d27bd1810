"""Leads from a Problem that the network's proxy makes to the dialog that signs in to it.

Imports the dialog when it is needed: few have such a proxy, and every page could show its Problem.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.flow.parts import Parts
from app.problems import Problem, ProxyProblem
from app.ui.widgets.problem_box import ProblemBox

if TYPE_CHECKING:
    from app.ui.proxy_dialog import ProxyDialog


class ProxyDoor(QObject):
    """Opens the dialog for a ProxyProblem that `box` shows; once signed in, the box is empty again."""

    def __init__(self, box: ProblemBox, parts: Parts) -> None:
        super().__init__(box)
        self._box, self._parts = box, parts
        self.dialog: ProxyDialog | None = None
        box.remedy_asked.connect(self._ask)

    def _ask(self, problem: Problem) -> None:
        if isinstance(problem, ProxyProblem):
            from app.ui.proxy_dialog import ProxyDialog

            self.dialog = ProxyDialog(problem.proxy, self._parts, self._box.window())
            self.dialog.accepted.connect(lambda: self._box.show_problem(None))
            self.dialog.open()
