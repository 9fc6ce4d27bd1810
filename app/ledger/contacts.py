"""The checked contacts, in the ledger: one for every row, replaced when checking runs again.

Keeps, pages and counts them; refuses to know how they were checked.
"""

from __future__ import annotations

import json
import sqlite3
from array import array
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice, starmap

from app.batches import Passenger
from app.contacts.contact import CheckedContact, FindingKind, Level, Status
from app.contacts.duplicates import same_text
from app.ledger.connection import faults_as_problems, transaction
from app.ledger.plans import forget_batches_of, require_nothing_sent
from app.ledger.records import RANKS, from_record, judged_from, passengers_from, to_record
from app.ledger.rows import RowShelf
from app.ledger.searching import Show as Show
from app.ledger.searching import condition_for, key_text
from app.ledger.tallies import CheckedTotals as CheckedTotals
from app.ledger.tallies import Tallies, Tally

CONTACTS_A_TRANSACTION = 5_000
LAST_ROW = 2**62
_KEY_INDEX = "contacts_by_key_"
_INSERT = "INSERT INTO contacts (row, status, level, fields, findings) VALUES (?, ?, ?, ?, ?)"
_REPLACE = _INSERT.replace("INSERT", "INSERT OR REPLACE", 1)


class ContactShelf:
    """The `contacts` table."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def replace_all(self, contacts: Iterable[CheckedContact]) -> Iterator[int]:
        """Forget what was checked before and write these down; yields how many are down, each time."""
        self.clear()
        tally = Tally()
        yield from self.add(contacts, tally)
        self.note_findings(tally.findings)

    def clear(self) -> None:
        """Forget what was checked before, and all that followed from it.

        Raises LedgerProblem once anything was sent: what arrived must not be sent again as if it were new.
        """
        with transaction(self._connection):
            require_nothing_sent(self._connection)
            for table in ("outcomes", "bodies", "batches", "contacts"):
                self._connection.execute(f"DELETE FROM {table}")
            self._connection.execute("DELETE FROM facts WHERE name IN ('findings', 'checked_as')")
            for name in self._key_indexes():
                self._connection.execute(f'DROP INDEX "{name}"')

    def add(self, contacts: Iterable[CheckedContact], tally: Tally) -> Iterator[int]:
        """Write contacts down, some thousand at a time, counting them; yields how many are down, each time.
        Several processes may do so at once, for different rows."""
        waiting = iter(contacts)
        written = 0
        with self._hurry():
            while chunk := list(islice(waiting, CONTACTS_A_TRANSACTION)):
                tally.count(chunk)
                records = [to_record(contact) for contact in chunk]
                with transaction(self._connection):
                    self._connection.executemany(_INSERT, records)
                written += len(chunk)
                yield written

    def put(self, contacts: Iterable[CheckedContact]) -> None:
        """Write these in the place of what is noted for their rows. Their batches are planned anew.

        Raises LedgerProblem once anything was sent.
        """
        with transaction(self._connection):
            require_nothing_sent(self._connection)
            records = [to_record(contact) for contact in contacts]
            forget_batches_of(self._connection, [record[0] for record in records])
            self._connection.executemany(_REPLACE, records)

    def note_findings(self, counts: Mapping[FindingKind, int]) -> None:
        """Note how often each kind was found. The last act of a checking, and the proof that it ended."""
        text = json.dumps({kind.value: count for kind, count in counts.items() if count})
        with transaction(self._connection):
            self._connection.execute("INSERT OR REPLACE INTO facts VALUES ('findings', ?)", (text,))

    def any_with(self, keys: Sequence[str]) -> bool:
        """Whether any contact to send has a value for one of these fields."""
        if not keys:
            return False
        told = " OR ".join(f"fields ->> '$.\"{key}\"' IS NOT NULL" for key in keys)
        query = f"SELECT 1 FROM contacts WHERE status = 'to_send' AND ({told}) LIMIT 1"
        with faults_as_problems():
            return self._connection.execute(query).fetchone() is not None

    def index_keys(self, keys: Sequence[str]) -> None:
        """Make `rows_with` quick for these keys. Takes seconds at a million contacts, and nothing again."""
        with transaction(self._connection):
            for key in keys:
                name = f"{_KEY_INDEX}as_told_apart_{key}"
                self._connection.execute(f'CREATE INDEX IF NOT EXISTS "{name}" ON contacts ({key_text(key)})')

    def rows_with(self, values: Collection[tuple[str, str]], limit: int) -> set[int]:
        """The rows of up to `limit` contacts that have one of these (key, value)s, as duplicates have."""
        found: set[int] = set()
        with faults_as_problems():
            for key, value in values:
                query = f"SELECT row FROM contacts WHERE {key_text(key)} = ? LIMIT ?"
                found.update(row for (row,) in self._connection.execute(query, (same_text(value), limit)))
        return found

    def _key_indexes(self) -> list[str]:
        query = f"SELECT name FROM sqlite_master WHERE type = 'index' AND name LIKE '{_KEY_INDEX}%'"
        return [name for (name,) in self._connection.execute(query)]

    @contextmanager
    def _hurry(self) -> Iterator[None]:
        """Let commits not wait for the disk: if the power fails, the check runs again anyway. The note of
        its end waits for the disk, and so for everything before it."""
        with faults_as_problems():
            self._connection.execute("PRAGMA synchronous = NORMAL")
        try:
            yield
        finally:
            with faults_as_problems():
                self._connection.execute("PRAGMA synchronous = FULL")

    def totals(self) -> CheckedTotals:
        """The counts of the last checking. Zero everywhere before it."""
        with faults_as_problems():
            by_status: dict[str, int] = dict(
                self._connection.execute("SELECT status, count(*) FROM contacts GROUP BY status").fetchall()
            )
            found = self._connection.execute("SELECT value FROM facts WHERE name = 'findings'").fetchone()
        kinds = {FindingKind(kind): count for kind, count in json.loads(found[0]).items()} if found else {}
        return CheckedTotals(
            read=sum(by_status.values()),
            blank=by_status.get(Status.BLANK.value, 0),
            left_out=by_status.get(Status.LEFT_OUT.value, 0),
            duplicates=by_status.get(Status.DUPLICATE.value, 0),
            to_send=by_status.get(Status.TO_SEND.value, 0),
            findings=kinds,
        )

    def tallies(self) -> Tallies:
        """All that is counted. Reads every contact: not for the window's own thread."""
        return Tallies(self.totals(), self.counts(), self.why_left_out())

    def rows_with_findings(self, kinds: Iterable[FindingKind], limit: int = -1) -> array[int]:
        """The rows, in order, in which one of these was found; up to `limit` of them."""
        starts = [f'["{kind.value}",' for kind in kinds]
        found = " OR ".join(["instr(findings, ?)"] * len(starts)) or "0"
        query = f"SELECT row FROM contacts WHERE level > 0 AND ({found}) ORDER BY row LIMIT {limit}"
        with faults_as_problems():
            return array("q", (row for (row,) in self._connection.execute(query, starts)))

    def rows_formatted(self, kind: FindingKind, field: str, unless: str) -> array[int]:
        """The rows, in order, in which a field's text was put into another form, unless it began with
        `unless`."""
        start = f'["{kind.value}","{Level.FIXED.value}",{json.dumps(field, ensure_ascii=False)},"'
        query = """SELECT row FROM contacts WHERE level > 0 AND instr(findings, ?1)
                   AND NOT instr(findings, ?1 || ?2) ORDER BY row"""
        with faults_as_problems():
            return array("q", (row for (row,) in self._connection.execute(query, (start, unless))))

    def values_of(self, key: str) -> Iterator[tuple[int, str]]:
        """(row, text) of every contact with a text in this field."""
        query = """SELECT row, fields ->> ?1 FROM contacts WHERE instr(fields, ?2)
                   AND json_type(fields, ?1) = 'text'"""
        with faults_as_problems():
            yield from self._connection.execute(query, (f'$."{key}"', f'"{key}":'))

    def texts_found(
        self, field: str, kinds: Iterable[FindingKind], limit: int = -1
    ) -> list[tuple[str, str, int]]:
        """(text before, text after, number of rows) of what was found of these kinds in a field, the
        commonest first; up to `limit`."""
        query, values = self._found(kinds)
        query = f"""SELECT one.value ->> 3, one.value ->> 4, count(*) AS rows {query}
                    AND one.value ->> 2 = ? GROUP BY 1, 2 ORDER BY rows DESC, 1 LIMIT ?"""
        with faults_as_problems():
            return self._connection.execute(query, (*values, field, limit)).fetchall()

    def fields_found(self, kinds: Iterable[FindingKind]) -> list[tuple[str, int]]:
        """(field, number of findings of these kinds), the most first."""
        query, values = self._found(kinds)
        query = f"SELECT one.value ->> 2, count(*) AS rows {query} GROUP BY 1 ORDER BY rows DESC, 1"
        with faults_as_problems():
            return self._connection.execute(query, values).fetchall()

    def _found(self, kinds: Iterable[FindingKind]) -> tuple[str, list[str]]:
        wanted = [kind.value for kind in kinds]
        passing = " OR ".join(["instr(findings, ?)"] * len(wanted)) or "0"
        marks = ", ".join("?" for _ in wanted)
        return (
            f"""FROM contacts, json_each(findings) AS one
                WHERE level > 0 AND ({passing}) AND one.value ->> 0 IN ({marks})""",
            [*(f'["{kind}",' for kind in wanted), *wanted],
        )

    def counts(self) -> dict[Show, int]:
        """How many contacts each filter shows."""
        sums = ", ".join(f"count(*) FILTER (WHERE {show.value})" for show in Show)
        with faults_as_problems():
            found = self._connection.execute(f"SELECT {sums} FROM contacts").fetchone()
        return dict(zip(Show, found, strict=True))

    def row_numbers(self, show: Show, kind: FindingKind | None = None, text: str = "") -> array[int]:
        """The sheet rows a filter shows, in order: what a table over the ledger scrolls through.

        With `kind`, only those in which such a thing was found; with `text`, only those with that text in a
        cell or a cleaned value, large or small letters alike. Reads every contact: not for the window's own
        thread.
        """
        held = RowShelf(self._connection).holding(text) if text else []
        where, values = condition_for(show, kind, text, held)
        with faults_as_problems():
            found = self._connection.execute(f"SELECT row FROM contacts WHERE {where} ORDER BY row", values)
            return array("q", (row for (row,) in found))

    def of_rows(self, rows: Sequence[int]) -> tuple[CheckedContact, ...]:
        """The contacts of these sheet rows (some hundred at the most), in the sheet's order."""
        marks = ", ".join("?" for _ in rows)
        with faults_as_problems():
            found = self._connection.execute(
                f"SELECT row, status, fields, findings FROM contacts WHERE row IN ({marks}) ORDER BY row",
                list(rows),
            ).fetchall()
        return tuple(from_record(*record) for record in found)

    def why_left_out(self) -> dict[tuple[FindingKind, ...], int]:
        """What kept rows from being sent: how many have just these kinds. Adds up to the left out."""
        query = """SELECT kinds, count(*) FROM (
                       SELECT contacts.row, group_concat(DISTINCT one.value ->> 0) AS kinds
                       FROM contacts, json_each(findings) AS one
                       WHERE status = 'left_out' AND one.value ->> 1 = 'blocking' GROUP BY contacts.row)
                   GROUP BY kinds"""
        counts: Counter[tuple[FindingKind, ...]] = Counter()
        with faults_as_problems():
            for kinds, count in self._connection.execute(query):
                counts[tuple(sorted(map(FindingKind, kinds.split(",")), key=lambda kind: kind.value))] += (
                    count
                )
        return dict(counts)

    def between(self, first_row: int, last_row: int) -> tuple[CheckedContact, ...]:
        """The contacts of the sheet rows from `first_row` to `last_row`, both included."""
        with faults_as_problems():
            found = self._connection.execute(
                "SELECT row, status, fields, findings FROM contacts WHERE row BETWEEN ? AND ? ORDER BY row",
                (first_row, last_row),
            ).fetchall()
        return tuple(from_record(*record) for record in found)

    def all(self) -> Iterator[CheckedContact]:
        """Every contact in the sheet's order, streaming."""
        with faults_as_problems():
            for record in self._connection.execute(
                "SELECT row, status, fields, findings FROM contacts ORDER BY row"
            ):
                yield from_record(*record)

    def judged(self, after_row: int, limit: int) -> tuple[CheckedContact, ...]:
        """Up to `limit` contacts after `after_row` in the sheet's order, without their values; of those to
        be sent only what warns is told, because who reads a million of them asks for no more."""
        query = f"""SELECT row, status,
                           CASE WHEN level >= {RANKS[Level.WARNING]} OR status <> '{Status.TO_SEND.value}'
                                THEN findings ELSE '[]' END
                    FROM contacts WHERE row > ? ORDER BY row LIMIT ?"""
        with faults_as_problems():
            found = self._connection.execute(query, (after_row, limit)).fetchall()
        return tuple(starmap(judged_from, found))

    def passengers(self, step: int, after_row: int = 0, limit: int = 10_000) -> tuple[Passenger, ...]:
        """Up to `limit` contacts after `after_row` that take part in `step` and are in no batch of it yet.

        In step 0 these are all that are to be sent; later, those with a good outcome of the step before.
        They come in the sheet's order.
        """
        if step == 0:
            query = f"""SELECT row, fields FROM contacts WHERE row > ? AND status = 'to_send'
                        {self._and_unplanned(after_row)} ORDER BY row LIMIT ?"""
            values: tuple[int, ...] = (after_row, limit)
        else:
            query = """SELECT contacts.row, fields FROM told AS before
                       JOIN contacts ON contacts.row = before.row
                       WHERE step = ? AND before.row > ? AND kind IN ('created', 'updated', 'accepted')
                       AND NOT EXISTS (SELECT 1 FROM outcomes WHERE step = ? AND outcomes.row = before.row)
                       ORDER BY before.row LIMIT ?"""
            values = (step - 1, after_row, step, limit)
        with faults_as_problems():
            found = self._connection.execute(query, values).fetchall()
        return passengers_from(found)

    def _and_unplanned(self, after_row: int) -> str:
        # Nobody behind the last who travels can be in a batch: no need to look for each.
        with faults_as_problems():
            (last,) = self._connection.execute("SELECT max(row) FROM outcomes WHERE step = 0").fetchone()
        if last is None or last <= after_row:
            return ""
        return "AND NOT EXISTS (SELECT 1 FROM outcomes WHERE step = 0 AND outcomes.row = contacts.row)"

    def passengers_of(self, batch: int, step: int, first_row: int, last_row: int) -> tuple[Passenger, ...]:
        """The contacts that travel in one batch."""
        with faults_as_problems():
            found = self._connection.execute(
                """SELECT contacts.row, fields FROM outcomes JOIN contacts ON contacts.row = outcomes.row
                   WHERE step = ? AND outcomes.row BETWEEN ? AND ? AND batch = ? ORDER BY outcomes.row""",
                (step, first_row, last_row, batch),
            ).fetchall()
        return passengers_from(found)
