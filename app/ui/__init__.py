"""The window: the only room that knows Qt.

Shows drafts and gives them back changed; what an import is and does is flow's.
"""

from app.ui.constants_kept import keep_constants

keep_constants()  # before anything of Qt is called
