-- The control ledger: accounts, journals and postings. Debits are positive, credits negative.
-- Postings are written first, then their journal: the foreign key is checked at the commit, and
-- the trigger on the journal sees all of its postings (0760).

CREATE TABLE ledger_account (
  id           TEXT     PRIMARY KEY,
  code         TEXT     NOT NULL UNIQUE,
  kind         TEXT     NOT NULL CHECK (kind IN ('appropriation', 'budget_line', 'commitment', 'contract', 'payable', 'clearing',
                          'bank', 'fund', 'subfund', 'supplier', 'expense')),
  owner_id     TEXT     NOT NULL CHECK (owner_id <> ''),
  name         TEXT     NOT NULL,
  party_id     TEXT     NOT NULL,
  place_id     TEXT     NOT NULL,
  project_id   TEXT     NOT NULL,
  currency     TEXT     NOT NULL CHECK (currency = 'CNY'),
  debit_normal {{.Bool}} NOT NULL,
  guarded      {{.Bool}} NOT NULL, -- what is available may not fall below zero
  opened_at    {{.Time}} NOT NULL,
  UNIQUE (kind, owner_id)
);
CREATE INDEX ledger_account_party ON ledger_account (party_id, kind);
CREATE INDEX ledger_account_project ON ledger_account (project_id);

CREATE TABLE journal (
  id           TEXT     PRIMARY KEY,
  code         TEXT     NOT NULL UNIQUE,
  effect_key   TEXT     NOT NULL UNIQUE, -- one effect, one journal
  kind         TEXT     NOT NULL CHECK (kind <> ''),
  state        TEXT     NOT NULL CHECK (state IN ('posted', 'pending')),
  effective_on TEXT     NOT NULL CHECK (length(effective_on) = 10),
  at           {{.Time}} NOT NULL,
  memo         TEXT     NOT NULL,
  object_kind  TEXT     NOT NULL,
  object_id    TEXT     NOT NULL,
  project_id   TEXT     NOT NULL,
  contract_id  TEXT     NOT NULL,
  place_id     TEXT     NOT NULL,
  party_id     TEXT     NOT NULL,
  person_id    TEXT     NOT NULL,
  reverses     TEXT     UNIQUE REFERENCES journal (id), -- at most once
  releases     TEXT     UNIQUE REFERENCES journal (id),
  CHECK (state = 'posted' OR (reverses IS NULL AND releases IS NULL))
);
CREATE INDEX journal_project ON journal (project_id, id);
CREATE INDEX journal_contract ON journal (contract_id, id);
CREATE INDEX journal_object ON journal (object_kind, object_id);
CREATE INDEX journal_party ON journal (party_id, id);

CREATE TABLE posting (
  journal_id TEXT    NOT NULL REFERENCES journal (id) DEFERRABLE INITIALLY DEFERRED,
  line       INTEGER NOT NULL CHECK (line BETWEEN 1 AND 200),
  account_id TEXT    NOT NULL REFERENCES ledger_account (id),
  amount_fen BIGINT  NOT NULL CHECK (amount_fen <> 0),
  memo       TEXT    NOT NULL,
  PRIMARY KEY (journal_id, line),
  UNIQUE (journal_id, account_id)
);
CREATE INDEX posting_account ON posting (account_id, journal_id);

CREATE TABLE journal_resolution (
  journal_id TEXT     PRIMARY KEY REFERENCES journal (id), -- the pending one
  outcome    TEXT     NOT NULL CHECK (outcome IN ('released', 'voided')),
  by_id      TEXT     UNIQUE REFERENCES journal (id) DEFERRABLE INITIALLY DEFERRED,
  at         {{.Time}} NOT NULL,
  CHECK ((outcome = 'released') = (by_id IS NOT NULL))
);

-- Calendars an administrator loaded beside those that come with the program.
CREATE TABLE official_year (
  year      INTEGER  PRIMARY KEY CHECK (year BETWEEN 2000 AND 2200),
  source    TEXT     NOT NULL CHECK (source <> ''),
  days_off  TEXT     NOT NULL, -- JSON lists of days
  working   TEXT     NOT NULL,
  loaded_by TEXT     NOT NULL REFERENCES person (id),
  loaded_at {{.Time}} NOT NULL,
  version   BIGINT   NOT NULL
);
