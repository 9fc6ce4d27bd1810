"""Pictures of lists unlike the sample: of one person, of nobody who can be sent, wide, and in other scripts.

Writes the lists and goes a user's way with them; what the sample shows is the tour's.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from app.flow.parts import Parts
from app.ui.tour.way import Shoot, Way, written
from app.ui.widgets.contact_filters import Rows

_HEADERS = ("E-mail", "Mobile", "First name", "Last name")
_ANNA = ("anna@example.com", "+44 7700 900123", "Anna", "Example")
_PEOPLE = (
    _ANNA,
    ("amal@example.com", "+44 7700 900124", "\u0623\u0645\u0644", "\u0639\u0628\u062f"),
    ("dina@example.com", "+44 7700 900125", "\u05d3\u05d9\u05e0\u05d4", "\u05db\u05d4\u05df"),
    ("xiaoming@example.com", "+44 7700 900126", "\u5c0f\u660e", "\u738b"),
    ("eva@example.com", "+44 7700 900127", "Eva " * 60, "with a\nline break"),
)
_MANY = 146  # columns besides those of the people: 150 of them
_LONG = (
    "customers of all years and all shops, put together by hand so that nobody is forgotten, final 2 (copy)"
)


class TourLists:
    """`show` goes through them with the practice account of one provider."""

    def __init__(self, parts: Parts, provider: str, shoot: Shoot) -> None:
        self._parts, self._provider, self._shoot = parts, provider, shoot

    def show(self) -> None:
        """Take them all. Raises TourStuck."""
        with TemporaryDirectory() as name:
            self._one_person(written(Path(name) / "one.csv", _HEADERS, [_ANNA]))
            more = tuple(f"A column of which nobody knows why, number {n + 1}" for n in range(_MANY))
            rows = [(*person, *("x" * (n % 3) for n in range(_MANY))) for person in _PEOPLE]
            self._unlike(written(Path(name) / f"{_LONG}.csv", (*_HEADERS, *more), rows))

    def _one_person(self, file: Path) -> None:
        names = {"04-check-contacts": "11a-one-person", "06-report": "11c-all-arrived"}
        with Way(self._parts, self._provider, file, self._shoot, names) as way:
            page = way.check_page
            way.go_to_checking()
            way.check_contacts()
            for out in (True, False):
                page.filters.placing.emit(Rows.SHOWN, out)
                way.wait(page, page.corrected, lambda: not page.changes.running)
                if out:
                    page.side.show_receipt_tab()
                    way.see("11b-nobody-to-send")
            way.upload()
            way.report()

    def _unlike(self, file: Path) -> None:
        names = {"01-choose-file": "11d-many-columns", "02-map-columns": "11e-many-unused"}
        names["04-check-contacts"] = "11f-other-scripts"
        with Way(self._parts, self._provider, file, self._shoot, names) as way:
            way.go_to_checking()
            way.check_contacts()
