-- What the database refuses by itself: see docs/accounting.md. PostgreSQL says the same.

CREATE TRIGGER posting_closed BEFORE INSERT ON posting
BEGIN
  SELECT RAISE(ABORT, 'ledger.journal_closed') WHERE EXISTS (SELECT 1 FROM journal WHERE id = NEW.journal_id);
END;
CREATE TRIGGER journal_rules AFTER INSERT ON journal
BEGIN
  SELECT RAISE(ABORT, 'ledger.unbalanced')
   WHERE (SELECT COUNT(*) FROM posting WHERE journal_id = NEW.id) < 2
      OR (SELECT SUM(amount_fen) FROM posting WHERE journal_id = NEW.id) <> 0;
  SELECT RAISE(ABORT, 'ledger.reversal_differs')
   WHERE NEW.reverses IS NOT NULL AND EXISTS (SELECT 1 FROM posting WHERE journal_id IN (NEW.id, NEW.reverses)
         GROUP BY account_id HAVING SUM(amount_fen) <> 0);
  SELECT RAISE(ABORT, 'ledger.not_pending')
   WHERE NEW.releases IS NOT NULL AND NOT EXISTS (SELECT 1 FROM journal j JOIN journal_resolution r ON r.journal_id = j.id
         WHERE j.id = NEW.releases AND j.state = 'pending' AND r.by_id = NEW.id);
  SELECT RAISE(ABORT, 'ledger.insufficient')
   WHERE EXISTS (
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
            WHERE p.account_id = a.id) < 0);
END;
CREATE TRIGGER acceptance_rules AFTER INSERT ON acceptance
BEGIN
  SELECT RAISE(ABORT, 'acceptance.over_contract')
   WHERE (SELECT SUM(payable_fen) FROM acceptance WHERE contract_id = NEW.contract_id)
       > (SELECT original_fen + supplement_fen FROM contract WHERE id = NEW.contract_id)
      OR NEW.payable_fen > (SELECT amount_fen FROM milestone WHERE id = NEW.milestone_id);
  SELECT RAISE(ABORT, 'acceptance.signer_inspects')
   WHERE EXISTS (SELECT 1 FROM contract WHERE id = NEW.contract_id AND NEW.inspector_id IN (buyer_signed_by, supplier_signed_by));
END;
CREATE TRIGGER acceptance_frozen BEFORE UPDATE ON acceptance
WHEN NEW.payable_fen <> OLD.payable_fen OR NEW.result <> OLD.result OR NEW.findings <> OLD.findings
  OR NEW.contract_id <> OLD.contract_id OR NEW.milestone_id <> OLD.milestone_id OR OLD.published_at IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'append_only: acceptance'); END;
CREATE TRIGGER acceptance_no_delete BEFORE DELETE ON acceptance
BEGIN SELECT RAISE(ABORT, 'append_only: acceptance'); END;
CREATE TRIGGER contract_amount_fixed BEFORE UPDATE ON contract
WHEN NEW.original_fen <> OLD.original_fen OR NEW.supplement_fen < OLD.supplement_fen OR NEW.award_id <> OLD.award_id
BEGIN SELECT RAISE(ABORT, 'contract.amount_fixed'); END;
CREATE TRIGGER payment_rules_insert AFTER INSERT ON payment
BEGIN
  SELECT RAISE(ABORT, 'payment.over_accepted')
   WHERE (SELECT SUM(amount_fen) FROM payment WHERE acceptance_id = NEW.acceptance_id AND status <> 'withdrawn')
       > (SELECT payable_fen FROM acceptance WHERE id = NEW.acceptance_id);
END;
CREATE TRIGGER payment_rules_update AFTER UPDATE ON payment
BEGIN
  SELECT RAISE(ABORT, 'payment.over_accepted')
   WHERE (SELECT SUM(amount_fen) FROM payment WHERE acceptance_id = NEW.acceptance_id AND status <> 'withdrawn')
       > (SELECT payable_fen FROM acceptance WHERE id = NEW.acceptance_id);
END;
CREATE TRIGGER ledger_account_no_update BEFORE UPDATE ON ledger_account
BEGIN SELECT RAISE(ABORT, 'append_only: ledger_account'); END;
CREATE TRIGGER ledger_account_no_delete BEFORE DELETE ON ledger_account
BEGIN SELECT RAISE(ABORT, 'append_only: ledger_account'); END;
CREATE TRIGGER journal_no_update BEFORE UPDATE ON journal
BEGIN SELECT RAISE(ABORT, 'append_only: journal'); END;
CREATE TRIGGER journal_no_delete BEFORE DELETE ON journal
BEGIN SELECT RAISE(ABORT, 'append_only: journal'); END;
CREATE TRIGGER posting_no_update BEFORE UPDATE ON posting
BEGIN SELECT RAISE(ABORT, 'append_only: posting'); END;
CREATE TRIGGER posting_no_delete BEFORE DELETE ON posting
BEGIN SELECT RAISE(ABORT, 'append_only: posting'); END;
CREATE TRIGGER journal_resolution_no_update BEFORE UPDATE ON journal_resolution
BEGIN SELECT RAISE(ABORT, 'append_only: journal_resolution'); END;
CREATE TRIGGER journal_resolution_no_delete BEFORE DELETE ON journal_resolution
BEGIN SELECT RAISE(ABORT, 'append_only: journal_resolution'); END;
CREATE TRIGGER payment_approval_no_update BEFORE UPDATE ON payment_approval
BEGIN SELECT RAISE(ABORT, 'append_only: payment_approval'); END;
CREATE TRIGGER payment_approval_no_delete BEFORE DELETE ON payment_approval
BEGIN SELECT RAISE(ABORT, 'append_only: payment_approval'); END;
