"""The Emarsys calls on contacts: create, update (or create), check ids, read back.

Each is a function of the account and the request's body; who may call is decided before. Source: Emarsys
"Creating Multiple Contacts", "Updating Multiple Contacts", "Checking IDs", "Querying Contact Data".
"""

from __future__ import annotations

from dataclasses import dataclass

from app.practice.emarsys_account import INTERNAL, SOURCES, Account, uid_of
from app.practice.emarsys_fields import FIELDS, BadValue, Value, check_value
from app.practice.emarsys_reply import (
    DEFAULT_KEY,
    Errors,
    Refused,
    key_of,
    key_value,
    ok,
    only,
    php_map,
    spelled,
)
from app.practice.exchange import PracticeResponse

CONTACTS_MOST = 1_000
NO_KEY = "<NO_KEY_ID>"  # where a fault of the whole batch hides in data.errors of an update
_SINGLE_EXTRAS = ("key_id", "contact_list_id")


@dataclass(frozen=True, slots=True)
class _Batch:
    key_id: str
    contacts: list[dict[str, object]]
    single: bool
    members: dict[int, None] | None  # of the list to add everybody to


def create(account: Account, body: dict[str, object]) -> PracticeResponse:
    """POST contact: new contacts only. Raises Refused."""
    key_id = key_of(body.get("key_id", DEFAULT_KEY))
    if key_id == "id":
        raise Refused(2004, "Cannot use internal ID as key on contact creation.")
    if key_id == "uid":
        raise Refused(2004, "Cannot use id or uid as key on contact creation")
    batch = _batch(account, body, key_id)
    ids: list[int] = []
    errors: Errors = {}
    for contact in batch.contacts:
        try:
            values = _create_one(account, contact, key_id)
        except BadValue as bad:
            _note(errors, contact.get(key_id), bad)
        else:
            number = account.add(values)
            ids.append(number)
            if batch.members is not None:
                batch.members[number] = None
    if batch.single:
        return _single(ids, errors)
    return ok({"ids": ids, "errors": php_map(errors)})


def update(account: Account, body: dict[str, object], *, may_create: bool) -> PracticeResponse:
    """PUT contact: replaces the fields sent; ids of changed contacts are strings, of new ones numbers."""
    try:
        key_id = key_of(body.get("key_id", DEFAULT_KEY))
    except Refused as refused:
        if "contacts" not in body:
            raise
        return ok({"ids": [], "errors": {NO_KEY: {str(refused.code): refused.text}}})
    batch = _batch(account, body, key_id)
    ids: list[int | str] = []
    errors: Errors = {}
    met: set[str] = set()
    for contact in batch.contacts:
        try:
            _only_once(met, contact.get(key_id), key_id)
            number, created = _update_one(account, contact, key_id, may_create=may_create)
        except BadValue as bad:
            _note(errors, contact.get(key_id), bad)
        else:
            ids.append(number if created else str(number))
            if batch.members is not None:
                batch.members[number] = None
    if batch.single:
        return _single(ids, errors)
    return ok({"ids": ids, "errors": errors})


def check_ids(account: Account, body: dict[str, object]) -> PracticeResponse:
    """POST contact/checkids: which of the external ids exist."""
    only(body, "key_id", "external_ids", "get_multiple_ids")
    key_id = key_of(body.get("key_id", DEFAULT_KEY))
    sought = body.get("external_ids")
    if not isinstance(sought, list):
        raise Refused(2003, "Invalid datatype for the list of external ids. Array expected.")
    if len(sought) > CONTACTS_MOST:
        raise Refused(2002, "The list of external ids exceeds the maximum size (1,000)")
    many = body.get("get_multiple_ids") is True
    ids: dict[str, object] = {}
    errors: Errors = {}
    for external in sought:
        try:
            found = find_all(account, key_id, external)
            if len(found) > 1 and not many:
                raise more_found(key_id, external)
        except BadValue as bad:
            _note(errors, external, bad)
        else:
            ids[spelled(external)] = [str(one) for one in found] if many else str(found[0])
    return ok({"ids": ids or [], "errors": php_map(errors)})


def get_data(account: Account, body: dict[str, object]) -> PracticeResponse:
    """POST contact/getdata: camelCase, errors as an array, result false when nobody was found."""
    only(body, "keyId", "keyValues", "fields")
    key_id = key_of(body.get("keyId") or "id")
    sought, fields = body.get("keyValues"), body.get("fields", [])
    if sought is None:
        raise Refused(10001, "Missing parameter: keyValues")
    if not isinstance(sought, list):
        raise Refused(10001, "keyValues must be an array")
    if not isinstance(fields, list):
        raise Refused(10001, "Fields must be an array")
    if len(sought) > CONTACTS_MOST:
        raise Refused(10001, "Max. number of contacts: 1000")
    wanted = [str(field) for field in fields] or [key for key in FIELDS if key != "0"]
    errors: list[dict[str, str]] = []
    result: list[dict[str, object]] = []
    for external in sought:
        try:
            found = find_all(account, key_id, external)
        except BadValue as bad:
            words = f"No contact found with the external id: {key_id}" if bad.code == 2008 else bad.text
            errors.append({"key": spelled(external), "errorCode": str(bad.code), "errorMsg": words})
            continue
        for number in found:
            values: dict[str, object] = {key: account.contacts[number].get(key) for key in wanted}
            result.append({**values, "id": str(number), "uid": uid_of(number)})
    return ok({"errors": errors, "result": result or False})


def find_all(account: Account, key_id: str, external: object) -> tuple[int, ...]:
    """Everybody with this value of the key: one or more internal ids. Raises BadValue (2005, 2007, 2008)."""
    value = _key_of_kind(key_id, external)
    found = account.find(key_id, value)
    if not found:
        words = f"No contact found with the external id: {key_id} - {spelled(external)}"
        raise BadValue(2008, words)
    return found


def more_found(key_id: str, external: object) -> BadValue:
    """The refusal for a key value that several contacts have."""
    return BadValue(2010, f"More contacts found with the external id: {key_id} - {spelled(external)}")


def _batch(account: Account, body: dict[str, object], key_id: str) -> _Batch:
    list_id = body.get("contact_list_id")
    members = None
    if list_id is not None:
        if type(list_id) is not int or list_id not in account.lists:
            raise Refused(2020, f"Invalid contact list id: {list_id}")
        members = account.lists[list_id].members
    if "contacts" not in body:
        alone = {key: value for key, value in body.items() if key not in _SINGLE_EXTRAS}
        return _Batch(key_id, [alone], True, members)
    only(body, "key_id", "contacts", "contact_list_id")
    contacts = body["contacts"]
    if not isinstance(contacts, list) or not all(isinstance(contact, dict) for contact in contacts):
        raise Refused(1008, "Invalid parameter: contacts must be an array of objects")
    if not contacts:
        raise Refused(1006, "Missing parameter: contacts")
    if len(contacts) > CONTACTS_MOST:
        raise Refused(1000, "The request exceeded the maximum batch size of 1,000")
    return _Batch(key_id, contacts, False, members)


def _create_one(account: Account, contact: dict[str, object], key_id: str) -> dict[str, Value]:
    value = _key_of_kind(key_id, contact.get(key_id))
    for internal in INTERNAL:
        if internal in contact:
            raise BadValue(2007, f"Cannot set id or uid on contact creation for field id: {internal}")
    values = _values(contact)
    if account.find(key_id, value):
        raise BadValue(2009, f"Contact with the external id already exists: {key_id}")
    return values


def _only_once(met: set[str], sent: object, key_id: str) -> None:
    """Refuse a key that came before in the request: what the real one does is not documented."""
    spelling = spelled(sent).strip().lower()
    if spelling and spelling in met:
        raise more_found(key_id, sent)
    met.add(spelling)


def _update_one(
    account: Account, contact: dict[str, object], key_id: str, *, may_create: bool
) -> tuple[int, bool]:
    sent = contact.get(key_id)
    found = account.find(key_id, _key_of_kind(key_id, sent))
    if len(found) > 1:
        raise more_found(key_id, sent)
    if not found and not may_create:
        raise BadValue(2008, f"No contact found with the external id: {key_id} - {spelled(sent)}")
    if not found and key_id in INTERNAL:
        raise BadValue(2004, "Cannot use id or uid as key on contact creation")
    values = _values({key: value for key, value in contact.items() if key != key_id or key not in INTERNAL})
    if found:
        account.change(found[0], values)
        return found[0], False
    return account.add(values), True


def _values(contact: dict[str, object]) -> dict[str, Value]:
    """Every value checked, as it will be kept."""
    values: dict[str, Value] = {}
    for number, value in contact.items():
        if number != "source_id":
            values[number] = check_value(number, value)
        elif type(value) not in (str, int) or str(value) not in SOURCES:
            raise BadValue(2013, f"Invalid source id: {value}")
        else:
            values[number] = str(value)
    return values


def _key_of_kind(key_id: str, sent: object) -> Value:
    """The key's value, an array only where the key field is multiple choice."""
    value = key_value(sent)
    if value is None:
        raise BadValue(2005, f"No value provided for key field: {key_id}")
    multiple = key_id not in INTERNAL and FIELDS[key_id].kind == "multichoice"
    if isinstance(value, list) != multiple:
        kind = "Array" if multiple else "Scalar"
        raise BadValue(2007, f"Invalid data format, {kind} expected for field id: {key_id}")
    return value


def _note(errors: Errors, sent: object, bad: BadValue) -> None:
    errors[spelled(sent)] = {str(bad.code): bad.text}


def _single(ids: list[int] | list[int | str], errors: Errors) -> PracticeResponse:
    for found in errors.values():
        for code, words in found.items():
            raise Refused(int(code), words)
    return ok({"id": ids[0]})
