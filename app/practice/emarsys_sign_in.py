"""Signing in to the Emarsys practice account: the WSSE header of v2, the bearer token of v3.

Says who may come in and why not; knows nothing of contacts. Source: Emarsys "Authentication" (WSSE) and the
OAuth2 part of its API collections.
"""

from __future__ import annotations

import base64
import hashlib
import re
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from urllib.parse import parse_qsl

from app.practice.exchange import PracticeRequest, PracticeResponse, json_answer
from app.practice.room import Clock

SECRETS = {
    "username": "practice001",
    "secret": "practice",
    "client_id": "practice",
    "client_secret": "practice",
}
TOKEN_PATH = "/oauth2/token"
TOKEN_LIFE = 3600  # seconds
CLOCK_APART_MOST = 300.0  # seconds between Created and our clock
NONCES_KEPT = 20_000
_WSSE = re.compile(
    r'UsernameToken Username="(?P<user>[^"]*)", ?PasswordDigest="(?P<digest>[A-Za-z0-9+/=]+)", '
    r'?Nonce="(?P<nonce>[0-9a-f]{32})", ?Created="(?P<created>[^"]+)"'
)
# Without a zone the documents assume GMT+1.
_ASSUMED_ZONE = timezone(timedelta(hours=1))


def new_token() -> str:
    """A token nobody can guess."""
    return secrets.token_urlsafe(24)


class Gate:
    """Remembers the nonces seen and the tokens given. Not locked: the room that owns it is."""

    def __init__(self, now: Clock, make_token: Callable[[], str] = new_token) -> None:
        self._now = now
        self._make_token = make_token
        self._nonces: dict[str, None] = {}
        self._tokens: dict[str, float] = {}  # token: when it ends

    def refusal(self, request: PracticeRequest, version: str) -> str | None:
        """Why the request may not come in, in the provider's words; None if it may."""
        return self._refusal_of_token(request) if version == "v3" else self._refusal_of_wsse(request)

    def give_token(self, request: PracticeRequest) -> PracticeResponse:
        """POST /oauth2/token: Basic client id and secret, form body grant_type=client_credentials."""
        if request.method != "POST":
            return json_answer(405, {"error": "invalid_request"})
        if request.basic() != (SECRETS["client_id"], SECRETS["client_secret"]):
            return json_answer(401, {"error": "invalid_client"})
        kind = (request.header("content-type") or "").partition(";")[0].strip().lower()
        if kind != "application/x-www-form-urlencoded":
            return json_answer(400, {"error": "invalid_request"})
        form = dict(parse_qsl(request.body.decode("utf-8", "replace")))
        if form.get("grant_type") != "client_credentials":
            return json_answer(400, {"error": "unsupported_grant_type"})
        token = self._make_token()
        self._tokens[token] = self._now() + TOKEN_LIFE
        return json_answer(200, {"access_token": token, "token_type": "bearer", "expires_in": TOKEN_LIFE})

    def _refusal_of_token(self, request: PracticeRequest) -> str | None:
        scheme, _, token = (request.header("authorization") or "").partition(" ")
        if scheme.lower() == "bearer" and self._tokens.get(token, 0.0) > self._now():
            return None
        return "Unauthorized"

    def _refusal_of_wsse(self, request: PracticeRequest) -> str | None:
        header = request.header("x-wsse") or request.header("wsse")
        if header is None:
            return "WSSE authentication header is missing"
        token = _WSSE.fullmatch(header)
        if token is None or token["user"] != SECRETS["username"]:
            return "Unauthorized"
        created = _moment(token["created"])
        if created is None or abs(created - self._now()) > CLOCK_APART_MOST:
            return "Unauthorized"
        right = digest(token["nonce"], token["created"], SECRETS["secret"])
        if token["digest"] != right or token["nonce"] in self._nonces:
            return "Unauthorized"
        self._nonces[token["nonce"]] = None
        if len(self._nonces) > NONCES_KEPT:
            del self._nonces[next(iter(self._nonces))]
        return None


def digest(nonce: str, created: str, secret: str) -> str:
    """base64 of the 40 hexadecimal characters of sha1(nonce + created + secret), not of its 20 bytes."""
    summed = hashlib.sha1(f"{nonce}{created}{secret}".encode(), usedforsecurity=False).hexdigest()
    return base64.b64encode(summed.encode("ascii")).decode("ascii")


def _moment(text: str) -> float | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=_ASSUMED_ZONE)
    return moment.timestamp()
