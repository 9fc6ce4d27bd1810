"""Emarsys: what is asked in its two steps, and what its answers mean. Examples are from its documents."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from app.batches import Batch
from app.contacts.contact import Value
from app.contacts.fields import ContactSchema, FieldKind, Meaning
from app.problems import AccountProblem, Problem
from app.providers.contract import Provider
from app.providers.emarsys import Emarsys
from app.providers.options import Options
from app.providers.verdicts import Halt, Outcome, OutcomeKind, Split, Unclear, Wait
from app.providers.wire import Response
from tests.providers.batches import answer, batch_of, body_of, options_of, outcomes, step_of
from tests.providers.provider_contract import NOW, ProviderContract

EMARSYS = Emarsys(lambda: NOW)
EXISTS = {"2009": "Contact with the external id already exists: 3"}
UNKNOWN = {"2008": "No contact found with the external id: 3 - loki@example.com"}
NAMES = ("erik", "ian", "james", "pepper")
BOTH: dict[str, Any] = {"action": "create_and_list", "list_id": 123}
ONLY: dict[str, Any] = {"action": "list_only", "list_id": 123}


def _people(*names: str, step: str = "create") -> Batch:
    return batch_of(*({"3": f"{name}@example.com"} for name in names), step=step)


def _ok(data: object) -> Response:
    return answer(200, {"replyCode": 0, "replyText": "OK", "data": data})


def _fault(code: int | str, text: str = "", status: int = 400) -> Response:
    return answer(status, {"replyCode": code, "replyText": text, "data": ""})


def _step(key: str = "create", **decided: Any) -> Any:
    return step_of(EMARSYS, key, **{**(ONLY if key == "list" else {}), **decided})


def _kinds(response: Response, batch: Batch, key: str = "create", **decided: Any) -> list[OutcomeKind]:
    return [outcome.kind for outcome in outcomes(_step(key, **decided), response, batch)]


class TestEmarsys(ProviderContract):
    provider: Provider = EMARSYS
    secrets = {  # noqa: RUF012 - read only
        "username": "hush001",
        "secret": "hush-secret",
        "client_id": "hush-client",
        "client_secret": "hush-client-secret",
    }

    def contacts(self, schema: ContactSchema) -> tuple[Mapping[str, Value], ...]:
        everything: dict[str, Value] = {field.key: "7" for field in schema.fields}
        everything |= {field.key: field.choices[0].value for field in schema.fields if field.choices}
        everything |= {key: ("1", "2") if key.endswith("[]") else f"first-{key}" for key in schema.keys}
        if schema.free:
            everything |= {"8765": "blue", "8766[]": ("1", "2")}
        return everything, *({key: f"{number}-{key}" for key in schema.keys} for number in range(2))

    def decisions(self) -> Iterator[Options]:
        yield EMARSYS.default_options()
        yield options_of(EMARSYS, sign_in="oauth2", key_id="37", source_id="1234", **BOTH)
        yield options_of(EMARSYS, existing_to_list=False, key_id="8765", **BOTH)
        yield options_of(EMARSYS, action="create_or_update", source_id="1234")
        yield options_of(EMARSYS, action="create_or_update_and_list", list_id=123, key_id="123[]")
        for key in ("3", "id", "uid", "", "123", "123[]"):
            yield options_of(EMARSYS, key_id=key, **ONLY)


def test_contacts_are_created_as_documented() -> None:
    erik = {"3": "erik.selvig@example.com", "2": "Selvig", "source_id": "1234"}
    ian = {"3": "ian.boothby@example.com", "2": "Boothby"}
    request = _step().request_for(batch_of(erik, ian))
    assert request.path == "contact"
    assert body_of(request) == {"key_id": "3", "contacts": [erik, ian]}


def test_a_source_for_everyone_gives_way_to_a_contacts_own() -> None:
    batch = batch_of({"3": "a@example.com"}, {"3": "b@example.com", "source_id": "5"})
    body = body_of(_step(source_id="1234").request_for(batch))
    assert [contact["source_id"] for contact in body["contacts"]] == ["1234", "5"]


def test_several_choices_of_a_custom_field_are_an_array() -> None:
    batch = batch_of({"3": "a@example.com", "8765[]": ("1", "2"), "8766": "blue"})
    (contact,) = body_of(_step().request_for(batch))["contacts"]
    assert contact == {"3": "a@example.com", "8765": ["1", "2"], "8766": "blue"}


def test_contacts_are_added_to_a_list_as_documented() -> None:
    request = _step("list").request_for(_people("thor", "odin"))
    assert request.path == "contactlist/123/add"
    assert body_of(request) == {"key_id": "3", "external_ids": ["thor@example.com", "odin@example.com"]}


def test_several_choices_as_key_are_arrays_of_numbers() -> None:
    batch = batch_of({"123[]": ("1", "2", "3")}, {"123[]": ("2", "3")})
    body = body_of(_step("list", key_id="123[]").request_for(batch))
    assert body == {"key_id": "123", "external_ids": [[1, 2, 3], [2, 3]]}


def test_an_empty_key_means_the_internal_id_for_lists_and_the_email_for_contacts() -> None:
    assert body_of(_step("list", key_id="").request_for(batch_of({"id": "7"}))) == {
        "key_id": "id",
        "external_ids": ["7"],
    }
    assert body_of(_step(key_id="").request_for(_people("thor")))["key_id"] == "3"


@pytest.mark.parametrize(
    ("action", "steps"),
    [
        ("create", ["create"]),
        ("create_and_list", ["create", "list"]),
        ("create_or_update", ["update"]),
        ("create_or_update_and_list", ["update", "list"]),
        ("list_only", ["list"]),
    ],
)
def test_the_action_decides_the_steps(action: str, steps: list[str]) -> None:
    assert [step.key for step in EMARSYS.steps(options_of(EMARSYS, action=action, list_id=1))] == steps


def test_the_documented_limits_are_kept() -> None:
    create, add = EMARSYS.steps(options_of(EMARSYS, **BOTH))
    assert (create.batch_size, add.batch_size) == (1_000, 10_000)


def test_who_is_not_among_the_errors_was_created() -> None:
    data = {"ids": [123, 456], "errors": {"james@example.com": EXISTS, "pepper@example.com": EXISTS}}
    found = outcomes(_step(), _ok(data), _people(*NAMES))
    refused = Outcome(OutcomeKind.REFUSED, "emarsys.2009", f"2009: {EXISTS['2009']}")
    assert found == [Outcome(OutcomeKind.CREATED)] * 2 + [refused] * 2


@pytest.mark.parametrize("errors", [{}, [], None, ""])
def test_no_errors_come_in_several_shapes(errors: object) -> None:
    assert _kinds(_ok({"ids": ["1"], "errors": errors}), _people("ian")) == [OutcomeKind.CREATED]
    assert _kinds(_ok({"ids": [1]}), _people("ian")) == [OutcomeKind.CREATED]


@pytest.mark.parametrize(
    "errors",
    [
        {" IAN@Example.com": EXISTS},
        {"ian@example.com": "2009"},
        {"ian@example.com": ["exists"]},
        {"ian@example.com": {}},
        [{"key": "ian@example.com", "errorCode": 2009, "errorMsg": "exists"}],
    ],
)
def test_errors_are_found_however_they_are_written(errors: object) -> None:
    assert _kinds(_ok({"ids": [1], "errors": errors}), _people("ian", "erik")) == [
        OutcomeKind.REFUSED,
        OutcomeKind.CREATED,
    ]


def test_a_mobile_number_is_found_without_its_plus() -> None:
    batch = batch_of({"37": "+447700900110"}, {"37": "+447700900111"})
    data = {"ids": [1], "errors": {"447700900111": EXISTS}}
    assert _kinds(_ok(data), batch, key_id="37") == [OutcomeKind.CREATED, OutcomeKind.REFUSED]


@pytest.mark.parametrize(
    "data",
    [
        {"ids": [1], "errors": {}},
        {"ids": [1, 2, 3], "errors": {}},
        {"errors": {}},
        {"ids": [1], "errors": {"someone.else@example.com": EXISTS}},
        "",
        None,
        [],
    ],
)
def test_ids_that_do_not_agree_leave_the_others_unsure(data: object) -> None:
    found = outcomes(_step(), _ok(data), _people("ian", "erik"))
    assert found == [Outcome(OutcomeKind.UNSURE, "emarsys.ids_disagree")] * 2


def test_who_exists_already_goes_on_to_the_list_if_wanted() -> None:
    response = _ok({"ids": [], "errors": {"ian@example.com": EXISTS}})
    assert _kinds(response, _people("ian"), **BOTH) == [OutcomeKind.ACCEPTED]
    assert _kinds(response, _people("ian"), **BOTH, existing_to_list=False) == [OutcomeKind.REFUSED]
    assert _kinds(response, _people("ian")) == [OutcomeKind.REFUSED]


def test_a_number_not_in_the_documents_is_a_refusal_all_the_same() -> None:
    data = {"ids": [], "errors": {"ian@example.com": {"4711": "Because."}}}
    found = outcomes(_step(), _ok(data), _people("ian"))
    assert found == [Outcome(OutcomeKind.REFUSED, "emarsys.other", "4711: Because.")]


def test_a_fault_of_the_whole_batch_may_hide_among_the_errors() -> None:
    data = {"ids": [], "errors": {"<NO_KEY_ID>": {"2004": "Invalid key field id: 100"}}}
    verdict = _step(key_id="100").verdict_on(_ok(data), batch_of({"100": "x"}))
    assert isinstance(verdict, Halt)
    assert "100" in verdict.problem.title
    data = {"ids": [], "errors": {"<NO_KEY_ID>": {"2007": "Invalid"}}}
    assert _kinds(_ok(data), _people("ian", "erik")) == [OutcomeKind.REFUSED] * 2


@pytest.mark.parametrize("inserted", ["2", 2])
def test_inserted_contacts_may_be_a_number_or_a_text(inserted: object) -> None:
    data = {"inserted_contacts": inserted, "errors": {"loki@example.com": UNKNOWN}}
    found = outcomes(_step("list"), _ok(data), _people("thor", "odin", "loki", step="list"))
    refused = Outcome(OutcomeKind.REFUSED, "emarsys.2008", f"2008: {UNKNOWN['2008']}")
    assert found == [Outcome(OutcomeKind.ACCEPTED)] * 2 + [refused]


@pytest.mark.parametrize("inserted", ["1", 3, None, True, "two", -2, 2.0])
def test_inserted_contacts_that_do_not_agree_leave_the_others_unsure(inserted: object) -> None:
    data = {"inserted_contacts": inserted, "errors": {"loki@example.com": UNKNOWN}}
    batch = _people("thor", "odin", "loki", step="list")
    unsure = [OutcomeKind.UNSURE] * 2
    assert _kinds(_ok(data), batch, "list") == [*unsure, OutcomeKind.REFUSED]


@pytest.mark.parametrize("code", [1000, 2005, 2006, 2007, 2008, 2009, 2010, 3002, 4711, "2007"])
def test_a_refusal_that_a_contact_may_have_caused_splits_the_batch(code: int | str) -> None:
    verdict = _step().verdict_on(_fault(code, "Because."), _people("ian"))
    assert isinstance(verdict, Split)
    assert verdict.alone.kind is OutcomeKind.REFUSED
    assert verdict.alone.detail == f"{code}: Because."


@pytest.mark.parametrize("code", [2004, 2015, 2013, 2020, 3004, 3006, 3003, 1010])
def test_a_refusal_that_all_contacts_share_stops_the_upload(code: int) -> None:
    verdict = _step("list").verdict_on(_fault(code, "Because."), _people("ian", step="list"))
    assert isinstance(verdict, Halt)


def test_a_source_from_the_file_is_looked_for_in_the_batch() -> None:
    batch = batch_of({"3": "ian@example.com", "source_id": "1"})
    assert isinstance(_step().verdict_on(_fault(2013), batch), Split)


def test_an_unknown_list_is_named() -> None:
    for status, code in ((400, 3004), (404, 3006)):
        verdict = _step("list").verdict_on(_fault(code, status=status), _people("ian", step="list"))
        assert isinstance(verdict, Halt)
        assert "123" in verdict.problem.title


def test_a_refusal_inside_a_200_is_a_refusal() -> None:
    assert isinstance(_step().verdict_on(_fault(2005, status=200), _people("ian")), Split)


@pytest.mark.parametrize("body", ["", "[]", "{}", "null", '{"replyCode": "x"}'])
def test_an_answer_without_its_envelope_is_unclear(body: str) -> None:
    assert isinstance(_step().verdict_on(answer(200, body), _people("ian")), Unclear)


def test_an_endpoint_that_is_not_allowed_is_named() -> None:
    verdict = _step("list").verdict_on(answer(403, "Forbidden"), _people("ian", step="list"))
    assert isinstance(verdict, Halt)
    assert isinstance(verdict.problem, AccountProblem)
    assert "contactlist/<list_id>/add" in verdict.problem.title


def _refusal(response: Response, **decided: Any) -> Problem:
    verdict = _step(**decided).verdict_on(response, _people("ian"))
    assert isinstance(verdict, Halt)
    return verdict.problem


def test_a_wrong_clock_is_said_to_be_wrong() -> None:
    body = {"replyCode": 1, "replyText": "Unauthorized", "data": ""}
    late = answer(401, body, date="Thu, 01 Jan 2026 12:17:00 GMT")
    assert "17" in _refusal(late).title
    right = answer(401, body, date="Thu, 01 Jan 2026 12:01:00 GMT")
    assert "clock" not in _refusal(right).title
    assert "clock" not in _refusal(late, sign_in="oauth2").title


def test_a_token_where_wsse_is_expected_is_said_so() -> None:
    response = _fault(1, "WSSE authentication header is missing", status=401)
    assert "WSSE" in _refusal(response, sign_in="oauth2").advice


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"x_ratelimit_reset": "1767268860"}, 60.0),
        ({"x_ratelimit_reset": "1767268860", "date": "Thu, 01 Jan 2026 12:00:30 GMT"}, 30.0),
        ({"x_ratelimit_reset": "1", "retry_after": "7"}, 7.0),
        ({"x_ratelimit_reset": "1"}, 0.0),
        ({"x_ratelimit_reset": "soon"}, None),
    ],
)
def test_too_many_requests_are_waited_for(headers: dict[str, str], seconds: float | None) -> None:
    response = answer(429, {"replyCode": 7003}, **headers)
    assert _step().verdict_on(response, _people("ian")) == Wait(seconds)


@pytest.mark.parametrize(
    ("decided", "option"),
    [
        ({"key_id": "id"}, "key_id"),
        ({"key_id": "uid"}, "key_id"),
        ({"key_id": "eid"}, "key_id"),
        ({"key_id": "47"}, "key_id"),
        ({"key_id": "3[]"}, "key_id"),
        ({"key_id": "e-mail"}, "key_id"),
        ({"key_id": "eid", **ONLY}, "key_id"),
        ({"action": "list_only"}, "list_id"),
        ({"action": "create_and_list", "list_id": -1}, "list_id"),
        ({"source_id": "shop"}, "source_id"),
    ],
)
def test_options_that_cannot_be_sent_are_faults(decided: dict[str, Any], option: str) -> None:
    assert [fault.option for fault in EMARSYS.faults(options_of(EMARSYS, **decided))] == [option]


def test_the_key_field_is_required() -> None:
    schema = EMARSYS.schema(options_of(EMARSYS, key_id="8765"))
    assert schema.required == schema.keys == ("8765",)
    assert schema.fields[0].key == "8765"
    only = EMARSYS.schema(options_of(EMARSYS, key_id="123[]", **ONLY))
    assert [(field.key, field.kind) for field in only.fields] == [("123[]", FieldKind.TEXTS)]


@pytest.mark.parametrize("key", ["0", "27", "33", "47", "48", "3[]", "007", "id", "x"])
def test_read_only_fields_cannot_be_written(key: str) -> None:
    assert EMARSYS.schema(EMARSYS.default_options()).field(key) is None


@pytest.mark.parametrize("key", ["49", "99", "456", "8765", "8765[]"])
def test_custom_fields_are_known_by_their_numbers(key: str) -> None:
    assert EMARSYS.schema(EMARSYS.default_options()).field(key) is not None


@pytest.mark.parametrize(
    ("meaning", "word", "value"),
    [
        (Meaning.COUNTRY, "Deutschland", "65"),
        (Meaning.COUNTRY, "Regno Unito", "184"),
        (Meaning.COUNTRY, "FR", "61"),
        (Meaning.GENDER, "Frau", "2"),
        (Meaning.LANGUAGE, "español", "8"),
        (Meaning.SALUTATION, "Signora", "2"),
        (Meaning.OPT_IN, "ja", "1"),
    ],
)
def test_choices_know_the_words_people_write(meaning: Meaning, word: str, value: str) -> None:
    schema = EMARSYS.schema(EMARSYS.default_options())
    (field,) = (field for field in schema.fields if field.meaning is meaning)
    known = {choice.value: {name.casefold() for name in choice.words} for choice in field.choices}
    assert [found for found, words in known.items() if word.casefold() in words] == [value]


def test_the_office_has_fewer_countries() -> None:
    schema = EMARSYS.schema(EMARSYS.default_options())
    home, office = schema.field("14"), schema.field("45")
    assert home is not None
    assert office is not None
    assert (len(home.choices), len(office.choices)) == (248, 204)


def test_a_trial_that_is_not_answered_well_is_a_problem() -> None:
    defaults = EMARSYS.default_options()
    assert EMARSYS.problem_in(_ok([]), defaults) is None
    for response in (_fault(1, status=401), answer(403, "Forbidden"), answer(200, "{}"), answer(404)):
        assert EMARSYS.problem_in(response, defaults) is not None
