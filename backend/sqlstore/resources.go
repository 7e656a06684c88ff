package sqlstore

import (
	"context"
	"encoding/json"
	"strings"
	"time"

	"github.com/uptrace/bun"

	"linli/backend/domain/calendar"
	"linli/backend/domain/fault"
	"linli/backend/domain/ident"
	"linli/backend/domain/resource"
)

type organizationRow struct {
	bun.BaseModel `bun:"table:organization"`
	ID            string `bun:",pk"`
	Register      string
	Profile       string
	Grade         int
	GradeUntil    string
	Listing       string
	Charity       bool
	Hub           bool
	Social        bool
	checkColumns
	AddedAt time.Time
	Version int64
}

// checkColumns hold who last found a record true.
type checkColumns struct {
	CheckedAt    *time.Time
	CheckedParty *string
	CheckedBy    *string
}

func toCheck(c *resource.Check) checkColumns {
	if c == nil {
		return checkColumns{}
	}
	return checkColumns{&c.At, null(string(c.PartyID)), null(string(c.By))}
}

func fromCheck(c checkColumns) *resource.Check {
	if c.CheckedAt == nil {
		return nil
	}
	return &resource.Check{At: utc(*c.CheckedAt), PartyID: ident.PartyID(text(c.CheckedParty)), By: ident.PersonID(text(c.CheckedBy))}
}

type resources struct{ db bun.IDB }

func newResources(db bun.IDB) resource.Repository { return resources{db} }

func resourceText(what string, v any) (string, error) {
	out, err := json.Marshal(v)
	if err != nil {
		return "", fault.Internal(what+" does not marshal", err)
	}
	return string(out), nil
}

func readResource(what, text string, into any) error {
	if err := json.Unmarshal([]byte(text), into); err != nil {
		return fault.Internal(what+" does not read", err)
	}
	return nil
}

func dayOrEmpty(d *calendar.Date) string {
	if d == nil {
		return ""
	}
	return d.String()
}

func toOrganizationRow(o *resource.Organization) (*organizationRow, error) {
	register, err := resourceText("register", o.Register)
	if err != nil {
		return nil, err
	}
	profile, err := resourceText("profile", o.Profile)
	if err != nil {
		return nil, err
	}
	return &organizationRow{
		ID: string(o.ID), Register: register, Profile: profile, Grade: o.Register.Grade, GradeUntil: dayOrEmpty(o.Register.GradeUntil),
		Listing: string(o.Register.Listing), Charity: o.Register.Charity, Hub: o.Profile.Hub, Social: o.Register.SEGrade != "",
		checkColumns: toCheck(o.Checked), AddedAt: o.AddedAt, Version: o.Version,
	}, nil
}

func fromOrganizationRow(r organizationRow) (resource.Organization, error) {
	o := resource.Organization{ID: ident.OrganizationID(r.ID), Checked: fromCheck(r.checkColumns), AddedAt: utc(r.AddedAt), Version: r.Version}
	if err := readResource("register", r.Register, &o.Register); err != nil {
		return o, err
	}
	return o, readResource("profile", r.Profile, &o.Profile)
}

func (s resources) Organization(ctx context.Context, id ident.OrganizationID) (*resource.Organization, error) {
	r, err := get[organizationRow](ctx, s.db, "id = ?", id)
	if err != nil {
		return nil, err
	}
	o, err := fromOrganizationRow(*r)
	return &o, err
}

func (s resources) InsertOrganization(ctx context.Context, o *resource.Organization) error {
	o.Version = 1
	r, err := toOrganizationRow(o)
	if err != nil {
		return err
	}
	return insert(ctx, s.db, r)
}

func (s resources) SaveOrganization(ctx context.Context, o *resource.Organization) error {
	r, err := toOrganizationRow(o)
	if err != nil {
		return err
	}
	err = save(ctx, s.db, r, &r.Version)
	o.Version = r.Version
	return err
}

func (s resources) IndexOrganization(ctx context.Context, id ident.OrganizationID) error {
	var words []string
	err := s.db.NewRaw("SELECT name FROM party WHERE id = ? UNION ALL SELECT name_en FROM party WHERE id = ? UNION ALL "+
		"SELECT title FROM service WHERE organization_id = ? AND state = 'offered'", id, id, id).Scan(ctx, &words)
	if err != nil {
		return fail(err)
	}
	o, err := s.Organization(ctx, id)
	if err != nil {
		return err
	}
	return searchOrganization.put(ctx, s.db, string(id), strings.Join(words, "\n"), o.Profile.Summary)
}

func (s resources) PartyBy(ctx context.Context, code, kind, name string) (ident.PartyID, error) {
	var id string
	q := s.db.NewRaw("SELECT id FROM party WHERE uscc = ?", code)
	if code == "" {
		q = s.db.NewRaw("SELECT id FROM party WHERE uscc = '' AND kind = ? AND name = ? ORDER BY id LIMIT 1", kind, name)
	}
	err := q.Scan(ctx, &id)
	return ident.PartyID(id), fail(err)
}

// listedRow is a line of the directory: party and organisation side by side.
type listedRow struct {
	organizationRow
	PartyKind string
	Name      string
	NameEN    string `bun:"name_en"`
	USCC      string `bun:"uscc"`
	PlaceID   *string
	Active    bool
}

func (r listedRow) listed() (resource.Named, resource.Organization, error) {
	o, err := fromOrganizationRow(r.organizationRow)
	return resource.Named{Kind: r.PartyKind, Name: r.Name, NameEN: r.NameEN, USCC: r.USCC, PlaceID: ident.PlaceID(text(r.PlaceID)), Active: r.Active}, o, err
}

// directory selects organisations with what the party register says of them.
func (s resources) directory() *bun.SelectQuery {
	return s.db.NewSelect().TableExpr("organization AS o").Join("JOIN party AS p ON p.id = o.id").
		ColumnExpr("o.*, p.kind AS party_kind, p.name, p.name_en, p.uscc, p.place_id, p.active")
}

func (s resources) Organizations(ctx context.Context, f resource.Query) ([]resource.Listed, error) {
	q := s.directory().Where("p.active").Limit(int64(f.Limit))
	q = s.narrowOrganizations(q, f)
	if f.Before != "" {
		q = q.Where("o.id < ?", f.Before)
	}
	var rows []listedRow
	if err := searchOrganization.filter(q, "o.id", f.Words).OrderExpr("o.id DESC").Scan(ctx, &rows); err != nil {
		return nil, fail(err)
	}
	out := make([]resource.Listed, len(rows))
	ids := make([]string, len(rows))
	at := map[string]*resource.Listed{}
	for i, r := range rows {
		var err error
		if out[i].Named, out[i].Organization, err = r.listed(); err != nil {
			return nil, err
		}
		ids[i], at[r.ID] = r.ID, &out[i]
	}
	return out, s.summarise(ctx, ids, at)
}

func (s resources) narrowOrganizations(q *bun.SelectQuery, f resource.Query) *bun.SelectQuery {
	if f.PartyID != "" {
		q = q.Where("o.id = ?", string(f.PartyID))
	}
	if len(f.Kinds) > 0 {
		q = q.Where("p.kind IN (?)", bun.List(f.Kinds))
	}
	if f.PlacePath != "" {
		q = q.Where("p.place_id IN (SELECT id FROM place WHERE path >= ? AND path < ?)", f.PlacePath, afterPrefix(f.PlacePath))
	}
	if f.MinGrade > 0 {
		q = q.Where("o.grade >= ?", f.MinGrade)
	}
	if f.Charity {
		q = q.Where("o.charity")
	}
	if f.Hub {
		q = q.Where("o.hub")
	}
	if f.Social {
		q = q.Where("o.social")
	}
	if f.CheckedIn {
		q = q.Where("o.checked_at IS NOT NULL")
	}
	if len(f.Categories) > 0 || f.Serves != nil || f.FreeIn != "" || f.MaxFen > 0 {
		offering := s.db.NewSelect().TableExpr("service AS s").ColumnExpr("s.organization_id").Where("s.state = 'offered'")
		q = q.Where("o.id IN (?)", narrowServices(offering, f))
	}
	return q
}

// summarise counts what each organisation of a page offers.
func (s resources) summarise(ctx context.Context, ids []string, at map[string]*resource.Listed) error {
	if len(ids) == 0 {
		return nil
	}
	var rows []struct{ OrganizationID, Category string }
	err := s.db.NewRaw(`SELECT DISTINCT s.organization_id, c.category FROM service s JOIN service_category c ON c.service_id = s.id
		WHERE s.state = 'offered' AND s.organization_id IN (?) ORDER BY 1, 2`, bun.List(ids)).Scan(ctx, &rows)
	if err != nil {
		return fail(err)
	}
	for _, r := range rows {
		at[r.OrganizationID].Categories = append(at[r.OrganizationID].Categories, codeOf(r.Category))
	}
	var counts []struct {
		OrganizationID string
		N              int
	}
	err = s.db.NewRaw("SELECT organization_id, count(*) AS n FROM service WHERE state = 'offered' AND organization_id IN (?) GROUP BY 1", bun.List(ids)).Scan(ctx, &counts)
	for _, c := range counts {
		at[c.OrganizationID].Services = c.N
	}
	return fail(err)
}

func (s resources) Catalogue(ctx context.Context, after ident.OrganizationID, limit int) ([]resource.Entry, error) {
	var rows []listedRow
	q := s.directory().Where("p.active AND o.id > ?", after).OrderExpr("o.id").Limit(int64(limit))
	if err := q.Scan(ctx, &rows); err != nil {
		return nil, fail(err)
	}
	if len(rows) == 0 {
		return nil, nil
	}
	out := make([]resource.Entry, len(rows))
	at := map[ident.OrganizationID]int{}
	for i, r := range rows {
		var err error
		if out[i].Named, out[i].Organization, err = r.listed(); err != nil {
			return nil, err
		}
		at[out[i].Organization.ID] = i
	}
	// Ids between the first and the last of the page: cheaper than naming a thousand.
	services, err := s.servicesWhere(ctx, "organization_id >= ? AND organization_id <= ? AND state = 'offered'", rows[0].ID, rows[len(rows)-1].ID)
	if err != nil {
		return nil, err
	}
	for _, v := range services {
		if i, ok := at[v.OrganizationID]; ok {
			out[i].Services = append(out[i].Services, v)
		}
	}
	return out, nil
}
