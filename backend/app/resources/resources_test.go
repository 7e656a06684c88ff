package resources_test

import (
	"context"
	"encoding/json"
	"testing"

	"linli/backend/app"
	"linli/backend/app/resources"
	"linli/backend/domain/access"
	"linli/backend/domain/audit"
	"linli/backend/domain/fault"
	"linli/backend/domain/ident"
	"linli/backend/domain/party"
	"linli/backend/domain/resource"
	"linli/backend/domain/taxonomy"
	"linli/backend/testkit"
)

// organization makes a party with a record and its administrator.
func organization(k *testkit.Kit, name string) (*resource.Organization, access.Actor) {
	p := k.Party(party.KindSSO, name, k.World.Community.ID)
	o, err := resource.NewOrganization(p.ID, resource.Register{LegalRep: "张三丰", Grade: 4}, resource.Profile{Summary: "居家养老服务", BankAccount: "6222020200011112222"}, k.App.Clock.Now())
	if err != nil {
		k.T.Fatal(err)
	}
	k.Update(func(ctx context.Context, u *app.Unit) error {
		if err := u.Resources.InsertOrganization(ctx, o); err != nil {
			return err
		}
		return u.Resources.IndexOrganization(ctx, o.ID)
	})
	return o, k.As(access.SupplierAdmin, p)
}

func offer(k *testkit.Kit) resource.Offer {
	return resource.Offer{Title: "独居老人上门探访", Description: "每周两次", Categories: []taxonomy.Code{"elderly.visit"},
		Areas: []resource.Area{{Kind: resource.AreaPlace, PlaceID: k.World.Street.ID}}, LowFen: 18_000_000, HighFen: 48_000_000, PriceUnit: resource.PerYear}
}

func TestService_FromDraftToDirectory(t *testing.T) {
	t.Parallel()
	testkit.Both(t, func(t *testing.T, k *testkit.Kit) {
		ctx, svc := t.Context(), k.Services.Resources
		o, admin := organization(k, "和风社会工作服务中心")
		stranger := k.As(access.SupplierAdmin, k.Party(party.KindSSO, "别家", k.World.City.ID))
		if _, err := svc.DraftService(ctx, stranger, k.Key(), o.ID, offer(k)); !fault.Is(err, "access.forbidden") {
			t.Errorf("a stranger drafted: %v", err)
		}
		v, err := svc.DraftService(ctx, admin, k.Key(), o.ID, offer(k))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := svc.Service(ctx, stranger, v.ID); !fault.Is(err, "record.not_found") {
			t.Errorf("a stranger sees a draft: %v", err)
		}
		if _, err := svc.FireService(ctx, stranger, k.Key(), v.ID, v.Version, "offer", ""); !fault.Is(err, "record.not_found") {
			t.Errorf("a stranger offers a draft: %v", err)
		}
		if n := found(t, svc, resources.Filter{Query: resource.Query{Words: "探访", Limit: 10}}); n != 0 {
			t.Errorf("a draft is in the directory")
		}
		key := k.Key()
		done, err := svc.FireService(ctx, admin, key, v.ID, v.Version, "offer", "")
		if err != nil || done.State != resource.StateOffered {
			t.Fatalf("%+v %v", done, err)
		}
		if again, err := svc.FireService(ctx, admin, key, v.ID, v.Version, "offer", ""); err != nil || again.Version != done.Version {
			t.Errorf("replay: %+v %v", again, err)
		}
		if _, err := svc.FireService(ctx, admin, k.Key(), v.ID, v.Version, "pause", "x"); !fault.Is(err, "record.stale") {
			t.Errorf("%v", err)
		}
		if _, err := svc.FireService(ctx, stranger, k.Key(), v.ID, done.Version, "pause", "x"); !fault.Is(err, "access.forbidden") {
			t.Errorf("%v", err)
		}
		filters(t, k, svc)
		hashes(t, k, "service", string(v.ID), func(ctx context.Context, u *app.Unit) (any, error) {
			s, err := u.Resources.Service(ctx, v.ID)
			return *s, err
		})
	})
}

func filters(t *testing.T, k *testkit.Kit, svc *resources.Service) {
	q := func(change func(*resources.Filter)) resources.Filter {
		f := resources.Filter{Query: resource.Query{Limit: 10}}
		change(&f)
		return f
	}
	for name, x := range map[string]struct {
		want int
		f    resources.Filter
	}{
		"all":              {1, q(func(*resources.Filter) {})},
		"word":             {1, q(func(f *resources.Filter) { f.Words = "独居老人" })},
		"name":             {1, q(func(f *resources.Filter) { f.Words = "和风" })},
		"other word":       {0, q(func(f *resources.Filter) { f.Words = "停车" })},
		"category":         {1, q(func(f *resources.Filter) { f.Categories = taxonomy.Expand("elderly") })},
		"other category":   {0, q(func(f *resources.Filter) { f.Categories = taxonomy.Expand("parking") })},
		"serves community": {1, q(func(f *resources.Filter) { f.ServesPlace = k.World.Neighbour.ID })},
		"serves city":      {0, q(func(f *resources.Filter) { f.ServesPlace = k.World.City.ID })},
		"within":           {1, q(func(f *resources.Filter) { f.Within = k.World.District.ID })},
		"not within":       {0, q(func(f *resources.Filter) { f.Within = k.World.Neighbour.ID })},
		"grade":            {1, q(func(f *resources.Filter) { f.MinGrade = 4 })},
		"better grade":     {0, q(func(f *resources.Filter) { f.MinGrade = 5 })},
		"price":            {1, q(func(f *resources.Filter) { f.MaxFen = 20_000_000 })},
		"too cheap":        {0, q(func(f *resources.Filter) { f.MaxFen = 10_000_000 })},
		"free":             {0, q(func(f *resources.Filter) { f.FreeIn = "*" })},
		"kind":             {0, q(func(f *resources.Filter) { f.Kinds = []string{"ENT"} })},
	} {
		if n := found(t, svc, x.f); n != x.want {
			t.Errorf("%s: %d organisations, want %d", name, n, x.want)
		}
		page, err := svc.Services(t.Context(), access.Actor{}, x.f)
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		_ = page
	}
}

func found(t *testing.T, svc *resources.Service, f resources.Filter) int {
	t.Helper()
	page, err := svc.Directory(t.Context(), f)
	if err != nil {
		t.Fatal(err)
	}
	return len(page.Items)
}

// hashes holds the state of a record against its last leaf, as verify does.
func hashes(t *testing.T, k *testkit.Kit, kind, id string, load func(context.Context, *app.Unit) (any, error)) {
	t.Helper()
	k.View(func(ctx context.Context, u *app.Unit) error {
		state, err := load(ctx, u)
		if err != nil {
			return err
		}
		records, err := u.Audits.Of(ctx, kind, id, 100)
		if err != nil || len(records) == 0 {
			t.Fatalf("no leaf for %s: %v", kind, err)
		}
		hash, err := audit.StateHash(state)
		if hash != records[len(records)-1].AfterHash {
			text, _ := json.Marshal(state)
			t.Errorf("%s is not what its last leaf says: %s", kind, text)
		}
		return err
	})
}

func TestServices_WithinARadius(t *testing.T) {
	t.Parallel()
	testkit.Both(t, func(t *testing.T, k *testkit.Kit) {
		ctx, svc := t.Context(), k.Services.Resources
		o, admin := organization(k, "半径机构")
		x := offer(k)
		x.Areas = []resource.Area{{Kind: resource.AreaRadius, Lat: 30.64, Lng: 104.12, RadiusM: 1_200}} // 1,112 m north of the community
		v, err := svc.DraftService(ctx, admin, k.Key(), o.ID, x)
		if err != nil {
			t.Fatal(err)
		}
		if v, err = svc.FireService(ctx, admin, k.Key(), v.ID, v.Version, "offer", ""); err != nil {
			t.Fatal(err)
		}
		f := resources.Filter{Query: resource.Query{Limit: 10}, ServesPlace: k.World.Community.ID}
		if page, err := svc.Services(ctx, access.Actor{}, f); err != nil || len(page.Items) != 1 {
			t.Errorf("%d %v", len(page.Items), err)
		}
		x.Areas[0].RadiusM = 1_100
		if _, err = svc.RewriteService(ctx, admin, k.Key(), v.ID, v.Version, x); err != nil {
			t.Fatal(err)
		}
		if page, err := svc.Services(ctx, access.Actor{}, f); err != nil || len(page.Items) != 0 {
			t.Errorf("%d %v", len(page.Items), err)
		}
	})
}

func TestDescribe_KeepsTheAccountAndAsksForACheck(t *testing.T) {
	t.Parallel()
	testkit.Both(t, func(t *testing.T, k *testkit.Kit) {
		ctx, svc := t.Context(), k.Services.Resources
		o, admin := organization(k, "和风社会工作服务中心")
		worker := k.As(access.CommunityWorker, k.Party(party.KindRC, "和美社区居委会", k.World.Community.ID))
		what := resources.Subject{Kind: "organization", ID: string(o.ID)}
		if _, err := svc.Check(ctx, worker, k.Key(), what, o.Version); err != nil {
			t.Fatal(err)
		}
		sheet, err := svc.Sheet(ctx, access.Actor{}, o.ID)
		if err != nil || sheet.Checker != "和美社区居委会" || sheet.Mine || sheet.MayCheck {
			t.Fatalf("%+v %v", sheet, err)
		}
		p := o.Profile
		p.Summary, p.BankAccount = "新的介绍", resource.MaskAccount(o.Profile.BankAccount)
		p.Locations = []resource.Location{{Name: "和美服务点", Address: "和美路 1 号", PlaceID: k.World.Community.ID, Hours: []resource.Slot{{Weekday: 1, From: "09:00", Until: "17:00"}}}}
		done, err := svc.Describe(ctx, admin, k.Key(), o.ID, 2, p)
		if err != nil || done.Checked != nil || done.Profile.BankAccount != "6222020200011112222" || done.Profile.Locations[0].ID == "" {
			t.Fatalf("%+v %v", done, err)
		}
		hashes(t, k, "organization", string(o.ID), func(ctx context.Context, u *app.Unit) (any, error) {
			x, err := u.Resources.Organization(ctx, o.ID)
			return *x, err
		})
		p.Locations[0].PlaceID = "nowhere"
		if _, err := svc.Describe(ctx, admin, k.Key(), o.ID, 3, p); !fault.Is(err, "resource.place_unknown") {
			t.Errorf("%v", err)
		}
		if _, err := svc.Describe(ctx, worker, k.Key(), o.ID, 3, p); !fault.Is(err, "access.forbidden") {
			t.Errorf("%v", err)
		}
	})
}

func TestCheck_NobodyChecksHimself(t *testing.T) {
	t.Parallel()
	k := testkit.New(t)
	p := k.Party(party.KindRC, "和美社区居委会", k.World.Community.ID)
	worker := k.As(access.CommunityWorker, p)
	i, err := k.Services.Resources.DraftItem(t.Context(), worker, k.Key(), resource.Venue, room(k.World.Community.ID))
	if err != nil {
		t.Fatal(err)
	}
	what := resources.Subject{Kind: "resource", ID: string(i.ID)}
	if _, err := k.Services.Resources.Check(t.Context(), worker, k.Key(), what, i.Version); !fault.Is(err, "resource.own_check") {
		t.Errorf("%v", err)
	}
	other := k.As(access.CommunityWorker, k.Party(party.KindRC, "东虹社区居委会", k.World.Neighbour.ID))
	if _, err := k.Services.Resources.Check(t.Context(), other, k.Key(), what, i.Version); !fault.Is(err, "record.not_found") {
		t.Errorf("a draft was checked: %v", err)
	}
	what.Kind = "person"
	if _, err := k.Services.Resources.Check(t.Context(), other, k.Key(), what, i.Version); !fault.Is(err, "resource.kind_unknown") {
		t.Errorf("%v", err)
	}
}

func room(at ident.PlaceID) resource.ItemFacts {
	return resource.ItemFacts{Title: "和美活动室", Categories: []taxonomy.Code{"culture.space"}, PlaceID: at, Persons: 40,
		Access: []resource.AccessFact{{Code: resource.StepFree, Value: 1}, {Code: resource.DoorCM, Value: 90}}}
}

func TestItems_FilterBySizeAndAccess(t *testing.T) {
	t.Parallel()
	testkit.Both(t, func(t *testing.T, k *testkit.Kit) {
		ctx, svc := t.Context(), k.Services.Resources
		worker := k.As(access.CommunityWorker, k.Party(party.KindRC, "和美社区居委会", k.World.Community.ID))
		i, err := svc.DraftItem(ctx, worker, k.Key(), resource.Venue, room(k.World.Community.ID))
		if err != nil {
			t.Fatal(err)
		}
		if i, err = svc.FireItem(ctx, worker, k.Key(), i.ID, i.Version, "offer", ""); err != nil {
			t.Fatal(err)
		}
		for want, f := range map[int][]resource.Query{
			1: {{Limit: 5}, {Limit: 5, Persons: 40}, {Limit: 5, Access: []resource.AccessCode{resource.StepFree}}, {Limit: 5, Words: "活动室"}, {Limit: 5, ItemKind: resource.Venue}},
			0: {{Limit: 5, Persons: 41}, {Limit: 5, Access: []resource.AccessCode{resource.Toilet}}, {Limit: 5, Words: "泳池"}, {Limit: 5, ItemKind: resource.Volunteer}},
		} {
			for _, q := range f {
				if page, err := svc.Things(ctx, access.Actor{}, resources.Filter{Query: q}); err != nil || len(page.Items) != want {
					t.Errorf("%+v: %d %v", q, len(page.Items), err)
				}
			}
		}
		hashes(t, k, "resource", string(i.ID), func(ctx context.Context, u *app.Unit) (any, error) {
			x, err := u.Resources.Item(ctx, i.ID)
			return *x, err
		})
	})
}

func TestMistake_ReportedByAnyoneAnsweredByTheOwner(t *testing.T) {
	t.Parallel()
	testkit.Both(t, func(t *testing.T, k *testkit.Kit) {
		ctx, svc := t.Context(), k.Services.Resources
		o, admin := organization(k, "和风社会工作服务中心")
		what := resources.Subject{Kind: "organization", ID: string(o.ID)}
		m, err := svc.ReportMistake(ctx, access.Actor{}, k.Key(), what, "电话打不通")
		if err != nil || m.By != "" {
			t.Fatalf("%+v %v", m, err)
		}
		if _, err := svc.ReportMistake(ctx, access.Actor{}, k.Key(), what, "错"); !fault.Is(err, "resource.invalid") {
			t.Errorf("%v", err)
		}
		_, other := organization(k, "别家")
		if _, err := svc.AnswerMistake(ctx, other, k.Key(), m.ID, m.Version, "mend", "已改"); !fault.Is(err, "record.not_found") {
			t.Errorf("%v", err)
		}
		if _, err := svc.AnswerMistake(ctx, admin, k.Key(), m.ID, m.Version, "mend", ""); !fault.Is(err, "mistake.reason_required") {
			t.Errorf("%v", err)
		}
		done, err := svc.AnswerMistake(ctx, admin, k.Key(), m.ID, m.Version, "mend", "号码已更新")
		if err != nil || done.State != "mended" {
			t.Fatalf("%+v %v", done, err)
		}
		if _, err := svc.AnswerMistake(ctx, admin, k.Key(), m.ID, done.Version, "dismiss", "x"); !fault.Is(err, "mistake.transition_refused") {
			t.Errorf("%v", err)
		}
		hashes(t, k, "mistake", m.ID, func(ctx context.Context, u *app.Unit) (any, error) {
			x, err := u.Resources.Mistake(ctx, m.ID)
			return *x, err
		})
	})
}
