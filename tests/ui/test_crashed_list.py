"""A list that was being prepared comes back after a crash: a real program is killed, and opened again."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from subprocess import PIPE, Popen

import pytest
from pytestqt.qtbot import QtBot

from app.flow.draft import new_draft
from app.flow.parts import Parts
from app.ledger.contacts import Show
from app.practice.server import PracticeServer
from app.ui.application import build_wizard
from app.ui.journey import Journey
from app.ui.models.contact_table import ContactTable
from app.ui.pages.choose_file import ChooseFilePage
from app.ui.widgets.unfinished_list import UnfinishedCard
from app.ui.wizard import FerryWizard, Step

ROOT = Path(__file__).resolve().parents[2]

# What a program of its own does: it prepares a list up to a page, says that this is noted, and waits.
PREPARING = """
import sys
from pathlib import Path
from PySide6.QtCore import Qt
from app.flow.draft import new_draft
from app.flow.parts import Parts
from app.flow.uploading import PracticeAccess
from app.settings.credentials import SessionCredentials
from app.settings.folders import Folders
from app.ui.application import build_wizard, open_application
from app.ui.journey import Journey, wait_for
from app.ui.keeping import Keeping
from app.ui.wizard import Step

home, sample, until = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
application = open_application()
parts = Parts(
    Folders(home / "settings", home / "imports", home / "logs"),
    lambda: SessionCredentials(""),
    lambda name: PracticeAccess("http://127.0.0.1:9", {}),
)
wizard = build_wizard(new_draft("smsend", "DE"), parts)
wizard.show()
journey = Journey(wizard, sample, "smsend")
journey.choose_file()
if until != "map_columns":
    journey.choose_columns()
    journey.choose_provider()
    journey.check_contacts()
    page = journey.check_page
    model = page.table.model()
    headers = [str(model.headerData(n, Qt.Orientation.Horizontal)) for n in range(model.columnCount())]
    place = next(n for n, header in enumerate(headers) if "mail" in header.lower())
    line = list(page.table.model().rows).index(6)
    model.setData(model.index(line, place), "nobody@example.com")
    journey.wait(page, page.corrected, page.isComplete)
    page.changes.leave_out([3])
    journey.wait(page, page.corrected, page.isComplete)
keeping = wizard.findChild(Keeping)
while keeping.waits:
    application.processEvents()
print("noted", flush=True)
application.exec()
"""


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    path = tmp_path / "customers.csv"
    people = "".join(f"Anna{n};anna{n}@example.com;+49 1512 346{n:04}\n" for n in range(4))
    path.write_text(f"Vorname;E-Mail;Handy\n{people}Nobody;;\n", encoding="utf-8")
    return path


@pytest.fixture
def crashed(tmp_path: Path, sample: Path, parts: Parts) -> Callable[[str], None]:
    """Prepare the sample in a program of its own, up to a page, and kill that."""
    assert parts.folders.imports == tmp_path / "imports"

    def crash(until: str) -> None:
        command = [sys.executable, "-c", PREPARING, str(tmp_path), str(sample), until]
        with Popen(command, cwd=ROOT, stdout=PIPE, text=True) as program:
            try:
                assert program.stdout is not None
                assert program.stdout.readline() == "noted\n"
            finally:
                program.kill()

    return crash


@pytest.fixture
def opened(qtbot: QtBot, parts: Parts) -> Iterator[Callable[[], FerryWizard]]:
    made: list[FerryWizard] = []

    def window() -> FerryWizard:
        wizard = build_wizard(new_draft("octopush", "IT"), parts)
        made.append(wizard)
        qtbot.addWidget(wizard)
        wizard.show()
        return wizard

    yield window
    for wizard in made:
        wizard.tidy_up()


def start_page(wizard: FerryWizard) -> ChooseFilePage:
    page = wizard.page_of(Step.CHOOSE_FILE)
    assert isinstance(page, ChooseFilePage)
    return page


def offered(qtbot: QtBot, wizard: FerryWizard) -> UnfinishedCard:
    page = start_page(wizard)
    qtbot.waitUntil(lambda: bool(page.start_view.unfinished.cards))
    (card,) = page.start_view.unfinished.cards
    return card


def test_what_was_corrected_before_a_crash_is_there_again_and_is_sent(
    crashed: Callable[[str], None],
    opened: Callable[[], FerryWizard],
    qtbot: QtBot,
    sample: Path,
    practice_server: PracticeServer,
) -> None:
    crashed("check_contacts")
    wizard = opened()
    card = offered(qtbot, wizard)
    assert card.title.text() == "You were preparing customers.csv when the program ended unexpectedly."
    assert "1 row corrected, 1 row left out by you" in card.words.text()
    with qtbot.waitSignal(start_page(wizard).taken_up):
        card.go_on.click()
    assert wizard.currentId() == Step.CHECK_CONTACTS
    assert wizard.session.draft.provider_name == "smsend"
    journey = Journey(wizard, sample, "smsend")
    journey.check_contacts()
    assert journey.check_page.filters.undo.isEnabled(), "and it can be taken back"
    journey.show_only(Show.TO_SEND)
    shown = journey.check_page.table.model()
    assert isinstance(shown, ContactTable)
    assert list(shown.rows) == [2, 4, 5, 6]
    journey.upload()
    assert journey.report().totals is not None
    emails = sorted(str(one["email"]) for one in practice_server.rooms["smsend"].contacts())
    assert emails == [*(f"anna{n}@example.com" for n in (0, 2, 3)), "nobody@example.com"]


def test_a_list_left_at_an_earlier_page_comes_back_there(
    crashed: Callable[[str], None], opened: Callable[[], FerryWizard], qtbot: QtBot
) -> None:
    crashed("map_columns")
    wizard = opened()
    card = offered(qtbot, wizard)
    assert "nothing has been sent yet" in card.words.text()
    with qtbot.waitSignal(start_page(wizard).taken_up):
        card.go_on.click()
    assert wizard.currentId() == Step.MAP_COLUMNS
    assert {one.field for one in wizard.session.draft.mapping.assignments} == {"email", "phoneNumber"}
    wizard.back()
    assert start_page(wizard).file_box.name.text() == "customers.csv"


def test_what_is_declined_is_erased(
    crashed: Callable[[str], None], opened: Callable[[], FerryWizard], qtbot: QtBot, parts: Parts
) -> None:
    crashed("map_columns")
    wizard = opened()
    card = offered(qtbot, wizard)
    page = start_page(wizard)
    page.give_up(card.unfinished)
    qtbot.waitUntil(lambda: not page.start_view.unfinished.cards)
    assert not list(parts.folders.imports.iterdir())


def test_what_is_gone_on_with_and_closed_is_erased_as_ever(
    crashed: Callable[[str], None], opened: Callable[[], FerryWizard], qtbot: QtBot, parts: Parts
) -> None:
    crashed("map_columns")
    wizard = opened()
    with qtbot.waitSignal(start_page(wizard).taken_up):
        offered(qtbot, wizard).go_on.click()
    wizard.close()
    assert not list(parts.folders.imports.glob("*.ledger"))


def test_nobody_else_can_go_on_with_what_somebody_went_on_with(
    crashed: Callable[[str], None], opened: Callable[[], FerryWizard], qtbot: QtBot
) -> None:
    crashed("map_columns")
    first, second = opened(), opened()
    card = offered(qtbot, second)
    with qtbot.waitSignal(start_page(first).taken_up):
        offered(qtbot, first).go_on.click()
    page = start_page(second)
    page.look_for_unfinished()
    qtbot.waitUntil(lambda: not page.start_view.unfinished.cards)
    page.give_up(card.unfinished)
    qtbot.waitUntil(page.problem_box.isVisible)
    assert first.session.file is not None
    assert first.session.file.ledger.exists()
