"""The keys that prove whose account it is: which ones an account may have, and forgetting them.

Knows their names and where they are kept; refuses to read one.
"""

from __future__ import annotations

from itertools import product

from app.flow.parts import Parts
from app.providers.contract import Provider
from app.providers.known import provider_named
from app.providers.options import Options, Place
from app.settings.accounts import Account, remove_account


def keys_of(account: Account) -> frozenset[str]:
    """What the account needs as it signs in now: keys of secrets. None where its provider is not known."""
    provider = provider_named(account.provider)
    if provider is None:
        return frozenset()
    return _asked(provider, Options({**provider.default_options(), **account.sign_in}))


def forget_unused(account: Account, parts: Parts) -> None:
    """Erase what an account needed when it signed in in another way. Raises Problem."""
    provider = provider_named(account.provider)
    if provider is not None:
        _erase(account, _ever_asked(provider) - keys_of(account), parts)


def forget_account(account: Account, parts: Parts) -> None:
    """Erase the account's keys, whichever ways it signed in, and then the account. Raises Problem."""
    provider = provider_named(account.provider)
    if provider is not None:
        _erase(account, _ever_asked(provider), parts)
    remove_account(parts.folders, account.id)


def _ever_asked(provider: Provider) -> frozenset[str]:
    """The keys of all ways of signing in."""
    ways = [option for option in provider.options if option.place is Place.ACCOUNT and option.choices]
    keys: frozenset[str] = frozenset()
    for values in product(*([choice.value for choice in way.choices] for way in ways)):
        decided = dict(zip((way.key for way in ways), values, strict=True))
        keys |= _asked(provider, Options({**provider.default_options(), **decided}))
    return keys


def _asked(provider: Provider, options: Options) -> frozenset[str]:
    return frozenset(field.key for field in provider.secrets(options))


def _erase(account: Account, keys: frozenset[str], parts: Parts) -> None:
    if keys:
        credentials = parts.credentials()
        for key in sorted(keys):
            credentials.erase(account.id, key)
