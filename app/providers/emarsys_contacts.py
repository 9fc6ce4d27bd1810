"""Emarsys' steps over contacts themselves: create them, or create those that are new and update the others.

Written from "Creating Multiple Contacts" and "Updating Multiple Contacts" of the Emarsys API. Lists are
emarsys_list.py's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.batches import Batch, Passenger
from app.language import mark
from app.providers.emarsys_answers import Fault, ids_in, number_in
from app.providers.emarsys_options import CREATE_AND_LIST
from app.providers.emarsys_sentences import SENTENCES, code_of
from app.providers.emarsys_steps import EmarsysStep, plain
from app.providers.verdicts import Outcome, OutcomeKind
from app.providers.wire import Request, json_request

_EXISTS = frozenset({"emarsys.2009", "emarsys.2006_exists"})  # for many contacts, and for one


class _Contacts(EmarsysStep):
    """What creating and updating share: the body, and the array of ids in the answer."""

    batch_size = 1_000  # documented
    repeatable = repeat_tells = True

    def content(self, batch: Batch) -> object:
        source = self._options.text("source_id")
        contacts = [_contact(passenger, source) for passenger in self._travelling(batch)]
        return {"key_id": self._key_id, "contacts": contacts}

    def count_in(self, data: object) -> int | None:
        return number_in(data, "ids")


class CreateContacts(_Contacts):
    """POST contact: new contacts only, one answer per contact.

    Repeatable: who was created the first time is refused as existing (2009) the second time, and nobody is
    there twice. In a repeat 2009 therefore most likely means that the first request had arrived.
    """

    key = "create"
    title = mark("Create contacts")
    max_body_bytes = 10_000_000  # documented as 10 MB
    endpoint = "POST contact"
    disagreement = "emarsys.ids_disagree"

    def request_for(self, batch: Batch) -> Request:
        return json_request("POST", "contact", self.content(batch))

    def good_outcomes(self, data: object, count: int, some_failed: bool) -> Sequence[Outcome]:  # noqa: ARG002
        return [Outcome(OutcomeKind.CREATED)] * count

    def outcome_of(self, fault: Fault, batch: Batch) -> Outcome:
        code = code_of(fault.number, fault.said)
        if code not in _EXISTS:
            return super().outcome_of(fault, batch)
        then_to_list = self._options.text("action") == CREATE_AND_LIST
        existing_too = self._options.flag("existing_to_list")
        if batch.repeated and then_to_list and not existing_too:
            # Only new people may go on to the list, and nobody can tell whether this one was new.
            return Outcome(OutcomeKind.UNSURE, "emarsys.2009_new_or_not", fault.detail)
        if batch.repeated:
            return Outcome(OutcomeKind.ACCEPTED, "emarsys.2009_repeated", fault.detail)
        kind = OutcomeKind.ACCEPTED if then_to_list and existing_too else OutcomeKind.REFUSED
        return Outcome(kind, code, fault.detail)


class CreateOrUpdate(_Contacts):
    """PUT contact/?create_if_not_exists=1: new contacts are created, others changed in the fields sent.

    The slash before the question mark is needed: without it v2 knows no such resource. Idempotent by its
    documents. Among the ids of the answer texts were updated and numbers created; so it is said of a row
    only where its id can't be another's.
    """

    key = "update"
    title = mark("Create or update contacts")
    max_body_bytes = 8_000_000  # documented as 8 MB, less than for creating
    endpoint = "PUT contact"
    disagreement = "emarsys.saved_disagree"

    def request_for(self, batch: Batch) -> Request:
        query = (("create_if_not_exists", "1"),)
        return json_request("PUT", "contact/", self.content(batch), query)

    def good_outcomes(self, data: object, count: int, some_failed: bool) -> Sequence[Outcome]:
        ids = ids_in(data)
        kinds = [_kind_of(found) for found in ids]
        in_order = not some_failed or len(set(kinds)) == 1
        if len(ids) != count or not in_order or None in kinds:
            return [Outcome(OutcomeKind.ACCEPTED, "emarsys.saved")] * count
        return [Outcome(kind) for kind in kinds if kind is not None]

    def outcome_of(self, fault: Fault, batch: Batch) -> Outcome:
        code = f"emarsys.update_{fault.number}"
        if code in SENTENCES:
            return Outcome(OutcomeKind.REFUSED, code, fault.detail)
        return super().outcome_of(fault, batch)


def _clears(key: str, passenger: Passenger) -> bool:
    return passenger.values[key] == ""


def _kind_of(found: object) -> OutcomeKind | None:
    if isinstance(found, str):
        return OutcomeKind.UPDATED
    return OutcomeKind.CREATED if isinstance(found, int) and not isinstance(found, bool) else None


def _contact(passenger: Passenger, source: str) -> Mapping[str, object]:
    # An empty text clears the field, so there is one only where the user wants that.
    values = {key: plain(value) for key, value in passenger.values.items()}
    contact = {
        key.removesuffix("[]"): value for key, value in values.items() if value or _clears(key, passenger)
    }
    if source and "source_id" not in contact:
        contact["source_id"] = source
    return contact
