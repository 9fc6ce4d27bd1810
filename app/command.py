"""The same import without a window: `run` and `resume`, for scripts and for people at a prompt.

Drives flow/ as the window does; prints totals, and a Problem in two sentences on standard error.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from app.contacts.exclusions import Exclusions
from app.flow.access import require_known_address
from app.flow.checking import check_contacts
from app.flow.doubts import doubts_of, settle_doubt
from app.flow.draft import Destination, ImportDraft, ReadFile
from app.flow.exclusions import not_understood_words, read_exclusions
from app.flow.mending import answer_in, with_other_answer
from app.flow.parts import Parts
from app.flow.proxy import with_proxy_pass
from app.flow.reading import read_file
from app.flow.recipe import PRACTICE, Recipe, draft_from, require_agreement
from app.flow.recipe_reading import load_recipe
from app.flow.reporting import save_report
from app.flow.resuming import draft_of, erase_abandoned, put_away
from app.flow.unfinished import UnfinishedImport, unfinished_imports, with_account_names
from app.flow.uploading import Access, account_access, finish, practice_access, upload
from app.flow.watching import learn_from, note_in_history
from app.language import tr
from app.ledger.ledger import Ledger
from app.problems import AccountProblem, FileProblem, Problem, RecipeProblem
from app.progress import Progress, Stop, Stopped
from app.report import Which, import_totals, require_place
from app.settings.accounts import account_named
from app.settings.environment import environment_name, environment_secrets
from app.table.shape import ReadingChoice
from app.terminal import (
    StatusLine,
    interrupt_as_stop,
    print_doubts,
    print_problem,
    print_totals,
    print_unfinished,
)
from app.upload.upload import Ending, UploadEnd, UploadProgress

ALL_ARRIVED, NOT_ALL_ARRIVED, PROBLEM, STOPPED = 0, 1, 2, 130


@dataclass(frozen=True, slots=True)
class Reports:
    """Where to save what became of each row, and, by themselves, the rows that did not arrive."""

    whole: Path | None = None
    to_mend: Path | None = None

    def wanted(self) -> list[tuple[Which, Path]]:
        places = ((Which.ALL, self.whole), (Which.TO_MEND, self.to_mend))
        return [(which, path) for which, path in places if path is not None]

    def require_places(self, used: Sequence[Path | None]) -> None:
        """Raise FileProblem where one can't be saved there: before anything is sent, not after."""
        for _, path in self.wanted():
            require_place(path, (*used, self.whole if path is self.to_mend else None))


@dataclass(frozen=True, slots=True)
class RunOrder:
    """What `run` was asked to do. `server` and `token_server` are addresses in the place of the account's."""

    file: Path
    recipe: Path
    practice: bool = False
    server: str = ""
    token_server: str = ""
    reports: Reports = Reports()
    as_json: bool = False
    exclude: Path | None = None  # a do-not-contact list


@dataclass(frozen=True, slots=True)
class ResumeOrder:
    """What `resume` was asked to do: `id` is the beginning of an import's id, empty if there is only one;
    the addresses are those it was begun at, named again."""

    id: str = ""
    only_list: bool = False
    reports: Reports = Reports()
    as_json: bool = False
    server: str = ""
    token_server: str = ""
    answers: tuple[str, ...] = ()  # options decided otherwise: "list_id=1002"
    unsure: str | None = None  # what the user found in the account: "arrived" or "missing"


def run_import(order: RunOrder, parts: Parts) -> int:
    """Bring a file into an account by a recipe; the exit status (0, 1, 2 or 130)."""
    with interrupt_as_stop() as stop:
        try:
            return _Run(order, parts, stop).carry_out(order)
        except Stopped:
            print(tr("Stopped. Nothing was sent."), file=sys.stderr)
            return STOPPED
        except Problem as problem:
            print_problem(problem, order.as_json)
            return PROBLEM


def resume_import(order: ResumeOrder, parts: Parts) -> int:
    """Continue an import that was interrupted, or list those that can be; the exit status."""
    erase_abandoned(parts.folders.imports)
    found = unfinished_imports(parts.folders.imports)
    if order.only_list:
        print_unfinished(with_account_names(found, parts.folders), order.as_json)
        return ALL_ARRIVED
    with interrupt_as_stop() as stop:
        try:
            return _Run(order, parts, stop).go_on(_chosen(found, order.id), order)
        except Problem as problem:
            print_problem(problem, order.as_json)
            return PROBLEM


def _chosen(found: Sequence[UnfinishedImport], wanted: str) -> UnfinishedImport:
    chosen = [one for one in found if one.id.startswith(wanted)] if wanted else list(found)
    if len(chosen) == 1:
        return chosen[0]
    if not chosen:
        raise Problem(tr("There is no such import to continue."), tr("See which there are: resume --list"))
    raise Problem(tr("There are several imports to continue."), tr("Name one of them; see: resume --list"))


class _Run:
    """One import from file to report."""

    def __init__(self, order: RunOrder | ResumeOrder, parts: Parts, stop: Stop) -> None:
        self._order = order
        self._parts = parts
        self._stop = stop
        self._line = StatusLine()
        self._sends = False

    def carry_out(self, order: RunOrder) -> int:
        """From the file on."""
        recipe = load_recipe(order.recipe)
        order.reports.require_places((order.file, order.recipe, order.exclude))
        tell = self._line.teller(tr("Reading"))
        file = read_file(order.file, ReadingChoice(), self._parts.folders.imports, tell, self._stop)
        try:
            draft = self._with_destination(draft_from(recipe, file), recipe, order)
            _require_fields(draft)
            if not draft.destination.practice:
                require_agreement(recipe, draft)
            access = self._access(draft)
            if order.exclude is not None:
                draft = draft.with_exclusions(self._exclusions(order.exclude, draft))
            tell = self._line.teller(tr("Checking"))
            draft = draft.with_checked(check_contacts(draft, tell, self._stop))
            return self._send(draft, access)
        finally:
            self._put_away(file.ledger)

    def _exclusions(self, path: Path, draft: ImportDraft) -> Exclusions:
        tell = self._line.teller(tr("Reading"))
        found = read_exclusions(path, ReadingChoice(), draft.default_country, tell, self._stop)
        if words := not_understood_words(found):
            self._line.end()
            print(words, file=sys.stderr)
        return found

    def go_on(self, unfinished: UnfinishedImport, order: ResumeOrder) -> int:
        """Continue an import."""
        draft = draft_of(unfinished)
        require_known_address(draft, self._parts.folders, (order.server, order.token_server))
        order.reports.require_places((draft.file.shape.path if draft.file else None,))
        for said in order.answers:
            draft = with_other_answer(draft, *answer_in(draft, said))
        try:
            if order.unsure:
                for doubt in doubts_of(draft):
                    settle_doubt(draft, doubt, order.unsure == "arrived")
            return self._send(draft, self._access(draft))
        finally:
            self._put_away(unfinished.ledger)

    def _send(self, draft: ImportDraft, access: Access) -> int:
        if draft.file is None:
            raise LookupError("there is nothing to send")
        self._sends = True
        try:
            end = upload(draft, access, self._tell_upload, self._stop)
        finally:
            unsaved = note_in_history(draft, self._parts.folders)
        learn_from(draft, end, self._parts.folders)
        return self._finish(draft.file, draft, end, unsaved)

    def _put_away(self, ledger: Path) -> None:
        self._line.end()
        # One that can't be looked into is kept, whoever took it away.
        if put_away(ledger) and self._sends and ledger.is_file():
            print(tr("To continue: resume {name}", name=ledger.stem[:8]), file=sys.stderr)

    def _finish(self, file: ReadFile, draft: ImportDraft, end: UploadEnd, unsaved: Problem | None) -> int:
        problems = [problem for problem in (end.problem, unsaved) if problem is not None]
        with Ledger.open(file.ledger) as ledger:
            totals = import_totals(ledger, len(draft.provider.steps(draft.options)))
        saved: list[Path] = []
        try:
            for which, path in self._order.reports.wanted():
                save_report(draft, end, path, which)
                saved.append(path)
            if not problems:
                finish(draft, end)
        except FileProblem as fault:  # what was sent is told all the same, and kept until all is saved
            problems.append(fault)
        self._line.end()
        try:
            print_totals(totals, saved, self._order.as_json)
        except Problem as unprinted:
            problems.append(unprinted)
        if doubts_of(draft):
            print_doubts(file.ledger.stem[:8])
        for problem in problems:
            print_problem(problem, as_json=False)
        if problems:
            return PROBLEM
        if end.ending is Ending.STOPPED:
            return STOPPED
        return ALL_ARRIVED if totals.all_arrived else NOT_ALL_ARRIVED

    def _with_destination(self, draft: ImportDraft, recipe: Recipe, order: RunOrder) -> ImportDraft:
        if order.practice:
            return draft.with_destination(Destination(practice=True))
        typed = Destination(False, "", order.server, order.token_server)
        stored = account_named(self._parts.folders, draft.provider_name, recipe.account)
        if stored is not None:
            server, token = order.server or stored.server, order.token_server or stored.token_server
            to = replace(typed, account=stored.id, server=server, token_server=token)
            return draft.with_sign_in(stored.sign_in).with_destination(to)
        if recipe.account == PRACTICE and not order.server:
            return draft.with_destination(Destination(practice=True))
        return draft.with_destination(typed)

    def _access(self, draft: ImportDraft) -> Access:
        if draft.destination.practice:
            return practice_access(draft, self._parts.practice(draft.provider_name))
        fields = draft.provider.secrets(draft.options)
        secrets = environment_secrets([field.key for field in fields], self._parts.environment)
        missing = [field.key for field in fields if field.key not in secrets]
        if missing and draft.destination.account:
            credentials = self._parts.credentials()
            for key in missing:
                stored = credentials.read(draft.destination.account, key)
                if stored is not None:
                    secrets[key] = stored
        missing = [key for key in missing if key not in secrets]
        if missing:
            names = ", ".join(environment_name(key) for key in missing)
            raise AccountProblem(
                tr("Nobody is signed in to {provider}.", provider=draft.provider.title),
                tr("Add the account in the window, name it in the recipe, or set: {names}.", names=names),
            )
        return with_proxy_pass(account_access(draft, secrets), self._parts)

    def _tell_upload(self, progress: UploadProgress) -> None:
        totals = progress.totals
        self._line.show(tr("Sending"), Progress(totals.answered + totals.unsure, progress.to_send))


def _require_fields(draft: ImportDraft) -> None:
    if not draft.missing_fields:
        return
    groups = [" / ".join(group) for group in draft.missing_fields]
    raise RecipeProblem(
        tr("The recipe leaves a field empty that {provider} needs.", provider=draft.provider.title),
        tr("Match a column to: {fields}.", fields=", ".join(groups)),
    )
