"""The user's accounts at providers: what they are called, where they live and how they sign in.

Refuses to hold secrets: those are kept by `credentials`, under the account's id.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from urllib.parse import urlsplit

from app.language import tr
from app.problems import AccountProblem, Problem
from app.settings import stored
from app.settings.folders import Folders
from app.settings.stored import Broken, text_at

FILE_NAME = "accounts.json"
_ID = re.compile(r"[0-9a-f]{16}")


@dataclass(frozen=True, slots=True)
class Account:
    """One account. `id` never changes (`new_account_id`); `name` is the user's word for it.

    `server` and `token_server` are addresses, or empty for the provider's own. `sign_in` holds the options
    that say how it signs in (option key -> value), none of them secret.
    """

    id: str
    provider: str
    name: str
    server: str = ""
    token_server: str = ""
    sign_in: Mapping[str, str] = field(default_factory=dict, hash=False)


def new_account_id() -> str:
    """An id no other account has: 16 hexadecimal digits."""
    return secrets.token_hex(8)


def list_accounts(folders: Folders) -> tuple[tuple[Account, ...], Problem | None]:
    """The accounts, oldest first; with a Problem to show if the file was of no use."""
    return stored.load(folders.settings / FILE_NAME, _understand, ())


def account_named(folders: Folders, provider: str, name: str) -> Account | None:
    """The account of `provider` that the user calls `name` (or whose id it is), or None.

    Raises the Problem if the accounts can't be read.
    """
    of_provider = [account for account in _sound(folders) if account.provider == provider]
    return next((account for account in of_provider if name and name in (account.name, account.id)), None)


def account_names(folders: Folders) -> Mapping[str, str]:
    """Id -> name of every account; a file of no use is left for `list_accounts` to tell of."""
    nobody: tuple[Account, ...] = ()
    return {one.id: one.name for one in stored.peek(folders.settings / FILE_NAME, _understand, nobody)}


def add_account(folders: Folders, account: Account) -> None:
    """Add `account` as the newest. Raises AccountProblem for a taken name or an address with a password."""
    with stored.alone(folders.settings / FILE_NAME):
        _save(folders, (*_sound(folders), account))


def replace_account(folders: Folders, account: Account) -> None:
    """Put `account` in the place of the one with its id. KeyError if there is none; else as `add_account`."""
    with stored.alone(folders.settings / FILE_NAME):
        accounts = _sound(folders)
        if account.id not in {one.id for one in accounts}:
            raise KeyError(account.id)
        _save(folders, (account if one.id == account.id else one for one in accounts))


def remove_account(folders: Folders, account_id: str) -> None:
    """Forget the account; does nothing if there is none. Its secrets are for the caller to erase, before."""
    with stored.alone(folders.settings / FILE_NAME):
        _save(folders, (one for one in _sound(folders) if one.id != account_id))


def _sound(folders: Folders) -> tuple[Account, ...]:
    accounts, problem = list_accounts(folders)
    if problem is not None:
        # Going on would write a file with one account in the place of one we could not read.
        raise problem
    return accounts


def _save(folders: Folders, accounts: Iterable[Account]) -> None:
    kept = tuple(accounts)
    _check(kept)
    stored.save(folders.settings / FILE_NAME, {"accounts": [asdict(account) for account in kept]})


def _check(accounts: tuple[Account, ...]) -> None:
    names = [(account.provider, account.name.casefold()) for account in accounts]
    ids = [account.id for account in accounts]
    if len(set(ids)) < len(ids) or not all(_ID.fullmatch(one) for one in ids):
        raise ValueError("account ids come from new_account_id, and are used once")
    if len(set(names)) < len(names):
        raise AccountProblem(
            tr("Another account already has this name."), tr("Give the account a name of its own.")
        )
    for account in accounts:
        if any(_holds_secrets(address) for address in (account.server, account.token_server)):
            raise AccountProblem(
                tr("The account's address holds a name or password."),
                tr("Remove everything between // and @ and everything after a question mark."),
            )


def _holds_secrets(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return "@" in address or "?" in address
    return "@" in parts.netloc or bool(parts.query) or bool(parts.fragment)


def _understand(content: Mapping[str, object]) -> tuple[Account, ...]:
    accounts = content.get("accounts")
    if not isinstance(accounts, list):
        raise Broken("accounts: a list expected")
    understood = tuple(_account(one) for one in accounts)
    if len({account.id for account in understood}) < len(understood):
        raise Broken("accounts: the same id twice")
    return understood


def _account(content: object) -> Account:
    if not isinstance(content, dict):
        raise Broken("account: an object expected")
    sign_in = content.get("sign_in", {})
    if not isinstance(sign_in, dict) or not all(isinstance(value, str) for value in sign_in.values()):
        raise Broken("sign_in: texts expected")
    account_id = text_at(content, "id")
    if not _ID.fullmatch(account_id):
        raise Broken("id: 16 hexadecimal digits expected")
    return Account(
        id=account_id,
        provider=text_at(content, "provider"),
        name=text_at(content, "name"),
        server=text_at(content, "server", ""),
        token_server=text_at(content, "token_server", ""),
        sign_in=sign_in,
    )
