-- What the database refuses by itself: see docs/accounting.md. Rows are locked before sums are
-- taken, so that two transactions cannot both find room.
CREATE FUNCTION posting_closed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM journal WHERE id = NEW.journal_id) THEN
    RAISE EXCEPTION 'ledger.journal_closed';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER posting_closed BEFORE INSERT ON posting FOR EACH ROW EXECUTE FUNCTION posting_closed();

CREATE FUNCTION journal_rules() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (SELECT COUNT(*) FROM posting WHERE journal_id = NEW.id) < 2
     OR (SELECT SUM(amount_fen) FROM posting WHERE journal_id = NEW.id) <> 0 THEN
    RAISE EXCEPTION 'ledger.unbalanced';
  END IF;
  IF NEW.reverses IS NOT NULL AND EXISTS (SELECT 1 FROM posting WHERE journal_id IN (NEW.id, NEW.reverses)
     GROUP BY account_id HAVING SUM(amount_fen) <> 0) THEN
    RAISE EXCEPTION 'ledger.reversal_differs';
  END IF;
  IF NEW.releases IS NOT NULL AND NOT EXISTS (SELECT 1 FROM journal j JOIN journal_resolution r ON r.journal_id = j.id
     WHERE j.id = NEW.releases AND j.state = 'pending' AND r.by_id = NEW.id) THEN
    RAISE EXCEPTION 'ledger.not_pending';
  END IF;
  PERFORM 1 FROM ledger_account WHERE id IN (SELECT account_id FROM posting WHERE journal_id = NEW.id)
    ORDER BY id FOR UPDATE;
  IF EXISTS (
     SELECT 1 FROM ledger_account a
      WHERE a.guarded AND a.id IN (SELECT account_id FROM posting WHERE journal_id = NEW.id)
        AND (SELECT COALESCE(SUM(CASE
               WHEN j.state = 'posted' THEN CASE WHEN a.debit_normal THEN p.amount_fen ELSE -p.amount_fen END
               WHEN r.journal_id IS NOT NULL THEN 0
               WHEN a.debit_normal AND p.amount_fen < 0 THEN p.amount_fen
               WHEN NOT a.debit_normal AND p.amount_fen > 0 THEN -p.amount_fen
               ELSE 0 END), 0)
             FROM posting p JOIN journal j ON j.id = p.journal_id
             LEFT JOIN journal_resolution r ON r.journal_id = j.id
            WHERE p.account_id = a.id) < 0) THEN
    RAISE EXCEPTION 'ledger.insufficient';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER journal_rules AFTER INSERT ON journal FOR EACH ROW EXECUTE FUNCTION journal_rules();

CREATE FUNCTION acceptance_rules() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM contract WHERE id = NEW.contract_id FOR UPDATE;
  IF (SELECT SUM(payable_fen) FROM acceptance WHERE contract_id = NEW.contract_id)
       > (SELECT original_fen + supplement_fen FROM contract WHERE id = NEW.contract_id)
     OR NEW.payable_fen > (SELECT amount_fen FROM milestone WHERE id = NEW.milestone_id) THEN
    RAISE EXCEPTION 'acceptance.over_contract';
  END IF;
  IF EXISTS (SELECT 1 FROM contract WHERE id = NEW.contract_id AND NEW.inspector_id IN (buyer_signed_by, supplier_signed_by)) THEN
    RAISE EXCEPTION 'acceptance.signer_inspects';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER acceptance_rules AFTER INSERT ON acceptance FOR EACH ROW EXECUTE FUNCTION acceptance_rules();
CREATE TRIGGER acceptance_frozen BEFORE UPDATE ON acceptance FOR EACH ROW
  WHEN (NEW.payable_fen <> OLD.payable_fen OR NEW.result <> OLD.result OR NEW.findings <> OLD.findings
    OR NEW.contract_id <> OLD.contract_id OR NEW.milestone_id <> OLD.milestone_id OR OLD.published_at IS NOT NULL)
  EXECUTE FUNCTION refuse_change();
CREATE TRIGGER acceptance_no_delete BEFORE DELETE ON acceptance FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE FUNCTION contract_amount_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'contract.amount_fixed';
END $$;
CREATE TRIGGER contract_amount_fixed BEFORE UPDATE ON contract FOR EACH ROW
  WHEN (NEW.original_fen <> OLD.original_fen OR NEW.supplement_fen < OLD.supplement_fen OR NEW.award_id <> OLD.award_id)
  EXECUTE FUNCTION contract_amount_fixed();

CREATE FUNCTION payment_rules() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM acceptance WHERE id = NEW.acceptance_id FOR UPDATE;
  IF (SELECT SUM(amount_fen) FROM payment WHERE acceptance_id = NEW.acceptance_id AND status <> 'withdrawn')
       > (SELECT payable_fen FROM acceptance WHERE id = NEW.acceptance_id) THEN
    RAISE EXCEPTION 'payment.over_accepted';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER payment_rules AFTER INSERT OR UPDATE ON payment FOR EACH ROW EXECUTE FUNCTION payment_rules();

CREATE TRIGGER ledger_account_no_change BEFORE UPDATE OR DELETE ON ledger_account FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER journal_no_change BEFORE UPDATE OR DELETE ON journal FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER posting_no_change BEFORE UPDATE OR DELETE ON posting FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER journal_resolution_no_change BEFORE UPDATE OR DELETE ON journal_resolution FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER payment_approval_no_change BEFORE UPDATE OR DELETE ON payment_approval FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER journal_no_truncate BEFORE TRUNCATE ON journal FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER posting_no_truncate BEFORE TRUNCATE ON posting FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER payment_approval_no_truncate BEFORE TRUNCATE ON payment_approval FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
