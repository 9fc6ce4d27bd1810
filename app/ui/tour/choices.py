"""Pictures of the pages on which columns, an account and options are chosen, in what states they come to.

Chooses as a user does; what the account answers is the practice server's.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWizard

from app.contacts.mapping import Assignment
from app.ui.pages.page import DraftPage
from app.ui.tour.doors import NOBODY, Doors, without_keyring
from app.ui.tour.line import TourLine
from app.ui.tour.way import Shoot, Way
from app.ui.widgets.account_choices import AccountChoices
from app.ui.widgets.field_row import NOTHING
from app.ui.wizard import Step

_NEW = "Newsletter"


class TourChoices:
    """`show` goes through them with the practice account of one provider, and sends nobody."""

    def __init__(self, doors: Doors, line: TourLine, provider: str, file: Path, shoot: Shoot) -> None:
        self._doors, self._line, self._provider = doors, line, provider
        self._file, self._shoot = file, shoot

    def show(self) -> None:
        """Take them all. Raises TourStuck."""
        with Way(without_keyring(self._doors.parts), self._provider, self._file, self._shoot) as way:
            way.choose_file()
            self._own_fields(way)
            self._numbers(way)
            self._recipe(way)
            self._unmatched(way)
            way.choose_columns()
            self._live(way)
            self._account(way)

    def _not_reached(self, way: Way, page: DraftPage, ask: Callable[[], object], picture: str) -> None:
        """The account is asked for something, and nobody answers."""
        with self._doors.shut():
            ask()
            way.until(page.problem_box.isVisible)
            way.see(picture)

    # Match columns.

    def _own_fields(self, way: Way) -> None:
        """Only where accounts have fields of their own."""
        page = way.columns_page
        if page.own_fields.isHidden():
            return
        self._not_reached(way, page, page.own_fields.fetch, "12a-fields-not-reached")
        page.show_problem(None)
        page.own_fields.fetch()
        way.until(lambda: page.draft.account_fields is not None)
        way.see("12b-fields-loaded")

    def _numbers(self, way: Way) -> None:
        page = way.columns_page
        for row in page.fields.made.values():
            if not row.check.isHidden():
                row.check.click()
                way.until(lambda: not page.numbers.running)
                way.see("12c-numbers-checked")
                return

    def _recipe(self, way: Way) -> None:
        page = way.columns_page
        page.recipe.save.click()
        dialog = page.recipe.saving.dialog
        if dialog is not None:
            way.see("12d-save-recipe", dialog)
            dialog.setTextValue("Customers of the shop")
            dialog.accept()
        way.see("12e-recipe-saved")

    def _unmatched(self, way: Way) -> None:
        """Nothing matched; then one column, which is not enough; then all again."""
        page = way.columns_page
        matched = page.draft.mapping.assignments
        for one in matched:
            page.fields.chosen.emit(one.field, NOTHING)
        way.see("12f-nothing-matched")
        few = next((one for one in matched if self._is_too_few(way, one)), None)
        if few is not None:
            page.fields.added.emit((few,))
            way.press(QWizard.WizardButton.NextButton, Step.CHOOSE_PROVIDER)
            way.see("13a-column-missing")
            way.press(QWizard.WizardButton.BackButton, Step.MAP_COLUMNS)
        page.fields.added.emit(matched)

    def _is_too_few(self, way: Way, one: Assignment) -> bool:
        draft = way.columns_page.draft
        return bool(draft.with_mapping(draft.mapping.with_source(one.field, one.reads)).missing_fields)

    # Choose provider and account.

    def _live(self, way: Way) -> None:
        """What the account lists for an option, and a new one made there."""
        page = way.provider_page
        found = [row.account for row in page.options.rows().values() if row.account is not None]
        if found:
            self._list(way, found[0])
            self._make(way, found[0])
        page.options.more.open()
        way.see("13f-more-options")

    def _list(self, way: Way, choices: AccountChoices) -> None:
        page = way.provider_page
        if choices.fetch.isHidden():
            return
        self._not_reached(way, page, choices.fetch.click, "13b-not-reached")
        if self._line.can_hold:
            self._line.hold_after(0, least=0)
            choices.fetch.click()
            way.until(lambda: self._line.holds)
            way.see("13c-asking")
            self._line.let_go()
        else:
            choices.fetch.click()
        way.until(choices.fetch.isEnabled)
        way.see("13d-listed")

    def _make(self, way: Way, choices: AccountChoices) -> None:
        if choices.new.isHidden():
            return
        choices.new.click()
        choices.name.setText(_NEW)
        choices.make.click()
        way.until(choices.fetch.isEnabled)
        way.see("13e-made")

    def _account(self, way: Way) -> None:
        """One at which nobody answers, on a computer without a place for keys; in the end it is removed."""
        page = way.provider_page
        page.accounts.try_it.click()
        way.until(page.accounts.try_it.isEnabled)
        way.see("13g-answers")
        page.accounts.add.click()
        dialog = page.dialog
        if dialog is None:
            raise LookupError("no dialog")
        for secret in dialog.secrets.values():
            secret.setText("0000")
        dialog.server.setEditText(NOBODY)
        dialog.save()
        way.until(lambda: page.dialog is None)
        way.see("13h-kept-for-now")
        page.accounts.try_it.click()
        way.until(page.problem_box.isVisible)
        way.see("13i-account-not-reached")
        way.asked("13j-remove-account", page.accounts.remove.click, agree=True)
        way.until(lambda: page.draft.destination.practice)
