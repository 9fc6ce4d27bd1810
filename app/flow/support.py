"""What a supporter needs to know about this installation, as one text: versions, settings, counts, the log.

Shown before it is saved, and nobody's: refuses to hold contacts, secrets, and the names of people, files,
accounts and servers.
"""

from __future__ import annotations

import platform
import re
import sys
import time
import zipfile
from collections import Counter
from importlib import metadata
from pathlib import Path

from app import __version__, language
from app.flow.history import past_imports
from app.flow.unfinished import offered_imports
from app.language import tr
from app.log import FILE_NAME, HIDDEN, hidden
from app.problems import FileProblem
from app.settings.accounts import list_accounts
from app.settings.folders import Folders
from app.settings.preferences import load_preferences

LINES_OF_LOG = 400
IN_ZIP = "support.txt"
_LIBRARIES = ("PySide6-Essentials", "httpx", "openpyxl", "keyring", "python-calamine", "truststore")
_SHORTEST_NAME = 3
_STEM_ENDS = re.compile(r"[\\/]")


def support_text(folders: Folders) -> str:
    """Everything that would be saved. Reads the unfinished imports: not for the window's own thread."""
    parts = (_versions(), _settings(folders), _imports(folders), _log_tail(folders))
    return _without_names("\n".join(line for part in parts for line in (*part, "")), folders)


def save_support(text: str, path: Path) -> None:
    """Save what was shown as a zip file. Raises FileProblem."""
    try:
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(IN_ZIP, text)
    except OSError as error:
        raise FileProblem(
            tr("The file {name} can't be saved.", name=path.name),
            tr("Choose another folder, or free some space on the disk."),
            str(error),
        ) from error


def _versions() -> list[str]:
    lines = [f"Contact Ferry {__version__}", f"Python {platform.python_version()} on {platform.platform()}"]
    lines.append(f"packaged: {getattr(sys, 'frozen', False)}, language: {language.current()}")
    for name in _LIBRARIES:
        try:
            lines.append(f"{name} {metadata.version(name)}")
        except metadata.PackageNotFoundError:
            lines.append(f"{name}: unknown")
    return lines


def _settings(folders: Folders) -> list[str]:
    preferences, problem = load_preferences(folders)
    accounts, trouble = list_accounts(folders)
    lines = [
        f"country: {preferences.default_country or '-'}, provider: {preferences.last_provider or '-'}",
        f"files opened lately: {len(preferences.recent_files)}",
    ]
    # How accounts sign in is an answer from a list; what they are called and where they are is the user's.
    for (provider, own_server, ways), many in Counter(
        (one.provider, bool(one.server), ", ".join(sorted(one.sign_in.values()))) for one in accounts
    ).items():
        lines.append(f"accounts at {provider}: {many}, own address: {own_server}, sign-in: {ways or '-'}")
    return lines + [f"trouble: {one.title}" for one in (problem, trouble) if one is not None]


def _imports(folders: Folders) -> list[str]:
    lines = []
    for one in offered_imports(folders):
        began = time.strftime("%Y-%m-%d", time.localtime(one.began))
        far = f"left at {one.page}" if one.page else str(one.totals)
        lines.append(f"unfinished, begun {began}, {one.provider}, practice: {one.practice}: {far}")
    past, _ = past_imports(folders)
    ledgers = len(list(folders.imports.glob("*.ledger")))
    return [*lines, f"past imports: {len(past)}, ledgers: {ledgers}"]


def _log_tail(folders: Folders) -> list[str]:
    lines: list[str] = []
    for name in (f"{FILE_NAME}.1", FILE_NAME):
        try:
            lines += (folders.logs / name).read_text("utf-8", "replace").splitlines()
        except OSError:
            continue
    return [_redacted(line) for line in lines[-LINES_OF_LOG:]]


def _redacted(line: str) -> str:
    """The line, hidden once more; its time stands outside, because it looks like a phone number."""
    when = re.match(r"[\d-]{10} [\d:,]{12} ", line)
    start = when[0] if when else ""
    return start + hidden(line[len(start) :])


def _without_names(text: str, folders: Folders) -> str:
    """Without what the user called things: accounts, their addresses, files, folders, and himself."""
    accounts, _ = list_accounts(folders)
    preferences, _ = load_preferences(folders)
    past, _ = past_imports(folders)
    files = [*preferences.recent_files, *(one.file for one in past)]
    files += [one.file_name for one in offered_imports(folders)]
    names = {str(Path.home()), Path.home().name, *files}
    names |= {part for file in files for part in _STEM_ENDS.split(file)}
    names |= {value for one in accounts for value in (one.id, one.name, one.server, one.token_server)}
    names |= {host for one in accounts for host in (_host(one.server), _host(one.token_server))}
    for name in sorted(names, key=len, reverse=True):
        if len(name) >= _SHORTEST_NAME:
            text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", HIDDEN, text)
    return text


def _host(address: str) -> str:
    return re.split(r"[/:?#]", address.split("://")[-1].rsplit("@", 1)[-1])[0]
