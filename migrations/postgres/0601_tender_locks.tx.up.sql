-- What was sealed, announced or refused is never changed; a signed scoresheet and a held ceremony
-- are locked.
CREATE TRIGGER lot_key_no_change BEFORE UPDATE OR DELETE ON lot_key
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER lot_key_share_no_change BEFORE UPDATE OR DELETE ON lot_key_share
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER announcement_no_change BEFORE UPDATE OR DELETE ON announcement
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER envelope_no_change BEFORE UPDATE OR DELETE ON envelope
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER envelope_text_no_change BEFORE UPDATE OR DELETE ON envelope_text
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER opened_paper_no_change BEFORE UPDATE OR DELETE ON opened_paper
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER bid_refusal_no_change BEFORE UPDATE OR DELETE ON bid_refusal
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER scoresheet_locked BEFORE UPDATE ON scoresheet
  FOR EACH ROW WHEN (OLD.signed_at IS NOT NULL) EXECUTE FUNCTION refuse_change();
CREATE TRIGGER scoresheet_no_delete BEFORE DELETE ON scoresheet
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER opening_locked BEFORE UPDATE ON opening
  FOR EACH ROW WHEN (OLD.opened_at IS NOT NULL) EXECUTE FUNCTION refuse_change();
CREATE TRIGGER opening_no_delete BEFORE DELETE ON opening
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
