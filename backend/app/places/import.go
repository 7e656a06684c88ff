package places

import (
	"context"
	"time"

	"linli/backend/app"
	"linli/backend/domain/access"
	"linli/backend/domain/audit"
	"linli/backend/domain/calendar"
	"linli/backend/domain/community"
	"linli/backend/domain/event"
	"linli/backend/domain/fault"
	"linli/backend/domain/ident"
	"linli/backend/domain/table"
)

// List is a list of divisions as it was handed in.
type List struct {
	File      string // its name, for the record
	SHA256    string // of the bytes
	Table     table.Table
	Crosswalk table.Table // optional: what became of what, officially
	From      string      // day since when the list holds, "2021-01-01"; "" see from
	SkipBad   bool        // apply the good rows of a list with bad ones; then nothing ends
}

// Report says what a list does, or would do.
type Report struct {
	ImportID  string        `json:"importId"` // "" when nothing was changed
	Rows      int           `json:"rows"`
	Issues    []table.Issue `json:"issues"`
	From      time.Time     `json:"from"`
	Added     int           `json:"added"`
	Renamed   int           `json:"renamed"`
	Recoded   int           `json:"recoded"`
	Moved     int           `json:"moved"`
	Corrected int           `json:"corrected"`
	Unchanged int           `json:"unchanged"`
	Merged    int           `json:"merged"`
	Waiting   int           `json:"waiting"` // places that a person must decide about
	Splits    int           `json:"splits"`
	Ignored   int           `json:"ignored"`  // crosswalk lines that name nothing
	Rehomed   int           `json:"rehomed"`  // needs and bodies that followed a certain successor
	Attached  int           `json:"attached"` // needs and bodies that wait in the queue
	Changes   []ChangeLine  `json:"changes"`  // the first maxChangeLines
}

// ChangeLine tells one change in words of data.
type ChangeLine struct {
	Kind   string `json:"kind"` // added, renamed, recoded, moved, merged, ended, split
	Code   string `json:"code"`
	Name   string `json:"name"`
	ToCode string `json:"toCode"`
	ToName string `json:"toName"`
	Reason string `json:"reason"`
}

// maxChangeLines keeps a report readable; the whole story is in the places' histories.
const maxChangeLines = 500

// beginning is since when a first list holds that does not say: before all records.
var beginning = time.Date(1970, 1, 1, 0, 0, 0, 0, time.UTC)

// Preview tells what a list would do and changes nothing. Faults as Import.
func (s *Service) Preview(ctx context.Context, actor access.Actor, l List) (Report, error) {
	return app.Look(ctx, s.app, actor, access.PlaceImport, func(ctx context.Context, u *app.Unit) (Report, error) {
		d, err := s.draw(ctx, u, l)
		return d.report, err
	})
}

// Import applies a list: places keep their identity, histories are written, what stands at
// ended places follows a certain successor or waits in the queue. A list that is already in
// force changes nothing and leaves no record. Faults: places.list_refused (the report lists
// the rows), places.list_empty, places.list_older, table.not_a_date.
func (s *Service) Import(ctx context.Context, actor access.Actor, key string, l List) (Report, error) {
	preview, err := s.Preview(ctx, actor, l)
	if err != nil || preview.changes() == 0 {
		return preview, err
	}
	input := map[string]any{"sha256": l.SHA256, "from": l.From, "crosswalk": l.Crosswalk, "skipBad": l.SkipBad}
	return app.Do(ctx, s.app, actor, app.Write{Permission: access.PlaceImport, Name: "importDivisions", Key: key, Input: input},
		func(ctx context.Context, u *app.Unit) (Report, error) { return s.apply(ctx, u, l) })
}

// Operator is who the record names when a command runs on the server's own machine.
var Operator = access.Actor{Role: access.PlatformAdmin, Name: "command line"}

// ImportHere is Import for whoever holds the server's machine: there is no session, and the
// record names the command line.
func (s *Service) ImportHere(ctx context.Context, l List, dryRun bool) (Report, error) {
	var report Report
	err := s.app.Store.View(ctx, func(ctx context.Context, u *app.Unit) error {
		d, err := s.draw(ctx, u, l)
		report = d.report
		return err
	})
	if err != nil || dryRun || report.changes() == 0 {
		return report, err
	}
	err = s.app.Store.Update(ctx, func(ctx context.Context, u *app.Unit) error {
		u.Actor = Operator
		report, err = s.apply(ctx, u, l)
		return err
	})
	return report, err
}

func (r Report) changes() int {
	return r.Added + r.Renamed + r.Recoded + r.Moved + r.Corrected + r.Merged + r.Waiting + r.Splits
}

type drawn struct {
	plan   community.Plan
	report Report
}

// draw reads the list against the places in force.
func (s *Service) draw(ctx context.Context, u *app.Unit, l List) (drawn, error) {
	list, issues := community.ReadDivisions(l.Table)
	var relations []community.Relation
	if len(l.Crosswalk.Header) > 0 {
		var more []table.Issue
		relations, more = community.ReadCrosswalk(l.Crosswalk)
		issues = append(issues, more...)
	}
	d := drawn{report: Report{Rows: len(l.Table.Rows), Issues: append([]table.Issue{}, issues[:min(len(issues), table.MaxIssues)]...), Changes: []ChangeLine{}}}
	if table.Fatal(issues) && !l.SkipBad {
		return d, fault.Invalid("places.list_refused", "the list has bad rows")
	}
	if len(list.Divisions) == 0 {
		return d, fault.Invalid("places.list_empty", "the list has no usable row")
	}
	current, err := u.Places.All(ctx)
	if err != nil {
		return d, err
	}
	from, err := holdsFrom(ctx, u, l.From)
	if err != nil {
		return d, err
	}
	set := community.Compare(current, list, relations)
	if table.Fatal(issues) {
		set.Ended, set.Splits = nil, nil // what a bad row meant to say is not known
	}
	d.plan = community.Draw(current, set, from, u.NewID)
	d.report.From = from
	d.report.count(d.plan)
	return d, nil
}

// holdsFrom reads the day a list holds from: the first list holds from the beginning of the
// record, a later one from today, unless told. It may not lie before an applied list.
func holdsFrom(ctx context.Context, u *app.Unit, day string) (time.Time, error) {
	last, err := u.Places.Imports(ctx, 1)
	if err != nil {
		return time.Time{}, err
	}
	from := beginning
	if len(last) > 0 {
		from = calendar.DateOf(u.Now).At(0, 0).UTC()
	}
	if day != "" {
		d, err := calendar.ParseDate(day)
		if err != nil {
			return from, fault.Invalid("table.not_a_date", "effective-from is no date").At("effectiveFrom", "table.not_a_date", day)
		}
		from = d.At(0, 0).UTC()
	}
	if len(last) > 0 && from.Before(last[0].From) {
		return from, fault.Conflict("places.list_older", "a later list was applied already").
			With("date", last[0].From.In(calendar.Loc).Format("2006-01-02"))
	}
	return from, nil
}

func (r *Report) count(p community.Plan) {
	set := p.Changes
	r.Added, r.Waiting, r.Splits, r.Merged, r.Ignored = len(set.Added), len(p.Rehome), len(set.Splits), len(p.Merged), len(set.Ignored)
	for _, c := range set.Continued {
		if len(c.Kinds) == 0 {
			r.Unchanged++
		}
		for _, k := range c.Kinds {
			switch k {
			case community.Renamed:
				r.Renamed++
			case community.Recoded:
				r.Recoded++
			case community.Moved:
				r.Moved++
			case community.Corrected:
				r.Corrected++
			}
		}
	}
	r.lines(set)
}

func (r *Report) lines(set community.ChangeSet) {
	add := func(l ChangeLine) {
		if len(r.Changes) < maxChangeLines {
			r.Changes = append(r.Changes, l)
		}
	}
	for _, e := range set.Ended {
		line := ChangeLine{Kind: "ended", Code: e.Place.Code, Name: e.Place.Name, Reason: e.Reason}
		if e.Certain && len(e.Into) == 1 {
			line.Kind, line.ToCode = "merged", e.Into[0].Code
		}
		add(line)
	}
	for _, x := range set.Splits {
		for _, code := range x.Into {
			add(ChangeLine{Kind: "split", Code: x.Place.Code, Name: x.Place.Name, ToCode: code, Reason: "split_off"})
		}
	}
	for _, c := range set.Continued {
		if len(c.Kinds) > 0 && c.Kinds[0] != community.Corrected {
			add(ChangeLine{Kind: string(c.Kinds[0]), Code: c.Place.Code, Name: c.Place.Name, ToCode: c.Division.Code, ToName: c.Division.Name, Reason: c.Reason})
		}
	}
	for _, a := range set.Added {
		add(ChangeLine{Kind: "added", ToCode: a.Code, ToName: a.Name})
	}
}

// apply writes the plan. Every place gets a leaf of its own, so that verify finds a changed
// one; the leaves are chained in one go when the unit ends.
func (s *Service) apply(ctx context.Context, u *app.Unit, l List) (Report, error) {
	d, err := s.draw(ctx, u, l)
	if err != nil {
		return d.report, err
	}
	if err := s.writePlaces(ctx, u, d.plan); err != nil {
		return d.report, err
	}
	if err := s.writeHistory(ctx, u, &d); err != nil {
		return d.report, err
	}
	i := community.Import{
		ID: u.NewID(), File: l.File, SHA256: l.SHA256, From: d.report.From, At: u.Now, Rows: d.report.Rows, Added: d.report.Added,
		Changed: len(d.plan.Save), Ended: len(d.plan.Changes.Ended), Splits: d.report.Splits, Moved: d.report.Rehomed, Waiting: d.report.Waiting,
	}
	d.report.ImportID = i.ID
	if err := u.Places.InsertImport(ctx, &i); err != nil {
		return d.report, err
	}
	if err := u.Record(ctx, audit.Entry{Action: "place_import.apply", Kind: "place_import", ID: i.ID, After: i}); err != nil {
		return d.report, err
	}
	return d.report, u.Emit(ctx, event.Event{Kind: "places.imported", ObjectKind: "place_import", ObjectID: i.ID})
}

func (s *Service) writePlaces(ctx context.Context, u *app.Unit, plan community.Plan) error {
	if err := u.Places.InsertPlaces(ctx, plan.Insert); err != nil {
		return err
	}
	for _, p := range plan.Insert {
		if err := u.Record(ctx, audit.Entry{Action: "place.add", Kind: "place", ID: string(p.ID), PlaceID: p.ID, After: p}); err != nil {
			return err
		}
	}
	after := make([]community.Place, len(plan.Save))
	for i, c := range plan.Save {
		after[i] = c.After
	}
	if err := u.Places.SavePlaces(ctx, after); err != nil {
		return err
	}
	for i, p := range after {
		action := "place.change"
		if !p.Active && plan.Save[i].Before.Active {
			action = "place.end"
		}
		if err := u.Record(ctx, audit.Entry{Action: action, Kind: "place", ID: string(p.ID), PlaceID: p.ID, Before: plan.Save[i].Before, After: p}); err != nil {
			return err
		}
	}
	return nil
}

func (s *Service) writeHistory(ctx context.Context, u *app.Unit, d *drawn) error {
	if err := u.Places.ClosePeriods(ctx, d.plan.Close); err != nil {
		return err
	}
	if err := u.Places.InsertPeriods(ctx, d.plan.Open); err != nil {
		return err
	}
	if err := u.Places.InsertLinks(ctx, d.plan.Links); err != nil {
		return err
	}
	all := func(Attached) bool { return true }
	for _, link := range d.plan.Merged {
		moved, _, err := s.move(ctx, u, link.FromID, all, link.ToID, "place."+link.Reason)
		if err != nil {
			return err
		}
		d.report.Rehomed += moved
	}
	return s.queue(ctx, u, d)
}

// queue stores the open questions with how much waits at each.
func (s *Service) queue(ctx context.Context, u *app.Unit, d *drawn) error {
	at := make([]ident.PlaceID, len(d.plan.Rehome))
	for i, r := range d.plan.Rehome {
		at[i] = r.PlaceID
	}
	waiting, err := s.attached(ctx, u, at...)
	if err != nil {
		return err
	}
	count := map[ident.PlaceID]int{}
	for _, a := range waiting {
		count[a.PlaceID]++
	}
	for i := range d.plan.Rehome {
		d.plan.Rehome[i].Attached = count[d.plan.Rehome[i].PlaceID]
	}
	d.report.Attached = len(waiting)
	if err := u.Places.InsertRehomings(ctx, d.plan.Rehome); err != nil {
		return err
	}
	for _, r := range d.plan.Rehome {
		if err := u.Record(ctx, audit.Entry{Action: "rehoming.ask", Kind: "rehoming", ID: r.ID, PlaceID: r.PlaceID, After: r, Reason: r.Reason}); err != nil {
			return err
		}
	}
	return nil
}
