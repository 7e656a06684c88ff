package oversight

import (
	"context"
	"sort"

	"linli/backend/app"
	"linli/backend/app/settlement"
	"linli/backend/domain/audit"
	"linli/backend/domain/fault"
)

// maxBreaks bounds what a report lists: the first is what matters, the rest shows the extent.
const maxBreaks = 50

// Report is what verify found.
type Report struct {
	Whole      bool
	Records    int64
	Head       string // hash of the last record
	Root       string // Merkle root over all records (RFC 6962)
	Objects    map[string]int
	Invariants int // rules between tables that were checked
	Breaks     []audit.Break
}

// First is the first break, nil when everything is whole.
func (r Report) First() *audit.Break {
	if len(r.Breaks) == 0 {
		return nil
	}
	return &r.Breaks[0]
}

// Verify re-walks the audit chain, reloads every audited object and compares its state with
// the hash that was recorded, and checks the rules between tables, all in one snapshot. Only
// what keeps it from reading is an error; what it finds is in the report.
func Verify(ctx context.Context, store app.Store) (Report, error) {
	r := Report{Objects: map[string]int{}}
	err := store.View(ctx, func(ctx context.Context, u *app.Unit) error {
		if err := r.walkChain(ctx, u); err != nil {
			return err
		}
		if err := r.compareStates(ctx, u); err != nil {
			return err
		}
		n, found, err := u.Audits.Invariants(ctx)
		if err != nil {
			return err
		}
		r.Invariants = n
		r.add(found...)
		money, err := settlement.Verify(ctx, u)
		for _, b := range money {
			r.add(audit.Break{Check: "invariant." + b.Check, Kind: b.Kind, ID: b.ID, Detail: b.Detail})
		}
		return err
	})
	r.Whole = len(r.Breaks) == 0
	return r, err
}

func (r *Report) add(found ...audit.Break) {
	for _, b := range found {
		if len(r.Breaks) < maxBreaks {
			r.Breaks = append(r.Breaks, b)
		}
	}
}

// broken ends a walk at the first break.
var errBroken = fault.Conflict("audit.broken", "the chain is broken")

func (r *Report) walkChain(ctx context.Context, u *app.Unit) error {
	var chain audit.Verifier
	err := u.Audits.Walk(ctx, 1, func(rec audit.Record) error {
		if b := chain.Check(rec); b != nil {
			r.add(*b)
			return errBroken
		}
		return nil
	})
	if err != nil && !fault.Is(err, "audit.broken") {
		return err
	}
	seq, hash, headErr := u.Audits.Head(ctx)
	if headErr != nil {
		return headErr
	}
	r.Records, r.Head, r.Root = chain.Count(), hash, chain.Root()
	if err == nil {
		if b := chain.End(audit.Head{Seq: seq, Hash: hash}); b != nil {
			r.add(*b)
		}
	}
	return nil
}

func (r *Report) compareStates(ctx context.Context, u *app.Unit) error {
	unknown := map[string]bool{}
	err := u.Audits.Latest(ctx, func(rec audit.Record) error {
		if moments[rec.Kind] {
			return nil
		}
		load, ok := loaders[rec.Kind]
		if !ok {
			if !unknown[rec.Kind] {
				unknown[rec.Kind] = true
				r.add(audit.Break{Check: "state.kind_unknown", Seq: rec.Seq, Kind: rec.Kind, ID: rec.ID, Detail: "no loader for this kind"})
			}
			return nil
		}
		r.Objects[rec.Kind]++
		b, err := compareState(ctx, u, load, rec)
		if b != nil {
			r.add(*b)
		}
		return err
	})
	sort.SliceStable(r.Breaks, func(i, j int) bool { return r.Breaks[i].Seq < r.Breaks[j].Seq })
	return err
}

func compareState(ctx context.Context, u *app.Unit, load loader, rec audit.Record) (*audit.Break, error) {
	b := audit.Break{Seq: rec.Seq, Kind: rec.Kind, ID: rec.ID}
	state, err := load(ctx, u, rec.ID)
	switch {
	case fault.KindOf(err) == fault.KindNotFound && ends[rec.Kind]:
		return nil, nil
	case fault.KindOf(err) == fault.KindNotFound:
		b.Check, b.Detail = "state.missing", "the object is gone"
		return &b, nil
	case fault.KindOf(err) == fault.KindInternal:
		b.Check, b.Detail = "state.unreadable", err.Error()
		return &b, nil
	case err != nil:
		return nil, err
	}
	hash, err := audit.StateHash(state)
	if err != nil {
		return nil, err
	}
	if hash != rec.AfterHash {
		b.Check, b.Detail = "state.changed", "the object is not as this record left it"
		return &b, nil
	}
	return nil, nil
}
