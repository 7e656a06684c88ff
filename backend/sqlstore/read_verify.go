package sqlstore

import (
	"context"

	"linli/backend/domain/audit"
)

// rule is one thing that must hold between tables: its query returns the rows that break it,
// as object id and a detail. One line each; the words are for the operator.
type rule struct {
	name, kind, words, query string
}

var rules = []rule{
	{"fund.book_equals_ledger", "fund", "the book and the ledger differ by the fen given", `
		SELECT f.id AS object_id, CAST(COALESCE(e.total, 0) - COALESCE(l.total, 0) AS TEXT) AS detail FROM fund f
		LEFT JOIN (SELECT fund_id, SUM(amount_fen) AS total FROM fund_entry GROUP BY fund_id) e ON e.fund_id = f.id
		LEFT JOIN (SELECT a.owner_id, SUM(-p.amount_fen) AS total FROM posting p JOIN ledger_account a ON a.id = p.account_id
			JOIN journal j ON j.id = p.journal_id
			WHERE a.kind IN ('fund', 'subfund') AND j.state = 'posted' GROUP BY a.owner_id) l ON l.owner_id = f.id
		WHERE COALESCE(e.total, 0) <> COALESCE(l.total, 0)`},
	{"fund.pot_not_negative", "fund", "the fund holds less than nothing of one kind of money", `
		SELECT fund_id AS object_id, CAST(SUM(amount_fen) AS TEXT) AS detail FROM fund_entry
		GROUP BY fund_id, restricted HAVING SUM(amount_fen) < 0`},
	{"donation.entered", "donation", "money that is in the fund is not in its book, or the other way round", `
		SELECT d.id AS object_id, d.status AS detail FROM donation d
		LEFT JOIN (SELECT source_id, SUM(amount_fen) AS total FROM fund_entry WHERE source_kind = 'donation' GROUP BY source_id) e ON e.source_id = d.id
		WHERE COALESCE(e.total, 0) <> CASE WHEN d.status IN ('received', 'receipted', 'refunded') THEN d.amount_fen - d.refunded_fen ELSE 0 END`},
	{"grant.entered", "grant", "the grant and the book differ", `
		SELECT g.id AS object_id, g.status AS detail FROM fund_grant g
		LEFT JOIN (SELECT source_id, SUM(amount_fen) AS total FROM fund_entry WHERE source_kind = 'grant' GROUP BY source_id) e ON e.source_id = g.id
		WHERE COALESCE(e.total, 0) <> CASE g.status WHEN 'granted' THEN -g.amount_fen WHEN 'reported' THEN -g.amount_fen
			WHEN 'closed' THEN g.returned_fen - g.amount_fen ELSE 0 END`},
	{"fund.entry_resolves", "fund_entry", "the entry refers to nothing", `
		SELECT e.id AS object_id, e.source_id AS detail FROM fund_entry e
		WHERE NOT EXISTS (SELECT 1 FROM donation d WHERE d.id = e.source_id AND e.source_kind = 'donation')
		AND NOT EXISTS (SELECT 1 FROM fund_grant g WHERE g.id = e.source_id AND e.source_kind = 'grant')`},
	{"fund.two_persons", "donation", "one person registered and confirmed", `
		SELECT id AS object_id, confirmed_by AS detail FROM donation WHERE confirmed_by <> '' AND confirmed_by = registered_by`},
	{"card.effect_entered", "donation", "an effect that moves money is not in the book, or the other way round", `
		SELECT c.donation_id AS object_id, c.kind AS detail FROM card_effect c
		WHERE c.kind <> 'expired' AND NOT EXISTS (SELECT 1 FROM fund_entry e
			WHERE e.entry_key = 'card:' || c.provider || ':' || c.object_id || ':' || c.kind)`},
}

// Invariants runs every rule and reports the first row that breaks each.
func (a audits) Invariants(ctx context.Context) (int, []audit.Break, error) {
	var found []audit.Break
	for _, r := range rules {
		var rows []struct{ ObjectID, Detail string }
		if err := a.tx.NewRaw(r.query+" LIMIT 1").Scan(ctx, &rows); err != nil {
			return 0, nil, fail(err)
		}
		for _, row := range rows {
			found = append(found, audit.Break{Check: "invariant." + r.name, Kind: r.kind, ID: row.ObjectID, Detail: r.words + ": " + row.Detail})
		}
	}
	return len(rules), found, nil
}
