"""Looks whether a kept line holds more than the answer that was read: then the next one would not be ours.

Theory. A proxy that says an answer twice, or more bytes than it announced, leaves them in the buffer of the
line. Whoever sends the next request on that line is given them for its answer, before the provider has even
seen the request: contacts would count as arrived that are nowhere. httpx closes a line on which something
came while it lay still, but not one whose buffer holds something already, and has no word for asking; so this
looks behind its doors, and where it can't see, it takes the line for spoilt. Opens and closes nothing.
"""

from __future__ import annotations

_LAYERS = 4  # a pool's connection, a tunnel, a connection to a host, the protocol spoken on it


def said_more(client: object) -> bool:
    """Whether any line of an httpx.Client holds bytes of which no answer is made, line ends apart."""
    mounted = getattr(client, "_mounts", {}).values()  # for a proxy
    transports = [getattr(client, "_transport", None), *mounted]
    pools = [pool for pool in (getattr(one, "_pool", None) for one in transports) if pool is not None]
    return any(_holds_more(line) for pool in pools for line in getattr(pool, "connections", ()))


def _holds_more(connection: object) -> bool:
    inner = connection
    for _ in range(_LAYERS):
        state = getattr(inner, "_h11_state", None)
        if state is not None:
            waiting = getattr(state, "trailing_data", None)
            return not isinstance(waiting, tuple) or bool(bytes(waiting[0]).strip())
        if not hasattr(inner, "_connection"):
            return True
        inner = inner._connection
        if inner is None:
            return False  # not connected
    return True
