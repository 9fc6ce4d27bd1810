"""Which proxy of the system's a host is reached through, and what signs in to it.

Reads the system's settings and its environment; opens no connection, and keeps no password.
"""

from __future__ import annotations

import re
import urllib.request
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from app.language import tr
from app.problems import NetworkProblem, ProxyProblem
from app.upload.addresses import ProxyPass, is_loopback

_HOST = re.compile(r"[\w.:-]+")


@dataclass(frozen=True, slots=True)
class SystemProxy:
    """`address` is scheme, host and port; `own` what the system's settings themselves say to sign in with."""

    address: str
    own: ProxyPass | None = None

    @property
    def place(self) -> str:
        """Host and port: what a password is kept for."""
        return self.address.split("://", 1)[-1]


def proxy_for(address: str) -> SystemProxy | None:
    """The proxy that the system names for an address, as a browser would take it; None for none.

    Raises NetworkProblem for one that can't be used.
    """
    parts = urlsplit(address)
    host = parts.hostname or ""
    if is_loopback(host) or urllib.request.proxy_bypass(host):
        return None
    named = urllib.request.getproxies()
    written = named.get(parts.scheme) or named.get("all")
    return _understood(written) if written else None


def refused_by_proxy(proxy: SystemProxy | None, signed_in: bool) -> ProxyProblem:
    """The proxy answers 407: it wants a name and a password, or others."""
    title = (
        tr("The proxy of this network does not accept its name and password.")
        if signed_in
        else tr("The proxy of this network asks for a name and a password.")
    )
    return ProxyProblem(
        title,
        tr("Sign in to the proxy, then try again. Whoever looks after your network knows its password."),
        proxy.place if proxy else "",
    )


def _understood(written: str) -> SystemProxy:
    # Often written without a scheme, and always meant as http.
    address = written if "://" in written else f"http://{written}"
    try:
        parts = urlsplit(address)
        port = f":{parts.port}" if parts.port else ""
        host = parts.hostname or ""
    except ValueError as fault:
        raise _unusable(written) from fault
    if parts.scheme not in ("http", "https") or not _HOST.fullmatch(host):
        raise _unusable(written)
    named = f"[{host}]" if ":" in host else host
    own = ProxyPass(unquote(parts.username), unquote(parts.password or "")) if parts.username else None
    return SystemProxy(f"{parts.scheme}://{named}{port}", own)


def _unusable(address: str) -> NetworkProblem:
    return NetworkProblem(
        tr("The proxy of this computer's settings can't be used."),
        tr("Ask whoever looks after your network for the address of an http proxy."),
        address.rsplit("@", 1)[-1],
    )
