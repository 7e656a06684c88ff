-- Sessions, lock-out, invitations, password resets and consent. Times here are the system
-- clock's: security does not follow a demonstration that moves the business clock.

ALTER TABLE person ADD COLUMN salt TEXT; -- salts the references to personal data in the audit record
ALTER TABLE person ADD COLUMN locked_at {{.Time}};
ALTER TABLE person ADD COLUMN lock_reason TEXT;

CREATE TABLE session (
  id            TEXT     PRIMARY KEY,
  person_id     TEXT     NOT NULL REFERENCES person (id),
  membership_id TEXT     REFERENCES membership (id), -- NULL until a role is chosen
  device        TEXT     NOT NULL, -- what the browser calls itself, shortened
  opened_at     {{.Time}} NOT NULL,
  ends_at       {{.Time}} NOT NULL,
  ended_at      {{.Time}},
  end_reason    TEXT     NOT NULL CHECK (end_reason IN
    ('', 'signed_out', 'signed_out_everywhere', 'token_reused', 'password_changed', 'password_reset', 'locked', 'ended_by_security')),
  version       BIGINT   NOT NULL,
  CHECK ((ended_at IS NULL) = (end_reason = ''))
);
CREATE INDEX session_person ON session (person_id, opened_at);

CREATE TABLE refresh_token (
  hash       TEXT     PRIMARY KEY, -- SHA-256 of the token; the token itself is nowhere
  session_id TEXT     NOT NULL REFERENCES session (id),
  issued_at  {{.Time}} NOT NULL,
  ends_at    {{.Time}} NOT NULL,
  used_at    {{.Time}}
);
CREATE INDEX refresh_token_session ON refresh_token (session_id, issued_at);

CREATE TABLE sign_in_failure (
  login_hash   TEXT     PRIMARY KEY, -- counted for unknown logins too, so that locking betrays no account
  failures     INTEGER  NOT NULL CHECK (failures >= 0),
  since        {{.Time}} NOT NULL,
  locked_until {{.Time}}
);

CREATE TABLE invitation (
  id         TEXT     PRIMARY KEY,
  party_id   TEXT     NOT NULL REFERENCES party (id),
  role       TEXT     NOT NULL,
  place_id   TEXT     REFERENCES place (id),
  name       TEXT     NOT NULL,
  contact    TEXT     NOT NULL, -- phone or e-mail it was sent to; '' when handed over as a link
  token_hash TEXT     NOT NULL UNIQUE,
  status     TEXT     NOT NULL CHECK (status IN ('open', 'accepted', 'revoked')),
  invited_by TEXT     NOT NULL REFERENCES person (id),
  person_id  TEXT     REFERENCES person (id), -- who accepted
  created_at {{.Time}} NOT NULL,
  ends_at    {{.Time}} NOT NULL,
  closed_at  {{.Time}},
  version    BIGINT   NOT NULL,
  CHECK ((closed_at IS NULL) = (status = 'open')),
  CHECK ((person_id IS NOT NULL) = (status = 'accepted'))
);
CREATE INDEX invitation_party ON invitation (party_id, created_at);

CREATE TABLE password_reset (
  id         TEXT     PRIMARY KEY,
  person_id  TEXT     NOT NULL REFERENCES person (id),
  code_hash  TEXT     NOT NULL,
  channel    TEXT     NOT NULL CHECK (channel IN ('mail', 'sms', 'in_person')),
  made_by    TEXT     REFERENCES person (id), -- the community worker, in person
  attempts   INTEGER  NOT NULL CHECK (attempts >= 0),
  created_at {{.Time}} NOT NULL,
  ends_at    {{.Time}} NOT NULL,
  used_at    {{.Time}},
  version    BIGINT   NOT NULL
);
CREATE INDEX password_reset_person ON password_reset (person_id, created_at);

CREATE TABLE consent (
  person_id    TEXT     NOT NULL REFERENCES person (id),
  kind         TEXT     NOT NULL,
  text_version TEXT     NOT NULL,
  given_at     {{.Time}} NOT NULL,
  withdrawn_at {{.Time}},
  PRIMARY KEY (person_id, kind, text_version)
);

CREATE INDEX membership_live ON membership (person_id, until);
CREATE UNIQUE INDEX party_residents ON party (place_id) WHERE kind = 'RES'; -- one body of residents a community
CREATE INDEX party_name ON party (name);
