"""Emarsys: creating or updating contacts, requests sent again, and keys that come twice."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from app.batches import Batch
from app.providers.emarsys import Emarsys
from app.providers.emarsys_sentences import SENTENCES, code_of
from app.providers.emarsys_troubles import ABOUT_REQUEST, KEY_NUMBERS, LIST_NUMBERS, SOURCE_NUMBER
from app.providers.verdicts import Answered, Halt, Outcome, OutcomeKind, Split
from app.providers.wire import Response
from tests.providers.batches import answer, batch_of, body_of, options_of, outcomes, step_of
from tests.providers.provider_contract import NOW

EMARSYS = Emarsys(lambda: NOW)
CREATED, UPDATED = Outcome(OutcomeKind.CREATED), Outcome(OutcomeKind.UPDATED)
SAVED = Outcome(OutcomeKind.ACCEPTED, "emarsys.saved")
EXISTS = {"2009": "Contact with the external id already exists: 3"}
MORE = {"2010": "More contacts found with the external id: 3 - ian@example.com"}


def _people(*names: str, step: str = "update") -> Batch:
    return batch_of(*({"3": f"{name}@example.com"} for name in names), step=step)


def _ok(**data: object) -> Response:
    return answer(200, {"replyCode": 0, "replyText": "OK", "data": data})


def _step(key: str = "update", **decided: Any) -> Any:
    actions = {"update": "create_or_update", "create": "create", "list": "list_only"}
    return step_of(EMARSYS, key, **{"action": actions[key], "list_id": 123, **decided})


def _found(batch: Batch, key: str = "update", **data: object) -> list[Outcome]:
    return outcomes(_step(key), _ok(**data), batch)


def test_contacts_are_created_or_updated_with_the_slash_the_older_version_needs() -> None:
    request = _step().request_for(batch_of({"3": "ian@example.com", "2": "Boothby", "1": " ", "8765[]": ()}))
    assert (request.method, request.path) == ("PUT", "contact/")
    assert request.query == (("create_if_not_exists", "1"),)
    assert body_of(request) == {"key_id": "3", "contacts": [{"3": "ian@example.com", "2": "Boothby"}]}


def test_the_documented_limits_of_an_update_are_kept() -> None:
    assert (_step().batch_size, _step().max_body_bytes) == (1_000, 8_000_000)
    assert _step().repeatable


@pytest.mark.parametrize(
    ("ids", "expected"),
    [
        (["1", 4], [UPDATED, CREATED]),
        ([4, "1"], [CREATED, UPDATED]),
        (["1", "2"], [UPDATED, UPDATED]),
        ([1, 2], [CREATED, CREATED]),
        (["1", None], [SAVED, SAVED]),
        ([1, True], [SAVED, SAVED]),
        ([1, [2]], [SAVED, SAVED]),
    ],
)
def test_ids_as_text_were_updated_and_ids_as_numbers_created(ids: object, expected: list[Outcome]) -> None:
    shapes: tuple[object, ...] = ({}, [], None)
    for errors in shapes:
        assert _found(_people("ian", "erik"), ids=ids, errors=errors) == expected


def test_ids_are_not_given_to_rows_where_they_could_be_anothers() -> None:
    batch = _people("ian", "erik", "james")
    refused = Outcome(OutcomeKind.REFUSED, "emarsys.2010", f"2010: {MORE['2010']}")
    errors = {"ian@example.com": MORE}
    assert _found(batch, ids=["1", 4], errors=errors) == [refused, SAVED, SAVED]
    assert _found(batch, ids=["1", "4"], errors=errors) == [refused, UPDATED, UPDATED]
    assert _found(batch, ids=[1, 4], errors=errors) == [refused, CREATED, CREATED]


@pytest.mark.parametrize("ids", [["1"], [1, 2, 3], None, "2x"])
def test_ids_that_do_not_agree_leave_an_update_unsure(ids: object) -> None:
    unsure = Outcome(OutcomeKind.UNSURE, "emarsys.saved_disagree")
    assert _found(_people("ian", "erik"), ids=ids, errors={}) == [unsure] * 2


@pytest.mark.parametrize(
    ("number", "code"),
    [("2008", "emarsys.update_2008"), ("2009", "emarsys.update_2009"), ("2010", "emarsys.2010")],
)
def test_an_update_has_words_of_its_own_for_what_can_go_wrong(number: str, code: str) -> None:
    (found,) = _found(_people("ian"), ids=[], errors={"ian@example.com": {number: "Because."}})
    assert found == Outcome(OutcomeKind.REFUSED, code, f"{number}: Because.")


def test_a_key_that_cannot_be_used_hides_among_the_errors() -> None:
    data = {"ids": [], "errors": {"<NO_KEY_ID>": {"2004": "Invalid key field id: 100"}}}
    assert isinstance(_step(key_id="100").verdict_on(_ok(**data), batch_of({"100": "x"})), Halt)


def test_whoever_exists_when_creating_is_repeated_most_likely_arrived() -> None:
    batch = replace(_people("ian", "erik", step="create"), repeated=True)
    found = _found(batch, "create", ids=[7], errors={"ian@example.com": EXISTS})
    assert found == [
        Outcome(OutcomeKind.ACCEPTED, "emarsys.2009_repeated", f"2009: {EXISTS['2009']}"),
        CREATED,
    ]


EXISTS_ALONE = {"2006": "Contact with the external id already exists: 3"}


@pytest.mark.parametrize("fault", [EXISTS, EXISTS_ALONE])
def test_both_wordings_for_who_exists_are_told_alike(fault: dict[str, str]) -> None:
    errors, (number,) = {"ian@example.com": fault}, fault
    first = _people("ian", step="create")
    again = replace(first, repeated=True)
    assert [one.kind for one in _found(first, "create", ids=[], errors=errors)] == [OutcomeKind.REFUSED]
    assert [one.code for one in _found(again, "create", ids=[], errors=errors)] == ["emarsys.2009_repeated"]
    whole = answer(400, {"replyCode": int(number), "replyText": fault[number], "data": ""})
    verdict = _step("create").verdict_on(whole, again)
    assert isinstance(verdict, Split)
    assert verdict.alone.code == "emarsys.2009_repeated"


@pytest.mark.parametrize("fault", [EXISTS, EXISTS_ALONE])
def test_who_may_have_been_there_before_a_repeat_does_not_join_a_list_for_new_people(
    fault: dict[str, str],
) -> None:
    again = replace(_people("ian", step="create"), repeated=True)
    response = _ok(ids=[], errors={"ian@example.com": fault})
    kinds = {}
    for too in (True, False):
        step = step_of(EMARSYS, "create", action="create_and_list", list_id=1, existing_to_list=too)
        (found,) = outcomes(step, response, again)
        kinds[too] = found.kind
    assert kinds == {True: OutcomeKind.ACCEPTED, False: OutcomeKind.UNSURE}


def test_whoever_joined_before_a_repeat_need_not_be_counted_again() -> None:
    people = _people("ian", "erik", step="list")
    assert [one.kind for one in _found(people, "list", inserted_contacts="1")] == [OutcomeKind.UNSURE] * 2
    again = replace(people, repeated=True)
    assert [one.kind for one in _found(again, "list", inserted_contacts="1")] == [OutcomeKind.ACCEPTED] * 2
    assert [one.kind for one in _found(again, "list", inserted_contacts="3")] == [OutcomeKind.UNSURE] * 2


@pytest.mark.parametrize("key", ["create", "update"])
def test_a_key_travels_once_in_a_batch(key: str) -> None:
    batch = batch_of({"3": "ian@example.com", "1": "Ian"}, {"3": " IAN@example.com", "1": "Jan"}, step=key)
    assert [one["1"] for one in body_of(_step(key).request_for(batch))["contacts"]] == ["Ian"]
    assert _found(batch, key, ids=[1], errors={}) == [
        CREATED,
        Outcome(OutcomeKind.REFUSED, "emarsys.twice"),
    ]


def test_a_key_that_comes_twice_joins_the_list_once() -> None:
    batch = _people("ian", "IAN", "erik", step="list")
    assert len(body_of(_step("list").request_for(batch))["external_ids"]) == 2
    assert [one.kind for one in _found(batch, "list", inserted_contacts="2")] == [OutcomeKind.ACCEPTED] * 3


# HTTP status, number and words of every refusal in the documents (facts of both API versions).
DOCUMENTED = [
    (400, 1000, "The request exceeded the maximum batch size of 1,000"),
    *((400, number, "Missing parameter") for number in (1001, 1006, 1007, 1008, 10001)),
    (400, 1009, "Wrong method"),
    (400, 1010, "The request body is not valid JSON"),
    (400, 2002, "The list of external ids exceeds the maximum size (1,000)"),
    (400, 2003, "Invalid datatype for the list of external ids. Array expected."),
    (400, 2004, "Cannot use internal ID as key on contact creation."),
    (400, 2004, "Invalid key field id: 7"),
    (400, 2005, "No value provided for key field: 3"),
    (400, 2005, "Invalid key field value: x"),
    (400, 2006, "Empty field id for value: x"),
    (400, 2006, "Invalid field id: 9999"),
    (400, 2006, "Contact with the external id already exists: 3"),
    (400, 2007, "Invalid field id: 9999"),
    (400, 2007, "Invalid choice id for field id: 5"),
    (400, 2007, "No choice provided for field id: 123"),
    (400, 2007, "Invalid date format for field id: 4"),
    (400, 2007, "Invalid data format, Scalar expected for field id: 1"),
    (400, 2007, "Invalid data format, Array expected for field id: 123"),
    (400, 2007, "The value of vouchers cannot be changed for field id: 50"),
    (400, 2007, "Cannot set id or uid on contact creation for field id: id"),
    (400, 2008, "No contact found with the external ID: 3"),
    (404, 2008, "No contact found with the external ID: 3 - x"),
    (400, 2009, "Contact with the external id already exists: 3"),
    (400, 2010, "More contacts found with the external ID: 3 - x"),
    (400, 2011, "Database connection error"),
    (400, 2013, "Invalid source id: 1"),
    (400, 2014, "No field specified to return"),
    (400, 2015, "No index on column: 7"),
    (400, 2016, "Invalid limit"),
    (400, 2020, "Invalid contact list id: 1"),
    (400, 3002, "The list of external IDs exceeds the maximum size."),
    (400, 3003, "Invalid datatype for the list of external IDs. Array expected."),
    (400, 3004, "List name is not set."),
    (400, 3004, "List name contains invalid character(s)."),
    (400, 3004, "Description contains invalid character(s)."),
    (400, 3004, "Invalid contact list id: 7"),
    (400, 3005, "Contact list with the requested name already exists."),
    (404, 3006, "No contact list found with the specified ID"),
    (400, 3008, "This list is used elsewhere"),
    (400, 9001, "Invalid field name"),
    (400, 9002, "A field with this name already exists"),
    (400, 1, "Action Wrong-id is invalid."),
    (401, 1, "Unauthorized"),
    (401, 1, "Credentials are invalid"),
    (403, None, "Forbidden"),
    (501, 1, "Not implemented"),
]


@pytest.mark.parametrize("key", ["create", "update", "list"])
@pytest.mark.parametrize(("status", "number", "words"), DOCUMENTED)
def test_every_documented_refusal_says_what_to_do(
    status: int, number: int | None, words: str, key: str
) -> None:
    body = {"replyCode": number, "replyText": words, "data": ""} if number is not None else words
    batch = _people("ian", step=key)
    verdict = _step(key).verdict_on(answer(status, body), batch)
    assert isinstance(verdict, Halt | Split)
    if isinstance(verdict, Split):
        sentence = EMARSYS.sentence(verdict.alone.code)
        assert sentence is not None
        assert sentence.reason
        assert sentence.advice
        assert verdict.alone.code != "emarsys.other"
    else:
        assert verdict.problem.advice
        assert "for a reason" not in verdict.problem.title


def test_every_number_has_a_sentence_or_stops_the_upload() -> None:
    numbers = {number for _, number, _ in DOCUMENTED if number is not None}
    told = {int(code.split(".")[1]) for code in SENTENCES if code.split(".")[1].isdigit()}
    assert numbers <= told | set(ABOUT_REQUEST) | KEY_NUMBERS | LIST_NUMBERS | {SOURCE_NUMBER}


@pytest.mark.parametrize(
    ("number", "words", "code"),
    [
        ("2007", "Invalid choice id for field id: 5", "emarsys.2007_choice"),
        ("2007", "Invalid date format for field id: 4", "emarsys.2007_date"),
        ("2007", "Invalid data format, Scalar expected for field id: 1", "emarsys.2007_one"),
        ("2007", "Invalid data format, Array expected for field id: 1", "emarsys.2007_several"),
        ("2007", "Something new", "emarsys.2007"),
        ("2006", "Contact with the external id already exists: 3", "emarsys.2006_exists"),
        ("4711", "Invalid date", "emarsys.other"),
    ],
)
def test_what_shares_a_number_is_told_apart_by_its_words(number: str, words: str, code: str) -> None:
    assert code_of(number, words) == code


def test_every_sentence_that_needs_an_act_says_which() -> None:
    good = {"emarsys.saved"}
    assert {code for code, sentence in SENTENCES.items() if not sentence.advice} == good


def test_what_cannot_be_undone_depends_on_what_is_done() -> None:
    told = {
        action: EMARSYS.irreversible(options_of(EMARSYS, action=action, list_id=1))
        for action in ("create", "create_or_update", "list_only", "create_or_update_and_list")
    }
    assert [len(sentences) for sentences in told.values()] == [1, 2, 1, 3]
    assert "replaces" in told["create_or_update"][0]


def test_an_answer_of_a_repeat_is_never_more_than_the_rows_of_the_batch() -> None:
    verdict = _step("create").verdict_on(
        _ok(ids=[1, 2], errors={"x@example.com": EXISTS}), replace(_people("ian"), repeated=True)
    )
    assert isinstance(verdict, Answered)
    assert set(verdict.outcomes) == {2}
