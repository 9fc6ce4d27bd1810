"""A keyring that forgets: what tests store in it is gone after the test, and the user's is never touched.

It behaves as real backends do at the edges (no entry: None; deleting nothing: PasswordDeleteError).
"""

from __future__ import annotations

from typing import ClassVar

from keyring.backend import KeyringBackend
from keyring.errors import PasswordDeleteError


class MemoryKeyring(KeyringBackend):
    """Secrets by (service, user name), in memory, shared by all instances."""

    priority: ClassVar[float] = 1  # type: ignore[assignment, unused-ignore]
    kept: ClassVar[dict[tuple[str, str], str]] = {}

    def get_password(self, service: str, username: str) -> str | None:
        """The secret, or None."""
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        """Keep the secret until `forget_all`."""
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        """Forget one secret; PasswordDeleteError when there is none."""
        if self.kept.pop((service, username), None) is None:
            raise PasswordDeleteError("No such password")

    @classmethod
    def forget_all(cls) -> None:
        """Empty the keyring."""
        cls.kept.clear()
