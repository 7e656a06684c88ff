-- The book of a fund and the provider's effects are written once.
CREATE TRIGGER fund_entry_no_change BEFORE UPDATE OR DELETE ON fund_entry
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER card_effect_no_change BEFORE UPDATE OR DELETE ON card_effect
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER fund_entry_no_truncate BEFORE TRUNCATE ON fund_entry
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER card_effect_no_truncate BEFORE TRUNCATE ON card_effect
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
