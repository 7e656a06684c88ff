package resources

import (
	"context"
	"encoding/json"
	"slices"

	"linli/backend/app"
	"linli/backend/app/exchange"
	"linli/backend/domain/access"
	"linli/backend/domain/audit"
	"linli/backend/domain/calendar"
	"linli/backend/domain/event"
	"linli/backend/domain/fault"
	"linli/backend/domain/ident"
	"linli/backend/domain/party"
	"linli/backend/domain/resource"
	"linli/backend/domain/table"
)

// ImportOrganizations takes in organisations and services from a file. Rows with one credit
// code are one organisation; a service is recognised by its title. What a file does not
// name stays; importing a file twice changes nothing the second time.
func (s *Service) ImportOrganizations(ctx context.Context, actor access.Actor, key string, in exchange.Importing) (exchange.Outcome, error) {
	jobs, issues := organizationJobs(in.Table)
	return s.organizationRunner(in).AsActor(ctx, actor, key, jobs, issues)
}

// ImportOrganizationsHere is ImportOrganizations for the command line.
func (s *Service) ImportOrganizationsHere(ctx context.Context, in exchange.Importing) (exchange.Outcome, error) {
	jobs, issues := organizationJobs(in.Table)
	return s.organizationRunner(in).AsOperator(ctx, jobs, issues)
}

func (s *Service) organizationRunner(in exchange.Importing) exchange.Runner {
	return exchange.Runner{App: s.app, Name: "importOrganizations", Permission: access.ResourceRegister, In: in}
}

// organizationJobs groups the rows of a file by organisation.
func organizationJobs(t table.Table) ([]exchange.Job, []table.Issue) {
	lines, issues := organizationColumns.Decode(t)
	var jobs []exchange.Job
	byKey := map[string]*organizationJob{}
	for _, l := range lines {
		code, warnings, err := resource.CheckCode(l.Value.draft.named.Kind, l.Value.draft.named.USCC)
		if err != nil {
			issues = append(issues, table.Of(l.Number, "uscc", l.Value.draft.named.USCC, err))
			continue
		}
		for _, w := range warnings {
			issues = append(issues, table.Issue{Line: l.Number, Column: "uscc", Code: string(w), Value: code, Message: "the organisation code does not check", Warning: true})
		}
		key := code
		if key == "" {
			key = l.Value.draft.named.Kind + "\n" + l.Value.draft.named.Name
		}
		j := byKey[key]
		if j == nil {
			j = &organizationJob{uscc: code, line: l.Number}
			byKey[key] = j
			jobs = append(jobs, j)
		}
		j.rows = append(j.rows, l)
	}
	return jobs, issues
}

// organizationJob is one organisation of a file with all its rows. The last five fields are
// what prepare found out, for write in the same transaction.
type organizationJob struct {
	uscc string
	line int
	rows []table.Line[organizationRow]

	stored   *party.Party // nil: new
	named    party.Party
	before   *resource.Organization // nil: new
	after    resource.Organization
	services []serviceJob
}

type serviceJob struct {
	before *resource.Service // nil: new
	offer  resource.Offer
}

func (j *organizationJob) Issue(err error) table.Issue {
	column := ""
	if f, ok := fault.As(err); ok && len(f.Fields) > 0 {
		column = f.Fields[0].Path
	}
	first := &j.rows[0].Value
	return table.Of(j.line, column, organizationColumns.Cell(first, column, first.draft.named.Name), err)
}

func (j *organizationJob) Prepare(ctx context.Context, u *app.Unit) (exchange.Verdict, error) {
	if err := j.load(ctx, u); err != nil {
		return exchange.Unchanged, err
	}
	draft := j.draft()
	for _, r := range j.rows {
		for _, edit := range r.Value.edits {
			edit(&draft)
		}
	}
	if err := j.decide(ctx, u, draft); err != nil {
		return exchange.Unchanged, err
	}
	if err := j.decideServices(ctx, u); err != nil {
		return exchange.Unchanged, err
	}
	switch {
	case j.before == nil:
		return exchange.Created, nil
	case j.named == *j.stored && equal(*j.before, j.after) && len(j.services) == 0:
		return exchange.Unchanged, nil
	}
	return exchange.Updated, nil
}

// load finds what is stored under the code, or under kind and name where there is none.
func (j *organizationJob) load(ctx context.Context, u *app.Unit) error {
	j.stored, j.before, j.services = nil, nil, nil
	first := j.rows[0].Value.draft.named
	id, err := u.Resources.PartyBy(ctx, j.uscc, first.Kind, first.Name)
	if fault.KindOf(err) == fault.KindNotFound {
		return nil
	}
	if err != nil {
		return err
	}
	if j.stored, err = u.People.Party(ctx, id); err != nil {
		return err
	}
	j.before, err = u.Resources.Organization(ctx, id)
	if fault.KindOf(err) == fault.KindNotFound {
		j.before, err = nil, nil
	}
	return err
}

// draft is what is stored, as a row would say it.
func (j *organizationJob) draft() sheetDraft {
	var d sheetDraft
	if j.before != nil {
		d.register, d.profile = j.before.Register, j.before.Profile
	}
	if j.stored != nil {
		d.named = resource.Named{Kind: string(j.stored.Kind), Name: j.stored.Name, NameEN: j.stored.NameEN}
	}
	return d
}

func (j *organizationJob) decide(ctx context.Context, u *app.Unit, d sheetDraft) error {
	j.named = party.Party{Active: true, CreatedAt: u.Now}
	if j.stored != nil {
		j.named = *j.stored
	}
	j.named.Kind, j.named.Name, j.named.NameEN, j.named.USCC = party.Kind(d.named.Kind), d.named.Name, d.named.NameEN, j.uscc
	if d.placeCode != "" {
		p, err := u.Places.ByCode(ctx, d.placeCode)
		if err != nil {
			return unknownPlace("place_code", d.placeCode)
		}
		j.named.PlaceID = p.ID
	}
	if j.before == nil {
		o, err := resource.NewOrganization(j.named.ID, d.register, d.profile, u.Now)
		if err != nil {
			return err
		}
		j.after = *o
		return nil
	}
	j.after = *j.before
	if err := j.after.Certify(d.register); err != nil {
		return err
	}
	if equal(j.before.Profile, d.profile) {
		return nil
	}
	return j.after.Describe(d.profile)
}

func unknownPlace(column, code string) error {
	return fault.Invalid("exchange.place_unknown", "no place in force has the code "+code).With("code", code).At(column, "unknown", code)
}

// decideServices compares each row that names a service with the one of the same title.
func (j *organizationJob) decideServices(ctx context.Context, u *app.Unit) error {
	var stored []resource.Service
	if j.before != nil {
		var err error
		if stored, err = u.Resources.ServicesOf(ctx, []ident.OrganizationID{j.before.ID}); err != nil {
			return err
		}
	}
	for _, r := range j.rows {
		title := r.Value.draft.offer.Title
		if title == "" {
			continue
		}
		x := serviceJob{}
		var d sheetDraft
		for i := range stored {
			if stored[i].Offer.Title == title && stored[i].State != resource.StateWithdrawn {
				x.before = &stored[i]
				d.offer = stored[i].Offer
			}
		}
		for _, edit := range r.Value.edits {
			edit(&d)
		}
		var err error
		if x.offer, err = offerFrom(ctx, u, d, x.before, r.Value.draft.areas != nil); err != nil {
			return err
		}
		if _, err := resource.NewService("check", "check", x.offer, u.Now); err != nil {
			return err
		}
		if x.before == nil || !equal(x.before.Offer, x.offer) {
			j.services = append(j.services, x)
		}
	}
	return nil
}

// offerFrom fills in what a file cannot say: identities of places and the day of capacities.
func offerFrom(ctx context.Context, u *app.Unit, d sheetDraft, before *resource.Service, areas bool) (resource.Offer, error) {
	o := d.offer
	if areas {
		o.Areas = nil
		for _, a := range d.areas {
			if a.area.Kind == resource.AreaPlace {
				p, err := u.Places.ByCode(ctx, a.code)
				if err != nil {
					return o, unknownPlace("areas", a.code)
				}
				a.area.PlaceID = p.ID
			}
			o.Areas = append(o.Areas, a.area)
		}
	}
	o.Capacities = slices.Clone(o.Capacities) // what is stored shares them
	for i := range o.Capacities {
		o.Capacities[i].UpdatedOn = calendar.DateOf(u.Now)
		if before == nil {
			continue
		}
		for _, old := range before.Offer.Capacities {
			now := o.Capacities[i]
			now.UpdatedOn = old.UpdatedOn
			if now == old {
				o.Capacities[i] = old // unchanged figures keep their day
			}
		}
	}
	return o, nil
}

// equal compares two states as the record does: by their JSON.
func equal(a, b any) bool {
	x, err1 := json.Marshal(a)
	y, err2 := json.Marshal(b)
	return err1 == nil && err2 == nil && string(x) == string(y)
}

func (j *organizationJob) Write(ctx context.Context, u *app.Unit) error {
	if err := j.writeParty(ctx, u); err != nil {
		return err
	}
	if err := j.writeRecord(ctx, u); err != nil {
		return err
	}
	for _, x := range j.services {
		if err := x.write(ctx, u, j.named.ID); err != nil {
			return err
		}
	}
	return u.Resources.IndexOrganization(ctx, j.named.ID)
}

func (j *organizationJob) writeParty(ctx context.Context, u *app.Unit) error {
	e := audit.Entry{Action: "party.import", Kind: "party", PlaceID: j.named.PlaceID}
	if j.stored == nil {
		j.named.ID = ident.PartyID(u.NewID())
		if err := u.People.InsertParty(ctx, &j.named); err != nil {
			return err
		}
	} else {
		if j.named == *j.stored {
			return nil
		}
		e.Before = *j.stored
		if err := u.People.SaveParty(ctx, &j.named); err != nil {
			return err
		}
	}
	e.ID, e.After = string(j.named.ID), j.named
	return u.Record(ctx, e)
}

func (j *organizationJob) writeRecord(ctx context.Context, u *app.Unit) error {
	e := audit.Entry{Action: "organization.import", Kind: "organization", ID: string(j.named.ID)}
	if j.before == nil {
		j.after.ID = j.named.ID
		if err := u.Resources.InsertOrganization(ctx, &j.after); err != nil {
			return err
		}
	} else {
		if equal(*j.before, j.after) {
			return nil
		}
		e.Before = *j.before
		if err := u.Resources.SaveOrganization(ctx, &j.after); err != nil {
			return err
		}
	}
	e.After = j.after
	if err := u.Record(ctx, e); err != nil {
		return err
	}
	return u.Emit(ctx, event.Event{Kind: "organization.changed", ObjectKind: "organization", ObjectID: string(j.named.ID)})
}

// write stores a service; a new one from a file is offered at once.
func (x serviceJob) write(ctx context.Context, u *app.Unit, owner ident.OrganizationID) error {
	if x.before != nil {
		after := *x.before
		if err := after.Rewrite(x.offer, u.Now); err != nil {
			return err
		}
		if err := u.Resources.SaveService(ctx, &after); err != nil {
			return err
		}
		return u.Record(ctx, audit.Entry{Action: "service.import", Kind: "service", ID: string(after.ID), Before: *x.before, After: after})
	}
	v, err := resource.NewService(ident.ServiceID(u.NewID()), owner, x.offer, u.Now)
	if err != nil {
		return err
	}
	if _, err := v.Fire("offer", "", u.Now); err != nil {
		return err
	}
	if err := u.Resources.InsertService(ctx, v); err != nil {
		return err
	}
	return u.Record(ctx, audit.Entry{Action: "service.import", Kind: "service", ID: string(v.ID), After: *v})
}

// ExportOrganizations writes the directory as a table in the language of the headers ("zh",
// "en", or the stable keys). Without ListExport the names of legal representatives are
// masked.
func (s *Service) ExportOrganizations(ctx context.Context, actor access.Actor, language string) (table.Table, error) {
	private := access.Holds(actor.Role, access.ListExport)
	return app.Look(ctx, s.app, actor, access.Public, func(ctx context.Context, u *app.Unit) (table.Table, error) {
		codes, err := placeCodes(ctx, u)
		if err != nil {
			return table.Table{}, err
		}
		var rows []organizationRow
		const page = 500
		for after := ident.OrganizationID(""); ; {
			entries, err := u.Resources.Catalogue(ctx, after, page)
			if err != nil {
				return table.Table{}, err
			}
			for _, e := range entries {
				rows = append(rows, rowsOf(e, codes, private)...)
				after = e.Organization.ID
			}
			if len(entries) < page {
				return organizationColumns.Encode(rows, language), nil
			}
		}
	})
}

// OrganizationTemplate is an empty file with one example row.
func OrganizationTemplate(language string) table.Table { return organizationColumns.Template(language) }

func placeCodes(ctx context.Context, u *app.Unit) (map[ident.PlaceID]string, error) {
	all, err := u.Places.All(ctx)
	out := map[ident.PlaceID]string{}
	for _, p := range all {
		if p.Active {
			out[p.ID] = p.Code
		}
	}
	return out, err
}

func rowsOf(e resource.Entry, codes map[ident.PlaceID]string, private bool) []organizationRow {
	base := sheetDraft{named: e.Named, placeCode: codes[e.Named.PlaceID], register: e.Organization.Register, profile: e.Organization.Profile}
	if !private {
		base.register.LegalRep = party.MaskName(base.register.LegalRep)
	}
	if len(e.Services) == 0 {
		return []organizationRow{{draft: base}}
	}
	var out []organizationRow
	for _, v := range e.Services {
		d := base
		d.offer = v.Offer
		for _, a := range v.Offer.Areas {
			d.areas = append(d.areas, sheetArea{a, codes[a.PlaceID]})
		}
		out = append(out, organizationRow{draft: d})
	}
	return out
}
