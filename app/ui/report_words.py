"""What the report page says about an import as a whole.

Makes sentences of totals; refuses to know widgets.
"""

from __future__ import annotations

from app.language import number, tr, trn
from app.report import ImportTotals


def told(totals: ImportTotals, provider: str) -> str:
    """What happened, in one sentence."""
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


def left_out_words(totals: ImportTotals) -> str:
    """How many rows stayed behind; empty if none did."""
    if not totals.left_out:
        return ""
    return trn("{count} row was left out.", "{count} rows were left out.", totals.left_out)
