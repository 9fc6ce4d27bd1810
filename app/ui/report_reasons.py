"""Why not everybody arrived, as the groups that the report page lists.

Makes sentences of counts and outcomes; what a provider's reason means is the provider's to say.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.contacts.contact import FindingKind
from app.contacts.fields import ContactSchema
from app.flow.draft import ImportDraft
from app.language import tr
from app.ledger.outcomes import Reason
from app.providers.contract import Provider
from app.providers.verdicts import OutcomeKind
from app.report import ImportTotals, reason_of
from app.ui.report_work import Results
from app.ui.widgets.reason_list import ReasonGroup, ReasonLine
from app.wording import finding_kind_words, outcome_words


def reason_groups(results: Results, draft: ImportDraft) -> list[ReasonGroup]:
    """Those that have anybody in them; the counts of all lines add up to those who did not arrive."""
    groups = (
        _told_by(draft.provider, results.reasons, OutcomeKind.REFUSED),
        _told_by(draft.provider, results.reasons, OutcomeKind.UNSURE),
        _not_sent(results.totals),
        _left_out(results.left_out, draft.schema),
    )
    return [group for group in groups if group.lines]


def _told_by(provider: Provider, reasons: Sequence[Reason], kind: OutcomeKind) -> ReasonGroup:
    found = [one for one in reasons if one.outcome.kind is kind]
    lines = tuple(ReasonLine(one.count, *reason_of(provider, one.outcome), of_each=True) for one in found)
    return ReasonGroup(outcome_words(kind, sum(one.count for one in found)), lines)


def _not_sent(totals: ImportTotals) -> ReasonGroup:
    lines = (
        ReasonLine(totals.not_sent - totals.halfway, tr("The upload ended before their turn came.")),
        ReasonLine(totals.halfway, tr("They are in the account; the upload ended before the next step.")),
    )
    heading = outcome_words(OutcomeKind.NOT_SENT, totals.not_sent)
    return ReasonGroup(heading, tuple(line for line in lines if line.count))


def _left_out(counts: Mapping[tuple[FindingKind, ...], int], schema: ContactSchema) -> ReasonGroup:
    ordered = sorted(counts.items(), key=lambda each: -each[1])
    lines = tuple(ReasonLine(count, finding_kind_words(kinds, schema)) for kinds, count in ordered)
    mend = tr("Save what needs mending, correct the rows in that sheet, and open it here again.")
    return ReasonGroup(tr("Left out before sending"), lines, mend)
