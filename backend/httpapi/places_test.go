package httpapi_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"linli/backend/domain/access"
	"linli/backend/domain/ident"
	"linli/backend/domain/party"
	"linli/backend/testkit"
)

const cityBefore = `code,name,level,parent,lng_gcj02,lat_gcj02
510100000000,成都市,2,510000000000,104.066794,30.572893
510108000000,成华区,3,510100000000,104.1,30.66
510108012000,保和街道,4,510108000000,104.15,30.63
510108012011,和美社区居委会,5,510108012000,104.155631,30.629358
510108012012,东虹社区居委会,5,510108012000,,
510108012013,胜利社区居委会,5,510108012000,,
`

const cityAfter = `code,name,level,parent
510100000000,成都市,2,510000000000
510108000000,成华区,3,510100000000
510108012000,保和街道办事处,4,510108000000
510108012011,和美社区居委会,5,510108012000
510108012012,东虹社区居委会,5,510108012000
`

type placeItem struct {
	ID, Code, Name, Within string
	Lat, Lng               float64
	Level                  int
	Active                 bool
}

type placeList struct {
	Items      []placeItem
	NextCursor string
}

type question struct {
	ID, State, Reason string
	Waiting           int
	Version           int64
	Place             placeItem
	Candidates        []struct{ Place placeItem }
	Attached          []struct{ Kind, ID, Title string }
	Actions           []struct {
		Action    string
		Permitted bool
		Code      string
	}
}

type refusal struct {
	Code, Title string
	Fields      []struct{ Path, Code string }
}

func platformAdmin(k *testkit.Kit) access.Actor {
	return k.As(access.PlatformAdmin, k.Party(party.KindSite, "平台", k.World.City.ID))
}

// importCity uploads a list and returns status and body.
func importCity(k *testkit.Kit, as access.Actor, query, list string) (int, string) {
	k.T.Helper()
	res, body := k.Call(as, http.MethodPost, "/api/v1/place-imports?name=list.csv"+query, list, "Content-Type", "application/octet-stream", "Idempotency-Key", k.Key())
	return res.StatusCode, body
}

func wantRefusal(t *testing.T, res *http.Response, body string, status int, code string) {
	t.Helper()
	got := read[refusal](t, body)
	if res.StatusCode != status || got.Code != code || got.Title == "" || got.Title == got.Code {
		t.Errorf("want %d %s, got %d %s", status, code, res.StatusCode, body)
	}
}

func TestPlaces_PublicReadsTheTree(t *testing.T) {
	t.Parallel()
	testkit.Both(t, func(t *testing.T, k *testkit.Kit) {
		var public access.Actor
		_, body := k.Call(public, http.MethodGet, "/api/v1/places", "")
		if got := read[placeList](t, body); len(got.Items) != 1 || got.Items[0].Name != "成都市" {
			t.Errorf("%s", body)
		}
		_, body = k.Call(public, http.MethodGet, "/api/v1/places?parent="+string(k.World.Street.ID), "")
		if got := read[placeList](t, body); len(got.Items) != 2 {
			t.Errorf("%s", body)
		}
		_, body = k.Call(public, http.MethodGet, "/api/v1/place-search?q="+url.QueryEscape("和美"), "")
		if got := read[placeList](t, body); len(got.Items) != 1 || got.Items[0].Within != "成华区 保和街道" {
			t.Errorf("%s", body)
		}
		if res, body := k.Call(public, http.MethodGet, "/api/v1/places/"+string(k.World.Community.ID), ""); res.StatusCode != 200 || !strings.Contains(body, `"ancestors":[{`) {
			t.Errorf("%s", body)
		}
		res, body := k.Call(public, http.MethodGet, "/api/v1/places/nowhere", "")
		wantRefusal(t, res, body, 404, "record.not_found")
		res, body = k.Call(public, http.MethodGet, "/api/v1/place-search?q=%00x", "")
		wantRefusal(t, res, body, 422, "request.control_character")
		res, body = k.Call(public, http.MethodGet, "/api/v1/places?limit=1000", "")
		wantRefusal(t, res, body, 422, "request.invalid")
	})
}

func TestImportDivisions_EveryRefusal(t *testing.T) {
	t.Parallel()
	testkit.Both(t, func(t *testing.T, k *testkit.Kit) {
		admin := platformAdmin(k)
		for _, x := range []struct {
			as           access.Actor
			query, list  string
			status       int
			code, column string
		}{
			{access.Actor{}, "", cityBefore, 401, "access.sign_in_required", ""},
			{k.Resident(), "", cityBefore, 403, "access.forbidden", ""},
			{admin, "", "", 400, "", ""},
			{admin, "", "PK\x03\x04", 400, "sheet.unreadable", ""},
			{admin, "", "a,b\n1,\x00", 400, "sheet.encoding", ""},
			{admin, "", "code,name,level,parent\n", 422, "places.list_empty", ""},
			{admin, "", cityBefore + "5101,短,5,510108012000,,\n", 422, "places.list_refused", "line 8 code"},
			{admin, "", cityBefore + strings.Repeat(",", 120) + "\n", 400, "sheet.too_many_columns", ""},
			{admin, "&effectiveFrom=2026-02-30", cityBefore, 422, "table.not_a_date", "effectiveFrom"},
		} {
			res, body := k.Call(x.as, http.MethodPost, "/api/v1/place-imports?name=l.csv"+x.query, x.list, "Content-Type", "application/octet-stream", "Idempotency-Key", k.Key())
			if x.code == "" {
				if res.StatusCode != x.status && res.StatusCode != 422 {
					t.Errorf("empty body: %d %s", res.StatusCode, body)
				}
				continue
			}
			wantRefusal(t, res, body, x.status, x.code)
			if x.column != "" && (len(read[refusal](t, body).Fields) == 0 || read[refusal](t, body).Fields[0].Path != x.column) {
				t.Errorf("%s names no %s: %s", x.code, x.column, body)
			}
		}
		res, body := k.Call(admin, http.MethodPost, "/api/v1/place-imports?name=l.csv", cityBefore, "Content-Type", "application/octet-stream")
		wantRefusal(t, res, body, 400, "idempotency.key_missing")
		if status, body := importCity(k, admin, "&dryRun=true", cityBefore+"5101,短,5,510108012000,,\n"); status != 200 || !strings.Contains(body, `"refused":true`) || !strings.Contains(body, `"line":8`) {
			t.Errorf("%d %s", status, body)
		}
		if _, body := k.Call(admin, http.MethodGet, "/api/v1/place-imports", ""); !strings.Contains(body, `"items":[]`) {
			t.Errorf("a refused list was recorded: %s", body)
		}
	})
}

// endOne applies both lists and returns the question about 胜利社区.
func endOne(t *testing.T, k *testkit.Kit, admin access.Actor) question {
	t.Helper()
	if status, body := importCity(k, admin, "&effectiveFrom=2026-01-01", cityBefore); status != 200 {
		t.Fatal(body)
	}
	_, body := k.Call(access.Actor{}, http.MethodGet, "/api/v1/place-search?q="+url.QueryEscape("胜利"), "")
	victory := read[placeList](t, body).Items[0]
	k.Party(party.KindRC, "胜利社区居委会", identPlace(victory.ID))
	if status, body := importCity(k, admin, "&effectiveFrom=2026-02-01", cityAfter); status != 200 || !strings.Contains(body, `"waiting":1`) {
		t.Fatalf("%d %s", status, body)
	}
	_, body = k.Call(admin, http.MethodGet, "/api/v1/place-questions", "")
	all := read[struct{ Items []question }](t, body).Items
	if len(all) != 1 || all[0].Place.Name != "胜利社区" || all[0].Waiting != 1 {
		t.Fatal(body)
	}
	return all[0]
}

func playPlaceQuestion(t *testing.T, k *testkit.Kit) {
	admin := platformAdmin(k)
	q := endOne(t, k, admin)
	path := "/api/v1/place-questions/" + q.ID + "/choose"
	good := `{"targetId":"` + string(k.World.Community.ID) + `","reason":"并入和美社区"}`
	outsider := k.As(access.CommunityWorker, k.Party(party.KindRC, "和美社区居委会", k.World.Community.ID))
	for _, x := range []struct {
		as            access.Actor
		match, body   string
		status        int
		code          string
		withoutTheKey bool
	}{
		{access.Actor{}, `"1"`, good, 401, "access.sign_in_required", false},
		{k.Resident(), `"1"`, good, 403, "access.forbidden", false},
		{outsider, `"1"`, good, 404, "record.not_found", false},
		{admin, "", good, 400, "request.version_missing", false},
		{admin, `"7"`, good, 412, "record.stale", false},
		{admin, `"1"`, `{"targetId":`, 400, "request.malformed", false},
		{admin, `"1"`, `{"targetId":"x","reason":"y","more":1}`, 422, "request.invalid", false},
		{admin, `"1"`, `{"targetId":"nowhere","reason":"并入"}`, 422, "places.target_ended", false},
		{admin, `"1"`, `{"targetId":"` + q.Place.ID + `","reason":"并入"}`, 422, "places.target_same", false},
		{admin, `"1"`, `{"targetId":"` + string(k.World.Street.ID) + `","reason":"并入"}`, 422, "places.target_level", false},
		{admin, `"1"`, `{"targetId":"` + string(k.World.Community.ID) + `","reason":""}`, 422, "rehoming.reason_required", false},
		{admin, `"1"`, good, 400, "idempotency.key_missing", true},
	} {
		headers := []string{"If-Match", x.match, "Idempotency-Key", k.Key()}
		if x.withoutTheKey {
			headers = headers[:2]
		}
		res, body := k.Call(x.as, http.MethodPost, path, x.body, headers...)
		wantRefusal(t, res, body, x.status, x.code)
	}
	status, body := change{admin, http.MethodPost, strings.TrimPrefix(path, "/api/v1"), good, 1}.prove(t, k)
	if done := read[question](t, body); status != 200 || done.State != "settled" || done.Version != 2 || len(done.Attached) != 0 || done.Actions[0].Permitted {
		t.Fatalf("%d %s", status, body)
	}
	res, body := k.Call(admin, http.MethodPost, path, good, "If-Match", `"2"`, "Idempotency-Key", k.Key())
	wantRefusal(t, res, body, 409, "rehoming.transition_refused")
}

func TestPlaceQuestions_AreSeenByThoseWhoAnswerForThePlace(t *testing.T) {
	t.Parallel()
	k := testkit.New(t)
	q := endOne(t, k, platformAdmin(k))
	street := k.As(access.BuyerMaker, k.Buyer())
	if _, body := k.Call(street, http.MethodGet, "/api/v1/place-questions", ""); !strings.Contains(body, q.ID) {
		t.Errorf("the street does not see it: %s", body)
	}
	neighbour := k.As(access.CommunityWorker, k.Party(party.KindRC, "东虹社区居委会", k.World.Neighbour.ID))
	if _, body := k.Call(neighbour, http.MethodGet, "/api/v1/place-questions?all=true", ""); strings.Contains(body, q.ID) {
		t.Errorf("a neighbour sees it: %s", body)
	}
	res, body := k.Call(neighbour, http.MethodGet, "/api/v1/place-questions/"+q.ID, "")
	wantRefusal(t, res, body, 404, "record.not_found")
	res, body = k.Call(access.Actor{}, http.MethodGet, "/api/v1/place-questions", "")
	wantRefusal(t, res, body, 401, "access.sign_in_required")
	res, body = k.Call(k.Resident(), http.MethodGet, "/api/v1/place-imports", "")
	wantRefusal(t, res, body, 403, "access.forbidden")
}

func TestCountPlace_OkAndEveryRefusal(t *testing.T) {
	t.Parallel()
	testkit.Both(t, func(t *testing.T, k *testkit.Kit) {
		worker := k.As(access.CommunityWorker, k.Party(party.KindRC, "和美社区居委会", k.World.Community.ID))
		path := func(id string) string { return "/api/v1/places/" + id + "/count" }
		mine, next := string(k.World.Community.ID), string(k.World.Neighbour.ID)
		good := `{"kind":"households","value":836,"asOf":"2026-01-31","source":"网格台账"}`
		for _, x := range []struct {
			as       access.Actor
			id, body string
			status   int
			code     string
		}{
			{access.Actor{}, mine, good, 401, "access.sign_in_required"},
			{k.Resident(), mine, good, 403, "access.forbidden"},
			{worker, next, good, 403, "access.forbidden"},
			{worker, "nowhere", good, 404, "record.not_found"},
			{worker, mine, `{`, 400, "request.malformed"},
			{worker, mine, strings.Replace(good, "836", "-1", 1), 422, "request.invalid"},
			{worker, mine, strings.Replace(good, "households", "cats", 1), 422, "request.invalid"},
			{worker, mine, strings.Replace(good, "2026-01-31", "2026-03-03", 1), 422, "places.date_future"},
			{worker, mine, strings.Replace(good, "2026-01-31", "2026-02-31", 1), 422, "table.not_a_date"},
		} {
			res, body := k.Call(x.as, http.MethodPost, path(x.id), x.body, "Idempotency-Key", k.Key())
			wantRefusal(t, res, body, x.status, x.code)
		}
		key := k.Key()
		for range 2 {
			if res, body := k.Call(worker, http.MethodPost, path(mine), good, "Idempotency-Key", key); res.StatusCode != 200 || !strings.Contains(body, `"value":836`) {
				t.Errorf("%d %s", res.StatusCode, body)
			}
		}
		if _, body := k.Call(worker, http.MethodGet, "/api/v1/places/"+mine, ""); !strings.Contains(body, `"mayCount":true`) || strings.Count(body, `"households"`) != 1 {
			t.Errorf("%s", body)
		}
	})
}

func identPlace(id string) ident.PlaceID { return ident.PlaceID(id) }
