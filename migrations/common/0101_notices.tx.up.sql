-- Notices, what people follow, how they want to hear of it, and how far their digest went.

CREATE TABLE notice (
  id          TEXT     PRIMARY KEY,
  person_id   TEXT     NOT NULL REFERENCES person (id),
  event_seq   BIGINT   NOT NULL REFERENCES event (seq),
  event_kind  TEXT     NOT NULL,
  object_kind TEXT     NOT NULL,
  object_id   TEXT     NOT NULL,
  relation    TEXT     NOT NULL CHECK (relation IN ('mine', 'followed', 'area', 'duties')),
  data        TEXT     NOT NULL, -- JSON object of strings: what the sentence is filled with
  link        TEXT     NOT NULL, -- path in the web app
  mail        {{.Bool}} NOT NULL, -- to be told by mail too
  mailed_at   {{.Time}},
  created_at  {{.Time}} NOT NULL,
  read_at     {{.Time}},
  UNIQUE (person_id, event_seq)
);
CREATE INDEX notice_unread ON notice (person_id, read_at);

CREATE TABLE follow (
  person_id   TEXT     NOT NULL REFERENCES person (id),
  object_kind TEXT     NOT NULL,
  object_id   TEXT     NOT NULL,
  since       {{.Time}} NOT NULL,
  PRIMARY KEY (person_id, object_kind, object_id)
);
CREATE INDEX follow_object ON follow (object_kind, object_id);

CREATE TABLE notice_preference (
  person_id TEXT     NOT NULL REFERENCES person (id),
  relation  TEXT     NOT NULL CHECK (relation IN ('mine', 'followed', 'area', 'duties')),
  channel   TEXT     NOT NULL CHECK (channel IN ('in_app', 'mail', 'digest')),
  enabled   {{.Bool}} NOT NULL,
  PRIMARY KEY (person_id, relation, channel)
);

CREATE TABLE digest (
  person_id TEXT     NOT NULL REFERENCES person (id),
  day       TEXT     NOT NULL CHECK (length(day) = 10), -- YYYY-MM-DD in Shanghai
  from_seq  BIGINT   NOT NULL,
  to_seq    BIGINT   NOT NULL,
  mailed_at {{.Time}},
  PRIMARY KEY (person_id, day)
);

CREATE INDEX event_need ON event (need_id, seq);
CREATE INDEX event_project ON event (project_id, seq);
CREATE INDEX event_place ON event (place_id, seq);
