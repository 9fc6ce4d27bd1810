"""An answer that the account does not take, given otherwise after an upload has begun.

Plans anew what was planned with the old answer and not sent; refuses where something of it was.
"""

from __future__ import annotations

from app.flow.draft import ImportDraft
from app.language import tr
from app.ledger.batches import BatchState
from app.ledger.ledger import Ledger
from app.ledger.lock import LedgerLock
from app.problems import Problem
from app.providers.options import OptionKind, OptionValue


def mendable_options(draft: ImportDraft) -> tuple[str, ...]:
    """The keys of the options that may be answered otherwise as long as what they decide was not sent."""
    return tuple(key for step in draft.provider.steps(draft.options) for key in step.decided_by)


def with_other_answer(draft: ImportDraft, option_key: str, value: OptionValue) -> ImportDraft:
    """The checked draft with another answer, ready for `upload`.

    Raises Problem where the answer may not be changed any more, LedgerProblem.
    """
    if draft.file is None or draft.checked is None:
        raise LookupError("nothing is checked yet")
    steps = draft.provider.steps(draft.options)
    numbers = [number for number, step in enumerate(steps) if option_key in step.decided_by]
    sent = (BatchState.SENT, BatchState.UNSURE, BatchState.ANSWERED)
    with Ledger.open(draft.file.ledger) as ledger, LedgerLock(ledger.path):
        if not numbers or any(ledger.batches.count(one, state) for one in numbers for state in sent):
            raise Problem(
                tr("This can't be decided otherwise any more: some people were already sent with it."),
                tr("Continue as it is, or choose your file again to start afresh."),
                option_key,
            )
        for number in numbers:
            ledger.batches.forget_planned(number)
    options = draft.options.with_value(option_key, value)
    return draft.with_options(options).with_checked(draft.checked)


def answer_in(draft: ImportDraft, said: str) -> tuple[str, OptionValue]:
    """The option and the value that "list_id=1002" says. Raises Problem if it says none."""
    key, equals, text = said.partition("=")
    option = next((one for one in draft.provider.options if one.key == key.strip()), None)
    may = mendable_options(draft)
    if option is None or not equals or option.key not in may:
        raise Problem(
            tr("“{said}” is nothing that can still be decided otherwise.", said=said),
            tr("What can be: {names}.", names=", ".join(f"{one}=…" for one in may) or "-"),
        )
    text = text.strip()
    if option.kind is not OptionKind.INTEGER:
        return option.key, text
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise Problem(tr("“{said}” needs a number.", said=said), tr("For example: {key}=1", key=option.key))
    return option.key, int(text)
