"""Makes the six pages, each when it is needed, and imports what they need before.

Knows which page is made how and what it asks of the window; what pages do is theirs.
"""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

from app.ui.pages.choose_file import ChooseFilePage
from app.ui.pages.page import DraftPage
from app.ui.wizard import FerryWizard, Step

if TYPE_CHECKING:
    from app.progress import Stop

# Each page with what it needs is imported when it is made: nobody waits for the last one to see the first.


def _choose_file(wizard: FerryWizard) -> DraftPage:
    page = ChooseFilePage(wizard.session)
    page.resumed.connect(wizard.go_to_upload)
    page.clearing = clearing = wizard.clearing
    # What was put away may be gone on with; while it was being put away, nobody could tell.
    for ended in (clearing.done, clearing.stopped, clearing.problem, clearing.crashed):
        ended.connect(lambda *_: page.look_for_unfinished())
    return page


def _map_columns(wizard: FerryWizard) -> DraftPage:
    from app.ui.pages.map_columns import MapColumnsPage

    return MapColumnsPage(wizard.session)


def _choose_provider(wizard: FerryWizard) -> DraftPage:
    from app.ui.pages.choose_provider import ChooseProviderPage

    return ChooseProviderPage(wizard.session)


def _check_contacts(wizard: FerryWizard) -> DraftPage:
    from app.ui.pages.check_contacts import CheckContactsPage

    return CheckContactsPage(wizard.session)


def _upload(wizard: FerryWizard) -> DraftPage:
    from app.ui.pages.choose_provider import ChooseProviderPage
    from app.ui.pages.upload import UploadPage

    def mend_account() -> None:
        """What was reviewed stays as it is; a wrong key can be mended on the spot."""
        page = wizard.page_of(Step.CHOOSE_PROVIDER)
        if isinstance(page, ChooseProviderPage):
            page.change_account()

    page = UploadPage(wizard.session)
    page.account_wanted.connect(mend_account)
    return page


def _report(wizard: FerryWizard) -> DraftPage:
    from app.ui.pages.report import ReportPage

    page = ReportPage(wizard.session)
    page.again_wanted.connect(wizard.start_again)
    page.elsewhere_wanted.connect(wizard.send_elsewhere)
    return page


MAKERS = (_choose_file, _map_columns, _choose_provider, _check_contacts, _upload, _report)
"""One of each page, in their order."""


def load_pages(_: object, stop: Stop) -> None:
    """Import what the later pages need, in the background; with it what PySide6 makes when it is first named,
    and names that are read from a file."""
    from PySide6.QtWidgets import QCommonStyle  # noqa: F401 - a button asked for its style brings it along

    import app.flow.reading
    import app.ui.widgets.read_file_box
    import app.ui.widgets.reading_view

    stop.check()
    import app.ui.pages.map_columns
    from app.ui.widgets.country_combo import country_name

    country_name("")

    stop.check()
    import app.ui.pages.choose_provider

    stop.check()
    import app.ui.pages.check_contacts

    stop.check()
    import app.ui.pages.report
    import app.ui.pages.upload  # noqa: F401 - it is enough that they are there

    # What is there by now, nearly all of it modules, stays to the end: a full search for garbage, for which
    # the window would wait, need not walk it. What the pages hold is searched: they come after this.
    if not gc.get_freeze_count():
        gc.freeze()
