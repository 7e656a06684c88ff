package funds

import (
	"context"

	"linli/backend/app"
	"linli/backend/domain/audit"
	"linli/backend/domain/calendar"
	"linli/backend/domain/fund"
	"linli/backend/domain/ident"
	"linli/backend/domain/ledger"
	"linli/backend/domain/money"
)

// line is one fact for the book of a fund: the journal and the public entry are made from it
// together, so that statement and ledger cannot part.
type line struct {
	key        string // unique in the whole system
	kind       string
	restricted bool
	amount     money.Fen // positive in, negative out
	on         calendar.Date
	source     string // "donation" or "grant"
	sourceID   string
	project    ident.ProjectID
	memo       string
	through    ledger.Ref // bank or clearing: where the money came from or went
}

// enter posts the journal and writes the entry. Faults: ledger.insufficient when a fund would
// pay what it does not have; record.duplicate when the fact was entered before.
func enter(ctx context.Context, u *app.Unit, f *fund.Fund, l line) error {
	pot := ledger.Ref{Kind: ledger.Fund, OwnerID: string(f.ID), Name: f.Name, PartyID: f.PartyID, PlaceID: f.PlaceID}
	if l.restricted {
		pot.Kind, pot.Name = ledger.Subfund, f.Name+"（限定性）"
	}
	j, err := ledger.Post(ctx, u, u.Ledger, ledger.Draft{
		Key: "fund:" + l.key, Kind: "fund_" + l.kind, At: u.Now, PersonID: u.Actor.PersonID, EffectiveOn: l.on, Memo: l.memo,
		ObjectKind: l.source, ObjectID: l.sourceID, ProjectID: l.project, PlaceID: f.PlaceID, PartyID: f.PartyID,
		Legs: []ledger.Leg{{Ref: l.through, AmountFen: l.amount, Memo: l.memo}, {Ref: pot, AmountFen: -l.amount, Memo: l.memo}},
	})
	if err != nil {
		return err
	}
	if err := u.Record(ctx, audit.Entry{
		Action: "journal.post", Kind: "journal", ID: string(j.ID), PlaceID: j.PlaceID, ProjectID: j.ProjectID, After: j,
	}); err != nil {
		return err
	}
	return u.Funds.InsertEntry(ctx, &fund.Entry{
		ID: ident.FundEntryID(u.NewID()), FundID: f.ID, Key: l.key, Kind: l.kind, Restricted: l.restricted, AmountFen: l.amount,
		On: l.on, SourceKind: l.source, SourceID: l.sourceID, ProjectID: l.project, JournalID: j.ID, At: u.Now,
	})
}

// bank is the account of the foundation that keeps the fund.
func bank(ctx context.Context, u *app.Unit, f *fund.Fund) (ledger.Ref, error) {
	keeper, err := u.People.Party(ctx, f.PartyID)
	if err != nil {
		return ledger.Ref{}, err
	}
	return ledger.Ref{Kind: ledger.Bank, OwnerID: string(f.PartyID), Name: keeper.Name, PartyID: f.PartyID, PlaceID: keeper.PlaceID}, nil
}

// clearing is what the card provider owes the foundation until it pays out.
func clearing(provider string, f *fund.Fund) ledger.Ref {
	return ledger.Ref{Kind: ledger.Clearing, OwnerID: provider + ":" + string(f.PartyID), Name: provider, PartyID: f.PartyID}
}
