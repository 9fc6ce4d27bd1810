"""The Octopush practice account, stricter than the real one: contacts, list names, tag names, balance.

Knows only what the documents state. The real service casts or ignores what it does not understand; here it
is refused, because silence would hide our mistakes. Source: dev.octopush.com and octopush-api.readme.io.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.practice.exchange import PracticeRequest, PracticeResponse, json_answer
from app.practice.numbers import is_e164
from app.practice.room import Room

PREFIX = "/v1/public/"
CONTACTS_MOST = 500  # not documented for contacts; the documented most of a campaign
LIST_NAME_MOST = 30
TAG_NAME_MOST = 20
SECRETS = {"api_login": "practice@example.com", "api_key": "practice"}
_BAD_REQUEST = 100
_BAD_LOGIN = 101
_FLAGS = (
    "un_list",
    "un_tag",
    "auto_delete_optout_contacts",
    "auto_remove_blacklisted_numbers",  # the older name of the flag above
    "do_not_overwrite",
)
_KEYS = frozenset({"contacts", "list_name", "list_names", "tag_name", "tag_names", *_FLAGS})
_PARAMS = ("param1", "param2", "param3", "param4", "param5")
_DETAILS = ("first_name", "last_name", *_PARAMS)


@dataclass(slots=True)
class _Contact:
    details: dict[str, str]
    lists: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Orders:
    """What one request asks to be done with all of its contacts."""

    lists: tuple[str, ...]
    tags: tuple[str, ...]
    detach_lists: bool
    detach_tags: bool
    drop_optouts: bool
    keep_existing: bool


class _Refused(Exception):
    """The request is not as documented: 400 and this message."""


class OctopushRoom(Room):
    """Contacts are dicts of phone_number, first_name, last_name, param1..5, lists and tags (names)."""

    name = "octopush"

    def knows(self, path: str) -> bool:
        return path.startswith(PREFIX)

    def _open(self) -> None:
        self._by_phone: dict[str, _Contact] = {}
        self._list_names: dict[str, None] = dict.fromkeys(self.seed.lists.values())
        self.optouts = set(self.seed.optouts)
        for seeded in self.seed.contacts:
            details = {key: str(seeded[key]) for key in _DETAILS if key in seeded}
            kept = _Contact(details, _names_in(seeded.get("lists")), _names_in(seeded.get("tags")))
            self._by_phone[str(seeded["phone_number"])] = kept
            self._list_names.update(dict.fromkeys(kept.lists))

    def _answer(self, request: PracticeRequest) -> PracticeResponse:
        known = request.header("api-login") == SECRETS["api_login"]
        if not known or request.header("api-key") != SECRETS["api_key"]:
            return _error(401, _BAD_LOGIN, "Unauthorized.")
        endpoint = request.path.removeprefix(PREFIX)
        if any(endpoint.startswith(refused) for refused in self.seed.forbidden):
            return _error(403, _BAD_LOGIN, "Forbidden to view.")
        try:
            match (request.method, endpoint):
                case ("POST", "contact/create"):
                    return self._add_contacts(request.json_object(_Refused))
                case ("POST", "contact-list/create"):
                    return self._add_list(request.json_object(_Refused))
                case ("GET", "wallet/check-balance"):
                    return json_answer(200, {"amount": 12.54, "unit": "euros"})
                case _:
                    return _error(404, _BAD_REQUEST, "Not found.")
        except _Refused as refused:
            return _error(400, _BAD_REQUEST, str(refused))

    def _add_contacts(self, body: dict[str, object]) -> PracticeResponse:
        orders = _orders(body)
        contacts = body.get("contacts")
        if not isinstance(contacts, list) or not contacts:
            raise _Refused("contacts is required.")
        if len(contacts) > CONTACTS_MOST:
            raise _Refused(f"contacts holds more than {CONTACTS_MOST}.")
        for contact in contacts:  # all of them before the first is saved
            _check(contact)
        self._list_names.update(dict.fromkeys(orders.lists))
        for contact in contacts:
            self._save(contact, orders)
        return json_answer(201, {})

    def _save(self, contact: dict[str, str | None], orders: _Orders) -> None:
        phone = contact["phone_number"] or ""
        old = self._by_phone.get(phone)
        if orders.drop_optouts and phone in self.optouts:
            return
        if old and orders.keep_existing:
            return  # "ignored instead of overwritten" (dev.octopush.com)
        details = {
            key: value for key, value in contact.items() if key != "phone_number" and value is not None
        }
        kept = old or _Contact(details)
        kept.details = details
        kept.lists = _joined(() if orders.detach_lists else kept.lists, orders.lists)
        kept.tags = _joined(() if orders.detach_tags else kept.tags, orders.tags)
        self._by_phone[phone] = kept

    def _add_list(self, body: dict[str, object]) -> PracticeResponse:
        if set(body) != {"list_name"}:
            raise _Refused("list_name is required, and nothing else.")
        self._list_names[_name(body["list_name"], "list_name", LIST_NAME_MOST)] = None
        return json_answer(201, {})

    def _contacts(self) -> list[dict[str, object]]:
        return [
            {"phone_number": phone, **kept.details, "lists": list(kept.lists), "tags": list(kept.tags)}
            for phone, kept in self._by_phone.items()
        ]

    def _lists(self) -> dict[str, dict[str, object]]:
        members: dict[str, list[str]] = {name: [] for name in self._list_names}
        for phone, kept in self._by_phone.items():
            for name in kept.lists:
                members[name].append(phone)
        return {name: {"name": name, "contacts": phones} for name, phones in members.items()}


def _joined(old: tuple[str, ...], new: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(old + new)) if old else new


def _names_in(value: object) -> tuple[str, ...]:
    return tuple(value) if isinstance(value, list | tuple) else ()


def _orders(body: dict[str, object]) -> _Orders:
    for key in body:
        if key not in _KEYS:
            raise _Refused(f"{key} is not a parameter.")
    for flag in _FLAGS:
        if not isinstance(body.get(flag, False), bool):
            raise _Refused(f"{flag} must be true or false.")
    older = "auto_remove_blacklisted_numbers"
    return _Orders(
        lists=_names(body, "list_name", LIST_NAME_MOST),
        tags=_names(body, "tag_name", TAG_NAME_MOST),
        detach_lists=body.get("un_list") is True,
        detach_tags=body.get("un_tag") is True,
        drop_optouts=body.get("auto_delete_optout_contacts") is True or body.get(older) is True,
        keep_existing=body.get("do_not_overwrite") is True,
    )


def _names(body: dict[str, object], one: str, most: int) -> tuple[str, ...]:
    many = f"{one}s"
    if one in body and many in body:
        raise _Refused(f"Send {one} or {many}, not both: which of them counts is not documented.")
    if one in body:
        return (_name(body[one], one, most),)
    names = body.get(many, [])
    if not isinstance(names, list):
        raise _Refused(f"{many} must be an array of strings.")
    return tuple(dict.fromkeys(_name(name, many, most) for name in names))


def _name(value: object, parameter: str, most: int) -> str:
    if not isinstance(value, str) or not value.strip():
        raise _Refused(f"{parameter} must be text and not empty.")
    if len(value) > most:
        raise _Refused(f"{parameter} is longer than {most} characters.")
    return value


def _check(contact: object) -> None:
    if not isinstance(contact, dict):
        raise _Refused("contacts must be an array of objects.")
    phone = contact.get("phone_number")
    if not isinstance(phone, str) or not is_e164(phone):
        raise _Refused("phone_number must be international and begin with a plus.")
    for key, value in contact.items():
        if key == "phone_number":
            continue
        if key not in _DETAILS:
            raise _Refused(f"{key} is not a parameter of a contact.")
        if not isinstance(value, str) and not (value is None and key in _PARAMS):
            raise _Refused(f"{key} must be text.")


def _error(status: int, code: int, message: str) -> PracticeResponse:
    return json_answer(status, {"code": code, "message": message})
