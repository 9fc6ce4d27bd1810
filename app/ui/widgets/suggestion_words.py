"""Says why a column was suggested for a field.

Words only; suggesting is contacts/matching's.
"""

from __future__ import annotations

from collections.abc import Sequence

from app.contacts.matching import MatchReason, Suggestion
from app.language import mark, tr
from app.ui.widgets.field_row import ColumnSight

_REASONS = {
    MatchReason.KEY: mark("The header is the field's own name."),
    MatchReason.LABEL: mark("The header says so."),
    MatchReason.SYNONYM: mark("The header says so."),
    MatchReason.WORDS: mark("The header says so, among other words."),
    MatchReason.NEIGHBOURS: mark("The columns beside it suggest so."),
    MatchReason.SPELLING: mark("The header is nearly such a name."),
    MatchReason.CONTENT: mark("What stands in the column looks like it."),
}


def why(suggestion: Suggestion | None, position: int | None, columns: Sequence[ColumnSight]) -> str:
    """The reason for the column that was chosen, or for the one that could be; else ""."""
    if suggestion is None or suggestion.reason not in _REASONS:
        return ""
    reason = tr(_REASONS[suggestion.reason])
    if position == suggestion.position:
        return reason
    header = next((one.header for one in columns if one.position == suggestion.position), "")
    if position is None and header:
        return tr("Perhaps “{header}”? {reason}", header=" ".join(header.split()), reason=reason)
    return ""
