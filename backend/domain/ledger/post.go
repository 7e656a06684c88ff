package ledger

import (
	"context"
	"time"

	"linli/backend/domain/calendar"
	"linli/backend/domain/fault"
	"linli/backend/domain/ident"
	"linli/backend/domain/money"
)

// Ref names an account by owner and kind; it is opened on first use.
type Ref struct {
	Kind      Kind
	OwnerID   string
	Name      string
	PartyID   ident.PartyID
	PlaceID   ident.PlaceID
	ProjectID ident.ProjectID
}

// Leg is a posting still without an account: a debit when positive, a credit when negative.
type Leg struct {
	Ref       Ref
	AmountFen money.Fen
	Memo      string
}

// Draft is a journal still without identity. Legs on one account are added up, legs that come
// to zero are left out. At and PersonID are the unit's; EffectiveOn is the day of At unless set.
type Draft struct {
	Key         string
	Kind        string
	Pending     bool
	At          time.Time
	PersonID    ident.PersonID
	EffectiveOn calendar.Date
	Memo        string
	ObjectKind  string
	ObjectID    string
	ProjectID   ident.ProjectID
	ContractID  ident.ContractID
	PlaceID     ident.PlaceID
	PartyID     ident.PartyID
	Reverses    ident.JournalID
	Releases    ident.JournalID
	Legs        []Leg
}

// Issuer hands out identities and codes inside a transaction; a unit of work is one.
type Issuer interface {
	NewID() string
	NextCode(ctx context.Context, prefix string) (string, error)
}

// The prefixes of human codes.
const (
	journalPrefix = "PZ"
	accountPrefix = "ZH"
)

// Post books a draft: the one posting path. It is idempotent by key: the same entry again gives
// the journal that exists. Faults: ledger.unbalanced, ledger.journal_invalid,
// ledger.key_reused when the key booked something else, ledger.insufficient when a guarded
// account would fall below zero, ledger.already_reversed, ledger.already_resolved.
func Post(ctx context.Context, by Issuer, repo Repository, d Draft) (Journal, error) {
	j, err := build(ctx, by, repo, d)
	if err != nil {
		return Journal{}, err
	}
	old, found, err := repo.JournalByKey(ctx, d.Key)
	if err != nil {
		return Journal{}, err
	}
	if found {
		if !old.Same(j) {
			return Journal{}, fault.Conflict("ledger.key_reused", "key "+d.Key+" booked something else")
		}
		return old, nil
	}
	if err := guard(ctx, repo, j); err != nil {
		return Journal{}, err
	}
	j.ID = ident.JournalID(by.NewID())
	if j.Code, err = by.NextCode(ctx, journalPrefix); err != nil {
		return Journal{}, err
	}
	return j, repo.Append(ctx, j)
}

func build(ctx context.Context, by Issuer, repo Repository, d Draft) (Journal, error) {
	j := Journal{
		Key: d.Key, Kind: d.Kind, State: Posted, EffectiveOn: calendar.DateOf(d.At), At: d.At, Memo: d.Memo,
		ObjectKind: d.ObjectKind, ObjectID: d.ObjectID, ProjectID: d.ProjectID, ContractID: d.ContractID,
		PlaceID: d.PlaceID, PartyID: d.PartyID, PersonID: d.PersonID, Reverses: d.Reverses, Releases: d.Releases,
	}
	if !d.EffectiveOn.IsZero() {
		j.EffectiveOn = d.EffectiveOn
	}
	if d.Pending {
		j.State = Pending
	}
	index := map[ident.AccountID]int{}
	var postings []Posting
	for _, leg := range d.Legs {
		account, err := open(ctx, by, repo, leg.Ref, d.At)
		if err != nil {
			return Journal{}, err
		}
		i, seen := index[account.ID]
		if !seen {
			index[account.ID] = len(postings)
			postings = append(postings, Posting{AccountID: account.ID, AmountFen: leg.AmountFen, Memo: leg.Memo})
			continue
		}
		if postings[i].AmountFen, err = money.Add(postings[i].AmountFen, leg.AmountFen); err != nil {
			return Journal{}, err
		}
	}
	for _, p := range postings {
		if p.AmountFen != 0 {
			p.Line = len(j.Postings) + 1
			j.Postings = append(j.Postings, p)
		}
	}
	return j, j.Check()
}

func open(ctx context.Context, by Issuer, repo Repository, ref Ref, at time.Time) (Account, error) {
	if !ref.Kind.Known() || ref.OwnerID == "" {
		return Account{}, fault.Internal("no account of kind "+string(ref.Kind)+" for "+ref.OwnerID, nil)
	}
	a, found, err := repo.AccountOf(ctx, ref.Kind, ref.OwnerID)
	if err != nil || found {
		return a, err
	}
	code, err := by.NextCode(ctx, accountPrefix)
	if err != nil {
		return Account{}, err
	}
	a = Account{
		ID: ident.AccountID(by.NewID()), Code: code, Kind: ref.Kind, OwnerID: ref.OwnerID, Name: ref.Name,
		PartyID: ref.PartyID, PlaceID: ref.PlaceID, ProjectID: ref.ProjectID, Currency: money.Currency, OpenedAt: at,
	}
	return a, repo.Open(ctx, a)
}

// guard locks the accounts and refuses what would take a guarded one below zero. The database
// refuses the same by itself; this gives the sentence.
func guard(ctx context.Context, repo Repository, j Journal) error {
	ids := make([]ident.AccountID, len(j.Postings))
	for i, p := range j.Postings {
		ids[i] = p.AccountID
	}
	balances, err := repo.LockBalances(ctx, ids)
	if err != nil {
		return err
	}
	held, err := heldBy(ctx, repo, j.Releases)
	if err != nil {
		return err
	}
	for _, p := range j.Postings {
		b := balances[p.AccountID]
		change := p.AmountFen
		if !b.Account.Kind.DebitNormal() {
			change = -change
		}
		available := b.AvailableFen() + held[p.AccountID]
		if b.Account.Kind.Guarded() && change < 0 && available+change < 0 {
			return fault.Conflict("ledger.insufficient", b.Account.Code+" has "+available.String()+", asked "+(-change).String()).
				With("account", b.Account.Name).With("available", available.String()).With("asked", (-change).String())
		}
	}
	return nil
}

// heldBy tells what the pending journal that is being released held on each account: releasing
// may use exactly that.
func heldBy(ctx context.Context, repo Repository, pending ident.JournalID) (map[ident.AccountID]money.Fen, error) {
	held := map[ident.AccountID]money.Fen{}
	if pending == "" {
		return held, nil
	}
	j, err := repo.Journal(ctx, pending)
	if err != nil {
		return nil, err
	}
	for _, p := range j.Postings {
		a, err := repo.Account(ctx, p.AccountID)
		if err != nil {
			return nil, err
		}
		if (p.AmountFen > 0) != a.Kind.DebitNormal() {
			held[p.AccountID] = max(p.AmountFen, -p.AmountFen)
		}
	}
	return held, nil
}

// Void gives up a pending journal. Faults: ledger.not_pending, ledger.already_resolved.
func Void(ctx context.Context, repo Repository, id ident.JournalID, at time.Time) error {
	j, err := repo.Journal(ctx, id)
	if err != nil {
		return err
	}
	if j.State != Pending {
		return fault.Conflict("ledger.not_pending", j.Code+" is booked already")
	}
	return repo.Void(ctx, id, at)
}

// Reversal says which journal is undone, by whom, when and why.
type Reversal struct {
	JournalID ident.JournalID
	PersonID  ident.PersonID
	At        time.Time
	Memo      string
}

// Reverse books the mirror of a posted journal. Faults: ledger.not_posted,
// ledger.already_reversed, and those of Post.
func Reverse(ctx context.Context, by Issuer, repo Repository, r Reversal) (Journal, error) {
	id := r.JournalID
	j, err := repo.Journal(ctx, id)
	if err != nil {
		return Journal{}, err
	}
	if j.State != Posted || j.Reverses != "" {
		return Journal{}, fault.Conflict("ledger.not_posted", j.Code+" cannot be reversed: it is pending or itself a reversal")
	}
	legs := make([]Leg, 0, len(j.Postings))
	for _, p := range j.Mirror() {
		a, err := repo.Account(ctx, p.AccountID)
		if err != nil {
			return Journal{}, err
		}
		legs = append(legs, Leg{Ref: Ref{Kind: a.Kind, OwnerID: a.OwnerID}, AmountFen: p.AmountFen, Memo: p.Memo})
	}
	return Post(ctx, by, repo, Draft{
		Key: "reversal:" + string(id), Kind: "reversal", At: r.At, PersonID: r.PersonID, Memo: r.Memo, ObjectKind: j.ObjectKind,
		ObjectID: j.ObjectID, ProjectID: j.ProjectID, ContractID: j.ContractID, PlaceID: j.PlaceID, PartyID: j.PartyID,
		Reverses: id, Legs: legs,
	})
}
