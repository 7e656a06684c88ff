package httpapi_test

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"linli/backend/app"
	"linli/backend/domain/access"
	"linli/backend/domain/party"
	"linli/backend/domain/resource"
	"linli/backend/testkit"
)

// attempt is one request that must be refused.
type attempt struct {
	as     access.Actor
	path   string // "" for the route's own
	body   string // "" for the good one
	match  string // "" for the good version, "-" for none
	status int
	code   string
}

// route is a write with everything that must happen to it.
type route struct {
	path, good, match string
	ok                int
	as                access.Actor
	refuse            []attempt
}

// walk tries the refusals first, then the good request twice with one key.
func (x route) walk(t *testing.T, k *testkit.Kit) string {
	t.Helper()
	for _, a := range x.refuse {
		path, body, headers := x.path, x.good, []string{"Idempotency-Key", k.Key()}
		if a.path != "" {
			path = a.path
		}
		if a.body != "" {
			body = a.body
		}
		match := x.match
		if a.match != "" {
			match = a.match
		}
		if match != "" && match != "-" {
			headers = append(headers, "If-Match", match)
		}
		res, got := k.Call(a.as, http.MethodPost, path, body, headers...)
		wantRefusal(t, res, got, a.status, a.code)
	}
	res, got := k.Call(x.as, http.MethodPost, x.path, x.good, "If-Match", x.match)
	wantRefusal(t, res, got, 400, "idempotency.key_missing")
	if x.match != "" {
		version, err := strconv.ParseInt(strings.Trim(x.match, `"`), 10, 64)
		if err != nil {
			t.Fatal(err)
		}
		status, first := change{x.as, http.MethodPost, strings.TrimPrefix(x.path, "/api/v1"), x.good, version}.prove(t, k)
		if status != x.ok {
			t.Fatalf("%s: %d %s", x.path, status, first)
		}
		return first
	}
	key := k.Key()
	res, first := k.Call(x.as, http.MethodPost, x.path, x.good, "Idempotency-Key", key)
	if res.StatusCode != x.ok {
		t.Fatalf("%s: %d %s", x.path, res.StatusCode, first)
	}
	res, again := k.Call(x.as, http.MethodPost, x.path, x.good, "Idempotency-Key", key)
	if res.StatusCode != x.ok || again != first {
		t.Errorf("%s replayed: %d %s", x.path, res.StatusCode, again)
	}
	return first
}

func supplier(k *testkit.Kit, name string) (id string, admin access.Actor) {
	k.T.Helper()
	p := k.Party(party.KindSSO, name, k.World.Community.ID)
	profile := resource.Profile{Summary: "居家养老服务", BankAccount: "6222020200011112222", BankName: "成都银行"}
	o, err := resource.NewOrganization(p.ID, resource.Register{LegalRep: "张三丰", Grade: 4}, profile, k.App.Clock.Now())
	if err != nil {
		k.T.Fatal(err)
	}
	k.Update(func(ctx context.Context, u *app.Unit) error {
		if err := u.Resources.InsertOrganization(ctx, o); err != nil {
			return err
		}
		return u.Resources.IndexOrganization(ctx, o.ID)
	})
	return string(p.ID), k.As(access.SupplierAdmin, p)
}

func TestCategories_PublicAndSearched(t *testing.T) {
	t.Parallel()
	k := testkit.New(t)
	if _, body := k.Call(access.Actor{}, http.MethodGet, "/api/v1/categories", ""); !strings.Contains(body, `"zh":"养老"`) || !strings.Contains(body, `"call":["119"]`) {
		t.Errorf("%.300s", body)
	}
	if _, body := k.Call(access.Actor{}, http.MethodGet, "/api/v1/categories?q="+url.QueryEscape("路灯不亮"), ""); !strings.Contains(body, "safety.lighting") || strings.Contains(body, "elderly") {
		t.Errorf("%s", body)
	}
}

func TestOrganization_PublicSeesNoAccountAndAMaskedName(t *testing.T) {
	t.Parallel()
	testkit.Both(t, func(t *testing.T, k *testkit.Kit) {
		id, admin := supplier(k, "和风社会工作服务中心")
		for _, who := range []access.Actor{{}, k.Resident()} {
			_, body := k.Call(who, http.MethodGet, "/api/v1/organizations/"+id, "")
			if strings.Contains(body, "张三丰") || strings.Contains(body, "2222") || strings.Contains(body, "成都银行") || !strings.Contains(body, `"legalRep":"张`) {
				t.Errorf("%s", body)
			}
		}
		_, body := k.Call(admin, http.MethodGet, "/api/v1/organizations/"+id, "")
		if !strings.Contains(body, "张三丰") || !strings.Contains(body, `"***************2222"`) || strings.Contains(body, "62220202") {
			t.Errorf("%s", body)
		}
		res, body := k.Call(access.Actor{}, http.MethodGet, "/api/v1/organizations/nobody", "")
		wantRefusal(t, res, body, 404, "record.not_found")
		res, body = k.Call(access.Actor{}, http.MethodGet, "/api/v1/organizations?category=unknown", "")
		wantRefusal(t, res, body, 422, "taxonomy.unknown")
	})
}

const goodProfile = `{"summary":"新的介绍","sizeClass":"small","staff":12,"revenueFen":0,"reinvestBP":0,"hub":false,"incubates":[],"contact":"","phone":"028-84000000",
	"website":"","languages":["zh"],"qualifications":[],"locations":[{"name":"和美服务点","placeId":"PLACE","address":"和美路 1 号",
	"hours":[{"weekday":1,"from":"09:00","until":"17:30"}],"access":[{"code":"step_free","value":1}]}]}`

func playOrganizations(t *testing.T, k *testkit.Kit) {
	id, admin := supplier(k, "和风社会工作服务中心")
	_, stranger := supplier(k, "别家")
	good := strings.ReplaceAll(goodProfile, "PLACE", string(k.World.Community.ID))
	describe := route{path: "/api/v1/organizations/" + id + "/describe", good: good, match: `"1"`, ok: 200, as: admin, refuse: []attempt{
		{as: access.Actor{}, status: 401, code: "access.sign_in_required"},
		{as: k.Resident(), status: 403, code: "access.forbidden"},
		{as: stranger, status: 403, code: "access.forbidden"},
		{as: admin, path: "/api/v1/organizations/nobody/describe", status: 404, code: "record.not_found"},
		{as: admin, body: `{"summary":`, status: 400, code: "request.malformed"},
		{as: admin, body: strings.Replace(good, `"staff":12`, `"staff":-1`, 1), status: 422, code: "request.invalid"},
		{as: admin, body: strings.Replace(good, "17:30", "08:00", 1), status: 422, code: "resource.invalid"},
		{as: admin, body: strings.Replace(good, "新的介绍", `\u0000`, 1), status: 422, code: "request.control_character"},
		{as: admin, body: strings.ReplaceAll(goodProfile, "PLACE", "nowhere"), status: 422, code: "resource.place_unknown"},
		{as: admin, match: `"9"`, status: 412, code: "record.stale"},
		{as: admin, match: "-", status: 400, code: "request.version_missing"},
	}}
	if body := describe.walk(t, k); !strings.Contains(body, `"openNow":"open"`) || !strings.Contains(body, "成华区 保和街道 和美社区") {
		t.Errorf("%s", body)
	}
	register := `{"register":{"legalRep":"李四","registrar":"成华区民政局","registeredOn":"2015-06-01","grade":5,"gradeUntil":"2026-03-01","annualReportYear":2025,
		"listing":"","listedOn":"","charity":true,"fundraising":false,"seGrade":"","seUntil":""},"source":"四川社会组织网"}`
	site := platformAdmin(k)
	certify := route{path: "/api/v1/organizations/" + id + "/certify", good: register, match: `"2"`, ok: 200, as: site, refuse: []attempt{
		{as: access.Actor{}, status: 401, code: "access.sign_in_required"},
		{as: admin, status: 403, code: "access.forbidden"},
		{as: site, path: "/api/v1/organizations/nobody/certify", status: 404, code: "record.not_found"},
		{as: site, body: `[]`, status: 422, code: "request.invalid"},
		{as: site, body: strings.Replace(register, "2015-06-01", "2015-06-31", 1), status: 422, code: "table.not_a_date"},
		{as: site, match: `"1"`, status: 412, code: "record.stale"},
	}}
	if body := certify.walk(t, k); !strings.Contains(body, `"grade":5`) || !strings.Contains(body, `"gradeNow":0`) {
		t.Errorf("an expired grade still counts: %s", body)
	}
}

func TestEnlist_OkAndEveryRefusal(t *testing.T) {
	t.Parallel()
	testkit.Both(t, func(t *testing.T, k *testkit.Kit) {
		committee := k.Party(party.KindRC, "和美社区居委会", k.World.Community.ID)
		worker := k.As(access.CommunityWorker, committee)
		_, listed := supplier(k, "已在册")
		odd := k.As(access.CommunityWorker, k.Party(party.KindRes, "和美居民", k.World.Community.ID))
		good := strings.ReplaceAll(goodProfile, "PLACE", string(k.World.Community.ID))
		route{path: "/api/v1/organizations", good: good, ok: 201, as: worker, refuse: []attempt{
			{as: access.Actor{}, status: 401, code: "access.sign_in_required"},
			{as: k.Resident(), status: 403, code: "access.forbidden"},
			{as: listed, status: 409, code: "record.duplicate"},
			{as: odd, status: 409, code: "resource.kind_unlisted"},
			{as: worker, body: `{`, status: 400, code: "request.malformed"},
			{as: worker, body: strings.Replace(good, "17:30", "08:00", 1), status: 422, code: "resource.invalid"},
			{as: worker, body: strings.ReplaceAll(goodProfile, "PLACE", "nowhere"), status: 422, code: "resource.place_unknown"},
		}}.walk(t, k)
	})
}

const goodOffer = `{"title":"独居老人上门探访","categories":["elderly.visit"],"areas":[{"kind":"place","placeId":"PLACE"}],"locationIds":[],
	"capacities":[{"period":"","unit":"户","total":20,"free":14,"state":"has"}],"lowFen":18000000,"highFen":48000000,"priceUnit":"year","free":true,"languages":["zh"]}`

func playServices(t *testing.T, k *testkit.Kit) {
	id, admin := supplier(k, "和风社会工作服务中心")
	_, stranger := supplier(k, "别家")
	good := strings.ReplaceAll(goodOffer, "PLACE", string(k.World.Street.ID))
	bad := func(old, with string) string { return strings.Replace(good, old, with, 1) }
	draft := route{path: "/api/v1/organizations/" + id + "/services", good: good, ok: 201, as: admin, refuse: []attempt{
		{as: access.Actor{}, status: 401, code: "access.sign_in_required"},
		{as: k.Resident(), status: 403, code: "access.forbidden"},
		{as: stranger, status: 403, code: "access.forbidden"},
		{as: admin, path: "/api/v1/organizations/nobody/services", status: 404, code: "record.not_found"},
		{as: admin, body: `{`, status: 400, code: "request.malformed"},
		{as: admin, body: bad("elderly.visit", "elderly.none"), status: 422, code: "resource.invalid"},
		{as: admin, body: bad(`"locationIds":[]`, `"locationIds":["x"]`), status: 422, code: "resource.location_unknown"},
		{as: admin, body: bad(`"free":14`, `"free":24`), status: 422, code: "resource.invalid"},
		{as: admin, body: strings.ReplaceAll(goodOffer, "PLACE", "nowhere"), status: 422, code: "resource.place_unknown"},
	}}
	service := read[struct{ ID string }](t, draft.walk(t, k)).ID
	path := "/api/v1/services/" + service
	res, body := k.Call(stranger, http.MethodGet, path, "")
	wantRefusal(t, res, body, 404, "record.not_found")
	offer := route{path: path + "/offer", good: `{}`, match: `"1"`, ok: 200, as: admin, refuse: []attempt{
		{as: access.Actor{}, status: 401, code: "access.sign_in_required"},
		{as: k.Resident(), status: 403, code: "access.forbidden"},
		{as: stranger, status: 404, code: "record.not_found"},
		{as: admin, match: `"3"`, status: 412, code: "record.stale"},
		{as: admin, path: path + "/pause", body: `{"reason":"还没开始"}`, status: 409, code: "service.transition_refused"},
	}}
	offer.walk(t, k)
	if _, body := k.Call(access.Actor{}, http.MethodGet, "/api/v1/services?serves="+string(k.World.Community.ID)+"&category=elderly&free=*&q="+url.QueryEscape("独居"), ""); !strings.Contains(body, service) {
		t.Errorf("not found: %s", body)
	}
	if _, body := k.Call(access.Actor{}, http.MethodGet, "/api/v1/organizations?free=2026Q2&maxFen=20000000&within="+string(k.World.Street.ID), ""); !strings.Contains(body, id) {
		t.Errorf("not found: %s", body)
	}
	rewrite := route{path: path + "/rewrite", good: bad("独居老人上门探访", "独居老人每周探访"), match: `"2"`, ok: 200, as: admin, refuse: []attempt{
		{as: access.Actor{}, status: 401, code: "access.sign_in_required"},
		{as: stranger, status: 403, code: "access.forbidden"},
		{as: admin, path: "/api/v1/services/nothing/rewrite", status: 404, code: "record.not_found"},
		{as: admin, body: bad(`"lowFen":18000000`, `"lowFen":-1`), status: 422, code: "request.invalid"},
		{as: admin, match: `"1"`, status: 412, code: "record.stale"},
	}}
	rewrite.walk(t, k)
	route{path: path + "/pause", good: `{"reason":"人手不够"}`, match: `"3"`, ok: 200, as: admin, refuse: []attempt{
		{as: access.Actor{}, status: 401, code: "access.sign_in_required"}, {as: stranger, status: 403, code: "access.forbidden"},
		{as: admin, body: `{"reason":""}`, status: 422, code: "service.reason_required"},
	}}.walk(t, k)
	withdraw := route{path: path + "/withdraw", good: `{"reason":"项目结束"}`, match: `"4"`, ok: 200, as: admin, refuse: []attempt{
		{as: stranger, status: 403, code: "access.forbidden"},
		{as: admin, body: `{"reason":""}`, status: 422, code: "service.reason_required"},
	}}
	withdraw.walk(t, k)
	res, body = k.Call(admin, http.MethodPost, path+"/rewrite", good, "If-Match", `"5"`, "Idempotency-Key", k.Key())
	wantRefusal(t, res, body, 409, "resource.withdrawn")
	if res, _ := k.Call(access.Actor{}, http.MethodGet, path, ""); res.StatusCode != 200 {
		t.Error("a withdrawn service lost its page")
	}
}

func playResources(t *testing.T, k *testkit.Kit) {
	worker := k.As(access.CommunityWorker, k.Party(party.KindRC, "和美社区居委会", k.World.Community.ID))
	other := k.As(access.CommunityWorker, k.Party(party.KindRC, "东虹社区居委会", k.World.Neighbour.ID))
	facts := `{"title":"和美活动室","categories":["culture.space"],"placeId":"` + string(k.World.Community.ID) + `","week":[],"persons":40,"access":[{"code":"toilet","value":1}]}`
	good := `{"kind":"venue","facts":` + facts + `}`
	draft := route{path: "/api/v1/resources", good: good, ok: 201, as: worker, refuse: []attempt{
		{as: access.Actor{}, status: 401, code: "access.sign_in_required"},
		{as: k.Resident(), status: 403, code: "access.forbidden"},
		{as: worker, body: strings.Replace(good, `"persons":40`, `"persons":0`, 1), status: 422, code: "resource.invalid"},
		{as: worker, body: strings.Replace(good, `"venue"`, `"boat"`, 1), status: 422, code: "request.invalid"},
		{as: worker, body: strings.Replace(good, string(k.World.Community.ID), "nowhere", 1), status: 422, code: "resource.place_unknown"},
	}}
	id := read[struct{ ID string }](t, draft.walk(t, k)).ID
	route{path: "/api/v1/resources/" + id + "/offer", good: `{}`, match: `"1"`, ok: 200, as: worker, refuse: []attempt{
		{as: other, status: 404, code: "record.not_found"}, {as: worker, match: `"2"`, status: 412, code: "record.stale"},
	}}.walk(t, k)
	route{path: "/api/v1/resources/" + id + "/rewrite", good: strings.Replace(facts, `:40`, `:60`, 1), match: `"2"`, ok: 200, as: worker, refuse: []attempt{
		{as: access.Actor{}, status: 401, code: "access.sign_in_required"}, {as: other, status: 403, code: "access.forbidden"},
		{as: worker, path: "/api/v1/resources/nothing/rewrite", status: 404, code: "record.not_found"},
		{as: worker, body: strings.Replace(facts, "toilet", "wings", 1), status: 422, code: "resource.invalid"},
	}}.walk(t, k)
	check := `{"kind":"resource","id":"` + id + `"}`
	route{path: "/api/v1/resource-checks", good: check, match: `"3"`, ok: 200, as: other, refuse: []attempt{
		{as: access.Actor{}, status: 401, code: "access.sign_in_required"}, {as: k.Resident(), status: 403, code: "access.forbidden"},
		{as: worker, status: 409, code: "resource.own_check"}, {as: other, match: `"1"`, status: 412, code: "record.stale"},
		{as: other, body: `{"kind":"person","id":"x"}`, status: 422, code: "resource.kind_unknown"},
		{as: other, body: `{"kind":"resource","id":"x"}`, status: 404, code: "record.not_found"},
	}}.walk(t, k)
	if _, body := k.Call(access.Actor{}, http.MethodGet, "/api/v1/resources?kind=venue&persons=60&access=toilet", ""); !strings.Contains(body, `"by":"东虹社区居委会"`) {
		t.Errorf("%s", body)
	}
	route{path: "/api/v1/resources/" + id + "/pause", good: `{"reason":"装修"}`, match: `"4"`, ok: 200, as: worker, refuse: []attempt{
		{as: worker, body: `{}`, status: 422, code: "resource.reason_required"},
	}}.walk(t, k)
	if _, body := k.Call(worker, http.MethodGet, "/api/v1/resources?mine=true", ""); !strings.Contains(body, `"paused"`) {
		t.Errorf("%s", body)
	}
	route{path: "/api/v1/resources/" + id + "/withdraw", good: `{"reason":"房屋收回"}`, match: `"5"`, ok: 200, as: worker, refuse: []attempt{
		{as: other, status: 403, code: "access.forbidden"}, {as: worker, body: `{}`, status: 422, code: "resource.reason_required"},
	}}.walk(t, k)
}

func playMistakes(t *testing.T, k *testkit.Kit) {
	id, admin := supplier(k, "和风社会工作服务中心")
	_, stranger := supplier(k, "别家")
	good := `{"kind":"organization","id":"` + id + `","text":"电话打不通"}`
	body := route{path: "/api/v1/resource-mistakes", good: good, ok: 201, refuse: []attempt{
		{body: `{`, status: 400, code: "request.malformed"},
		{body: strings.Replace(good, "电话打不通", "错", 1), status: 422, code: "resource.invalid"},
		{body: strings.Replace(good, id, "nobody", 1), status: 404, code: "record.not_found"},
	}}.walk(t, k)
	m := read[struct{ ID string }](t, body).ID
	if _, body := k.Call(admin, http.MethodGet, "/api/v1/resource-mistakes", ""); !strings.Contains(body, m) {
		t.Errorf("%s", body)
	}
	if _, body := k.Call(stranger, http.MethodGet, "/api/v1/resource-mistakes", ""); strings.Contains(body, m) {
		t.Errorf("a stranger sees it: %s", body)
	}
	route{path: "/api/v1/resource-mistakes/" + m + "/mend", good: `{"reason":"号码已更新"}`, match: `"1"`, ok: 200, as: admin, refuse: []attempt{
		{as: access.Actor{}, status: 401, code: "access.sign_in_required"}, {as: k.Resident(), status: 403, code: "access.forbidden"},
		{as: stranger, status: 404, code: "record.not_found"}, {as: admin, match: `"2"`, status: 412, code: "record.stale"},
		{as: admin, body: `{"reason":""}`, status: 422, code: "mistake.reason_required"},
	}}.walk(t, k)
	res, again := k.Call(admin, http.MethodPost, "/api/v1/resource-mistakes/"+m+"/dismiss", `{"reason":"x"}`, "If-Match", `"2"`, "Idempotency-Key", k.Key())
	wantRefusal(t, res, again, 409, "mistake.transition_refused")
	body = route{path: "/api/v1/resource-mistakes", good: strings.Replace(good, "打不通", "没人接", 1), ok: 201}.walk(t, k)
	route{path: "/api/v1/resource-mistakes/" + read[struct{ ID string }](t, body).ID + "/dismiss", good: `{"reason":"当日休息"}`, match: `"1"`, ok: 200, as: admin, refuse: []attempt{
		{as: k.Resident(), status: 403, code: "access.forbidden"}, {as: stranger, status: 404, code: "record.not_found"},
	}}.walk(t, k)
}
