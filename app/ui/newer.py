"""Lets the user have newer versions looked for, and tells about one beside the wizard.

Waits for nobody and shows no failure; how it is found out is flow's.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from PySide6.QtWidgets import QCheckBox

from app import __version__
from app.flow.newer import Releases, is_due, newer_version
from app.language import tr
from app.ui.job import Job
from app.ui.news import News
from app.ui.session import Session
from app.ui.wizard import FerryWizard

SIZE = (520, 200)  # pixels: two sentences and an address


class NewerSwitch(QCheckBox):
    """Off until the user ticks it; remembered by the session."""

    def __init__(self, session: Session) -> None:
        super().__init__(tr("Look for a newer version once a week"))
        self.setToolTip(tr("Nothing about you, your accounts or your contacts is sent."))
        self.setChecked(session.preferences.look_for_newer)
        self.toggled.connect(
            lambda wanted: session.prefer(replace(session.preferences, look_for_newer=wanted, looked_on=""))
        )


def look_for_newer(wizard: FerryWizard, releases: Releases, now: str = __version__) -> Job | None:
    """Ask in the background, if the user wants it and it is time; the work, or None."""
    today = date.today()
    if not is_due(wizard.session.preferences, today):
        return None

    def tell(version: object) -> None:
        session = wizard.session
        session.prefer(replace(session.preferences, looked_on=today.isoformat()))
        if version:
            words = tr(
                "Version {version} is out; you have {now}. You can find it here:", version=version, now=now
            )
            # A line of code: nothing in it is a link, and nothing in it is taken for markup.
            News(f"{words}\n\n    {releases.page}", wizard, tr("A newer version"), SIZE).show()

    looking = Job(wizard)
    looking.done.connect(tell)
    looking.problem.connect(lambda _: tell(""))
    looking.crashed.connect(wizard.crashed)
    looking.start(lambda _, stop: newer_version(releases, now, stop))
    return looking
