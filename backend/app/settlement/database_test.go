package settlement_test

import (
	"strings"
	"testing"

	"linli/backend/domain/ledger"
	"linli/backend/testkit"
)

// The database itself refuses what the code would never ask for: each rule with plain SQL, on
// both databases, and nothing is left behind.
func TestDatabase_RefusesByItself(t *testing.T) {
	t.Parallel()
	testkit.Both(t, func(t *testing.T, k *testkit.Kit) {
		s := newStage(t, k)
		s.active()
		s.accepted(0, day(5, 29))
		s.requested(0, 8640000)
		s.approved()
		db := k.DB.Bun()
		refuse := func(name, want string, statements ...string) {
			t.Helper()
			tx, err := db.BeginTx(ctx, nil)
			s.ok(err)
			defer func() { _ = tx.Rollback() }()
			for _, text := range statements {
				if _, err = tx.NewRaw(s.fill(text)).Exec(ctx); err != nil {
					break
				}
			}
			if err == nil {
				err = tx.Commit()
			}
			if err == nil || !strings.Contains(strings.ToLower(err.Error()), want) {
				t.Errorf("%s: got %v, want %q", name, err, want)
			}
		}
		posting := func(line int, kind ledger.Kind, fen string) string {
			return "INSERT INTO posting (journal_id, line, account_id, amount_fen, memo) SELECT 'bad', " + string(rune('0'+line)) + ", id, " + fen + ", '' FROM ledger_account WHERE kind = '" + string(kind) + "'"
		}
		refuse("unbalanced journal", "ledger.unbalanced", posting(1, ledger.Contract, "100"), posting(2, ledger.Payable, "-99"), badJournal)
		refuse("one posting", "ledger.unbalanced", posting(1, ledger.Contract, "100"), badJournal)
		refuse("no posting", "ledger.unbalanced", badJournal)
		refuse("postings without a journal", "foreign key", posting(1, ledger.Contract, "100"), posting(2, ledger.Payable, "-100"))
		refuse("posting added later", "ledger.journal_closed", "INSERT INTO posting (journal_id, line, account_id, amount_fen, memo) SELECT (SELECT MIN(id) FROM journal), 9, id, 1, '' FROM ledger_account WHERE kind = 'payable'")
		refuse("committed over the budget", "ledger.insufficient", posting(1, ledger.BudgetLine, "24000001"), posting(2, ledger.Commitment, "-24000001"), badJournal)
		refuse("accepted over the contract", "ledger.insufficient", posting(1, ledger.Contract, "15360001"), posting(2, ledger.Payable, "-15360001"), badJournal)
		refuse("paid over what is owed", "ledger.insufficient", posting(1, ledger.Payable, "8640001"), posting(2, ledger.Appropriation, "-8640001"), badJournal)
		refuse("journal changed", "append_only", "UPDATE journal SET memo = 'x'")
		refuse("journal deleted", "append_only", "DELETE FROM journal")
		refuse("posting changed", "append_only", "UPDATE posting SET amount_fen = amount_fen + 1")
		refuse("posting deleted", "append_only", "DELETE FROM posting")
		refuse("account changed", "append_only", "UPDATE ledger_account SET guarded = FALSE")
		refuse("approval changed", "append_only", "UPDATE payment_approval SET hash = 'x'")
		refuse("approval deleted", "append_only", "DELETE FROM payment_approval")
		refuse("acceptance changed", "append_only", "UPDATE acceptance SET payable_fen = payable_fen - 1")
		refuse("acceptance deleted", "append_only", "DELETE FROM acceptance")
		refuse("approver is requester", "constraint", "INSERT INTO payment_approval (id, payment_id, requested_by, approver_id, approver, hash, at) SELECT 'bad', id, requested_by, requested_by, 'x', 'x', requested_at FROM payment")
		refuse("approval of another request", "foreign key", "INSERT INTO payment_approval (id, payment_id, requested_by, approver_id, approver, hash, at) SELECT 'bad', id, approved_by, requested_by, 'x', 'x', requested_at FROM payment")
		refuse("payment approved by its requester", "constraint", "UPDATE payment SET approved_by = requested_by")
		refuse("payment made by its approver", "constraint", "UPDATE payment SET instructed_by = approved_by")
		refuse("paid without a voucher", "constraint", "UPDATE payment SET status = 'paid'")
		refuse("paid over what was accepted", "payment.over_accepted", "UPDATE payment SET amount_fen = amount_fen + 1")
		refuse("accepted over contract and supplements", "acceptance.over_contract", strings.ReplaceAll(badAcceptance, "AMOUNT", "15360001"))
		refuse("accepted by who signed", "acceptance.signer_inspects", strings.ReplaceAll(strings.ReplaceAll(badAcceptance, "AMOUNT", "1"), "'INSPECTOR'", "(SELECT buyer_signed_by FROM contract)"))
		refuse("contract amount changed", "contract.amount_fixed", "UPDATE contract SET original_fen = original_fen + 1")
		refuse("second contract for an award", "unique", strings.ReplaceAll(copyContract, "AWARD", "award_id"))
		refuse("contract without an award", "foreign key", strings.ReplaceAll(copyContract, "AWARD", "'none'"))
		refuse("active without signatures", "constraint", "UPDATE contract SET buyer_signed_by = NULL")
		s.clean()
	})
}

const badJournal = `INSERT INTO journal (id, code, effect_key, kind, state, effective_on, at, memo, object_kind, object_id, project_id, contract_id, place_id, party_id, person_id)
	SELECT 'bad', 'bad', 'bad', 'test', 'posted', '2026-05-29', MAX(at), '', '', '', '', '', '', '', '' FROM journal`

const badAcceptance = `INSERT INTO acceptance (id, code, milestone_id, contract_id, project_id, round, findings, result, payable_fen, users_opinion, satisfied, rated,
		deemed, inspector_id, inspector, reason, decided_at, due_from, rule_version, version)
	SELECT 'bad', 'bad', (SELECT id FROM milestone WHERE number = 2), contract_id, project_id, 1, '[]', 'accepted', AMOUNT, '', 0, 0, FALSE, 'INSPECTOR', '', '', decided_at, due_from, '', 1
	FROM acceptance`

const copyContract = `INSERT INTO contract (id, code, title, project_id, tender_id, lot_id, award_id, place_id, buyer_id, buyer_name, buyer_uscc, supplier_id, supplier_name,
		supplier_uscc, original_fen, supplement_fen, budget_shares, term_from, term_until, acceptance_days, payment_days, daily_interest, interest_agreed, payee,
		pending_payee, award_notice_on, sign_by, status, status_reason, supplier_signer, supplier_text_hash, buyer_signer, buyer_text_hash, filing_number,
		created_at, created_by, rule_version, version)
	SELECT 'copy', 'copy', title, project_id, tender_id, lot_id, AWARD, place_id, buyer_id, buyer_name, buyer_uscc, supplier_id, supplier_name,
		supplier_uscc, original_fen, supplement_fen, budget_shares, term_from, term_until, acceptance_days, payment_days, daily_interest, interest_agreed, payee,
		pending_payee, award_notice_on, sign_by, 'drafting', '', '', '', '', '', '', created_at, created_by, rule_version, 1
	FROM contract`

// fill puts the inspector's id where a statement names him.
func (s *stage) fill(text string) string {
	return strings.ReplaceAll(text, "INSPECTOR", string(s.p.Inspector.PersonID))
}
