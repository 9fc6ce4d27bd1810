"""smsend's groups, Sociocs' and Octopush's lists: asked for, named, made, in every shape they may come in."""

from __future__ import annotations

from typing import Any

import pytest

from app.problems import AccountProblem, Problem
from app.providers.known import provider_named
from app.providers.octopush_options import LIST_NAME_LENGTH
from app.providers.options import OptionChoice
from app.providers.smsend_groups import MOST_PAGES
from app.providers.wire import MalformedAnswer, Request, Response
from tests.providers.batches import answer, ask, batch_of, body_of, options_of, step_of

NEWS = OptionChoice("xHyUB5MBROIErT27pLaF", "News")


def _known(name: str) -> Any:
    provider = provider_named(name)
    assert provider is not None
    return provider


SMSEND, SOCIOCS, OCTOPUSH = _known("smsend"), _known("sociocs"), _known("octopush")


def _groups(*answers: Response) -> tuple[tuple[OptionChoice, ...], list[Request]]:
    return ask(SMSEND.choices("groupIds", SMSEND.default_options()), *answers)


def _lists(*answers: Response) -> tuple[tuple[OptionChoice, ...], list[Request]]:
    return ask(SOCIOCS.choices("list_id", SOCIOCS.default_options()), *answers)


@pytest.mark.parametrize(
    "found",
    [
        {"groups": [{"id": NEWS.value, "name": "News"}], "total": 1},
        {"result": [{"groupId": NEWS.value, "name": "News"}]},
        {"data": {"items": [{"id_group": "x", "id": NEWS.value, "groupName": "News"}]}},
        [{"id": NEWS.value, "name": "News", "description": "All news"}],
    ],
)
def test_groups_are_found_under_whatever_key_they_are(found: object) -> None:
    assert _groups(answer(200, found))[0] == (NEWS,)


def test_group_ids_may_be_numbers_and_names_may_be_missing() -> None:
    assert _groups(answer(200, [{"id": 7}]))[0] == (OptionChoice("7", "7"),)


def test_pages_are_asked_for_until_nothing_new_comes() -> None:
    pages = [answer(200, {"groups": [{"id": str(n), "name": f"G{n}"}]}) for n in (1, 2, 3, 3)]
    found, asked = _groups(*pages)
    assert [choice.value for choice in found] == ["1", "2", "3"]
    assert [dict(request.query)["pageNumber"] for request in asked] == ["1", "2", "3", "4"]
    assert {dict(request.query)["pageSize"] for request in asked} == {"100"}


def test_pages_end_where_the_total_says() -> None:
    found, asked = _groups(answer(200, {"groups": [{"id": "1"}, {"id": "2"}], "total": 2}))
    assert (len(found), len(asked)) == (2, 1)


def test_pages_without_end_are_not_asked_for_without_end() -> None:
    pages = [answer(200, [{"id": str(number)}]) for number in range(MOST_PAGES + 50)]
    assert len(_groups(*pages)[1]) == MOST_PAGES


def test_a_new_group_has_a_name_a_description_and_its_place() -> None:
    made, asked = ask(
        SMSEND.creation("groupIds", "Spring", SMSEND.default_options()), answer(201, location="/group/key-2")
    )
    assert made == OptionChoice("key-2", "Spring")
    assert (asked[0].method, asked[0].path) == ("POST", "group")
    assert body_of(asked[0]) == {"name": "Spring", "description": "Spring"}


def test_a_new_group_without_a_place_is_not_made_up() -> None:
    with pytest.raises(MalformedAnswer):
        ask(SMSEND.creation("groupIds", "Spring", SMSEND.default_options()), answer(201))


def test_a_group_that_cannot_be_made_says_so() -> None:
    with pytest.raises(Problem, match="group"):
        ask(
            SMSEND.creation("groupIds", "Spring", SMSEND.default_options()), answer(400, "addressbook locked")
        )


@pytest.mark.parametrize("status", [401, 404])
def test_groups_that_are_not_there_may_be_a_wrong_account(status: int) -> None:
    with pytest.raises(AccountProblem):
        _groups(answer(status, "The User_key was not found"))


@pytest.mark.parametrize(
    "found",
    [
        {"status": "success", "data": [{"id": 10001, "name": "News"}]},
        {"status": "success", "data": {"lists": [{"list_id": "10001", "list_name": "News"}]}},
        [{"id": 10001, "title": "News"}],
    ],
)
def test_lists_are_found_with_or_without_an_envelope(found: object) -> None:
    assert _lists(answer(200, found))[0] == (OptionChoice("0", "All contacts"), OptionChoice("10001", "News"))


@pytest.mark.parametrize("status", [200, 400])
def test_an_error_about_lists_is_an_error_with_whatever_status(status: int) -> None:
    with pytest.raises(Problem, match="GET /lists"):
        _lists(answer(status, {"status": "error", "errors": [{"msg": "No."}]}))


def test_a_new_list_is_named_by_its_number() -> None:
    made, asked = ask(
        SOCIOCS.creation("list_id", "Spring", SOCIOCS.default_options()),
        answer(200, {"status": "success", "data": {"id": 10003}}),
    )
    assert made == OptionChoice("10003", "Spring")
    assert (asked[0].method, asked[0].path, body_of(asked[0])) == ("POST", "lists", {"name": "Spring"})


def test_overwriting_needs_its_own_tick() -> None:
    (tick,) = SOCIOCS.acknowledgements(SOCIOCS.default_options())
    assert "overwritten" in tick.sentence
    assert "extra fields" in tick.sentence
    for provider in (SMSEND, OCTOPUSH):
        assert provider.acknowledgements(provider.default_options()) == ()


@pytest.mark.parametrize("status", [200, 201, 204])
def test_an_octopush_list_is_known_by_its_name(status: int) -> None:
    made, asked = ask(OCTOPUSH.creation("list_name", "my_list", OCTOPUSH.default_options()), Response(status))
    assert made == OptionChoice("my_list", "my_list")
    assert (asked[0].method, asked[0].path) == ("POST", "contact-list/create")
    assert body_of(asked[0]) == {"list_name": "my_list"}


def test_an_octopush_list_name_has_its_limit() -> None:
    with pytest.raises(Problem, match="30"):
        ask(
            OCTOPUSH.creation("list_name", "x" * (LIST_NAME_LENGTH + 1), OCTOPUSH.default_options()),
            answer(201),
        )


@pytest.mark.parametrize("path", ["contact", "contacts"])
def test_the_address_of_smsends_service_can_be_chosen(path: str) -> None:
    request = step_of(SMSEND, path=path).request_for(batch_of({"email": "anna@example.com"}))
    assert request.path == path


def test_a_group_that_everyone_was_put_into_stops_the_upload() -> None:
    batch = batch_of({"email": "anna@example.com"}, {"email": "luca@example.com"})
    chosen = step_of(SMSEND, groupIds=("gone",))
    assert "groups" in chosen.verdict_on(answer(400, "group not owned"), batch).problem.title  # type: ignore[union-attr]
    own = batch_of({"email": "anna@example.com", "groupIds": ("gone",)})
    assert chosen.verdict_on(answer(400, "group not owned"), own).alone.code == "smsend.400_group"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("Campaign not active or not found", "smsend.400_campaign"),
        ("no email provided", "smsend.400_email"),
        ("group not owned", "smsend.400_group"),
        (
            "Campaign not active or not found, no email provided, group not owned or a generic error",
            "smsend.400",
        ),
        ("", "smsend.400"),
        ('{"message": "name is longer than 40 characters"}', "smsend.400"),
    ],
)
def test_every_documented_reason_of_smsend_has_its_sentence(said: str, code: str) -> None:
    verdict = step_of(SMSEND).verdict_on(answer(400, said), batch_of({"email": "anna@example.com"}))
    assert verdict.alone.code == code  # type: ignore[union-attr]
    sentence = SMSEND.sentence(code)
    assert sentence is not None
    assert sentence.advice


@pytest.mark.parametrize("provider", [SOCIOCS, OCTOPUSH], ids=lambda provider: provider.name)
def test_a_forbidden_endpoint_is_told_from_a_wrong_key(provider: Any) -> None:
    batch = batch_of({"phone_number": "+447700900111"})
    forbidden = step_of(provider).verdict_on(Response(403), batch)
    wrong = step_of(provider).verdict_on(Response(401), batch)
    assert "does not let it use" in forbidden.problem.title  # type: ignore[union-attr]
    assert "does not accept" in wrong.problem.title  # type: ignore[union-attr]


def test_what_cannot_be_undone_is_said_for_each_dangerous_choice() -> None:
    assert len(SMSEND.irreversible(SMSEND.default_options())) == 1
    drop = options_of(SMSEND, updateExistingContact=False, keepExistingGroupsAndCampaigns=False)
    assert "deleted" in SMSEND.irreversible(drop)[0]
    assert len(SMSEND.irreversible(drop)) == 2
    assert OCTOPUSH.irreversible(OCTOPUSH.default_options()) == ()
    everything = {
        "do_not_overwrite": False,
        "un_list": True,
        "un_tag": True,
        "auto_delete_optout_contacts": True,
    }
    assert len(OCTOPUSH.irreversible(options_of(OCTOPUSH, **everything))) == 4
