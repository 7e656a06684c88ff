-- The need list: voices in residents' own words, the needs that gather them, and who
-- stands behind them.

CREATE TABLE need (
  id            TEXT     PRIMARY KEY,
  code          TEXT     NOT NULL UNIQUE,
  place_id      TEXT     NOT NULL REFERENCES place (id),
  party_id      TEXT     NOT NULL REFERENCES party (id),
  category      TEXT     NOT NULL CHECK (category <> ''),
  title         TEXT     NOT NULL CHECK (title <> ''),
  summary       TEXT     NOT NULL,
  beneficiaries BIGINT   NOT NULL CHECK (beneficiaries >= 0),
  estimate_fen  BIGINT   NOT NULL CHECK (estimate_fen >= 0),
  urgency       TEXT     NOT NULL CHECK (urgency IN ('normal', 'soon', 'urgent')),
  lat_e6        BIGINT   CHECK (lat_e6 BETWEEN -90000000 AND 90000000),
  lng_e6        BIGINT   CHECK (lng_e6 BETWEEN -180000000 AND 180000000),
  uncertainty_m INTEGER  NOT NULL CHECK (uncertainty_m >= 0),
  stage         TEXT     NOT NULL CHECK (stage IN ('open', 'on_agenda', 'classified', 'screened', 'deliberated', 'publicised',
                         'adopted', 'linked', 'in_delivery', 'delivered', 'confirmed', 'closed', 'reopened')),
  outcome       TEXT     NOT NULL CHECK (outcome IN ('none', 'met', 'partly_met', 'unmet_no_resource', 'not_feasible',
                         'not_adopted', 'not_ours', 'duplicate', 'withdrawn')),
  reason        TEXT     NOT NULL,
  route         TEXT     NOT NULL CHECK (route IN ('', 'gov', 'market', 'self')),
  in_project    {{.Bool}} NOT NULL,
  merged_into   TEXT     REFERENCES need (id) CHECK (merged_into <> id),
  screening     TEXT     NOT NULL, -- JSON, '' before
  deliberation  TEXT     NOT NULL, -- JSON, '' before
  public_until  TEXT     NOT NULL, -- date, '' before
  opened_at     {{.Time}} NOT NULL,
  stage_at      {{.Time}} NOT NULL,
  delivered_at  {{.Time}},
  confirmed_at  {{.Time}},
  closed_at     {{.Time}},
  version       BIGINT   NOT NULL CHECK (version > 0),
  CHECK ((lat_e6 IS NULL) = (lng_e6 IS NULL)),
  CHECK ((stage = 'closed') = (outcome <> 'none')),
  CHECK ((stage = 'closed') = (closed_at IS NOT NULL)),
  CHECK ((outcome = 'duplicate') = (merged_into IS NOT NULL))
);
CREATE INDEX need_newest ON need (opened_at, id);
CREATE INDEX need_place ON need (place_id, opened_at, id);
CREATE INDEX need_category ON need (category, opened_at, id);
CREATE INDEX need_stage ON need (stage, opened_at, id);
CREATE INDEX need_point ON need (lat_e6, lng_e6);
CREATE INDEX need_merged ON need (merged_into);

-- Counts over a need and all needs merged into it: a cache of the rows below, for sorting.
CREATE TABLE need_count (
  need_id    TEXT    PRIMARY KEY REFERENCES need (id),
  households BIGINT  NOT NULL CHECK (households >= 0),
  voices     BIGINT  NOT NULL CHECK (voices >= 0),
  followers  BIGINT  NOT NULL CHECK (followers >= 0)
);
CREATE INDEX need_count_households ON need_count (households, need_id);

CREATE TABLE voice (
  id            TEXT     PRIMARY KEY,
  code          TEXT     NOT NULL UNIQUE,
  place_id      TEXT     NOT NULL REFERENCES place (id),
  category      TEXT     NOT NULL CHECK (category <> ''),
  words         TEXT     NOT NULL,
  public_words  TEXT     NOT NULL,
  private       {{.Bool}} NOT NULL,
  where_words   TEXT     NOT NULL,
  lat_e6        BIGINT   CHECK (lat_e6 BETWEEN -90000000 AND 90000000),
  lng_e6        BIGINT   CHECK (lng_e6 BETWEEN -180000000 AND 180000000),
  uncertainty_m INTEGER  NOT NULL CHECK (uncertainty_m >= 0),
  who           TEXT     NOT NULL,
  affected      BIGINT   NOT NULL CHECK (affected >= 0),
  urgency       TEXT     NOT NULL CHECK (urgency IN ('normal', 'soon', 'urgent')),
  wished        TEXT     NOT NULL,
  answers       TEXT     NOT NULL, -- JSON object, '' when none
  photos        TEXT     NOT NULL, -- JSON array, '' when none
  channel       TEXT     NOT NULL CHECK (channel IN ('self', 'assisted', 'paper', 'door')),
  author_id     TEXT     REFERENCES person (id),
  posted_by     TEXT     NOT NULL REFERENCES person (id),
  party_id      TEXT     REFERENCES party (id),
  nameless      TEXT     NOT NULL,
  household     TEXT     NOT NULL,
  different     TEXT     NOT NULL, -- JSON array, '' when none
  status        TEXT     NOT NULL CHECK (status IN ('submitted', 'gathered', 'returned', 'withdrawn', 'passed_on')),
  need_id       TEXT     REFERENCES need (id),
  reason        TEXT     NOT NULL,
  posted_at     {{.Time}} NOT NULL,
  status_at     {{.Time}} NOT NULL,
  version       BIGINT   NOT NULL CHECK (version > 0),
  CHECK ((lat_e6 IS NULL) = (lng_e6 IS NULL)),
  CHECK (author_id IS NOT NULL OR channel <> 'self'),
  CHECK (status <> 'gathered' OR need_id IS NOT NULL),
  CHECK (status <> 'withdrawn' OR words = '')
);
CREATE INDEX voice_need ON voice (need_id, posted_at, id);
CREATE INDEX voice_inbox ON voice (place_id, status, posted_at, id);
CREATE INDEX voice_author ON voice (author_id, posted_at);
CREATE INDEX voice_posted_by ON voice (posted_by, posted_at);

-- "I have this too". One person supports a need once; what a voice brings stands beside it.
CREATE TABLE need_support (
  id        TEXT     PRIMARY KEY,
  need_id   TEXT     NOT NULL REFERENCES need (id),
  person_id TEXT     REFERENCES person (id),
  household TEXT     NOT NULL,
  voice_id  TEXT     REFERENCES voice (id),
  at        {{.Time}} NOT NULL,
  CHECK (voice_id IS NOT NULL OR (person_id IS NOT NULL AND household <> ''))
);
CREATE UNIQUE INDEX need_support_person ON need_support (need_id, person_id) WHERE voice_id IS NULL;
CREATE UNIQUE INDEX need_support_voice ON need_support (voice_id) WHERE voice_id IS NOT NULL;
CREATE INDEX need_support_household ON need_support (need_id, household);
CREATE INDEX need_support_by ON need_support (person_id);

-- The public history, by office.
CREATE TABLE need_step (
  id       TEXT     PRIMARY KEY,
  need_id  TEXT     NOT NULL REFERENCES need (id),
  at       {{.Time}} NOT NULL,
  action   TEXT     NOT NULL,
  stage    TEXT     NOT NULL,
  outcome  TEXT     NOT NULL,
  reason   TEXT     NOT NULL,
  party_id TEXT     REFERENCES party (id),
  role     TEXT     NOT NULL,
  about    TEXT     NOT NULL
);
CREATE INDEX need_step_need ON need_step (need_id, at, id);

CREATE TABLE household_salt (
  place_id TEXT PRIMARY KEY REFERENCES place (id),
  salt     TEXT NOT NULL CHECK (length(salt) >= 32)
);

-- A community worker acting for a resident, known or nameless.
CREATE TABLE assist (
  id         TEXT     PRIMARY KEY,
  worker_id  TEXT     NOT NULL REFERENCES person (id),
  place_id   TEXT     NOT NULL REFERENCES place (id),
  person_id  TEXT     REFERENCES person (id),
  nameless   TEXT     NOT NULL,
  channel    TEXT     NOT NULL CHECK (channel IN ('assisted', 'paper', 'door')),
  started_at {{.Time}} NOT NULL,
  ends_at    {{.Time}} NOT NULL,
  ended_at   {{.Time}},
  version    BIGINT   NOT NULL CHECK (version > 0),
  CHECK (person_id IS NOT NULL OR nameless <> ''),
  CHECK (ends_at > started_at)
);
CREATE INDEX assist_worker ON assist (worker_id, ends_at);
