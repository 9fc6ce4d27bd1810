"""The tables of a ledger, and the version of their shape.

Plain SQL and nothing else. A change of shape raises VERSION and adds a migration beside it.
"""

APPLICATION_ID = 0x43464C31  # "CFL1"
VERSION = 1

SCHEMA = """
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
