"""Prints, after a run that had such tests, what was planted and found, and which hostile inputs survived.

Counts only; what is planted, and what is hostile, is the tests' to know.
"""

from __future__ import annotations

from dataclasses import dataclass

import pytest

HOSTILE = (
    *("tests/table/test_bad_files.py", "tests/flow/test_strangers.py", "tests/upload/test_transport.py"),
    *("tests/ui/test_hostile_words.py", "tests/test_language_tricks.py"),
    "tests/upload/test_strange_answers.py",
)


@dataclass
class Planted:
    """Marks that were planted, the pieces (files, texts, requests) searched for them, and the finds."""

    marks: int = 0
    searched: int = 0
    found: int = 0


PLANTED = Planted()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if PLANTED.marks:
        terminalreporter.write_line(
            f"leaks: {PLANTED.marks} marks planted, {PLANTED.searched} pieces searched, "
            f"{PLANTED.found} found where they may not be"
        )
    ended = {
        outcome: sum(
            report.nodeid.startswith(HOSTILE)
            for report in terminalreporter.stats.get(outcome, ())
            if isinstance(report, pytest.TestReport)
        )
        for outcome in ("passed", "failed")
    }
    if sum(ended.values()):
        terminalreporter.write_line(
            f"hostile inputs: {sum(ended.values())} tried, {ended['passed']} survived"
        )
