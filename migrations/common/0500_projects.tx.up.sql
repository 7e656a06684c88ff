-- Budget lines, projects with their needs, lots and allocations, and the matching: weights
-- and the rankings people drew up and chose from.

CREATE TABLE budget_line (
  id            TEXT     PRIMARY KEY,
  party_id      TEXT     NOT NULL REFERENCES party (id),
  fiscal_year   INTEGER  NOT NULL CHECK (fiscal_year BETWEEN 2018 AND 2100),
  source        TEXT     NOT NULL CHECK (source IN ('general', 'community_guarantee', 'community_incentive', 'fund')),
  function_code TEXT     NOT NULL,
  economy_code  TEXT     NOT NULL,
  title         TEXT     NOT NULL CHECK (title <> ''),
  approved_fen  BIGINT   NOT NULL CHECK (approved_fen > 0),
  reason        TEXT     NOT NULL,
  recorded_by   TEXT     NOT NULL REFERENCES person (id),
  recorded_at   {{.Time}} NOT NULL,
  version       BIGINT   NOT NULL
);
CREATE INDEX budget_line_party ON budget_line (party_id, fiscal_year);

CREATE TABLE project (
  id             TEXT     PRIMARY KEY,
  code           TEXT     NOT NULL UNIQUE,
  title          TEXT     NOT NULL CHECK (title <> ''),
  summary        TEXT     NOT NULL,
  track          TEXT     NOT NULL CHECK (track IN ('G', 'C', 'F')),
  party_id       TEXT     NOT NULL REFERENCES party (id),
  place_id       TEXT     NOT NULL REFERENCES place (id),
  category       TEXT     NOT NULL,
  beneficiaries  INTEGER  NOT NULL CHECK (beneficiaries >= 0),
  status         TEXT     NOT NULL CHECK (status IN ('proposed', 'budgeted', 'planned', 'sourcing', 'contracted',
                          'delivering', 'accepted', 'evaluated', 'archived', 'suspended', 'terminated')),
  suspended_from TEXT     NOT NULL CHECK ((status = 'suspended') = (suspended_from <> '')),
  reason         TEXT     NOT NULL,
  method         TEXT     NOT NULL, -- of the filed plan, '' before
  approved       {{.Bool}} NOT NULL, -- the plan names an approval of its method
  plan           TEXT     NOT NULL, -- JSON, '' before it is filed
  review         TEXT     NOT NULL, -- JSON, '' before the evaluation
  proposed_by    TEXT     NOT NULL REFERENCES person (id),
  proposed_at    {{.Time}} NOT NULL,
  budgeted_at    {{.Time}},
  planned_at     {{.Time}},
  version        BIGINT   NOT NULL,
  CHECK (status IN ('proposed', 'terminated') OR budgeted_at IS NOT NULL), -- no budget, no project (G-01)
  CHECK (status IN ('proposed', 'budgeted', 'terminated') OR planned_at IS NOT NULL)
);
CREATE INDEX project_party ON project (party_id, status);
CREATE INDEX project_place ON project (place_id);

CREATE TABLE project_need (
  project_id TEXT    NOT NULL REFERENCES project (id),
  need_id    TEXT    NOT NULL REFERENCES need (id),
  number     INTEGER NOT NULL,
  PRIMARY KEY (project_id, need_id)
);
CREATE INDEX project_need_need ON project_need (need_id);

CREATE TABLE project_lot (
  id         TEXT    PRIMARY KEY,
  project_id TEXT    NOT NULL REFERENCES project (id),
  number     INTEGER NOT NULL CHECK (number > 0),
  title      TEXT    NOT NULL CHECK (title <> ''),
  amount_fen BIGINT  NOT NULL CHECK (amount_fen > 0),
  need_ids   TEXT    NOT NULL, -- JSON list; empty means all of the project
  UNIQUE (project_id, number)
);

CREATE TABLE project_allocation (
  project_id TEXT    NOT NULL REFERENCES project (id),
  line_id    TEXT    NOT NULL REFERENCES budget_line (id),
  number     INTEGER NOT NULL,
  amount_fen BIGINT  NOT NULL CHECK (amount_fen > 0),
  PRIMARY KEY (project_id, line_id)
);
CREATE INDEX project_allocation_line ON project_allocation (line_id);

CREATE TABLE matching_weights (
  id          TEXT     PRIMARY KEY,
  code        TEXT     NOT NULL UNIQUE,
  content     TEXT     NOT NULL, -- JSON of the numbers, hashed
  rationale   TEXT     NOT NULL CHECK (rationale <> ''),
  status      TEXT     NOT NULL CHECK (status IN ('proposed', 'approved', 'rejected')),
  reason      TEXT     NOT NULL,
  proposed_by TEXT     NOT NULL REFERENCES person (id),
  proposed_at {{.Time}} NOT NULL,
  decided_by  TEXT     REFERENCES person (id),
  decided_at  {{.Time}},
  version     BIGINT   NOT NULL,
  CHECK (decided_by IS NULL OR decided_by <> proposed_by)
);
CREATE INDEX matching_weights_decided ON matching_weights (status, decided_at);

CREATE TABLE matching (
  id           TEXT     PRIMARY KEY,
  subject_kind TEXT     NOT NULL CHECK (subject_kind IN ('need', 'project')),
  subject_id   TEXT     NOT NULL,
  need_id      TEXT     REFERENCES need (id),
  project_id   TEXT     REFERENCES project (id),
  place_id     TEXT     NOT NULL REFERENCES place (id),
  party_id     TEXT     NOT NULL REFERENCES party (id),
  weights      TEXT     NOT NULL, -- code of the weights
  engine       TEXT     NOT NULL,
  taxonomy     TEXT     NOT NULL,
  considered   INTEGER  NOT NULL CHECK (considered >= 0),
  inputs       TEXT     NOT NULL, -- canonical JSON that the ranking can be computed from again
  inputs_hash  TEXT     NOT NULL,
  lines        TEXT     NOT NULL, -- JSON
  choices      TEXT     NOT NULL, -- JSON
  drawn_by     TEXT     NOT NULL REFERENCES person (id),
  drawn_at     {{.Time}} NOT NULL,
  version      BIGINT   NOT NULL,
  CHECK ((subject_kind = 'need') = (project_id IS NULL))
);
CREATE INDEX matching_subject ON matching (subject_kind, subject_id, drawn_at);
