"""upload: opens the way to the draft's account, tries it, and sends what was checked.

Builds the sender, which is the only thing here that a secret passes through. Knows no provider by name.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.flow.draft import ImportDraft
from app.language import tr
from app.ledger.ledger import Ledger
from app.problems import AccountProblem, NetworkProblem, Problem
from app.progress import Stop
from app.providers.contract import Provider
from app.providers.options import Options
from app.providers.sign_in import Secrets
from app.upload.sending import Addresses, NoAnswer, NotSent, Sender
from app.upload.upload import TellUpload, Upload, UploadEnd


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
    token = f"{practice.address}/{_token_path(draft)}" if _token_path(draft) else ""
    api = api_address(draft.provider, draft.options, practice.address)
    return Access(Addresses(api, token, practice=True), practice.secrets)


def account_access(draft: ImportDraft, secrets: Secrets) -> Access:
    """The way to a real account."""
    provider, options = draft.provider, draft.options
    api = api_address(provider, options, draft.destination.server)
    token = draft.destination.token_server or provider.token_address(options)
    return Access(Addresses(api, token), secrets)


def api_address(provider: Provider, options: Options, server: str) -> str:
    """The base address of the API: the typed server or the provider's first, with the documented path.

    The path is added unless the address ends with it, so that both "https://host" and the full address work.
    """
    base = provider.base_path(options).strip("/")
    address = (server or provider.servers[0].address).rstrip("/")
    if not base or address.endswith(f"/{base}"):
        return f"{address}/"
    return f"{address}/{base}/"


def try_account(draft: ImportDraft, access: Access, stop: Stop | None = None) -> None:
    """Make one harmless call. Returns if the account works; raises the Problem that says why it doesn't."""
    _require_secrets(draft, access)
    sign_in = draft.provider.sign_in(access.secrets, draft.options)
    with Sender(access.addresses, sign_in) as sender:
        try:
            response = sender.send(draft.provider.trial(draft.options), stop)
        except (NotSent, NoAnswer) as fault:
            raise NetworkProblem(
                tr("The provider can't be reached."),
                tr("Check your internet connection and the address of the account, then try again."),
                str(fault),
            ) from fault
    problem = draft.provider.problem_in(response, draft.options)
    if problem is not None:
        raise problem


def upload(draft: ImportDraft, access: Access, tell: TellUpload, stop: Stop) -> UploadEnd:
    """Send every checked contact that is not sent yet; call again to continue.

    Raises LedgerProblem, and AccountProblem before anything was sent; every other Problem is in the end's.
    """
    if draft.file is None or draft.checked is None:
        raise LookupError("nothing is checked yet")
    _require_secrets(draft, access)
    _require_options(draft)
    provider, options = draft.provider, draft.options
    sign_in = provider.sign_in(access.secrets, options)
    with Ledger.open(draft.file.ledger) as ledger, Sender(access.addresses, sign_in) as sender:
        return Upload(ledger, provider.steps(options), provider.pace, sender, tell, stop).run()


def _require_secrets(draft: ImportDraft, access: Access) -> None:
    missing = [one for one in draft.provider.secrets(draft.options) if not access.secrets.get(one.key)]
    if missing:
        raise AccountProblem(
            tr("The account is not complete."),
            tr("Fill in: {fields}.", fields=", ".join(tr(one.label) for one in missing)),
            ", ".join(one.key for one in missing),
        )


def _require_options(draft: ImportDraft) -> None:
    faults = draft.option_faults
    if faults:
        raise Problem(
            tr("One of the options can't stay as it is."),
            " ".join(tr(fault.why).format(limit=fault.limit) for fault in faults),
            ", ".join(fault.option for fault in faults),
        )


def _token_path(draft: ImportDraft) -> str:
    """The documented path at which tokens are issued, for a practice room that does it itself."""
    address = draft.provider.token_address(draft.options)
    return address.split("://", 1)[-1].partition("/")[2]
