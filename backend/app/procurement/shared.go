package procurement

import (
	"context"
	"strings"

	"linli/backend/app"
	"linli/backend/domain/access"
	"linli/backend/domain/audit"
	"linli/backend/domain/calendar"
	"linli/backend/domain/event"
	"linli/backend/domain/fault"
	"linli/backend/domain/ident"
	"linli/backend/domain/party"
	"linli/backend/domain/project"
	"linli/backend/domain/tender"
)

// today is the legal day of the unit.
func today(u *app.Unit) calendar.Date { return calendar.DateOf(u.Now) }

// objectOf is the tender as access conditions see it: it belongs to its buyer and, for the
// agency's people, to the agency.
func objectOf(ctx context.Context, u *app.Unit, t *tender.Tender) (access.Object, error) {
	place, err := u.Places.Place(ctx, t.PlaceID)
	if err != nil {
		return access.Object{}, err
	}
	o := access.Object{PartyID: t.BuyerID, PlacePath: place.Path}
	if t.AgencyID != "" && u.Actor.PartyID == t.AgencyID {
		o.PartyID = t.AgencyID
	}
	return o, nil
}

// allow asks the policy for one tender. A tender that is not issued does not exist for those
// who may not read it. Faults: record.not_found, access.forbidden.
func allow(ctx context.Context, u *app.Unit, t *tender.Tender, p access.Permission) error {
	o, err := objectOf(ctx, u, t)
	if err != nil {
		return err
	}
	if !t.Public() && access.Allow(u.Actor, access.TenderRead, o) != nil {
		return hidden()
	}
	return access.Allow(u.Actor, p, o)
}

func hidden() error { return fault.NotFound("record.not_found", "not visible to this actor") }

// Stamp is what every write to a tender carries: the caller's idempotency key and the version
// of the tender the decision is based on; 0 leaves the version unchecked.
type Stamp struct {
	Key  string
	Seen int64
}

// load reads a tender for a write, asks the policy and compares the version. Faults:
// record.not_found, access.forbidden, record.stale.
func load(ctx context.Context, u *app.Unit, id ident.TenderID, p access.Permission, seen int64) (*tender.Tender, error) {
	t, err := u.Tenders.Tender(ctx, id)
	if err != nil {
		return nil, err
	}
	if err := allow(ctx, u, t, p); err != nil {
		return nil, err
	}
	return t, asSeen(t.Version, seen)
}

// loadLot is load by one of the lots.
func loadLot(ctx context.Context, u *app.Unit, id ident.LotID, p access.Permission, seen int64) (*tender.Tender, *tender.Lot, error) {
	t, err := u.Tenders.TenderOfLot(ctx, id)
	if err != nil {
		return nil, nil, err
	}
	if err := allow(ctx, u, t, p); err != nil {
		return nil, nil, err
	}
	return t, t.Lot(id), asSeen(t.Version, seen)
}

// asSeen refuses a change that is based on an older version. Fault record.stale.
func asSeen(version, seen int64) error {
	if seen != 0 && version != seen {
		return fault.Stale("record.stale", "changed by someone else since it was read")
	}
	return nil
}

// copyOf keeps the state before a change for the audit leaf.
func copyOf(t *tender.Tender) *tender.Tender {
	c := *t
	c.Lots = append([]tender.Lot(nil), t.Lots...)
	c.History = append([]tender.Step(nil), t.History...)
	c.Clarified = append([]tender.Clarification(nil), t.Clarified...)
	return &c
}

// change is one write to a tender: what it was, what was done, and why.
type change struct {
	before *tender.Tender
	action string
	reason string
	data   map[string]string // of the event
}

// saveTender stores a tender with its audit leaf and its event.
func saveTender(ctx context.Context, u *app.Unit, t *tender.Tender, c change) error {
	if err := u.Tenders.SaveTender(ctx, t); err != nil {
		return err
	}
	return recordTender(ctx, u, t, c)
}

func recordTender(ctx context.Context, u *app.Unit, t *tender.Tender, c change) error {
	e := audit.Entry{
		Action: "tender." + c.action, Kind: "tender", ID: string(t.ID), PlaceID: t.PlaceID, ProjectID: t.ProjectID,
		After: t, Reason: c.reason, RuleVersion: t.Procedure.Terms.RuleVersion,
	}
	if c.before != nil {
		e.Before = c.before
	}
	if err := u.Record(ctx, e); err != nil {
		return err
	}
	data := map[string]string{"code": t.Code, "title": t.Title, "status": t.Status()}
	for k, v := range c.data {
		data[k] = v
	}
	return u.Emit(ctx, event.Event{
		Kind: "tender." + past(c.action), ObjectKind: "tender", ObjectID: string(t.ID), ProjectID: t.ProjectID, PlaceID: t.PlaceID, Data: data,
	})
}

// past turns a verb of the machine into the event's past form.
func past(verb string) string {
	switch verb {
	case tender.ActDraft:
		return "drafting_started"
	case tender.ActUnseal:
		return "opened"
	case "create":
		return "intended"
	case "submit":
		return "submitted"
	}
	head, tail, more := strings.Cut(verb, "_")
	if strings.HasSuffix(head, "e") {
		head += "d"
	} else if strings.HasSuffix(head, "y") {
		head = strings.TrimSuffix(head, "y") + "ied"
	} else {
		head += "ed"
	}
	if more {
		return head + "_" + tail
	}
	return head
}

// record writes the leaf of an object that belongs to a tender.
func record(ctx context.Context, u *app.Unit, t *tender.Tender, e audit.Entry) error {
	e.PlaceID, e.ProjectID, e.RuleVersion = t.PlaceID, t.ProjectID, t.Procedure.Terms.RuleVersion
	return u.Record(ctx, e)
}

// announce publishes a notice with the facts as they are now.
func announce(ctx context.Context, u *app.Unit, t *tender.Tender, kind string, facts []tender.Fact) error {
	a := &tender.Announcement{
		ID: ident.NoticeID(u.NewID()), Kind: kind, TenderID: t.ID, ProjectID: t.ProjectID, PlaceID: t.PlaceID, BuyerID: t.BuyerID,
		Code: t.Code, Title: t.Title, Facts: facts, PublishedAt: u.Now,
	}
	if err := u.Tenders.InsertAnnouncement(ctx, a); err != nil {
		return err
	}
	return record(ctx, u, t, audit.Entry{Action: "announcement.publish", Kind: "announcement", ID: string(a.ID), After: a})
}

// sourced tells whether the project may be bought for now. Faults: record.not_found,
// project.transition_refused, tender.track.
func sourced(p *project.Project) error {
	if p.Track != project.TrackGovernment {
		return fault.Conflict("tender.track", "only track G buys by tender").With("track", string(p.Track))
	}
	_, err := project.Machine.Fire(p.Status, project.ActSource, "")
	return err
}

// nameOf reads the name of a party.
func nameOf(ctx context.Context, u *app.Unit, id ident.PartyID) (string, error) {
	p, err := u.People.Party(ctx, id)
	if err != nil {
		return "", err
	}
	return p.Name, nil
}

// mayBid tells whether a kind of party may bid in track G (domain handbook §2).
func mayBid(k party.Kind) bool {
	switch k {
	case party.KindPSI2, party.KindSA, party.KindSSO, party.KindFDN, party.KindRC, party.KindVC, party.KindENT, party.KindSE, party.KindIND:
		return true
	default:
		return false
	}
}

// enterprise tells whether a kind of party may take part in a tender reserved for small ones.
func enterprise(k party.Kind) bool {
	return k == party.KindENT || k == party.KindSE || k == party.KindIND
}
