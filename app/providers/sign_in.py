"""How a request becomes a signed one: a conversation, as a generator.

`flow` yields requests that are ready to go and receives their responses; the response to the last one is
the answer (the shape of httpx's auth flow). It never sends anything itself. Only the sender, and the sign-in
that main built for it, ever hold a secret.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Generator, Mapping
from dataclasses import dataclass

from app.language import tr
from app.problems import AccountProblem
from app.providers.wire import Request, Response

Secrets = Mapping[str, str]
"""Secret key -> what the user typed."""


@dataclass(frozen=True, slots=True)
class SecretField:
    """One thing that proves who the user is. `hidden` ones are shown as dots. Label and hint are marked."""

    key: str
    label: str
    hint: str = ""
    hidden: bool = True


class SignIn(ABC):
    """An account's way of signing requests; it may remember a session between requests."""

    @abstractmethod
    def flow(self, request: Request) -> Generator[Request, Response, None]:
        """Yield what has to be sent, the signed `request` last. Raises AccountProblem if refused."""


class HeaderSignIn(SignIn):
    """Signs with fixed headers."""

    def __init__(self, *headers: tuple[str, str]) -> None:
        self._headers = headers

    def flow(self, request: Request) -> Generator[Request, Response, None]:
        yield request.with_headers(*self._headers)


def typed(secrets: Secrets, field: SecretField) -> str:
    """The secret without blanks at its ends. Raises AccountProblem if it is missing or can't be a secret."""
    text = secrets.get(field.key, "").strip()
    if not text:
        raise AccountProblem(
            tr("The account is not complete."), tr("Fill in: {field}.", field=tr(field.label))
        )
    return text


def typed_for_header(secrets: Secrets, field: SecretField) -> str:
    """Like `typed`, for a secret that travels as it is in a header, where only plain characters can."""
    text = typed(secrets, field)
    if not (text.isascii() and text.isprintable()) or '"' in text:
        raise AccountProblem(
            tr("{field} contains characters that can't be part of it.", field=tr(field.label)),
            tr("Copy it again from your provider, without line breaks, quotation marks or special letters."),
        )
    return text
