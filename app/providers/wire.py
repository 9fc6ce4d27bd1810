"""Requests and responses as values: what would go over the wire, without a wire.

Knows HTTP's words; refuses to know sockets, servers' addresses and who is signed in.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import Enum


class Door(Enum):
    """Which of an account's two addresses a request goes to."""

    API = "api"
    TOKEN = "token"


@dataclass(frozen=True, slots=True)
class Request:
    """What to say: `path` is relative to the account's address (no leading slash), `body` bytes or None."""

    method: str
    path: str
    query: tuple[tuple[str, str], ...] = ()
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes | None = None
    door: Door = Door.API

    def with_headers(self, *headers: tuple[str, str]) -> Request:
        """The request with more headers."""
        return replace(self, headers=(*self.headers, *headers))


def json_request(method: str, path: str, content: object, query: tuple[tuple[str, str], ...] = ()) -> Request:
    """A request with a JSON body in UTF-8, compact, without escaping letters."""
    body = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
    return Request(method, path, query, (("Content-Type", "application/json"),), body)


class MalformedAnswer(ValueError):
    """The body is not what its reader needs: not JSON, or JSON of another shape."""


@dataclass(frozen=True, slots=True)
class Response:
    """What the provider said: status, headers by lower-case name, body bytes."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""

    @property
    def text(self) -> str:
        """The body as text, undecodable bytes replaced, blank ends cut."""
        return self.body.decode("utf-8", errors="replace").strip().removeprefix("\ufeff")

    @property
    def looks_like_web_page(self) -> bool:
        """Whether this is HTML, as a captive portal or a proxy answers."""
        kind = self.headers.get("content-type", "").lower()
        return "html" in kind or self.text[:15].lower().startswith(("<!doctype html", "<html"))

    def json(self) -> object:
        """The body as JSON. Raises MalformedAnswer."""
        try:
            parsed: object = json.loads(self.body)
        except (ValueError, RecursionError) as error:
            raise MalformedAnswer(str(error)) from error
        return parsed

    def json_object(self) -> Mapping[str, object]:
        """The body as a JSON object. Raises MalformedAnswer."""
        parsed = self.json()
        if not isinstance(parsed, dict):
            raise MalformedAnswer(f"expected a JSON object, got {type(parsed).__name__}")
        return parsed
