"""Takes Emarsys' answers apart: the envelope around every answer, and the errors of single contacts.

Reads shapes only (several are in use for the same thing); what they mean for a batch is emarsys_steps.py's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.contacts.contact import Value
from app.providers.answers import shortened
from app.providers.wire import MalformedAnswer, Response

WHOLE_BATCH = "<no_key_id>"
"""The key, as `same_key` writes it, under which a fault of the whole batch hides among those of contacts."""


@dataclass(frozen=True, slots=True)
class Reply:
    """The envelope {"replyCode": 0, "replyText": "OK", "data": ...}. `code` is None where there is none."""

    code: int | None
    text: str
    data: object


@dataclass(frozen=True, slots=True)
class Fault:
    """Why one contact was refused: Emarsys' number (or "" if it gave none) and its own words."""

    number: str
    said: str

    @property
    def detail(self) -> str:
        return shortened(f"{self.number}: {self.said}" if self.number and self.said else self.said)


def reply_in(response: Response) -> Reply:
    """The envelope of an answer; an empty one if the body is none."""
    try:
        answer = response.json_object()
    except MalformedAnswer:
        return Reply(None, "", None)
    text = answer.get("replyText")
    return Reply(
        whole_number(answer.get("replyCode")), text if isinstance(text, str) else "", answer.get("data")
    )


def faults_by_key(data: object) -> dict[str, Fault]:
    """The errors in an answer's `data`, by the contact's key value as `same_key` writes it.

    Known shapes: {value: {number: words}}, {value: words}, [{"key", "errorCode", "errorMsg"}], [] for none.
    """
    errors = data.get("errors") if isinstance(data, dict) else None
    if isinstance(errors, dict):
        return {same_key(str(key)): _fault(found) for key, found in errors.items()}
    if isinstance(errors, list):
        listed = [error for error in errors if isinstance(error, dict) and "key" in error]
        return {same_key(str(error["key"])): _listed_fault(error) for error in listed}
    return {}


def fault_of(value: Value, faults: Mapping[str, Fault]) -> Fault | None:
    """The fault of the contact with this key value, or None if it has none."""
    return faults.get(same_key(value))


def ids_in(data: object) -> list[object]:
    """What `data` holds under "ids", one for each contact that went well; empty if there is no array."""
    found = data.get("ids") if isinstance(data, dict) else None
    return found if isinstance(found, list) else []


def number_in(data: object, key: str) -> int | None:
    """How many `data` speaks of under `key`: a number, a number as text, or the length of an array."""
    found = data.get(key) if isinstance(data, dict) else None
    return len(found) if isinstance(found, list) else whole_number(found)


def same_key(value: Value) -> str:
    """A key value so that ours and Emarsys' compare: it may change case, blanks and the + of a number."""
    text = value if isinstance(value, str) else ",".join(value)
    return text.strip().casefold().removeprefix("+")


def whole_number(found: object) -> int | None:
    """A number from 0 up, given as number or text; None for anything else."""
    if isinstance(found, bool):
        return None
    if isinstance(found, int):
        return found if found >= 0 else None
    text = found.strip() if isinstance(found, str) else ""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def _fault(found: object) -> Fault:
    if isinstance(found, Mapping):
        for number, said in found.items():
            return Fault(str(number).strip(), said if isinstance(said, str) else str(said))
        return Fault("", "")
    if isinstance(found, list) and found:
        return _fault(found[0]) if isinstance(found[0], Mapping | str) else Fault("", str(found[0]))
    return Fault("", found if isinstance(found, str) else "")


def _listed_fault(error: Mapping[str, object]) -> Fault:
    number, said = error.get("errorCode"), error.get("errorMsg")
    return Fault("" if number is None else str(number), said if isinstance(said, str) else "")
