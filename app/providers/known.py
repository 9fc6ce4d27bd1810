"""The providers this program knows, one line each: the only list of them.

Everything else asks here by name and gets a Provider.
"""

from __future__ import annotations

from app.providers.contract import Provider
from app.providers.emarsys import Emarsys
from app.providers.octopush import Octopush
from app.providers.smsend import Smsend
from app.providers.sociocs import Sociocs

PROVIDERS: tuple[Provider, ...] = (
    Smsend(),
    Emarsys(),
    Sociocs(),
    Octopush(),
)


def provider_named(name: str) -> Provider | None:
    """The provider called `name` in recipes, or None."""
    return next((provider for provider in PROVIDERS if provider.name == name), None)
