"""A list that was read and a practice account for it: what the tests of the later pages start from."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from app.contacts.mapping import ColumnMapping
from app.flow.draft import ImportDraft, new_draft
from app.flow.parts import Parts
from app.flow.reading import read_file
from app.flow.uploading import PracticeAccess
from app.practice.rooms import PRACTICE_SECRETS
from app.practice.server import PracticeServer
from app.settings.credentials import Credentials, SessionCredentials
from app.settings.folders import Folders
from app.table.reading import AS_FOUND
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
    """`secrets` may be set to what the practice account does not accept; `server.fault` to what goes wrong."""

    session: Session
    server: PracticeServer
    secrets: Mapping[str, str]


def messy_draft(folder: Path, text: str = MESSY) -> ImportDraft:
    """The list, read, matched by hand to smsend's fields."""
    path = folder / "list.csv"
    path.write_text(text, encoding="utf-8")
    file = read_file(path, AS_FOUND, folder)
    mapping = ColumnMapping().with_field("email", 0).with_field("phoneNumber", 1).with_field("name", 2)
    return new_draft("smsend", "DE").with_file(file).with_mapping(mapping)


@contextmanager
def scene_with(draft: ImportDraft, folder: Path) -> Iterator[Scene]:
    """A session over `draft` with a fresh practice account."""
    with PracticeServer() as server:
        scene = Scene.__new__(Scene)

        def door(_: str) -> PracticeAccess:
            return PracticeAccess(server.address, scene.secrets)

        scene.session = Session(draft, parts_with(folder, door))
        scene.server, scene.secrets = server, PRACTICE_SECRETS[draft.provider_name]
        yield scene


def parts_with(folder: Path, practice: Callable[[str], PracticeAccess]) -> Parts:
    def no_keyring() -> Credentials:
        return SessionCredentials()

    return Parts(Folders(folder, folder, folder), no_keyring, practice)
