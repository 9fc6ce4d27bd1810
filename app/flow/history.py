"""Past imports as anonymous summaries: when, where to, which file, how many, what was agreed to.

Keeps nothing about any person in a file; refuses to keep what can't be added up.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from app.flow.draft import ImportDraft
from app.flow.import_notes import began_at
from app.flow.receipt import account_name, noted_agreement
from app.ledger.ledger import Ledger
from app.problems import Problem
from app.report import ImportTotals, import_totals
from app.settings import stored
from app.settings.folders import Folders
from app.settings.stored import Broken, text_at

FILE_NAME = "history.json"
MOST_KEPT = 500


@dataclass(frozen=True, slots=True)
class ImportSummary:
    """One import. `began` and `ended` are in seconds since 1970; `account` is its name, empty for practice;
    `fingerprint` is the file's; `told` and `agreed` are the sentences shown and ticked before sending, in the
    language of then."""

    id: str
    began: float
    ended: float
    provider: str
    practice: bool
    account: str
    file: str
    fingerprint: str
    totals: ImportTotals
    told: tuple[str, ...] = ()
    agreed: tuple[str, ...] = ()
    may_write: bool = False


def record_import(
    folders: Folders, draft: ImportDraft, ledger: Ledger, now: Callable[[], float] = time.time
) -> ImportSummary:
    """Note how an import stands after a run of its upload, in the place of what was noted about it before.

    Raises LedgerProblem, and FileProblem if it can't be saved.
    """
    agreement = noted_agreement(ledger)
    ended = now()
    summary = ImportSummary(
        id=ledger.path.stem,
        began=began_at(ledger) or ended,
        ended=ended,
        provider=draft.provider_name,
        practice=draft.destination.practice,
        account=account_name(draft, folders),
        file=draft.file.shape.path.name if draft.file else "",
        fingerprint=ledger.fact("fingerprint") or "",
        totals=import_totals(ledger, len(draft.provider.steps(draft.options))),
        told=agreement.told,
        agreed=tuple(tick.sentence for tick in agreement.agreed),
        may_write=agreement.may_write,
    )
    with stored.alone(folders.settings / FILE_NAME):
        others = [one for one in _sound(folders) if one.id != summary.id]
        _save(folders, [summary, *others])
    return summary


def past_imports(folders: Folders) -> tuple[tuple[ImportSummary, ...], Problem | None]:
    """The summaries, the latest first; with a Problem to show if the file was of no use."""
    return stored.load(folders.settings / FILE_NAME, _understand, ())


def forget_import(folders: Folders, import_id: str) -> None:
    """Erase one summary. Raises FileProblem."""
    with stored.alone(folders.settings / FILE_NAME):
        _save(folders, [one for one in _sound(folders) if one.id != import_id])


def erase_history(folders: Folders) -> None:
    """Erase every summary. Raises FileProblem."""
    with stored.alone(folders.settings / FILE_NAME):
        _save(folders, [])


def _sound(folders: Folders) -> tuple[ImportSummary, ...]:
    found, problem = past_imports(folders)
    # A damaged file was set aside, and a new one begins; one that can't be read must not be written over.
    if problem is not None and (folders.settings / FILE_NAME).exists():
        raise problem
    return found


def _save(folders: Folders, summaries: Iterable[ImportSummary]) -> None:
    latest = sorted(summaries, key=lambda one: one.ended, reverse=True)[:MOST_KEPT]
    stored.save(folders.settings / FILE_NAME, {"imports": [asdict(one) for one in latest]})


def _understand(content: Mapping[str, object]) -> tuple[ImportSummary, ...]:
    imports = content.get("imports")
    if not isinstance(imports, list):
        raise Broken("imports: a list expected")
    return tuple(_summary(one) for one in imports)


def _summary(content: object) -> ImportSummary:
    if not isinstance(content, dict):
        raise Broken("import: an object expected")
    return ImportSummary(
        id=text_at(content, "id"),
        began=_number_at(content, "began"),
        ended=_number_at(content, "ended"),
        provider=text_at(content, "provider"),
        practice=content.get("practice") is True,
        account=text_at(content, "account"),
        file=text_at(content, "file"),
        fingerprint=text_at(content, "fingerprint"),
        totals=_totals(content),
        told=_texts_at(content, "told"),
        agreed=_texts_at(content, "agreed"),
        may_write=content.get("may_write") is True,
    )


def _totals(content: Mapping[str, Any]) -> ImportTotals:
    totals = content.get("totals")
    names = [one.name for one in fields(ImportTotals)]
    if isinstance(totals, dict):
        totals = {"halfway": 0} | totals  # summaries of before say nothing of them
    if not isinstance(totals, dict) or not all(type(totals.get(name)) is int for name in names):
        raise Broken("totals: whole numbers expected")
    return ImportTotals(**{name: totals[name] for name in names})


def _number_at(content: Mapping[str, Any], key: str) -> float:
    value = content.get(key)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise Broken(f"{key}: a number expected")
    return float(value)


def _texts_at(content: Mapping[str, Any], key: str) -> tuple[str, ...]:
    value = content.get(key, [])
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise Broken(f"{key}: texts expected")
    return tuple(value)
