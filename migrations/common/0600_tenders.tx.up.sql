-- Purchasing: tenders and their lots, opening keys, announcements, bids, evaluation, awards.

CREATE TABLE tender (
  id           TEXT     PRIMARY KEY,
  code         TEXT     NOT NULL UNIQUE,
  project_id   TEXT     NOT NULL REFERENCES project (id),
  place_id     TEXT     NOT NULL REFERENCES place (id),
  buyer_id     TEXT     NOT NULL REFERENCES party (id),
  agency_id    TEXT     REFERENCES party (id),
  title        TEXT     NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
  category     TEXT     NOT NULL,
  budget_fen   BIGINT   NOT NULL CHECK (budget_fen > 0),
  procedure    TEXT     NOT NULL, -- JSON: the configuration and the numbers in force
  rule_version TEXT     NOT NULL,
  intention    TEXT     NOT NULL, -- JSON
  document     TEXT     NOT NULL, -- JSON
  officers     TEXT     NOT NULL, -- JSON: named opening officers with their public keys
  threshold    INTEGER  NOT NULL CHECK (threshold >= 0),
  drafted_by   TEXT     REFERENCES person (id),
  submitted_at {{.Time}},
  reviewed_by  TEXT     REFERENCES person (id),
  reviewed_at  {{.Time}},
  review_note  TEXT     NOT NULL,
  issued_at    {{.Time}},
  deadline_at  {{.Time}},
  doc_version  INTEGER  NOT NULL CHECK (doc_version >= 0),
  clarified    TEXT     NOT NULL, -- JSON
  history      TEXT     NOT NULL, -- JSON
  created_at   {{.Time}} NOT NULL,
  version      BIGINT   NOT NULL,
  CHECK (reviewed_by IS NULL OR drafted_by IS NULL OR reviewed_by <> drafted_by),
  CHECK (issued_at IS NULL OR (deadline_at IS NOT NULL AND reviewed_at IS NOT NULL AND threshold >= 2))
);
CREATE INDEX tender_project ON tender (project_id);
CREATE INDEX tender_buyer ON tender (buyer_id, id);
CREATE INDEX tender_place ON tender (place_id, id);
CREATE INDEX tender_deadline ON tender (deadline_at);

CREATE TABLE lot (
  id                TEXT     PRIMARY KEY,
  tender_id         TEXT     NOT NULL REFERENCES tender (id),
  project_lot_id    TEXT     NOT NULL,
  no                INTEGER  NOT NULL CHECK (no BETWEEN 1 AND 30),
  title             TEXT     NOT NULL,
  scope             TEXT     NOT NULL,
  budget_fen        BIGINT   NOT NULL CHECK (budget_fen > 0),
  ceiling_fen       BIGINT   NOT NULL CHECK (ceiling_fen >= 0 AND ceiling_fen <= budget_fen),
  status            TEXT     NOT NULL CHECK (status IN ('intention', 'drafting', 'reviewed', 'published', 'open', 'clarified',
    'closed', 'opened', 'qualification', 'conformity', 'evaluation', 'candidates', 'confirmed', 'announced', 'contracting',
    'done', 'suspended', 'failed', 'cancelled')),
  suspended_from    TEXT     NOT NULL,
  reason_code       TEXT     NOT NULL,
  reason            TEXT     NOT NULL,
  price_weight      INTEGER  NOT NULL CHECK (price_weight BETWEEN 0 AND 10000), -- hundredths of a point
  criteria          TEXT     NOT NULL, -- JSON
  qualifications    TEXT     NOT NULL, -- JSON
  requirements      TEXT     NOT NULL, -- JSON
  low_price         TEXT     NOT NULL, -- JSON
  final_invited_at  {{.Time}},
  final_deadline_at {{.Time}},
  price_opened_at   {{.Time}},
  evaluated_at      {{.Time}},
  UNIQUE (tender_id, no),
  CHECK (status NOT IN ('failed', 'cancelled') OR (reason_code <> '' AND reason <> ''))
);
CREATE INDEX lot_status ON lot (status, tender_id);

CREATE TABLE officer_key (
  person_id   TEXT     PRIMARY KEY REFERENCES person (id),
  recipient   TEXT     NOT NULL UNIQUE,
  wrapped     TEXT     NOT NULL, -- the private key under the officer's passphrase
  enrolled_at {{.Time}} NOT NULL,
  version     BIGINT   NOT NULL
);

CREATE TABLE lot_key (
  lot_id      TEXT    NOT NULL REFERENCES lot (id),
  kind        TEXT    NOT NULL,
  recipient   TEXT    NOT NULL UNIQUE,
  wrapped     TEXT    NOT NULL, -- the private key under a secret of which only shares exist
  threshold   INTEGER NOT NULL CHECK (threshold >= 2),
  commitments TEXT    NOT NULL, -- JSON
  PRIMARY KEY (lot_id, kind)
);

CREATE TABLE lot_key_share (
  lot_id     TEXT    NOT NULL,
  kind       TEXT    NOT NULL,
  officer_id TEXT    NOT NULL REFERENCES person (id),
  no         INTEGER NOT NULL CHECK (no > 0),
  sealed     TEXT    NOT NULL, -- encrypted to the officer
  PRIMARY KEY (lot_id, kind, officer_id),
  UNIQUE (lot_id, kind, no),
  FOREIGN KEY (lot_id, kind) REFERENCES lot_key (lot_id, kind)
);

CREATE TABLE opening (
  lot_id    TEXT     NOT NULL REFERENCES lot (id),
  ceremony  TEXT     NOT NULL,
  tender_id TEXT     NOT NULL REFERENCES tender (id),
  present   TEXT     NOT NULL, -- JSON
  opened_at {{.Time}},
  opened_by TEXT     REFERENCES person (id),
  unlocked  TEXT     NOT NULL, -- JSON
  envelopes TEXT     NOT NULL, -- JSON: the minutes
  version   BIGINT   NOT NULL,
  PRIMARY KEY (lot_id, ceremony)
);

CREATE TABLE announcement (
  id           TEXT     PRIMARY KEY,
  kind         TEXT     NOT NULL CHECK (kind IN ('intention', 'tender', 'correction', 'result', 'termination')),
  tender_id    TEXT     NOT NULL REFERENCES tender (id),
  project_id   TEXT     NOT NULL,
  place_id     TEXT     NOT NULL REFERENCES place (id),
  buyer_id     TEXT     NOT NULL REFERENCES party (id),
  code         TEXT     NOT NULL,
  title        TEXT     NOT NULL,
  facts        TEXT     NOT NULL, -- JSON
  published_at {{.Time}} NOT NULL
);
CREATE INDEX announcement_kind ON announcement (kind, id);
CREATE INDEX announcement_tender ON announcement (tender_id, id);
CREATE INDEX announcement_project ON announcement (project_id, id);

CREATE TABLE bid (
  id          TEXT     PRIMARY KEY,
  tender_id   TEXT     NOT NULL REFERENCES tender (id),
  lot_id      TEXT     NOT NULL REFERENCES lot (id),
  supplier_id TEXT     NOT NULL REFERENCES party (id),
  supplier    TEXT     NOT NULL,
  status      TEXT     NOT NULL CHECK (status IN ('sealed', 'decrypted', 'qualified', 'responsive', 'low_price_review',
    'ranked', 'won', 'lost', 'withdrawn', 'late_refused', 'unqualified', 'invalid')),
  reason      TEXT     NOT NULL,
  doc_version INTEGER  NOT NULL,
  received_at {{.Time}},
  final_at    {{.Time}},
  created_at  {{.Time}} NOT NULL,
  version     BIGINT   NOT NULL,
  UNIQUE (lot_id, supplier_id)
);
CREATE INDEX bid_supplier ON bid (supplier_id, id);
CREATE UNIQUE INDEX bid_one_winner ON bid (lot_id) WHERE status = 'won';

CREATE TABLE envelope (
  id          TEXT     PRIMARY KEY,
  bid_id      TEXT     NOT NULL REFERENCES bid (id),
  kind        TEXT     NOT NULL,
  number      INTEGER  NOT NULL CHECK (number > 0),
  hash        TEXT     NOT NULL CHECK (length(hash) = 64),
  size        INTEGER  NOT NULL CHECK (size > 0),
  received_at {{.Time}} NOT NULL,
  received_by TEXT     NOT NULL REFERENCES person (id),
  UNIQUE (bid_id, kind, number)
);

CREATE TABLE envelope_text (
  envelope_id TEXT      PRIMARY KEY REFERENCES envelope (id),
  cipher_text {{.Bytes}} NOT NULL
);

CREATE TABLE opened_paper (
  envelope_id TEXT     PRIMARY KEY REFERENCES envelope (id),
  bid_id      TEXT     NOT NULL REFERENCES bid (id),
  kind        TEXT     NOT NULL,
  plain       TEXT     NOT NULL,
  opened_at   {{.Time}} NOT NULL
);
CREATE INDEX opened_paper_bid ON opened_paper (bid_id);

CREATE TABLE bid_refusal (
  id          TEXT     PRIMARY KEY,
  tender_id   TEXT     NOT NULL REFERENCES tender (id),
  lot_id      TEXT     NOT NULL REFERENCES lot (id),
  supplier_id TEXT     NOT NULL REFERENCES party (id),
  person_id   TEXT     NOT NULL REFERENCES person (id),
  kind        TEXT     NOT NULL CHECK (kind IN ('response', 'final', 'withdrawal', 'reconfirmation')),
  hashes      TEXT     NOT NULL, -- JSON
  received_at {{.Time}} NOT NULL,
  deadline_at {{.Time}} NOT NULL,
  CHECK (received_at > deadline_at)
);
CREATE INDEX bid_refusal_lot ON bid_refusal (lot_id, id);

CREATE TABLE committee (
  tender_id TEXT     PRIMARY KEY REFERENCES tender (id),
  size      INTEGER  NOT NULL CHECK (size >= 3 AND size % 2 = 1),
  seed      TEXT     NOT NULL CHECK (length(seed) = 64),
  pool      TEXT     NOT NULL, -- JSON
  drawn_at  {{.Time}} NOT NULL,
  drawn_by  TEXT     NOT NULL REFERENCES person (id),
  version   BIGINT   NOT NULL
);

CREATE TABLE committee_member (
  tender_id    TEXT     NOT NULL REFERENCES committee (tender_id),
  person_id    TEXT     NOT NULL REFERENCES person (id),
  seat         INTEGER  NOT NULL CHECK (seat > 0),
  name         TEXT     NOT NULL,
  role         TEXT     NOT NULL CHECK (role IN ('buyer_representative', 'expert')),
  chair        {{.Bool}} NOT NULL,
  drawn_at     {{.Time}} NOT NULL,
  declarations TEXT     NOT NULL, -- JSON
  recused      {{.Bool}} NOT NULL,
  PRIMARY KEY (tender_id, person_id)
);
CREATE INDEX committee_member_person ON committee_member (person_id, tender_id);

CREATE TABLE evaluation (
  lot_id        TEXT   PRIMARY KEY REFERENCES lot (id),
  tender_id     TEXT   NOT NULL REFERENCES tender (id),
  qualification TEXT   NOT NULL, -- JSON
  conformity    TEXT   NOT NULL, -- JSON
  reviews       TEXT   NOT NULL, -- JSON
  prices        TEXT   NOT NULL, -- JSON
  standings     TEXT   NOT NULL, -- JSON
  rule_version  TEXT   NOT NULL,
  version       BIGINT NOT NULL
);

CREATE TABLE scoresheet (
  id        TEXT     PRIMARY KEY,
  tender_id TEXT     NOT NULL REFERENCES tender (id),
  lot_id    TEXT     NOT NULL REFERENCES lot (id),
  bid_id    TEXT     NOT NULL REFERENCES bid (id),
  member_id TEXT     NOT NULL,
  scores    TEXT     NOT NULL, -- JSON
  signed_at {{.Time}},
  deemed    TEXT     NOT NULL,
  version   BIGINT   NOT NULL,
  UNIQUE (lot_id, bid_id, member_id),
  FOREIGN KEY (tender_id, member_id) REFERENCES committee_member (tender_id, person_id)
);

CREATE TABLE award (
  id           TEXT     PRIMARY KEY,
  code         TEXT     NOT NULL,
  tender_id    TEXT     NOT NULL REFERENCES tender (id),
  lot_id       TEXT     NOT NULL REFERENCES lot (id),
  project_id   TEXT     NOT NULL,
  bid_id       TEXT     NOT NULL UNIQUE REFERENCES bid (id),
  buyer_id     TEXT     NOT NULL REFERENCES party (id),
  supplier_id  TEXT     NOT NULL REFERENCES party (id),
  rank         INTEGER  NOT NULL CHECK (rank > 0),
  total        INTEGER  NOT NULL CHECK (total BETWEEN 0 AND 10000),
  price_fen    BIGINT   NOT NULL CHECK (price_fen > 0),
  closer_check {{.Bool}} NOT NULL,
  size_class   TEXT     NOT NULL,
  status       TEXT     NOT NULL CHECK (status IN ('confirmed', 'announced', 'refused')),
  reason       TEXT     NOT NULL,
  confirmed_by TEXT     NOT NULL REFERENCES person (id),
  confirmed_at {{.Time}} NOT NULL,
  announced_at {{.Time}},
  notice_on    TEXT     NOT NULL, -- legal days, '' while unknown
  notice_ends  TEXT     NOT NULL,
  challenge_by TEXT     NOT NULL,
  sign_by      TEXT     NOT NULL,
  version      BIGINT   NOT NULL,
  CHECK (status <> 'announced' OR (announced_at IS NOT NULL AND sign_by <> ''))
);
CREATE UNIQUE INDEX award_one_per_lot ON award (lot_id) WHERE status <> 'refused';
CREATE INDEX award_tender ON award (tender_id);
CREATE INDEX award_supplier ON award (supplier_id, id);
