"""choose_provider: the page where provider, account and options are chosen, each with its consequence.

Trying an account is flow's, in the background; forms are made from what the provider declares.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from app.flow.draft import Destination, ImportDraft
from app.flow.keys import forget_account
from app.flow.matching import with_suggested_mapping
from app.flow.uploading import try_account
from app.flow.watching import access_of
from app.language import tr
from app.problems import Problem
from app.providers.known import PROVIDERS
from app.providers.options import OptionChoice, Options, OptionValue, Place
from app.settings.accounts import Account, list_accounts
from app.ui.job import Job, in_turn
from app.ui.pages.asking_account import AskingAccount
from app.ui.pages.map_columns import missing_words
from app.ui.pages.page import DraftPage
from app.ui.session import Session
from app.ui.widgets.account_box import PRACTICE, AccountBox
from app.ui.widgets.account_dialog import AccountDialog, SavedAccount
from app.ui.widgets.combos import ValueCombo
from app.ui.widgets.hues import Tone
from app.ui.widgets.labels import Label, Weight, with_buddy
from app.ui.widgets.option_columns import OptionColumns


class ChooseProviderPage(DraftPage):
    """Complete when every needed field has a column and no option has a fault."""

    def __init__(self, session: Session) -> None:
        super().__init__(
            session,
            tr("Choose provider and account"),
            tr("Where your contacts go, and what happens to people who are already there."),
        )
        self._accounts: tuple[Account, ...] = ()
        self.provider: ValueCombo[str] = ValueCombo()
        self.provider.fill([(one.title, one.name) for one in PROVIDERS], self.draft.provider_name)
        self.accounts = AccountBox()
        self.missing = Label("", tone=Tone.WARNING)
        self.options = OptionColumns([_under_label(tr("Provider"), self.provider), self.accounts])
        self.dialog: AccountDialog | None = None
        self._trying, self._removing = Job(self), Job(self)
        self.asking = AskingAccount(session, self)
        self._lay()
        self._connect()

    def make_ahead(self) -> Iterator[None]:
        draft = self.draft
        self.options.show_options(draft.provider, draft.options, draft.option_faults)
        yield

    def enter(self) -> None:
        self._load_accounts()
        last = self.session.preferences.last_account
        if self.draft.destination == Destination() and any(one.id == last for one in self._accounts):
            self.choose_account(last)
        self._show_draft()

    def part(self) -> Callable[[], None]:
        waits = [part.part() for part in (self._trying, self._removing, self.asking)]
        self._forget_trial()
        return in_turn(waits)

    def isComplete(self) -> bool:
        draft = self.draft
        return bool(draft.mapping.assignments) and not draft.missing_fields and not draft.option_faults

    def validatePage(self) -> bool:
        self._trying.forget()
        self.asking.forget()
        return self.isComplete()

    def try_it(self) -> None:
        """Make one harmless call to the account, in the background."""
        draft, parts = self.draft, self.session.parts
        self.show_problem(None)
        self.accounts.set_trying(True)
        self.accounts.show_result(tr("Trying the account"))
        self._trying.start(lambda _, stop: try_account(draft, access_of(draft, parts), stop))

    def add_account(self) -> None:
        self._open_dialog(None)

    def change_account(self) -> None:
        """Let the user mend the chosen account, also before the page is shown; not that of practice."""
        self._load_accounts()
        account = self._chosen()
        if account is not None:
            self._open_dialog(account)

    def remove_account(self, account: Account) -> None:
        """Forget the account and its keys, in the background."""
        self._removing.start(lambda _, __: forget_account(account, self.session.parts))

    def choose_account(self, account_id: str) -> None:
        """Take the stored account with that id, or the practice account for PRACTICE; it is remembered."""
        self.session.prefer(replace(self.session.preferences, last_account=account_id))
        account = next((one for one in self._accounts if one.id == account_id), None)
        self._forget_trial()
        draft = self.draft
        if account is None:
            destination, sign_in = Destination(), _usual_sign_in(draft)
        else:
            destination = Destination(False, account.id, account.server, account.token_server)
            sign_in = {**_usual_sign_in(draft), **account.sign_in}
        kept = (
            draft.options
            if destination.account == draft.destination.account
            else self.asking.without_listed()
        )
        options = Options({**kept, **sign_in})
        moved = draft.with_options(options).with_destination(destination)
        if draft.checked is not None and moved.schema == draft.schema:
            # How an account signs in changes no contact; an import taken up again may know of more fields.
            moved = replace(moved, mapping=draft.mapping, checked=draft.checked)
        self.give(moved)
        self._show_draft()

    def _choose_provider(self) -> None:
        name = self.provider.value
        if name is not None:
            self._forget_trial()
            self.session.prefer(replace(self.session.preferences, last_provider=name))
            self.give(with_suggested_mapping(self.draft.with_provider(name)))
            self.enter()

    def _answer(self, key: str, value: OptionValue) -> None:
        before = self.draft
        after = before.with_options(before.options.with_value(key, value))
        # Other fields may have come with the answer; where none have, what the user unmatched stays so.
        self.give(after if after.schema == before.schema else with_suggested_mapping(after))
        self._forget_trial()
        self._show_draft()

    def _ask_for_choices(self, key: str) -> None:
        self.show_problem(None)
        self.asking.fetch(self.options.rows()[key])

    def _create_choice(self, key: str, name: str) -> None:
        self.show_problem(None)
        self.asking.create(self.options.rows()[key], name)

    def _pick_choice(self, key: str, choice: OptionChoice) -> None:
        self.asking.pick(self.options.rows()[key], choice)

    def _load_accounts(self) -> None:
        accounts, problem = list_accounts(self.session.parts.folders)
        self._accounts = tuple(one for one in accounts if one.provider == self.draft.provider_name)
        self.show_problem(problem)

    def _chosen(self) -> Account | None:
        chosen = self.draft.destination.account
        return next((one for one in self._accounts if one.id == chosen), None)

    def _show_draft(self) -> None:
        self.asking.forget()  # the row that waits for the answer may be about to go
        draft = self.draft
        self.provider.choose(draft.provider_name)
        self.accounts.show_accounts(self._accounts, draft.destination.account or PRACTICE)
        self.options.show_options(draft.provider, draft.options, draft.option_faults)
        for row in self.options.rows().values():
            self.asking.show_known(row)
            row.show_value(draft.options[row.option.key], row.fault.text())
        missing = missing_words(draft)
        self.missing.setText(
            tr(
                "Go back to “Match columns”: {provider} needs a column for {fields}.",
                provider=draft.provider.title,
                fields=missing,
            )
        )
        self.missing.setVisible(bool(missing))
        self.complete_changed.emit()

    def _show_tried(self) -> None:
        self.accounts.set_trying(False)
        practice = self.draft.destination.practice
        words = tr("The practice account answers.") if practice else tr("The account works.")
        self.accounts.show_result(words, Tone.GOOD)

    def _show_trouble(self, problem: Problem) -> None:
        self._forget_trial()
        self.show_problem(problem)

    def _crash(self, trace: str) -> None:
        self._forget_trial()
        self.crashed.emit(trace)

    def _forget_trial(self) -> None:
        """What was tried is no longer what is chosen."""
        self._trying.forget()
        self.accounts.set_trying(False)
        self.accounts.show_result("")

    def _open_dialog(self, account: Account | None) -> None:
        self.dialog = AccountDialog(self.draft.provider, account, self.session.parts, self.window())
        self.dialog.finished.connect(self._take_account)
        self.dialog.open()

    def _take_account(self, result: int) -> None:
        dialog, self.dialog = self.dialog, None
        if dialog is None:
            return
        dialog.deleteLater()
        saved = dialog.saved
        if result == QDialog.DialogCode.Accepted and saved is not None:
            self._load_accounts()
            self.choose_account(saved.account.id)
            self._say_how_kept(saved)

    def _say_how_kept(self, saved: SavedAccount) -> None:
        if saved.why_not_lasting:
            self.accounts.show_result(saved.why_not_lasting, Tone.WARNING)

    def _ask_to_remove(self) -> None:
        account = self._chosen()
        if account is None:
            return
        from app.ui.widgets.confirm import confirm

        if confirm(
            self.window(),
            tr("Remove the account"),
            tr("Remove the account “{name}” from this program?", name=account.name),
            tr("Its keys and passwords are erased here. Nothing changes at the provider."),
            do=tr("Remove"),
            keep=tr("Keep it"),
        ):
            self.remove_account(account)

    def _show_removed(self) -> None:
        self._load_accounts()
        self.choose_account(PRACTICE)

    def _connect(self) -> None:
        self.provider.activated.connect(self._choose_provider)
        self.accounts.chosen.connect(self.choose_account)
        self.accounts.add_asked.connect(self.add_account)
        self.accounts.change_asked.connect(self.change_account)
        self.accounts.remove_asked.connect(self._ask_to_remove)
        self.accounts.try_asked.connect(self.try_it)
        self.options.answered.connect(self._answer)
        self.options.fetch_asked.connect(self._ask_for_choices)
        self.options.create_asked.connect(self._create_choice)
        self.options.picked.connect(self._pick_choice)
        self.asking.answered.connect(self._answer)
        self.asking.problem.connect(self._show_trouble)
        self.asking.crashed.connect(self.crashed)
        self._trying.done.connect(self._show_tried)
        self._removing.done.connect(self._show_removed)
        for job in (self._trying, self._removing):
            job.problem.connect(self._show_trouble)
            job.crashed.connect(self._crash)

    def _lay(self) -> None:
        self.content.setSpacing(16)
        self.content.addWidget(self.missing)
        self.content.addWidget(self.options, stretch=1)


def _under_label(words: str, widget: QWidget) -> QWidget:
    holder = QWidget()
    layout = QVBoxLayout(holder)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(8)
    layout.addWidget(with_buddy(Label(words, Weight.STRONG), widget))
    layout.addWidget(widget)
    return holder


def _usual_sign_in(draft: ImportDraft) -> dict[str, OptionValue]:
    return {one.key: one.default for one in draft.provider.options if one.place is Place.ACCOUNT}
