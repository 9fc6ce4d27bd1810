"""Asks the draft's account for what an option can be answered with, in the background, and remembers it.

What is asked is flow's; showing it is the rows'. Remembered for this window, by provider and account.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from app.flow.account import create_choice, fetch_choices
from app.flow.draft import ImportDraft
from app.flow.watching import access_of
from app.providers.options import OptionChoice, OptionKind, Options, OptionValue
from app.ui.job import Job, in_turn
from app.ui.session import Session
from app.ui.widgets.option_rows import OptionRow

_Known = dict[tuple[str, str, str], tuple[OptionChoice, ...]]


class AskingAccount(QObject):
    """`answered` brings an option's key and its new value, `problem` a Problem, `crashed` a traceback."""

    answered = Signal(str, object)  # OptionValue
    problem = Signal(object)  # Problem
    crashed = Signal(str)

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._known: _Known = {}
        self._row: OptionRow | None = None
        self._fetching, self._creating = Job(self), Job(self)
        self._fetching.done.connect(self._take)
        self._creating.done.connect(self._take_new)
        for job in (self._fetching, self._creating):
            job.stopped.connect(self.forget)
            job.problem.connect(self._fail)
            job.crashed.connect(self._crash)

    def show_known(self, row: OptionRow) -> None:
        """Show in `row` what the account listed before, if it was asked."""
        if row.account is not None and row is not self._row:
            row.account.set_asking(False)
            row.account.show_choices(self._known.get(self._place(row.option.key)))

    def fetch(self, row: OptionRow) -> None:
        """Ask for the answers to the option of `row`."""
        draft, parts, key = self._begin(row), self._session.parts, row.option.key
        self._fetching.start(
            lambda _, stop: fetch_choices(draft, access_of(draft, parts), key, stop),
        )

    def create(self, row: OptionRow, name: str) -> None:
        """Make a new answer called `name` in the account, and take it."""
        draft, parts, key = self._begin(row), self._session.parts, row.option.key
        self._creating.start(
            lambda _, stop: create_choice(draft, access_of(draft, parts), key, name, stop),
        )

    def pick(self, row: OptionRow, choice: OptionChoice) -> None:
        """Answer the option of `row` with `choice`; several texts get one more."""
        value: OptionValue = row.option.typed(choice)
        if row.option.kind is OptionKind.TEXTS:
            before = self._session.draft.options.texts(row.option.key)
            value = tuple(dict.fromkeys((*before, choice.value)))
        self.answered.emit(row.option.key, value)

    def without_listed(self) -> Options:
        """The draft's options without the answers that its account has listed: in another account the same
        number is another group, or none. What was typed by hand stays."""
        draft = self._session.draft
        options = draft.options
        for option in draft.provider.options:
            listed = [option.typed(choice) for choice in self._known.get(self._place(option.key), ())]
            if option.kind is OptionKind.TEXTS:
                kept = tuple(text for text in options.texts(option.key) if (text,) not in listed)
                options = options.with_value(option.key, kept)
            elif options[option.key] in listed:
                options = options.with_value(option.key, option.default)
        return options

    def forget(self) -> None:
        """Hear no more of what was asked. What an account was told to make may still be made."""
        self._fetching.forget()
        self._creating.forget()
        row, self._row = self._row, None
        if row is not None and row.account is not None:
            row.account.end_asking()

    def part(self) -> Callable[[], None]:
        """Forget; gives what waits until nothing runs, on any thread."""
        self.forget()
        return in_turn((self._fetching.part(), self._creating.part()))

    def _begin(self, row: OptionRow) -> ImportDraft:
        self.forget()
        self._row = row
        if row.account is not None:
            row.account.set_asking(True)
        return self._session.draft

    def _take(self, choices: tuple[OptionChoice, ...]) -> None:
        row, self._row = self._row, None
        if row is not None:
            self._known[self._place(row.option.key)] = choices
            self.show_known(row)
            if row.account is not None:
                row.account.show_value(self._session.draft.options[row.option.key])

    def _take_new(self, choice: OptionChoice) -> None:
        row, self._row = self._row, None
        if row is None:
            return
        place = self._place(row.option.key)
        if place in self._known or row.option.fetched is not None:
            self._known[place] = (*self._known.get(place, ()), choice)
        self.show_known(row)
        self.pick(row, choice)

    def _fail(self, problem: object) -> None:
        self.forget()
        self.problem.emit(problem)

    def _crash(self, trace: str) -> None:
        self.forget()
        self.crashed.emit(trace)

    def _place(self, key: str) -> tuple[str, str, str]:
        draft = self._session.draft
        return draft.provider_name, draft.destination.account, key
