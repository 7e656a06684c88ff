package resources

import (
	"context"

	"linli/backend/app"
	"linli/backend/domain/access"
	"linli/backend/domain/audit"
	"linli/backend/domain/event"
	"linli/backend/domain/fault"
	"linli/backend/domain/ident"
	"linli/backend/domain/resource"
)

// Subject names a record of the list.
type Subject struct {
	Kind string `json:"kind"` // "organization", "service", "resource"
	ID   string `json:"id"`
}

// Check notes that the actor's body found a record true today: the freshness every record
// shows. Nobody checks himself. Faults: record.not_found, record.stale, resource.own_check,
// resource.withdrawn, resource.kind_unknown.
func (s *Service) Check(ctx context.Context, actor access.Actor, key string, what Subject, version int64) (resource.Check, error) {
	w := app.Write{Permission: access.ResourceCheck, Name: "checkResource", Key: key, Input: []any{what, version}}
	return app.Do(ctx, s.app, actor, w, func(ctx context.Context, u *app.Unit) (resource.Check, error) {
		owner, err := ownerOf(ctx, u, what)
		if err != nil {
			return resource.Check{}, err
		}
		if owner == u.Actor.PartyID {
			return resource.Check{}, fault.Conflict("resource.own_check", "an owner does not check himself")
		}
		c := checkNow(u)
		return c, confirm(ctx, u, what, version, c)
	})
}

func confirm(ctx context.Context, u *app.Unit, what Subject, version int64, c resource.Check) error {
	switch what.Kind {
	case "organization":
		o, err := u.Resources.Organization(ctx, ident.OrganizationID(what.ID))
		if err != nil {
			return err
		}
		if err := same(o.Version, version); err != nil {
			return err
		}
		before := *o
		o.Checked = &c
		return saveOrganization(ctx, u, "organization.check", before, o, "")
	case "service":
		v, err := u.Resources.Service(ctx, ident.ServiceID(what.ID))
		if err != nil {
			return err
		}
		if err := same(v.Version, version); err != nil {
			return err
		}
		before := *v
		if err := v.Confirm(c); err != nil {
			return err
		}
		return storeService(ctx, u, before, v, change{action: "service.check"})
	default:
		i, err := u.Resources.Item(ctx, ident.ResourceID(what.ID))
		if err != nil {
			return err
		}
		if err := same(i.Version, version); err != nil {
			return err
		}
		before := *i
		if err := i.Confirm(c); err != nil {
			return err
		}
		return storeItem(ctx, u, before, i, change{action: "resource.check"})
	}
}

// ownerOf tells whose record it is; drafts are not there for others. Faults
// record.not_found, resource.kind_unknown.
func ownerOf(ctx context.Context, u *app.Unit, what Subject) (ident.PartyID, error) {
	draft := func(state string, owner ident.PartyID) (ident.PartyID, error) {
		if state == resource.StateDraft && owner != u.Actor.PartyID {
			return "", fault.NotFound("record.not_found", "a draft of somebody else")
		}
		return owner, nil
	}
	switch what.Kind {
	case "organization":
		o, err := u.Resources.Organization(ctx, ident.OrganizationID(what.ID))
		if err != nil {
			return "", err
		}
		return o.ID, nil
	case "service":
		v, err := u.Resources.Service(ctx, ident.ServiceID(what.ID))
		if err != nil {
			return "", err
		}
		return draft(v.State, v.OrganizationID)
	case "resource":
		i, err := u.Resources.Item(ctx, ident.ResourceID(what.ID))
		if err != nil {
			return "", err
		}
		return draft(i.State, i.PartyID)
	}
	return "", fault.Invalid("resource.kind_unknown", "no such kind of record: "+what.Kind).At("kind", "unknown", "organization, service or resource")
}

// ReportMistake takes a reader's word that a record is wrong; no account is needed. Faults:
// record.not_found, resource.kind_unknown, resource.invalid.
func (s *Service) ReportMistake(ctx context.Context, actor access.Actor, key string, what Subject, text string) (resource.Mistake, error) {
	w := app.Write{Permission: access.Public, Name: "reportMistake", Key: key, Input: []any{what, text}}
	return app.Do(ctx, s.app, actor, w, func(ctx context.Context, u *app.Unit) (resource.Mistake, error) {
		owner, err := ownerOf(ctx, u, what)
		if err != nil {
			return resource.Mistake{}, err
		}
		m, err := resource.NewMistake(resource.Mistake{ID: u.NewID(), Kind: what.Kind, SubjectID: what.ID, PartyID: owner, Text: text, By: u.Actor.PersonID, At: u.Now})
		if err != nil {
			return resource.Mistake{}, err
		}
		if err := u.Resources.InsertMistake(ctx, m); err != nil {
			return *m, err
		}
		if err := u.Record(ctx, audit.Entry{Action: "mistake.report", Kind: "mistake", ID: m.ID, After: *m}); err != nil {
			return *m, err
		}
		return *m, u.Emit(ctx, event.Event{Kind: "mistake.reported", ObjectKind: "mistake", ObjectID: m.ID, Data: map[string]string{"party": string(owner)}})
	})
}

// AnswerMistake mends or dismisses a report about one's own record. Faults:
// record.not_found, record.stale, mistake.transition_refused, mistake.reason_required.
func (s *Service) AnswerMistake(ctx context.Context, actor access.Actor, key, id string, version int64, action, answer string) (resource.Mistake, error) {
	w := app.Write{Permission: access.MistakeAnswer, Name: "answerMistake", Key: key, Input: []any{id, version, action, answer}}
	return app.Do(ctx, s.app, actor, w, func(ctx context.Context, u *app.Unit) (resource.Mistake, error) {
		m, err := u.Resources.Mistake(ctx, id)
		if err != nil {
			return resource.Mistake{}, err
		}
		if access.Allow(u.Actor, access.MistakeAnswer, access.Object{PartyID: m.PartyID}) != nil {
			return resource.Mistake{}, fault.NotFound("record.not_found", "a report about somebody else")
		}
		if err := same(m.Version, version); err != nil {
			return *m, err
		}
		before := *m
		if _, err := m.Reply(action, answer, u.Actor.PersonID, u.Now); err != nil {
			return *m, err
		}
		if err := u.Resources.SaveMistake(ctx, m); err != nil {
			return *m, err
		}
		if err := u.Record(ctx, audit.Entry{Action: "mistake." + action, Kind: "mistake", ID: m.ID, Before: before, After: *m, Reason: answer}); err != nil {
			return *m, err
		}
		return *m, u.Emit(ctx, event.Event{Kind: "mistake.answered", ObjectKind: "mistake", ObjectID: m.ID, Data: map[string]string{"reporter": string(m.By), "state": m.State}})
	})
}

// Mistakes lists the reports about the actor's own records, oldest first.
func (s *Service) Mistakes(ctx context.Context, actor access.Actor, state string) ([]resource.Mistake, error) {
	const most = 100
	return app.Look(ctx, s.app, actor, access.MistakeAnswer, func(ctx context.Context, u *app.Unit) ([]resource.Mistake, error) {
		return u.Resources.Mistakes(ctx, actor.PartyID, state, most)
	})
}

// Todos lists the reports that wait for the actor's answer.
func (s *Service) Todos(ctx context.Context, u *app.Unit, actor access.Actor) ([]app.Todo, error) {
	if !access.Holds(actor.Role, access.MistakeAnswer) || actor.PartyID == "" {
		return nil, nil
	}
	const most = 20
	all, err := u.Resources.Mistakes(ctx, actor.PartyID, "open", most)
	if err != nil {
		return nil, err
	}
	out := make([]app.Todo, len(all))
	for i, m := range all {
		out[i] = app.Todo{Kind: "mistake", ID: m.ID, Title: m.Text, Action: "mend", Link: "/work/resources"}
	}
	return out, nil
}
