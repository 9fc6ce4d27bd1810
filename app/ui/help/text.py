"""Shows Markdown of ours in a browser, with headings in the sizes that the window has.

Knows sizes and distances, and nothing of what is said.
"""

from __future__ import annotations

from PySide6.QtCore import QUrl
from PySide6.QtGui import QFont, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextBrowser

_SIZES = {1: 1.4, 2: 1.2}
"""Level of a heading -> how many times as large as text; as of labels."""
_MARGIN, _INDENT = 12, 20
_ABOVE, _BELOW = 16, 4


class HelpBrowser(QTextBrowser):
    """Text of ours; whatever a page might point to is not fetched."""

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        del kind, name
        return None


def show_markdown(browser: QTextBrowser, text: str) -> None:
    """Show `text` from its beginning."""
    document = browser.document()
    font = QFont(browser.font())
    document.setDefaultFont(font)
    document.setDocumentMargin(_MARGIN)
    document.setIndentWidth(_INDENT)
    browser.setMarkdown(text)
    block = document.begin()
    while block.isValid():
        level = block.blockFormat().headingLevel()
        if level:
            shape = block.blockFormat()
            shape.setTopMargin(_ABOVE if block.position() else 0)
            shape.setBottomMargin(_BELOW)
            letters = QTextCharFormat()  # without Markdown's own adjustment, which outweighs any size
            letters.setFontPointSize(font.pointSizeF() * _SIZES.get(level, 1.0))
            letters.setFontWeight(QFont.Weight.DemiBold)
            cursor = QTextCursor(block)
            cursor.setBlockFormat(shape)
            cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
            cursor.setCharFormat(letters)
        block = block.next()
    browser.moveCursor(QTextCursor.MoveOperation.Start)
