"""Makes the bodies of an upload while its receipt is read, in a child process: what is sent is then ready.

Knows when a plan fits a draft no more; how contacts become batches is upload/planning's. An upload needs none
of it: whoever is not planned when it begins is planned as it goes.
"""

from __future__ import annotations

from hashlib import blake2b
from pathlib import Path

from app import __version__
from app.child.parent import run_in_child
from app.flow.draft import ImportDraft
from app.ledger.ledger import Ledger
from app.progress import Stop, Tell, tell_nobody
from app.providers.known import provider_named
from app.providers.options import Options
from app.upload.planning import plan_all

_PLANNED_FOR = "planned_for"  # the name of the fact in the ledger


def plan_upload(draft: ImportDraft, tell: Tell = tell_nobody, stop: Stop | None = None) -> None:
    """Plan the first step of the draft's upload, as far as nothing was sent. Raises LedgerProblem, Stopped.

    Corrections may be made meanwhile, and an upload may begin.
    """
    if draft.file is None or draft.checked is None:
        raise LookupError("nothing is checked yet")
    if not draft.option_faults:
        order = (draft.file.ledger, draft.provider_name, draft.options)
        run_in_child(_plan, *order, tell=tell, stop=stop or Stop())


def keep_or_forget_plan(ledger: Ledger, provider: str, options: Options) -> None:
    """Take back what was planned for anything else than this; what was sent stays. Raises LedgerProblem."""
    wanted = _fingerprint(provider, options)
    with ledger.together():
        if ledger.fact(_PLANNED_FOR) != wanted and ledger.batches.forget_plan():
            ledger.note(_PLANNED_FOR, wanted)


def _fingerprint(provider: str, options: Options) -> str:
    """Of everything a body is made from besides the contacts, whose changes the ledger sees itself."""
    parts = (__version__, provider, sorted(options.items()))
    return blake2b(repr(parts).encode(), digest_size=16).hexdigest()


# In the child process.


def _plan(path: Path, name: str, options: Options, tell: Tell, stop: Stop) -> None:
    provider = provider_named(name)
    if provider is None:
        raise LookupError(name)
    with Ledger.open(path) as ledger:
        keep_or_forget_plan(ledger, name, options)
        plan_all(ledger, 0, provider.steps(options)[0], tell, stop)
