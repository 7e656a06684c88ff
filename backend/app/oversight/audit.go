package oversight

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"linli/backend/app"
	"linli/backend/domain/access"
	"linli/backend/domain/audit"
	"linli/backend/domain/fault"
	"linli/backend/domain/ident"
)

// Limits of the auditor's page.
const (
	MaxAuditPage = 100
	maxExport    = 20_000 // rows of one file: what a spreadsheet program still opens with ease
)

// RecordView is one record as an auditor reads it.
type RecordView struct {
	Record     audit.Record
	ActorName  string
	PartyName  string
	PlaceName  string
	Code       string // human code of the object, when it has one
	Title      string
	Reason     string
	OnBehalfOf string
	Rules      string
}

// Search lists records for the auditor, newest first; others see what their own party or they
// themselves did. Faults: access.forbidden.
func (s *Service) Search(ctx context.Context, a access.Actor, q audit.Query) ([]RecordView, error) {
	return app.Look(ctx, s.app, a, access.SignedIn, func(ctx context.Context, u *app.Unit) ([]RecordView, error) {
		if err := narrowTo(a, &q); err != nil {
			return nil, err
		}
		if q.Limit < 1 || q.Limit > MaxAuditPage {
			q.Limit = MaxAuditPage
		}
		all, err := u.Audits.Search(ctx, q)
		if err != nil {
			return nil, err
		}
		return viewRecords(ctx, u, all)
	})
}

// narrowTo limits a query to what the actor may read: everything, his party's or his own.
func narrowTo(a access.Actor, q *audit.Query) error {
	if access.Allow(a, access.AuditRead, access.Object{}) == nil {
		return nil
	}
	switch {
	case access.Allow(a, access.AuditOwn, access.Object{PartyID: a.PartyID}) == nil:
		q.PartyID = a.PartyID
	case access.Allow(a, access.AuditOwn, access.Object{PersonID: a.PersonID}) == nil:
		q.ActorID = a.PersonID
	default:
		return access.Allow(a, access.AuditRead, access.Object{})
	}
	return nil
}

// names looks identities up once for a page.
type names struct {
	people  map[ident.PersonID]string
	parties map[ident.PartyID]string
	places  map[ident.PlaceID]string
	objects map[string][2]string
}

func viewRecords(ctx context.Context, u *app.Unit, all []audit.Record) ([]RecordView, error) {
	n := names{map[ident.PersonID]string{}, map[ident.PartyID]string{}, map[ident.PlaceID]string{}, map[string][2]string{}}
	out := make([]RecordView, 0, len(all))
	for _, r := range all {
		leaf, err := r.Read()
		if err != nil {
			return nil, err
		}
		v := RecordView{Record: r, Reason: leaf.Reason, OnBehalfOf: leaf.OnBehalfOf, Rules: leaf.RuleVersion}
		if v.ActorName, err = lookUp(n.people, r.ActorID, func() (string, error) {
			p, err := u.People.Person(ctx, r.ActorID)
			if err != nil {
				return "", err
			}
			return p.Name, nil
		}); err != nil {
			return nil, err
		}
		if v.PartyName, err = lookUp(n.parties, r.PartyID, func() (string, error) {
			p, err := u.People.Party(ctx, r.PartyID)
			if err != nil {
				return "", err
			}
			return p.Name, nil
		}); err != nil {
			return nil, err
		}
		if v.PlaceName, err = lookUp(n.places, r.PlaceID, func() (string, error) {
			p, err := u.Places.Place(ctx, r.PlaceID)
			if err != nil {
				return "", err
			}
			return p.Name, nil
		}); err != nil {
			return nil, err
		}
		if v.Code, v.Title, err = n.object(ctx, u, r); err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	return out, nil
}

// lookUp asks once for each identity; what is gone has no name.
func lookUp[ID ~string](known map[ID]string, id ID, load func() (string, error)) (string, error) {
	if name, ok := known[id]; ok || id == "" {
		return name, nil
	}
	name, err := load()
	if err != nil && fault.KindOf(err) != fault.KindNotFound {
		return "", err
	}
	known[id] = name
	return name, nil
}

// object tells code and title of whatever the record is about, from the state it reloads to.
func (n names) object(ctx context.Context, u *app.Unit, r audit.Record) (code, title string, err error) {
	key := r.Kind + "/" + r.ID
	if known, ok := n.objects[key]; ok {
		return known[0], known[1], nil
	}
	load, ok := loaders[r.Kind]
	if !ok {
		return "", "", nil
	}
	state, err := load(ctx, u, r.ID)
	if fault.KindOf(err) == fault.KindNotFound {
		return "", "", nil
	}
	if err != nil {
		return "", "", err
	}
	text, err := json.Marshal(state)
	if err != nil {
		return "", "", fault.Internal("state of "+key, err)
	}
	var fields struct{ Code, Title, Name string }
	var shape *json.UnmarshalTypeError // a state that is a list has neither code nor title
	if err := json.Unmarshal(text, &fields); err != nil && !errors.As(err, &shape) {
		return "", "", fault.Internal("state of "+key, err)
	}
	if fields.Title == "" && r.Kind != "person" {
		fields.Title = fields.Name
	}
	n.objects[key] = [2]string{fields.Code, fields.Title}
	return fields.Code, fields.Title, nil
}

// Inspection is one record opened: the leaf as hashed, what it says of the object's state, and
// whether the object still is as its last record left it.
type Inspection struct {
	RecordView
	Leaf      audit.Leaf
	HashOK    bool // the text gives the stored hash
	LinkOK    bool // it follows the record before
	Latest    int64
	StateOK   bool // the object is as its latest record left it
	StateGone bool
}

// Inspect opens one record. Faults: record.not_found, access.forbidden.
func (s *Service) Inspect(ctx context.Context, a access.Actor, seq int64) (Inspection, error) {
	return app.Look(ctx, s.app, a, access.SignedIn, func(ctx context.Context, u *app.Unit) (Inspection, error) {
		r, err := u.Audits.Record(ctx, seq)
		if err != nil {
			return Inspection{}, err
		}
		mine := audit.Query{}
		if err := narrowTo(a, &mine); err != nil {
			return Inspection{}, err
		}
		if (mine.PartyID != "" && mine.PartyID != r.PartyID) || (mine.ActorID != "" && mine.ActorID != r.ActorID) {
			return Inspection{}, fault.NotFound("record.not_found", "a record of someone else")
		}
		return inspect(ctx, u, r)
	})
}

func inspect(ctx context.Context, u *app.Unit, r audit.Record) (Inspection, error) {
	views, err := viewRecords(ctx, u, []audit.Record{r})
	if err != nil {
		return Inspection{}, err
	}
	leaf, err := r.Read()
	if err != nil {
		return Inspection{}, err
	}
	out := Inspection{RecordView: views[0], Leaf: leaf, HashOK: audit.HashLeaf(r.Text) == r.Hash, LinkOK: leaf.Prev == "" && r.Seq == 1}
	if r.Seq > 1 {
		before, err := u.Audits.Record(ctx, r.Seq-1)
		if err != nil && fault.KindOf(err) != fault.KindNotFound {
			return Inspection{}, err
		}
		out.LinkOK = err == nil && before.Hash == leaf.Prev
	}
	latest, err := u.Audits.Search(ctx, audit.Query{Kind: r.Kind, ID: r.ID, Limit: 1})
	if err != nil || len(latest) == 0 {
		return out, err
	}
	out.Latest = latest[0].Seq
	if load, ok := loaders[r.Kind]; ok {
		b, err := compareState(ctx, u, load, latest[0])
		if err != nil {
			return Inspection{}, err
		}
		out.StateOK, out.StateGone = b == nil, b != nil && b.Check == "state.missing"
	}
	return out, nil
}

// Export hands every record a query selects to the visitor, newest first, at most maxExport.
// Fault audit.export_too_large when there would be more.
func (s *Service) Export(ctx context.Context, a access.Actor, q audit.Query) ([]RecordView, error) {
	return app.Look(ctx, s.app, a, access.AuditExport, func(ctx context.Context, u *app.Unit) ([]RecordView, error) {
		var out []RecordView
		q.Limit = 0
		for {
			page, err := u.Audits.Search(ctx, q)
			if err != nil {
				return nil, err
			}
			if len(page) == 0 {
				return out, nil
			}
			if len(out)+len(page) > maxExport {
				return nil, fault.Invalid("audit.export_too_large", "more than 20,000 records").At("from", "narrow", "choose a shorter period")
			}
			views, err := viewRecords(ctx, u, page)
			if err != nil {
				return nil, err
			}
			out = append(out, views...)
			q.Before = page[len(page)-1].Seq
		}
	})
}

// Check runs verify from the auditor's page and tells when. Fault access.forbidden.
func (s *Service) Check(ctx context.Context, a access.Actor) (Report, time.Time, error) {
	if err := access.Allow(a, access.AuditRead, access.Object{}); err != nil {
		return Report{}, time.Time{}, err
	}
	r, err := Verify(ctx, s.app.Store)
	return r, s.app.Clock.Now(), err
}
