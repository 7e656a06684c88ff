-- Contracts made from awards, their milestones, supplements, acceptances and the opinions of the
-- people served; payments, invoices, approvals and bank statements.

CREATE TABLE contract (
  id                 TEXT     PRIMARY KEY,
  code               TEXT     NOT NULL UNIQUE,
  title              TEXT     NOT NULL CHECK (title <> ''),
  project_id         TEXT     NOT NULL,
  tender_id          TEXT     NOT NULL,
  lot_id             TEXT     NOT NULL,
  award_id           TEXT     NOT NULL REFERENCES award (id),
  place_id           TEXT     NOT NULL REFERENCES place (id),
  buyer_id           TEXT     NOT NULL REFERENCES party (id),
  buyer_name         TEXT     NOT NULL,
  buyer_uscc         TEXT     NOT NULL,
  supplier_id        TEXT     NOT NULL REFERENCES party (id),
  supplier_name      TEXT     NOT NULL,
  supplier_uscc      TEXT     NOT NULL,
  original_fen       BIGINT   NOT NULL CHECK (original_fen > 0),
  supplement_fen     BIGINT   NOT NULL CHECK (supplement_fen >= 0),
  budget_shares      TEXT     NOT NULL, -- JSON: which budget line carries how much
  term_from          TEXT     NOT NULL, -- legal days, '' while a draft is not filled in
  term_until         TEXT     NOT NULL,
  acceptance_days    INTEGER  NOT NULL CHECK (acceptance_days >= 0),
  payment_days       INTEGER  NOT NULL CHECK (payment_days >= 0),
  daily_interest     TEXT     NOT NULL, -- exact decimal
  interest_agreed    {{.Bool}} NOT NULL,
  payee              TEXT     NOT NULL, -- JSON
  pending_payee      TEXT     NOT NULL, -- JSON, '' when none
  award_notice_on    TEXT     NOT NULL,
  sign_by            TEXT     NOT NULL,
  status             TEXT     NOT NULL CHECK (status IN ('drafting', 'signed', 'published', 'filed', 'active', 'completed',
                                'closed', 'suspended', 'terminated', 'rescinded')),
  status_reason      TEXT     NOT NULL,
  supplier_signed_by TEXT     REFERENCES person (id),
  supplier_signer    TEXT     NOT NULL,
  supplier_signed_at {{.Time}},
  supplier_text_hash TEXT     NOT NULL,
  buyer_signed_by    TEXT     REFERENCES person (id),
  buyer_signer       TEXT     NOT NULL,
  buyer_signed_at    {{.Time}},
  buyer_text_hash    TEXT     NOT NULL,
  signed_at          {{.Time}},
  published_at       {{.Time}},
  filed_at           {{.Time}},
  filing_number      TEXT     NOT NULL,
  completed_at       {{.Time}},
  closed_at          {{.Time}},
  created_at         {{.Time}} NOT NULL,
  created_by         TEXT     NOT NULL REFERENCES person (id),
  rule_version       TEXT     NOT NULL,
  version            BIGINT   NOT NULL,
  CHECK (buyer_id <> supplier_id),
  CHECK (status IN ('drafting', 'rescinded') OR (supplier_signed_by IS NOT NULL AND buyer_signed_by IS NOT NULL AND signed_at IS NOT NULL)),
  CHECK (supplier_signed_by IS NULL OR buyer_signed_by IS NULL OR supplier_signed_by <> buyer_signed_by),
  CHECK (status NOT IN ('suspended', 'terminated', 'rescinded') OR status_reason <> '')
);
CREATE UNIQUE INDEX contract_one_per_award ON contract (award_id) WHERE status <> 'rescinded';
CREATE INDEX contract_project ON contract (project_id);
CREATE INDEX contract_buyer ON contract (buyer_id, id);
CREATE INDEX contract_supplier ON contract (supplier_id, id);
CREATE INDEX contract_place ON contract (place_id, id);

CREATE TABLE supplement (
  id                 TEXT     PRIMARY KEY,
  contract_id        TEXT     NOT NULL REFERENCES contract (id),
  project_id         TEXT     NOT NULL,
  number             INTEGER  NOT NULL CHECK (number > 0),
  kind               TEXT     NOT NULL CHECK (kind IN ('more_of_the_same', 'longer_term')),
  reason             TEXT     NOT NULL CHECK (reason <> ''),
  amount_fen         BIGINT   NOT NULL CHECK (amount_fen >= 0),
  plan               TEXT     NOT NULL, -- JSON, '' when it adds no milestone
  term_until         TEXT     NOT NULL,
  effective_on       TEXT     NOT NULL,
  status             TEXT     NOT NULL CHECK (status IN ('proposed', 'signed', 'applied', 'withdrawn')),
  status_reason      TEXT     NOT NULL,
  supplier_signature TEXT     NOT NULL, -- JSON, '' while unsigned
  buyer_signature    TEXT     NOT NULL,
  applied_at         {{.Time}},
  created_at         {{.Time}} NOT NULL,
  created_by         TEXT     NOT NULL REFERENCES person (id),
  version            BIGINT   NOT NULL,
  UNIQUE (contract_id, number),
  CHECK (status NOT IN ('signed', 'applied') OR (supplier_signature <> '' AND buyer_signature <> ''))
);

CREATE TABLE milestone (
  id            TEXT     PRIMARY KEY,
  contract_id   TEXT     NOT NULL REFERENCES contract (id),
  project_id    TEXT     NOT NULL,
  supplement_id TEXT     REFERENCES supplement (id),
  number        INTEGER  NOT NULL CHECK (number > 0),
  title         TEXT     NOT NULL CHECK (title <> ''),
  due_on        TEXT     NOT NULL,
  amount_fen    BIGINT   NOT NULL CHECK (amount_fen > 0),
  items         TEXT     NOT NULL, -- JSON
  status        TEXT     NOT NULL CHECK (status IN ('scheduled', 'in_progress', 'submitted', 'inspecting', 'accepted',
                           'partially_accepted', 'rejected', 'payable', 'settled', 'dropped')),
  status_reason TEXT     NOT NULL,
  evidence      TEXT     NOT NULL, -- JSON
  submitted_at  {{.Time}},
  delivered_on  TEXT     NOT NULL,
  inspect_by    TEXT     NOT NULL,
  inspected_by  TEXT     REFERENCES person (id),
  rework        INTEGER  NOT NULL CHECK (rework >= 0),
  acceptance_id TEXT     NOT NULL,
  settled_at    {{.Time}},
  version       BIGINT   NOT NULL,
  UNIQUE (contract_id, number),
  CHECK (status NOT IN ('accepted', 'partially_accepted', 'payable', 'settled') OR acceptance_id <> '')
);
CREATE INDEX milestone_status ON milestone (status);

CREATE TABLE acceptance (
  id            TEXT     PRIMARY KEY,
  code          TEXT     NOT NULL UNIQUE,
  milestone_id  TEXT     NOT NULL REFERENCES milestone (id),
  contract_id   TEXT     NOT NULL REFERENCES contract (id),
  project_id    TEXT     NOT NULL,
  round         INTEGER  NOT NULL CHECK (round > 0),
  findings      TEXT     NOT NULL, -- JSON
  result        TEXT     NOT NULL CHECK (result IN ('accepted', 'partially_accepted', 'rejected')),
  payable_fen   BIGINT   NOT NULL CHECK (payable_fen >= 0),
  users_opinion TEXT     NOT NULL,
  satisfied     INTEGER  NOT NULL CHECK (satisfied >= 0),
  rated         INTEGER  NOT NULL CHECK (rated >= satisfied),
  deemed        {{.Bool}} NOT NULL,
  inspector_id  TEXT     REFERENCES person (id), -- NULL when the acceptance is deemed
  inspector     TEXT     NOT NULL,
  reason        TEXT     NOT NULL,
  decided_at    {{.Time}} NOT NULL,
  due_from      TEXT     NOT NULL,
  published_at  {{.Time}},
  rule_version  TEXT     NOT NULL,
  version       BIGINT   NOT NULL,
  UNIQUE (milestone_id, round),
  CHECK ((result = 'rejected') = (payable_fen = 0))
);
CREATE UNIQUE INDEX acceptance_one_payable ON acceptance (milestone_id) WHERE payable_fen > 0;
CREATE INDEX acceptance_contract ON acceptance (contract_id);

CREATE TABLE opinion (
  id           TEXT     PRIMARY KEY,
  milestone_id TEXT     NOT NULL REFERENCES milestone (id),
  contract_id  TEXT     NOT NULL REFERENCES contract (id),
  round        INTEGER  NOT NULL CHECK (round > 0),
  person_id    TEXT     NOT NULL REFERENCES person (id),
  helper_id    TEXT     REFERENCES person (id),
  rating       INTEGER  NOT NULL CHECK (rating BETWEEN 1 AND 5),
  text         TEXT     NOT NULL,
  at           {{.Time}} NOT NULL,
  version      BIGINT   NOT NULL,
  UNIQUE (milestone_id, round, person_id)
);

CREATE TABLE payment (
  id             TEXT     PRIMARY KEY,
  code           TEXT     NOT NULL UNIQUE,
  contract_id    TEXT     NOT NULL REFERENCES contract (id),
  project_id     TEXT     NOT NULL,
  milestone_id   TEXT     NOT NULL REFERENCES milestone (id),
  acceptance_id  TEXT     NOT NULL REFERENCES acceptance (id),
  place_id       TEXT     NOT NULL REFERENCES place (id),
  buyer_id       TEXT     NOT NULL REFERENCES party (id),
  supplier_id    TEXT     NOT NULL REFERENCES party (id),
  supplier_name  TEXT     NOT NULL,
  amount_fen     BIGINT   NOT NULL CHECK (amount_fen > 0),
  payee          TEXT     NOT NULL, -- JSON
  payee_number   TEXT     NOT NULL,
  due_on         TEXT     NOT NULL,
  daily_rate     TEXT     NOT NULL,
  status         TEXT     NOT NULL CHECK (status IN ('requested', 'invoice_verified', 'approved', 'instructed', 'paid',
                            'reconciled', 'disputed', 'returned', 'withdrawn')),
  status_reason  TEXT     NOT NULL,
  requested_by   TEXT     NOT NULL REFERENCES person (id),
  requested_at   {{.Time}} NOT NULL,
  verified_by    TEXT     REFERENCES person (id),
  verified_at    {{.Time}},
  approved_by    TEXT     REFERENCES person (id),
  approved_at    {{.Time}},
  approved_hash  TEXT     NOT NULL,
  instructed_by  TEXT     REFERENCES person (id),
  instructed_at  {{.Time}},
  method         TEXT     NOT NULL,
  voucher_number TEXT     NOT NULL,
  paid_on        TEXT     NOT NULL,
  paid_at        {{.Time}},
  reconciled_by  TEXT     REFERENCES person (id),
  reconciled_at  {{.Time}},
  hold_id        TEXT     NOT NULL,
  attempts       INTEGER  NOT NULL CHECK (attempts >= 0),
  rule_version   TEXT     NOT NULL,
  version        BIGINT   NOT NULL,
  UNIQUE (id, requested_by),
  CHECK (approved_by IS NULL OR approved_by <> requested_by),
  CHECK (instructed_by IS NULL OR instructed_by <> requested_by),
  CHECK (instructed_by IS NULL OR approved_by IS NULL OR instructed_by <> approved_by),
  CHECK (status NOT IN ('approved', 'instructed', 'paid', 'reconciled') OR (approved_by IS NOT NULL AND approved_hash <> '')),
  CHECK (status NOT IN ('paid', 'reconciled') OR (voucher_number <> '' AND paid_on <> '' AND paid_at IS NOT NULL))
);
CREATE INDEX payment_acceptance ON payment (acceptance_id);
CREATE INDEX payment_contract ON payment (contract_id);
CREATE INDEX payment_project ON payment (project_id);
CREATE INDEX payment_status ON payment (status, due_on);
CREATE INDEX payment_buyer ON payment (buyer_id, id);
CREATE INDEX payment_supplier ON payment (supplier_id, id);
CREATE INDEX payment_place ON payment (place_id, id);
CREATE UNIQUE INDEX payment_voucher ON payment (voucher_number) WHERE voucher_number <> '';

CREATE TABLE payment_approval (
  id           TEXT     PRIMARY KEY,
  payment_id   TEXT     NOT NULL,
  requested_by TEXT     NOT NULL,
  approver_id  TEXT     NOT NULL REFERENCES person (id),
  approver     TEXT     NOT NULL,
  hash         TEXT     NOT NULL,
  at           {{.Time}} NOT NULL,
  FOREIGN KEY (payment_id, requested_by) REFERENCES payment (id, requested_by),
  CHECK (approver_id <> requested_by)
);
CREATE INDEX payment_approval_payment ON payment_approval (payment_id, at);

CREATE TABLE invoice (
  id          TEXT     PRIMARY KEY,
  payment_id  TEXT     NOT NULL REFERENCES payment (id),
  number      TEXT     NOT NULL UNIQUE CHECK (length(number) = 20),
  issued_on   TEXT     NOT NULL,
  buyer_name  TEXT     NOT NULL,
  buyer_uscc  TEXT     NOT NULL,
  seller_name TEXT     NOT NULL,
  seller_uscc TEXT     NOT NULL,
  item        TEXT     NOT NULL,
  amount_fen  BIGINT   NOT NULL CHECK (amount_fen > 0),
  tax_rate_bp INTEGER  NOT NULL CHECK (tax_rate_bp BETWEEN 0 AND 10000),
  tax_fen     BIGINT   NOT NULL CHECK (tax_fen >= 0),
  total_fen   BIGINT   NOT NULL CHECK (total_fen = amount_fen + tax_fen),
  file_id     TEXT     NOT NULL,
  replaced    {{.Bool}} NOT NULL,
  recorded_at {{.Time}} NOT NULL,
  recorded_by TEXT     NOT NULL REFERENCES person (id),
  version     BIGINT   NOT NULL
);
CREATE INDEX invoice_payment ON invoice (payment_id);

CREATE TABLE statement_line (
  id           TEXT     PRIMARY KEY,
  party_id     TEXT     NOT NULL REFERENCES party (id),
  account      TEXT     NOT NULL,
  sequence     TEXT     NOT NULL,
  booked_on    TEXT     NOT NULL,
  amount_fen   BIGINT   NOT NULL CHECK (amount_fen <> 0),
  counterparty TEXT     NOT NULL,
  counter_bank TEXT     NOT NULL,
  remark       TEXT     NOT NULL,
  state        TEXT     NOT NULL CHECK (state IN ('open', 'matched', 'split', 'ignored')),
  reason       TEXT     NOT NULL,
  decided_by   TEXT     REFERENCES person (id),
  decided_at   {{.Time}},
  imported_by  TEXT     NOT NULL REFERENCES person (id),
  imported_at  {{.Time}} NOT NULL,
  version      BIGINT   NOT NULL,
  UNIQUE (account, sequence),
  CHECK ((state = 'open') = (decided_by IS NULL)),
  CHECK (state <> 'ignored' OR (reason <> '' AND decided_by <> imported_by))
);
CREATE INDEX statement_line_party ON statement_line (party_id, state, id);

CREATE TABLE statement_match (
  line_id    TEXT    NOT NULL REFERENCES statement_line (id),
  number     INTEGER NOT NULL,
  payment_id TEXT    NOT NULL UNIQUE REFERENCES payment (id), -- a payment is seen on a statement once
  amount_fen BIGINT  NOT NULL CHECK (amount_fen > 0),
  PRIMARY KEY (line_id, number)
);
