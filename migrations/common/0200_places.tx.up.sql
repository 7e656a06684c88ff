-- Places through time: what each was called under which code and parent, what continued
-- where, what waits for a person, dated figures, and which lists were applied.

CREATE TABLE place_period (
  id        TEXT     PRIMARY KEY,
  place_id  TEXT     NOT NULL REFERENCES place (id),
  code      TEXT     NOT NULL CHECK (length(code) = 12),
  name      TEXT     NOT NULL,
  listed    TEXT     NOT NULL, -- the name as the official list spelt it
  parent_id TEXT     REFERENCES place (id),
  from_at   {{.Time}} NOT NULL,
  until_at  {{.Time}},
  CHECK (until_at IS NULL OR until_at >= from_at)
);
CREATE INDEX place_period_place ON place_period (place_id, from_at);
CREATE UNIQUE INDEX place_period_running ON place_period (place_id) WHERE until_at IS NULL;
CREATE INDEX place_period_code ON place_period (code);

CREATE TABLE place_link (
  from_id TEXT     NOT NULL REFERENCES place (id),
  to_id   TEXT     NOT NULL REFERENCES place (id),
  kind    TEXT     NOT NULL CHECK (kind IN ('merged', 'split')),
  reason  TEXT     NOT NULL,
  from_at {{.Time}} NOT NULL,
  PRIMARY KEY (from_id, to_id, kind)
);
CREATE INDEX place_link_to ON place_link (to_id);

CREATE TABLE place_rehoming (
  id         TEXT     PRIMARY KEY,
  place_id   TEXT     NOT NULL REFERENCES place (id),
  kind       TEXT     NOT NULL CHECK (kind IN ('ended', 'split')),
  reason     TEXT     NOT NULL,
  candidates TEXT     NOT NULL, -- JSON array
  attached   INTEGER  NOT NULL CHECK (attached >= 0),
  state      TEXT     NOT NULL CHECK (state IN ('open', 'settled')),
  chosen_id  TEXT     REFERENCES place (id),
  decided_by TEXT     REFERENCES person (id),
  decided_at {{.Time}},
  since      {{.Time}} NOT NULL,
  version    BIGINT   NOT NULL,
  CHECK (state = 'open' OR (decided_at IS NOT NULL AND chosen_id IS NOT NULL))
);
CREATE INDEX place_rehoming_queue ON place_rehoming (state, attached, id);
CREATE INDEX place_rehoming_place ON place_rehoming (place_id);

CREATE TABLE place_fact (
  place_id TEXT   NOT NULL REFERENCES place (id),
  kind     TEXT   NOT NULL CHECK (kind IN ('households', 'population')),
  as_of    TEXT   NOT NULL CHECK (length(as_of) = 10),
  value    BIGINT NOT NULL CHECK (value >= 0),
  source   TEXT   NOT NULL,
  PRIMARY KEY (place_id, kind, as_of)
);

CREATE TABLE place_import (
  id      TEXT     PRIMARY KEY,
  file    TEXT     NOT NULL,
  sha256  TEXT     NOT NULL,
  from_at {{.Time}} NOT NULL,
  at      {{.Time}} NOT NULL,
  rows    INTEGER  NOT NULL,
  added   INTEGER  NOT NULL,
  changed INTEGER  NOT NULL,
  ended   INTEGER  NOT NULL,
  splits  INTEGER  NOT NULL,
  moved   INTEGER  NOT NULL,
  waiting INTEGER  NOT NULL
);
CREATE INDEX place_import_at ON place_import (at);

CREATE INDEX place_tree ON place (parent_id, active, code);
CREATE INDEX place_point ON place (lat, lng);
