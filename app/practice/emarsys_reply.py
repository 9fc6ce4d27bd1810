"""The Emarsys envelope: {"replyCode": int, "replyText": str, "data": ...}, and what every call refuses alike.

Wording only; knows no contacts and no sockets.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from app.practice.emarsys_account import INTERNAL
from app.practice.emarsys_fields import FIELDS, Value
from app.practice.exchange import PracticeRequest, PracticeResponse, json_answer

DEFAULT_KEY = "3"

Errors = dict[str, dict[str, str]]  # by key value: {code: words}


class Refused(Exception):
    """The whole call is refused: HTTP status, reply code and words; data is ""."""

    def __init__(self, code: int, text: str, status: int = 400) -> None:
        super().__init__(text)
        self.code = code
        self.text = text
        self.status = status


def ok(data: object) -> PracticeResponse:
    """Reply code 0, which does not mean that every contact was saved."""
    return json_answer(200, {"replyCode": 0, "replyText": "OK", "data": data})


def refusal(status: int, code: int, text: str) -> PracticeResponse:
    """A hard error: data is the empty string."""
    return json_answer(status, {"replyCode": code, "replyText": text, "data": ""})


def php_map(errors: Errors) -> Errors | list[object]:
    """An empty map is written as [] by the provider's PHP."""
    return errors or []


def body_of(request: PracticeRequest) -> dict[str, object]:
    """The JSON object of a request. Raises Refused (1010)."""
    return request.json_object(partial(Refused, 1010))


def only(body: Mapping[str, object], *allowed: str) -> None:
    """Refuse parameters nobody documents."""
    for key in body:
        if key not in allowed:
            raise Refused(1008, f"Invalid parameter: {key}")


def key_of(key_id: object) -> str:
    """A key as a field id, "id" or "uid". Raises Refused (2004, 2015)."""
    if type(key_id) not in (str, int):
        raise Refused(2004, "Invalid key field id: key_id must be a string or a number")
    key = str(key_id)
    if key in INTERNAL:
        return key
    field = FIELDS.get(key)
    if field is None or field.read_only:
        raise Refused(2004, f"Invalid key field id: {key}")
    if not field.can_be_key:
        raise Refused(2015, f"No index on column: {key}")
    return key


def key_value(value: object) -> Value | None:
    """A key's value as text or as choices; None if there is none."""
    if isinstance(value, list) and value:
        return [str(one) for one in value]
    if type(value) in (str, int) and str(value).strip():
        return str(value)
    return None


def spelled(value: object) -> str:
    """How a key's value names its error."""
    if isinstance(value, list):
        return ",".join(str(one) for one in value)
    return "" if value is None else str(value)
