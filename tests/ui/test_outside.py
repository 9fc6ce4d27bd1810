"""The rest of the computer is told in order, and the window waits for none of it."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QWidget

from app import language
from app.ui.aside import Aside
from app.ui.awake import Awake, Release
from app.ui.outside import Outside
from app.ui.taskbar import TaskBar

PATIENCE = 20.0


class Slow:
    """A system that takes its time to keep awake; `said` is what it was asked, and on which thread."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self.threads: set[str] = set()
        self.let_go = threading.Event()

    def keep(self, why: str) -> Release:
        assert why
        self.let_go.wait(PATIENCE)
        self._note("kept")
        return lambda: self._note("released")

    def tell(self, share: float | None) -> None:
        self._note(f"{share}")

    def _note(self, words: str) -> None:
        self.said.append(words)
        self.threads.add(threading.current_thread().name)


@pytest.fixture
def aside() -> Iterator[Aside]:
    made = Aside()
    yield made
    made.finish()


def test_a_slow_system_keeps_nobody_waiting_and_hears_all_in_order(window: QWidget, aside: Aside) -> None:
    system = Slow()
    bar = TaskBar(aside, "anywhere", {}, {"anywhere": system.tell})
    outside = Outside(window, aside, Awake("anywhere", {"anywhere": system.keep}), bar)
    outside.begin()
    outside.show_share(0.5)
    outside.end()
    outside.end()
    assert system.said == [], "and the window goes on"
    assert not window.windowTitle().startswith("50%")
    system.let_go.set()
    aside.finish()
    assert system.said == ["kept", "0.0", "0.5", "released", "None", "None"]
    assert threading.current_thread().name not in system.threads


@pytest.mark.parametrize(("code", "said"), [("en", "40%"), ("fr", "40\u00a0%"), ("de", "40\u00a0%")])
def test_the_title_says_how_far_it_is_as_the_language_does_it(
    code: str, said: str, window: QWidget, aside: Aside
) -> None:
    outside = Outside(window, aside, Awake("anywhere", {}), TaskBar(aside, "anywhere", {}, {}))
    language.use(code)
    outside.show_share(0.4)
    language.use("en")
    assert window.windowTitle() == f"{said} \u2013 Contact Ferry"
    outside.end()
    assert window.windowTitle() == "Contact Ferry"


@pytest.mark.logs_expected
def test_a_mistake_beside_the_window_is_told_in_the_log(
    aside: Aside, caplog: pytest.LogCaptureFixture
) -> None:
    def breaks() -> None:
        raise LookupError("a bug")

    aside.do(breaks)
    aside.finish()
    assert [one.getMessage() for one in caplog.records] == ["a mistake beside the window: LookupError"]
