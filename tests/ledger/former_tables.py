"""The tables of a ledger as versions 1 to 3 made them, to the letter: what a migration starts from.

Written down, because what today's schema says changes with it; how they become today's is not known here.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

from app.ledger.schema import APPLICATION_ID

_BEFORE_BATCHES = """
CREATE TABLE facts (          -- about the import as a whole
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;

CREATE TABLE rows (           -- what the sheet says; blank rows are there, so that they can be counted
    number INTEGER PRIMARY KEY,
    blank INTEGER NOT NULL,
    cells TEXT NOT NULL       -- JSON array of texts
) STRICT;

CREATE TABLE contacts (       -- one for every row, after checking
    row INTEGER PRIMARY KEY,
    status TEXT NOT NULL,     -- Status
    level INTEGER NOT NULL,   -- worst finding: 0 none, 1 fixed, 2 warning, 3 blocking
    fields TEXT NOT NULL,     -- JSON object: field key -> text or array of texts
    findings TEXT NOT NULL    -- JSON array of arrays
) STRICT;
"""

_BATCHES_1 = """
CREATE TABLE batches (        -- contacts that travel together, with exactly the bytes to be sent
    id INTEGER PRIMARY KEY,
    step INTEGER NOT NULL,    -- index into the provider's steps
    name TEXT NOT NULL UNIQUE,
    first_row INTEGER NOT NULL,
    last_row INTEGER NOT NULL,
    size INTEGER NOT NULL,
    request TEXT NOT NULL,    -- JSON: method, path, query, headers
    body BLOB,
    state TEXT NOT NULL,      -- BatchState
    attempts INTEGER NOT NULL DEFAULT 0,
    not_before REAL NOT NULL DEFAULT 0,
    doubt INTEGER NOT NULL DEFAULT 0   -- sent once without an answer
) STRICT;
CREATE INDEX batches_by_state ON batches (step, state, first_row);

CREATE TABLE outcomes (       -- what became of each contact at each step
    step INTEGER NOT NULL,
    row INTEGER NOT NULL,
    batch INTEGER NOT NULL,
    kind TEXT NOT NULL,       -- OutcomeKind
    code TEXT NOT NULL,
    detail TEXT NOT NULL,
    PRIMARY KEY (step, row)
) STRICT, WITHOUT ROWID;
"""

_BATCHES_2 = """
CREATE TABLE batches (        -- contacts that travel together
    id INTEGER PRIMARY KEY,
    step INTEGER NOT NULL,    -- index into the provider's steps
    name TEXT NOT NULL UNIQUE,
    first_row INTEGER NOT NULL,
    last_row INTEGER NOT NULL,
    size INTEGER NOT NULL,
    root INTEGER NOT NULL,    -- the batch as it was first planned, of which this is all or a part
    request TEXT NOT NULL,    -- JSON: method, path, query, headers
    state TEXT NOT NULL,      -- BatchState
    attempts INTEGER NOT NULL DEFAULT 0,
    not_before REAL NOT NULL DEFAULT 0,
    doubt INTEGER NOT NULL DEFAULT 0,  -- sent once without an answer
    kind TEXT NOT NULL DEFAULT 'not_sent',  -- OutcomeKind of its contacts
    code TEXT NOT NULL DEFAULT '',
    detail TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX batches_by_state ON batches (step, state, first_row);

CREATE TABLE bodies (         -- exactly the bytes to be sent
    batch INTEGER PRIMARY KEY,
    body BLOB NOT NULL
) STRICT;

CREATE TABLE outcomes (       -- who travels in which batch at each step, and what became of whom
    step INTEGER NOT NULL,
    row INTEGER NOT NULL,
    batch INTEGER NOT NULL,
    kind TEXT,                -- OutcomeKind; null: as the batch's, as are code and detail
    code TEXT,
    detail TEXT,
    PRIMARY KEY (step, row)
) STRICT, WITHOUT ROWID;
CREATE INDEX outcomes_of_their_own ON outcomes (batch, kind) WHERE kind IS NOT NULL;

CREATE VIEW told AS           -- what became of each contact at each step
    SELECT outcomes.step, outcomes.row, outcomes.batch,
           coalesce(outcomes.kind, batches.kind) AS kind,
           CASE WHEN outcomes.kind IS NULL THEN batches.code ELSE outcomes.code END AS code,
           CASE WHEN outcomes.kind IS NULL THEN batches.detail ELSE outcomes.detail END AS detail
    FROM outcomes JOIN batches ON batches.id = outcomes.batch;
"""

_CORRECTIONS_3 = """
CREATE TABLE corrections (    -- the rows that are not as in the sheet
    row INTEGER PRIMARY KEY,
    cells TEXT,               -- the whole row as corrected, JSON; null: as in the sheet
    aside INTEGER NOT NULL    -- left out by the user
) STRICT;

CREATE TABLE steps (
    id INTEGER PRIMARY KEY,
    undone INTEGER NOT NULL DEFAULT 0,
    before TEXT,              -- what was decided about the whole list, where the step is about that
    after TEXT
) STRICT;

CREATE TABLE step_rows (
    step INTEGER NOT NULL,
    row INTEGER NOT NULL,
    cells_before TEXT, aside_before INTEGER NOT NULL,
    cells_after TEXT, aside_after INTEGER NOT NULL,
    PRIMARY KEY (step, row)
) STRICT, WITHOUT ROWID;
"""

# Version 2 made these when the first row was corrected, and not before.
CORRECTIONS_2 = """
CREATE TABLE IF NOT EXISTS corrections (row INTEGER PRIMARY KEY, cells TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS changes (
           id INTEGER PRIMARY KEY, change INTEGER NOT NULL, row INTEGER NOT NULL, before TEXT) STRICT;
"""

FORMER_TABLES = {
    1: _BEFORE_BATCHES + _BATCHES_1,
    2: _BEFORE_BATCHES + _BATCHES_2,
    3: _BEFORE_BATCHES + _CORRECTIONS_3 + _BATCHES_2,
}


def former_ledger(path: Path, version: int) -> sqlite3.Connection:
    """A new, empty ledger as that version made it, to be filled and closed."""
    connection = sqlite3.connect(path)
    connection.executescript(FORMER_TABLES[version])
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {version}")
    return connection
