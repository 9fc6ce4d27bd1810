"""What an Emarsys account is asked about itself: its lists, fields and sources, and who exists already.

Conversations only; nothing here changes a contact, and the one thing it makes is a new, empty list.
Sources: "Listing Contact Lists", "Creating a Contact List", "Listing Available Fields",
"Checking External Contact IDs".
"""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence

from app.batches import Batch
from app.language import current, tr
from app.problems import NetworkProblem, Problem
from app.providers.account_fields import AccountFields
from app.providers.answers import status_line, usual_problem
from app.providers.contract import Clock, Conversation
from app.providers.emarsys_answers import Reply, faults_by_key, reply_in, same_key
from app.providers.emarsys_live import LiveField, choices_by_field, live_fields_in, to_account_fields
from app.providers.emarsys_options import key_field, key_id
from app.providers.emarsys_steps import TITLE, external_id, refusal
from app.providers.emarsys_troubles import (
    KEY_NUMBERS,
    LIST_NUMBERS,
    key_problem,
    list_name_problem,
    list_problem,
    request_problem,
)
from app.providers.options import OptionChoice, Options
from app.providers.reading_accounts import choices_in, listed_under, may_not_read
from app.providers.wire import MalformedAnswer, Request, Response, json_request

_FIELDS_A_QUESTION = 50  # so that the address of the question stays short
_MOST_SINGLE_QUESTIONS = 300
_USUAL_KEYS = frozenset({"3", "37"})  # e-mail and mobile
_JSON = (("Content-Type", "application/json"),)
_LIST_NAME_NUMBERS = frozenset({3004})


class Account:
    """The conversations, for one account's options."""

    def __init__(self, options: Options, clock: Clock) -> None:
        self._options = options
        self._clock = clock

    def lists(self) -> Conversation[tuple[OptionChoice, ...]]:
        """GET contactlist."""
        reply = yield from self._asked(Request("GET", "contactlist", headers=_JSON))
        return choices_in(listed_under(reply.data, ()), ("id",), ("name",))

    def sources(self) -> Conversation[tuple[OptionChoice, ...]]:
        """GET source."""
        reply = yield from self._asked(Request("GET", "source", headers=_JSON))
        return choices_in(listed_under(reply.data, ("sources",)), ("id",), ("name",))

    def key_fields(self, *, with_ids: bool) -> Conversation[tuple[OptionChoice, ...]]:
        """The fields that may identify contacts, the usual ones first; whether one is indexed is not told."""
        listed = yield from self._live_fields()
        fields = sorted(
            (field for field in listed if field.may_identify),
            key=lambda field: field.number not in _USUAL_KEYS,
        )
        own = (OptionChoice("id", "id"), OptionChoice("uid", "uid")) if with_ids else ()
        return (*(OptionChoice(field.key, field.name) for field in fields), *own)

    def fields(self) -> Conversation[AccountFields]:
        """GET field/translate/<language>, then the choices of every field that has some."""
        fields = yield from self._live_fields()
        choices = yield from self._choices([field.number for field in fields if field.has_choices])
        return to_account_fields(fields, choices)

    def missing_list(self) -> Conversation[Problem | None]:
        """GET contactlist/<id>/count: the problem of a list that is not there. Any other answer, a missing
        permission too, says nothing about the list."""
        number = self._options.number("list_id")
        response = yield Request("GET", f"contactlist/{number}/count", headers=_JSON)
        code = reply_in(response).code
        if response.status in (400, 404) and code in LIST_NUMBERS:
            return list_problem(number, f"{status_line(response)}, {code}")
        return None

    def new_list(self, name: str) -> Conversation[OptionChoice]:
        """POST contactlist: a new, empty list."""
        content = {"key_id": "3", "name": name}
        reply = yield from self._asked(json_request("POST", "contactlist", content))
        made = choices_in([reply.data], ("id",), ())
        return OptionChoice(made[0].value, name)

    def existing(self, batch: Batch) -> Conversation[Mapping[int, bool]]:
        """POST contact/checkids, for up to 1,000 contacts."""
        field = key_field(self._options)
        values = {one.row: one.values[field] for one in batch.passengers if one.values.get(field)}
        if not values:
            return {}
        ids = [external_id(value) for value in values.values()]
        content = {"key_id": key_id(self._options), "external_ids": ids, "get_multiple_ids": False}
        reply = yield from self._asked(json_request("POST", "contact/checkids", content))
        known = _known_in(reply.data)
        told = {row: known.get(same_key(value)) for row, value in values.items()}
        return {row: found for row, found in told.items() if found is not None}

    def _live_fields(self) -> Generator[Request, Response, Sequence[LiveField]]:
        reply = yield from self._asked(Request("GET", f"field/translate/{current()}", headers=_JSON))
        return live_fields_in(listed_under(reply.data, ("fields",)))

    def _choices(
        self, numbers: Sequence[str]
    ) -> Generator[Request, Response, dict[str, tuple[tuple[str, str], ...]]]:
        """The choices by field number. Where there is no asking for many fields at once, one by one."""
        found: dict[str, tuple[tuple[str, str], ...]] = {}
        for start in range(0, len(numbers), _FIELDS_A_QUESTION):
            some = numbers[start : start + _FIELDS_A_QUESTION]
            query = (("fields", ",".join(some)), ("language", current()))
            response = yield Request("GET", "field/choices", query, _JSON)
            if response.status in (400, 403, 404) and not response.looks_like_web_page:
                found |= yield from self._choices_one_by_one(numbers)
                return found
            reply = self._read(response, "GET field/choices")
            found |= choices_by_field(reply.data)
        return found

    def _choices_one_by_one(
        self, numbers: Sequence[str]
    ) -> Generator[Request, Response, dict[str, tuple[tuple[str, str], ...]]]:
        found: dict[str, tuple[tuple[str, str], ...]] = {}
        for number in numbers[:_MOST_SINGLE_QUESTIONS]:
            path = f"field/{number}/choice/translate/{current()}"
            response = yield Request("GET", path, headers=_JSON)
            if response.status in (400, 404) and not response.looks_like_web_page:
                continue  # a field whose choices can't be listed
            reply = self._read(response, "GET field/<id>/choice/translate/<language>")
            found |= choices_by_field({number: reply.data})
        return found

    def _asked(self, request: Request) -> Generator[Request, Response, Reply]:
        response = yield request
        return self._read(response, f"{request.method} {request.path}")

    def _read(self, response: Response, endpoint: str) -> Reply:
        """The envelope of a good answer. Raises the Problem of any other."""
        if response.status == 403 and not response.looks_like_web_page:
            raise may_not_read(TITLE, endpoint, response)
        if response.status == 401 and not response.looks_like_web_page:
            raise refusal(response, self._options, self._clock, endpoint)
        reply = reply_in(response)
        refused = reply.code not in (None, 0) and (response.status == 400 or response.status < 300)
        if refused:
            raise self._problem_of(reply, status_line(response))
        problem = usual_problem(response, TITLE)
        if problem is not None:
            raise problem
        if reply.code is None:
            raise MalformedAnswer("there is no envelope around the answer")
        return reply

    def _problem_of(self, reply: Reply, status: str) -> Problem:
        details = f"{status}, {reply.code}"
        if reply.code == 7003:
            return NetworkProblem(
                tr("Emarsys is being asked too much at the moment."),
                tr("Wait a minute, then try again."),
                details,
            )
        if reply.code in KEY_NUMBERS:
            return key_problem(key_id(self._options), details)
        if reply.code in _LIST_NAME_NUMBERS:
            return list_name_problem(details)
        return request_problem(reply.code, details)


def _known_in(data: object) -> dict[str, bool]:
    """Key values as `same_key` writes them: whether there is such a contact. Others can't be told."""
    if not isinstance(data, dict):
        raise MalformedAnswer("expected an object of ids and errors")
    ids = data.get("ids")
    known = {same_key(str(key)): True for key in ids} if isinstance(ids, dict) else {}
    for key, fault in faults_by_key(data).items():
        if fault.number in ("2008", "2010"):  # nobody; more than one
            known[key] = fault.number == "2010"
    return known
