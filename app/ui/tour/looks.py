"""How the window looks on a tour: which language, light or dark, and how large; and all of them in turn.

Puts a look on the application; what is done in the window is the tour's.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from PySide6.QtGui import QColor, QPalette

from app import language
from app.ui.application import open_application
from app.ui.look import dressed
from app.ui.tour.way import SCREEN

_PLATFORM, _NO_SCREEN = "QT_QPA_PLATFORM", "offscreen"


@dataclass(frozen=True, slots=True)
class TourLook:
    """How the window looks on the tour: one of language.LANGUAGES (empty: as it is), light or dark."""

    language: str = ""
    dark: bool = False


AS_IT_IS = TourLook()


def play_all_looks(sample: Path, screenshots: Path | None, provider_name: str) -> int:
    """Play it in every shipped language, light and dark, and at 200 %, each in a folder and process of its
    own: how large a screen draws is settled when a program starts. 0 if all hold."""
    folder = screenshots or Path(tempfile.mkdtemp(prefix="contact-ferry-tour-"))
    held = True
    for code, dark, scale in product(language.shipped(), (False, True), (1, 2)):
        name = f"{code}-{'dark' if dark else 'light'}-{scale * 100}"
        order = [*_this_program(), "tour", str(sample), "--screenshots", str(folder / name)]
        order += ["--provider", provider_name, "--language", code, *(["--dark"] if dark else [])]
        print(f"{name}:", flush=True)
        surroundings = {**os.environ, "QT_SCALE_FACTOR": str(scale)}
        if os.environ.get(_PLATFORM) == _NO_SCREEN:
            surroundings[_PLATFORM] = f"{_NO_SCREEN}:configfile={os.path.relpath(_screen_in(folder))}"
        ended = subprocess.run(order, env=surroundings, check=False)
        held = held and ended.returncode == 0
    return 0 if held else 1


def _screen_in(folder: Path) -> Path:
    """A file that makes the off-screen platform's screen, which is smaller by itself, one of SCREEN."""
    screen = {"name": "tour", "x": 0, "y": 0, "width": SCREEN.width(), "height": SCREEN.height()}
    dots = {"logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1}
    path = folder / "screen.json"
    folder.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"screens": [{**screen, **dots}]}), encoding="utf-8")
    return path


def take_on(look: TourLook) -> None:
    """Show every window of the application like that from now on."""
    if look.language:
        language.use(look.language)
    application = open_application()
    if look.dark:
        application.setPalette(dressed(dark_palette()))


def dark_palette() -> QPalette:
    """Dark colours as systems have them; the off-screen platform knows only light ones."""
    roles = QPalette.ColorRole
    palette = QPalette(QColor(53, 53, 53))
    palette.setColor(roles.Base, QColor(35, 35, 35))
    palette.setColor(roles.AlternateBase, QColor(44, 44, 44))
    palette.setColor(roles.Highlight, QColor(42, 130, 218))
    palette.setColor(roles.HighlightedText, QColor(0, 0, 0))
    return palette


def _this_program() -> list[str]:
    frozen = bool(getattr(sys, "frozen", False))
    return [sys.executable] if frozen else [sys.executable, "-m", "app"]
