"""Sociocs' contact lists: listing them, and making a new one.

Conversations only. Source: "Contact lists" of the Sociocs API, which does not name the keys of a list.
"""

from __future__ import annotations

from collections.abc import Generator

from app.language import tr
from app.problems import Problem
from app.providers.answers import status_line, usual_problem
from app.providers.contract import Conversation
from app.providers.options import OptionChoice
from app.providers.reading_accounts import choices_in, listed_under, may_not_read
from app.providers.wire import Request, Response, json_request

TITLE = "Sociocs"


def lists() -> Conversation[tuple[OptionChoice, ...]]:
    """GET /lists. The keys of a list are not documented, so several names are read."""
    answer = yield from _asked(Request("GET", "lists"), "GET /lists")
    listed = listed_under(answer, ("data", "lists", "result"))
    found = choices_in(listed, ("id", "list_id"), ("name", "list_name", "title"))
    everyone = OptionChoice("0", tr("All contacts"))
    return (everyone, *(choice for choice in found if choice.value != everyone.value))


def new_list(name: str) -> Conversation[OptionChoice]:
    """POST /lists: {"data": {"id": ...}}."""
    answer = yield from _asked(json_request("POST", "lists", {"name": name}), "POST /lists")
    data = answer.get("data", answer) if isinstance(answer, dict) else answer
    made = choices_in([data], ("id", "list_id"), ())
    return OptionChoice(made[0].value, name)


def _asked(request: Request, endpoint: str) -> Generator[Request, Response, object]:
    """The JSON of a good answer. Raises the Problem of any other, and MalformedAnswer."""
    response = yield request
    if response.status == 403 and not response.looks_like_web_page:
        raise may_not_read(TITLE, endpoint, response)
    if response.status not in (400, 422):
        problem = usual_problem(response, TITLE)
        if problem is not None:
            raise problem
    answer = response.json() if response.status < 300 else {"status": "error"}
    if isinstance(answer, dict) and str(answer.get("status", "success")).strip().lower() == "error":
        raise Problem(
            tr("{provider} can't do this: “{endpoint}”.", provider=TITLE, endpoint=endpoint),
            tr("Try another name, or type the number of the list by hand."),
            status_line(response),
        )
    return answer
