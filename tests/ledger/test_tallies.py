"""Counting on after a change gives what counting again would give."""

from __future__ import annotations

from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.contacts.contact import CheckedContact, Finding, FindingKind, Level, Status
from app.ledger.ledger import Ledger

findings = st.builds(
    Finding,
    st.sampled_from(list(FindingKind)[:6]),
    st.sampled_from(Level),
    st.just("email"),
    st.text(max_size=3),
)


def contact(row: int, status: Status, found: list[Finding]) -> CheckedContact:
    blocked = any(one.level is Level.BLOCKING for one in found)
    if blocked:
        return CheckedContact(row, Status.LEFT_OUT, {}, tuple(found))
    return CheckedContact(row, Status.TO_SEND if status is Status.LEFT_OUT else status, {}, tuple(found))


lists = st.lists(
    st.tuples(st.sampled_from(Status), st.lists(findings, max_size=3)), min_size=4, max_size=4
).map(lambda people: [contact(row, *one) for row, one in enumerate(people, 2)])


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(before=lists, after=lists)
def test_tallies_follow_a_change(
    tmp_path: Path, before: list[CheckedContact], after: list[CheckedContact]
) -> None:
    path = tmp_path / "a.ledger"
    path.unlink(missing_ok=True)
    with Ledger.create(path) as ledger:
        list(ledger.contacts.replace_all(before))
        tallies = ledger.contacts.tallies()
        followed = tallies.after(before, after)
        list(ledger.contacts.replace_all(after))
        counted = ledger.contacts.tallies()
    assert followed.totals == counted.totals
    assert followed.left_out == counted.left_out
    assert {show: count for show, count in followed.by_filter.items() if count} == {
        show: count for show, count in counted.by_filter.items() if count
    }
