-- The resource list: what parties say of themselves, the services they offer, venues,
-- volunteer hours, and what readers report as wrong. Facts that lists filter by stand in
-- columns and child tables; the rest of a record is one JSON text.

CREATE TABLE organization (
  id            TEXT     PRIMARY KEY REFERENCES party (id),
  register      TEXT     NOT NULL, -- JSON: facts of registers
  profile       TEXT     NOT NULL, -- JSON: what it says of itself
  grade         INTEGER  NOT NULL CHECK (grade BETWEEN 0 AND 5),
  grade_until   TEXT     NOT NULL, -- day, '' for no end
  listing       TEXT     NOT NULL CHECK (listing IN ('', 'abnormal', 'dishonest')),
  charity       {{.Bool}} NOT NULL,
  hub           {{.Bool}} NOT NULL,
  social        {{.Bool}} NOT NULL, -- holds a social enterprise certificate
  checked_at    {{.Time}},
  checked_party TEXT     REFERENCES party (id),
  checked_by    TEXT     REFERENCES person (id),
  added_at      {{.Time}} NOT NULL,
  version       BIGINT   NOT NULL,
  CHECK ((checked_at IS NULL) = (checked_party IS NULL))
);

CREATE TABLE service (
  id              TEXT     PRIMARY KEY,
  organization_id TEXT     NOT NULL REFERENCES organization (id),
  title           TEXT     NOT NULL,
  offer           TEXT     NOT NULL, -- JSON
  low_fen         BIGINT   NOT NULL CHECK (low_fen >= 0),
  high_fen        BIGINT   NOT NULL CHECK (high_fen >= low_fen),
  state           TEXT     NOT NULL CHECK (state IN ('draft', 'offered', 'paused', 'withdrawn')),
  checked_at      {{.Time}},
  checked_party   TEXT     REFERENCES party (id),
  checked_by      TEXT     REFERENCES person (id),
  updated_at      {{.Time}} NOT NULL,
  version         BIGINT   NOT NULL
);
CREATE INDEX service_organization ON service (organization_id, state);
CREATE INDEX service_state ON service (state, id);

CREATE TABLE service_category (
  service_id TEXT NOT NULL REFERENCES service (id),
  category   TEXT NOT NULL,
  PRIMARY KEY (service_id, category)
);
CREATE INDEX service_category_code ON service_category (category, service_id);

CREATE TABLE service_area (
  service_id TEXT             NOT NULL REFERENCES service (id),
  position   INTEGER          NOT NULL,
  kind       TEXT             NOT NULL CHECK (kind IN ('city', 'place', 'radius')),
  place_id   TEXT             REFERENCES place (id),
  lat        DOUBLE PRECISION NOT NULL,
  lng        DOUBLE PRECISION NOT NULL,
  radius_m   INTEGER          NOT NULL,
  PRIMARY KEY (service_id, position)
);
CREATE INDEX service_area_place ON service_area (place_id, service_id);
CREATE INDEX service_area_kind ON service_area (kind, lat, lng);

CREATE TABLE service_capacity (
  service_id TEXT    NOT NULL REFERENCES service (id),
  period     TEXT    NOT NULL, -- '2026Q2', '' for the standing capacity
  total      INTEGER NOT NULL,
  free       INTEGER NOT NULL CHECK (free BETWEEN 0 AND total),
  state      TEXT    NOT NULL CHECK (state IN ('has', 'waiting', 'none', 'ask')),
  PRIMARY KEY (service_id, period)
);

CREATE TABLE resource_item (
  id            TEXT     PRIMARY KEY,
  kind          TEXT     NOT NULL CHECK (kind IN ('venue', 'volunteer')),
  party_id      TEXT     NOT NULL REFERENCES party (id),
  place_id      TEXT     NOT NULL REFERENCES place (id),
  facts         TEXT     NOT NULL, -- JSON
  persons       INTEGER  NOT NULL,
  state         TEXT     NOT NULL CHECK (state IN ('draft', 'offered', 'paused', 'withdrawn')),
  checked_at    {{.Time}},
  checked_party TEXT     REFERENCES party (id),
  checked_by    TEXT     REFERENCES person (id),
  updated_at    {{.Time}} NOT NULL,
  version       BIGINT   NOT NULL
);
CREATE INDEX resource_item_list ON resource_item (kind, state, id);
CREATE INDEX resource_item_party ON resource_item (party_id);
CREATE INDEX resource_item_place ON resource_item (place_id);

CREATE TABLE resource_item_category (
  item_id  TEXT NOT NULL REFERENCES resource_item (id),
  category TEXT NOT NULL,
  PRIMARY KEY (item_id, category)
);
CREATE INDEX resource_item_category_code ON resource_item_category (category, item_id);

CREATE TABLE resource_item_access (
  item_id TEXT    NOT NULL REFERENCES resource_item (id),
  code    TEXT    NOT NULL,
  value   INTEGER NOT NULL,
  PRIMARY KEY (item_id, code)
);

CREATE TABLE resource_mistake (
  id         TEXT     PRIMARY KEY,
  kind       TEXT     NOT NULL CHECK (kind IN ('organization', 'service', 'resource')),
  subject_id TEXT     NOT NULL,
  party_id   TEXT     NOT NULL REFERENCES party (id),
  text       TEXT     NOT NULL,
  by_id      TEXT     REFERENCES person (id),
  at         {{.Time}} NOT NULL,
  state      TEXT     NOT NULL CHECK (state IN ('open', 'mended', 'dismissed')),
  answer     TEXT     NOT NULL,
  answer_by  TEXT     REFERENCES person (id),
  answer_at  {{.Time}},
  version    BIGINT   NOT NULL,
  CHECK ((state = 'open') = (answer_at IS NULL))
);
CREATE INDEX resource_mistake_owner ON resource_mistake (party_id, state, at);
