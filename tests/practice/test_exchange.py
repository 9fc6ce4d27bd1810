"""Requests and answers as values: headers in any case, strict JSON, Basic.

No room and no socket takes part.
"""

from __future__ import annotations

import pytest

from app.practice.exchange import PracticeRequest, json_answer, text_answer


def test_headers_are_found_in_any_case() -> None:
    request = PracticeRequest("GET", "/", {}, {"X-Wsse": "a"})
    assert request.header("x-WSSE") == "a"
    assert request.header("other") is None


@pytest.mark.parametrize(
    "body", [b"", b"{", b"{'a': 1}", b'{"a": NaN}', b"[Infinity]", b'"\xff"', '{"a": 1}'.encode("utf-16")]
)
def test_what_is_not_json_in_utf8_is_refused(body: bytes) -> None:
    with pytest.raises(ValueError, match=r"Expecting|is not JSON|can't decode"):
        PracticeRequest("POST", "/", body=body).json()


@pytest.mark.parametrize(
    ("kind", "says"),
    [
        ("application/json", True),
        ("Application/JSON; charset=utf-8", True),
        ("text/json", False),
        ("", False),
    ],
)
def test_the_content_type_may_name_a_charset(kind: str, says: bool) -> None:
    assert PracticeRequest("POST", "/", {}, {"Content-Type": kind}).says_json is says


@pytest.mark.parametrize(
    ("header", "pair"),
    [
        ("Basic cHJhY3RpY2U6YTpi", ("practice", "a:b")),
        ("basic cHJhY3RpY2U6", ("practice", "")),
        ("Basic cHJhY3RpY2U=", None),
        ("Basic ***", None),
        ("Bearer cHJhY3RpY2U6YTpi", None),
    ],
)
def test_basic_is_split_at_its_first_colon(header: str, pair: tuple[str, str] | None) -> None:
    assert PracticeRequest("GET", "/", {}, {"Authorization": header}).basic() == pair


def test_answers_say_what_they_are() -> None:
    answer = json_answer(200, {"name": "Zoë"}, {"X-Extra": "1"})
    assert answer.body == '{"name":"Zoë"}'.encode()
    assert answer.headers == {"Content-Type": "application/json; charset=utf-8", "X-Extra": "1"}
    assert text_answer(404, "no").headers["Content-Type"] == "text/plain; charset=utf-8"
