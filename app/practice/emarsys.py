"""The Emarsys practice account, v2 and v3: who may come in, how often, and which call a path names.

Knows the paths and the pace; what the calls do to contacts and lists is in the modules beside it. Source:
Emarsys API documents (v2, WSSE) and official collections (v3, OAuth2).
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

from app.practice import emarsys_contacts, emarsys_lists
from app.practice.emarsys_account import SOURCES, Account
from app.practice.emarsys_choices import CHOICES
from app.practice.emarsys_fields import FIELDS
from app.practice.emarsys_reply import Refused, body_of, ok, refusal
from app.practice.emarsys_sign_in import TOKEN_PATH, Gate, new_token
from app.practice.exchange import PracticeRequest, PracticeResponse, text_answer
from app.practice.room import Clock, Room, Seed

REQUESTS_PER_MINUTE = 1_000
BODY_MOST = {"POST": 10 * 1024 * 1024, "PUT": 8 * 1024 * 1024}  # bytes
_LANGUAGES = frozenset(
    {"en", "de", "it", "fr", "es", "nl", "pt", "pl", "hu", "ru", "tr", "se", "dk", "cz", "jp"}
)


class EmarsysRoom(Room):
    """Contacts are dicts of id (number), the fields by id, source_id if given, and lists (numbers)."""

    name = "emarsys"

    def __init__(
        self,
        seed: Seed | None = None,
        now: Clock = time.time,
        new_key: Callable[[], str] = new_token,
        requests_per_minute: int = REQUESTS_PER_MINUTE,
    ) -> None:
        super().__init__(seed, now)
        self._gate = Gate(now, new_key)
        self._per_minute = requests_per_minute
        self._minute = 0
        self._in_minute = 0

    def knows(self, path: str) -> bool:
        return path.startswith(("/api/v2/", "/api/v3/")) or path == TOKEN_PATH

    def _open(self) -> None:
        self._account = Account(self.seed, self.now())

    def _answer(self, request: PracticeRequest) -> PracticeResponse:
        if request.path == TOKEN_PATH:
            return self._gate.give_token(request)
        _, _, version, endpoint = request.path.split("/", 3)
        unauthorised = self._gate.refusal(request, version)
        if unauthorised:
            return refusal(401, 1, unauthorised)
        paced = self._count_request()
        if self._in_minute > self._per_minute:
            return _with(refusal(429, 7003, "Too many requests"), paced)
        if any(endpoint.startswith(refused) for refused in self.seed.forbidden):
            return _with(text_answer(403, "Forbidden"), paced)
        if len(request.body) > BODY_MOST.get(request.method, 0):
            return _with(text_answer(413, "Request Entity Too Large"), paced)
        try:
            answer = self._routed(request, version, endpoint)
        except Refused as refused:
            answer = refusal(refused.status, refused.code, refused.text)
        return _with(answer, paced)

    def _count_request(self) -> dict[str, str]:
        """Counted by the minute of the clock, as X-RateLimit-* says."""
        minute = int(self.now() // 60)
        if minute != self._minute:
            self._minute, self._in_minute = minute, 0
        self._in_minute += 1
        return {
            "X-RateLimit-Limit": str(self._per_minute),
            "X-RateLimit-Remaining": str(max(0, self._per_minute - self._in_minute)),
            "X-RateLimit-Reset": str((minute + 1) * 60),
        }

    def _routed(self, request: PracticeRequest, version: str, endpoint: str) -> PracticeResponse:
        match (request.method, *endpoint.split("/")):
            case ("POST", "contact") | ("POST", "contact", ""):
                return emarsys_contacts.create(self._account, body_of(request))
            case ("PUT", "contact") if version == "v2" and request.query:
                # With a query v2 wants the slash: contact/?create_if_not_exists=1
                raise Refused(1, "No resource requested")
            case ("PUT", "contact") | ("PUT", "contact", ""):
                may_create = request.query.get("create_if_not_exists") == "1"
                return emarsys_contacts.update(self._account, body_of(request), may_create=may_create)
            case ("POST", "contact", "checkids"):
                return emarsys_contacts.check_ids(self._account, body_of(request))
            case ("POST", "contact", "getdata"):
                return emarsys_contacts.get_data(self._account, body_of(request))
            case (_, "contactlist", *rest):
                return self._routed_to_lists(request, rest)
            case ("GET", "field" | "settings" | "source", *rest):
                return self._routed_to_settings(request, endpoint.split("/")[0], rest)
            case _:
                raise Refused(1, "No resource requested")

    def _routed_to_lists(self, request: PracticeRequest, rest: list[str]) -> PracticeResponse:
        match (request.method, *rest):
            case ("GET",) | ("GET", ""):
                return emarsys_lists.show(self._account)
            case ("POST",) | ("POST", ""):
                return emarsys_lists.create(self._account, body_of(request), self.now())
            case ("POST", list_id, "add"):
                return emarsys_lists.add(self._account, list_id, body_of(request))
            case ("GET", list_id, "count"):
                return emarsys_lists.count(self._account, list_id)
            case _:
                raise Refused(1, "No resource requested")

    def _routed_to_settings(self, request: PracticeRequest, kind: str, rest: list[str]) -> PracticeResponse:
        match (kind, *rest):
            case ("field",):
                return _fields()
            case ("field", "translate", language) if language in _LANGUAGES:
                return _fields()
            case ("field", "choices"):
                wanted = request.query.get("fields", "").split(",")
                return ok({number: _choices(number) for number in wanted if number in CHOICES})
            case ("field", number, "choice", "translate", language) if language in _LANGUAGES:
                if number not in CHOICES:
                    raise Refused(1006, f"Invalid field id: {number}")
                return ok(_choices(number))
            case ("source",):
                return ok([{"id": number, "name": name} for number, name in SOURCES.items()])
            case ("settings",):
                return ok(self._settings())
            case _:
                raise Refused(1, "No resource requested")

    def _settings(self) -> dict[str, object]:
        return {
            "id": 123456789,
            "environment": "practice",
            "timezone": "Europe/Vienna",
            "name": "practice",
            "password_history_queue_size": 1,
            "country": "Austria",
            "totalContacts": len(self._account.contacts),
        }

    def _contacts(self) -> list[dict[str, object]]:
        joined: dict[int, list[int]] = {}
        for list_id, kept in self._account.lists.items():
            for number in kept.members:
                joined.setdefault(number, []).append(list_id)
        return [
            {"id": number, **contact, "lists": joined.get(number, [])}
            for number, contact in self._account.contacts.items()
        ]

    def _lists(self) -> dict[str, dict[str, object]]:
        return {
            str(number): {"name": kept.name, "contacts": list(kept.members)}
            for number, kept in self._account.lists.items()
        }


def _fields() -> PracticeResponse:
    return ok(
        [
            {"id": key, "name": field.name, "application_type": field.kind, "string_id": field.string_id}
            for key, field in FIELDS.items()
        ]
    )


def _choices(number: str) -> list[dict[str, object]]:
    return [{"id": key, "choice": words, "bit_position": None} for key, words in CHOICES[number].items()]


def _with(answer: PracticeResponse, headers: dict[str, str]) -> PracticeResponse:
    return replace(answer, headers={**answer.headers, **headers})
