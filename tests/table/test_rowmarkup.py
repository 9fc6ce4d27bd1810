"""A row is written the same whether it is quick to write or not, and says what it was given."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.table.rowmarkup import LONGEST_CELL, RowMarkup, storable

_TRICKY = st.sampled_from("\n\r\t\0\x1f_x0041_&<>'\"% =+-@\u00a0\ud800\ufffe\u202e")
_TEXT = st.text(st.one_of(st.characters(), _TRICKY), max_size=20)


def told(markup: str) -> list[tuple[str, str, str]]:
    """(place, kind, text) of every cell, as XML has it."""
    cells = ElementTree.fromstring(markup)
    return [(cell.get("r", ""), cell.get("t", "n"), "".join(cell.itertext())) for cell in cells]


@given(st.lists(_TEXT, min_size=3, max_size=3))
def test_a_row_says_what_it_was_given(texts: list[str]) -> None:
    row = RowMarkup(3, 1).row(7, texts)
    assert [(place, text) for place, _, text in told(row)] == [
        (f"{letter}7", storable(text)) for letter, text in zip("ABC", texts, strict=True)
    ]
    assert {kind for _, kind, text in told(row) if text} <= {"inlineStr"}


@given(st.lists(st.text(st.sampled_from("ab&<>%é "), max_size=6), min_size=3, max_size=3))
def test_the_quick_way_and_the_exact_way_are_the_same(texts: list[str]) -> None:
    quick = RowMarkup(3, 1, (2,))
    assert quick.row(12, [*texts[:2], "12"]) == quick._cell_by_cell(12, [*texts[:2], "12"])
    assert quick.row(12, texts) == quick._cell_by_cell(12, texts)


@pytest.mark.parametrize("text", [" a", "a ", "a\nb", " ", "\ta"])
def test_spaces_that_xml_would_forget_are_kept(text: str) -> None:
    assert 'xml:space="preserve"' in RowMarkup(1, 1).row(1, (text,))


def test_only_digits_are_numbers_and_only_where_they_may_be() -> None:
    markup = RowMarkup(3, 1, (2,))
    assert [kind for _, kind, _ in told(markup.row(2, ("007", "7", "7")))] == ["inlineStr", "inlineStr", "n"]
    for text in ("7.0", "-7", "٧", "=7", "²"):
        assert told(markup.row(2, ("", "", text)))[2][1:] == ("inlineStr", text)


def test_a_long_text_is_cut_where_a_cell_ends() -> None:
    (cell,) = told(RowMarkup(1, 1).row(1, ("&" * 40_000,)))
    assert cell[2] == "&" * LONGEST_CELL


def test_an_empty_cell_holds_nothing_but_its_form() -> None:
    assert RowMarkup(2, 4).row(3, ("", "a")) == (
        '<row r="3"><c r="A3" s="4"/><c r="B3" s="4" t="inlineStr"><is><t>a</t></is></c></row>'
    )


@pytest.mark.parametrize("texts", [(), ("a",), ("a", "b", "c")])
def test_a_row_of_another_width_is_refused(texts: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="columns"):
        RowMarkup(2, 1).row(1, texts)
