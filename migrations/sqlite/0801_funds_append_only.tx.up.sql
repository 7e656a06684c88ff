-- The book of a fund and the provider's effects are written once.
CREATE TRIGGER fund_entry_no_update BEFORE UPDATE ON fund_entry
BEGIN SELECT RAISE(ABORT, 'append_only: fund_entry'); END;
CREATE TRIGGER fund_entry_no_delete BEFORE DELETE ON fund_entry
BEGIN SELECT RAISE(ABORT, 'append_only: fund_entry'); END;
CREATE TRIGGER card_effect_no_update BEFORE UPDATE ON card_effect
BEGIN SELECT RAISE(ABORT, 'append_only: card_effect'); END;
CREATE TRIGGER card_effect_no_delete BEFORE DELETE ON card_effect
BEGIN SELECT RAISE(ABORT, 'append_only: card_effect'); END;
