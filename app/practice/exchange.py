"""What goes into a practice room and what comes out: a request and an answer, as plain values.

Knows nothing of sockets, and nothing of what any provider means by them.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

_NOTHING: Mapping[str, str] = MappingProxyType({})
_SPACELESS = (",", ":")


@dataclass(frozen=True, slots=True)
class PracticeRequest:
    """One request as it arrived.

    `path` is percent-decoded and has no query; `query` holds the last value of each name; `headers` may be
    given in any case and are kept in lower case; `body` is the raw bytes.
    """

    method: str
    path: str
    query: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""

    def __post_init__(self) -> None:
        lowered = {name.lower(): value for name, value in self.headers.items()}
        object.__setattr__(self, "headers", lowered)

    def header(self, name: str) -> str | None:
        """The value of a header whatever its case, or None."""
        return self.headers.get(name.lower())

    @property
    def says_json(self) -> bool:
        """Whether the Content-Type is application/json (with or without a charset)."""
        return (self.header("content-type") or "").partition(";")[0].strip().lower() == "application/json"

    def json(self) -> object:
        """The body as JSON. ValueError if not UTF-8, not JSON, with NaN or Infinity, or nested endlessly."""
        try:
            return json.loads(self.body.decode("utf-8"), parse_constant=_refuse_constant)
        except RecursionError:
            raise ValueError("Nested too deeply") from None

    def json_object(self, refusal: Callable[[str], Exception]) -> dict[str, object]:
        """The body as a JSON object. Raises what `refusal` makes of a sentence that says what is wrong."""
        if not self.says_json:
            raise refusal("Content-Type must be application/json.")
        try:
            body = self.json()
        except ValueError:
            raise refusal("The request body is not valid JSON.") from None
        if not isinstance(body, dict):
            raise refusal("The request body must be an object.")
        return body

    def basic(self) -> tuple[str, str] | None:
        """User and password of `Authorization: Basic`, or None if absent or malformed."""
        scheme, _, encoded = (self.header("authorization") or "").partition(" ")
        if scheme.lower() != "basic":
            return None
        try:
            text = base64.b64decode(encoded.strip(), validate=True).decode("utf-8")
        except (binascii.Error, UnicodeDecodeError):
            return None
        user, colon, password = text.partition(":")
        return (user, password) if colon else None


@dataclass(frozen=True, slots=True)
class PracticeResponse:
    """One answer: status, headers (without Content-Length, which the server adds) and the body's bytes."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""


def json_answer(status: int, value: object, headers: Mapping[str, str] = _NOTHING) -> PracticeResponse:
    """An answer whose body is `value` as JSON."""
    body = json.dumps(value, ensure_ascii=False, separators=_SPACELESS).encode("utf-8")
    return PracticeResponse(status, {"Content-Type": "application/json; charset=utf-8", **headers}, body)


def text_answer(status: int, text: str, headers: Mapping[str, str] = _NOTHING) -> PracticeResponse:
    """An answer whose body is plain text."""
    return PracticeResponse(status, {"Content-Type": "text/plain; charset=utf-8", **headers}, text.encode())


def _refuse_constant(name: str) -> object:
    raise ValueError(f"{name} is not JSON")
