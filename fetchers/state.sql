-- What the nightly job remembers. `run` is the start of a night as ISO 8601 in UTC: it names the
-- run and is the time that its discoveries are dated with.

CREATE TABLE IF NOT EXISTS runs (
  run TEXT PRIMARY KEY,
  state TEXT NOT NULL CHECK (state IN ('open', 'written', 'abandoned')),
  complete INTEGER NOT NULL DEFAULT 0,
  attempts INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE IF NOT EXISTS sources (
  name TEXT PRIMARY KEY,
  position INTEGER NOT NULL,  -- its place in the configuration; -1 when it is no longer in it
  rules TEXT NOT NULL,        -- digest of what decides its links
  labels TEXT NOT NULL,
  vocabulary TEXT             -- path of its own metrics
);

CREATE TABLE IF NOT EXISTS addresses (
  address TEXT PRIMARY KEY,
  role TEXT NOT NULL CHECK (role IN ('document', 'index', 'member')),
  digest TEXT,                -- of the latest bytes
  size INTEGER,
  etag TEXT,
  last_modified TEXT,
  checked_run TEXT,           -- the last run that asked for it
  outcome TEXT,               -- and what that run found
  seen_run TEXT,              -- the last run that found it there
  vanished_run TEXT
);

CREATE TABLE IF NOT EXISTS owners (
  address TEXT NOT NULL,
  source TEXT NOT NULL,
  depth INTEGER NOT NULL DEFAULT 0,
  attached INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (address, source)
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS versions (
  address TEXT NOT NULL,
  run TEXT NOT NULL,
  digest TEXT NOT NULL,
  role TEXT NOT NULL,
  retrieved_at TEXT NOT NULL,
  final_url TEXT NOT NULL,
  name TEXT NOT NULL,
  size INTEGER NOT NULL,
  content_type TEXT,
  previous_seen TEXT,         -- the last run that still found the bytes before these
  PRIMARY KEY (address, run)
) WITHOUT ROWID;

CREATE INDEX IF NOT EXISTS versions_digest ON versions (digest);

CREATE TABLE IF NOT EXISTS links (
  source TEXT NOT NULL,
  address TEXT NOT NULL,
  digest TEXT NOT NULL,
  rules TEXT NOT NULL,
  found TEXT NOT NULL,
  PRIMARY KEY (source, address)
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS work (
  run TEXT NOT NULL,
  source TEXT NOT NULL,
  address TEXT NOT NULL,
  role TEXT NOT NULL,
  host TEXT NOT NULL,
  depth INTEGER NOT NULL,     -- how often `follow` led on from the start
  hop INTEGER NOT NULL,       -- which page of a listing
  attached INTEGER NOT NULL DEFAULT 0,
  state TEXT NOT NULL CHECK (state IN ('todo', 'done', 'failed')),
  outcome TEXT,
  reason_en TEXT,
  reason_vi TEXT,
  PRIMARY KEY (run, source, address)
) WITHOUT ROWID;

CREATE INDEX IF NOT EXISTS work_todo ON work (host) WHERE state = 'todo';

CREATE TABLE IF NOT EXISTS readings (
  digest TEXT PRIMARY KEY,
  reader TEXT NOT NULL,       -- columns, versions of software and vocabulary
  status TEXT NOT NULL,
  figures TEXT NOT NULL,      -- digest of what the document says, without where it says it
  rows BLOB                   -- NULL where nothing will ask for them again
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS topics (
  digest TEXT PRIMARY KEY,
  count INTEGER NOT NULL,     -- rows of observations
  numbers BLOB NOT NULL       -- eight bytes for each: what it speaks of
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS written (  -- documents whose rows the output holds as `readings` has them
  digest TEXT PRIMARY KEY,
  place INTEGER NOT NULL      -- the number of its row in the table of documents
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS output (   -- what went into the output that stands
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS requests (
  run TEXT NOT NULL,
  at TEXT NOT NULL,
  address TEXT NOT NULL,
  status INTEGER,
  bytes INTEGER NOT NULL,
  seconds REAL NOT NULL,
  conditional INTEGER NOT NULL,
  note TEXT NOT NULL
);

CREATE INDEX IF NOT EXISTS requests_run ON requests (run);

CREATE TABLE IF NOT EXISTS robots (
  origin TEXT PRIMARY KEY,
  at TEXT NOT NULL,
  status INTEGER NOT NULL,
  body TEXT NOT NULL
) WITHOUT ROWID;
