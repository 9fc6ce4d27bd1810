"""The one door to the system's password store (keyring): reads, writes and erases an account's secrets.

Refuses to put a secret anywhere else: where there is no store worth the name, secrets last for this run only.

Any call may ask the user to unlock the store, or hang with the message bus behind it: so each is made on a
thread of its own, waited for within bounds, and none belongs on the window's thread. Every secret that passes
through here is made known to the log, which hides it.
"""

from __future__ import annotations

import queue
import secrets
import threading
from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from app import log
from app.language import tr
from app.problems import Problem

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

T = TypeVar("T")
Store = Callable[[], "KeyringBackend"]
"""Finds the password store; slow the first time."""

TIMEOUT = 30.0
"""Seconds a store has to answer, a user's typing included."""

MAX_LENGTH = 1200
"""UTF-16 units of one secret. Windows takes 2,560 bytes (CRED_MAX_CREDENTIAL_BLOB_SIZE) and says so badly."""

_REFUSED = ("keyring.backends.null", "keyring.backends.fail", "keyrings.alt")
_CHAINER = "keyring.backends.chainer"


class Credentials(ABC):
    """Keeps secrets by account id and secret key. `lasting` says whether beyond this run, `why` why not."""

    lasting: bool
    why: str = ""

    @abstractmethod
    def read(self, account_id: str, key: str) -> str | None:
        """The secret, or None if there is none. Raises Problem if the store does not answer."""

    @abstractmethod
    def write(self, account_id: str, key: str, secret: str) -> None:
        """Keep `secret`; an empty one erases. Raises Problem if the store does not take it."""

    @abstractmethod
    def erase(self, account_id: str, key: str) -> None:
        """Forget the secret; does nothing if there is none. Raises Problem if the store does not let go."""


class SessionCredentials(Credentials):
    """Keeps secrets in memory, for this run."""

    lasting = False

    def __init__(self, why: str = "") -> None:
        self.why = why
        self._kept: dict[tuple[str, str], str] = {}

    def read(self, account_id: str, key: str) -> str | None:
        return self._kept.get((account_id, key))

    def write(self, account_id: str, key: str, secret: str) -> None:
        log.hide(secret)
        if secret:
            self._kept[account_id, key] = secret
        else:
            self.erase(account_id, key)

    def erase(self, account_id: str, key: str) -> None:
        self._kept.pop((account_id, key), None)


class KeyringCredentials(Credentials):
    """Keeps secrets in the system's password store: service "contact-ferry/<account id>", user = secret key.

    A service of its own for each account: on Windows keyring renames the entries of services shared by many.
    """

    lasting = True

    def __init__(self, timeout: float = TIMEOUT, store: Store | None = None) -> None:
        self._timeout = timeout
        self._store = store or _system_store

    def read(self, account_id: str, key: str) -> str | None:
        secret = self._ask(lambda store: store.get_password(_service(account_id), key))
        if secret is not None:
            log.hide(secret)
        return secret

    def write(self, account_id: str, key: str, secret: str) -> None:
        if not secret:
            self.erase(account_id, key)
            return
        log.hide(secret)
        if len(secret.encode("utf-16-le", "surrogatepass")) // 2 > MAX_LENGTH:
            raise Problem(
                tr("This is too long for the system's password store."),
                tr("Check what you pasted: keys and passwords have {max} letters at most.", max=MAX_LENGTH),
            )
        self._ask(lambda store: store.set_password(_service(account_id), key, secret))

    def erase(self, account_id: str, key: str) -> None:
        def forget(store: KeyringBackend) -> None:
            # Deleting what is not there is a fault for some stores and none for others.
            if store.get_password(_service(account_id), key) is not None:
                store.delete_password(_service(account_id), key)

        self._ask(forget)

    def probe(self) -> None:
        """Write, read and erase once. Raises Problem if the store can't be relied on."""
        key, secret = f"probe-{secrets.token_hex(4)}", secrets.token_hex(8)

        def there_and_back(store: KeyringBackend) -> bool:
            store.set_password(_service("probe"), key, secret)
            came_back = store.get_password(_service("probe"), key) == secret
            store.delete_password(_service("probe"), key)
            return came_back

        if not self._ask(there_and_back):
            raise _no_store("the probe did not come back")

    def _ask(self, call: Callable[[KeyringBackend], T]) -> T:
        return _within(self._timeout, lambda: call(_trusted(self._store())))


def open_credentials(timeout: float = TIMEOUT, store: Store | None = None) -> Credentials:
    """The system's password store if it works, else credentials for this run, whose `why` says so.

    May take `timeout` seconds and ask the user to unlock the store. `store` is for tests.
    """
    kept = KeyringCredentials(timeout, store)
    try:
        kept.probe()
    except Problem as problem:
        return SessionCredentials(
            tr("Keys and passwords are kept until you close the program. {reason}", reason=problem.title)
        )
    return kept


def _service(account_id: str) -> str:
    return f"contact-ferry/{account_id}"


def _system_store() -> KeyringBackend:
    import keyring  # slow to import: never on the start path

    return keyring.get_keyring()


def _trusted(store: KeyringBackend) -> KeyringBackend:
    """`store`, or of a chain of stores the first that is worth the name. Raises Problem if there is none."""
    links = getattr(store, "backends", ()) if type(store).__module__ == _CHAINER else (store,)
    for link in links:
        # By ancestors too: a plain-text store with another name is a plain-text store.
        modules = [ancestor.__module__ for ancestor in type(link).__mro__]
        if not any(f"{module}.".startswith(f"{refused}.") for module in modules for refused in _REFUSED):
            return link
    raise _no_store(f"{type(store).__module__}.{type(store).__qualname__}")


def _within(seconds: float, call: Callable[[], T]) -> T:
    """What `call` returns, made on a thread of its own; Problem for all it raises, and if it takes longer."""
    answers: queue.SimpleQueue[tuple[T] | Exception] = queue.SimpleQueue()

    def make() -> None:
        try:
            answers.put((call(),))
        except Exception as error:  # noqa: BLE001 - a door: each store raises what its system raises
            answers.put(error)

    # A daemon: a call that hangs for good must not keep the program from closing.
    threading.Thread(target=make, name="keyring", daemon=True).start()
    try:
        answer = answers.get(timeout=seconds)
    except queue.Empty:
        raise Problem(
            tr("The system's password store does not answer."),
            tr("Look for a window that asks for your password, answer it, and try again."),
            f"{seconds:g} s",
        ) from None
    if isinstance(answer, Exception):
        raise _problem_of(answer) from answer
    return answer[0]


def _problem_of(error: Exception) -> Problem:
    from keyring.errors import InitError, KeyringLocked, NoKeyringError

    if isinstance(error, Problem):
        return error
    details = log.hidden(f"{type(error).__name__}: {error}")
    if isinstance(error, NoKeyringError):
        return _no_store(details)
    if "dismissed" in str(error).lower():
        return Problem(
            tr("The system's password store was not opened."),
            tr("Try again and confirm when the system asks for your password."),
            details,
        )
    if isinstance(error, InitError | KeyringLocked):
        return Problem(
            tr("The system's password store is locked."),
            tr("Unlock it with your system's password program, then try again."),
            details,
        )
    return Problem(
        tr("The system's password store refused."),
        tr("Try again. If it goes on refusing, look at it with your system's password program."),
        details,
    )


def _no_store(details: str) -> Problem:
    return Problem(
        tr("This computer has no safe password store."),
        tr(
            "On Linux install GNOME Keyring, KWallet or KeePassXC; Windows and macOS bring one along. "
            "Until then you type keys and passwords each time."
        ),
        details,
    )
