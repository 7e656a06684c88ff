package sqlstore

import (
	"context"
	"math"
	"strings"
	"time"

	"github.com/uptrace/bun"

	"linli/backend/domain/ident"
	"linli/backend/domain/resource"
	"linli/backend/domain/taxonomy"
)

type serviceRow struct {
	bun.BaseModel  `bun:"table:service,alias:s"`
	ID             string `bun:",pk"`
	OrganizationID string
	Title          string
	Offer          string
	LowFen         int64
	HighFen        int64
	State          string
	checkColumns
	UpdatedAt time.Time
	Version   int64
}

type serviceCategoryRow struct {
	bun.BaseModel `bun:"table:service_category"`
	ServiceID     string
	Category      string
}

type serviceAreaRow struct {
	bun.BaseModel `bun:"table:service_area"`
	ServiceID     string
	Position      int
	Kind          string
	PlaceID       *string
	Lat, Lng      float64
	RadiusM       int `bun:"radius_m"`
}

type serviceCapacityRow struct {
	bun.BaseModel `bun:"table:service_capacity"`
	ServiceID     string
	Period        string
	Total         int
	Free          int
	State         string
}

func codeOf(s string) taxonomy.Code { return taxonomy.Code(s) }

func toServiceRow(v *resource.Service) (*serviceRow, error) {
	offer, err := resourceText("offer", v.Offer)
	if err != nil {
		return nil, err
	}
	return &serviceRow{
		ID: string(v.ID), OrganizationID: string(v.OrganizationID), Title: v.Offer.Title, Offer: offer, LowFen: int64(v.Offer.LowFen),
		HighFen: int64(v.Offer.HighFen), State: v.State, checkColumns: toCheck(v.Checked), UpdatedAt: v.UpdatedAt, Version: v.Version,
	}, nil
}

func fromServiceRow(r serviceRow) (resource.Service, error) {
	v := resource.Service{
		ID: ident.ServiceID(r.ID), OrganizationID: ident.OrganizationID(r.OrganizationID), State: r.State,
		Checked: fromCheck(r.checkColumns), UpdatedAt: utc(r.UpdatedAt), Version: r.Version,
	}
	return v, readResource("offer", r.Offer, &v.Offer)
}

func (s resources) Service(ctx context.Context, id ident.ServiceID) (*resource.Service, error) {
	r, err := get[serviceRow](ctx, s.db, "id = ?", id)
	if err != nil {
		return nil, err
	}
	v, err := fromServiceRow(*r)
	return &v, err
}

func (s resources) InsertService(ctx context.Context, v *resource.Service) error {
	v.Version = 1
	return s.insertServices(ctx, []resource.Service{*v})
}

func (s resources) SaveService(ctx context.Context, v *resource.Service) error {
	r, err := toServiceRow(v)
	if err != nil {
		return err
	}
	if err := save(ctx, s.db, r, &r.Version); err != nil {
		return err
	}
	v.Version = r.Version
	for _, t := range []string{"service_category", "service_area", "service_capacity"} {
		if _, err := s.db.NewRaw("DELETE FROM ? WHERE service_id = ?", bun.Ident(t), r.ID).Exec(ctx); err != nil {
			return fail(err)
		}
	}
	return s.insertParts(ctx, []resource.Service{*v})
}

func (s resources) insertServices(ctx context.Context, all []resource.Service) error {
	rows := make([]serviceRow, len(all))
	for i := range all {
		r, err := toServiceRow(&all[i])
		if err != nil {
			return err
		}
		rows[i] = *r
	}
	if err := insertAll(ctx, s.db, rows, placeBatch); err != nil {
		return err
	}
	return s.insertParts(ctx, all)
}

// insertParts writes what lists filter by, and the words.
func (s resources) insertParts(ctx context.Context, all []resource.Service) error {
	var categories []serviceCategoryRow
	var areas []serviceAreaRow
	var capacities []serviceCapacityRow
	words := make([]searchEntry, len(all))
	for i, v := range all {
		id := string(v.ID)
		for _, c := range v.Offer.Categories {
			categories = append(categories, serviceCategoryRow{ServiceID: id, Category: string(c)})
		}
		for n, a := range v.Offer.Areas {
			areas = append(areas, serviceAreaRow{ServiceID: id, Position: n, Kind: string(a.Kind), PlaceID: null(string(a.PlaceID)), Lat: a.Lat, Lng: a.Lng, RadiusM: a.RadiusM})
		}
		for _, c := range v.Offer.Capacities {
			capacities = append(capacities, serviceCapacityRow{ServiceID: id, Period: c.Period, Total: c.Total, Free: c.Free, State: string(c.State)})
		}
		words[i] = searchEntry{id, strings.Join([]string{v.Offer.Title, v.Offer.TitleEN, v.Offer.Description}, "\n")}
	}
	if err := insertAll(ctx, s.db, categories, placeBatch); err != nil {
		return err
	}
	if err := insertAll(ctx, s.db, areas, placeBatch); err != nil {
		return err
	}
	if err := insertAll(ctx, s.db, capacities, placeBatch); err != nil {
		return err
	}
	return searchService.putAll(ctx, s.db, words)
}

func (s resources) ServicesOf(ctx context.Context, ids []ident.OrganizationID) ([]resource.Service, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	return s.servicesWhere(ctx, "organization_id IN (?)", bun.List(ids))
}

func (s resources) servicesWhere(ctx context.Context, where string, args ...any) ([]resource.Service, error) {
	rows, err := list[serviceRow](ctx, s.db, 0, "organization_id, id", where, args...)
	if err != nil {
		return nil, err
	}
	return fromServiceRows(rows)
}

func fromServiceRows(rows []serviceRow) ([]resource.Service, error) {
	out := make([]resource.Service, len(rows))
	for i, r := range rows {
		var err error
		if out[i], err = fromServiceRow(r); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func (s resources) Services(ctx context.Context, f resource.Query) ([]resource.Service, error) {
	var rows []serviceRow
	q := s.db.NewSelect().Model(&rows).Limit(int64(f.Limit))
	if len(f.States) > 0 {
		q = q.Where("s.state IN (?)", bun.List(f.States))
	} else {
		q = q.Where("s.state = 'offered'")
	}
	if f.PartyID != "" {
		q = q.Where("s.organization_id = ?", f.PartyID)
	}
	if f.CheckedIn {
		q = q.Where("s.checked_at IS NOT NULL")
	}
	if f.Before != "" {
		q = q.Where("s.id < ?", f.Before)
	}
	q = searchService.filter(narrowServices(q, f), "s.id", f.Words)
	if err := q.OrderExpr("s.id DESC").Scan(ctx); err != nil {
		return nil, fail(err)
	}
	return fromServiceRows(rows)
}

// narrowServices keeps services s by category, place, capacity and price. What hangs on a
// service is asked for one service at a time: a page of twenty is full long before the whole
// city's capacities and areas would have been gathered.
func narrowServices(q *bun.SelectQuery, f resource.Query) *bun.SelectQuery {
	if len(f.Categories) > 0 {
		q = q.Where("s.id IN (SELECT service_id FROM service_category WHERE category IN (?))", bun.List(f.Categories))
	}
	const capacity = "EXISTS (SELECT 1 FROM service_capacity AS k WHERE k.service_id = s.id AND k.state = 'has' AND k.free > 0"
	if f.FreeIn == "*" {
		q = q.Where(capacity + ")")
	} else if f.FreeIn != "" {
		q = q.Where(capacity+" AND k.period IN (?, ''))", f.FreeIn)
	}
	if f.MaxFen > 0 {
		q = q.Where("s.low_fen <= ? AND s.high_fen > 0", f.MaxFen)
	}
	if f.Serves != nil {
		q = narrowToSpot(q, *f.Serves)
	}
	return q
}

// narrowToSpot keeps services given at a spot: city-wide, in a place above it, or within a
// radius. The radius is measured on a plane, which is right to a thousandth inside a city.
func narrowToSpot(q *bun.SelectQuery, spot resource.Spot) *bun.SelectQuery {
	const area = "EXISTS (SELECT 1 FROM service_area AS a WHERE a.service_id = s.id AND (a.kind = 'city' OR a.place_id IN (?)"
	if !spot.Known {
		return q.Where(area+"))", bun.List(spot.Path))
	}
	const metres = 111_195.08 // a degree of latitude
	wide := metres * math.Cos(spot.Lat*math.Pi/180)
	return q.Where(area+` OR (a.kind = 'radius'
		AND (a.lat - ?) * (a.lat - ?) * ? + (a.lng - ?) * (a.lng - ?) * ? <= CAST(a.radius_m AS DOUBLE PRECISION) * a.radius_m)))`,
		bun.List(spot.Path), spot.Lat, spot.Lat, metres*metres, spot.Lng, spot.Lng, wide*wide)
}

// Load writes organisations and services in bounded statements; parties stand already.
func (s resources) Load(ctx context.Context, all []resource.Loaded) error {
	rows := make([]organizationRow, len(all))
	words := make([]searchEntry, len(all))
	var services []resource.Service
	for i := range all {
		all[i].Organization.Version = 1
		r, err := toOrganizationRow(&all[i].Organization)
		if err != nil {
			return err
		}
		rows[i] = *r
		found := []string{all[i].Named.Name, all[i].Named.NameEN, all[i].Organization.Profile.Summary}
		for j := range all[i].Services {
			all[i].Services[j].Version = 1
			found = append(found, all[i].Services[j].Offer.Title)
		}
		words[i] = searchEntry{r.ID, strings.Join(found, "\n")}
		services = append(services, all[i].Services...)
	}
	if err := insertAll(ctx, s.db, rows, placeBatch); err != nil {
		return err
	}
	if err := s.insertServices(ctx, services); err != nil {
		return err
	}
	return searchOrganization.putAll(ctx, s.db, words)
}
