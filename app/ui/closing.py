"""The questions before a window closes on something that is not done: what happens then, and what is kept.

Asks; refuses to know how to find out whether there is anything to ask.
"""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.language import tr
from app.ui.widgets.confirm import confirm


def stops_upload(window: QWidget) -> bool:
    """Whether the user wants an upload that is under way to stop."""
    return confirm(
        window,
        tr("Contact Ferry"),
        tr("The upload is not finished."),
        tr("What was sent stays with the provider. You can continue when you open the program again."),
        do=tr("Stop and close"),
        keep=tr("Keep uploading"),
        warn=True,
    )


def does_without_report(window: QWidget) -> bool:
    """Whether the user does not need the report, of which nothing is saved."""
    return confirm(
        window,
        tr("Contact Ferry"),
        tr("The report is not saved."),
        tr("Who did not arrive, and why, is not kept here: without the report you can't mend it later."),
        do=tr("Go on without it"),
        keep=tr("Stay here"),
        warn=True,
    )
