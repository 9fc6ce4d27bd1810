"""The Emarsys calls on contact lists: show, create, add contacts, count.

Each is a function of the account and the request's body; who may call is decided before. Source: Emarsys
"Adding Contacts to a Contact List", "Creating a Contact List", "Listing Contact Lists".
"""

from __future__ import annotations

import re

from app.practice.emarsys_account import Account, ContactList
from app.practice.emarsys_contacts import find_all, more_found
from app.practice.emarsys_fields import BadValue
from app.practice.emarsys_reply import Errors, Refused, key_of, ok, only, php_map, spelled
from app.practice.exchange import PracticeResponse
from app.practice.numbers import whole

IDS_MOST = 10_000
_FORBIDDEN = re.compile(r"[<>\"\\\x00-\x1f]")  # which characters are invalid is not documented


def show(account: Account) -> PracticeResponse:
    """GET contactlist: every list, its id as a string."""
    return ok(
        [
            {"id": str(number), "name": kept.name, "created": kept.created, "type": 0}
            for number, kept in account.lists.items()
        ]
    )


def create(account: Account, body: dict[str, object], now: float) -> PracticeResponse:
    """POST contactlist: a new list, empty or with contacts. Raises Refused."""
    only(body, "key_id", "name", "description", "external_ids")
    name, description = body.get("name"), body.get("description", "")
    if not isinstance(name, str) or not name.strip():
        raise Refused(3004, "List name is not set.")
    if _FORBIDDEN.search(name):
        raise Refused(3004, "List name contains invalid character(s).")
    if not isinstance(description, str) or _FORBIDDEN.search(description):
        raise Refused(3004, "Description contains invalid character(s).")
    if any(kept.name == name for kept in account.lists.values()):
        raise Refused(3005, "Contact list with the requested name already exists.")
    if "external_ids" not in body:
        return ok({"id": account.add_list(name, now)})
    key_id, ids = _who(body)
    number = account.add_list(name, now)
    _, errors = _join(account, account.lists[number], key_id, ids)
    return ok({"id": number, "errors": php_map(errors)})


def add(account: Account, list_id: str, body: dict[str, object]) -> PracticeResponse:
    """POST contactlist/<id>/add: existing contacts join the list. Raises Refused."""
    kept = _list(account, list_id)
    only(body, "key_id", "external_ids")
    key_id, ids = _who(body)
    joined, errors = _join(account, kept, key_id, ids)
    # A string, as in the documented example.
    return ok({"inserted_contacts": str(joined), "errors": php_map(errors)})


def count(account: Account, list_id: str) -> PracticeResponse:
    """GET contactlist/<id>/count; 404/3006 for a list that is not there. The shape is not documented."""
    kept = account.lists.get(whole(list_id) or 0)
    if kept is None:
        raise Refused(3006, "No contact list found with the specified ID", status=404)
    return ok({"count": len(kept.members)})


def _who(body: dict[str, object]) -> tuple[str, list[object]]:
    ids = body.get("external_ids")
    if not isinstance(ids, list):
        raise Refused(3003, "Invalid datatype for the list of external IDs. Array expected.")
    if len(ids) > IDS_MOST:
        raise Refused(3002, "The list of external IDs exceeds the maximum size.")
    key = body.get("key_id", "")
    return "id" if key == "" else key_of(key), ids  # left empty: the internal id


def _list(account: Account, list_id: str) -> ContactList:
    number = whole(list_id)
    if number is None:
        raise Refused(1, f"Action {list_id} is invalid.")
    kept = account.lists.get(number)
    if kept is None:
        raise Refused(3004, f"Invalid contact list id: {list_id}")
    return kept


def _join(account: Account, kept: ContactList, key_id: str, ids: list[object]) -> tuple[int, Errors]:
    """How many were added who were not yet on the list, and who could not be."""
    before = len(kept.members)
    errors: Errors = {}
    for external in ids:
        try:
            found = find_all(account, key_id, external)
            if len(found) > 1:
                raise more_found(key_id, external)
        except BadValue as bad:
            errors[spelled(external)] = {str(bad.code): bad.text}
        else:
            kept.members[found[0]] = None
    return len(kept.members) - before, errors
