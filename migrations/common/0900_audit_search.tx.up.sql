-- The auditor searches the record by place, need and action too.
CREATE INDEX audit_record_place ON audit_record (place_id, seq);
CREATE INDEX audit_record_need ON audit_record (need_id, seq);
CREATE INDEX audit_record_action ON audit_record (action, seq);
