"""The window: the only room that knows Qt.

Shows drafts and gives them back changed; what an import is and does is flow's.
"""

from __future__ import annotations

import builtins

from PySide6 import QtCore  # noqa: F401 - so that what it does to `import` is done

# PySide6 puts an `import` of its own in the place of Python's, for a feature we don't use: it reads the
# source of every module that is imported from then on. That is a tenth of a start.
builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)
