"""Where an account is, and which addresses may be spoken to at all.

Refuses plain http beyond this machine, anything beyond this machine in practice, and addresses with secrets
in them. Opens no connection.
"""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from app.language import tr
from app.problems import NetworkProblem
from app.providers.wire import Door


@dataclass(frozen=True, slots=True)
class ProxyPass:
    """Name and password for a proxy."""

    username: str
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where an account is: its API's base address and, where there is one, its token address; `proxy` is
    what signs in to the network's proxy on the way, where it is known."""

    api: str
    token: str = ""
    practice: bool = False
    proxy: ProxyPass | None = None

    def of(self, door: Door) -> str:
        return self.token if door is Door.TOKEN else self.api


def check_address(address: str, practice: bool) -> None:
    """Raise NetworkProblem unless `address` may be spoken to: https, or http on loopback; in practice
    loopback only."""
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError as fault:
        raise bad_address(address) from fault
    if parts.scheme not in ("http", "https") or not host or parts.username or parts.query:
        raise bad_address(address)
    if practice and not is_loopback(host):
        raise NetworkProblem(
            tr("Practice does not leave this computer."),
            tr("Choose a real account to send to {host}.", host=host),
        )
    if parts.scheme == "http" and not is_loopback(host):
        raise NetworkProblem(
            tr("The address {host} is not secure.", host=host),
            tr("Use an address that begins with https://, so that nobody can read your contacts on the way."),
        )


def is_loopback(host: str) -> bool:
    """Whether a host name or address is this machine itself."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def joined(address: str, path: str) -> str:
    """The address with a path behind it."""
    if not path:
        return address
    return f"{address.rstrip('/')}/{path.lstrip('/')}"


def bad_address(address: str) -> NetworkProblem:
    """The problem of an address that can't be used."""
    return NetworkProblem(
        tr("The server address can't be used."),
        tr("Check the address of the account: it looks like https://api.example.com/ and holds no password."),
        address.split("?")[0].rsplit("@", 1)[-1],
    )
