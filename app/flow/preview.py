"""What would be sent for one contact: the very requests the upload makes, with one passenger.

Asks the provider's steps; sends nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.batches import Batch, Passenger
from app.contacts.contact import CheckedContact, Status
from app.flow.draft import ImportDraft
from app.language import tr
from app.providers.wire import Request


@dataclass(frozen=True, slots=True)
class TitledRequest:
    """A request, and what it is for in the user's language."""

    title: str
    request: Request


def requests_for(draft: ImportDraft, contact: CheckedContact) -> tuple[TitledRequest, ...]:
    """One request for each step; none for a contact that stays behind."""
    if contact.status is not Status.TO_SEND:
        return ()
    passenger = Passenger(contact.row, contact.values)
    return tuple(
        TitledRequest(tr(step.title), step.request_for(Batch(step.key, (passenger,))))
        for step in draft.provider.steps(draft.options)
    )
