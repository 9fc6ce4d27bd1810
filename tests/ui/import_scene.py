"""A list that was read and a practice account for it: what the tests of the later pages start from."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from pytestqt.qtbot import QtBot

from app.contacts.mapping import ColumnMapping
from app.flow.checking import check_contacts
from app.flow.draft import ImportDraft, new_draft
from app.flow.parts import Parts
from app.flow.reading import read_file
from app.flow.uploading import PracticeAccess
from app.practice.rooms import PRACTICE_SECRETS
from app.practice.server import PracticeServer
from app.settings.credentials import Credentials, SessionCredentials
from app.settings.folders import Folders
from app.table.reading import AS_FOUND
from app.ui.pages.check_contacts import CheckContactsPage
from app.ui.session import Session

MESSY = """E-mail;Phone;First name
Anna@Example.com;+49 1512 3450001;Anna
bob@example.com;;Bob
bob@example.com;;Bobby
nobody at example;;Nobody
;;
carla@example.com;+49 1512 3450002;Carla
"""
"""Read 6 = blank 1 + left out 1 + duplicates 1 + to send 3, whatever smsend makes of the phones."""

SENT = ("Anna@example.com", "bob@example.com", "carla@example.com")


@dataclass
class Scene:
    """`secrets` may be set to what the account does not accept; `server.fault` to what goes wrong."""

    session: Session
    server: PracticeServer
    secrets: Mapping[str, str]


def messy_draft(folder: Path, text: str = MESSY) -> ImportDraft:
    """The list, read, matched by hand to smsend's fields."""
    return _in(folder, *_read(text))


def checked_draft(folder: Path) -> ImportDraft:
    """The messy list, read and checked."""
    return _in(folder, *_checked())


@cache
def _read(text: str) -> tuple[ImportDraft, bytes]:
    """A draft and its ledger's bytes: reading takes a child process, which not every test should start."""
    with TemporaryDirectory() as name:
        path = Path(name) / "list.csv"
        path.write_text(text, encoding="utf-8")
        file = read_file(path, AS_FOUND, path.parent)
        mapping = ColumnMapping().with_field("email", 0).with_field("phoneNumber", 1).with_field("name", 2)
        return new_draft("smsend", "DE").with_file(file).with_mapping(mapping), file.ledger.read_bytes()


@cache
def _checked() -> tuple[ImportDraft, bytes]:
    with TemporaryDirectory() as name:
        draft = messy_draft(Path(name))
        draft = draft.with_checked(check_contacts(draft))
        if draft.file is None:
            raise LookupError("no file")
        return draft, draft.file.ledger.read_bytes()


def _in(folder: Path, draft: ImportDraft, ledger: bytes) -> ImportDraft:
    """The same draft over a ledger and a list of its own in `folder`."""
    if draft.file is None:
        raise LookupError("no file")
    path = folder / "own.ledger"
    half = folder / "own.half"
    half.write_bytes(ledger)
    half.replace(path)  # whole from the first moment: a start page may be looking for imports meanwhile
    shape = replace(draft.file.shape, path=folder / "list.csv")
    return replace(draft, file=replace(draft.file, shape=shape, ledger=path))


@contextmanager
def scene_with(draft: ImportDraft, folder: Path) -> Iterator[Scene]:
    """A session over `draft` with a fresh practice account."""
    with PracticeServer() as server:

        def door(_: str) -> PracticeAccess:
            return PracticeAccess(server.address, scene.secrets)

        session = Session(draft, parts_with(folder, door))
        scene = Scene(session, server, PRACTICE_SECRETS[draft.provider_name])
        yield scene


@contextmanager
def checked_page(scene: Scene, qtbot: QtBot) -> Iterator[CheckContactsPage]:
    """The page over the scene's draft, once its contacts are checked."""
    page = CheckContactsPage(scene.session)
    qtbot.addWidget(page)
    page.enter()
    qtbot.waitUntil(lambda: page.sum_line.isVisibleTo(page))
    yield page
    page.leave()


def parts_with(folder: Path, practice: Callable[[str], PracticeAccess]) -> Parts:
    def no_keyring() -> Credentials:
        return SessionCredentials()

    return Parts(Folders(folder, folder, folder), no_keyring, practice)
