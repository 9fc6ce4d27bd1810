"""The providers this program knows, one line each: the only list of them.

Everything else asks here by name and gets a Provider.
"""

from __future__ import annotations

from app.providers.contract import Provider

PROVIDERS: tuple[Provider, ...] = ()


def provider_named(name: str) -> Provider | None:
    """The provider called `name` in recipes, or None."""
    return next((provider for provider in PROVIDERS if provider.name == name), None)
