"""Looks whether a kept line holds more than the answer that was read: then the next one would not be ours.

Theory. A proxy that says an answer twice, or more bytes than it announced, leaves them in the buffer of the
line. Whoever sends the next request on that line is given them for its answer, before the provider has even
seen the request: contacts would count as arrived that are nowhere. httpx closes a line on which something
came while it lay still, but not one whose buffer holds something already, and has no word for asking: its
public "network_stream" sees what the system still holds, not what was read along with the answer, and its
"trace" is told nothing of it. A line for each request would need no asking, and cost a handshake each time.
So this looks behind the doors of httpx and httpcore; and wherever it can't see as far as the buffer, because
another version keeps it elsewhere, it takes the line for spoilt. That is slower, and as safe. Opens and
closes nothing.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable

log = logging.getLogger("app.upload")

_LAYERS = 4  # a pool's connection, a tunnel, a connection to a host, the protocol spoken on it
_MISSING = object()


class _OutOfSight(Exception):
    """What is to be seen is not where it was."""


def said_more(transport: object) -> bool:
    """Whether any line of an httpx.HTTPTransport holds bytes of which no answer is made, line ends apart;
    True too where that can't be seen."""
    try:
        lines = _each(_seen(_seen(transport, "_pool"), "connections"))
        return any(_waiting(line).strip() for line in lines)
    except _OutOfSight as hidden:
        log.info("every request gets a line of its own: %s can't be seen", hidden)
        return True


def _waiting(connection: object) -> bytes:
    """What a line's buffer holds."""
    inner = connection
    for _ in range(_LAYERS):
        state = getattr(inner, "_h11_state", None)
        if state is not None:
            waiting = _seen(state, "trailing_data")
            if not (isinstance(waiting, tuple) and isinstance(waiting[0], bytes | bytearray)):
                raise _OutOfSight("trailing_data")
            return bytes(waiting[0])
        inner = _seen(inner, "_connection")
        if inner is None:
            return b""  # not connected
    raise _OutOfSight("_h11_state")


def _seen(thing: object, name: str) -> object:
    found: object = getattr(thing, name, _MISSING)
    if found is _MISSING:
        raise _OutOfSight(name)
    return found


def _each(things: object) -> Iterable[object]:
    if not isinstance(things, Iterable):
        raise _OutOfSight("connections")
    return things
