"""Emarsys' step over a contact list: people who are contacts join it.

Written from "Adding Contacts to a Contact List" of the Emarsys API. Creating the people is
emarsys_contacts.py's.
"""

from __future__ import annotations

from collections.abc import Sequence

from app.batches import Batch
from app.language import mark
from app.providers.emarsys_answers import number_in
from app.providers.emarsys_steps import EmarsysStep, external_id
from app.providers.verdicts import Outcome, OutcomeKind
from app.providers.wire import Request, json_request


class AddToList(EmarsysStep):
    """POST contactlist/<list_id>/add. Repeatable: nobody is in a list twice."""

    key = "list"
    title = mark("Add to the list")
    batch_size = 10_000  # documented
    max_body_bytes = 10_000_000  # documented for other calls
    repeatable = True
    decided_by = ("list_id",)
    endpoint = "POST contactlist/<list_id>/add"
    disagreement = "emarsys.inserted_disagree"

    def request_for(self, batch: Batch) -> Request:
        path = f"contactlist/{self._options.number('list_id')}/add"
        ids = [external_id(self._key_of(passenger)) for passenger in self._travelling(batch)]
        return json_request("POST", path, {"key_id": self._key_id, "external_ids": ids})

    def good_outcomes(self, data: object, count: int, some_failed: bool) -> Sequence[Outcome]:  # noqa: ARG002
        return [Outcome(OutcomeKind.ACCEPTED)] * count

    def outcome_of_second(self, first: Outcome) -> Outcome:
        return first  # the same person: on the list, or not

    def count_in(self, data: object) -> int | None:
        return number_in(data, "inserted_contacts")

    def _agrees(self, count: int | None, good: int, batch: Batch) -> bool:
        # Whoever joined by the first request, whose answer was lost, may not be counted again.
        return count == good or (batch.repeated and count is not None and count < good)
