"""Tries, in the installed program, what most often breaks only there, and prints one JSON line for each part.

For packagers and supporters (`contact-ferry self-test`): says whether a part works here, and refuses to know
how it was packaged. Leaves nothing behind: no ledger, no secret, no child.
"""

from __future__ import annotations

import json
import socket
import sys
import time
import traceback
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from app import language
from app.child.parent import run_in_child
from app.contacts.headers import known_headers
from app.contacts.phones import PhoneReader
from app.flow.parts import Parts
from app.flow.reading import read_file
from app.ledger.ledger import Ledger, erase
from app.problems import Problem
from app.progress import Stop, Tell
from app.providers.known import PROVIDERS, provider_named
from app.providers.wire import Request
from app.settings.environment import environment_name
from app.table.shape import ReadingChoice
from app.upload.sending import Addresses, NotSent, Sender

ALL_WELL, SOMETHING_WRONG = 0, 1
PROBE = "self-test"
# One number of each of some regions, from ranges kept for fiction where the region has them.
NUMBERS = {"US": "202 555 0123", "IT": "333 123 4567", "DE": "0151 23456789", "NZ": "021 123 4567"}

Part = Callable[[], str]
"""Tries one thing; says in a few words what it found, or raises."""


class DoesNotWork(Exception):
    """A part answered, but not as it should."""


def run_self_test(
    asked: Sequence[str], files: Sequence[Path], samples: Path, parts: Parts, shell: Mapping[str, Part]
) -> int:
    """Try the parts named in `asked` (all, if none), and print {"part", "ok", "seconds", "found"} for each.

    `files` are opened beside the samples; `shell` has what tries the window, as this module knows no Qt.
    """
    known: Mapping[str, Part] = {
        "resources": _resources,
        "languages": _languages,
        "phones": _phones,
        "child": _child,
        "keyring": lambda: _keyring(parts),
        "tls": _tls,
        "imports": lambda: _imports(parts),
        **shell,
        **{f"file {path.name}": _opening(path, parts) for path in (*sorted(samples.iterdir()), *files)},
    }
    unknown = [name for name in asked if name not in known]
    if unknown:
        print(f"no such part: {', '.join(unknown)}; there are: {', '.join(known)}", file=sys.stderr)
        return SOMETHING_WRONG
    chosen = [name for name in known if not asked or name in asked]
    failed = [name for name in chosen if not _try(name, known[name])]
    return SOMETHING_WRONG if failed else ALL_WELL


def _try(name: str, part: Part) -> bool:
    started = time.monotonic()
    try:
        ok, found = True, part()
    except Problem as problem:
        ok, found = False, f"{problem} ({problem.details})"
    except DoesNotWork as fault:
        ok, found = False, str(fault)
    except Exception:  # noqa: BLE001 - a door: whatever breaks here is what this test is for
        ok, found = False, traceback.format_exc()
    seconds = round(time.monotonic() - started, 3)
    print(json.dumps({"part": name, "ok": ok, "seconds": seconds, "found": found}), flush=True)
    return ok


def _resources() -> str:
    known_headers()
    fields = {
        provider.name: len(provider.schema(provider.default_options()).fields) for provider in PROVIDERS
    }
    return f"headers; fields: {fields}"


def _languages() -> str:
    return " ".join(language.shipped())


def _phones() -> str:
    """The numbers' metadata lies in one module for each region, loaded by name when first needed."""
    read = {region: PhoneReader(region).read(number).number for region, number in NUMBERS.items()}
    if not all(read.values()):
        raise DoesNotWork(str(read))
    return str(read)


def _child() -> str:
    if run_in_child(_doubled, 21) != 42:
        raise DoesNotWork("the child answered wrongly")
    return "answered"


def _doubled(number: int, tell: Tell, stop: Stop) -> int:  # noqa: ARG001 - as all work in a child is called
    return 2 * number


def _keyring(parts: Parts) -> str:
    """Write, read and erase a secret in the system's password store."""
    credentials = parts.credentials()
    if not credentials.lasting:
        raise DoesNotWork(credentials.why)
    secret = f"äöü {time.time_ns()}"
    credentials.write(PROBE, "secret", secret)
    came_back = credentials.read(PROBE, "secret")
    credentials.erase(PROBE, "secret")
    if came_back != secret or credentials.read(PROBE, "secret") is not None:
        raise DoesNotWork("the password store did not keep, or did not forget")
    return "written, read, erased"


def _tls() -> str:
    """Ready a secure connection with the system's certificates; it goes to a closed door of this machine."""
    provider = next(one for one in PROVIDERS if provider_named(one.name))
    options = provider.default_options()
    secrets = {field.key: environment_name(field.key) for field in provider.secrets(options)}
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))  # bound and not listening: whoever knocks is refused
        address = f"https://127.0.0.1:{closed.getsockname()[1]}"
        with Sender(Addresses(address, address), provider.sign_in(secrets, options)) as sender:
            try:
                sender.send(Request("GET", ""))
            except NotSent as refused:
                return str(refused)
    raise DoesNotWork("a closed door answered")


def _imports(parts: Parts) -> str:
    """Open every import that has not ended: an update of the program must still understand them."""
    found = []
    for path in sorted(parts.folders.imports.glob("*.ledger")):
        with Ledger.open(path) as ledger:
            found.append(f"{ledger.fact('file')}, {ledger.rows.count()} rows")
    return "; ".join(found) or "none unfinished"


def _opening(path: Path, parts: Parts) -> Part:
    def read() -> str:
        found = read_file(path, ReadingChoice(), parts.folders.imports)
        erase(found.ledger)
        return f"{found.read} rows, {len(found.headers)} columns"

    return read
