package matching_test

import (
	"context"
	"strconv"
	"testing"
	"time"

	"linli/backend/app"
	"linli/backend/app/matching"
	"linli/backend/domain/access"
	"linli/backend/domain/calendar"
	"linli/backend/domain/fault"
	"linli/backend/domain/ident"
	domain "linli/backend/domain/matching"
	"linli/backend/domain/money"
	"linli/backend/domain/need"
	"linli/backend/domain/party"
	"linli/backend/domain/resource"
	"linli/backend/domain/taxonomy"
	"linli/backend/testkit"
)

// town is a street with a need for after-school care and suppliers of several sorts.
type town struct {
	*testkit.Kit
	svc   *matching.Service
	maker access.Actor
	buyer *party.Party
	need  ident.NeedID
}

func newTown(t *testing.T, k *testkit.Kit) *town {
	t.Helper()
	w := &town{Kit: k, svc: k.Services.Matching, buyer: k.Buyer()}
	w.maker = k.As(access.BuyerMaker, w.buyer)
	w.need = w.addNeed("children.after_school", need.StageAdopted)
	return w
}

func (w *town) addNeed(category, stage string) ident.NeedID {
	w.T.Helper()
	var id ident.NeedID
	w.Update(func(ctx context.Context, u *app.Unit) error {
		id = ident.NeedID(u.NewID())
		code, err := u.NextCode(ctx, "XQ")
		if err != nil {
			return err
		}
		n, err := need.New(need.Need{
			ID: id, Code: code, PlaceID: w.World.Community.ID, PartyID: w.buyer.ID, Category: category, Title: "放学后没人管",
			Summary: "双职工家庭的孩子放学后没有去处", EstimateFen: 12_000_000,
		}, u.Now)
		if err != nil {
			return err
		}
		n.Stage, n.Route = stage, need.RouteGov
		return u.Needs.InsertNeed(ctx, n)
	})
	return id
}

// setup is a supplier to add; zero values make one that suits.
type setup struct {
	name     string
	kind     party.Kind
	grade    int
	listing  resource.Listing
	category taxonomy.Code
	area     *resource.Area
	free     int
	low      int64
	lat      float64
}

func (w *town) supplier(s setup) (*resource.Organization, access.Actor, ident.ServiceID) {
	w.T.Helper()
	if s.kind == "" {
		s.kind = party.KindSSO
	}
	if s.category == "" {
		s.category = "children.after_school"
	}
	if s.area == nil {
		s.area = &resource.Area{Kind: resource.AreaCity}
	}
	if s.low == 0 {
		s.low = 8_000_000
	}
	if s.lat == 0 {
		s.lat = 30.631
	}
	p := w.Party(s.kind, s.name, w.World.Street.ID)
	o, err := resource.NewOrganization(p.ID, resource.Register{Grade: s.grade, Listing: s.listing}, resource.Profile{
		Summary: s.name, Locations: []resource.Location{{ID: "l1", Name: "服务点", PlaceID: w.World.Community.ID, Address: "和美路1号", Lat: s.lat, Lng: 104.12}},
	}, w.App.Clock.Now())
	if err != nil {
		w.T.Fatal(err)
	}
	w.Update(func(ctx context.Context, u *app.Unit) error {
		if err := u.Resources.InsertOrganization(ctx, o); err != nil {
			return err
		}
		return u.Resources.IndexOrganization(ctx, o.ID)
	})
	admin := w.As(access.SupplierAdmin, p)
	return o, admin, w.offer(admin, o.ID, s)
}

// offer drafts and offers a service as its owner does, so that the events are the real ones.
func (w *town) offer(admin access.Actor, id ident.OrganizationID, s setup) ident.ServiceID {
	w.T.Helper()
	v, err := w.Services.Resources.DraftService(context.Background(), admin, w.Key(), id, resource.Offer{
		Title: s.name + "的服务", Categories: []taxonomy.Code{s.category}, Areas: []resource.Area{*s.area}, LocationIDs: []string{"l1"},
		LowFen: fen(s.low), HighFen: fen(s.low), PriceUnit: resource.PerProject,
		Capacities: []resource.Capacity{{Unit: "班", Total: 10, Free: s.free, State: resource.CapacityHas, UpdatedOn: calendar.DateOf(w.App.Clock.Now())}},
	})
	if err != nil {
		w.T.Fatal(err)
	}
	if _, err := w.Services.Resources.FireService(context.Background(), admin, w.Key(), v.ID, v.Version, "offer", ""); err != nil {
		w.T.Fatal(err)
	}
	return v.ID
}

func (w *town) ranking(as access.Actor) matching.Ranking {
	w.T.Helper()
	r, err := w.svc.Suppliers(context.Background(), as, domain.SubjectNeed, string(w.need), 10)
	if err != nil {
		w.T.Fatal(err)
	}
	return r
}

func refused(t *testing.T, err error, code string) {
	t.Helper()
	if !fault.Is(err, code) {
		t.Errorf("got %v, want %s", err, code)
	}
}

func TestSuppliers_RankedExplainedAndRefusedWithReasons(t *testing.T) {
	t.Parallel()
	testkit.Both(t, func(t *testing.T, k *testkit.Kit) {
		w := newTown(t, k)
		near, _, _ := w.supplier(setup{name: "近处中心", grade: 4, free: 5})
		far, _, _ := w.supplier(setup{name: "远处中心", grade: 4, free: 5, lat: 30.73})
		refusals := map[string]setup{
			"type.may_not_bid":    {name: "机关", kind: party.KindGOV, free: 5},
			"list.abnormal":       {name: "异常", listing: resource.Abnormal, free: 5},
			"category.not_served": {name: "别的类别", category: "elderly.meals", free: 5},
			"area.outside":        {name: "别的社区", area: &resource.Area{Kind: resource.AreaPlace, PlaceID: w.World.Neighbour.ID}, free: 5},
			"capacity.not_enough": {name: "没有余量", free: 0},
			"price.over_cap":      {name: "超出预算", free: 5, low: 12_000_001},
		}
		ids := map[string]ident.OrganizationID{}
		for code, s := range refusals {
			o, _, _ := w.supplier(s)
			ids[code] = o.ID
		}
		r := w.ranking(w.maker)
		if len(r.Lines) != 2 || r.Lines[0].OrganizationID != near.ID || r.Lines[1].OrganizationID != far.ID || r.Considered != 8 || !r.MayChoose {
			t.Fatalf("%+v", r)
		}
		for _, l := range r.Lines {
			sum := int32(0)
			for _, term := range l.Terms {
				sum += term.Points
			}
			if sum != l.Score || l.Name == "" || l.Service == "" {
				t.Errorf("%+v", l)
			}
		}
		for code, id := range ids {
			a, err := w.svc.WhyNot(context.Background(), w.maker, domain.SubjectNeed, string(w.need), id)
			if err != nil || a.Possible || a.Line.Rank != 0 || a.Line.Score != 0 {
				t.Fatalf("%s: %+v %v", code, a, err)
			}
			for _, g := range a.Line.Gates {
				if !g.Pass && (g.Code != code || g.Remedy == "") {
					t.Errorf("want %s, got %+v", code, g)
				}
			}
		}
		a, err := w.svc.WhyNot(context.Background(), w.maker, domain.SubjectNeed, string(w.need), far.ID)
		if err != nil || a.Line.Rank != 2 || len(a.Losses) != 1 || a.Losses[0].Name != "reach" || a.Losses[0].Points != a.Best-a.Line.Score {
			t.Errorf("%+v %v", a, err)
		}
	})
}

func TestSuppliers_Refusals(t *testing.T) {
	t.Parallel()
	k := testkit.New(t)
	w := newTown(t, k)
	ctx := context.Background()
	_, admin, _ := w.supplier(setup{name: "中心", free: 5})
	outsider := w.As(access.BuyerMaker, w.Party(party.KindGOV, "别的街道", w.World.Neighbour.ID))
	try := func(as access.Actor, id string) error {
		_, err := w.svc.Suppliers(ctx, as, domain.SubjectNeed, id, 10)
		return err
	}
	refused(t, try(access.Actor{}, string(w.need)), "access.sign_in_required")
	refused(t, try(admin, string(w.need)), "access.forbidden")
	refused(t, try(outsider, string(w.need)), "record.not_found")
	refused(t, try(w.maker, "nobody"), "record.not_found")
	if _, err := w.svc.Suppliers(ctx, w.maker, "voice", string(w.need), 10); !fault.Is(err, "matching.subject_unknown") {
		t.Error(err)
	}
	auditor := w.As(access.Auditor, w.Party(party.KindAudit, "审计局", w.World.City.ID))
	if r := w.ranking(auditor); len(r.Lines) != 1 || r.MayChoose {
		t.Errorf("an auditor reads and does not choose: %+v", r)
	}
}

func TestOpportunities_AreTheSupplierOwn(t *testing.T) {
	t.Parallel()
	testkit.Both(t, func(t *testing.T, k *testkit.Kit) {
		w := newTown(t, k)
		ctx := context.Background()
		o, admin, _ := w.supplier(setup{name: "中心", free: 5})
		other := w.addNeed("elderly.meals", need.StageAdopted)
		got, err := w.svc.Opportunities(ctx, admin, domain.SubjectNeed, 10)
		if err != nil || len(got.Lines) != 1 || got.Lines[0].Subject.ID != string(w.need) || got.Open != 2 || got.Candidate.ID != o.ID {
			t.Fatalf("%+v %v", got, err)
		}
		a, err := w.svc.Opportunity(ctx, admin, domain.SubjectNeed, string(other))
		if err != nil || a.Possible || a.Best != 0 {
			t.Errorf("%+v %v", a, err)
		}
		// A second service makes the other need an opportunity; the index hears of it by events.
		w.offer(admin, o.ID, setup{name: "助餐", category: "elderly.meals", area: &resource.Area{Kind: resource.AreaCity}, free: 3, low: 1_000_000})
		if got, err = w.svc.Opportunities(ctx, admin, domain.SubjectNeed, 10); err != nil || len(got.Lines) != 2 {
			t.Errorf("%+v %v", got, err)
		}
		stranger := w.As(access.SupplierAdmin, w.Party(party.KindSSO, "没有名片", w.World.Street.ID))
		_, err = w.svc.Opportunities(ctx, stranger, domain.SubjectNeed, 10)
		refused(t, err, "matching.no_profile")
		_, err = w.svc.Opportunities(ctx, w.maker, domain.SubjectNeed, 10)
		refused(t, err, "access.forbidden")
		closed := w.addNeed("children.after_school", need.StageLinked)
		_, err = w.svc.Opportunity(ctx, admin, domain.SubjectNeed, string(closed))
		refused(t, err, "record.not_found")
	})
}

// Another process sees the events of this one, and an index that followed equals a fresh one.
func TestBoard_FollowsEventsAndEqualsOneBuiltAfresh(t *testing.T) {
	t.Parallel()
	testkit.Both(t, func(t *testing.T, k *testkit.Kit) {
		w := newTown(t, k)
		ctx := context.Background()
		other := matching.New(k.App) // as in a second process
		if err := other.Warm(ctx); err != nil {
			t.Fatal(err)
		}
		_, admin, service := w.supplier(setup{name: "甲", free: 5})
		w.supplier(setup{name: "乙", free: 7, grade: 3})
		w.supplier(setup{name: "丙", free: 2, lat: 30.66})
		if got := len(w.ranking(w.maker).Lines); got != 3 {
			t.Fatalf("%d suppliers", got)
		}
		v, err := w.Services.Resources.Service(ctx, admin, service)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Services.Resources.FireService(ctx, admin, w.Key(), service, v.Version, "pause", "人手不足"); err != nil {
			t.Fatal(err)
		}
		same := func(want int) {
			t.Helper()
			fresh := matching.New(k.App)
			var texts []string
			for _, svc := range []*matching.Service{w.svc, other, fresh} {
				r, err := svc.Suppliers(ctx, w.maker, domain.SubjectNeed, string(w.need), 10)
				if err != nil || len(r.Lines) != want {
					t.Fatalf("%d lines, want %d: %v", len(r.Lines), want, err)
				}
				text, err := domain.Canonical(r.Lines)
				if err != nil {
					t.Fatal(err)
				}
				texts = append(texts, text)
			}
			if texts[0] != texts[1] || texts[1] != texts[2] {
				t.Errorf("three indexes, three answers:\n%s\n%s\n%s", texts[0], texts[1], texts[2])
			}
		}
		same(2)
		if _, err := w.Services.Resources.FireService(ctx, admin, w.Key(), service, v.Version+1, "offer", ""); err != nil {
			t.Fatal(err)
		}
		same(3)
		k.Advance(24 * time.Hour) // another day: certificates and quarters are judged anew
		same(3)
	})
}

func TestDrawUp_KeepsWhatItWasComputedFrom(t *testing.T) {
	t.Parallel()
	testkit.Both(t, func(t *testing.T, k *testkit.Kit) {
		w := newTown(t, k)
		ctx := context.Background()
		for i := range 12 {
			w.supplier(setup{name: "中心" + strconv.Itoa(i), free: 1 + i%9, grade: i % 6})
		}
		key := w.Key()
		d, err := w.svc.DrawUp(ctx, w.maker, matching.DrawInput{Kind: domain.SubjectNeed, ID: string(w.need), Key: key})
		if err != nil {
			t.Fatal(err)
		}
		if again, err := w.svc.DrawUp(ctx, w.maker, matching.DrawInput{Kind: domain.SubjectNeed, ID: string(w.need), Key: key}); err != nil || again != d {
			t.Errorf("replay: %+v %v", again, err)
		}
		m, err := w.svc.Matching(ctx, w.maker, d.ID)
		if err != nil || len(m.Lines) != 10 || m.Considered != 12 || m.Weights != domain.BuiltInCode {
			t.Fatalf("%+v %v", m.Matching, err)
		}
		// The world moves on; the record does not.
		w.supplier(setup{name: "后来者", free: 10, grade: 5})
		p, err := w.svc.Recompute(ctx, w.maker, d.ID)
		if err != nil || !p.HashHolds || !p.SameOrder {
			t.Errorf("%+v %v", p, err)
		}
		choose := func(as access.Actor, version int64, org ident.OrganizationID, kind domain.ChoiceKind, reason string) error {
			_, err := w.svc.Choose(ctx, as, matching.ChooseInput{ID: d.ID, Version: version, OrganizationID: org, Kind: kind, Reason: reason, Key: w.Key()})
			return err
		}
		best := m.Lines[0].OrganizationID
		refused(t, choose(w.As(access.BuyerApprover, w.buyer), 1, best, domain.ChoiceInvite, "近"), "access.forbidden")
		refused(t, choose(w.maker, 2, best, domain.ChoiceInvite, "近"), "record.stale")
		refused(t, choose(w.maker, 1, best, "award", "近"), "matching.choice_unknown")
		refused(t, choose(w.maker, 1, best, domain.ChoiceInvite, ""), "matching.reason_required")
		refused(t, choose(w.maker, 1, w.buyer.ID, domain.ChoiceInvite, "近"), "matching.not_ranked")
		outsider := w.As(access.BuyerMaker, w.Party(party.KindGOV, "别的街道", w.World.Neighbour.ID))
		refused(t, choose(outsider, 1, best, domain.ChoiceInvite, "近"), "record.not_found")
		if err := choose(w.maker, 1, best, domain.ChoiceInvite, "离社区近，等级高"); err != nil {
			t.Fatal(err)
		}
		kept, err := w.svc.Kept(ctx, w.maker, domain.SubjectNeed, string(w.need))
		if err != nil || len(kept) != 1 || len(kept[0].Choices) != 1 || kept[0].Choices[0].Reason == "" {
			t.Errorf("%+v %v", kept, err)
		}
		// Somebody edits the stored inputs: the hash tells.
		_, write := w.DB.Handles()
		if _, err := write.Exec("UPDATE matching SET inputs = REPLACE(inputs, '中心', '中行')"); err != nil {
			t.Fatal(err)
		}
		if p, err := w.svc.Recompute(ctx, w.maker, d.ID); err != nil || p.HashHolds || p.SameOrder {
			t.Errorf("edited inputs were not noticed: %+v %v", p, err)
		}
	})
}

func TestWeights_ChangeTheOrderForEverybodyAtOnce(t *testing.T) {
	t.Parallel()
	testkit.Both(t, func(t *testing.T, k *testkit.Kit) {
		w := newTown(t, k)
		ctx := context.Background()
		other := matching.New(k.App)
		near, _, _ := w.supplier(setup{name: "近而满", free: 1})
		far, _, _ := w.supplier(setup{name: "远而空", free: 10, lat: 30.80})
		if r := w.ranking(w.maker); r.Lines[0].OrganizationID != near.ID {
			t.Fatalf("%+v", r.Lines)
		}
		admin := w.As(access.PlatformAdmin, w.Party(party.KindSite, "平台", w.World.City.ID))
		approver := w.As(access.FinanceApprover, w.Party(party.KindGOV, "财政局", w.World.City.ID))
		v := domain.BuiltIn().Values
		v.Reach, v.Slack = 0, 4000
		_, err := w.svc.ProposeWeights(ctx, w.maker, matching.ProposeWeightsInput{Values: v, Rationale: "试", Key: w.Key()})
		refused(t, err, "access.forbidden")
		p, err := w.svc.ProposeWeights(ctx, admin, matching.ProposeWeightsInput{Values: v, Rationale: "今年更看重余量", Key: w.Key()})
		if err != nil {
			t.Fatal(err)
		}
		if r := w.ranking(w.maker); r.Weights != domain.BuiltInCode {
			t.Errorf("a proposal is in force: %s", r.Weights)
		}
		_, err = w.svc.DecideWeights(ctx, admin, matching.DecideWeightsInput{ID: p.ID, Version: p.Version, Action: "approve", Reason: "好", Key: w.Key()})
		refused(t, err, "access.forbidden")
		if _, err = w.svc.DecideWeights(ctx, approver, matching.DecideWeightsInput{ID: p.ID, Version: p.Version, Action: "approve", Reason: "同意", Key: w.Key()}); err != nil {
			t.Fatal(err)
		}
		for _, svc := range []*matching.Service{w.svc, other} {
			r, err := svc.Suppliers(ctx, w.maker, domain.SubjectNeed, string(w.need), 10)
			if err != nil || r.Weights != p.Code || r.Lines[0].OrganizationID != far.ID {
				t.Errorf("%+v %v", r, err)
			}
		}
		list, err := w.svc.Weights(ctx, approver)
		if err != nil || len(list.Items) != 2 || !list.Items[0].InForce || list.Items[1].InForce || list.MayPropose {
			t.Errorf("%+v %v", list, err)
		}
	})
}

func fen(n int64) money.Fen { return money.Fen(n) }
