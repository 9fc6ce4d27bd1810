"""The tables of a ledger, and the version of their shape.

Plain SQL and nothing else. A change of shape raises VERSION and adds a migration from the version before.
"""

APPLICATION_ID = 0x43464C31  # "CFL1"
VERSION = 4

# Batches keep small facts, and change often; the bytes to be sent are large, never change and stay apart, or
# each change of state would write them again. Nearly always all contacts of a batch fare alike, so what
# became of them stands once, with the batch; an outcome of its own has only who fared differently.
_BATCHES = """
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

# What the user changes is kept beside the sheet. A step holds what was there before and after it, so that it
# can be taken back and done again.
_CORRECTIONS = """
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

# A row by itself would cost SQLite ten times what it holds.
_BLOCKS = """
CREATE TABLE blocks (         -- what the sheet says, many rows together; blank rows are there to be counted
    first INTEGER PRIMARY KEY,
    last INTEGER NOT NULL,
    size INTEGER NOT NULL,
    blank INTEGER NOT NULL,   -- how many of them are blank
    numbers TEXT,             -- JSON array; null: from first to last without a gap
    data BLOB NOT NULL        -- UTF-8: rows joined by char(30), their cells by char(31) (table/packing)
) STRICT;
"""

SCHEMA = f"""
CREATE TABLE facts (          -- about the import as a whole
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;

{_BLOCKS}
CREATE TABLE contacts (       -- one for every row, after checking
    row INTEGER PRIMARY KEY,
    status TEXT NOT NULL,     -- Status
    level INTEGER NOT NULL,   -- worst finding: 0 none, 1 fixed, 2 warning, 3 blocking
    fields TEXT NOT NULL,     -- JSON object: field key -> text or array of texts
    findings TEXT NOT NULL    -- JSON array of arrays
) STRICT;

{_CORRECTIONS}
{_BATCHES}
"""

# From version -> what makes it the next one, run in one transaction.
MIGRATIONS = {
    1: f"""
ALTER TABLE batches RENAME TO old_batches;
ALTER TABLE outcomes RENAME TO old_outcomes;
DROP INDEX batches_by_state;
{_BATCHES}
INSERT INTO batches (id, step, name, first_row, last_row, size, root, request, state, attempts, not_before,
                     doubt)
    SELECT id, step, name, first_row, last_row, size, id, request, state, attempts, not_before, doubt
    FROM old_batches;
INSERT INTO bodies (batch, body) SELECT id, body FROM old_batches WHERE body IS NOT NULL;
INSERT INTO outcomes (step, row, batch, kind, code, detail)
    SELECT step, row, batch, nullif(kind, 'not_sent'), nullif(code, ''), nullif(detail, '')
    FROM old_outcomes;
UPDATE outcomes SET code = coalesce(code, ''), detail = coalesce(detail, '') WHERE kind IS NOT NULL;
DROP TABLE old_batches;
DROP TABLE old_outcomes;
""",
    # Version 2 made its table of corrections when the first was, and could not do again what it took back:
    # its corrections stand, its undo ends here. A number that is not mobile was one kind of finding, nearly
    # always a landline; a kind that nobody knows would keep the contact from being read.
    2: f"""
CREATE TABLE IF NOT EXISTS corrections (row INTEGER PRIMARY KEY, cells TEXT NOT NULL) STRICT;
ALTER TABLE corrections RENAME TO old_corrections;
DROP TABLE IF EXISTS changes;
{_CORRECTIONS}
INSERT INTO corrections (row, cells, aside) SELECT row, cells, 0 FROM old_corrections;
DROP TABLE old_corrections;
UPDATE contacts SET findings = replace(findings, '["phone_not_mobile",', '["phone_landline",')
    WHERE instr(findings, '["phone_not_mobile",');
UPDATE facts SET value = replace(value, '"phone_not_mobile"', '"phone_landline"') WHERE name = 'findings';
""",
    3: f"""
{_BLOCKS}
INSERT INTO blocks (first, last, size, blank, data)
    SELECT number, number, 1, blank, CAST((
        SELECT coalesce(group_concat(replace(replace(replace(value, char(29), char(29) || '0'),
                                                     char(30), char(29) || '1'),
                                             char(31), char(29) || '2'), char(31)), '')
        FROM (SELECT value FROM json_each(cells) ORDER BY key)) AS BLOB)
    FROM rows;
DROP TABLE rows;
""",
}
