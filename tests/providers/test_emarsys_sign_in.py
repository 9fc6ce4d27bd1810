"""How Emarsys requests are signed: WSSE to the letter, and tokens that are renewed in time."""

from __future__ import annotations

import base64
import re
from collections.abc import Generator
from datetime import datetime, timedelta

import pytest

from app.problems import AccountProblem, NetworkProblem, Problem
from app.providers.emarsys import Emarsys
from app.providers.emarsys_sign_in import OAuthSignIn, WsseSignIn
from app.providers.wire import Door, Request, Response
from tests.providers.batches import answer, options_of
from tests.providers.provider_contract import NOW

PLAIN = Request("POST", "contact", body=b"{}")
TOKEN = answer(200, {"access_token": "one", "token_type": "bearer", "expires_in": 3600})


class _Clock:
    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


def _talk(flow: Generator[Request, Response, None], *responses: Response) -> list[Request]:
    """The requests of a conversation in which the other side says `responses`."""
    said = [next(flow)]
    for response in responses:
        try:
            said.append(flow.send(response))
        except StopIteration:
            break
    return said


def test_the_wsse_header_is_made_as_documented() -> None:
    created = datetime.fromisoformat("2014-03-20T13:51:45+01:00")
    nonce = "d36e316282959a9ed4c89851497a717f"
    sign_in = WsseSignIn("customer001", "customersecret", lambda: created, lambda: nonce)
    (signed,) = _talk(sign_in.flow(PLAIN), answer(200))
    digest = "YWQyNWE5Y2JkOTY2ZTU1ODg2M2QzNzVhNDZlZGQwZjg5YjZlZTk4Yw=="
    expected = (
        f'UsernameToken Username="customer001", PasswordDigest="{digest}", '
        f'Nonce="{nonce}", Created="2014-03-20T12:51:45Z"'
    )
    assert signed == PLAIN.with_headers(("X-WSSE", expected))


def test_every_request_has_a_nonce_of_its_own() -> None:
    emarsys = Emarsys()
    sign_in = emarsys.sign_in({"username": "c", "secret": "s"}, emarsys.default_options())
    nonces = {re.findall(r'Nonce="([0-9a-f]{32})"', repr(next(sign_in.flow(PLAIN))))[0] for _ in range(20)}
    assert len(nonces) == 20


def test_a_token_is_fetched_once_and_carried() -> None:
    sign_in = OAuthSignIn("me", "s:ecret", _Clock())
    ask, signed = _talk(sign_in.flow(PLAIN), TOKEN, answer(200))
    assert (ask.method, ask.path, ask.door, ask.body) == (
        "POST",
        "",
        Door.TOKEN,
        b"grant_type=client_credentials",
    )
    assert ("Authorization", "Basic " + base64.b64encode(b"me:s:ecret").decode()) in ask.headers
    assert signed == PLAIN.with_headers(("Authorization", "Bearer one"))
    assert len(_talk(sign_in.flow(PLAIN), answer(200))) == 1


def test_a_token_is_renewed_a_minute_before_it_ends() -> None:
    clock = _Clock()
    sign_in = OAuthSignIn("me", "secret", clock)
    _talk(sign_in.flow(PLAIN), TOKEN, answer(200))
    clock.now += timedelta(seconds=3_539)
    assert len(_talk(sign_in.flow(PLAIN), answer(200))) == 1
    clock.now += timedelta(seconds=1)
    assert next(sign_in.flow(PLAIN)).door is Door.TOKEN


def test_a_refused_token_is_renewed_once() -> None:
    sign_in = OAuthSignIn("me", "secret", _Clock())
    _talk(sign_in.flow(PLAIN), TOKEN, answer(200))
    second = answer(200, {"access_token": "two"})
    said = _talk(sign_in.flow(PLAIN), answer(401), second, answer(401))
    assert [request.door for request in said] == [Door.API, Door.TOKEN, Door.API]
    assert ("Authorization", "Bearer two") in said[-1].headers


@pytest.mark.parametrize("life", [None, True, "soon", "-5", 0, "1e400", [], 10**400, 1e308])
def test_a_token_without_a_believable_life_lives_a_while(life: object) -> None:
    sign_in = OAuthSignIn("me", "secret", _Clock())
    _, signed = _talk(sign_in.flow(PLAIN), answer(200, {"access_token": "one", "expires_in": life}))
    assert signed.door is Door.API
    assert len(_talk(sign_in.flow(PLAIN), answer(200))) == 1


@pytest.mark.parametrize(
    ("response", "problem"),
    [
        (answer(401, {"error": "invalid_client"}), AccountProblem),
        (answer(400, {"error": "unauthorized_client"}), AccountProblem),
        (answer(404), AccountProblem),
        (answer(429), NetworkProblem),
        (answer(503), NetworkProblem),
        (answer(302), NetworkProblem),
        (answer(200, "<html>hotel</html>"), NetworkProblem),
        (answer(200, "one"), NetworkProblem),
        (answer(200, {"access_token": ""}), NetworkProblem),
        (answer(200, {"access_token": "a\r\nb: c"}), NetworkProblem),
    ],
)
def test_a_token_that_is_not_given_is_a_problem(response: Response, problem: type[Problem]) -> None:
    with pytest.raises(problem):
        _talk(OAuthSignIn("me", "secret", _Clock()).flow(PLAIN), response)


def test_the_way_to_sign_in_decides_secrets_and_addresses() -> None:
    emarsys = Emarsys()
    old, new = emarsys.default_options(), options_of(emarsys, sign_in="oauth2")
    assert [field.key for field in emarsys.secrets(old)] == ["username", "secret"]
    assert [field.key for field in emarsys.secrets(new)] == ["client_id", "client_secret"]
    assert (emarsys.base_path(old), emarsys.token_address(old)) == ("/api/v2/", "")
    assert emarsys.base_path(new) == "/api/v3/"
    assert emarsys.token_address(new) == "https://auth.emarsys.net/oauth2/token"


def test_a_user_name_cannot_leave_its_quotation_marks() -> None:
    emarsys = Emarsys()
    with pytest.raises(AccountProblem):
        emarsys.sign_in({"username": 'a", Created="', "secret": "s"}, emarsys.default_options())
