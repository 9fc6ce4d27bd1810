"""Asks, if the user wants it, whether a newer version of the program is out.

Knows the address that the installers were built with, how often to ask, and what a version is. It tells the
place nothing but that somebody asks, follows no link it is given, and is silent about every failure.
"""

from __future__ import annotations

import re
from collections.abc import Generator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from app.progress import Stop
from app.providers.sign_in import SignIn
from app.providers.wire import MalformedAnswer, Request, Response
from app.settings.changes import numbers_of
from app.settings.preferences import Preferences
from app.upload.sending import Addresses, NewTransport, NoAnswer, NotSent, Patience, Sender

FILE = Path(__file__).resolve().parent.parent.parent / "resources" / "releases.txt"
PAUSE = timedelta(days=7)
_PATIENCE = Patience(connect=5.0, silence=10.0, whole=20.0, largest=256 * 1024)
_TAG = re.compile(r"v?(\d{1,4}(?:\.\d{1,6}){1,3})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Releases:
    """Where versions are announced: `feed` answers {"tag_name": "v1.2.3"}; `page` is for people."""

    feed: str
    page: str


def known_releases(file: Path = FILE) -> Releases | None:
    """What the installers were built with (packaging/program.py); None in a checkout, which has git."""
    try:
        lines = file.read_text(encoding="utf-8").split()
    except OSError:
        return None
    return Releases(*lines) if len(lines) == 2 else None


def is_due(preferences: Preferences, today: date) -> bool:
    """Whether the user wants it asked, and it was not asked within a week."""
    if not preferences.look_for_newer:
        return False
    try:
        asked = date.fromisoformat(preferences.looked_on)
    except ValueError:
        return True
    return not timedelta(0) <= today - asked < PAUSE  # a day to come means that a clock was wrong


def newer_version(
    releases: Releases, now: str, stop: Stop | None = None, new_transport: NewTransport | None = None
) -> str:
    """The version announced, if it comes after `now`; empty if there is none or nobody could say.

    Raises NetworkProblem if the address can't be used at all.
    """
    try:
        with Sender(Addresses(releases.feed), _Nobody(), _PATIENCE, new_transport) as sender:
            answer = sender.send(Request("GET", "", headers=(("Accept", "application/json"),)), stop)
            announced = str(answer.json_object().get("tag_name", "")) if answer.status == 200 else ""
    except (NotSent, NoAnswer, MalformedAnswer):
        return ""
    tag = _TAG.fullmatch(announced)
    return tag[1] if tag is not None and numbers_of(tag[1]) > numbers_of(now) else ""


class _Nobody(SignIn):
    """Signs nothing: whoever asks stays unknown."""

    def flow(self, request: Request) -> Generator[Request, Response, None]:
        yield request
