"""upload: sends what was checked to the draft's account.

Builds the sender, which is the only thing here that a secret passes through. Knows no provider by name.
"""

from __future__ import annotations

from app.flow.access import (
    Access,
    PracticeAccess,
    account_access,
    api_address,
    practice_access,
    require_secrets,
)
from app.flow.account import try_account
from app.flow.draft import ImportDraft
from app.language import tr
from app.ledger.ledger import Ledger
from app.problems import Problem
from app.progress import Stop
from app.upload.sending import Sender
from app.upload.upload import TellUpload, Upload, UploadEnd


def upload(draft: ImportDraft, access: Access, tell: TellUpload, stop: Stop) -> UploadEnd:
    """Send every checked contact that is not sent yet; call again to continue.

    Raises LedgerProblem, and AccountProblem before anything was sent; every other Problem is in the end's.
    """
    if draft.file is None or draft.checked is None:
        raise LookupError("nothing is checked yet")
    require_secrets(draft, access)
    _require_options(draft)
    provider, options = draft.provider, draft.options
    sign_in = provider.sign_in(access.secrets, options)
    with Ledger.open(draft.file.ledger) as ledger, Sender(access.addresses, sign_in) as sender:
        return Upload(ledger, provider.steps(options), provider.pace, sender, tell, stop).run()


def _require_options(draft: ImportDraft) -> None:
    faults = draft.option_faults
    if faults:
        raise Problem(
            tr("One of the options can't stay as it is."),
            " ".join(tr(fault.why).format(limit=fault.limit) for fault in faults),
            ", ".join(fault.option for fault in faults),
        )


__all__ = [
    "Access",
    "PracticeAccess",
    "account_access",
    "api_address",
    "practice_access",
    "try_account",
    "upload",
]
