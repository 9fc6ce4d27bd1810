"""Finds how the columns of a text file are separated: by consistency, unless the file or the user says how.

It judges a sample of the text, and reads no records for anybody.
"""

from __future__ import annotations

import csv
from collections import Counter
from dataclasses import dataclass

DELIMITERS = (",", ";", "\t", "|")
SAMPLE = 1 << 16
NO_DELIMITER = "\x1f"
_SURE = 0.9


@dataclass(frozen=True, slots=True)
class Dialect:
    """How the columns are separated: `delimiter` is "" for a single column.

    `whole_lines`: a program took each line for one cell and quoted it once more.
    """

    delimiter: str
    width: int
    skip_space: bool
    declared: bool  # by a first line such as "sep=;"
    whole_lines: bool = False


def dialect_of(sample: str, delimiter: str | None) -> Dialect:
    """The delimiter under which most records are equally wide, unless the file or the user says which."""
    first, _, rest = sample.partition("\n")
    first = first.strip('\ufeff\r "').lower() if len(first) < 12 else ""
    declared = first.startswith("sep=") and len(first) <= 5
    if declared and delimiter is None:
        delimiter = sample.strip('\ufeff "')[4:5].strip("\r\n") or None
    body = rest if declared else sample
    bare = _without_outer_quotes(body)
    if bare:
        best = max(DELIMITERS, key=lambda each: _consistency(bare, each))
        share, wide = _consistency(bare, best)
        if share > _SURE and delimiter in (None, best):
            return Dialect(best, wide, skip_space=False, declared=declared, whole_lines=True)
    if delimiter is None:
        delimiter = max(DELIMITERS, key=lambda each: _consistency(body, each))
        if _consistency(body, delimiter) <= (0.0, 0):
            delimiter = ""
    width = Counter(len(record) for record in _parsed(body, delimiter) if record).most_common(1)
    skip_space = bool(delimiter) and f'{delimiter} "' in body
    return Dialect(delimiter, width[0][0] if width else 1, skip_space, declared)


def bare_line(line: str) -> str:
    """A line without the quotation marks around all of it; any other as it is."""
    content = line.rstrip("\r\n")
    if len(content) < 3 or content[0] != '"' or content[-1] != '"':
        return line
    inside = content[1:-1].replace('""', "")
    return content[1:-1].replace('""', '"') + line[len(content) :] if '"' not in inside else line


def _without_outer_quotes(sample: str) -> str:
    """The sample with every line bared; nothing where most lines have no marks around all of them."""
    lines = sample.splitlines(keepends=True)
    bared = [bare_line(line) for line in lines]
    changed = sum(line != bare for line, bare in zip(lines, bared, strict=True))
    return "".join(bared) if changed * 2 > len(lines) else ""


def _consistency(sample: str, delimiter: str) -> tuple[float, int]:
    """The share of records that have the usual width, and that width; nothing for a width of one."""
    records = [record for record in _parsed(sample, delimiter) if any(record)]
    widths = Counter(len(record) for record in records if len(record) > 1)
    if not widths:
        return 0.0, 0
    if len(records[0]) == 1 and all(cell[:1] == " " for record in records for cell in record[1:]):
        return 0.0, 0  # "Rossi, Anna" under "Name": commas as in a sentence
    width, count = max(widths.items(), key=lambda item: (item[1], item[0]))
    share = count / len(records)
    return (share if len(records[0]) == width else share * 0.8), width


def _parsed(sample: str, delimiter: str) -> list[list[str]]:
    """The records of the sample, its cut-off last line left out; as far as quotes allow."""
    lines = sample.replace("\0", "").splitlines(keepends=True)
    if len(sample) >= SAMPLE and len(lines) > 1:
        lines.pop()
    records: list[list[str]] = []
    try:
        records.extend(csv.reader(lines, delimiter=delimiter or NO_DELIMITER))
    except csv.Error:
        return records
    return records
