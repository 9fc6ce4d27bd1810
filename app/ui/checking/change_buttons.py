"""Connects the buttons and keys of a checked list with the changes that they ask for.

Knows who asks and who is asked; what comes of it is told by the changes.
"""

from __future__ import annotations

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from app.ui.checking.list_changes import ListChanges
from app.ui.widgets.checked_view import CheckedView
from app.ui.widgets.contact_filters import Rows
from app.ui.widgets.finding_list import FindingList


def connect_buttons(view: CheckedView, changes: ListChanges, page: QWidget) -> None:
    """Let everything on `page` that is pressed to change the list reach `changes`."""
    filters = view.filters
    view.changing.stop_wanted.connect(changes.stop)
    filters.undo.clicked.connect(changes.undo)
    filters.redo.clicked.connect(changes.redo)
    QShortcut(QKeySequence(QKeySequence.StandardKey.Undo), page, changes.undo)
    QShortcut(QKeySequence(QKeySequence.StandardKey.Redo), page, changes.redo)
    filters.placing.connect(lambda rows, out: changes.leave_out(view.rows_meant(rows), out))
    view.table.leave_out_wanted.connect(lambda: changes.leave_out(view.rows_meant(Rows.CHOSEN)))
    view.rules.policy_chosen.connect(changes.choose_row)


def connect_findings(findings: FindingList, view: CheckedView, changes: ListChanges) -> None:
    """Let what is offered beside the findings reach `changes`."""
    findings.repair_wanted.connect(changes.repair)
    findings.saving_wanted.connect(changes.save_left_out)
    findings.replace_wanted.connect(lambda: changes.replace(view.rows_meant(Rows.SHOWN)))
