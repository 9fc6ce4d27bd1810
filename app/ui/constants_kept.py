"""Keeps Python's constants alive under a Qt binding that gives them back once too often.

Knows one fault of the binding and nothing of the window.

PySide6 6.12 is built for Pythons in which None, True and False can't be deallocated (3.12 and later). Where
it answers None for "no such widget", or takes None from a model's `data`, it drops a reference that it never
took. Measured: one for each call of `QWidget.parentWidget()`, `QLayout.takeAt()` or `data()`. Python 3.11
counts references to None like any other's, and aborts the program when the last one seems gone: after
some thousand calls, or after scrolling a table for a while. 6.11 does not do this.

So the constants get more references than a binding can ever drop, as if they were kept for good already.
"""

from __future__ import annotations

import ctypes
import sys

PLENTY = 1 << 40


def keep_constants() -> None:
    """Make the constants outlast the program. Does nothing where they do so anyway."""
    if sys.implementation.name != "cpython" or sys.version_info >= (3, 12):
        return
    for constant in (None, True, False, NotImplemented):
        count = ctypes.c_ssize_t.from_address(id(constant))  # every object begins with its count
        if count.value < PLENTY:
            count.value += PLENTY
