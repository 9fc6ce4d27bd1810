"""Builds the parts and hands them to one another: the only file that knows them all.

Opens what the command line asks for: the window, a run without one, the tour, or practice.
Imports inside functions keep the start quick: nobody waits for a part that is not used.
"""

from __future__ import annotations

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
from app.arguments import read_arguments
from app.language import tr
from app.problems import Problem

if TYPE_CHECKING:
    from argparse import Namespace

    from app.flow.draft import ImportDraft
    from app.flow.parts import Parts
    from app.flow.uploading import PracticeAccess
    from app.practice.apart import RoomsApart
    from app.practice.faults import Meddle
    from app.practice.server import PracticeServer
    from app.settings.credentials import Credentials
    from app.settings.preferences import Preferences

SAMPLE = Path(__file__).resolve().parent.parent / "resources" / "samples" / "contacts.xlsx"


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the command line says; the exit status."""
    _stand_in_for_closed_streams()
    asked = read_arguments(sys.argv[1:] if arguments is None else arguments)
    try:
        return _do(asked)
    except Problem as problem:
        _print(problem)
        return 2
    except Exception:  # noqa: BLE001 - a door: left to itself, Python prints the values of our mistakes
        return _confess(traceback.format_exc())


def _stand_in_for_closed_streams() -> None:
    """Who starts a program may have closed what it prints to: print() would take the one for the other."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115 - for good


def _confess(trace: str) -> int:
    from app.log import without_values

    told = without_values(trace)
    logging.getLogger("app.crash").error("the program made a mistake\n%s", told)
    print(tr("The program made a mistake."), told, sep="\n", file=sys.stderr)
    return 2


def _do(asked: Namespace) -> int:
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


def _open(asked: Namespace, parts: Parts, preferences: Preferences, home: PracticeHome) -> int:
    country = preferences.default_country or system_country()
    match asked.command:
        case "practice":
            from app.errands import serve_practice

            return serve_practice(asked.port)
        case "recipe":
            from app.errands import suggest_recipe

            return suggest_recipe(asked.file, asked.provider, country, parts)
        case "run":
            return _run(asked, parts)
        case "resume":
            return _resume(asked, parts)
        case "support":
            from app.errands import show_support

            return show_support(asked.file, parts)
        case "tour":
            return _tour(asked, parts, home)
        case "self-test":
            return _self_test(asked, parts, country)
        case _:
            home.move_apart()
            return _show_window(asked, parts, preferences, country)


def _run(asked: Namespace, parts: Parts) -> int:
    from app.command import Reports, RunOrder, run_import

    to = (asked.practice, asked.server, asked.token_server)
    reports = Reports(asked.report, asked.to_mend)
    return run_import(RunOrder(asked.file, asked.recipe, *to, reports, asked.json, asked.exclude), parts)


def _resume(asked: Namespace, parts: Parts) -> int:
    from app.command import Reports, ResumeOrder, resume_import

    there = (asked.server, asked.token_server)
    order = ResumeOrder(
        *(asked.id, asked.list, Reports(asked.report, asked.to_mend), asked.json),
        *(*there, tuple(asked.option), asked.unsure),
    )
    return resume_import(order, parts)


def _tour(asked: Namespace, parts: Parts, home: PracticeHome) -> int:
    from app.ui.tour.looks import TourLook, play_all_looks
    from app.ui.tour.tour import play_tour

    sample, look = asked.file or SAMPLE, TourLook(asked.language or "", asked.dark)
    if asked.all:
        return play_all_looks(sample, asked.screenshots, asked.provider)
    return play_tour(parts, sample, asked.screenshots, asked.provider, home.room_contacts, look, home.meddle)


def _self_test(asked: Namespace, parts: Parts, country: str) -> int:
    from app.self_test import run_self_test

    shell = {"window": lambda: _look(country, parts), "help": _help}
    return run_self_test(asked.parts, asked.files, SAMPLE.parent, parts, shell)


def _show_window(asked: Namespace, parts: Parts, preferences: Preferences, country: str) -> int:
    # Nothing a start makes is garbage; the window searches for it by itself.
    gc.disable()
    from app.ui.application import run_window

    file = getattr(asked, "file", None) or (SAMPLE if getattr(asked, "sample", False) else None)
    news = _news(preferences)

    def begin() -> ImportDraft:
        from app.flow.draft import new_draft

        return new_draft(preferences.last_provider, country)

    return run_window(begin, parts, _kept(asked, preferences), file=file, news=news)


def _kept(asked: Namespace, preferences: Preferences) -> Preferences:
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
    """The practice rooms of this run of the program: opened when first needed, closed at the end.

    A window has them in a process of their own, once `move_apart` was called; whoever looks into a room, or
    meddles with one, has them here.
    """

    def __init__(self) -> None:
        self._server: PracticeServer | None = None
        self._apart = cache(_rooms_apart)
        self._moved = False

    def move_apart(self) -> None:
        """Let no room take the window's time."""
        self._moved = True

    def access(self, provider: str) -> PracticeAccess:
        """The way to a provider's practice room. Raises Problem if it can't be opened."""
        from app.flow.uploading import PracticeAccess
        from app.practice.rooms import PRACTICE_SECRETS

        address = self._apart().start() if self._moved else self._opened().address
        return PracticeAccess(address, PRACTICE_SECRETS[provider])

    def room_contacts(self, provider: str) -> list[dict[str, object]]:
        """What a provider's practice account holds now."""
        return self._opened().rooms[provider].contacts()

    def meddle(self, fault: Meddle | None) -> None:
        """Let this go wrong from now on, or nothing."""
        self._opened().fault = fault

    def close(self) -> None:
        if self._server is not None:
            self._server.close()
        if self._apart.cache_info().currsize:
            self._apart().close()

    def _opened(self) -> PracticeServer:
        if self._server is None:
            from app.practice.server import PracticeServer

            self._server = PracticeServer()
            self._server.start()
        return self._server


def _rooms_apart() -> RoomsApart:
    from app.practice.apart import RoomsApart

    return RoomsApart()


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
