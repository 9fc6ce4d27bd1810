"""A draft as text in its ledger, and back: what is decided goes as a recipe, the rest as plain JSON.

Holds no secret (not even the password that a file was opened with) and no contact. A ledger may come from
anybody, so what is read back is taken only where it is of the kind that was written.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from dataclasses import asdict, fields
from hashlib import blake2b
from pathlib import Path
from typing import Any

from app.contacts.exclusions import Exclusions
from app.flow.draft import Destination, ImportDraft, ReadFile, new_draft
from app.flow.reading import FIRST_ROWS, SPREAD_ROWS
from app.flow.recipe import with_recipe
from app.flow.recipe_reading import recipe_in
from app.flow.recipe_text import recipe_of, recipe_text
from app.ledger.ledger import Ledger
from app.problems import RecipeProblem
from app.providers.account_fields import AccountFields
from app.table.notes import NO_NOTES, SheetNotes
from app.table.shape import Column, FileFormat, HiddenRows, ReadingChoice, TableShape

_DRAFT, _EXCLUSIONS = "draft", "exclusions"  # the names of the facts in the ledger
# What a ledger from elsewhere may make of our reading, whatever stands in it.
BROKEN = (RecipeProblem, TypeError, ValueError, AttributeError, LookupError, ArithmeticError, RecursionError)


def write_draft(ledger: Ledger, draft: ImportDraft) -> None:
    """Note the draft, in the place of an earlier one."""
    said = _said_in(ledger)
    with ledger.together():
        digest = _digest(draft.exclusions)
        if draft.exclusions is not None and said.get("exclusions") != digest:  # it may be large
            ledger.note(_EXCLUSIONS, base64.b64encode(draft.exclusions.packed).decode())
        ledger.note(_DRAFT, json.dumps(_described(draft) | {"exclusions": digest}, ensure_ascii=False))


def is_written(ledger: Ledger) -> bool:
    """Whether a draft is noted."""
    return ledger.fact(_DRAFT) is not None


def read_draft(ledger: Ledger, *, reviewed: bool) -> ImportDraft:
    """The noted draft; with `reviewed`, the contacts have to be those that it was about to send, and it is
    given as checked. Raises one of BROKEN, LedgerProblem."""
    noted: Mapping[str, Any] = json.loads(ledger.fact(_DRAFT) or "{}")
    file = ReadFile(
        _shape_from(noted["shape"]),
        ledger.path,
        ledger.rows.count(),
        ledger.rows.count_blank(),
        ledger.rows.first(FIRST_ROWS),
        _notes_from(noted.get("notes", {})),
        ledger.rows.spread(SPREAD_ROWS),
        _choice_from(noted.get("choice", {})),
        _stamp_from(noted.get("stamp")),
    )
    totals = ledger.contacts.totals()
    if reviewed and totals.to_send != noted["reviewed"]:
        raise ValueError("the contacts are not those that were reviewed")
    recipe = recipe_in(noted["recipe"], "recipe")
    draft = with_recipe(new_draft(recipe.provider).with_file(file), recipe, own=True)
    draft = draft.with_destination(_destination_from(noted["destination"]))
    account_fields = noted.get("account_fields")
    if account_fields is not None:
        draft = draft.with_account_fields(AccountFields.from_text(account_fields))
    draft = draft.with_exclusions(_exclusions_from(ledger, noted.get("exclusions")))
    return draft.with_checked(totals) if reviewed else draft


def _said_in(ledger: Ledger) -> Mapping[str, Any]:
    try:
        said = json.loads(ledger.fact(_DRAFT) or "{}")
    except BROKEN:
        return {}
    return said if isinstance(said, dict) else {}


def _described(draft: ImportDraft) -> dict[str, object]:
    file = draft.file
    if file is None:
        raise LookupError("there is no file")
    shape, choice = file.shape, asdict(file.choice)
    del choice["password"]
    return {
        "shape": {
            **asdict(shape),
            "path": str(shape.path),
            "format": shape.format.value,
            "hidden_sheets": sorted(shape.hidden_sheets),
        },
        "choice": {**choice, "hidden": file.choice.hidden.value},
        "notes": asdict(file.notes),
        "stamp": file.stamp,
        "recipe": recipe_text(recipe_of(draft)),
        "destination": asdict(draft.destination),
        "account_fields": draft.account_fields.to_text() if draft.account_fields else None,
        "reviewed": draft.checked.to_send if draft.checked else 0,
    }


def _digest(exclusions: Exclusions | None) -> str | None:
    return blake2b(exclusions.packed, digest_size=16).hexdigest() if exclusions else None


def _exclusions_from(ledger: Ledger, digest: object) -> Exclusions | None:
    """The people to leave out. Raises ValueError unless they are exactly those that were noted: with fewer,
    messages would go to who asked for none."""
    if digest is None:
        return None
    found = Exclusions(base64.b64decode(ledger.fact(_EXCLUSIONS) or "", validate=True))
    if _digest(found) != digest:
        raise ValueError("the people to leave out are others")
    return found


def _destination_from(noted: Mapping[str, Any]) -> Destination:
    destination = Destination(**noted)
    parts = (destination.practice, destination.account, destination.server, destination.token_server)
    if [type(part) for part in parts] != [bool, str, str, str]:
        raise TypeError("no destination")
    return destination


def _shape_from(noted: Mapping[str, Any]) -> TableShape:
    return TableShape(
        **{
            **noted,
            "path": Path(noted["path"]),
            "format": FileFormat(noted["format"]),
            "sheets": tuple(noted["sheets"]),
            "columns": tuple(Column(**column) for column in noted["columns"]),
            "hidden_sheets": frozenset(noted["hidden_sheets"]),
        }
    )


def _choice_from(noted: Mapping[str, Any]) -> ReadingChoice:
    choice = ReadingChoice(**{**noted, "hidden": HiddenRows(noted.get("hidden", HiddenRows.AS_SHOWN))})
    texts = (choice.sheet, choice.encoding, choice.delimiter, choice.password)
    switches = (choice.repeat_merged, choice.own_columns)
    if not (
        all(one is None or isinstance(one, str) for one in texts)
        and all(isinstance(one, bool) for one in switches)
        and (choice.header_row is None or type(choice.header_row) is int)
    ):
        raise TypeError("no choice about reading")
    return choice


def _notes_from(noted: Mapping[str, Any]) -> SheetNotes:
    known = {one.name: getattr(NO_NOTES, one.name) for one in fields(SheetNotes)}
    values: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in noted.items()
    }
    for key, value in values.items():
        inside = int if key == "totals" else str
        if type(value) is not type(known[key]) or (
            isinstance(value, tuple) and not all(type(one) is inside for one in value)
        ):
            raise TypeError("no notes about a sheet")
    return SheetNotes(**values)


def _stamp_from(noted: Any) -> tuple[int, int] | None:
    if noted is None:
        return None
    size, changed = noted
    if (type(size), type(changed)) != (int, int):
        raise TypeError("no stamp")
    return size, changed
