package rank

import (
	"context"
	"math/rand/v2"
	"os"
	"slices"
	"testing"

	"github.com/jackc/pgx/v5"
)

// The oracle: the same ranking as plain SQL in whole numbers, written from docs/matching.md and
// not from the engine. Only the two tables of the reach term, cosine and walk, are the engine's.
const oracleTables = `
CREATE TEMP TABLE category (id int PRIMARY KEY, parent int);
CREATE TEMP TABLE cosine (step int PRIMARY KEY, v bigint);
CREATE TEMP TABLE walk (metres int PRIMARY KEY, v int);
CREATE TEMP TABLE weight (fit int, reach int, slack int, grade int, track int, price int, audience int, equity int,
	up int, down int, reach_unknown int, price_full int, price_unknown int, mean int, shrink int);
CREATE TEMP TABLE service (id text COLLATE "C" PRIMARY KEY, owner text COLLATE "C", tracks int, lists int, located bool, lat bigint, lng bigint,
	grade int, grade_until int, rating bigint, rated bigint, languages int);
CREATE TEMP TABLE offer (service text COLLATE "C", place int, category int, low bigint, high bigint);
CREATE TEMP TABLE area (service text COLLATE "C", kind int, place int, located bool, lat bigint, lng bigint, doubt bigint, radius bigint);
CREATE TEMP TABLE capacity (service text COLLATE "C", period int, total bigint, free bigint);
CREATE TEMP TABLE certificate (service text COLLATE "C", code int, from_day int, until_day int);
CREATE TEMP TABLE conflict (service text COLLATE "C", buyer text COLLATE "C");
CREATE TEMP TABLE need (id text COLLATE "C" PRIMARY KEY, track int, category int, places int[], located bool, lat bigint, lng bigint, doubt bigint, detour bigint,
	units bigint, period int, day int, cap bigint, min_grade int, required int[], buyer text COLLATE "C", excluded text[] COLLATE "C", languages int, weakness int);
CREATE FUNCTION pg_temp.metres(lat1 bigint, lng1 bigint, lat2 bigint, lng2 bigint) RETURNS bigint LANGUAGE sql STABLE AS $$
	SELECT floor(sqrt((dx * dx + dy * dy)::numeric))::bigint FROM (SELECT (lat1 - lat2) * 111195 / 1000000 AS dy,
		((abs(lng1 - lng2) * (SELECT v FROM cosine WHERE step = abs((lat1 + lat2) / 2) / 10000)) >> 16) * 111195 / 1000000 AS dx) d $$;`

const oracleQuery = `
WITH RECURSIVE up(wanted, listed, levels) AS (
	SELECT id, id, 0 FROM category UNION ALL SELECT u.wanted, c.parent, u.levels + 1 FROM up u JOIN category c ON c.id = u.listed WHERE c.parent >= 0),
fits AS (
	SELECT wanted, listed, greatest(0, 10000 - levels * w.up) AS v FROM up, weight w
	UNION ALL SELECT listed, wanted, greatest(0, 10000 - levels * w.down) FROM up, weight w WHERE levels > 0),
offered AS (
	SELECT n.id AS need, s.*, o.v AS fit, o.low, o.mid, o.unpriced, c.total, c.free,
		CASE WHEN n.located AND s.located THEN pg_temp.metres(s.lat, s.lng, n.lat, n.lng) END AS metres
	FROM need n CROSS JOIN service s
	CROSS JOIN LATERAL (SELECT f.v, o.low, o.high = 0 AS unpriced, (o.low + o.high) / 2 AS mid FROM offer o JOIN fits f ON f.listed = o.category AND f.wanted = n.category
		WHERE o.service = s.id ORDER BY f.v DESC, o.high = 0, (o.low + o.high) / 2, o.place LIMIT 1) o
	CROSS JOIN LATERAL (SELECT total, free FROM capacity c WHERE c.service = s.id AND c.period IN (n.period, 0) ORDER BY c.period = n.period DESC LIMIT 1) c
	WHERE n.id = $1 AND s.lists = 0 AND (s.tracks >> n.track) & 1 = 1 AND (n.cap = 0 OR o.low <= n.cap) AND c.free > 0 AND c.free >= n.units
		AND (n.min_grade = 0 OR (s.grade >= n.min_grade AND n.day <= s.grade_until))
		AND NOT EXISTS (SELECT 1 FROM conflict x WHERE x.service = s.id AND x.buyer = n.buyer AND n.buyer <> '') AND s.owner <> ALL (n.excluded)
		AND NOT EXISTS (SELECT 1 FROM unnest(n.required) AS asked(certificate) WHERE NOT EXISTS (SELECT 1 FROM certificate q
			WHERE q.service = s.id AND q.code = asked.certificate AND n.day BETWEEN q.from_day AND q.until_day))
		AND EXISTS (SELECT 1 FROM area a WHERE a.service = s.id AND (a.kind = 0 OR (a.kind = 1 AND a.place = ANY (n.places))
			OR (a.kind = 2 AND n.located AND a.located AND pg_temp.metres(a.lat, a.lng, n.lat, n.lng) - a.doubt - n.doubt <= a.radius)))),
scored AS (
	SELECT s.owner, s.id,
		s.fit * w.fit / 10000
		+ (CASE WHEN s.metres IS NULL THEN w.reach_unknown ELSE coalesce((SELECT v FROM walk WHERE walk.metres = s.metres * n.detour / 1000), 0) END) * w.reach / 10000
		+ (CASE WHEN s.total > 0 THEN (s.free - n.units) * 10000 / s.total ELSE 0 END) * w.slack / 10000
		+ (CASE WHEN n.day <= s.grade_until THEN s.grade * 2000 ELSE 0 END) * w.grade / 10000
		+ ((s.rated * s.rating + w.shrink * w.mean) / (s.rated + w.shrink)) * w.track / 10000
		+ (CASE WHEN n.cap = 0 OR s.unpriced THEN w.price_unknown
			ELSE least(10000, greatest(0, n.cap - s.mid) * 10000 / n.cap * 10000 / w.price_full) END) * w.price / 10000
		+ (CASE WHEN n.languages = 0 THEN 10000 ELSE bit_count((n.languages & s.languages)::bit(32)) * 10000 / bit_count(n.languages::bit(32)) END) * w.audience / 10000
		+ n.weakness * w.equity / 10000 AS score
	FROM offered s JOIN need n ON n.id = s.need, weight w),
best AS (SELECT DISTINCT ON (owner) owner, id, score FROM scored ORDER BY owner, score DESC, id)
SELECT owner, id, score::int FROM best ORDER BY score DESC, owner LIMIT $2`

// oracle is a city in PostgreSQL.
type oracle struct {
	t  testing.TB
	db *pgx.Conn
}

func newOracle(t testing.TB, w Weights, c *city) oracle {
	t.Helper()
	url := os.Getenv("LINLI_TEST_POSTGRES_URL")
	if url == "" && os.Getenv("LINLI_TEST_REQUIRE") != "" {
		t.Fatal("LINLI_TEST_POSTGRES_URL is not set: the oracle cannot be asked")
	}
	if url == "" {
		t.Skip("SKIPPED LOUDLY: LINLI_TEST_POSTGRES_URL is not set, nothing was compared with SQL")
	}
	db, err := pgx.Connect(context.Background(), url)
	if err != nil {
		t.Fatal(err)
	}
	o := oracle{t, db}
	t.Cleanup(func() { _ = db.Close(context.Background()) })
	o.do(oracleTables)
	o.rules(w, c)
	o.services(c)
	o.needs(c)
	o.do("ANALYZE")
	return o
}

func (o oracle) do(text string) {
	o.t.Helper()
	if _, err := o.db.Exec(context.Background(), text); err != nil {
		o.t.Fatal(err)
	}
}

func (o oracle) fill(table string, rows [][]any) {
	o.t.Helper()
	if len(rows) == 0 {
		return
	}
	fields, err := o.db.Query(context.Background(), "SELECT * FROM "+table+" LIMIT 0")
	if err != nil {
		o.t.Fatal(err)
	}
	var names []string
	for _, f := range fields.FieldDescriptions() {
		names = append(names, f.Name)
	}
	fields.Close()
	if _, err := o.db.CopyFrom(context.Background(), pgx.Identifier{table}, names, pgx.CopyFromRows(rows)); err != nil {
		o.t.Fatal(table, err)
	}
}

func (o oracle) rules(w Weights, c *city) {
	var categories, cosineRows, walk [][]any
	for i, p := range c.taxonomy.parent {
		categories = append(categories, []any{i, p})
	}
	for i, v := range cosines {
		cosineRows = append(cosineRows, []any{i, v})
	}
	for m, v := range reachTable {
		walk = append(walk, []any{m, int32(v)})
	}
	o.fill("category", categories)
	o.fill("cosine", cosineRows)
	o.fill("walk", walk)
	o.fill("weight", [][]any{{w.Fit, w.Reach, w.Slack, w.Grade, w.Track, w.Price, w.Audience, w.Equity,
		w.FitPerLevelUp, w.FitPerLevelDown, w.ReachUnknown, w.PriceFull, w.PriceUnknown, w.TrackMean, w.TrackShrink}})
}

func (o oracle) services(c *city) {
	var services, offers, areas, capacities, certificates, conflicts [][]any
	for i := range c.suppliers {
		s := &c.suppliers[i]
		services = append(services, []any{s.ID, s.Owner, int32(s.Tracks), int32(s.Lists), s.Home.Known, int64(s.Home.Lat), int64(s.Home.Lng),
			s.Grade, s.GradeUntil, int64(s.Rating), int64(s.Rated), int32(s.Groups)})
		for j, x := range s.Offers {
			offers = append(offers, []any{s.ID, j, x.Category, x.Low, x.High})
		}
		for _, a := range s.Areas {
			areas = append(areas, []any{s.ID, int32(a.Kind), a.Place, a.Centre.Known, int64(a.Centre.Lat), int64(a.Centre.Lng), int64(a.Centre.UncertaintyM), int64(a.RadiusM)})
		}
		for _, x := range s.Capacities {
			capacities = append(capacities, []any{s.ID, x.Period, int64(x.Total), int64(x.Free)})
		}
		for _, q := range s.Qualifications {
			certificates = append(certificates, []any{s.ID, q.Code, q.From, q.Until})
		}
		for _, b := range s.Conflicts {
			conflicts = append(conflicts, []any{s.ID, b})
		}
	}
	o.fill("service", services)
	o.fill("offer", offers)
	o.fill("area", areas)
	o.fill("capacity", capacities)
	o.fill("certificate", certificates)
	o.fill("conflict", conflicts)
}

func (o oracle) needs(c *city) {
	var needs [][]any
	for i := range c.needs {
		n := &c.needs[i]
		needs = append(needs, []any{n.ID, int32(n.Track), n.Category, append([]int32{}, n.Places...), n.At.Known, int64(n.At.Lat), int64(n.At.Lng),
			int64(n.At.UncertaintyM), int64(n.DetourPermille), int64(n.Units), n.Period, n.Day, n.CapFen, n.MinGrade, append([]int32{}, n.Required...),
			n.Buyer, append([]string{}, n.Excluded...), int32(n.Groups), n.Weakness})
	}
	o.fill("need", needs)
}

func (o oracle) suppliers(need string, k int) []Scored {
	o.t.Helper()
	rows, err := o.db.Query(context.Background(), oracleQuery, need, k)
	if err != nil {
		o.t.Fatal(err)
	}
	out, err := pgx.CollectRows(rows, func(r pgx.CollectableRow) (s Scored, err error) { return s, r.Scan(&s.ID, &s.Via, &s.Score) })
	if err != nil {
		o.t.Fatal(err)
	}
	return out
}

func TestTop_EqualsTheSameFormulaInSQL(t *testing.T) {
	t.Parallel()
	found := 0
	for seed := uint64(1); seed <= 6; seed++ {
		r := rand.New(rand.NewPCG(seed, 8))
		c := newCity(seed, []int{0, 1, 150, 300, 300, 300}[seed-1], 40)
		w := testWeights
		if seed > 1 {
			c.stir(r)
			w = anyWeights(r)
		}
		ix, err := Build(w, c.taxonomy, c.suppliers, c.needs)
		if err != nil {
			t.Fatal(err)
		}
		o := newOracle(t, w, c)
		for i := range c.needs {
			got, _ := ix.Suppliers(&c.needs[i], 10)
			if want := o.suppliers(c.needs[i].ID, 10); !slices.Equal(got, want) {
				t.Fatalf("seed %d, need %+v:\n got %v\nwant %v", seed, c.needs[i], got, want)
			}
			found += len(got)
		}
	}
	if found < 200 {
		t.Errorf("only %d lines were compared: the test cities are wrong", found)
	}
}
