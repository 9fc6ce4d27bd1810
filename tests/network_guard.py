"""Refuses every connection and name look-up beyond this machine, for the whole test process.

It listens to Python's own audit events, so nothing is patched and no library can go round it from Python.
"""

from __future__ import annotations

import ipaddress
import sys

LOCAL_NAMES = frozenset({"", "localhost", "ip6-localhost", "localhost.localdomain"})
NAME_EVENTS = frozenset({"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"})
ADDRESS_EVENTS = frozenset({"socket.connect", "socket.sendto", "socket.sendmsg", "socket.bind"})

refused: list[str] = []
contacted: set[str] = set()
"""host:port of every connection that was made, in this process."""


class BeyondThisMachineError(RuntimeError):
    """A test tried to reach something that is not loopback. No OSError: nobody may take it for a fault."""


def set_up() -> None:
    """Start refusing; there is no way back, and a second call adds nothing but time."""
    sys.addaudithook(_listen)


def is_local(host: object) -> bool:
    """Whether `host`, as given to a socket call, is this machine and nothing else."""
    if host is None:
        return True
    text = host.decode("ascii", "replace") if isinstance(host, bytes) else str(host)
    if text.lower() in LOCAL_NAMES:
        return True
    try:
        return ipaddress.ip_address(text.partition("%")[0]).is_loopback
    except ValueError:
        return False


def _listen(event: str, arguments: tuple[object, ...]) -> None:
    if not event.startswith("socket."):
        return
    if event in NAME_EVENTS and not is_local(arguments[0]):
        _refuse(event, arguments[0])
    if event in ADDRESS_EVENTS:
        address = arguments[1]
        # A path (or bytes) is a socket file on this machine; a pair starts with the host.
        if isinstance(address, tuple) and address and not is_local(address[0]):
            _refuse(event, address)
        if event == "socket.connect" and isinstance(address, tuple) and address:
            contacted.add(f"{address[0]}:{address[1]}")
        if event == "socket.bind" and isinstance(address, tuple) and address and address[0] == "":
            _refuse(event, "every interface")


def _refuse(event: str, where: object) -> None:
    refused.append(f"{event} {where}")
    raise BeyondThisMachineError(f"Tests stay on this machine, but {event} was called for {where}")
