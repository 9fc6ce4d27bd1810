"""Asking accounts about themselves, over a real line to their practice rooms."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from app.contacts.fields import FieldKind
from app.flow import uploading
from app.flow.access import Access, practice_access
from app.flow.access import PracticeAccess as Practice
from app.flow.account import (
    ExistingCount,
    count_existing,
    create_choice,
    fetch_choices,
    fetch_fields,
    try_account,
)
from app.flow.draft import ImportDraft, new_draft
from app.practice.emarsys import EmarsysRoom
from app.practice.exchange import PracticeRequest, PracticeResponse, json_answer, text_answer
from app.practice.faults import Fault, HangUp, Refuse
from app.practice.room import Seed
from app.practice.rooms import PRACTICE_SECRETS, open_rooms
from app.practice.server import PracticeServer
from app.problems import AccountProblem, NetworkProblem, Problem
from app.progress import Progress, Stop, Stopped, tell_nobody
from app.providers.account_fields import AccountFields
from app.providers.known import PROVIDERS
from app.providers.options import OptionChoice, Options
from app.upload.setbacks import not_reached
from tests.upload.scene import ledger_with, run

HTML = PracticeResponse(
    200, {"Content-Type": "text/html"}, b"<!DOCTYPE html><html>Sign in to this network</html>"
)


@pytest.fixture
def server() -> Iterator[PracticeServer]:
    with PracticeServer() as opened:
        yield opened


def _draft(name: str, **decided: Any) -> ImportDraft:
    draft = new_draft(name)
    return draft.with_options(Options({**draft.options, **decided}))


def _access(server: PracticeServer, draft: ImportDraft, secrets: Mapping[str, str] | None = None) -> Access:
    return practice_access(draft, Practice(server.address, secrets or PRACTICE_SECRETS[draft.provider_name]))


def _forbidding(*endpoints: str) -> PracticeServer:
    rooms = [room for room in open_rooms() if room.name != "emarsys"]
    return PracticeServer(rooms=[*rooms, EmarsysRoom(Seed(forbidden=endpoints))])


def _refusing(server: PracticeServer, *answers: PracticeResponse) -> None:
    """The next answers of the server, whatever is asked; then the rooms answer again."""
    left = list(answers)

    def fault(request: PracticeRequest) -> Fault | None:  # noqa: ARG001
        return Refuse(left.pop(0)) if left else None

    server.fault = fault


PICKERS = [
    ("smsend", {}, "groupIds", 6, ("xHyUB5MBROIErT27pLaF", "Newsletter")),
    ("emarsys", {}, "list_id", 2, ("1001", "Newsletter")),
    ("emarsys", {"sign_in": "oauth2"}, "list_id", 2, ("1002", "Customers")),
    ("emarsys", {}, "source_id", 2, ("1234", "Web shop")),
    ("emarsys", {}, "key_id", 20, ("123[]", "Topics")),
    ("emarsys", {"action": "list_only", "list_id": 1001}, "key_id", 22, ("uid", "uid")),
    ("sociocs", {}, "list_id", 3, ("10001", "Newsletter")),
]


@pytest.mark.parametrize(("name", "decided", "key", "count", "one"), PICKERS)
def test_an_account_lists_what_an_option_may_be(
    server: PracticeServer, name: str, decided: dict[str, Any], key: str, count: int, one: tuple[str, str]
) -> None:
    draft = _draft(name, **decided)
    found = fetch_choices(draft, _access(server, draft), key, Stop())
    assert len(found) == count
    assert OptionChoice(*one) in found
    option = next(option for option in draft.provider.options if option.key == key)
    assert all(option.accepts(option.typed(choice)) for choice in found)


def test_more_groups_than_a_page_holds_are_all_listed() -> None:
    rooms = [type(room)(Seed(lists={f"g{n}": f"Group {n}" for n in range(250)})) for room in open_rooms()[:1]]
    with PracticeServer(rooms=rooms) as server:
        draft = _draft("smsend")
        assert len(fetch_choices(draft, _access(server, draft), "groupIds", Stop())) == 256


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("smsend", "groupIds"),
        ("emarsys", "list_id"),
        ("sociocs", "list_id"),
        ("octopush", "list_name"),
        ("octopush", "list_names"),
    ],
)
def test_a_new_list_is_there_afterwards(server: PracticeServer, name: str, key: str) -> None:
    draft = _draft(name)
    made = create_choice(draft, _access(server, draft), key, " Spring offers ", Stop())
    assert made.label == "Spring offers"
    assert server.rooms[name].lists()[made.value]["name"] == "Spring offers"


def test_a_name_that_is_taken_is_said_to_be_taken(server: PracticeServer) -> None:
    draft = _draft("emarsys")
    with pytest.raises(Problem, match="already"):
        create_choice(draft, _access(server, draft), "list_id", "Newsletter", Stop())
    with pytest.raises(Problem, match="name"):
        create_choice(draft, _access(server, draft), "list_id", 'Spring "sale"', Stop())


@pytest.mark.parametrize("name", ["", "  "])
def test_a_list_without_a_name_is_not_asked_for(server: PracticeServer, name: str) -> None:
    draft = _draft("sociocs")
    with pytest.raises(Problem):
        create_choice(draft, _access(server, draft), "list_id", name, Stop())
    assert server.rooms["sociocs"].requests == 0


def test_a_list_name_longer_than_the_provider_takes_is_not_asked_for(server: PracticeServer) -> None:
    draft = _draft("octopush")
    with pytest.raises(Problem, match="30"):
        create_choice(draft, _access(server, draft), "list_name", "x" * 31, Stop())


@pytest.mark.parametrize("sign_in", ["wsse", "oauth2"])
def test_live_fields_come_with_types_and_choices(server: PracticeServer, sign_in: str) -> None:
    draft = _draft("emarsys", sign_in=sign_in)
    fields = fetch_fields(draft, _access(server, draft), Stop())
    assert AccountFields.from_text(fields.to_text()) == fields
    schema = draft.provider.schema(draft.options, fields)
    kinds = {
        key: found.kind for key in ("3", "5", "8765[]", "100003", "100004") if (found := schema.field(key))
    }
    assert kinds == {
        "3": FieldKind.EMAIL,
        "5": FieldKind.CHOICE,
        "8765[]": FieldKind.MULTI_CHOICE,
        "100003": FieldKind.DATE,
        "100004": FieldKind.DECIMAL,
    }
    products = schema.field("8765[]")
    assert products is not None
    assert len(products.choices) > 1
    assert schema.field("99999") is None  # there is no such field in this account


def test_choices_are_asked_for_one_by_one_where_there_is_no_asking_at_once() -> None:
    with _forbidding("field/choices") as server:
        draft = _draft("emarsys")
        fields = fetch_fields(draft, _access(server, draft), Stop())
        (gender,) = (field for field in fields.fields if field.key == "5")
        assert [choice.label for choice in gender.choices] == ["Male", "Female", "Prefer not to say"]


@pytest.mark.parametrize(
    ("endpoint", "named", "key"),
    [("contactlist", "GET contactlist", "list_id"), ("source", "GET source", "source_id")],
)
def test_an_endpoint_that_is_not_allowed_is_named(endpoint: str, named: str, key: str) -> None:
    with _forbidding(endpoint) as server:
        draft = _draft("emarsys")
        with pytest.raises(Problem) as raised:
            fetch_choices(draft, _access(server, draft), key, Stop())
    assert named in raised.value.title
    assert "by hand" in raised.value.advice
    assert not isinstance(raised.value, AccountProblem)


def test_fields_that_may_not_be_read_are_named() -> None:
    with _forbidding("field") as server:
        draft = _draft("emarsys")
        with pytest.raises(Problem, match="GET field/translate/en"):
            fetch_fields(draft, _access(server, draft), Stop())


def test_a_trial_that_is_forbidden_does_not_blame_the_account() -> None:
    with _forbidding("field") as server:
        draft = _draft("emarsys")
        with pytest.raises(Problem) as raised:
            try_account(draft, _access(server, draft))
    assert not isinstance(raised.value, AccountProblem)
    assert "accepts this API user" in raised.value.title
    assert "may work" in raised.value.advice


def test_who_exists_is_counted_before_anything_is_sent(tmp_path: Path) -> None:
    path = tmp_path / "import.ledger"
    ledger_with(path, 2_500, lambda row: {"3": f"p{row}@example.com"}).close()
    seeded = [{"id": row, "3": f"P{row}@example.com"} for row in range(2, 1_802)]
    told: list[Progress] = []
    with PracticeServer(rooms=[EmarsysRoom(Seed(contacts=seeded))]) as server:
        draft = _draft("emarsys", action="create_or_update")
        count = count_existing(path, draft, _access(server, draft), told.append, Stop())
    assert count == ExistingCount(exist=1_800, new=700)
    assert [progress.done for progress in told] == [1_000, 2_000, 2_500]


def test_asking_who_exists_needs_its_endpoint(tmp_path: Path) -> None:
    path = tmp_path / "import.ledger"
    ledger_with(path, 3, lambda row: {"3": f"p{row}@example.com"}).close()
    with _forbidding("contact/checkids") as server:
        draft = _draft("emarsys")
        with pytest.raises(Problem, match="POST contact/checkids"):
            count_existing(path, draft, _access(server, draft), tell_nobody, Stop())


def test_what_a_provider_does_not_offer_is_not_asked(server: PracticeServer, tmp_path: Path) -> None:
    draft = _draft("octopush")
    access = _access(server, draft)
    with pytest.raises(LookupError):
        fetch_choices(draft, access, "list_name", Stop())
    with pytest.raises(LookupError):
        create_choice(draft, access, "tag_name", "vip", Stop())
    with pytest.raises(LookupError):
        fetch_fields(draft, access, Stop())
    with pytest.raises(LookupError):
        count_existing(tmp_path / "none", draft, access, tell_nobody, Stop())


@pytest.mark.parametrize("name", [provider.name for provider in PROVIDERS])
def test_an_account_that_works_is_told_from_a_wrong_one(server: PracticeServer, name: str) -> None:
    draft = _draft(name)
    try_account(draft, _access(server, draft))
    wrong = {key: f"{value}x" for key, value in PRACTICE_SECRETS[name].items()}
    with pytest.raises(AccountProblem, match="accept"):
        try_account(draft, _access(server, draft, wrong))
    with pytest.raises(AccountProblem, match="not complete"):
        try_account(draft, _access(server, draft, {"nothing": "x"}))


@pytest.mark.parametrize("name", [provider.name for provider in PROVIDERS])
@pytest.mark.parametrize("status", [200, 302, 403, 407, 511])
def test_a_page_of_the_network_is_not_the_provider(server: PracticeServer, name: str, status: int) -> None:
    page = PracticeResponse(status, {**HTML.headers, "Location": "https://portal.example.com/"}, HTML.body)
    server.fault = lambda _: Refuse(page)
    draft = _draft(name)
    with pytest.raises(NetworkProblem):
        try_account(draft, _access(server, draft))


@pytest.mark.parametrize("name", [provider.name for provider in PROVIDERS])
def test_another_server_at_the_address_is_not_the_provider(server: PracticeServer, name: str) -> None:
    server.fault = lambda request: None if "login" in request.path else Refuse(text_answer(200, "It works"))
    draft = _draft(name)
    with pytest.raises(NetworkProblem, match="Something else answered"):
        try_account(draft, _access(server, draft))


@pytest.mark.parametrize("name", [provider.name for provider in PROVIDERS])
def test_an_address_where_nobody_is_is_said_so(server: PracticeServer, name: str) -> None:
    draft = _draft(name)
    access = _access(server, draft)
    server.close()
    with pytest.raises(NetworkProblem, match="can't be reached"):
        try_account(draft, access)


@pytest.mark.parametrize(
    ("why", "said"),
    [
        ("ConnectError: [Errno -2] Name or service not known", "address can't be found"),
        ("ConnectError: [Errno 11001] getaddrinfo failed", "address can't be found"),
        ("ConnectError: [SSL: CERTIFICATE_VERIFY_FAILED] certificate has expired", "certificate"),
        ("ConnectTimeout: timed out", "can't be reached"),
    ],
)
def test_why_nothing_left_is_told_apart(why: str, said: str) -> None:
    assert said in not_reached(why).title


def test_a_line_that_drops_is_a_problem_that_says_nothing_else_was_sent(server: PracticeServer) -> None:
    server.fault = lambda _: HangUp(acted=False)
    draft = _draft("sociocs")
    with pytest.raises(NetworkProblem, match="did not answer"):
        fetch_choices(draft, _access(server, draft), "list_id", Stop())


def test_being_asked_to_wait_is_waited_for_a_few_times(server: PracticeServer) -> None:
    busy = PracticeResponse(429, {"Retry-After": "0"})
    draft = _draft("sociocs")
    _refusing(server, busy, busy)
    assert fetch_choices(draft, _access(server, draft), "list_id", Stop())
    _refusing(server, busy, busy, busy)
    with pytest.raises(NetworkProblem):
        fetch_choices(draft, _access(server, draft), "list_id", Stop())


@pytest.mark.parametrize(
    "answer",
    [
        json_answer(200, {"status": "success", "data": 7}),
        json_answer(200, [{"colour": "red"}]),
        text_answer(200, "{"),
    ],
)
def test_an_answer_of_another_shape_leaves_typing_by_hand(
    server: PracticeServer, answer: PracticeResponse
) -> None:
    server.fault = lambda _: Refuse(answer)
    draft = _draft("sociocs")
    with pytest.raises(Problem) as raised:
        fetch_choices(draft, _access(server, draft), "list_id", Stop())
    assert "by hand" in raised.value.advice


def test_a_stop_ends_a_conversation(server: PracticeServer) -> None:
    stop = Stop()
    stop.ask()
    draft = _draft("smsend")
    with pytest.raises(Stopped):
        fetch_choices(draft, _access(server, draft), "groupIds", stop)


def test_the_trial_is_still_found_where_uploading_is() -> None:
    assert uploading.try_account is try_account


def test_an_update_reaches_the_resource_with_its_slash_over_a_real_line(
    server: PracticeServer, tmp_path: Path
) -> None:
    path = tmp_path / "import.ledger"
    draft = _draft("emarsys", action="create_or_update")
    with ledger_with(path, 3, lambda row: {"3": f"p{row}@example.com"}) as ledger:
        end = run(ledger, server, draft.provider, draft.options)
    assert (end.problem, end.totals.created) == (None, 3)
    with ledger_with(tmp_path / "again.ledger", 4, lambda row: {"3": f"p{row}@example.com"}) as again:
        end = run(again, server, draft.provider, draft.options)
    assert (end.totals.created, end.totals.updated) == (1, 3)


@pytest.mark.parametrize("action", ["create", "create_or_update"])
def test_a_body_larger_than_the_documented_limit_travels_in_parts(
    server: PracticeServer, tmp_path: Path, action: str
) -> None:
    notes = "x" * 11_500
    path = tmp_path / "import.ledger"
    draft = _draft("emarsys", action=action)
    with ledger_with(path, 1_000, lambda row: {"3": f"p{row}@example.com", "100005": notes}) as ledger:
        end = run(ledger, server, draft.provider, draft.options)
    assert (end.problem, end.totals.created) == (None, 1_000)
    assert server.rooms["emarsys"].requests == 2
