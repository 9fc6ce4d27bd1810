"""The Sociocs practice account, strict about its documents: contacts in bulk, lists, reading back.

Knows only what docs.sociocs.com states; where it is silent (unknown keys, an unknown list) it refuses, so
that a mistake is seen. Source: the Sociocs documents (api/contacts, api/contact-lists).
"""

from __future__ import annotations

import itertools
import json
import re
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from app.practice.exchange import PracticeRequest, PracticeResponse, json_answer
from app.practice.numbers import is_full_number, whole
from app.practice.room import Room

RECORDS_MOST = 10_000  # "an array of up to 10,000 contacts"
PAGE_MOST = 1_000  # GET /contacts: limit, maximum and default
ALL_CONTACTS = 0
SECRETS = {"apikey": "practice:practice"}
_OPENING_LISTS = {10001: "Newsletter", 10002: "Customers"}
_BULK_KEYS = frozenset({"list_id", "phone_number_cc", "records"})
_RECORD_KEYS = frozenset({"phone_number", "name", "extra_fields"})
_EXTRA_KINDS = frozenset({str, int, float})  # exact: a bool is an int to isinstance
_DIAL_CODE = re.compile(r"[1-9]\d{0,3}", re.ASCII)


# What is kept of a contact: id, name, phone_number_cc, extra_fields (its keys, then its values), created_at,
# updated_at. Tuples of plain values only, because the garbage collector then leaves a million of them alone.
_Kept = tuple[int, str, str, tuple[object, ...], str, str]
_Record = tuple[str, str, dict[str, object]]  # phone, name, extra_fields


@dataclass(slots=True)
class _List:
    name: str
    members: dict[str, None] = field(default_factory=dict)  # phones, in the order of joining


class _Refused(Exception):
    """The request is not as documented: 400 and this message."""


class SociocsRoom(Room):
    """Contacts are dicts of id, phone_number (no plus), name, phone_number_cc, extra_fields and lists."""

    name = "sociocs"

    def knows(self, path: str) -> bool:
        return path.strip("/").partition("/")[0] in ("contacts", "lists")

    def _open(self) -> None:
        names = {**_OPENING_LISTS, **{int(number): name for number, name in self.seed.lists.items()}}
        self._by_phone: dict[str, _Kept] = {}  # by digits, no plus
        self._all_lists = {number: _List(name) for number, name in names.items()}
        self._ids: Iterator[int] = itertools.chain(self.seed.ids, itertools.count(1))
        for contact in self.seed.contacts:
            record = {key: value for key, value in contact.items() if key in _RECORD_KEYS}
            phone = self._save([_checked(record)], str(contact.get("phone_number_cc", "")))[0]
            joined = contact.get("lists", ())
            for number in joined if isinstance(joined, list | tuple) else ():
                self._all_lists[number].members[phone] = None

    def _answer(self, request: PracticeRequest) -> PracticeResponse:
        if not _signed_in(request):
            return _error(401, "Authentication failed.")
        try:
            return self._routed(request)
        except _Refused as refused:
            return _error(400, str(refused))

    def _routed(self, request: PracticeRequest) -> PracticeResponse:
        match (request.method, *request.path.strip("/").split("/")):
            case ("POST", "contacts", "bulk"):
                return self._add_in_bulk(request.json_object(_Refused))
            case ("GET", "lists"):
                found = [{"id": number, "name": kept.name} for number, kept in self._all_lists.items()]
                return _success(found)
            case ("POST", "lists"):
                return self._add_list(request.json_object(_Refused))
            case ("GET", "contacts"):
                return self._page(request)
            case ("GET", "contacts", phone):
                phone = phone.removeprefix("+")
                kept = self._by_phone.get(phone)
                return _success(_shown(phone, kept)) if kept else _error(404, "Contact not found.")
            case _:
                return _error(404, "Requested API endpoint not found.")

    def _add_in_bulk(self, body: dict[str, object]) -> PracticeResponse:
        _only(body, _BULK_KEYS)
        list_id = body.get("list_id", ALL_CONTACTS)
        if type(list_id) is not int or (list_id != ALL_CONTACTS and list_id not in self._all_lists):
            raise _Refused("Invalid list_id.")
        dial_code = body.get("phone_number_cc", "")
        if not isinstance(dial_code, str) or (
            "phone_number_cc" in body and not _DIAL_CODE.fullmatch(dial_code)
        ):
            raise _Refused("Invalid phone_number_cc.")
        records = body.get("records")
        if not isinstance(records, list) or not records:
            raise _Refused("records is required.")
        if len(records) > RECORDS_MOST:
            raise _Refused("records exceeds the maximum of 10,000.")
        checked = [_checked(record) for record in records]  # all before the first is saved
        phones = self._save(checked, dial_code)
        if list_id != ALL_CONTACTS:
            self._all_lists[list_id].members.update(dict.fromkeys(phones))
        return json_answer(200, {"status": "success"})

    def _save(self, records: Iterable[_Record], dial_code: str) -> list[str]:
        """Everything known of an existing number is overwritten, including all extra fields."""
        moment = self._moment()
        phones = []
        for phone, name, extra in records:
            old = self._by_phone.get(phone)
            number, created = (old[0], old[4]) if old else (next(self._ids), moment)
            self._by_phone[phone] = (number, name, dial_code, (*extra, *extra.values()), created, moment)
            phones.append(phone)
        return phones

    def _add_list(self, body: dict[str, object]) -> PracticeResponse:
        _only(body, frozenset({"name"}))
        name = body.get("name")
        if not isinstance(name, str) or not name.strip():
            raise _Refused("name is required.")
        number = max(self._all_lists) + 1
        self._all_lists[number] = _List(name)
        return _success({"id": number})

    def _page(self, request: PracticeRequest) -> PracticeResponse:
        list_id = _number(request, "list_id", ALL_CONTACTS)
        limit = _number(request, "limit", PAGE_MOST)
        offset = _number(request, "offset", 0)
        if not 1 <= limit <= PAGE_MOST:
            raise _Refused("Invalid limit.")
        if list_id != ALL_CONTACTS and list_id not in self._all_lists:
            raise _Refused("Invalid list_id.")
        phones = self._by_phone if list_id == ALL_CONTACTS else self._all_lists[list_id].members
        found = sorted((self._by_phone[phone][0], phone) for phone in phones)[offset : offset + limit]
        return _success([_shown(phone, self._by_phone[phone]) for _, phone in found])

    def _moment(self) -> str:
        return time.strftime("%Y-%m-%d %H:%M:%S", time.gmtime(self.now()))

    def _contacts(self) -> list[dict[str, object]]:
        joined: dict[str, list[int]] = {}
        for number, kept in self._all_lists.items():
            for phone in kept.members:
                joined.setdefault(phone, []).append(number)
        return [
            {
                "id": number,
                "phone_number": phone,
                "name": name,
                "phone_number_cc": dial_code,
                "extra_fields": _unfolded(extra),
                "lists": joined.get(phone, []),
            }
            for phone, (number, name, dial_code, extra, _, _) in self._by_phone.items()
        ]

    def _lists(self) -> dict[str, dict[str, object]]:
        return {
            str(number): {"name": kept.name, "contacts": list(kept.members)}
            for number, kept in self._all_lists.items()
        }


def _signed_in(request: PracticeRequest) -> bool:
    if request.header("apikey") == SECRETS["apikey"]:
        return True
    basic = request.basic()  # "HTTP Basic, user = part1, password = part2"
    return basic is not None and ":".join(basic) == SECRETS["apikey"]


def _only(body: dict[str, object], allowed: frozenset[str]) -> None:
    for key in body:
        if key not in allowed:
            raise _Refused(f"{key} is not allowed.")


def _checked(record: object) -> _Record:
    """Phone (digits only), name and extra fields. Raises _Refused."""
    if not isinstance(record, dict):
        raise _Refused("records must be an array of objects.")
    if not record.keys() <= _RECORD_KEYS:
        raise _Refused(f"{min(record.keys() - _RECORD_KEYS)} is not allowed.")
    phone, name = record.get("phone_number"), record.get("name", "")
    if not isinstance(phone, str) or not is_full_number(phone):
        raise _Refused("Invalid phone_number.")
    if not isinstance(name, str):
        raise _Refused("Invalid name.")
    extra = record.get("extra_fields", {})
    if not isinstance(extra, dict):
        raise _Refused("Invalid extra_fields.")
    for key, value in extra.items():
        if not key or type(value) not in _EXTRA_KINDS:
            raise _Refused("Invalid extra_fields.")
    return phone.removeprefix("+"), name, extra


def _number(request: PracticeRequest, name: str, default: int) -> int:
    number = whole(request.query.get(name, str(default)))
    if number is None:
        raise _Refused(f"Invalid {name}.")
    return number


def _shown(phone: str, kept: _Kept) -> dict[str, object]:
    """As the documents show a stored contact: extra_fields comes back as a JSON string."""
    number, name, dial_code, extra, created, updated = kept
    return {
        "id": number,
        "name": name,
        "phone_number": phone,
        "phone_number_cc": dial_code,
        "extra_fields": json.dumps(_unfolded(extra), ensure_ascii=False),
        "created_at": created,
        "updated_at": updated,
        "is_blocked": 0,
    }


def _unfolded(extra: tuple[object, ...]) -> dict[str, object]:
    half = len(extra) // 2
    return {str(key): value for key, value in zip(extra[:half], extra[half:], strict=True)}


def _success(data: object) -> PracticeResponse:
    return json_answer(200, {"status": "success", "data": data})


def _error(status: int, message: str) -> PracticeResponse:
    return json_answer(status, {"status": "error", "errors": [{"msg": message}]})
