-- What every write needs: the clock, counters, remembered answers, duties, the audit chain
-- and the outbox; and the bodies, people and places that everything else refers to.

CREATE TABLE clock (
  id       INTEGER PRIMARY KEY CHECK (id = 1),
  shift_us BIGINT  NOT NULL -- business time minus system time, microseconds
);
INSERT INTO clock (id, shift_us) VALUES (1, 0);

CREATE TABLE installation (
  name  TEXT PRIMARY KEY,
  value TEXT NOT NULL
);

CREATE TABLE counter (
  prefix TEXT    NOT NULL,
  year   INTEGER NOT NULL,
  last   BIGINT  NOT NULL CHECK (last > 0),
  PRIMARY KEY (prefix, year)
);

CREATE TABLE remembered (
  person_id       TEXT     NOT NULL, -- '' for writes open to the public
  idempotency_key TEXT     NOT NULL,
  name            TEXT     NOT NULL,
  fingerprint     TEXT     NOT NULL,
  result          TEXT     NOT NULL,
  at              {{.Time}} NOT NULL,
  PRIMARY KEY (person_id, idempotency_key)
);
CREATE INDEX remembered_at ON remembered (at);

CREATE TABLE place (
  id             TEXT     PRIMARY KEY,
  level          INTEGER  NOT NULL CHECK (level BETWEEN 2 AND 5),
  code           TEXT     NOT NULL CHECK (length(code) = 12),
  name           TEXT     NOT NULL,
  parent_id      TEXT     REFERENCES place (id),
  path           TEXT     NOT NULL,
  urban_rural    TEXT     NOT NULL,
  lat            DOUBLE PRECISION NOT NULL,
  lng            DOUBLE PRECISION NOT NULL,
  uncertainty_m  INTEGER  NOT NULL CHECK (uncertainty_m >= 0),
  active         {{.Bool}} NOT NULL,
  effective_from {{.Time}} NOT NULL,
  version        BIGINT   NOT NULL
);
CREATE INDEX place_code ON place (code);
CREATE INDEX place_path ON place (path);
CREATE INDEX place_parent ON place (parent_id);

CREATE TABLE party (
  id         TEXT     PRIMARY KEY,
  kind       TEXT     NOT NULL,
  name       TEXT     NOT NULL,
  name_en    TEXT     NOT NULL,
  uscc       TEXT     NOT NULL,
  place_id   TEXT     REFERENCES place (id),
  active     {{.Bool}} NOT NULL,
  created_at {{.Time}} NOT NULL,
  version    BIGINT   NOT NULL
);
CREATE UNIQUE INDEX party_uscc ON party (uscc) WHERE uscc <> '';
CREATE INDEX party_place ON party (place_id);

CREATE TABLE person (
  id            TEXT     PRIMARY KEY,
  name          TEXT     NOT NULL,
  phone         TEXT     NOT NULL,
  email         TEXT     NOT NULL,
  password_hash TEXT     NOT NULL,
  language      TEXT     NOT NULL CHECK (language IN ('zh', 'en')),
  created_at    {{.Time}} NOT NULL,
  version       BIGINT   NOT NULL
);
CREATE UNIQUE INDEX person_phone ON person (phone) WHERE phone <> '';
CREATE UNIQUE INDEX person_email ON person (email) WHERE email <> '';

CREATE TABLE membership (
  id        TEXT     PRIMARY KEY,
  person_id TEXT     NOT NULL REFERENCES person (id),
  party_id  TEXT     NOT NULL REFERENCES party (id),
  role      TEXT     NOT NULL,
  place_id  TEXT     REFERENCES place (id),
  since     {{.Time}} NOT NULL,
  until     {{.Time}},
  version   BIGINT   NOT NULL
);
CREATE INDEX membership_person ON membership (person_id);
CREATE INDEX membership_party ON membership (party_id, role);

CREATE TABLE duty (
  project_id TEXT     NOT NULL,
  duty       TEXT     NOT NULL,
  person_id  TEXT     NOT NULL REFERENCES person (id),
  at         {{.Time}} NOT NULL,
  PRIMARY KEY (project_id, duty, person_id)
);

CREATE TABLE audit_head (
  id        INTEGER PRIMARY KEY CHECK (id = 1),
  seq       BIGINT  NOT NULL, -- last audit record
  hash      TEXT    NOT NULL, -- its hash
  event_seq BIGINT  NOT NULL  -- last event; both move under the same row lock, so both follow commits
);
INSERT INTO audit_head (id, seq, hash, event_seq) VALUES (1, 0, '', 0);

CREATE TABLE audit_record (
  seq        BIGINT   PRIMARY KEY,
  at         {{.Time}} NOT NULL,
  actor_id   TEXT     NOT NULL,
  party_id   TEXT     NOT NULL,
  role       TEXT     NOT NULL,
  action     TEXT     NOT NULL,
  kind       TEXT     NOT NULL,
  object_id  TEXT     NOT NULL,
  place_id   TEXT     NOT NULL,
  project_id TEXT     NOT NULL,
  need_id    TEXT     NOT NULL,
  after_hash TEXT     NOT NULL,
  text       TEXT     NOT NULL,
  hash       TEXT     NOT NULL
);
CREATE INDEX audit_record_object ON audit_record (kind, object_id, seq);
CREATE INDEX audit_record_actor ON audit_record (actor_id, seq);
CREATE INDEX audit_record_project ON audit_record (project_id, seq);
CREATE INDEX audit_record_at ON audit_record (at);

CREATE TABLE event (
  seq         BIGINT   PRIMARY KEY,
  id          TEXT     NOT NULL UNIQUE,
  kind        TEXT     NOT NULL,
  at          {{.Time}} NOT NULL,
  actor_id    TEXT     NOT NULL,
  party_id    TEXT     NOT NULL,
  object_kind TEXT     NOT NULL,
  object_id   TEXT     NOT NULL,
  project_id  TEXT     NOT NULL,
  need_id     TEXT     NOT NULL,
  place_id    TEXT     NOT NULL,
  data        TEXT     NOT NULL -- JSON object of strings
);
CREATE INDEX event_object ON event (object_kind, object_id, seq);
