"""Asks for an account: its name, its address, how it signs in, and the keys that prove whose it is.

Hands the keys to the password store in the background and forgets them; reading them back is not its work.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from PySide6.QtWidgets import (
    QComboBox,
    QDialogButtonBox,
    QGridLayout,
    QLineEdit,
    QPushButton,
    QWidget,
)

from app.flow.keys import forget_unused, keys_of
from app.flow.parts import Parts
from app.language import tr
from app.problems import AccountProblem, Problem
from app.progress import Stop
from app.providers.contract import Provider
from app.providers.options import Options, OptionValue, Place
from app.settings.accounts import Account, add_account, new_account_id, remove_account, replace_account
from app.ui.job import Job
from app.ui.widgets.combos import StillCombo
from app.ui.widgets.fitting import FittingDialog
from app.ui.widgets.labels import Label, Weight, with_buddy
from app.ui.widgets.option_form import OptionForm
from app.ui.widgets.problem_box import ProblemBox
from app.upload.sending import check_address

_WIDTH = 560
_LABELS = 120
_GAP = 4  # pixels, besides the spacing on both sides of it


@dataclass(frozen=True, slots=True)
class SavedAccount:
    """The account as it is stored now; `why_not_lasting` says why its keys are kept for this run only."""

    account: Account
    why_not_lasting: str = ""


class AccountDialog(FittingDialog):
    """Give it `account` to change one, or None for a new one. `saved` holds the result once accepted."""

    def __init__(
        self, provider: Provider, account: Account | None, parts: Parts, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent, _WIDTH)
        self._provider, self._account, self._parts = provider, account, parts
        self._kept = keys_of(account) if account else frozenset()
        self._options = provider.default_options()
        for key, value in (account.sign_in if account else {}).items():
            self._options = self._options.with_value(key, value)
        self.saved: SavedAccount | None = None
        self.problem_box = ProblemBox()
        self.name = QLineEdit(account.name if account else provider.title)
        self.server = _server_combo(provider, account.server if account else "")
        self.token_server = QLineEdit(account.token_server if account else "")
        self.sign_in = OptionForm()
        self.secrets: dict[str, QLineEdit] = {}
        self._secret_box, self._token_label = QGridLayout(), Label(tr("Address of the tokens"), wrap=False)
        self._saving = Job(self)
        self._lay()
        self._connect()
        self._show_sign_in()

    def reject(self) -> None:
        self._forget_secrets()
        self._saving.forget()
        super().reject()

    def save(self) -> None:
        """Check what was typed, then store it in the background; accepted when that has worked."""
        self.problem_box.show_problem(None)
        try:
            account = self._typed_account()
        except Problem as problem:
            self.problem_box.show_problem(problem)
            return
        typed = {key: line.text() for key, line in self.secrets.items() if line.text()}
        self._set_busy(True)
        self._saving.start(_storing(account, typed, self._account is None, self._parts))

    def _typed_account(self) -> Account:
        """What was typed. Raises Problem where it can't be an account."""
        name = self.name.text().strip()
        if not name:
            self.name.setFocus()
            raise AccountProblem(
                tr("The account has no name."), tr("Give it a name that you will recognise.")
            )
        missing = [
            one
            for one in self._provider.secrets(self._options)
            if one.key not in self._kept and not self.secrets[one.key].text().strip()
        ]
        if missing:
            self.secrets[missing[0].key].setFocus()
            named = ", ".join(tr(one.label) for one in missing)
            raise AccountProblem(tr("The account is not complete."), tr("Fill in: {fields}.", fields=named))
        asked = [one.key for one in self._provider.options if one.place is Place.ACCOUNT]
        return Account(
            id=self._account.id if self._account else new_account_id(),
            provider=self._provider.name,
            name=name,
            server=self._server(),
            token_server=self._token_server() if self._has_tokens() else "",
            sign_in={key: self._options.text(key) for key in asked},
        )

    def _server(self) -> str:
        with _keys_go_to(self.server):
            return _server_of(self.server, self._provider)

    def _token_server(self) -> str:
        with _keys_go_to(self.token_server):
            return _checked(self.token_server.text())

    def _connect(self) -> None:
        self.sign_in.answered.connect(self._answer)
        self._saving.done.connect(self._finish)
        self._saving.problem.connect(self._fail)
        self._saving.crashed.connect(self._crash)
        self._buttons.accepted.connect(self.save)
        self._buttons.rejected.connect(self.reject)

    def _answer(self, key: str, value: OptionValue) -> None:
        self._options = self._options.with_value(key, value)
        self._show_sign_in()

    def _show_sign_in(self) -> None:
        options = self._options
        asked = [one for one in self._provider.options_that_matter(options) if one.place is Place.ACCOUNT]
        self.sign_in.show_options(asked, options, ())
        for widget in (self._token_label, self.token_server):
            widget.setVisible(self._has_tokens())
        self.token_server.setPlaceholderText(self._provider.token_address(options))
        wanted = self._provider.secrets(options)
        if [one.key for one in wanted] != list(self.secrets):
            self._lay_secrets(options)
        self._line_up()

    def _line_up(self) -> None:
        """Let all lines begin at one edge, after the longest of the words before them."""
        lines = (self.name, self.server, self.token_server, *self.secrets.values())
        words = [one for one in self._form.findChildren(Label) if one.buddy() in lines and not one.isHidden()]
        width = max(_LABELS, *(one.sizeHint().width() for one in words))
        for grid in (self._grid, self._secret_box):
            grid.setColumnMinimumWidth(0, width)

    def _has_tokens(self) -> bool:
        return bool(self._provider.token_address(self._options))

    def _lay_secrets(self, options: Options) -> None:
        while (item := self._secret_box.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                if isinstance(widget, QLineEdit):
                    widget.clear()  # it may hold a secret until it is gone
                widget.hide()
                widget.deleteLater()
        self.secrets = {}
        for number, one in enumerate(self._provider.secrets(options)):
            row = 3 * number  # of the line; then its hint, then a gap as between the other lines
            line = QLineEdit()
            if one.hidden:
                line.setEchoMode(QLineEdit.EchoMode.Password)
            if one.key in self._kept:
                line.setPlaceholderText(tr("unchanged"))
            line.setAccessibleDescription(tr(one.hint))
            self.secrets[one.key] = line
            self._secret_box.addWidget(with_buddy(Label(tr(one.label), wrap=False), line), row, 0)
            self._secret_box.addWidget(line, row, 1)
            if one.hint:
                self._secret_box.addWidget(Label(tr(one.hint), Weight.SMALL), row + 1, 1)
            self._secret_box.setRowMinimumHeight(row + 2, _GAP)

    def _finish(self, saved: SavedAccount) -> None:
        self._forget_secrets()
        self.saved = saved
        self.accept()

    def _fail(self, problem: Problem) -> None:
        self._set_busy(False)
        self.problem_box.show_problem(problem)

    def _crash(self, trace: str) -> None:
        self._set_busy(False)
        raise RuntimeError(trace)  # the hook shows it

    def _forget_secrets(self) -> None:
        for line in self.secrets.values():
            line.clear()

    def _set_busy(self, busy: bool) -> None:
        self._form.setEnabled(not busy)
        self._save_button.setEnabled(not busy)

    def _lay(self) -> None:
        title = tr("Add an account") if self._account is None else tr("Change the account")
        self.setWindowTitle(title)
        self._form = QWidget()
        grid = self._grid = QGridLayout(self._form)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(12)
        grid.setColumnStretch(1, 1)
        self._secret_box.setHorizontalSpacing(16)
        self._secret_box.setVerticalSpacing(4)
        self._secret_box.setColumnStretch(1, 1)
        grid.addWidget(with_buddy(Label(tr("Name"), wrap=False), self.name), 0, 0)
        grid.addWidget(self.name, 0, 1)
        grid.addWidget(with_buddy(Label(tr("Address"), wrap=False), self.server), 1, 0)
        grid.addWidget(self.server, 1, 1)
        grid.addWidget(self.sign_in, 2, 0, 1, 2)
        grid.addWidget(with_buddy(self._token_label, self.token_server), 3, 0)
        grid.addWidget(self.token_server, 3, 1)
        grid.addLayout(self._secret_box, 4, 0, 1, 2)
        self._buttons = QDialogButtonBox()
        self._save_button = QPushButton(tr("Save the account"))
        self._save_button.setObjectName("primary")
        self._buttons.addButton(self._save_button, QDialogButtonBox.ButtonRole.AcceptRole)
        self._buttons.addButton(tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        layout = self.content
        layout.addWidget(Label(tr("{title}: {name}", title=title, name=self._provider.title), Weight.HEADING))
        layout.addWidget(self.problem_box)
        layout.addWidget(self._form)
        layout.addWidget(
            Label(
                tr("Keys and passwords go into this computer's password store and nowhere else."),
                Weight.SMALL,
            )
        )
        layout.addStretch(1)
        self.end_with(self._buttons)


def _storing(
    account: Account, secrets: dict[str, str], new: bool, parts: Parts
) -> Callable[[Callable[[Any], None], Stop], SavedAccount]:
    def work(tell: Callable[[Any], None], stop: Stop) -> SavedAccount:
        del tell, stop  # a few small writes
        credentials = parts.credentials()
        (add_account if new else replace_account)(parts.folders, account)
        try:
            for key, secret in secrets.items():
                credentials.write(account.id, key, secret)
            forget_unused(account, parts)
        except Problem:
            if new:
                remove_account(parts.folders, account.id)  # an account without its keys is of no use
            raise
        return SavedAccount(account, "" if credentials.lasting else credentials.why)

    return work


@contextmanager
def _keys_go_to(widget: QWidget) -> Iterator[None]:
    """If there is a Problem with what was typed there."""
    try:
        yield
    except Problem:
        widget.setFocus()
        raise


def _server_combo(provider: Provider, chosen: str) -> QComboBox:
    """The provider's addresses by their titles; another one may be typed."""
    combo = StillCombo()
    combo.setEditable(True)
    combo.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
    for server in provider.servers:
        combo.addItem(f"{server.title}  ({server.address})", server.address)
    index = combo.findData(chosen) if chosen else 0
    if index >= 0:
        combo.setCurrentIndex(index)
    else:
        combo.setEditText(chosen)
    return combo


def _server_of(combo: QComboBox, provider: Provider) -> str:
    """The chosen or typed address; "" for the provider's usual one."""
    index = combo.findText(combo.currentText())
    address = str(combo.itemData(index)) if index >= 0 else _checked(combo.currentText())
    return "" if address == provider.servers[0].address else address


def _checked(typed: str) -> str:
    """The address with its scheme. Raises Problem if it may not be spoken to."""
    address = typed.strip()
    if not address:
        return ""
    if "://" not in address:
        address = f"https://{address}"
    check_address(address, practice=False)
    return address
