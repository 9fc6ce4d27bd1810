"""The smsend practice account, as its documents describe it: signing in, contacts, groups.

Knows smsend and its sister brands' common REST API; where the documents are silent the choice made is
written beside it. Source: smsend REST API, "Contacts API", "Contacts groups API", "Authentication API".
"""

from __future__ import annotations

import itertools
import secrets
import time
from collections.abc import Callable, Iterator

from app.practice.exchange import PracticeRequest, PracticeResponse, json_answer, text_answer
from app.practice.numbers import whole
from app.practice.room import Clock, Room, Seed
from app.practice.smsend_contacts import TEXT_MOST, BadContact, check_contact

PREFIX = "/API/v1.0/REST/"
SECRETS = {"username": "practice", "password": "practice"}
USER_KEY = "12345"
SESSION_LIFE = 300.0  # seconds; the session key dies after five minutes without a call
PAGE_SIZE = 5  # groups come five at a time unless asked for more
_FLAGS = ("updateExistingContact", "keepExistingGroupsAndCampaigns")
_MANY_KEYS = frozenset({"contacts", *_FLAGS})
_OPENING_GROUPS = {
    "xHyUB5MBROIErT27pLaF": "Newsletter",
    "Qm2LcZ8TVkePw4YsNd1R": "Customers",
    "b7KfJtA0WgXuHo9EiVz3": "Events",
    "p4DvRnC6MlSyGq5OaUj8": "Members",
    "t1ZxWkB3FhNrLe7IcTm0": "Suppliers",
    "u9GoYdP2JsQvXa6KbEw5": "Friends of the house",
}


def _new_key() -> str:
    return secrets.token_hex(12)


class SmsendRoom(Room):
    """Contacts are dicts of id, the documented contact fields and groupIds."""

    name = "smsend"

    def __init__(
        self, seed: Seed | None = None, now: Clock = time.time, new_key: Callable[[], str] = _new_key
    ) -> None:
        super().__init__(seed, now)
        self._new_key = new_key
        self._last_call: dict[str, float] = {}  # by session key
        self._tokens: set[str] = set()

    def knows(self, path: str) -> bool:
        return path.startswith(PREFIX)

    def _open(self) -> None:
        self._by_id: dict[str, dict[str, object]] = {}
        self._by_phone: dict[str, str] = {}
        self._by_email: dict[str, str] = {}
        self._groups = {**_OPENING_GROUPS, **self.seed.lists}
        self._ids: Iterator[int] = itertools.chain(self.seed.ids, itertools.count(1))
        for contact in self.seed.contacts:
            self._insert(dict(contact), str(contact["id"]) if "id" in contact else None)

    def _answer(self, request: PracticeRequest) -> PracticeResponse:
        path = request.path.removeprefix(PREFIX)
        if request.method == "GET" and path in ("login", "token"):
            return self._sign_in(request, path)
        if (request.method, path) == ("GET", "checksession"):
            return self._check_session(request)
        refusal = self._refusal(request)
        if refusal:
            return refusal
        try:
            return self._routed(request, path)
        except BadContact as bad:
            return text_answer(400, str(bad))

    def _routed(self, request: PracticeRequest, path: str) -> PracticeResponse:
        match (request.method, *path.split("/")):
            case ("POST", "contact"):
                body = request.json_object(BadContact)
                return self._add_many(body) if "contacts" in body else self._add_one(body)
            case ("GET", "contact", number) if number in self._by_id:
                return json_answer(200, self._by_id[number])
            case ("GET", "groups"):
                return self._page_of_groups(request)
            case ("POST", "group"):
                return self._add_group(request.json_object(BadContact))
            case ("GET", "contacts", "fields"):  # shape not documented
                fields = [{"name": name, "type": "String"} for name in TEXT_MOST if name.startswith("custom")]
                return json_answer(200, {"fields": fields})
            case ("GET", "status"):
                return _status(request)
            case _:
                return text_answer(404, "Not found")

    # Signing in ---------------------------------------------------------------------------------

    def _sign_in(self, request: PracticeRequest, way: str) -> PracticeResponse:
        user = request.basic() or (request.query.get("username", ""), request.query.get("password", ""))
        if not user[0] or not user[1]:
            return text_answer(400, "username and password are required")
        if user != (SECRETS["username"], SECRETS["password"]):
            return text_answer(404, "Credentials are incorrect")
        key = self._new_key()
        if way == "token":
            self._tokens.add(key)
        else:
            self._last_call[key] = self.now()
        return text_answer(200, f"{USER_KEY};{key}")

    def _refusal(self, request: PracticeRequest) -> PracticeResponse | None:
        user_key = request.header("user_key")
        if user_key and user_key != USER_KEY:
            return text_answer(404, "The User_key was not found")
        session, token = request.header("Session_key"), request.header("Access_token")
        if user_key and token in self._tokens:
            return None
        if user_key and session and self._alive(session):
            self._last_call[session] = self.now()
            return None
        return text_answer(401, "User_key, Token or Session_key are invalid or not provided")

    def _alive(self, session: str) -> bool:
        last = self._last_call.get(session)
        return last is not None and self.now() - last <= SESSION_LIFE

    def _check_session(self, request: PracticeRequest) -> PracticeResponse:
        """Text "true" or "false"; asking does not keep the session alive."""
        if request.header("user_key") != USER_KEY:
            return text_answer(404, "Unauthorized")
        return text_answer(200, "true" if self._alive(request.header("Session_key") or "") else "false")

    # Contacts -----------------------------------------------------------------------------------

    def _add_many(self, body: dict[str, object]) -> PracticeResponse:
        """All or nothing: every contact is checked before the first is saved."""
        for key in body:
            if key not in _MANY_KEYS:
                raise BadContact(f"{key} is not a known parameter")
        for flag in _FLAGS:
            if not isinstance(body.get(flag, False), bool):
                raise BadContact(f"{flag} must be true or false")
        contacts = body["contacts"]
        if not isinstance(contacts, list) or not contacts:
            raise BadContact("contacts must be a list of contacts and not empty")
        checked = [check_contact(contact, self._groups) for contact in contacts]
        update = body.get(_FLAGS[0]) is True
        keep_groups = body.get(_FLAGS[1]) is True
        for contact in checked:
            self._save(contact, update=update, keep_groups=keep_groups)
        return text_answer(200, str(len(checked)))

    def _add_one(self, body: dict[str, object]) -> PracticeResponse:
        number = self._save(check_contact(body, self._groups), update=False, keep_groups=False)
        return PracticeResponse(201, {"Location": f"/contact/{number}"})

    def _save(self, contact: dict[str, object], *, update: bool, keep_groups: bool) -> str:
        """Save over whoever has the same phone or e-mail (what clashes is not documented)."""
        clashes = self._clashes(contact)
        groups = _strings(contact.pop("groupIds", None))
        if keep_groups:
            for number in clashes:
                groups = [*_strings(self._by_id[number].get("groupIds")), *groups]
        groups = list(dict.fromkeys(groups))
        old: dict[str, object] = {}
        if update and clashes:
            old = {key: value for key, value in self._by_id[clashes[0]].items() if key != "id"}
        for number in clashes[:1] if update else clashes:
            self._drop(number)
        # An updated contact keeps its id; a dropped and re-inserted one is new.
        return self._insert({**old, **contact, "groupIds": groups}, clashes[0] if old else None)

    def _clashes(self, contact: dict[str, object]) -> list[str]:
        by_phone = self._by_phone.get(str(contact.get("phoneNumber", "")))
        by_email = self._by_email.get(str(contact.get("email", "")).lower())
        return list(dict.fromkeys(number for number in (by_phone, by_email) if number is not None))

    def _insert(self, contact: dict[str, object], number: str | None) -> str:
        number = number or str(next(self._ids))
        self._by_id[number] = {"id": number, **contact}
        if contact.get("phoneNumber"):
            self._by_phone[str(contact["phoneNumber"])] = number
        if contact.get("email"):
            self._by_email[str(contact["email"]).lower()] = number
        return number

    def _drop(self, number: str) -> None:
        gone = self._by_id.pop(number)
        phone, email = str(gone.get("phoneNumber", "")), str(gone.get("email", "")).lower()
        if self._by_phone.get(phone) == number:
            del self._by_phone[phone]
        if self._by_email.get(email) == number:
            del self._by_email[email]

    # Groups -------------------------------------------------------------------------------------

    def _page_of_groups(self, request: PracticeRequest) -> PracticeResponse:
        """Paged, five at a time by default; the names of the keys are not documented."""
        asked = request.query.get("pageNumber", "1"), request.query.get("pageSize", str(PAGE_SIZE))
        page, size = whole(asked[0]), whole(asked[1])
        if not page or not size:
            return text_answer(400, "pageNumber and pageSize must be numbers")
        start = (page - 1) * size
        groups = [{"id": key, "name": name, "description": name} for key, name in self._groups.items()]
        found = {"groups": groups[start : start + size], "pageNumber": page, "pageSize": size}
        return json_answer(200, {**found, "total": len(groups)})

    def _add_group(self, body: dict[str, object]) -> PracticeResponse:
        if set(body) != {"name", "description"}:
            raise BadContact("name and description are required, and nothing else")
        name, description = body["name"], body["description"]
        if not isinstance(name, str) or not isinstance(description, str) or not name or not description:
            raise BadContact("name and description must be text and not empty")
        key = self._new_key()
        self._groups[key] = name
        return PracticeResponse(201, {"Location": f"/group/{key}"})

    def _contacts(self) -> list[dict[str, object]]:
        return [dict(contact) for contact in self._by_id.values()]

    def _lists(self) -> dict[str, dict[str, object]]:
        members: dict[str, list[str]] = {key: [] for key in self._groups}
        for number, contact in self._by_id.items():
            for key in _strings(contact.get("groupIds")):
                members[key].append(number)
        return {key: {"name": self._groups[key], "contacts": numbers} for key, numbers in members.items()}


def _strings(value: object) -> list[str]:
    return [str(item) for item in value] if isinstance(value, list | tuple) else []


def _status(request: PracticeRequest) -> PracticeResponse:
    """The flags are the words "true" and "false" (User API, "User status")."""
    for name in ("getMoney", "typeAliases"):
        if request.query.get(name, "false") not in ("true", "false"):
            return text_answer(400, f"{name} must be true or false")
    return json_answer(200, {"money": None, "sms": [{"type": "N", "quantity": 500}]})
