"""A file that needs more memory than there is ends in a Problem, whatever was under way when it ran out."""

from __future__ import annotations

import random
import sys
from pathlib import Path

import pytest

from app.child.parent import run_in_child
from app.flow.spooling import Spooled, spool
from app.problems import FileProblem
from app.progress import Stop, Tell
from app.table.shape import ReadingChoice, column_letter
from tests.table.workbooks import sheet_xml, workbook

if sys.platform == "linux":
    import resource

LITTLE = 110  # megabytes of addresses beyond those an interpreter begins with
WIDTH = 800
TOO_SMALL = "This computer's memory is too small for the file."


def spool_with_little(
    megabytes: int, ledger: Path, path: Path, choice: ReadingChoice, *, tell: Tell, stop: Stop
) -> Spooled:
    """The child's work, in a child that may use so much more memory."""
    if sys.platform == "linux":
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        most = pages * resource.getpagesize() + (megabytes << 20)
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
    return spool(ledger, path, choice, tell, stop)


def _row(number: int, texts: list[str]) -> str:
    cells = (
        f'<c r="{column_letter(position)}{number}" t="inlineStr"><is><t>{text}</t></is></c>'
        for position, text in enumerate(texts)
    )
    return f'<row r="{number}">{"".join(cells)}</row>'


@pytest.fixture(scope="module")
def wide(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two rows of 11 MB each: large, and no bomb."""
    chance = random.Random(7)
    rows = _row(1, [f"Column {position}" for position in range(WIDTH)])
    for number in (2, 3):
        rows += _row(number, [chance.randbytes(7_000).hex() for _ in range(WIDTH)])
    return workbook(tmp_path_factory.mktemp("wide") / "wide.xlsx", sheet_xml(rows))


@pytest.mark.skipif(sys.platform != "linux", reason="only here a limit of memory holds")
def test_too_little_memory_is_said_of_a_large_file(tmp_path: Path, wide: Path) -> None:
    small = workbook(
        tmp_path / "small.xlsx", sheet_xml(_row(1, ["Name", "City"]) + _row(2, ["Anna", "Pisa"]))
    )
    assert _under(LITTLE, small, tmp_path) == "1 read"
    assert _under(LITTLE // 2, wide, tmp_path) == TOO_SMALL
    # It may run out anywhere: while the child reads, writes, or says what it has read.
    for most in (20, 80, 140, 180):
        assert _under(most, wide, tmp_path) in (TOO_SMALL, "2 read")
    assert _under(2_000, wide, tmp_path) == "2 read"


def _under(megabytes: int, path: Path, folder: Path) -> str:
    """What a reading ends with that may use so much memory."""
    ledger = folder / "a.ledger"
    try:
        spooled = run_in_child(spool_with_little, megabytes, ledger, path, ReadingChoice())
        return f"{spooled.read} read"
    except FileProblem as problem:
        assert problem.advice
        return problem.title
    finally:
        ledger.unlink(missing_ok=True)
