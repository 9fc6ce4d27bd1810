"""Signs requests in to a practice room, written from the documents a second time.

For tests only; shares no code with the rooms, so that both can't be wrong in the same way unseen.
"""

from __future__ import annotations

import base64
import hashlib
import itertools
import json
import time
from collections.abc import Iterator, Mapping
from dataclasses import replace

from app.practice.emarsys import EmarsysRoom
from app.practice.exchange import PracticeRequest, PracticeResponse
from app.practice.octopush import OctopushRoom
from app.practice.room import Room, Seed
from app.practice.smsend import SmsendRoom
from app.practice.sociocs import SociocsRoom

NOW = 1_767_268_800.0  # 2026-01-01 12:00:00 UTC
_nonces: Iterator[int] = itertools.count(1)


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> float:
        return self.now


class Keys:
    """key-0001, key-0002, ..."""

    def __init__(self) -> None:
        self._count = itertools.count(1)

    def __call__(self) -> str:
        return f"key-{next(self._count):04d}"


def open_room(name: str, seed: Seed | None = None, clock: Clock | None = None) -> Room:
    """A room whose clock stands and whose keys can be foretold."""
    now = clock or Clock()
    if name == "smsend":
        return SmsendRoom(seed, now, Keys())
    if name == "emarsys":
        return EmarsysRoom(seed, now, Keys())
    return {"sociocs": SociocsRoom, "octopush": OctopushRoom}[name](seed, now)


def signed_in(room: Room, request: PracticeRequest) -> PracticeRequest:
    """The request with the headers that let it in."""
    return replace(request, headers={**_keys(room, request.path), **request.headers})


def ask(
    room: Room,
    method: str,
    path: str,
    body: object = None,
    query: Mapping[str, str] | None = None,
    headers: Mapping[str, str] | None = None,
) -> PracticeResponse:
    """Sign in, send `body` as JSON, and give back the answer."""
    kind = {"Content-Type": "application/json"} if body is not None else {}
    content = json.dumps(body).encode() if body is not None else b""
    request = PracticeRequest(method, path, query or {}, {**kind, **(headers or {})}, content)
    return room.answer(signed_in(room, request))


def wsse(created: str | None = None, user: str = "practice001", secret: str = "practice") -> str:
    """An X-WSSE header with a nonce never used before."""
    nonce = f"{next(_nonces):032x}"
    created = created or time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(NOW))
    hashed = hashlib.sha1((nonce + created + secret).encode()).hexdigest()
    digest = base64.b64encode(hashed.encode()).decode()
    return f'UsernameToken Username="{user}", PasswordDigest="{digest}", Nonce="{nonce}", Created="{created}"'


def _keys(room: Room, path: str) -> dict[str, str]:
    if room.name == "smsend":
        login = PracticeRequest(
            "GET", "/API/v1.0/REST/login", {"username": "practice", "password": "practice"}
        )
        user_key, session = room.answer(login).body.decode().split(";")
        return {"user_key": user_key, "Session_key": session}
    if room.name == "emarsys" and path.startswith("/api/v2/"):
        return {"X-WSSE": wsse()}
    if room.name == "emarsys":
        token = room.answer(token_request()).body
        return {"Authorization": f"Bearer {json.loads(token)['access_token']}"}
    if room.name == "sociocs":
        return {"apikey": "practice:practice"}
    return {"api-login": "practice@example.com", "api-key": "practice"}


def token_request(client: str = "practice:practice") -> PracticeRequest:
    """POST /oauth2/token for the client given as id:secret."""
    headers = {
        "Authorization": f"Basic {base64.b64encode(client.encode()).decode()}",
        "Content-Type": "application/x-www-form-urlencoded",
    }
    return PracticeRequest("POST", "/oauth2/token", {}, headers, b"grant_type=client_credentials")
