package city

import (
	"fmt"
	"math"
	"time"

	"linli/backend/app"
	"linli/backend/domain/calendar"
	"linli/backend/domain/community"
	"linli/backend/domain/ident"
	"linli/backend/domain/money"
	"linli/backend/domain/need"
	"linli/backend/domain/party"
	"linli/backend/domain/resource"
	"linli/backend/domain/taxonomy"
	"linli/backend/domain/uscc"
)

func pick[T any](b *builder, from []T) T { return from[b.random.IntN(len(from))] }

// chance is true in so many of a hundred cases.
func (b *builder) chance(percent int) bool { return b.random.IntN(100) < percent }

// community prefers the dense middle of the city: of three at random, the one nearest to it.
func (b *builder) community() community.Place {
	best := pick(b, b.communities)
	for range 2 {
		if c := pick(b, b.communities); fromMiddle(c) < fromMiddle(best) {
			best = c
		}
	}
	return best
}

func fromMiddle(p community.Place) float64 {
	const lat, lng = 30.6586, 104.0648 // 天府广场
	return math.Hypot(p.Lat-lat, (p.Lng-lng)*0.86)
}

// kinds of organisations that take on community services, as they are met.
var kinds = []struct {
	kind   party.Kind
	prefix string
	ending []string
	weight int
}{
	{party.KindSSO, "52", []string{"社会工作服务中心", "社区服务中心", "养老服务中心", "公益服务中心"}, 52},
	{party.KindSA, "51", []string{"志愿者协会", "社区发展协会", "邻里互助会"}, 20},
	{party.KindENT, "91", []string{"社区服务有限公司", "物业服务有限公司", "健康管理有限公司"}, 16},
	{party.KindSE, "91", []string{"社会企业有限公司", "邻里服务有限公司"}, 6},
	{party.KindIND, "92", []string{"便民服务部", "家政服务部"}, 4},
	{party.KindFDN, "53", []string{"社区发展基金会"}, 2},
}

var firstWords = []string{"和风", "锦里", "蜀光", "同心", "暖阳", "邻里", "爱有戏", "青禾", "益众", "云朵", "向阳", "安康", "惠民", "织锦", "泉心", "乐活", "晨曦", "大爱", "融和", "致远"}
var secondWords = []string{"", "之家", "伙伴", "家园", "同行", "乐邻", "小站", "纽带", "春晖", "守望", "共创", "联合"}

func (b *builder) party(u *app.Unit) (party.Party, error) {
	roll, at := b.random.IntN(100), 0
	for roll >= kinds[at].weight {
		roll -= kinds[at].weight
		at++
	}
	k := kinds[at]
	home := b.community()
	code, err := b.creditCode(k.prefix, home.Code[:6])
	if err != nil {
		return party.Party{}, err
	}
	name := fmt.Sprintf("%s%s%s%s", b.districtName(home), pick(b, firstWords), pick(b, secondWords), pick(b, k.ending))
	return party.Party{ID: ident.PartyID(u.NewID()), Kind: k.kind, Name: name, USCC: string(code), PlaceID: home.ID, Active: true, CreatedAt: u.Now}, nil
}

func (b *builder) districtName(p community.Place) string {
	if s, ok := b.streets[p.ParentID]; ok {
		return b.districts[s.ParentID].Name
	}
	return ""
}

// creditCode makes the next valid code: an organisation code that counts up from a range no
// real register uses here.
func (b *builder) creditCode(prefix, region string) (uscc.Code, error) {
	b.codes++
	organisation, err := uscc.OrganisationCode(fmt.Sprintf("X%07d", b.codes))
	if err != nil {
		return "", err
	}
	return uscc.Complete(prefix + region + organisation)
}

func (b *builder) organization(u *app.Unit, p party.Party) (resource.Loaded, error) {
	r := resource.Register{LegalRep: pick(b, surnames) + pick(b, givenNames), Registrar: "（虚构）民政局", AnnualReportYear: u.Now.Year() - 1}
	if b.chance(45) {
		r.Grade = 1 + b.random.IntN(5)
		until := calendar.DateOf(u.Now).AddDate(b.random.IntN(5)-1, b.random.IntN(12), 0)
		r.GradeUntil = &until
	}
	if b.chance(2) {
		r.Listing = resource.Abnormal
	}
	r.Charity = p.Kind == party.KindFDN || b.chance(6)
	if p.Kind == party.KindSE {
		r.SEGrade = pick(b, []string{"A", "AA", "AAA"})
	}
	offers := b.services(p)
	profile := resource.Profile{Summary: "（虚构）" + offers[0].Title + "，服务" + b.districtName(b.placeOf(p)) + "居民。", Staff: 2 + b.random.IntN(60),
		Languages: []string{"zh"}, Phone: fmt.Sprintf("028-8%07d", b.random.IntN(10_000_000)), Hub: b.chance(3)}
	o, err := resource.NewOrganization(p.ID, r, profile, u.Now)
	if err != nil {
		return resource.Loaded{}, err
	}
	out := resource.Loaded{Named: resource.Named{Kind: string(p.Kind), Name: p.Name, USCC: p.USCC, PlaceID: p.PlaceID, Active: true}, Organization: *o}
	for _, offer := range offers {
		for i := range offer.Capacities {
			offer.Capacities[i].UpdatedOn = calendar.DateOf(u.Now)
		}
		v, err := resource.NewService(ident.ServiceID(u.NewID()), p.ID, offer, u.Now)
		if err != nil {
			return out, err
		}
		if _, err := v.Fire("offer", "", u.Now); err != nil {
			return out, err
		}
		out.Services = append(out.Services, *v)
	}
	return out, nil
}

func (b *builder) placeOf(p party.Party) community.Place {
	for _, c := range b.communities {
		if c.ID == p.PlaceID {
			return c
		}
	}
	return b.communities[0]
}

// services invents one to three offers in different categories.
func (b *builder) services(p party.Party) []resource.Offer {
	home := b.placeOf(p)
	var out []resource.Offer
	seen := map[taxonomy.Code]bool{}
	for range 1 + b.random.IntN(3) {
		w := pick(b, wishes)
		if seen[w.category] {
			continue
		}
		seen[w.category] = true
		low := money.Fen(20_000_00 + int64(b.random.IntN(160))*1_000_00)
		total := 5 + b.random.IntN(120)
		c := resource.Capacity{Unit: "户", Total: total, Free: b.random.IntN(total + 1), State: resource.CapacityHas}
		if c.Free == 0 {
			c.State = resource.CapacityNone
		}
		out = append(out, resource.Offer{
			Title: w.service, Description: "（虚构）" + w.service + "，按社区需要安排。", Categories: []taxonomy.Code{w.category}, Areas: []resource.Area{b.area(home)},
			Capacities: []resource.Capacity{c}, LowFen: low, HighFen: low + low/2, PriceUnit: resource.PerYear, Free: b.chance(60), Languages: []string{"zh"},
		})
	}
	return out
}

// area is the city for few, the district for most, a street or a walk for the rest.
func (b *builder) area(home community.Place) resource.Area {
	street := b.streets[home.ParentID]
	switch roll := b.random.IntN(100); {
	case roll < 5 || street.ID == "":
		return resource.Area{Kind: resource.AreaCity}
	case roll < 55:
		return resource.Area{Kind: resource.AreaPlace, PlaceID: street.ParentID}
	case roll < 75:
		return resource.Area{Kind: resource.AreaPlace, PlaceID: street.ID}
	default:
		return resource.Area{Kind: resource.AreaRadius, Lat: home.Lat, Lng: home.Lng, RadiusM: 1000 * (1 + b.random.IntN(8))}
	}
}

// twoYears is how far back needs were opened.
const twoYears = 730 * 24 * time.Hour

func (b *builder) need(u *app.Unit, code string) (need.Need, error) {
	c, w := b.community(), pick(b, wishes)
	opened := u.Now.Add(-time.Duration(b.random.Int64N(int64(twoYears)))).Truncate(time.Microsecond)
	title := pick(b, w.titles)
	n, err := need.New(need.Need{
		ID: ident.NeedID(u.NewID()), Code: code, PlaceID: c.ID, PartyID: b.committees[c.ID], Category: string(w.category), Title: title,
		Summary:       fmt.Sprintf("（虚构）%s%s：%s，%s。", c.Name, pick(b, spots), title, pick(b, details)),
		Beneficiaries: 3 + b.random.IntN(400), EstimateFen: money.Fen(5_000_00 + int64(b.random.IntN(300))*1_000_00), Urgency: b.urgency(), Point: b.point(w.category, c),
	}, opened)
	if err != nil {
		return need.Need{}, err
	}
	if b.chance(18) {
		closed := opened.Add(time.Duration(b.random.Int64N(int64(u.Now.Sub(opened)) + 1))).Truncate(time.Microsecond)
		n.Stage, n.Outcome, n.Reason = need.StageClosed, "unmet_no_resource", "（虚构）暂无资源，列入下一年度预算"
		n.StageAt, n.ClosedAt = closed, &closed
	}
	return *n, nil
}

func (b *builder) urgency() need.Urgency {
	switch roll := b.random.IntN(100); {
	case roll < 8:
		return need.UrgencyUrgent
	case roll < 30:
		return need.UrgencySoon
	}
	return need.UrgencyNormal
}

// point scatters a need within about half a kilometre of its community's middle; a sensitive
// one stays at the middle.
func (b *builder) point(category taxonomy.Code, c community.Place) *need.Point {
	const halfKilometreE6 = 4500
	const communityM = 500
	p := &need.Point{LatE6: int64(c.Lat * 1e6), LngE6: int64(c.Lng * 1e6), UncertaintyM: max(c.UncertaintyM, communityM)}
	if k, _ := taxonomy.Find(category); !k.Sensitive {
		p.LatE6 += int64(b.random.IntN(2*halfKilometreE6) - halfKilometreE6)
		p.LngE6 += int64(b.random.IntN(2*halfKilometreE6) - halfKilometreE6)
		p.UncertaintyM = 0
	}
	return p
}
