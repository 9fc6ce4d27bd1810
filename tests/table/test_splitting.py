"""Lines are split as csv.reader splits them, or left to it."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.table.packing import Run, packed, run_of, unpacked
from app.table.splitting import split

CELLS = st.lists(
    st.lists(st.text(st.sampled_from('ab é;,"\n\r\x1f\x1e\x1d='), max_size=6), min_size=1, max_size=4),
    min_size=1,
    max_size=6,
)


def _parsed(text: str, delimiter: str) -> list[list[str]]:
    return [cells or [""] for cells in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)]


@example('\r""', "")
@given(st.text(st.sampled_from('ab é;"\n\r'), min_size=1, max_size=40), st.sampled_from(["\n", "\r\n", ""]))
def test_what_is_split_is_what_csv_reader_reads(text: str, end: str) -> None:
    records = split((text + end).encode(), b";")
    if records is not None:
        assert unpacked(records) == _parsed(text + end, ";")


@given(CELLS)
def test_what_csv_writes_is_split_or_left(rows: list[list[str]]) -> None:
    written = io.StringIO(newline="")
    csv.writer(written, delimiter=";").writerows(rows)
    records = split(written.getvalue().encode(), b";")
    if records is not None:
        assert unpacked(records) == _parsed(written.getvalue(), ";")


@pytest.mark.parametrize(
    "text",
    [
        b'a;"b;c"\r\n"d";e\r\n',
        b'"a";"b"\n"c";"d"\n',
        b'a;""\n',
        b"a;b\rc;d\r",
        b'a;"b"',
    ],
)
def test_plain_quotation_marks_need_no_parser(text: bytes) -> None:
    records = split(text, b";")
    assert records is not None
    assert unpacked(records) == _parsed(text.decode(), ";")


@pytest.mark.parametrize(
    "text", [b'a;"b\nc"\n', b'a;"b""c"\n', b'5" x;6" y\n', b'"a" ;b\n', b'a;"b\n', b"a\x1f;b\n"]
)
def test_what_may_be_more_than_its_line_is_left(text: bytes) -> None:
    assert split(text, b";") is None


@given(CELLS)
def test_packed_rows_come_apart_as_they_were(rows: list[list[str]]) -> None:
    assert unpacked(packed(rows)) == rows


def test_a_run_is_equally_wide_and_never_blank() -> None:
    assert run_of(5, packed([["a", "b"], ["", "c"]]), 2) is not None
    assert run_of(5, packed([["a", "b"], ["c"]]), 2) is None
    for blank in ("", " ", "\u00a0", "\u3000", "\t\u2003"):
        assert run_of(5, packed([["a", "b"], ["", blank], ["c", "d"]]), 2) is None
        assert run_of(5, packed([["a"], [blank]]), 1) is None


def test_a_run_can_begin_later() -> None:
    run = Run(5, 3, packed([["a"], ["b"], ["c"]]))
    assert [(row.number, row.cells) for row in run.after(5).rows()] == [(6, ("b",)), (7, ("c",))]
