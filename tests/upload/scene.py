"""A ledger with checked contacts and a practice account to send them to: what the upload tests start from."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from app.contacts.contact import CheckedContact, Status
from app.ledger.ledger import Ledger
from app.practice.rooms import PRACTICE_SECRETS
from app.practice.server import PracticeServer
from app.progress import Stop
from app.providers.contract import Pace, Provider
from app.providers.known import provider_named
from app.providers.options import Options, OptionValue
from app.table.shape import Row
from app.upload.sending import Addresses, Patience, Sender
from app.upload.upload import Upload, UploadEnd, UploadProgress

QUICK = Patience(connect=2.0, silence=0.4, whole=1.0)


def phone(row: int) -> str:
    """A number from the range the United Kingdom keeps for fiction."""
    return f"+447700900{row:03d}"


def ledger_with(path: Path, count: int, values: Callable[[int], dict[str, str]]) -> Ledger:
    """A new ledger with `count` rows (2, 3, ...) that are all to be sent."""
    ledger = Ledger.create(path)
    numbers = range(2, count + 2)
    list(ledger.rows.add(Row(number, tuple(values(number).values())) for number in numbers))
    contacts = (CheckedContact(number, Status.TO_SEND, values(number)) for number in numbers)
    list(ledger.contacts.replace_all(contacts))
    return ledger


def known(name: str) -> Provider:
    provider = provider_named(name)
    assert provider is not None
    return provider


def options_of(provider: Provider, **values: OptionValue) -> Options:
    return Options({**provider.default_options(), **values})


@contextmanager
def practice() -> Iterator[PracticeServer]:
    server = PracticeServer()
    server.start()
    try:
        yield server
    finally:
        server.close()


def sender_to(server: PracticeServer, provider: Provider, options: Options) -> Sender:
    address = f"{server.address}{provider.base_path(options)}"
    token = f"{server.address}/oauth2/token"
    sign_in = provider.sign_in(PRACTICE_SECRETS[provider.name], options)
    return Sender(Addresses(address, token, practice=True), sign_in, QUICK)


class Impatient:
    """A clock and a pause that never wait: pausing moves the clock."""

    def __init__(self, stop: Stop) -> None:
        self.time = 1_000_000.0
        self.waited = 0.0
        self._stop = stop

    def now(self) -> float:
        return self.time

    def pause(self, seconds: float) -> bool:
        self.time += seconds
        self.waited += seconds
        return self._stop.asked


def run(
    ledger: Ledger,
    server: PracticeServer,
    provider: Provider,
    options: Options,
    tell: Callable[[UploadProgress], None] = lambda _: None,
    stop: Stop | None = None,
    pace: Pace | None = None,
) -> UploadEnd:
    """One run of an upload that never waits; at the provider's own pace unless told another."""
    stop = stop or Stop()
    clock = Impatient(stop)
    with sender_to(server, provider, options) as sender:
        steps = provider.steps(options)
        upload = Upload(ledger, steps, pace or provider.pace, sender, tell, stop, clock.now, clock.pause)
        return upload.run()
