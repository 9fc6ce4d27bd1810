"""Whether a saved report is whole for whoever opens it: each cell of each row, as text, where it belongs.

Four open it: openpyxl, calamine, our reader with the report's own columns, and the program as it does when
somebody chooses the file again, which also gives back how the columns were matched. Refuses to know how it
was written.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from benchmarks.report_rows import FIELDS, FIRST, HEADERS, PROVIDER, RECIPE, cells, told


class NotWhole(Exception):
    """A row is not as it was, or not where it was."""


def by_openpyxl(path: Path, rows: int) -> None:
    """Raises NotWhole."""
    from openpyxl import load_workbook
    from openpyxl.utils.escape import unescape  # which it does by itself for shared strings only

    def meant(line: Sequence[object]) -> list[object]:
        return [unescape(one) if isinstance(one, str) and "_x" in one else one for one in line]

    book = load_workbook(path, read_only=True)
    require_rows(map(meant, book.worksheets[0].iter_rows(min_row=FIRST, values_only=True)), rows)
    first = next(book.worksheets[0].iter_rows(min_row=FIRST, max_row=FIRST))
    if {(cell.data_type, cell.number_format) for cell in first[: len(HEADERS)] if cell.value} != {("s", "@")}:
        raise NotWhole("cells of the user's that are not text")
    book.close()


def by_calamine(path: Path, rows: int) -> None:
    """Raises NotWhole."""
    import python_calamine

    lines = iter(python_calamine.CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).iter_rows())
    next(lines)
    require_rows(lines, rows)


def by_our_reader(path: Path, rows: int) -> None:
    """Raises NotWhole."""
    from app.table.reading import open_table
    from app.table.shape import ReadingChoice

    with open_table(path, ReadingChoice(own_columns=True)) as table:
        require_rows(((*row.cells[:-1], int(row.cells[-1])) for row in table.rows()), rows)


def by_the_program(path: Path, rows: int) -> None:
    """Raises NotWhole."""
    from app.flow.draft import new_draft
    from app.flow.reading import read_file
    from app.flow.reopening import reopened
    from app.ledger.ledger import Ledger
    from app.table.shape import ReadingChoice

    with tempfile.TemporaryDirectory() as folder:
        file = read_file(path, ReadingChoice(), Path(folder))
        with Ledger.open(file.ledger) as ledger:
            require_rows(((*row.cells, *told(row.number), row.number) for row in ledger.rows.all()), rows)
        draft = reopened(new_draft("octopush", "IT"), file)
    if file.headers != HEADERS or file.read != rows:
        raise NotWhole(f"{file.headers}, {file.read}")
    if draft is None or (draft.provider_name, draft.default_country) != (PROVIDER, "GB"):
        raise NotWhole("what was decided is not there any more")
    if tuple(one.field for one in draft.mapping.assignments) != FIELDS or file.shape.appendix != RECIPE:
        raise NotWhole("the columns are matched otherwise")


READERS: Mapping[str, Callable[[Path, int], None]] = {
    "openpyxl": by_openpyxl,
    "calamine": by_calamine,
    "our reader": by_our_reader,
    "the program": by_the_program,
}


def require_rows(lines: Iterable[Sequence[object]], rows: int) -> None:
    """Raise NotWhole unless the lines are those of a report of so many rows; no text counts as none."""
    number = FIRST - 1
    for number, line in enumerate(lines, start=FIRST):
        wanted = (*cells(number), *told(number), number)
        # Without texts of its own a cell is "" to some and None to others; text that became a number is none.
        if tuple("" if one is None else one for one in line) != wanted:
            raise NotWhole(f"row {number} is {line}, not {wanted}")
    if number != rows + FIRST - 1:
        raise NotWhole(f"{number - FIRST + 1} rows, not {rows}")


def main(arguments: Sequence[str]) -> None:
    """Read with one of READERS, in this process; prints the seconds it took."""
    name, path, rows = arguments
    started = time.perf_counter()
    READERS[name](Path(path), int(rows))
    print(time.perf_counter() - started)


if __name__ == "__main__":
    main(sys.argv[1:])
