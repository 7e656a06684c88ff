-- Newer news of an object supersedes what is unread of it.
CREATE INDEX notice_object ON notice (object_kind, object_id, person_id, event_seq);
