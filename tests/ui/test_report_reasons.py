"""The reasons on the report page add up to everybody who did not arrive."""

from __future__ import annotations

from app.contacts.contact import FindingKind
from app.flow.draft import new_draft
from app.ledger.outcomes import Reason
from app.providers.verdicts import Outcome, OutcomeKind
from app.report import ImportTotals
from app.ui.report_reasons import reason_groups
from app.ui.report_work import Results


def test_everybody_who_did_not_arrive_is_in_one_line() -> None:
    totals = ImportTotals(20, 0, 5, 0, 15, 3, 0, 0, 6, 2, 4, 1)
    reasons = (
        Reason(Outcome(OutcomeKind.REFUSED, "spoilt"), 6),
        Reason(Outcome(OutcomeKind.UNSURE, "silence"), 2),
    )
    left_out: dict[tuple[FindingKind, ...], int] = {
        (FindingKind.EMAIL_INVALID,): 1,
        (FindingKind.PHONE_INVALID,): 4,
    }
    groups = reason_groups(Results(totals, reasons, left_out), new_draft("smsend", "GB"))
    assert [[line.count for line in group.lines] for group in groups] == [[6], [2], [3, 1], [4, 1]]


def test_a_group_with_nobody_in_it_is_not_listed() -> None:
    totals = ImportTotals(3, 0, 0, 0, 3, 3, 0, 0, 0, 0, 0)
    assert reason_groups(Results(totals, (), {}), new_draft("smsend", "GB")) == []
