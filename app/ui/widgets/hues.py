"""The few colours with a meaning, made from the palette so that they can be read in light and in dark.

Knows contrast; where a hue is used, and for what, is the widgets'.
"""

from __future__ import annotations

from enum import Enum
from functools import lru_cache

from PySide6.QtGui import QColor, QPalette

READABLE = 4.5
"""The least contrast of text to its background, as WCAG 2 (AA) asks."""

_STEPS = 24


class Tone(Enum):
    """What a colour says. The value is the hue in degrees."""

    GOOD = 145
    WARNING = 38
    BAD = 4
    PRACTICE = 200


def text_hue(palette: QPalette, tone: Tone) -> QColor:
    """The tone as a colour of text that is readable on the palette's backgrounds."""
    return _text_hue(tone, _rgb(_grounds(palette)))


def readable_on(colour: QColor, grounds: tuple[QColor, ...]) -> QColor:
    """The colour, moved away from the lightness of the `grounds` step by step until it is readable on all."""
    end = 255 if _luminance(grounds[0]) < 0.18 else 0
    hue, saturation, lightness = colour.hslHue(), colour.hslSaturation(), colour.lightness()
    for step in range(_STEPS + 1):
        moved = QColor.fromHsl(hue, saturation, lightness + (end - lightness) * step // _STEPS)
        if all(contrast(moved, ground) >= READABLE for ground in grounds):
            return moved
    return QColor("white" if end else "black")


def tint(palette: QPalette, tone: Tone) -> QColor:
    """The colour that pages have, with a little of the tone: a background for ordinary text."""
    window = palette.color(QPalette.ColorRole.Window if is_dark(palette) else QPalette.ColorRole.Base)
    full = QColor.fromHsl(tone.value, 190, 128)
    text = palette.color(QPalette.ColorRole.WindowText)
    for share in (0.14, 0.10, 0.06):
        mixed = mix(window, full, share)
        if contrast(text, mixed) >= READABLE:
            return mixed
    return window


def is_dark(palette: QPalette) -> bool:
    """Whether windows are dark."""
    return _luminance(palette.color(QPalette.ColorRole.Window)) < 0.18


def muted(palette: QPalette) -> QColor:
    """Text of less importance, still readable on the window."""
    window, text = palette.color(QPalette.ColorRole.Window), palette.color(QPalette.ColorRole.WindowText)
    return _muted(text.rgb(), window.rgb(), _rgb(_grounds(palette)))


def mix(one: QColor, other: QColor, share: float) -> QColor:
    """`one` with `share` (0.0 to 1.0) of `other`."""
    return QColor.fromRgbF(
        one.redF() * (1 - share) + other.redF() * share,
        one.greenF() * (1 - share) + other.greenF() * share,
        one.blueF() * (1 - share) + other.blueF() * share,
    )


def contrast(one: QColor, other: QColor) -> float:
    """The contrast ratio of WCAG 2: from 1.0 (the same) to 21.0 (black and white)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


# Hundreds of labels ask for the same few colours, and each answer takes up to a hundred powers. So they are
# kept, by what was asked for as numbers.


@lru_cache(maxsize=64)
def _text_hue(tone: Tone, grounds: tuple[int, ...]) -> QColor:
    return readable_on(QColor.fromHsl(tone.value, 190, 128), tuple(QColor.fromRgb(one) for one in grounds))


@lru_cache(maxsize=64)
def _muted(text: int, window: int, grounds: tuple[int, ...]) -> QColor:
    for share in (0.40, 0.30, 0.20, 0.10):
        mixed = mix(QColor.fromRgb(text), QColor.fromRgb(window), share)
        if all(contrast(mixed, QColor.fromRgb(ground)) >= READABLE for ground in grounds):
            return mixed
    return QColor.fromRgb(text)


def _rgb(colours: tuple[QColor, ...]) -> tuple[int, ...]:
    return tuple(colour.rgb() for colour in colours)


def _grounds(palette: QPalette) -> tuple[QColor, ...]:
    """What text stands on: windows, lists and lines to type in, every second row of a table."""
    roles = QPalette.ColorRole
    return tuple(palette.color(role) for role in (roles.Window, roles.Base, roles.AlternateBase))


def _luminance(colour: QColor) -> float:
    red, green, blue = (_linear(part) for part in (colour.redF(), colour.greenF(), colour.blueF()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.03928 else float(((part + 0.055) / 1.055) ** 2.4)
