"""Builds the parts and hands them to one another: the only file that knows them all.

Reads the command line and opens what was asked for: the window, a run without one, the tour, or practice.
Imports inside functions keep the start quick: nobody waits for a part that is not used.
"""

from __future__ import annotations

import argparse
import gc
import logging
import os
import sys
import traceback
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from app import __version__, language
from app.language import tr
from app.problems import Problem

if TYPE_CHECKING:
    from app.flow.draft import ImportDraft
    from app.flow.parts import Parts
    from app.flow.uploading import PracticeAccess
    from app.practice.faults import Meddle
    from app.practice.server import PracticeServer
    from app.settings.credentials import Credentials
    from app.settings.preferences import Preferences

SAMPLE = Path(__file__).resolve().parent.parent / "resources" / "samples" / "contacts.xlsx"


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the command line says; the exit status."""
    if getattr(sys, "frozen", False):
        import multiprocessing

        multiprocessing.freeze_support()  # a packaged program's child processes start here too
    given = sys.argv[1:] if arguments is None else list(arguments)
    # With nothing asked for the window opens, and nobody waits for the words of every command.
    asked = _parser().parse_args(given) if given else argparse.Namespace(command=None)
    try:
        return _do(asked)
    except Problem as problem:
        _print(problem)
        return 2
    except Exception:  # noqa: BLE001 - a door: left to itself, Python prints the values of our mistakes
        return _confess(traceback.format_exc())


def _confess(trace: str) -> int:
    from app.log import without_values

    told = without_values(trace)
    logging.getLogger("app.crash").error("the program made a mistake\n%s", told)
    print(tr("The program made a mistake."), told, sep="\n", file=sys.stderr)
    return 2


def _do(asked: argparse.Namespace) -> int:
    from app.log import start_logging
    from app.settings.environment import secrets_put_away
    from app.settings.folders import make_private, user_folders
    from app.settings.preferences import load_preferences

    folders = user_folders()
    for folder in (folders.settings, folders.imports, folders.logs):
        make_private(folder)
    preferences, problem = load_preferences(folders)
    language.use(preferences.language or _system_locale())
    if problem is not None:
        _print(problem)
    try:
        start_logging(folders.logs)
    except Problem as unlogged:  # work goes on without a log
        _print(unlogged)
    home = PracticeHome()
    try:
        with secrets_put_away() as environment:
            return _open(asked, _parts(home, environment), preferences, home)
    finally:
        home.close()


def _open(asked: argparse.Namespace, parts: Parts, preferences: Preferences, home: PracticeHome) -> int:
    country = preferences.default_country or system_country()
    if asked.command == "practice":
        from app.command import serve_practice

        return serve_practice(asked.port)
    if asked.command == "recipe":
        from app.command import suggest_recipe

        return suggest_recipe(asked.file, asked.provider, country, parts)
    if asked.command == "run":
        from app.command import RunOrder, run_import

        to = (asked.practice, asked.server, asked.token_server)
        order = RunOrder(asked.file, asked.recipe, *to, asked.report, asked.json, asked.exclude)
        return run_import(order, parts)
    if asked.command == "resume":
        from app.command import ResumeOrder, resume_import

        there = (asked.server, asked.token_server)
        resumed = ResumeOrder(asked.id, asked.list, asked.report, asked.json, *there, tuple(asked.option))
        return resume_import(resumed, parts)
    if asked.command == "support":
        from app.command import show_support

        return show_support(asked.file, parts)
    if asked.command == "tour":
        from app.ui.tour import play_tour
        from app.ui.tour_looks import TourLook, play_all_looks

        if asked.all:
            return play_all_looks(asked.file or SAMPLE, asked.screenshots, asked.provider)
        look = TourLook(asked.language or "", asked.dark)
        sample, room = asked.file or SAMPLE, home.room_contacts
        return play_tour(parts, sample, asked.screenshots, asked.provider, room, look, home.meddle)
    if asked.command == "self-test":
        from app.self_test import run_self_test

        shell = {"window": lambda: _look(country, parts), "help": _help}
        return run_self_test(asked.parts, asked.files, SAMPLE.parent, parts, shell)
    # Nothing a start makes is garbage; run_window lets the search for it begin when the window is shown.
    gc.disable()
    from app.ui.application import run_window

    file = getattr(asked, "file", None) or (SAMPLE if getattr(asked, "sample", False) else None)
    news = _news(preferences)

    def begin() -> ImportDraft:
        from app.flow.draft import new_draft

        return new_draft(preferences.last_provider, country)

    return run_window(begin, parts, _kept(asked, preferences), file=file, news=news)


def _kept(asked: argparse.Namespace, preferences: Preferences) -> Preferences:
    """What the window is to remember; who opens it to practise is not taken to the account used last."""
    kept = replace(preferences, last_seen_version=__version__)
    return replace(kept, last_account="") if getattr(asked, "practice", False) else kept


def _news(preferences: Preferences) -> str:
    """What is new since the version that ran last, told once; nothing at the very first start."""
    seen = preferences.last_seen_version
    if seen == __version__:
        return ""
    from app.settings.changes import changes_since
    from app.settings.folders import user_folders
    from app.settings.preferences import change_preferences

    try:
        change_preferences(user_folders(), preferences, replace(preferences, last_seen_version=__version__))
    except Problem as unsaved:  # then it is told again
        _print(unsaved)
    return changes_since(seen, __version__) if seen else ""


def _look(country: str, parts: Parts) -> str:
    from app.flow.draft import new_draft
    from app.ui.first_look import first_look

    return first_look(new_draft("", country), parts)


def _help() -> str:
    from app.ui.help.pages import shipped

    return " ".join(f"{code}:{pages}" for code, pages in shipped().items())


class PracticeHome:
    """The practice rooms of this run of the program: opened when first needed, closed at the end."""

    def __init__(self) -> None:
        self._server: PracticeServer | None = None

    def access(self, provider: str) -> PracticeAccess:
        """The way to a provider's practice room."""
        from app.flow.uploading import PracticeAccess
        from app.practice.rooms import PRACTICE_SECRETS

        return PracticeAccess(self._opened().address, PRACTICE_SECRETS[provider])

    def room_contacts(self, provider: str) -> list[dict[str, object]]:
        """What a provider's practice account holds now."""
        return self._opened().rooms[provider].contacts()

    def meddle(self, fault: Meddle | None) -> None:
        """Let this go wrong from now on, or nothing."""
        self._opened().fault = fault

    def close(self) -> None:
        if self._server is not None:
            self._server.close()

    def _opened(self) -> PracticeServer:
        if self._server is None:
            from app.practice.server import PracticeServer

            self._server = PracticeServer()
            self._server.start()
        return self._server


def _parts(home: PracticeHome, environment: Mapping[str, str]) -> Parts:
    from app.flow.parts import Parts
    from app.settings.folders import user_folders

    @cache
    def credentials() -> Credentials:
        from app.settings.credentials import open_credentials

        return open_credentials()

    return Parts(user_folders(), credentials, home.access, environment)


def _print(problem: Problem) -> None:
    said = (language.without_tricks(words) for words in (problem.title, problem.advice))
    print(*said, sep="\n", file=sys.stderr)


def system_country() -> str:
    """The country of the system's locale (ISO 3166 alpha-2), empty if it names none."""
    country = _system_locale().partition("_")[2][:2].upper()
    return country if len(country) == 2 and country.isascii() and country.isalpha() else ""


def _system_locale() -> str:
    """Such as "it_IT". Python takes the neutral "C" for American English; we don't."""
    variables = ("LC_ALL", "LC_MESSAGES", "LANG", "LC_CTYPE")
    named = next((os.environ[name] for name in variables if os.environ.get(name)), "")
    if named.partition(".")[0] in ("C", "POSIX"):
        return "en"
    if os.name != "nt":  # where Python knows no more than these variables say
        return named.partition(".")[0].partition("@")[0] or "en"
    import locale

    return locale.getlocale()[0] or named or "en"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="contact-ferry", description="Bring a spreadsheet of people into a messaging provider."
    )
    parser.add_argument("--version", action="version", version=f"Contact Ferry {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")

    opened = commands.add_parser("open", help="open the wizard (as with no command)")
    opened.add_argument("file", nargs="?", type=Path, metavar="FILE", help="the spreadsheet to begin with")
    opened.add_argument("--sample", action="store_true", help="begin with the sample list")
    opened.add_argument("--practice", action="store_true", help="use the practice account (the default)")

    run = commands.add_parser("run", help="import a file by a recipe, without a window")
    run.add_argument("file", type=Path, metavar="FILE")
    run.add_argument("--recipe", type=Path, required=True, metavar="RECIPE.toml")
    where = run.add_mutually_exclusive_group()
    where.add_argument("--practice", action="store_true", help="send to the practice account")
    where.add_argument(
        "--server", default="", metavar="URL", help="send to this address (http: loopback only)"
    )
    run.add_argument("--token-server", default="", metavar="URL", help="where access tokens are issued")
    run.add_argument("--report", type=Path, metavar="OUT.xlsx", help="save what became of each row")
    run.add_argument(
        "--exclude", type=Path, metavar="FILE", help="a do-not-contact list: leave its people out"
    )
    run.add_argument("--json", action="store_true", help="print the totals as JSON")

    resume = commands.add_parser("resume", help="continue an import that was interrupted")
    resume.add_argument("id", nargs="?", default="", metavar="ID", help="which one, if there are several")
    resume.add_argument("--list", action="store_true", help="list the imports that can be continued")
    _add_answers(resume)
    resume.add_argument("--report", type=Path, metavar="OUT.xlsx", help="save what became of each row")
    resume.add_argument("--json", action="store_true", help="print the totals, or the list, as JSON")

    recipe = commands.add_parser("recipe", help="print a suggested recipe for a file")
    recipe.add_argument("file", type=Path, metavar="FILE")
    recipe.add_argument("--provider", required=True, metavar="NAME")

    practice = commands.add_parser("practice", help="serve the practice accounts on this computer")
    practice.add_argument("--port", type=int, default=0, metavar="N")

    tour = commands.add_parser("tour", help="play the wizard on the sample and check the result")
    tour.add_argument("file", nargs="?", type=Path, metavar="FILE")
    tour.add_argument("--screenshots", type=Path, metavar="DIR", help="save a picture of every page here")
    tour.add_argument("--provider", default="smsend", metavar="NAME")
    tour.add_argument("--language", choices=language.LANGUAGES, help="in this language")
    tour.add_argument("--dark", action="store_true", help="with dark colours")
    tour.add_argument("--all", action="store_true", help="in every language, light and dark, and at 200 %%")

    support = commands.add_parser("support", help="show what a supporter needs to know; save it as OUT.zip")
    support.add_argument("file", nargs="?", type=Path, metavar="OUT.zip")

    # Not in the list of commands: for packagers and supporters.
    tried = commands.add_parser("self-test", description="Try what may break in an installed program.")
    tried.add_argument("parts", nargs="*", metavar="PART", help="what to try (default: everything)")
    tried.add_argument("--files", nargs="*", type=Path, default=[], metavar="FILE", help="open these too")
    return parser


def _add_answers(resume: argparse.ArgumentParser) -> None:
    resume.add_argument("--server", default="", metavar="URL", help="the address it was begun at")
    resume.add_argument("--token-server", default="", metavar="URL", help="where its tokens were issued")
    resume.add_argument(
        "--option", action="append", default=[], metavar="KEY=VALUE", help="decide an option otherwise"
    )
