"""The dialogs that a smooth way through the wizard never opens, each with something in it to look at.

Makes them over a list that was checked; showing them is the tour's, and the tests'.
"""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtWidgets import QWidget

from app.contacts.fields import Field
from app.flow.changes import Replacement
from app.flow.draft import ImportDraft
from app.flow.parts import Parts
from app.flow.repairs import Matter, Repair, matter_of
from app.language import tr
from app.ledger.ledger import Ledger
from app.progress import Stop, tell_nobody
from app.providers.options import OptionKind, Place
from app.settings.changes import changes_since
from app.settings.folders import Folders
from app.ui.checking.checked_list import exemplifying, finding
from app.ui.journey import PATIENCE, wait_for
from app.ui.news import News
from app.ui.pages.option_dialog import OptionDialog
from app.ui.proxy_dialog import ProxyDialog
from app.ui.recipes_dialog import RecipesDialog
from app.ui.session import Session
from app.ui.support_dialog import SupportDialog
from app.ui.widgets.repair_dialog import RepairDialog
from app.ui.widgets.replace_dialog import ReplaceDialog

_ROWS = (2, 3, 4)
_PROXY = "proxy.example.com:3128"


def dialogs(
    parent: QWidget, parts: Parts, read: ImportDraft, nowhere: Folders
) -> Iterator[tuple[str, QWidget]]:
    """Names and dialogs; `nowhere` are folders in which nothing is kept."""
    for repair in Repair:
        matter = _matter(read, repair)
        if matter.fields or repair is Repair.COUNTRY:
            yield f"repair-{repair.value}", _repair(parent, read, matter)
    yield "replace", _replace(parent, read)
    for option in read.provider.options:
        if option.place is not Place.ACCOUNT and option.kind is not OptionKind.SWITCH:
            session = Session(read, parts, parent=parent)
            yield f"option-{option.key.replace('_', '-')}", OptionDialog(session, option.key, parent)
    yield "recipes", RecipesDialog(parts.folders, parent)
    yield "no-recipes", RecipesDialog(nowhere, parent)
    yield "proxy", ProxyDialog(_PROXY, parts, parent)
    support = SupportDialog(nowhere, parent)
    wait_for((support.gathered,), support.save.isEnabled, PATIENCE)
    yield "support", support
    support.done(0)
    yield "news", News(changes_since("", "9"), parent)


def _matter(read: ImportDraft, repair: Repair) -> Matter:
    if read.file is None:
        raise LookupError("no file")
    with Ledger.open(read.file.ledger) as ledger:
        return matter_of(ledger, read, repair)


def _repair(parent: QWidget, read: ImportDraft, matter: Matter) -> RepairDialog:
    def label(key: str) -> str:
        field: Field | None = read.schema.field(key)
        return tr(field.label) if field else key

    dialog = RepairDialog(matter, read.decisions, label, parent)
    dialog.show_examples(exemplifying(read, matter.repair, dialog.answer)(tell_nobody, Stop()))
    return dialog


def _replace(parent: QWidget, read: ImportDraft) -> ReplaceDialog:
    if read.file is None:
        raise LookupError("no file")
    columns = [(one.position, one.name) for one in read.file.shape.columns]
    dialog = ReplaceDialog(_ROWS, columns, parent)
    dialog.text.setText("a")
    dialog.new.setText("o")
    change: Replacement = dialog.answer
    dialog.show_examples(finding(read, change)(tell_nobody, Stop()))
    return dialog
