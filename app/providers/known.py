"""The providers this program knows, by name and as Providers: the only list of them.

Everything else asks here by name and gets a Provider. They are made when first asked for: a window is shown
before it needs any of them.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.providers.contract import Provider

    PROVIDERS: tuple[Provider, ...]

NAMES = ("smsend", "emarsys", "sociocs", "octopush")
"""Their names in the order of PROVIDERS; the first is proposed to those who have not chosen yet."""


def provider_named(name: str) -> Provider | None:
    """The provider called `name` in recipes, or None."""
    return next((provider for provider in _made() if provider.name == name), None)


@cache
def _made() -> tuple[Provider, ...]:
    from app.providers.emarsys import Emarsys
    from app.providers.octopush import Octopush
    from app.providers.smsend import Smsend
    from app.providers.sociocs import Sociocs

    return (Smsend(), Emarsys(), Sociocs(), Octopush())


def __getattr__(name: str) -> object:
    """PROVIDERS, made the first time someone imports it."""
    if name == "PROVIDERS":
        return _made()
    raise AttributeError(name)
