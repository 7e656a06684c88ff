-- Remedies of suppliers: inquiries, challenges and complaints.

CREATE TABLE challenge (
  id           TEXT     PRIMARY KEY,
  code         TEXT     NOT NULL UNIQUE,
  kind         TEXT     NOT NULL CHECK (kind IN ('inquiry', 'challenge')),
  subject      TEXT     NOT NULL CHECK (subject IN ('documents', 'process', 'result')),
  tender_id    TEXT     NOT NULL REFERENCES tender (id),
  lot_id       TEXT     REFERENCES lot (id),
  project_id   TEXT     NOT NULL,
  place_id     TEXT     NOT NULL REFERENCES place (id),
  supplier_id  TEXT     NOT NULL REFERENCES party (id),
  person_id    TEXT     NOT NULL REFERENCES person (id),
  title        TEXT     NOT NULL CHECK (title <> ''),
  text         TEXT     NOT NULL,
  known_on     TEXT     NOT NULL,
  status       TEXT     NOT NULL CHECK (status IN ('inquiry', 'challenge', 'answered', 'complaint', 'accepted', 'decided', 'withdrawn')),
  submitted_at {{.Time}} NOT NULL,
  answer_by    TEXT     NOT NULL,
  answer       TEXT     NOT NULL,
  outcome      TEXT     NOT NULL CHECK (outcome IN ('', 'upheld', 'rejected')),
  answered_by  TEXT     REFERENCES person (id),
  answered_at  {{.Time}},
  complain_by  TEXT     NOT NULL,
  complaint    TEXT     NOT NULL,
  complaint_at {{.Time}},
  accepted_at  {{.Time}},
  decision     TEXT     NOT NULL,
  decided      TEXT     NOT NULL CHECK (decided IN ('', 'upheld', 'rejected', 'withdrawn')),
  decided_by   TEXT     REFERENCES person (id),
  decided_at   {{.Time}},
  version      BIGINT   NOT NULL
);
CREATE INDEX challenge_tender ON challenge (tender_id, id);
CREATE INDEX challenge_supplier ON challenge (supplier_id, id);
