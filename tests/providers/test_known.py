"""The list of providers."""

from __future__ import annotations

from app.providers.known import PROVIDERS, provider_named


def test_the_four_providers_are_known_by_name() -> None:
    assert [provider.name for provider in PROVIDERS] == ["smsend", "emarsys", "sociocs", "octopush"]
    assert all(provider_named(provider.name) is provider for provider in PROVIDERS)
    assert provider_named("nobody") is None
