package sqlstore

import (
	"context"
	"strings"
	"time"

	"github.com/uptrace/bun"

	"linli/backend/domain/ident"
	"linli/backend/domain/party"
)

// likePattern finds a text anywhere; what the person typed has no wildcards of its own.
func likePattern(typed string) string {
	return "%" + strings.NewReplacer(`\`, `\\`, "%", `\%`, "_", `\_`).Replace(typed) + "%"
}

func (s people) PersonByLogin(ctx context.Context, login string) (*party.Person, error) {
	column := "phone = ?"
	if strings.ContainsRune(login, '@') {
		column = "email = ?"
	}
	r, err := get[personRow](ctx, s.db, column+" AND ? <> ''", login, login)
	if err != nil {
		return nil, err
	}
	return fromPersonRow(r), nil
}

func (s people) Parties(ctx context.Context, f party.PartyFilter) ([]party.Party, error) {
	var rows []partyRow
	q := s.db.NewSelect().Model(&rows).OrderExpr("id").Limit(int64(f.Limit))
	if f.ID != "" {
		q = q.Where("id = ?", f.ID)
	}
	if f.Kind != "" {
		q = q.Where("kind = ?", f.Kind)
	}
	if f.Text != "" {
		q = q.Where(`name LIKE ? ESCAPE '\'`, likePattern(f.Text))
	}
	if f.After != "" {
		q = q.Where("id > ?", f.After)
	}
	if err := q.Scan(ctx); err != nil {
		return nil, fail(err)
	}
	out := make([]party.Party, len(rows))
	for i := range rows {
		out[i] = *fromPartyRow(&rows[i])
	}
	return out, nil
}

func (s people) People(ctx context.Context, f party.PeopleFilter) ([]party.Person, error) {
	var rows []personRow
	q := s.db.NewSelect().Model(&rows).OrderExpr("person_row.id").Limit(int64(f.Limit))
	if f.PartyID != "" || f.Role != "" || f.PlacePath != "" {
		sub := s.db.NewSelect().TableExpr("membership AS m").ColumnExpr("1").Where("m.person_id = person_row.id").Where("m.until IS NULL")
		if f.PartyID != "" {
			sub = sub.Where("m.party_id = ?", f.PartyID)
		}
		if f.Role != "" {
			sub = sub.Where("m.role = ?", f.Role)
		}
		if f.PlacePath != "" {
			sub = sub.Join("JOIN party AS y ON y.id = m.party_id").Join("JOIN place AS l ON l.id = COALESCE(m.place_id, y.place_id)").
				Where(`l.path LIKE ? ESCAPE '\'`, strings.TrimPrefix(likePattern(f.PlacePath), "%"))
		}
		q = q.Where("EXISTS (?)", sub)
	}
	if f.Login != "" {
		q = q.Where("(person_row.phone = ? OR person_row.email = ?)", f.Login, f.Login)
	}
	if f.Text != "" {
		q = q.Where(`person_row.name LIKE ? ESCAPE '\'`, likePattern(f.Text))
	}
	if f.After != "" {
		q = q.Where("person_row.id > ?", f.After)
	}
	if err := q.Scan(ctx); err != nil {
		return nil, fail(err)
	}
	out := make([]party.Person, len(rows))
	for i := range rows {
		out[i] = *fromPersonRow(&rows[i])
	}
	return out, nil
}

func (s people) PeopleOfDomain(ctx context.Context, domain string, limit int) ([]party.Person, error) {
	rows, err := list[personRow](ctx, s.db, limit, "id", `email LIKE ? ESCAPE '\'`, strings.TrimSuffix(likePattern("@"+domain), "%"))
	if err != nil {
		return nil, err
	}
	out := make([]party.Person, len(rows))
	for i := range rows {
		out[i] = *fromPersonRow(&rows[i])
	}
	return out, nil
}

func (s people) MembershipsOf(ctx context.Context, person ident.PersonID) ([]party.Membership, error) {
	return s.memberships(ctx, "person_id = ?", person)
}

func (s people) MembershipsIn(ctx context.Context, id ident.PartyID) ([]party.Membership, error) {
	return s.memberships(ctx, "party_id = ?", id)
}

// maxMemberships bounds what one page or one sign-in reads; the largest party but the
// residents' has a few hundred members.
const maxMemberships = 1000

func (s people) memberships(ctx context.Context, where string, arg any) ([]party.Membership, error) {
	rows, err := list[membershipRow](ctx, s.db, maxMemberships, "since, id", where, arg)
	if err != nil {
		return nil, err
	}
	out := make([]party.Membership, len(rows))
	for i := range rows {
		out[i] = *fromMembershipRow(&rows[i])
	}
	return out, nil
}

func (s people) PartyOfKindAt(ctx context.Context, k party.Kind, place ident.PlaceID) (*party.Party, error) {
	r, err := get[partyRow](ctx, s.db, "kind = ? AND place_id = ? AND active", k, place)
	if err != nil {
		return nil, err
	}
	return fromPartyRow(r), nil
}

func (s people) CommunitiesNamed(ctx context.Context, text string, limit int) ([]party.Home, error) {
	var rows []struct{ ID, Name, Street, District string }
	err := s.db.NewRaw(`SELECT c.id, c.name, COALESCE(s.name, '') AS street, COALESCE(d.name, '') AS district
		FROM place c LEFT JOIN place s ON s.id = c.parent_id LEFT JOIN place d ON d.id = s.parent_id
		WHERE c.level = 5 AND c.active AND c.name LIKE ? ESCAPE '\' ORDER BY c.code LIMIT ?`, likePattern(text), limit).Scan(ctx, &rows)
	if err != nil {
		return nil, fail(err)
	}
	out := make([]party.Home, len(rows))
	for i, r := range rows {
		out[i] = party.Home{ID: ident.PlaceID(r.ID), Name: r.Name, Street: r.Street, District: r.District}
	}
	return out, nil
}

type consentRow struct {
	bun.BaseModel `bun:"table:consent"`
	PersonID      string `bun:",pk"`
	Kind          string `bun:",pk"`
	TextVersion   string `bun:",pk"`
	GivenAt       time.Time
	WithdrawnAt   *time.Time
}

func (s people) GiveConsent(ctx context.Context, c party.Consent) error {
	row := consentRow{PersonID: string(c.PersonID), Kind: c.Kind, TextVersion: c.TextVersion, GivenAt: c.GivenAt}
	_, err := s.db.NewInsert().Model(&row).On("CONFLICT DO NOTHING").Exec(ctx)
	return fail(err)
}

func (s people) Consents(ctx context.Context, person ident.PersonID) ([]party.Consent, error) {
	rows, err := list[consentRow](ctx, s.db, 0, "given_at", "person_id = ?", person)
	if err != nil {
		return nil, err
	}
	out := make([]party.Consent, len(rows))
	for i, r := range rows {
		out[i] = party.Consent{
			PersonID: ident.PersonID(r.PersonID), Kind: r.Kind, TextVersion: r.TextVersion,
			GivenAt: utc(r.GivenAt), WithdrawnAt: utcp(r.WithdrawnAt),
		}
	}
	return out, nil
}
