"""Writes what happened into a file that a supporter may read: named loggers under "app", one rotating file.

Refuses to write secrets and people's data: whatever a line says, it is hidden before it reaches the disk.

Two nets. Secrets that the program holds are known by value (`hide` registers them). Everything else is known
by its looks: e-mail addresses, phone numbers, authorization headers, passwords in addresses and bodies. The
second net would rather hide too much; so write counts with separators (f"{rows:,}"), not as bare digits.
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
import re
import threading
from functools import cache
from io import FileIO, TextIOWrapper
from itertools import pairwise
from pathlib import Path
from urllib.parse import quote, quote_plus

from app import __version__
from app.language import tr
from app.problems import FileProblem

FILE_NAME = "contact-ferry.log"
HIDDEN = "[hidden]"

_MAX_BYTES = 1_000_000
_OLD_FILES = 3
_SHORTEST_SECRET = 4
"""Letters; hiding anything shorter would hide half of every line."""
_SHORTEST_UNMISTAKABLE = 8
"""Letters; anything shorter is hidden only where it stands alone: "word" is no secret within "password"."""

_SECRET_NAME = (
    r"[\w-]{0,40}(?:authori[sz]ation|password|passwd|pwd|secret|token|cookie|wsse|signature"
    r"|api[-_]?key|api[-_]?login|user[-_]?key|session[-_]?key|access[-_]?key)[\w-]{0,40}"
)
_PART = r"""[^\s@<>"'(),;:=\[\]{}|/&?]"""  # of an e-mail address
_GAP = r"[ \t\u00a0\u202f.\-()/]"

# Every pattern takes time in proportion to the line (bounded repeats, anchored starts): lines can be long.
_LOOKS: tuple[tuple[str, str], ...] = (
    # A header fills its line: Authorization: Bearer abc, X-WSSE: UsernameToken Username="a", ...
    (
        r"""(?im)\b((?:[\w-]{0,40}authori[sz]ation|(?:set-)?cookie|x-wsse)["']?[ \t]*[:=,][ \t]*).+$""",
        rf"\1{HIDDEN}",
    ),
    # password=abc&  "access_token": "abc"  ('api-key', 'abc')
    (
        rf"""(?i)\b({_SECRET_NAME}["']?\s*(?:=|:|(?<=["']),)\s*)(?:"[^"]*"|'[^']*'|[^\s&"',;}})]+)""",
        rf"\1{HIDDEN}",
    ),
    (r"(?i)\b((?:bearer|basic)\s+)[\w.~+/=-]{8,}", rf"\1{HIDDEN}"),
    # https://name:password@host
    (r"(://)[^/\s@]+@", rf"\1{HIDDEN}@"),
    (rf"(?<!{_PART}){_PART}+(?:(?:@|%40){_PART}+)+", HIDDEN),
    # Seven digits and more, however they are grouped; +44 (0)7700-900.123 is one number.
    (rf"(?:\+|%2B)?\(?\d(?:{_GAP}{{0,3}}\d){{6,}}", HIDDEN),
)

# Of a traceback: what begins a line that shows the program's path, and the kind of an error before its text.
_FRAME = ("Traceback", "  ", "The above exception", "During handling")
_KIND = r"([A-Za-z_][\w.]*)(?:: |:?$)"

_registered: tuple[re.Pattern[str], ...] = ()
_registering = threading.Lock()


def hide(value: str) -> None:
    """Never let `value` (a secret of at least four letters) into the log, in any of its usual spellings."""
    if len(value) < _SHORTEST_SECRET:
        return
    spellings = {value, quote(value, safe=""), quote_plus(value), json.dumps(value)[1:-1], repr(value)[1:-1]}
    global _registered
    with _registering:
        known = {*_registered, *(_as_pattern(spelling) for spelling in spellings)}
        # Longest first: a secret may hold another one.
        _registered = tuple(sorted(known, key=lambda pattern: len(pattern.pattern), reverse=True))


def _as_pattern(secret: str) -> re.Pattern[str]:
    if len(secret) < _SHORTEST_UNMISTAKABLE:
        return re.compile(rf"(?<!\w){re.escape(secret)}(?!\w)")
    return re.compile(re.escape(secret))


def without_secrets(text: str) -> str:
    """`text` without the secrets that the program holds; people's data stays in it."""
    for secret in _registered:
        text = secret.sub(HIDDEN, text)
    return text


def hidden(text: str) -> str:
    """`text` without secrets and without what looks like people's data."""
    text = without_secrets(text)
    for look, instead in _looks():
        text = look.sub(instead, text)
    return text


@cache
def _looks() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Compiled when there is something to hide: a start is quicker, and most say nothing."""
    return tuple((re.compile(look), instead) for look, instead in _LOOKS)


def without_values(trace: str) -> str:
    """The traceback with the kinds of its errors but not their texts, in which a contact may stand."""
    lines = [f"Contact Ferry {__version__}"]
    kind_is_due = True
    for line in trace.splitlines():
        if line.startswith(_FRAME):
            lines.append(line)
            kind_is_due = True
        elif kind_is_due and (found := re.match(_KIND, line)):
            lines.append(found[1])
            kind_is_due = False  # what follows until the next frames is the error's text
    return hidden("\n".join(lines))


def start_logging(folder: Path) -> None:
    """Write everything loggers under "app" say (info and above), and others' warnings, into `folder`.

    The folder and its files are readable by their owner only. Nothing goes to stderr. Raises FileProblem if
    the file can't be written; the program may go on without a log.
    """
    stop_logging()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.chmod(0o700)
        handler = _PrivateFile(folder / FILE_NAME, encoding="utf-8", errors="replace")
    except OSError as error:
        raise FileProblem(
            tr("The program's log can't be written."),
            tr(
                "You can go on without it. To have a log, make the folder {folder} writable.",
                folder=str(folder),
            ),
            str(error),
        ) from error
    handler.setFormatter(_HidingFormatter())
    logging.getLogger().addHandler(handler)
    logging.getLogger("app").setLevel(logging.INFO)


def stop_logging() -> None:
    """Close the file. Does nothing if none is open."""
    root = logging.getLogger()
    for handler in [handler for handler in root.handlers if isinstance(handler, _PrivateFile)]:
        root.removeHandler(handler)
        handler.close()


class _HidingFormatter(logging.Formatter):
    """Hides last of all, when arguments, traceback and stack are one text; a filter would see only parts.

    The time stands outside what is searched: it looks like a phone number.
    """

    def format(self, record: logging.LogRecord) -> str:
        text = hidden(super().format(record))
        return f"{self.formatTime(record)} {record.levelname} {record.name}: {text}"


class _PrivateFile(logging.FileHandler):
    """A log file for its owner's eyes, which never spills a line elsewhere.

    A full one becomes an old one. (logging.handlers does that too, and brings sockets, queues and pickling
    into every start.)
    """

    def emit(self, record: logging.LogRecord) -> None:
        try:
            if self.stream is not None and os.fstat(self.stream.fileno()).st_size > _MAX_BYTES:
                self._put_by()
        except OSError:  # the line goes into the file that is there
            self.handleError(record)
        super().emit(record)

    def _put_by(self) -> None:
        """Make the file the newest of the old ones; the oldest goes. `emit` opens another."""
        self.close()
        names = [self.baseFilename, *(f"{self.baseFilename}.{age}" for age in range(1, _OLD_FILES + 1))]
        for newer, older in reversed(tuple(pairwise(names))):
            with contextlib.suppress(FileNotFoundError):
                Path(newer).replace(older)

    def _open(self) -> TextIOWrapper:
        with contextlib.suppress(FileNotFoundError):
            Path(self.baseFilename).chmod(0o600)  # From a time, or by a hand, that was less careful.
        file = os.open(self.baseFilename, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        return TextIOWrapper(
            FileIO(file, "a"), encoding=self.encoding, errors=self.errors, write_through=True
        )

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's name
        # logging would print the line, unhidden, on stderr. A full disk loses lines; it must not spill them.
        del record
