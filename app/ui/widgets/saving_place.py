"""Asks where a file is to be saved, so that its name says what kind of file it is.

Refuses to save anything.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from app.language import tr
from app.ui.widgets.confirm import confirm


def ask_for_place(parent: QWidget, title: str, suggested: Path, kinds: Mapping[str, str]) -> Path | None:
    """Where the user wants it; None for nowhere. `kinds` are the suffixes with their words: "PDF (*.pdf)"."""
    chosen, words = QFileDialog.getSaveFileName(parent, title, str(suggested), ";;".join(kinds.values()))
    if not chosen:
        return None
    path = with_kind(Path(chosen), words, kinds)
    # The dialog asked about the name as it was typed.
    if path == Path(chosen) or not path.exists() or _may_replace(parent, title, path):
        return path
    return None


def table_kinds() -> Mapping[str, str]:
    """What a table can be saved as, the usual kind first."""
    return {".xlsx": tr("Excel workbook (*.xlsx)"), ".csv": tr("Text file (*.csv)")}


def with_kind(path: Path, words: str, kinds: Mapping[str, str]) -> Path:
    """The path with the suffix of the kind whose words were chosen, or the first kind's, unless it has one of
    `kinds`: "list 2.5" is a name without."""
    if path.suffix.lower() in kinds:
        return path
    suffix = next((one for one, said in kinds.items() if said == words), next(iter(kinds)))
    return path.with_name(path.name + suffix)


def _may_replace(parent: QWidget, title: str, path: Path) -> bool:
    return confirm(
        parent,
        title,
        tr("There is a file {name} already.", name=path.name),
        tr("If it is replaced, what is in it now is lost."),
        do=tr("Replace"),
        keep=tr("Keep it"),
    )
