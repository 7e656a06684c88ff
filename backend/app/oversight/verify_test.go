package oversight_test

import (
	"context"
	"testing"

	"linli/backend/app/funds"
	"linli/backend/app/oversight"
	"linli/backend/domain/access"
	"linli/backend/domain/calendar"
	"linli/backend/domain/fund"
	"linli/backend/domain/party"
	"linli/backend/testkit"
)

var ctx = context.Background()

// busy makes a few audited objects of several kinds.
func busy(t *testing.T, k *testkit.Kit) {
	t.Helper()
	foundation := k.Party(party.KindFDN, "锦城社区基金会", k.World.City.ID)
	manager, approver := k.As(access.FundManager, foundation), k.As(access.FundApprover, foundation)
	donor := k.As(access.SupplierAdmin, k.Party(party.KindSE, "晨光邻里社会企业", k.World.City.ID))
	svc := k.Services.Funds
	by := func(a access.Actor, version int64) funds.Write {
		return funds.Write{Actor: a, Key: k.Key(), Version: version}
	}
	f, err := svc.Establish(ctx, by(manager, 0), fund.Draft{Name: "和美基金", NameEN: "Hemei Fund", Purpose: "儿童", PlaceID: k.World.Community.ID})
	check(t, err)
	_, err = svc.ChangeFund(ctx, by(approver, f.Version), funds.Change{ID: string(f.ID), Action: "activate"})
	check(t, err)
	today := calendar.DateOf(k.App.Clock.Now())
	d, err := svc.RegisterInflow(ctx, by(manager, 0), f.ID, fund.Inflow{Kind: fund.KindDonation, DonorName: "甲", AmountFen: 100, BankReference: "B1", ReceivedOn: today})
	check(t, err)
	_, err = svc.ConfirmInflow(ctx, by(approver, d.Version), d.ID)
	check(t, err)
	_, err = svc.Offer(ctx, by(donor, 0), fund.Offer{FundID: f.ID, Origin: fund.FromCharter, Basis: fund.ByAmount, AmountFen: 100, Dues: []fund.Due{{DueOn: today, AmountFen: 100}}})
	check(t, err)
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func verify(t *testing.T, k *testkit.Kit) oversight.Report {
	t.Helper()
	r, err := oversight.Verify(ctx, k.App.Store)
	check(t, err)
	return r
}

func TestVerify_WholeBeforeAnybodyTampers(t *testing.T) {
	testkit.Both(t, func(t *testing.T, k *testkit.Kit) {
		if r := verify(t, k); !r.Whole || r.Records != 0 {
			t.Fatalf("empty: %+v", r)
		}
		busy(t, k)
		r := verify(t, k)
		if !r.Whole || r.Records != 6 || r.Objects["fund"] != 1 || r.Objects["donation"] != 1 || r.Invariants == 0 || r.First() != nil {
			t.Fatalf("%+v", r)
		}
	})
}

// Each row changes one thing with plain SQL, as somebody with the database password would.
func TestVerify_FindsEveryChangeMadeWithSQL(t *testing.T) {
	cases := map[string]struct{ sql, want, kind string }{
		"fund renamed":          {"UPDATE fund SET name = '别的基金'", "state.changed", "fund"},
		"donation made smaller": {"UPDATE donation SET amount_fen = 99", "state.changed", "donation"},
		"donor hidden":          {"UPDATE donation SET donor_name = '乙'", "state.changed", "donation"},
		"pledge moved":          {"UPDATE pledge SET dues = REPLACE(dues, '2026', '2027')", "state.changed", "pledge"},
		"pledge unreadable":     {"UPDATE pledge SET dues = '?'", "state.unreadable", "pledge"},
		"pledge removed":        {"DELETE FROM pledge", "state.missing", "pledge"},
		"fund's version":        {"UPDATE fund SET version = version + 1", "state.changed", "fund"},
		"head moved":            {"UPDATE audit_head SET seq = 4", "chain.head", ""},
		"record's text":         {"UPDATE audit_record SET text = REPLACE(text, 'establish', 'abolish') WHERE seq = 1", "chain.hash", "fund"},
		"record's actor":        {"UPDATE audit_record SET actor_id = 'x' WHERE seq = 2", "chain.column", "fund"},
		"record's time":         {"UPDATE audit_record SET at = '2020-01-01T00:00:00Z' WHERE seq = 2", "chain.column", "fund"},
		"record removed":        {"DELETE FROM audit_record WHERE seq = 3", "chain.gap", "journal"},
		"last record removed":   {"DELETE FROM audit_record WHERE seq = 6", "chain.head", ""},
		"all records removed":   {"DELETE FROM audit_record", "chain.head", ""},
		"entry made larger":     {"UPDATE fund_entry SET amount_fen = 1000", "invariant.fund.book_equals_ledger", "fund"},
		"entry removed":         {"DELETE FROM fund_entry", "invariant.fund.book_equals_ledger", "fund"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			testkit.Both(t, func(t *testing.T, k *testkit.Kit) {
				busy(t, k)
				force(t, k, c.sql)
				r := verify(t, k)
				b := r.First()
				if r.Whole || b == nil || b.Check != c.want || b.Kind != c.kind {
					t.Fatalf("found %+v", r.Breaks)
				}
			})
		})
	}
}

// force takes the triggers away first: the owner of a database can do that too.
func force(t *testing.T, k *testkit.Kit, sql string) {
	t.Helper()
	_, db := k.DB.Handles()
	triggers := []string{"DROP TRIGGER IF EXISTS audit_record_no_update", "DROP TRIGGER IF EXISTS audit_record_no_delete",
		"DROP TRIGGER IF EXISTS fund_entry_no_update", "DROP TRIGGER IF EXISTS fund_entry_no_delete"}
	if k.DB.Postgres() {
		triggers = []string{"ALTER TABLE audit_record DISABLE TRIGGER ALL", "ALTER TABLE fund_entry DISABLE TRIGGER ALL"}
	}
	for _, q := range append(triggers, sql) {
		if _, err := db.Exec(q); err != nil {
			t.Fatal(q, err)
		}
	}
}

func TestVerify_TheDatabaseItselfRefusesToRewriteHistory(t *testing.T) {
	testkit.Both(t, func(t *testing.T, k *testkit.Kit) {
		busy(t, k)
		_, db := k.DB.Handles()
		for _, q := range []string{
			"UPDATE audit_record SET text = ''", "DELETE FROM audit_record", "UPDATE fund_entry SET amount_fen = 1", "DELETE FROM fund_entry",
			"UPDATE donation SET confirmed_by = registered_by", "UPDATE donation SET refunded_fen = amount_fen + 1",
			"INSERT INTO fund_entry SELECT id || 'x', fund_id, entry_key, kind, restricted, amount_fen, booked_on, source_kind, source_id, project_id, journal_id, at FROM fund_entry",
		} {
			if _, err := db.Exec(q); err == nil {
				t.Errorf("accepted: %s", q)
			}
		}
		if r := verify(t, k); !r.Whole {
			t.Fatalf("%+v", r.Breaks)
		}
	})
}
