"""Parts for a tour whose practice account can be given wrong keys or be out of reach, and that keep no keys.

Changes the way to the account; what is said when it leads nowhere is the pages'.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import NoReturn

from app.flow.parts import Parts
from app.flow.uploading import PracticeAccess
from app.language import tr
from app.problems import Problem
from app.settings.credentials import open_credentials

NOBODY = "http://127.0.0.1:9"
"""An address on this computer at which nobody answers: the port for what is thrown away (RFC 863)."""


class Doors:
    """`parts` with a practice account that does not know the keys while `wrong`, and does not answer
    inside `shut`."""

    def __init__(self, parts: Parts) -> None:
        self.wrong = self._shut = False
        self._door = parts.practice
        self.parts = replace(parts, practice=self._open)

    @contextmanager
    def shut(self) -> Iterator[None]:
        """Nobody answers inside."""
        self._shut = True
        try:
            yield
        finally:
            self._shut = False

    def _open(self, provider: str) -> PracticeAccess:
        right = self._door(provider)
        if self._shut:
            return replace(right, address=NOBODY)
        return replace(right, secrets=dict.fromkeys(right.secrets, "wrong")) if self.wrong else right


def without_keyring(parts: Parts) -> Parts:
    """The same on a computer that has nothing to keep keys in."""
    kept = open_credentials(store=_no_keyring)
    return replace(parts, credentials=lambda: kept)


def _no_keyring() -> NoReturn:
    raise Problem(tr("This computer has no safe password store."), "")
