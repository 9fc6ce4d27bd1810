"""Tests how a benchmark's result is computed, told and listed, with numbers made up.

It measures nothing.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import bench
from benchmarks.result import compare, peak_mb


def test_a_result_says_whether_the_goal_holds() -> None:
    result = compare("upload", 1000, ours=300.0, theirs=100.0, goal=2.0, peak_mb=40.0)
    assert result.ratio == pytest.approx(3.0)
    assert result.holds
    assert not compare("upload", 1000, ours=100.0, theirs=100.0, goal=2.0, peak_mb=40.0).holds


def test_a_result_is_one_json_object_with_the_agreed_names() -> None:
    told = json.loads(
        json.dumps(compare("upload", 9, ours=1.0, theirs=3.0, goal=0.1, peak_mb=40.0).as_json())
    )
    assert list(told) == ["name", "rows", "ours", "theirs", "ratio", "goal", "holds", "peak_mb"]
    assert told["ratio"] == 0.333
    assert told["holds"] is True


def test_a_result_reads_as_a_sentence() -> None:
    words = compare("upload", 1000, ours=100.0, theirs=100.0, goal=2.0, peak_mb=40.0).in_words()
    assert "upload, 1,000 rows" in words
    assert words.endswith("The goal is missed.")


def test_memory_is_measured_in_mebibytes() -> None:
    assert 5 < peak_mb() < 20_000


def test_benchmarks_are_listed_by_the_first_line_of_their_docstring(tmp_path: Path) -> None:
    (tmp_path / "result.py").write_text('"""Not one."""\n', encoding="utf-8")
    (tmp_path / "upload.py").write_text('"""How fast.\n\nMore."""\n', encoding="utf-8")
    assert bench.benchmarks(tmp_path) == {"upload": "How fast."}


def test_an_unknown_benchmark_is_refused_with_the_list(capsys: pytest.CaptureFixture[str]) -> None:
    assert bench.main(["no-such-thing"]) == 2
    assert "no benchmark called no-such-thing" in capsys.readouterr().err
