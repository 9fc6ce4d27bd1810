"""The tour plays the whole wizard at every provider, and says what it found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from app.flow.uploading import PracticeAccess
from app.practice.faults import Meddle
from app.practice.rooms import PRACTICE_SECRETS
from app.practice.server import PracticeServer
from app.providers.known import PROVIDERS
from app.settings.folders import make_private
from app.ui.tour.tour import play_tour
from tests.ui.import_scene import parts_with

LIST = """Vorname;Nachname;E-Mail;Handy
Anna;Muster;anna@example.com;+49 1512 3450001
Bob;;bob@example.com;+49 1512 3450002
Bobby;;bob@example.com;+49 1512 3450002
Nobody;;nobody;12
;;;
""" + "".join(f"Carl;Number{n};carl{n}@example.com;+49 1512 346{n:04}\n" for n in range(80))
PICTURES = {
    *("01a-start", "01-choose-file", "02-map-columns", "03-choose-provider", "04-check-contacts"),
    *("04a-left-out", "04b-this-contact", "04c-nothing-found", "04d-agreed", "05a-uploading"),
    *("05b-wrong-key", "05c-first-few", "05d-pausing", "05-upload", "06-report", "06a-saved", "06b-history"),
    *("07a-unfinished", "07b-reading", "07c-not-readable", "07d-password"),
    *("08a-account", "08b-account-incomplete", "08c-account-address", "08d-otherwise", "08e-mistake"),
    *("08f-no-history", "09a-help-choose-file", "09b-help-map-columns", "09c-help-choose-provider"),
    *("09d-help-check-contacts", "09e-help-upload", "09f-help-report"),
    *("11a-one-person", "11b-nobody-to-send", "11c-all-arrived", "11d-many-columns", "11e-many-unused"),
    *("11f-other-scripts", "12d-save-recipe", "12e-recipe-saved", "12f-nothing-matched"),
    *("07e-stopped", "07e-stopped-given-up", "13f-more-options", "13g-answers"),
    *("13h-kept-for-now", "13i-account-not-reached", "13j-remove-account", "15a-no-connection"),
    *("15b-elsewhere", "15c-asked-to-wait", "15d-close-while-uploading", "15e-stopped-before"),
    *("15f-all-refused", "16a-not-finished", "16b-all-refused", "16c-not-saved", "16d-again-not-saved"),
    *("16f-elsewhere-not-saved", "07f-no-rows", "14a-check-stopped", "14b-checking", "14c-kinds"),
    *("14d-one-kind", "14e-editing", "14g-do-not-contact", "16g-past-imports"),
    *("17a-password-typed", "17b-wrong-password", "17c-right-password", "17d-sheets", "17e-sheet-list"),
    *("17f-other-sheet", "17g-forget-recipes", "17h-recipes-forgotten", "17i-forget-imports"),
    *("17j-look-for-newer", "17k-newer-version"),
}
NOT_EVERYWHERE = {  # which ones, depends on what the provider's accounts have and can
    *("07g-unsure", "07g-unsure-given-up", "12a-fields-not-reached", "12b-fields-loaded"),
    "13a-column-missing",
    *("12c-numbers-checked", "13b-not-reached", "13c-asking", "13d-listed", "13e-made"),
    *("14f-changing", "15g-in-doubt", "15h-not-there", "16e-unsure"),
}
DIALOGS = {
    "10-repair-country",
    "10-replace",
    "10-recipes",
    "10-no-recipes",
    "10-proxy",
    "10-support",
    "10-news",
}

pytestmark = pytest.mark.usefixtures("qtbot")


def toured(folder: Path, provider: str, lost: int = 0) -> int:
    """One tour; `lost` contacts are hidden from whoever looks into the account afterwards."""
    path = folder / "list.csv"
    path.write_text(LIST, encoding="utf-8")
    make_private(folder / "imports")
    with PracticeServer() as server:

        def held(name: str) -> Sequence[Mapping[str, object]]:
            contacts = server.rooms[name].contacts()
            return contacts[: len(contacts) - lost] if contacts else contacts

        def door(name: str) -> PracticeAccess:
            return PracticeAccess(server.address, PRACTICE_SECRETS[name])

        def meddle(fault: Meddle | None) -> None:
            server.fault = fault

        parts, pictures = parts_with(folder / "imports", door), folder / "pictures"
        return play_tour(parts, path, pictures, provider, held, meddler=meddle)


@pytest.mark.parametrize("provider", [one.name for one in PROVIDERS])
def test_the_tour_finds_everything_in_order(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], provider: str
) -> None:
    status = toured(tmp_path, provider)
    said = capsys.readouterr().out
    assert status == 0, said
    assert "WRONG" not in said
    pictures = {path.stem for path in (tmp_path / "pictures").glob("*.png")}
    dialogs = {name for name in pictures if name.startswith("10-")}  # which ones, depends on the provider
    assert pictures - dialogs - NOT_EVERYWHERE == {*PICTURES, f"09g-help-provider-{provider}"}
    assert dialogs >= DIALOGS
    assert (tmp_path / "pictures" / "report.xlsx").is_file()
    assert list((tmp_path / "pictures" / "imports").iterdir()) == [], "the imports must be erased"
    assert list((tmp_path / "imports").iterdir()) == [], "what is the user's stays apart"


def test_a_contact_that_is_not_there_is_noticed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert toured(tmp_path, PROVIDERS[0].name, lost=1) == 1
    assert "WRONG: The account has as many new contacts as arrived." in capsys.readouterr().out


def test_a_file_that_can_not_be_read_ends_the_tour(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make_private(tmp_path / "imports")

    def nowhere(name: str) -> PracticeAccess:
        raise LookupError(name)

    parts = parts_with(tmp_path / "imports", nowhere)
    assert play_tour(parts, tmp_path / "missing.csv", tmp_path, PROVIDERS[0].name, lambda _: []) == 1
    assert "WRONG" in capsys.readouterr().out


def test_an_unknown_provider_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def nowhere(name: str) -> PracticeAccess:
        raise LookupError(name)

    assert play_tour(parts_with(tmp_path, nowhere), tmp_path, tmp_path, "nobody", lambda _: []) == 1
    assert "nobody" in capsys.readouterr().out
