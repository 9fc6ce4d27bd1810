"""Signs Emarsys requests: with a fresh WSSE header each, or with an OAuth 2.0 token that is renewed in time.

Knows nothing of contacts. Sources: "Authentication" of the Emarsys API (v2, WSSE), and the token request of
its official collection (v3, OAuth 2.0 client credentials).
"""

from __future__ import annotations

import base64
import hashlib
import secrets
from collections.abc import Callable, Generator
from datetime import UTC, datetime, timedelta

from app.language import tr
from app.log import hide
from app.problems import AccountProblem
from app.providers.answers import busy, is_web_page, something_else, status_line
from app.providers.contract import Clock
from app.providers.sign_in import SignIn
from app.providers.wire import Door, MalformedAnswer, Request, Response

_TITLE = "Emarsys"
_MARGIN = timedelta(seconds=60)  # a token that ends sooner is not worth starting with
_USUAL_LIFE = 3600.0


def _random_nonce() -> str:
    return secrets.token_hex(16)


class WsseSignIn(SignIn):
    """X-WSSE, made anew for each request. The clock must be within five minutes of the server's."""

    def __init__(
        self, username: str, secret: str, clock: Clock, nonce: Callable[[], str] = _random_nonce
    ) -> None:
        self._username = username
        self._secret = secret
        self._clock = clock
        self._nonce = nonce

    def flow(self, request: Request) -> Generator[Request, Response, None]:
        created = self._clock().astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        yield request.with_headers(("X-WSSE", self._token(self._nonce(), created)))

    def _token(self, nonce: str, created: str) -> str:
        # The digest is base64 of the forty hex characters, not of the twenty bytes they stand for.
        hashed = hashlib.sha1(f"{nonce}{created}{self._secret}".encode()).hexdigest()
        digest = base64.b64encode(hashed.encode("ascii")).decode("ascii")
        return (
            f'UsernameToken Username="{self._username}", PasswordDigest="{digest}", '
            f'Nonce="{nonce}", Created="{created}"'
        )


class OAuthSignIn(SignIn):
    """A bearer token from the account's token address, kept until a minute before it ends."""

    def __init__(self, client_id: str, client_secret: str, clock: Clock) -> None:
        pair = base64.b64encode(f"{client_id}:{client_secret}".encode()).decode("ascii")
        hide(pair)
        self._basic = f"Basic {pair}"
        self._clock = clock
        self._token = ""
        self._ends: datetime | None = None

    def flow(self, request: Request) -> Generator[Request, Response, None]:
        if self._ends is None or self._clock() >= self._ends:
            yield from self._renew()
        response = yield self._signed(request)
        if response.status == 401:  # the token may have been withdrawn before its time
            self._ends = None
            yield from self._renew()
            yield self._signed(request)

    def _signed(self, request: Request) -> Request:
        return request.with_headers(("Authorization", f"Bearer {self._token}"))

    def _renew(self) -> Generator[Request, Response, None]:
        asked = self._clock()
        response = yield Request(
            "POST",
            "",
            headers=(
                ("Authorization", self._basic),
                ("Content-Type", "application/x-www-form-urlencoded"),
                ("Accept", "application/json"),
            ),
            body=b"grant_type=client_credentials",
            door=Door.TOKEN,
        )
        self._token, life = _token_in(response)
        self._ends = asked + life - _MARGIN


def _token_in(response: Response) -> tuple[str, timedelta]:
    """The access token and how long it lives. Raises AccountProblem or NetworkProblem."""
    status = response.status
    if status in (408, 429) or status >= 500:
        raise busy(_TITLE, response)
    if is_web_page(response) or 300 <= status < 400:
        raise something_else(_TITLE, response)
    if status != 200:
        raise AccountProblem(
            tr("Emarsys does not accept this client ID and client secret."),
            tr("Check both, and the token address if your company has its own. Then try again."),
            status_line(response),
        )
    try:
        answer = response.json_object()
    except MalformedAnswer as error:
        raise something_else(_TITLE, response) from error
    token = answer.get("access_token")
    if not isinstance(token, str) or not token or not (token.isascii() and token.isprintable()):
        raise something_else(_TITLE, response)
    hide(token)
    return token, timedelta(seconds=_seconds(answer.get("expires_in")))


def _seconds(found: object) -> float:
    """`expires_in` as a number of seconds, at most a day; the usual hour if it does not say."""
    if isinstance(found, bool) or not isinstance(found, int | float | str):
        return _USUAL_LIFE
    try:
        seconds = float(found)
    except (ValueError, OverflowError):
        return _USUAL_LIFE
    return min(seconds, 86_400.0) if seconds > 0 else _USUAL_LIFE
