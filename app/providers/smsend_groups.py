"""smsend's groups: listing all of them page by page, and making a new one.

Conversations only. Sources: "List contacts groups" and "Create a contacts group" of the smsend REST API; the
names of the keys in a listing are in no document, so several are read.
"""

from __future__ import annotations

from collections.abc import Mapping

from app.language import tr
from app.problems import AccountProblem, Problem
from app.providers.answers import status_line, usual_problem
from app.providers.contract import Conversation
from app.providers.options import OptionChoice
from app.providers.reading_accounts import choices_in, listed_under, may_not_read
from app.providers.wire import MalformedAnswer, Request, Response, json_request

PAGE_SIZE = 100  # five is what comes without asking; no most is documented
MOST_PAGES = 200
_WHERE = ("groups", "result", "data", "items", "list")
_IDS = ("id", "groupId", "idGroup", "group_id", "key")
_NAMES = ("name", "groupName", "description")


def groups(title: str) -> Conversation[tuple[OptionChoice, ...]]:
    """GET groups, until a page brings nothing new: a server may give less than was asked for."""
    found: dict[str, OptionChoice] = {}
    for page in range(1, MOST_PAGES + 1):
        query = (("pageNumber", str(page)), ("pageSize", str(PAGE_SIZE)))
        response = yield Request("GET", "groups", query)
        _refuse(response, title, "GET groups")
        answer = response.json()
        new = [
            one for one in choices_in(listed_under(answer, _WHERE), _IDS, _NAMES) if one.value not in found
        ]
        found.update((one.value, one) for one in new)
        if not new or len(found) >= _total_in(answer):
            break
    return tuple(found.values())


def new_group(title: str, name: str) -> Conversation[OptionChoice]:
    """POST group: 201 and the id at the end of Location. A description is required; it is the name."""
    response = yield json_request("POST", "group", {"name": name, "description": name})
    if response.status == 400:
        raise Problem(
            tr("smsend can't make a group with this name."),
            tr("The name may be taken, or the address book locked. Try another name, or look in smsend."),
            status_line(response),
        )
    _refuse(response, title, "POST group")
    number = response.headers.get("location", "").rstrip("/").rpartition("/")[2]
    if not number:
        raise MalformedAnswer("there is no Location that names the new group")
    return OptionChoice(number, name)


def _refuse(response: Response, title: str, endpoint: str) -> None:
    """Raise the Problem of an answer that is none."""
    if response.status == 403 and not response.looks_like_web_page:
        raise may_not_read(title, endpoint, response)
    if response.status in (401, 404) and not response.looks_like_web_page:
        raise AccountProblem(
            tr("{provider} does not accept this account, or has no groups at this address.", provider=title),
            tr("Try the account first. If that works, type the group ids by hand."),
            status_line(response),
        )
    problem = usual_problem(response, title)
    if problem is not None:
        raise problem


def _total_in(answer: object) -> float:
    """How many groups there are in all, if the answer says so."""
    total = answer.get("total") if isinstance(answer, Mapping) else None
    return total if isinstance(total, int) and not isinstance(total, bool) and total > 0 else float("inf")
