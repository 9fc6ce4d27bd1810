"""What the report page says about an import as a whole.

Makes sentences of totals; refuses to know widgets.
"""

from __future__ import annotations

from app.language import number, tr, trn
from app.problems import Problem
from app.report import ImportTotals


def place(provider: str, practice: bool) -> str:
    """Where the contacts have arrived."""
    return tr("{provider} (practice)", provider=provider) if practice else provider


def told(totals: ImportTotals, provider: str) -> str:
    """What happened, in a sentence or two."""
    if not totals.unsure:
        return _arrived_words(totals, provider)
    unsure = trn(
        "For {count} contact it is not known whether it arrived.",
        "For {count} contacts it is not known whether they arrived.",
        totals.unsure,
    )
    return f"{_arrived_words(totals, provider)} {unsure}" if totals.arrived else unsure


def _arrived_words(totals: ImportTotals, provider: str) -> str:
    arrived = number(totals.arrived)
    if not totals.to_send:
        return tr("Nothing was sent.")
    if totals.arrived == totals.to_send:
        return trn(
            "{count} contact has arrived at {provider}.",
            "All {count} contacts have arrived at {provider}.",
            totals.to_send,
            provider=provider,
        )
    return trn(
        "{arrived} of {count} contact has arrived at {provider}.",
        "{arrived} of {count} contacts have arrived at {provider}.",
        totals.to_send,
        arrived=arrived,
        provider=provider,
    )


def save_rest_words(totals: ImportTotals) -> str:
    """Of the button that saves all who did not arrive: not each of them needs anything mended."""
    if totals.refused or totals.left_out:
        return tr("Save only what needs mending...")
    return tr("Save only what is not done...")


def left_out_words(totals: ImportTotals) -> str:
    """How many rows stayed behind; empty if none did."""
    if not totals.left_out:
        return ""
    return trn("{count} row was left out.", "{count} rows were left out.", totals.left_out)


def unsaved_words(problem: Problem) -> str:
    """Why an import of which nothing is left to do is offered again all the same."""
    said = (
        tr("This import could not be added to the past imports."),
        problem.advice,
        tr("The program offers to continue it at its next start: that adds it there and sends nobody twice."),
    )
    return " ".join(said)


def accepted_words(totals: ImportTotals, provider: str) -> str:
    """What "accepted" means beside nobody created or updated; empty where nobody is accepted."""
    if not totals.accepted:
        return ""
    return tr("Accepted: taken by {provider}, which does not say who was there before.", provider=provider)
