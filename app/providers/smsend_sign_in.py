"""Signs smsend requests: a login for two keys, which then travel in two headers.

Knows nothing of contacts. Sources: "Authenticate using a session key" and "... a user token" of the smsend
REST API; that sister brands take HTTP Basic at the same addresses is seen in client code only.
"""

from __future__ import annotations

import base64
from collections.abc import Generator
from dataclasses import dataclass
from enum import Enum

from app.language import tr
from app.log import hide
from app.problems import AccountProblem
from app.providers.answers import busy, is_web_page, something_else, status_line
from app.providers.sign_in import SignIn
from app.providers.wire import Request, Response

_TITLE = "smsend"


class Scheme(Enum):
    """How to sign in: the path that gives the key, and the header that carries it."""

    SESSION = ("login", "Session_key")  # dies after five minutes without a request
    TOKEN = ("token", "Access_token")


class _Form(Enum):
    """How name and password travel. BASIC keeps the password out of addresses; only QUERY is documented."""

    BASIC = "basic"
    QUERY = "query"


@dataclass(frozen=True, slots=True)
class _Keys:
    user_key: str
    key: str


class SmsendSignIn(SignIn):
    """Signs in when there are no keys yet, and once more when the keys are refused."""

    def __init__(self, scheme: Scheme, username: str, password: str) -> None:
        self._path, self._header = scheme.value
        self._username = username
        self._password = password
        self._form = _Form.BASIC
        self._keys: _Keys | None = None

    def flow(self, request: Request) -> Generator[Request, Response, None]:
        keys = self._keys
        if keys is None:
            keys = yield from self._signed_in()
        response = yield self._signed(request, keys)
        if response.status not in (401, 404):
            return
        # The session may have ended. 404 says so too: "The User_key was not found". Nothing was saved.
        self._keys = None
        keys = yield from self._signed_in()
        yield self._signed(request, keys)

    def _signed(self, request: Request, keys: _Keys) -> Request:
        return request.with_headers(("user_key", keys.user_key), (self._header, keys.key))

    def _signed_in(self) -> Generator[Request, Response, _Keys]:
        response = yield self._login()
        if self._form is _Form.BASIC and response.status in (400, 401, 404):
            # Either the credentials are wrong or this brand does not know Basic: the documented form decides.
            self._form = _Form.QUERY
            response = yield self._login()
        self._keys = _keys_in(response)
        return self._keys

    def _login(self) -> Request:
        if self._form is _Form.QUERY:
            return Request("GET", self._path, (("username", self._username), ("password", self._password)))
        pair = base64.b64encode(f"{self._username}:{self._password}".encode()).decode("ascii")
        hide(pair)
        return Request("GET", self._path, headers=(("Authorization", f"Basic {pair}"),))


def _keys_in(response: Response) -> _Keys:
    """The two keys of "USER_KEY;KEY". Raises AccountProblem or NetworkProblem."""
    status = response.status
    if status in (408, 429) or status >= 500:
        raise busy(_TITLE, response)
    if is_web_page(response) or 300 <= status < 400:
        raise something_else(_TITLE, response)
    if status != 200:
        raise AccountProblem(
            tr("{provider} does not accept this name and password.", provider=_TITLE),
            tr(
                "Check them, and that you chose the right brand. Some accounts have a password for the API "
                "that is not the one for the website."
            ),
            status_line(response),
        )
    parts = [part.strip() for part in response.text.strip('"').split(";")]
    if len(parts) != 2 or not all(part and part.isascii() and part.isprintable() for part in parts):
        raise something_else(_TITLE, response)
    for part in parts:
        hide(part)
    return _Keys(parts[0], parts[1])
