-- Uploaded files: the records. Contents lie in the content store under their SHA-256.

CREATE TABLE file (
  id         TEXT     PRIMARY KEY,
  sha256     TEXT     NOT NULL CHECK (length(sha256) = 64),
  size       BIGINT   NOT NULL CHECK (size > 0 AND size <= 10485760),
  media_type TEXT     NOT NULL,
  name       TEXT     NOT NULL CHECK (name <> ''),
  width      INTEGER  NOT NULL CHECK (width >= 0),
  height     INTEGER  NOT NULL CHECK (height >= 0),
  owner_id   TEXT     NOT NULL REFERENCES person (id),
  party_id   TEXT     REFERENCES party (id),
  visibility TEXT     NOT NULL CHECK (visibility IN ('party', 'case', 'public')),
  created_at {{.Time}} NOT NULL,
  version    BIGINT   NOT NULL CHECK (version > 0)
);
CREATE INDEX file_sha256 ON file (sha256);
CREATE INDEX file_owner ON file (owner_id);

-- Which object carries a file; seq keeps the order in which they were attached.
CREATE TABLE file_link (
  file_id     TEXT    NOT NULL REFERENCES file (id),
  object_kind TEXT    NOT NULL CHECK (object_kind <> ''),
  object_id   TEXT    NOT NULL CHECK (object_id <> ''),
  seq         INTEGER NOT NULL CHECK (seq > 0),
  PRIMARY KEY (file_id, object_kind, object_id)
);
CREATE INDEX file_link_object ON file_link (object_kind, object_id, seq);

-- Bodies that may read a file of visibility "case".
CREATE TABLE file_share (
  file_id  TEXT NOT NULL REFERENCES file (id),
  party_id TEXT NOT NULL REFERENCES party (id),
  PRIMARY KEY (file_id, party_id)
);
