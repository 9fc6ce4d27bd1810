"""Secrets that environment variables hold: found by name, and put away so that no child inherits them.

Knows names only; refuses to keep a secret anywhere else.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping, MutableMapping
from contextlib import contextmanager

from app import log

VARIABLE_PREFIX = "CONTACT_FERRY_SECRET_"


def environment_name(key: str) -> str:
    """The environment variable that may hold the secret `key`: CONTACT_FERRY_SECRET_API_KEY for "api-key"."""
    return VARIABLE_PREFIX + re.sub(r"[^A-Z0-9]", "_", key.upper())


def environment_secrets(keys: Iterable[str], environment: Mapping[str, str]) -> dict[str, str]:
    """Those of the secrets `keys` that environment variables hold; unset and empty ones are left out."""
    found = {key: environment[name] for key in keys if environment.get(name := environment_name(key))}
    for secret in found.values():
        log.hide(secret)
    return found


@contextmanager
def secrets_put_away(environ: MutableMapping[str, str] = os.environ) -> Iterator[Mapping[str, str]]:
    """Inside, the variables with secrets are in the given mapping only: processes started here lack them."""
    taken = {name: value for name, value in environ.items() if name.startswith(VARIABLE_PREFIX)}
    for name in taken:
        del environ[name]
    try:
        yield taken
    finally:
        environ.update(taken)
