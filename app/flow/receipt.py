"""The receipt before sending: where the contacts go, what happens there, who stays behind, what has to be
agreed to.

Asks the ledger and what the provider declares; sends nothing, and knows no provider by name.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from app.contacts.contact import FindingKind
from app.flow.consequences import consequences
from app.flow.draft import ImportDraft
from app.flow.exclusions import not_understood_words
from app.language import mark, number, tr, trn
from app.ledger.contacts import CheckedTotals
from app.ledger.ledger import Ledger
from app.providers.options import Place
from app.settings.accounts import account_names
from app.settings.folders import Folders
from app.wording import finding_kind_words

CONSENT = "may_write"
_CONSENT = mark("I may write to these people: they agreed to it, or they are customers who expect it.")
_CLEARED = "clears"
_AGREED = "agreed"  # the name of the fact in the ledger


@dataclass(frozen=True, slots=True)
class Tick:
    """Something to agree to, in the user's language."""

    key: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with sentences under it; `final` says that they can't be undone."""

    heading: str
    sentences: tuple[str, ...]
    final: bool = False


@dataclass(frozen=True, slots=True)
class Receipt:
    """What an upload is going to do. `ticks` have to be agreed to, in practice they only can be."""

    heading: str
    sections: tuple[Section, ...]
    ticks: tuple[Tick, ...]
    practice: bool


@dataclass(frozen=True, slots=True)
class Agreement:
    """What the user was told before sending, and the sentences that were ticked, by key."""

    told: tuple[str, ...] = ()
    agreed: tuple[Tick, ...] = ()

    @property
    def may_write(self) -> bool:
        """Whether the user said that these people may be written to."""
        return any(tick.key == CONSENT for tick in self.agreed)


def receipt_of(
    draft: ImportDraft,
    totals: CheckedTotals,
    left_out: Mapping[tuple[FindingKind, ...], int],
    account: str,
) -> Receipt:
    """The receipt of a checked draft; `left_out` is the ledger's `why_left_out`, `account` its name."""
    unread = filter(None, [not_understood_words(draft.exclusions)])
    staying = Section(tr("What stays behind"), (*_staying(draft, totals, left_out), *unread))
    if not totals.to_send:
        return Receipt(_heading(draft, 0, account), _filled(staying), (), draft.destination.practice)
    telling = consequences(draft.provider, draft.options)
    kept = [one for one in telling if not one.destroys]
    where = tuple(one.sentence for one in kept if one.place is Place.DESTINATION)
    already = (one.sentence for one in kept if one.place is Place.EXISTING)
    goes = Section(tr("Where your contacts go"), where)
    there = Section(tr("People who are already there"), (*already, *_not_known_before(draft)))
    final = tuple(tr(one) for one in draft.provider.irreversible(draft.options))
    cleared = _cleared(draft)
    ticks = _ticks(draft, cleared)
    asked = {tick.sentence for tick in ticks}  # what has its own tick need not be said twice
    destroyed = (
        tuple(one for one in final if one not in asked)
        if final
        else tuple(one.sentence for one in telling if one.destroys)
    )
    undone = Section(tr("What can't be undone"), destroyed, final=True)
    sets_off = Section(tr("What it may set off"), tuple(tr(one) for one in draft.provider.side_effects))
    return Receipt(
        _heading(draft, totals.to_send, account),
        _filled(undone, goes, there, staying, sets_off),
        ticks,
        draft.destination.practice,
    )


def account_name(draft: ImportDraft, folders: Folders) -> str:
    """What the user calls the account; empty for practice. Reads the accounts' file."""
    if draft.destination.practice:
        return ""
    to = draft.destination
    return account_names(folders).get(to.account, "") or to.server


def note_agreement(ledger: Path, agreement: Agreement) -> None:
    """Keep with the import what was agreed to, before anything is sent. Raises LedgerProblem."""
    with Ledger.open(ledger) as opened:
        opened.note(_AGREED, json.dumps(asdict(agreement), ensure_ascii=False))


def noted_agreement(ledger: Ledger) -> Agreement:
    """What was agreed to; nothing if nobody was asked."""
    noted = json.loads(ledger.fact(_AGREED) or "{}")
    ticks = (Tick(str(one["key"]), str(one["sentence"])) for one in noted.get("agreed", ()))
    return Agreement(tuple(map(str, noted.get("told", ()))), tuple(ticks))


def _heading(draft: ImportDraft, to_send: int, account: str) -> str:
    title = draft.provider.title
    if not to_send:
        return tr("There is nothing to upload: every row of your file stays behind. The table says why.")
    if draft.destination.practice:
        return trn(
            "{count} contact goes to a practice account of {provider}; nothing leaves this computer.",
            "{count} contacts go to a practice account of {provider}; nothing leaves this computer.",
            to_send,
            provider=title,
        )
    return trn(
        "{count} contact goes to {provider}, account “{account}”.",
        "{count} contacts go to {provider}, account “{account}”.",
        to_send,
        provider=title,
        account=account,
    )


def _not_known_before(draft: ImportDraft) -> tuple[str, ...]:
    if draft.provider.tells_existing:
        return ()  # then the window offers to count them
    return (
        tr(
            "How many of them there are can't be known beforehand: {provider} can't be asked.",
            provider=draft.provider.title,
        ),
    )


def _cleared(draft: ImportDraft) -> tuple[str, ...]:
    """What empty cells take away from people who are already there."""
    named = [(key, draft.schema.field(key)) for key in draft.cleared_fields]
    labels = ", ".join(tr(field.label) if field else key for key, field in named)
    if not labels:
        return ()
    return (tr("Empty cells will clear, for people who are already there: {fields}.", fields=labels),)


def _ticks(draft: ImportDraft, cleared: tuple[str, ...]) -> tuple[Tick, ...]:
    asked = draft.provider.acknowledgements(draft.options)
    return (
        Tick(CONSENT, tr(_CONSENT)),
        *(Tick(_CLEARED, sentence) for sentence in cleared),
        *(Tick(one.key, tr(one.sentence)) for one in asked),
    )


def _staying(
    draft: ImportDraft, totals: CheckedTotals, left_out: Mapping[tuple[FindingKind, ...], int]
) -> list[str]:
    lines = [
        trn("{count} row left out by you", "{count} rows left out by you", count)
        if kinds == (FindingKind.PUT_ASIDE,)
        else tr("{count}: {why}", count=number(count), why=finding_kind_words(kinds, draft.schema))
        for kinds, count in sorted(left_out.items(), key=lambda one: -one[1])
    ]
    if totals.duplicates:
        lines.append(
            trn(
                "{count} row of a person who is in the list twice",
                "{count} rows of people who are in the list twice",
                totals.duplicates,
            )
        )
    if totals.blank:
        lines.append(trn("{count} blank row", "{count} blank rows", totals.blank))
    return lines


def _filled(*sections: Section) -> tuple[Section, ...]:
    return tuple(section for section in sections if section.sentences)
