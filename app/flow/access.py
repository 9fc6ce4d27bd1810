"""The way to an account: its addresses and what signs in to it, for practice and in earnest.

Puts together what was decided and what the provider declares; sends nothing, and knows no provider by name.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from app.flow.draft import Destination, ImportDraft
from app.language import tr
from app.problems import AccountProblem
from app.providers.contract import Provider
from app.providers.options import Options
from app.providers.sign_in import Secrets
from app.settings.accounts import list_accounts
from app.settings.folders import Folders
from app.upload.sending import Addresses, is_loopback


@dataclass(frozen=True, slots=True)
class PracticeAccess:
    """Where the practice rooms are, and what signs in to the chosen provider's."""

    address: str
    secrets: Secrets


@dataclass(frozen=True, slots=True)
class Access:
    """Everything it takes to speak to an account."""

    addresses: Addresses
    secrets: Secrets


def practice_access(draft: ImportDraft, practice: PracticeAccess) -> Access:
    """The way to the practice room of the draft's provider."""
    token = token_address(draft.provider, draft.options, practice.address)
    api = api_address(draft.provider, draft.options, practice.address)
    return Access(Addresses(api, token, practice=True), practice.secrets)


def account_access(draft: ImportDraft, secrets: Secrets) -> Access:
    """The way to a real account."""
    provider, options = draft.provider, draft.options
    api = api_address(provider, options, draft.destination.server)
    token = token_address(provider, options, draft.destination.token_server)
    return Access(Addresses(api, token), secrets)


def require_own_address(destination: Destination, folders: Folders) -> None:
    """Raise AccountProblem unless a stored account is spoken to where it is stored to be.

    What is noted in an import's ledger may come from anywhere; an account's keys go to the account's server.
    """
    if destination.practice or not destination.account:
        return
    accounts, problem = list_accounts(folders)
    if problem is not None:
        raise problem
    own = next((one for one in accounts if one.id == destination.account), None)
    if own is None or (own.server, own.token_server) != (destination.server, destination.token_server):
        raise AccountProblem(
            tr("This import was begun at another address than its account has now."),
            tr("Choose your file again to start afresh, so that the account's keys go where they belong."),
            destination.server.split("?")[0].rsplit("@", 1)[-1],
        )


def require_known_address(draft: ImportDraft, folders: Folders, named: tuple[str, str]) -> None:
    """Raise AccountProblem unless an import is continued at an address that is known not to be a stranger's:
    `named` by its user (API, tokens), its stored account's, the provider's own, or on this computer."""
    destination = draft.destination
    noted = (destination.server, destination.token_server)
    if destination.practice or (any(named) and named == noted):
        return
    if destination.account:
        require_own_address(destination, folders)
        return
    own = {server.address for server in draft.provider.servers} | {""}
    strange = [one for one in noted if one not in own and not is_loopback(urlsplit(one).hostname or "")]
    if strange:
        again = " ".join(
            f"{option} {address}"
            for option, address in zip(("--server", "--token-server"), noted, strict=True)
            if address
        )
        raise AccountProblem(
            tr("This import was begun at an address that no stored account has."),
            tr("If your keys belong there, name it again: {options}", options=again),
        )


def api_address(provider: Provider, options: Options, server: str) -> str:
    """The base address of the API: the typed server or the provider's first, with the documented path.

    The path is added unless the address ends with it, so that both "https://host" and the full address work.
    """
    base = provider.base_path(options).strip("/")
    address = (server or provider.servers[0].address).rstrip("/")
    if not base or address.endswith(f"/{base}"):
        return f"{address}/"
    return f"{address}/{base}/"


def token_address(provider: Provider, options: Options, server: str) -> str:
    """Where access tokens are issued: the typed server, or the provider's own; empty where there are none.

    A typed address without a path gets the documented one.
    """
    own = provider.token_address(options)
    if not own or not server:
        return own
    parts = urlsplit(server)
    return f"{server.rstrip('/')}{urlsplit(own).path}" if parts.path in ("", "/") else server


def require_secrets(draft: ImportDraft, access: Access) -> None:
    """Raise AccountProblem that names what is missing to sign in."""
    missing = [one for one in draft.provider.secrets(draft.options) if not access.secrets.get(one.key)]
    if missing:
        raise AccountProblem(
            tr("The account is not complete."),
            tr("Fill in: {fields}.", fields=", ".join(tr(one.label) for one in missing)),
            ", ".join(one.key for one in missing),
        )
