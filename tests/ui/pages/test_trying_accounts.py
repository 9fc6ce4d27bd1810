"""Try this account: every fault an account can have, at every provider, said in words on the page."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from email.utils import formatdate
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.flow.draft import ReadFile
from app.flow.parts import Parts
from app.practice.emarsys import EmarsysRoom
from app.practice.exchange import PracticeRequest, PracticeResponse, text_answer
from app.practice.faults import Fault, HangUp, Refuse
from app.practice.room import Seed
from app.practice.rooms import PRACTICE_SECRETS, open_rooms
from app.practice.server import PracticeServer
from app.problems import Problem
from app.providers.known import PROVIDERS
from app.ui.pages.choose_provider import ChooseProviderPage
from tests.certificates import new_authority
from tests.endpoint import Endpoint, answer, listening
from tests.ui.pages.test_choose_provider import add_account, opened

NAMES = [one.name for one in PROVIDERS]
PAGE = PracticeResponse(
    200, {"Content-Type": "text/html"}, b"<!DOCTYPE html><html><body>Sign in to the hotel</body></html>"
)
FORBIDDEN = text_answer(403, "Forbidden")


@dataclass
class Case:
    """What goes wrong (in answer to the trial itself, not to a login), and what the page has to say."""

    fault: Callable[[PracticeRequest], Fault | None]
    said: str


def secrets_of(name: str, more: str = "") -> dict[str, str]:
    """What the usual way to sign in wants to know, with `more` behind it."""
    provider = next(one for one in PROVIDERS if one.name == name)
    asked = provider.secrets(provider.default_options())
    return {one.key: f"{PRACTICE_SECRETS[name][one.key]}{more}" for one in asked}


def is_login(request: PracticeRequest) -> bool:
    return request.path.rpartition("/")[2] in ("login", "token")


def always(fault: Fault) -> Callable[[PracticeRequest], Fault | None]:
    return lambda _: fault


def after_login(fault: Fault) -> Callable[[PracticeRequest], Fault | None]:
    return lambda request: None if is_login(request) else fault


CASES = {
    "a captive portal": Case(always(Refuse(PAGE)), "Something else answered"),
    "a proxy's page": Case(always(Refuse(PracticeResponse(503, PAGE.headers, PAGE.body))), "can't answer"),
    "a redirect": Case(
        always(Refuse(PracticeResponse(302, {"Location": "https://portal.example.com/"}))),
        "Something else answered",
    ),
    "another server": Case(after_login(Refuse(text_answer(200, "It works"))), "Something else answered"),
    "a missing permission": Case(after_login(Refuse(FORBIDDEN)), "“GET"),
    "no answer": Case(after_login(HangUp(acted=False)), "did not answer"),
    "a busy server": Case(after_login(Refuse(PracticeResponse(500))), "can't answer"),
}


def told(page: ChooseProviderPage, qtbot: QtBot) -> Problem:
    """The problem on the page after trying the account."""
    page.accounts.try_it.click()
    qtbot.waitUntil(page.accounts.try_it.isEnabled)
    problem = page.problem_box.problem
    assert problem is not None
    assert page.problem_box.isVisibleTo(page)
    assert problem.advice
    return problem


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("case", CASES)
def test_what_is_wrong_is_said_in_words(
    name: str,
    case: str,
    qtbot: QtBot,
    parts: Parts,
    people: ReadFile,
    practice_server: PracticeServer,
) -> None:
    page = opened(name, qtbot, parts, people)
    add_account(qtbot, page, "Shop", practice_server.address, secrets_of(name))
    practice_server.fault = CASES[case].fault
    assert CASES[case].said in told(page, qtbot).title


@pytest.mark.parametrize("name", NAMES)
def test_a_wrong_key_an_empty_place_and_a_closed_door_are_said(
    name: str, qtbot: QtBot, parts: Parts, people: ReadFile, practice_server: PracticeServer
) -> None:
    page = opened(name, qtbot, parts, people)
    add_account(qtbot, page, "Shop", practice_server.address, secrets_of(name, "x"))
    assert "does not accept" in told(page, qtbot).title
    practice_server.close()
    assert "can't be reached" in told(page, qtbot).title


@pytest.mark.parametrize("name", NAMES)
def test_a_name_that_nobody_has_is_said(
    name: str, qtbot: QtBot, parts: Parts, people: ReadFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nowhere(*_: object, **__: object) -> object:
        raise OSError(-2, "Name or service not known")

    page = opened(name, qtbot, parts, people)
    add_account(qtbot, page, "Shop", "https://nowhere.example.com", secrets_of(name))
    monkeypatch.setattr("socket.getaddrinfo", nowhere)
    assert "can't be found" in told(page, qtbot).title


@pytest.mark.parametrize("name", NAMES)
def test_a_path_that_is_not_there_is_said(
    name: str, qtbot: QtBot, parts: Parts, people: ReadFile, practice_server: PracticeServer
) -> None:
    page = opened(name, qtbot, parts, people)
    add_account(qtbot, page, "Shop", practice_server.address, secrets_of(name))
    practice_server.fault = after_login(Refuse(text_answer(404, "Not found")))
    problem = told(page, qtbot)
    assert "address" in f"{problem.title} {problem.advice}"


def test_a_wrong_clock_is_told_by_the_servers_own(qtbot: QtBot, parts: Parts, people: ReadFile) -> None:
    later = f"Date: {formatdate(time.time() + 3600, usegmt=True)}"
    refused = answer(b'{"replyCode":1,"replyText":"Unauthorized","data":""}', "401 Unauthorized", later)
    with listening(Endpoint([refused])) as server:
        page = opened("emarsys", qtbot, parts, people)
        add_account(qtbot, page, "Shop", server.address, secrets_of("emarsys"))
        assert "60 minutes" in told(page, qtbot).title


def test_the_endpoint_that_is_not_permitted_is_named(qtbot: QtBot, parts: Parts, people: ReadFile) -> None:
    rooms = [room for room in open_rooms() if room.name != "emarsys"]
    with PracticeServer(rooms=[*rooms, EmarsysRoom(Seed(forbidden=("field",)))]) as server:
        page = opened("emarsys", qtbot, parts, people)
        add_account(qtbot, page, "Shop", server.address, secrets_of("emarsys"))
        problem = told(page, qtbot)
    assert "GET field/translate/en" in problem.title
    assert "administrator" in problem.advice


def test_a_proxy_is_signed_in_to_where_it_asks_for_it(
    qtbot: QtBot, parts: Parts, people: ReadFile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    authority = new_authority(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.certificate))
    balance = answer(b'{"amount": 1, "unit": "euros"}')
    toll = b"Proxy-Authorization: Basic ZmVycnk6dG9sbC05OQ=="  # ferry, toll-99
    proxy = Endpoint([balance], tunnel=authority.server_context("api.octopush.com"), toll=toll)
    with listening(proxy):
        monkeypatch.setenv("https_proxy", f"http://127.0.0.1:{proxy.port}")
        page = opened("octopush", qtbot, parts, people)
        add_account(qtbot, page, "Shop", "https://api.octopush.com", secrets_of("octopush"))
        assert "asks for a name" in told(page, qtbot).title
        page.problem_box.remedy.click()
        dialog = page.proxy.dialog
        assert dialog is not None
        dialog.username.setText("ferry")
        dialog.password.setText("toll-99")
        with qtbot.waitSignal(dialog.accepted):
            dialog.save()
        assert (dialog.username.text(), dialog.password.text()) == ("", "")
        assert not page.problem_box.isVisibleTo(page)
        page.accounts.try_it.click()
        qtbot.waitUntil(page.accounts.try_it.isEnabled)
        assert page.accounts.result.text() == "The account works."
    place = f"proxy/127.0.0.1:{proxy.port}"
    assert parts.credentials().read(place, "proxy_password") == "toll-99"
