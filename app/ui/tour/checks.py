"""Pictures of the page on which contacts are checked: under way, stopped, changed, and asked about.

Brings a list that takes a moment; what is found in it is the page's to show.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import Qt

from app.flow.parts import Parts
from app.ui.pages.check_contacts import CheckContactsPage
from app.ui.tour.way import Shoot, Way, written
from app.ui.widgets.contact_filters import Rows

_HEADERS = ("E-mail", "Mobile", "First name", "Last name")
_MANY = 6_000  # rows: enough to see them being checked, and to change them
_PHONES = 1_000  # that nobody has: there are no more
_LISTED = 40  # of them on the do-not-contact list


class TourChecks:
    """`show` goes through them with the practice account of one provider, and sends nobody."""

    def __init__(self, parts: Parts, provider: str, shoot: Shoot) -> None:
        self._parts, self._provider, self._shoot = parts, provider, shoot

    def show(self) -> None:
        """Take them all. Raises TourStuck."""
        rows = [_row(number) for number in range(_MANY)]
        with TemporaryDirectory() as name:
            file = written(Path(name) / "customers.csv", _HEADERS, rows)
            refused = written(
                Path(name) / "do not contact.csv", _HEADERS[:1], [row[:1] for row in rows[:_LISTED]]
            )
            nobody = written(Path(name) / "nobody.csv", _HEADERS, [])
            with Way(self._parts, self._provider, nobody, self._shoot) as way:
                way.start_page.read(nobody)
                way.until(lambda: way.start_page.isComplete() or way.start_page.problem_box.isVisible())
                way.see("07f-no-rows")
            with Way(self._parts, self._provider, file, self._shoot) as way:
                way.go_to_checking()
                self._under_way(way)
                self._look_at(way)
                self._leave_out(way, refused)

    def _under_way(self, way: Way) -> None:
        page = way.check_page
        page.working.stop.click()
        way.until(page.working.again.isVisible)
        way.see("14a-check-stopped")
        page.working.again.click()
        way.until(lambda: page.working.bar.value() > 0 or page.view.isVisible())
        way.see("14b-checking", still=False)
        way.until(page.view.isVisible)

    def _look_at(self, way: Way) -> None:
        page = way.check_page
        kinds = page.filters.kinds
        kinds.showPopup()
        way.see("14c-kinds", kinds.view().window())
        kinds.hidePopup()
        page.filters.choose_kind(kinds.itemData(1))
        way.until(lambda: not page.filtering.running)
        way.see("14d-one-kind")
        cells = (page.table.model().index(0, column) for column in range(page.table.model().columnCount()))
        page.table.edit(next(cell for cell in cells if cell.flags() & Qt.ItemFlag.ItemIsEditable))
        way.see("14e-editing")
        page.table.setFocus()
        page.filters.show_everything()
        way.until(lambda: not page.filtering.running)

    def _leave_out(self, way: Way, refused: Path) -> None:
        """By hand, which is taken back again; and by a do-not-contact list."""
        page = way.check_page
        page.filters.placing.emit(Rows.SHOWN, True)
        way.until(lambda: page.view.changing.isVisible() or not page.changes.running)
        if page.changes.running:
            way.see("14f-changing", still=False)
        way.until(page.filters.undo.isEnabled)
        page.filters.undo.click()
        way.until(page.filters.redo.isEnabled)
        page.rules.list_chosen.emit(refused)
        way.until(lambda: page.draft.exclusions is not None and page.view.isVisible() and _is_still(page))
        page.side.show_receipt_tab()
        if page.side.receipt.count.isVisible():
            page.side.receipt.count.click()
            way.until(page.side.receipt.count.isEnabled)
        way.see("14g-do-not-contact")


def _is_still(page: CheckContactsPage) -> bool:
    return page.working.isHidden() and not page.excluding.running


def _row(number: int) -> tuple[str, ...]:
    """A person as lists have them: every tenth with something to correct or to look at."""
    mail, phone = f"person{number}@example.com", ""
    if number < _PHONES:
        phone = f"+44 7700 900{number:03}" if number % 10 != 4 else f"07700 900{number:03}"
    if number % 10 == 1:
        mail = f" {mail.upper()} "
    if number % 10 == 7:
        mail, phone = f"person{number} at example", "12"
    return mail, phone, "Person", f"Number {number}"
