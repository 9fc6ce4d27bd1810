"""Finds the imports in the user's folder that can be gone on with: stopped uploads, and lists half prepared.

Reads what each ledger notes of itself; changes nothing, and refuses to know how one is gone on with.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from app.flow.draft import ImportDraft
from app.flow.import_notes import began_at, first_few_of, has_begun, is_finished, page_of, prepared_at
from app.flow.noted_draft import BROKEN, is_written, read_draft
from app.language import tr
from app.ledger.connection import LedgerProblem
from app.ledger.ledger import Ledger
from app.ledger.lock import is_free
from app.ledger.outcomes import OutcomeTotals
from app.ledger.presence import is_abandoned
from app.providers.known import provider_named
from app.settings.accounts import account_names
from app.settings.folders import Folders

LEDGERS = "*.ledger"


@dataclass(frozen=True, slots=True)
class UnfinishedImport:
    """An import that did not come to its end. `began` is when its upload began, in seconds since 1970;
    `account` the id of a stored account, empty in practice; `account_name` what the user calls it, where that
    was looked up.

    One of which nothing was sent has a `page`: the one it was left at; `began` is then when it was changed
    last, `corrected` how many rows were corrected by hand, `aside` how many were left out.
    """

    ledger: Path
    file_name: str
    provider: str
    practice: bool
    account: str
    began: float
    totals: OutcomeTotals
    first_few: int | None = None  # contacts that were to go alone, and did not all go yet
    page: str = ""
    corrected: int = 0
    aside: int = 0
    account_name: str = ""

    @property
    def id(self) -> str:
        """The word for it on the command line."""
        return self.ledger.stem[:8]

    @property
    def destination(self) -> str:
        """Where it goes, to be shown: the provider, and the account's name, where that was looked up."""
        provider = provider_named(self.provider)
        title = provider.title if provider else self.provider
        if self.practice:
            return tr("{provider}, practice", provider=title)
        if self.account_name:
            return tr("{provider}, account “{account}”", provider=title, account=self.account_name)
        return title


def unfinished_imports(folder: Path) -> tuple[UnfinishedImport, ...]:
    """The uploads in `folder` that can be continued, the latest first; those nobody works on just now.

    What is damaged, or of a newer version, is left out. Reads each ledger: not for the window's own thread.
    """
    return _latest_first(one for one in map(_found, folder.glob(LEDGERS)) if one and not one.page)


def offered_imports(folders: Folders) -> tuple[UnfinishedImport, ...]:
    """What a window offers to go on with: uploads, and lists that were being prepared when their program
    ended without closing them; with the names of their accounts. As unfinished_imports otherwise."""
    found = [one for one in map(_found, folders.imports.glob(LEDGERS)) if one]
    return with_account_names(_latest_first(found), folders)


def with_account_names(found: Sequence[UnfinishedImport], folders: Folders) -> tuple[UnfinishedImport, ...]:
    """The same, each with what the user calls its account; reads the accounts' file if one goes to any."""
    names = account_names(folders) if any(one.account for one in found) else {}
    return tuple(replace(one, account_name=names.get(one.account, "")) for one in found)


def _found(path: Path) -> UnfinishedImport | None:
    """The import, if nobody works on it and it can be gone on with."""
    try:
        if not is_free(path):
            return None
        with Ledger.open(path) as ledger:
            if is_finished(ledger) or not is_written(ledger):
                return None
            if has_begun(ledger):
                return upload_in(ledger)
            return preparation_in(ledger) if is_abandoned(path) else None
    except (LedgerProblem, OSError, *BROKEN):
        return None  # one damaged file must not hide the others


def upload_in(ledger: Ledger) -> UnfinishedImport:
    draft = read_draft(ledger, reviewed=True)
    totals = ledger.outcomes.totals(len(draft.provider.steps(draft.options)))
    return _described(ledger, draft, began_at(ledger) or 0.0, totals, first_few_of(ledger))


def preparation_in(ledger: Ledger) -> UnfinishedImport:
    draft = read_draft(ledger, reviewed=False)
    found = _described(ledger, draft, prepared_at(ledger), OutcomeTotals())
    corrected, aside = ledger.corrections.count()
    return replace(found, page=page_of(ledger), corrected=corrected, aside=aside)


def _described(
    ledger: Ledger, draft: ImportDraft, at: float, totals: OutcomeTotals, first_few: int | None = None
) -> UnfinishedImport:
    if draft.file is None:
        raise LookupError("there is no file")
    time.localtime(at)  # whatever is no moment ends here, not where it is shown
    to, name = draft.destination, draft.file.shape.path.name
    place = (draft.provider_name, to.practice, to.account)
    return UnfinishedImport(ledger.path, name, *place, at, totals, first_few)


def _latest_first(found: Iterable[UnfinishedImport]) -> tuple[UnfinishedImport, ...]:
    return tuple(sorted(found, key=lambda one: one.began, reverse=True))
