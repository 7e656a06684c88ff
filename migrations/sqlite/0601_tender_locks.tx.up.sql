-- What was sealed, announced or refused is never changed; a signed scoresheet and a held ceremony
-- are locked.
CREATE TRIGGER lot_key_no_update BEFORE UPDATE ON lot_key
BEGIN SELECT RAISE(ABORT, 'append_only: lot_key'); END;
CREATE TRIGGER lot_key_no_delete BEFORE DELETE ON lot_key
BEGIN SELECT RAISE(ABORT, 'append_only: lot_key'); END;
CREATE TRIGGER lot_key_share_no_update BEFORE UPDATE ON lot_key_share
BEGIN SELECT RAISE(ABORT, 'append_only: lot_key_share'); END;
CREATE TRIGGER lot_key_share_no_delete BEFORE DELETE ON lot_key_share
BEGIN SELECT RAISE(ABORT, 'append_only: lot_key_share'); END;
CREATE TRIGGER announcement_no_update BEFORE UPDATE ON announcement
BEGIN SELECT RAISE(ABORT, 'append_only: announcement'); END;
CREATE TRIGGER announcement_no_delete BEFORE DELETE ON announcement
BEGIN SELECT RAISE(ABORT, 'append_only: announcement'); END;
CREATE TRIGGER envelope_no_update BEFORE UPDATE ON envelope
BEGIN SELECT RAISE(ABORT, 'append_only: envelope'); END;
CREATE TRIGGER envelope_no_delete BEFORE DELETE ON envelope
BEGIN SELECT RAISE(ABORT, 'append_only: envelope'); END;
CREATE TRIGGER envelope_text_no_update BEFORE UPDATE ON envelope_text
BEGIN SELECT RAISE(ABORT, 'append_only: envelope_text'); END;
CREATE TRIGGER envelope_text_no_delete BEFORE DELETE ON envelope_text
BEGIN SELECT RAISE(ABORT, 'append_only: envelope_text'); END;
CREATE TRIGGER opened_paper_no_update BEFORE UPDATE ON opened_paper
BEGIN SELECT RAISE(ABORT, 'append_only: opened_paper'); END;
CREATE TRIGGER opened_paper_no_delete BEFORE DELETE ON opened_paper
BEGIN SELECT RAISE(ABORT, 'append_only: opened_paper'); END;
CREATE TRIGGER bid_refusal_no_update BEFORE UPDATE ON bid_refusal
BEGIN SELECT RAISE(ABORT, 'append_only: bid_refusal'); END;
CREATE TRIGGER bid_refusal_no_delete BEFORE DELETE ON bid_refusal
BEGIN SELECT RAISE(ABORT, 'append_only: bid_refusal'); END;
CREATE TRIGGER scoresheet_locked BEFORE UPDATE ON scoresheet WHEN OLD.signed_at IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'append_only: scoresheet'); END;
CREATE TRIGGER scoresheet_no_delete BEFORE DELETE ON scoresheet
BEGIN SELECT RAISE(ABORT, 'append_only: scoresheet'); END;
CREATE TRIGGER opening_locked BEFORE UPDATE ON opening WHEN OLD.opened_at IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'append_only: opening'); END;
CREATE TRIGGER opening_no_delete BEFORE DELETE ON opening
BEGIN SELECT RAISE(ABORT, 'append_only: opening'); END;
