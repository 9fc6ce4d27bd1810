"""Answers any server may give, read the same way for every provider."""

from __future__ import annotations

import pytest

from app.problems import AccountProblem, NetworkProblem, Problem
from app.providers.answers import (
    is_web_page,
    seconds_to_wait,
    shortened,
    texts_in,
    usual_problem,
    usual_verdict,
)
from app.providers.verdicts import Halt, Split, Unclear, Wait
from app.providers.wire import Response
from tests.providers.batches import answer

DATE = "Thu, 01 Jan 2026 12:00:00 GMT"


@pytest.mark.parametrize(
    ("asked", "date", "seconds"),
    [
        ("120", "", 120.0),
        (" 1.5 ", "", 1.5),
        ("Thu, 01 Jan 2026 12:00:30 GMT", DATE, 30.0),
        ("Thu, 01 Jan 2026 11:00:00 GMT", DATE, 0.0),
        ("Thu, 01 Jan 2026 12:00:30 -0000", DATE, 30.0),
        ("Thu, 01 Jan 2026 12:00:30 GMT", "", None),
        ("-5", DATE, None),
        ("nan", DATE, None),
        ("9" * 400, DATE, None),
        ("", "", None),
    ],
)
def test_retry_after_is_a_number_or_a_date(asked: str, date: str, seconds: float | None) -> None:
    assert seconds_to_wait(answer(429, retry_after=asked, date=date)) == seconds


@pytest.mark.parametrize("status", [200, 204, 400, 401, 403, 404, 422])
def test_what_a_provider_has_to_read_itself_is_left_to_it(status: int) -> None:
    assert usual_verdict(answer(status, "{}"), "Anyone", "x") is None


def test_a_server_that_is_overloaded_is_believed_if_it_says_how_long() -> None:
    assert usual_verdict(answer(503, retry_after="9"), "Anyone", "x") == Wait(9.0)
    assert isinstance(usual_verdict(answer(503), "Anyone", "x"), Unclear)


@pytest.mark.parametrize(
    ("status", "verdict"),
    [
        (100, Unclear),
        (301, Halt),
        (405, Halt),
        (407, Halt),
        (408, Wait),
        (413, Split),
        (429, Wait),
        (599, Unclear),
    ],
)
def test_usual_answers_have_usual_verdicts(status: int, verdict: type) -> None:
    assert isinstance(usual_verdict(answer(status), "Anyone", "x"), verdict)


@pytest.mark.parametrize("body", ["<!DOCTYPE HTML><html>", "\ufeff<html lang='it'>", "<HTML>"])
def test_a_web_page_is_known_by_its_body(body: str) -> None:
    assert is_web_page(answer(200, body))


def test_a_wrong_content_type_makes_no_web_page() -> None:
    for body in ("2", '{"status": "success"}', ""):
        assert not is_web_page(answer(200, body, content_type="text/html; charset=utf-8"))
    assert is_web_page(answer(200, "<!-- hello --><p>", content_type="text/html"))


@pytest.mark.parametrize(
    ("response", "problem"),
    [
        (answer(200, "{}"), None),
        (answer(204), None),
        (answer(302), NetworkProblem),
        (answer(200, "<html>"), NetworkProblem),
        (answer(401), AccountProblem),
        (answer(403), AccountProblem),
        (answer(404), AccountProblem),
        (answer(418), Problem),
        (answer(429), NetworkProblem),
        (answer(500, "<html>"), NetworkProblem),
    ],
)
def test_a_trial_ends_well_only_with_success(response: Response, problem: type[Problem] | None) -> None:
    found = usual_problem(response, "Anyone")
    assert type(found) is (problem or type(None))
    if found is not None:
        assert found.title
        assert found.advice
        assert found.details == f"HTTP {response.status}"


def test_long_answers_are_shortened_to_one_line() -> None:
    assert shortened(" a\n\tb ") == "a b"
    assert len(shortened("x" * 9_000)) == 500


def test_texts_are_taken_from_an_object_in_the_order_asked_for() -> None:
    found = {"message": " no ", "code": 7, "flag": True, "blank": " ", "more": ["x"]}
    assert texts_in(found, ("code", "message", "flag", "blank", "more", "missing")) == ("7", "no")
    assert texts_in(["code"], ("code",)) == ()
