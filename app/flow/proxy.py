"""The password of the network's proxy: kept like an account's, found when an account is spoken to.

Passes it on and keeps none itself; refuses to look where there is no proxy.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from app.flow.access import Access
from app.settings.environment import environment_secrets
from app.upload.addresses import ProxyPass
from app.upload.proxies import proxy_for

if TYPE_CHECKING:
    from app.flow.parts import Parts
    from app.settings.credentials import Credentials

USERNAME, PASSWORD = "proxy_username", "proxy_password"


def with_proxy_pass(access: Access, parts: Parts) -> Access:
    """The access with what signs in to the network's proxy, where there is one and it is known.

    From environment variables, the system's own settings, or the keyring. Raises Problem.
    """
    proxy = None if access.addresses.practice else proxy_for(access.addresses.api)
    if proxy is None:
        return access
    found = _from(environment_secrets((USERNAME, PASSWORD), parts.environment)) or proxy.own
    if found is None:
        credentials = parts.credentials()
        kept = {key: credentials.read(_place(proxy.place), key) or "" for key in (USERNAME, PASSWORD)}
        found = _from(kept)
    return access if found is None else replace(access, addresses=replace(access.addresses, proxy=found))


def keep_proxy_pass(place: str, given: ProxyPass, credentials: Credentials) -> None:
    """Keep what signs in to the proxy at `place` (host:port). Raises Problem."""
    credentials.write(_place(place), USERNAME, given.username)
    credentials.write(_place(place), PASSWORD, given.password)


def _place(place: str) -> str:
    return f"proxy/{place}"


def _from(found: Mapping[str, str]) -> ProxyPass | None:
    name = found.get(USERNAME, "")
    return ProxyPass(name, found.get(PASSWORD, "")) if name else None
