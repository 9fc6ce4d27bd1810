"""The same import without a window: `run`, `recipe` and `practice`, for scripts and for people at a prompt.

Drives flow/ as the window does; prints totals, and a Problem in two sentences on standard error.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from types import FrameType

from app.flow.checking import check_contacts
from app.flow.draft import Destination, ImportDraft, ReadFile, new_draft
from app.flow.matching import with_suggested_mapping
from app.flow.parts import Parts
from app.flow.reading import read_file
from app.flow.recipe import PRACTICE, Recipe, draft_from, load_recipe, recipe_of, recipe_text
from app.flow.uploading import Access, account_access, practice_access, upload
from app.language import tr
from app.ledger.ledger import Ledger, erase
from app.practice.rooms import PRACTICE_SECRETS
from app.practice.server import PracticeServer
from app.problems import AccountProblem, Problem, RecipeProblem
from app.progress import Progress, Stop, Stopped, Tell
from app.providers.known import PROVIDERS, provider_named
from app.providers.verdicts import OutcomeKind
from app.report import ImportTotals, import_totals, write_report
from app.settings.accounts import account_named
from app.settings.credentials import environment_name, environment_secrets
from app.table.shape import ReadingChoice
from app.upload.upload import Ending, UploadEnd, UploadProgress
from app.wording import outcome_word

ALL_ARRIVED, NOT_ALL_ARRIVED, PROBLEM, STOPPED = 0, 1, 2, 130


@dataclass(frozen=True, slots=True)
class RunOrder:
    """What `run` was asked to do. `server` and `token_server` are addresses in the place of the account's."""

    file: Path
    recipe: Path
    practice: bool = False
    server: str = ""
    token_server: str = ""
    report: Path | None = None
    as_json: bool = False


def run_import(order: RunOrder, parts: Parts) -> int:
    """Bring a file into an account by a recipe; the exit status (0, 1, 2 or 130)."""
    with _interrupt_as_stop() as stop:
        try:
            return _Run(order, parts, stop).carry_out()
        except Stopped:
            print(tr("Stopped. Nothing was sent."), file=sys.stderr)
            return STOPPED
        except Problem as problem:
            _print_problem(problem, order.as_json)
            return PROBLEM


class _Run:
    """One import from file to report."""

    def __init__(self, order: RunOrder, parts: Parts, stop: Stop) -> None:
        self._order = order
        self._parts = parts
        self._stop = stop
        self._line = _StatusLine()

    def carry_out(self) -> int:
        recipe = load_recipe(self._order.recipe)
        tell = self._line.teller(tr("Reading"))
        file = read_file(self._order.file, ReadingChoice(), self._parts.folders.imports, tell, self._stop)
        try:
            draft = self._with_destination(draft_from(recipe, file), recipe)
            _require_fields(draft)
            access = self._access(draft)
            tell = self._line.teller(tr("Checking"))
            draft = draft.with_checked(check_contacts(draft, tell, self._stop))
            end = upload(draft, access, self._tell_upload, self._stop)
            return self._finish(file, draft, end)
        finally:
            self._line.end()
            erase(file.ledger)

    def _finish(self, file: ReadFile, draft: ImportDraft, end: UploadEnd) -> int:
        steps = len(draft.provider.steps(draft.options))
        with Ledger.open(file.ledger) as ledger:
            totals = import_totals(ledger, steps)
            if self._order.report:
                write_report(ledger, file.headers, draft.provider, draft.options, self._order.report)
        self._line.end()
        self._print_totals(totals)
        if end.problem is not None:
            _print_problem(end.problem, as_json=False)
            return PROBLEM
        if end.ending is Ending.STOPPED:
            return STOPPED
        return ALL_ARRIVED if totals.all_arrived else NOT_ALL_ARRIVED

    def _with_destination(self, draft: ImportDraft, recipe: Recipe) -> ImportDraft:
        order = self._order
        if order.practice:
            return draft.with_destination(Destination(practice=True))
        typed = Destination(False, "", order.server, order.token_server)
        stored = account_named(self._parts.folders, draft.provider_name, recipe.account)
        if stored is not None:
            server, token = order.server or stored.server, order.token_server or stored.token_server
            return draft.with_destination(
                replace(typed, account=stored.id, server=server, token_server=token)
            )
        if recipe.account == PRACTICE and not order.server:
            return draft.with_destination(Destination(practice=True))
        return draft.with_destination(typed)

    def _access(self, draft: ImportDraft) -> Access:
        if draft.destination.practice:
            return practice_access(draft, self._parts.practice(draft.provider_name))
        fields = draft.provider.secrets(draft.options)
        secrets = environment_secrets([field.key for field in fields], os.environ)
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
        return account_access(draft, secrets)

    def _tell_upload(self, progress: UploadProgress) -> None:
        done = progress.totals.answered + progress.totals.unsure
        self._line.show(tr("Sending"), Progress(done, progress.to_send))

    def _print_totals(self, totals: ImportTotals) -> None:
        if self._order.as_json:
            print(json.dumps(totals.as_numbers()))
            return
        print(tr("{count} rows read:", count=f"{totals.read:,}"))
        for word, count in _in_words(totals):
            if count:
                print(f"  {count:>9,}  {word}")
        if not totals.adds_up:
            print(tr("These numbers do not add up: what arrived can't be confirmed."))
        if self._order.report:
            print(tr("Report: {path}", path=self._order.report))


def suggest_recipe(file: Path, provider: str, country: str, parts: Parts) -> int:
    """Print a recipe suggested for a file."""
    try:
        if provider_named(provider) is None:
            names = ", ".join(one.name for one in PROVIDERS)
            raise RecipeProblem(
                tr('There is no provider "{name}".', name=provider), tr("Providers: {names}.", names=names)
            )
        read = read_file(file, ReadingChoice(), parts.folders.imports)
        try:
            draft = with_suggested_mapping(new_draft(provider, country).with_file(read))
        finally:
            erase(read.ledger)
        print(recipe_text(recipe_of(draft)), end="")
    except Problem as problem:
        _print_problem(problem, as_json=False)
        return PROBLEM
    return ALL_ARRIVED


def serve_practice(port: int) -> int:
    """Serve the practice rooms until interrupted."""
    try:
        server = PracticeServer(port)
    except Problem as problem:
        _print_problem(problem, as_json=False)
        return PROBLEM
    with _interrupt_as_stop() as stop:
        server.start()
        print(tr("The practice accounts are at {address}", address=server.address))
        for name, secrets in PRACTICE_SECRETS.items():
            print(f"  {name}: " + ", ".join(f"{key}={value}" for key, value in secrets.items()))
        print(tr("What an account holds: {address}/practice/<name>", address=server.address))
        print(tr("Press Ctrl+C to end."), flush=True)
        while not stop.wait(3600):
            pass
        server.close()
    return ALL_ARRIVED


def _require_fields(draft: ImportDraft) -> None:
    if not draft.missing_fields:
        return
    groups = [" / ".join(group) for group in draft.missing_fields]
    raise RecipeProblem(
        tr("The recipe leaves a field empty that {provider} needs.", provider=draft.provider.title),
        tr("Match a column to: {fields}.", fields=", ".join(groups)),
    )


def _in_words(totals: ImportTotals) -> list[tuple[str, int]]:
    numbers = totals.as_numbers()
    rows = [
        (tr("blank"), totals.blank),
        (tr("left out"), totals.left_out),
        (tr("duplicates"), totals.duplicates),
        (tr("to send, of which:"), totals.to_send),
    ]
    return rows + [(f"  {outcome_word(kind)}", numbers[kind.value]) for kind in OutcomeKind]


def _print_problem(problem: Problem, as_json: bool) -> None:
    if as_json:
        said = {"title": problem.title, "advice": problem.advice, "details": problem.details}
        print(json.dumps({"problem": said}))
    print(problem.title, problem.advice, sep="\n", file=sys.stderr)
    if problem.details:
        print(f"({problem.details})", file=sys.stderr)


class _StatusLine:
    """One line on a terminal that says how far the work is; nothing where there is no terminal."""

    def __init__(self) -> None:
        self._shown = ""

    def teller(self, doing: str) -> Tell:
        return lambda progress: self.show(doing, progress)

    def show(self, doing: str, progress: Progress) -> None:
        share = f"{progress.share:.0%}" if progress.share is not None else f"{progress.done:,}"
        text = f"{doing} {share}"
        if text != self._shown and sys.stderr.isatty():
            print(f"\r{text:<40}", end="", file=sys.stderr, flush=True)
            self._shown = text

    def end(self) -> None:
        if self._shown:
            print("\r" + " " * 40 + "\r", end="", file=sys.stderr, flush=True)
            self._shown = ""


@contextmanager
def _interrupt_as_stop() -> Iterator[Stop]:
    """Ctrl+C and a polite kill ask to stop instead of tearing the work apart."""
    stop = Stop()

    def ask(_: int, __: FrameType | None) -> None:
        # Alarms take locks that the interrupted code may hold: ring them from another thread.
        threading.Thread(target=stop.ask, daemon=True).start()

    before: list[tuple[signal.Signals, object]] = []
    if threading.current_thread() is threading.main_thread():
        for one in (signal.SIGINT, signal.SIGTERM):
            before.append((one, signal.signal(one, ask)))
    try:
        yield stop
    finally:
        for number, handler in before:
            signal.signal(number, handler)  # type: ignore[arg-type]
