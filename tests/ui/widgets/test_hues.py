"""Tests that every colour with a meaning can be read in light and in dark."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor, QPalette

from app.ui.widgets.hues import READABLE, Tone, contrast, is_dark, muted, text_hue, tint

LIGHT = {"Window": "#efefef", "Base": "#ffffff", "AlternateBase": "#f7f7f7", "WindowText": "#000000"}
DARK = {"Window": "#323232", "Base": "#242424", "AlternateBase": "#2b2b2b", "WindowText": "#f0f0f0"}


def palette_of(colours: dict[str, str]) -> QPalette:
    palette = QPalette()
    for role, colour in colours.items():
        palette.setColor(QPalette.ColorRole[role], QColor(colour))
    return palette


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("tone", Tone)
def test_a_tone_is_readable(tone: Tone, colours: dict[str, str]) -> None:
    palette = palette_of(colours)
    for ground in ("Window", "Base", "AlternateBase"):
        assert contrast(text_hue(palette, tone), QColor(colours[ground])) >= READABLE
        assert contrast(muted(palette), QColor(colours[ground])) >= READABLE
    assert contrast(QColor(colours["WindowText"]), tint(palette, tone)) >= READABLE


def test_dark_is_told_from_light() -> None:
    assert is_dark(palette_of(DARK))
    assert not is_dark(palette_of(LIGHT))


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast(QColor("white"), QColor("black")) == pytest.approx(21.0)
    assert contrast(QColor("white"), QColor("white")) == pytest.approx(1.0)
