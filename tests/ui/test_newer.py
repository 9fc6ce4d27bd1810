"""Tries the switch for newer versions, and what is shown when there is one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from app.flow.draft import new_draft
from app.flow.newer import Releases
from app.flow.parts import Parts
from app.settings.preferences import Preferences, load_preferences
from app.ui.application import build_wizard
from app.ui.newer import NewerSwitch, look_for_newer
from app.ui.news import News
from app.ui.wizard import FerryWizard
from tests.endpoint import Endpoint, answer, listening

PAGE = "https://example.com/releases"


@pytest.fixture
def wizard(qtbot: QtBot, parts: Parts) -> Iterator[FerryWizard]:
    made = build_wizard(new_draft("smsend", "GB"), parts, Preferences())
    qtbot.addWidget(made)
    yield made
    made.tidy_up()


def want(wizard: FerryWizard) -> None:
    wizard.session.prefer(replace(wizard.session.preferences, look_for_newer=True))


def look(wizard: FerryWizard, qtbot: QtBot, said: bytes) -> list[News]:
    with listening(Endpoint([answer(said)])) as endpoint:
        looking = look_for_newer(wizard, Releases(endpoint.address, PAGE), "1.0")
        assert looking is not None
        qtbot.waitUntil(lambda: not looking.running)
    return wizard.findChildren(News)


def test_nothing_is_looked_for_until_the_user_wants_it(wizard: FerryWizard) -> None:
    with listening(Endpoint([answer(b"{}")])) as endpoint:
        assert look_for_newer(wizard, Releases(endpoint.address, PAGE)) is None
    assert endpoint.heard == []


def test_the_switch_is_off_and_is_remembered(wizard: FerryWizard, parts: Parts, qtbot: QtBot) -> None:
    switch = NewerSwitch(wizard.session)
    qtbot.addWidget(switch)
    assert not switch.isChecked()
    switch.click()
    assert load_preferences(parts.folders)[0].look_for_newer


def test_a_newer_version_is_told_with_where_it_is(wizard: FerryWizard, qtbot: QtBot) -> None:
    want(wizard)
    [news] = look(wizard, qtbot, b'{"tag_name": "v1.1", "html_url": "https://example.net/trap"}')
    assert "1.1" in news.browser.toPlainText()
    assert PAGE in news.browser.toPlainText()
    assert "trap" not in news.browser.toPlainText()
    assert look_for_newer(wizard, Releases("https://example.com/", PAGE), "1.0") is None  # asked today


def test_no_newer_version_is_no_news(wizard: FerryWizard, qtbot: QtBot) -> None:
    want(wizard)
    assert look(wizard, qtbot, b'{"tag_name": "v1.0"}') == []
    assert wizard.session.preferences.looked_on
