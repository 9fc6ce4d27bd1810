"""Shows exactly what would be sent for one contact: every request with its body, as plain text.

Knows how to print requests; making them is the provider's.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from app.flow.preview import TitledRequest
from app.language import tr, without_tricks
from app.ui.widgets.labels import Label, Weight

MOST_SENTENCES = 4  # above the request, which is what matters here


class RequestView(QWidget):
    """A heading over the requests of one contact, or over the reasons why there are none."""

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(8)
        self._heading = Label(weight=Weight.STRONG)
        self._text = QPlainTextEdit(readOnly=True, tabChangesFocus=True)
        self._text.setObjectName("request_text")
        self._fixed = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        self._text.setAccessibleName(tr("What will be sent"))
        self._found = Label(weight=Weight.QUIET)
        column.addWidget(self._heading)
        column.addWidget(self._found)
        column.addWidget(self._text, stretch=1)

    @property
    def text(self) -> str:
        return self._text.toPlainText()

    def show_requests(
        self, heading: str, requests: Sequence[TitledRequest], found: Sequence[str] = ()
    ) -> None:
        """Show what will be sent, and what was found in the contact."""
        self._found.setText("\n".join(found[:MOST_SENTENCES]))
        self._found.setVisible(bool(found))
        self._show(heading, "\n\n".join(_written(one, len(requests) > 1) for one in requests), self._fixed)

    def show_words(self, heading: str, sentences: Sequence[str]) -> None:
        """Show sentences in the place of requests."""
        self._found.hide()
        self._show(heading, "\n".join(map(without_tricks, sentences)), self.font())  # it can be copied

    def _show(self, heading: str, text: str, font: QFont) -> None:
        self._text.setFont(font)
        wraps = QPlainTextEdit.LineWrapMode
        self._text.setLineWrapMode(wraps.NoWrap if font is self._fixed else wraps.WidgetWidth)
        self._heading.setText(heading)
        self._text.setPlainText(text)


def _written(one: TitledRequest, with_title: bool) -> str:
    request = one.request
    query = "&".join(f"{key}={value}" for key, value in request.query)
    lines = [f"# {one.title}"] if with_title else []
    lines.append(f"{request.method} {request.path}" + (f"?{query}" if query else ""))
    if request.body is not None:
        lines.append(pretty(request.body))
    return "\n".join(lines)


def pretty(body: bytes) -> str:
    """The body with line breaks where it is JSON; as it is otherwise. Nothing is left out or added."""
    text = body.decode("utf-8", errors="replace")
    try:
        return json.dumps(json.loads(text), ensure_ascii=False, indent=2)
    except ValueError:
        return text
