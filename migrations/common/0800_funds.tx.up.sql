-- Community funds: the fund, the free pledges to it, what came in, what was granted, the book
-- of entries the public statement adds up, and the card provider's messages and effects.

CREATE TABLE fund (
  id             TEXT     PRIMARY KEY,
  code           TEXT     NOT NULL UNIQUE,
  name           TEXT     NOT NULL CHECK (name <> ''),
  name_en        TEXT     NOT NULL CHECK (name_en <> ''),
  purpose        TEXT     NOT NULL CHECK (purpose <> ''),
  place_id       TEXT     NOT NULL REFERENCES place (id),
  party_id       TEXT     NOT NULL REFERENCES party (id),
  status         TEXT     NOT NULL CHECK (status IN ('established', 'active', 'frozen', 'dissolved')),
  established_by TEXT     NOT NULL,
  established_at {{.Time}} NOT NULL,
  version        BIGINT   NOT NULL
);
-- One named fund per community at a time.
CREATE UNIQUE INDEX fund_place ON fund (place_id) WHERE status <> 'dissolved';
CREATE INDEX fund_party ON fund (party_id);

CREATE TABLE pledge (
  id          TEXT     PRIMARY KEY,
  code        TEXT     NOT NULL UNIQUE,
  fund_id     TEXT     NOT NULL REFERENCES fund (id),
  donor_id    TEXT     NOT NULL REFERENCES party (id),
  project_id  TEXT     NOT NULL, -- '' when it concerns no project
  origin      TEXT     NOT NULL CHECK (origin IN ('charter', 'venue', 'free_will')),
  basis       TEXT     NOT NULL CHECK (basis IN ('amount', 'turnover')),
  amount_fen  BIGINT   NOT NULL CHECK (amount_fen >= 0),
  rate_bp     BIGINT   NOT NULL CHECK (rate_bp BETWEEN 0 AND 10000),
  dues        TEXT     NOT NULL, -- JSON array of instalments
  restricted  {{.Bool}} NOT NULL,
  purpose     TEXT     NOT NULL,
  status      TEXT     NOT NULL CHECK (status IN ('offered', 'accepted', 'fulfilled', 'declined', 'withdrawn', 'cancelled')),
  offered_by  TEXT     NOT NULL,
  offered_at  {{.Time}} NOT NULL,
  accepted_by TEXT     NOT NULL,
  version     BIGINT   NOT NULL,
  CHECK ((basis = 'amount' AND amount_fen > 0 AND rate_bp = 0) OR (basis = 'turnover' AND amount_fen = 0 AND rate_bp > 0))
);
CREATE INDEX pledge_fund ON pledge (fund_id, code);
CREATE INDEX pledge_donor ON pledge (donor_id, code);
CREATE INDEX pledge_project ON pledge (project_id);

CREATE TABLE donation (
  id              TEXT     PRIMARY KEY,
  code            TEXT     NOT NULL UNIQUE,
  fund_id         TEXT     NOT NULL REFERENCES fund (id),
  kind            TEXT     NOT NULL CHECK (kind IN ('donation', 'pledge', 'grant_in', 'interest')),
  method          TEXT     NOT NULL CHECK (method IN ('bank', 'card')),
  pledge_id       TEXT     REFERENCES pledge (id),
  due_number      INTEGER  NOT NULL CHECK (due_number >= 0),
  project_id      TEXT     NOT NULL,
  donor_party_id  TEXT     REFERENCES party (id),
  donor_person_id TEXT     REFERENCES person (id),
  donor_name      TEXT     NOT NULL,
  anonymous       {{.Bool}} NOT NULL,
  amount_fen      BIGINT   NOT NULL CHECK (amount_fen > 0),
  refunded_fen    BIGINT   NOT NULL CHECK (refunded_fen BETWEEN 0 AND amount_fen),
  restricted      {{.Bool}} NOT NULL,
  purpose         TEXT     NOT NULL,
  bank_reference  TEXT     NOT NULL,
  received_on     TEXT     NOT NULL,
  status          TEXT     NOT NULL CHECK (status IN ('registered', 'intended', 'awaiting_card', 'received', 'receipted', 'rejected', 'expired', 'refunded')),
  registered_by   TEXT     NOT NULL,
  registered_at   {{.Time}} NOT NULL,
  confirmed_by    TEXT     NOT NULL,
  confirmed_at    {{.Time}},
  receipt_number  TEXT     NOT NULL,
  receipt_at      {{.Time}},
  card            TEXT     NOT NULL, -- JSON, '' for a transfer
  version         BIGINT   NOT NULL,
  CHECK (confirmed_by <> registered_by),
  CHECK ((kind = 'pledge') = (pledge_id IS NOT NULL)),
  CHECK ((method = 'card') = (card <> '')),
  CHECK (method = 'card' OR bank_reference <> '')
);
-- One line of the bank enters a fund once; a rejected registration may be made again.
CREATE UNIQUE INDEX donation_bank_line ON donation (fund_id, bank_reference) WHERE bank_reference <> '' AND status <> 'rejected';
CREATE UNIQUE INDEX donation_receipt ON donation (receipt_number) WHERE receipt_number <> '';
CREATE INDEX donation_fund ON donation (fund_id, code);
CREATE INDEX donation_pledge ON donation (pledge_id);
CREATE INDEX donation_party ON donation (donor_party_id, fund_id);
CREATE INDEX donation_person ON donation (donor_person_id);

CREATE TABLE fund_grant (
  id              TEXT     PRIMARY KEY,
  code            TEXT     NOT NULL UNIQUE,
  fund_id         TEXT     NOT NULL REFERENCES fund (id),
  recipient_id    TEXT     NOT NULL REFERENCES party (id),
  need_id         TEXT     NOT NULL,
  project_id      TEXT     NOT NULL,
  title           TEXT     NOT NULL CHECK (title <> ''),
  purpose         TEXT     NOT NULL CHECK (purpose <> ''),
  amount_fen      BIGINT   NOT NULL CHECK (amount_fen > 0),
  restricted      {{.Bool}} NOT NULL,
  related         {{.Bool}} NOT NULL,
  relation        TEXT     NOT NULL,
  status          TEXT     NOT NULL CHECK (status IN ('grant_proposed', 'reviewed', 'publicised', 'granted', 'reported', 'closed', 'rejected')),
  proposed_by     TEXT     NOT NULL,
  proposed_at     {{.Time}} NOT NULL,
  reviewed_by     TEXT     NOT NULL,
  reviewed_at     {{.Time}},
  publicised_at   {{.Time}},
  objection_until TEXT     NOT NULL,
  granted_by      TEXT     NOT NULL,
  granted_at      {{.Time}},
  bank_reference  TEXT     NOT NULL,
  report          TEXT     NOT NULL,
  spent_fen       BIGINT   NOT NULL CHECK (spent_fen >= 0),
  returned_fen    BIGINT   NOT NULL CHECK (returned_fen >= 0),
  reported_at     {{.Time}},
  closed_at       {{.Time}},
  version         BIGINT   NOT NULL,
  CHECK (reviewed_by <> proposed_by),
  CHECK (granted_by <> proposed_by),
  CHECK (status NOT IN ('reported', 'closed') OR spent_fen + returned_fen = amount_fen)
);
CREATE INDEX fund_grant_fund ON fund_grant (fund_id, code);
CREATE INDEX fund_grant_recipient ON fund_grant (recipient_id);
CREATE INDEX fund_grant_project ON fund_grant (project_id);

CREATE TABLE fund_entry (
  id          TEXT     PRIMARY KEY,
  fund_id     TEXT     NOT NULL REFERENCES fund (id),
  entry_key   TEXT     NOT NULL UNIQUE, -- one fact, one line
  kind        TEXT     NOT NULL,
  restricted  {{.Bool}} NOT NULL,
  amount_fen  BIGINT   NOT NULL CHECK (amount_fen <> 0),
  booked_on   TEXT     NOT NULL,
  source_kind TEXT     NOT NULL CHECK (source_kind IN ('donation', 'grant')),
  source_id   TEXT     NOT NULL,
  project_id  TEXT     NOT NULL,
  journal_id  TEXT     NOT NULL,
  at          {{.Time}} NOT NULL
);
CREATE INDEX fund_entry_fund ON fund_entry (fund_id, booked_on, id);
CREATE INDEX fund_entry_project ON fund_entry (project_id);

-- Effects of the card provider, each once for any number and order of messages.
CREATE TABLE card_effect (
  provider    TEXT     NOT NULL,
  object_id   TEXT     NOT NULL,
  kind        TEXT     NOT NULL,
  donation_id TEXT     NOT NULL REFERENCES donation (id),
  amount_fen  BIGINT   NOT NULL,
  at          {{.Time}} NOT NULL,
  PRIMARY KEY (provider, object_id, kind)
);

-- Messages of the card provider as they came, kept before anything is done with them.
CREATE TABLE card_message (
  id          TEXT     PRIMARY KEY,
  provider    TEXT     NOT NULL,
  kind        TEXT     NOT NULL,
  object_id   TEXT     NOT NULL,
  payload     TEXT     NOT NULL,
  received_at {{.Time}} NOT NULL,
  problem     TEXT     NOT NULL,
  settled_at  {{.Time}},
  attempts    INTEGER  NOT NULL
);
CREATE INDEX card_message_open ON card_message (received_at) WHERE settled_at IS NULL;
