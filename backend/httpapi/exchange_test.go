package httpapi_test

import (
	"bytes"
	"context"
	"net/http"
	"strings"
	"testing"

	"linli/backend/app"
	"linli/backend/domain/access"
	"linli/backend/domain/ident"
	"linli/backend/domain/need"
	"linli/backend/domain/party"
	"linli/backend/sheet"
	"linli/backend/testkit"
)

type outcome struct {
	DryRun                                     bool
	Rows, Created, Updated, Unchanged, Refused int
	Issues                                     []struct {
		Line                int
		Column, Code, Title string
	}
}

func sendSheet(k *testkit.Kit, as access.Actor, path, key, body string) (*http.Response, string) {
	k.T.Helper()
	return k.Call(as, http.MethodPost, path, body, "Content-Type", "application/octet-stream", "Idempotency-Key", key)
}

const organizationFile = "uscc,name,kind,place_code,grade,service,categories,areas\n" +
	"52510104MJQ001237W,和风社会工作服务中心,SSO,510108012011,4,上门探访,elderly.visit,510108012000\n" +
	"52510104MJQ001237X,校验错,SSO,,,,,\n"

func TestImportOrganizations_BothFormatsAndEveryRefusal(t *testing.T) {
	t.Parallel()
	testkit.Both(t, func(t *testing.T, k *testkit.Kit) {
		site := platformAdmin(k)
		const path = "/api/v1/imports/organizations"
		for _, x := range []struct {
			as     access.Actor
			body   string
			status int
			code   string
		}{
			{access.Actor{}, organizationFile, 401, "access.sign_in_required"},
			{k.Resident(), organizationFile, 403, "access.forbidden"},
			{site, "PK\x03\x04", 400, "sheet.unreadable"},
			{site, "a,b\n\"x", 400, "sheet.unreadable"},
			{site, "\n\n", 400, "sheet.empty"},
			{site, "a,b\n1,\x00", 400, "sheet.encoding"},
		} {
			res, body := sendSheet(k, x.as, path, k.Key(), x.body)
			wantRefusal(t, res, body, x.status, x.code)
		}
		res, body := sendSheet(k, site, path+"?dryRun=true", k.Key(), organizationFile)
		if o := read[outcome](t, body); res.StatusCode != 200 || !o.DryRun || o.Created != 1 || o.Refused != 1 || o.Issues[0].Line != 3 || o.Issues[0].Column != "uscc" || o.Issues[0].Title == "" {
			t.Fatalf("%s", body)
		}
		key := k.Key()
		res, body = sendSheet(k, site, path, key, organizationFile)
		if o := read[outcome](t, body); res.StatusCode != 200 || o.Created != 1 {
			t.Fatalf("%s", body)
		}
		if _, again := sendSheet(k, site, path, key, organizationFile); again != body {
			t.Errorf("replay: %s", again)
		}
		res, body = sendSheet(k, site, path, key, organizationFile+"\n")
		wantRefusal(t, res, body, 409, "idempotency.reused")
		for _, format := range []string{"csv", "xlsx"} {
			res, file := k.Call(access.Actor{}, http.MethodGet, "/api/v1/exports/organizations?format="+format, "")
			if res.StatusCode != 200 || !strings.Contains(res.Header.Get("Content-Disposition"), "organizations."+format) {
				t.Fatalf("%d %s", res.StatusCode, file)
			}
			_, body := sendSheet(k, site, path, k.Key(), file)
			if o := read[outcome](t, body); o.Unchanged != 1 || o.Refused != 0 {
				t.Errorf("%s: %s", format, body)
			}
		}
	})
}

func TestTemplates_AreReadByTheImport(t *testing.T) {
	t.Parallel()
	k := testkit.New(t)
	for _, l := range []string{"organizations", "needs", "projects"} {
		for _, language := range []string{"zh", "en"} {
			_, file := k.Call(access.Actor{}, http.MethodGet, "/api/v1/templates/"+l+"?format=xlsx", "", "Accept-Language", language)
			got, err := sheet.Read(strings.NewReader(file))
			if err != nil || len(got.Rows) != 1 || len(got.Header) < 10 {
				t.Errorf("%s %s: %+v %v", l, language, got, err)
			}
		}
	}
}

func TestImportNeeds_OwnCommunityOnly(t *testing.T) {
	t.Parallel()
	testkit.Both(t, func(t *testing.T, k *testkit.Kit) {
		committee := k.Party(party.KindRC, "和美社区居委会", k.World.Community.ID)
		worker := k.As(access.CommunityWorker, committee)
		file := "place_code,category,title,summary,beneficiaries,estimate_yuan,urgency\n" +
			"510108012011,elderly.visit,独居老人需要探访,七栋九栋没有电梯,8,60000.00,normal\n" +
			"510108012012,elderly.visit,别的社区,不归我管,8,,\n" +
			"510108012011,elderly.none,类别不对,没有这个类别,,,\n" +
			"510199999999,elderly.visit,没有这个地方,代码不对,,,\n" +
			"510108012011,elderly.visit,,没有标题,,,\n"
		const path = "/api/v1/imports/needs"
		res, body := sendSheet(k, access.Actor{}, path, k.Key(), file)
		wantRefusal(t, res, body, 401, "access.sign_in_required")
		res, body = sendSheet(k, k.Resident(), path, k.Key(), file)
		wantRefusal(t, res, body, 403, "access.forbidden")
		_, body = sendSheet(k, worker, path, k.Key(), file)
		o := read[outcome](t, body)
		codes := map[int]string{}
		for _, i := range o.Issues {
			codes[i.Line] = i.Code
		}
		if o.Created != 1 || o.Refused != 4 || codes[3] != "access.forbidden" || codes[4] != "taxonomy.unknown" || codes[5] != "exchange.place_unknown" || codes[6] != "table.required" {
			t.Fatalf("%s", body)
		}
		if _, body = sendSheet(k, worker, path, k.Key(), file); read[outcome](t, body).Unchanged != 1 {
			t.Errorf("the second time: %s", body)
		}
		_, exported := k.Call(access.Actor{}, http.MethodGet, "/api/v1/exports/needs?headers=key&category=elderly", "")
		got, err := sheet.Read(strings.NewReader(exported))
		if err != nil || len(got.Rows) != 1 {
			t.Fatalf("%+v %v", got, err)
		}
		changed := strings.Replace(exported, "七栋九栋没有电梯", "七栋八栋九栋都没有电梯", 1)
		if _, body = sendSheet(k, worker, path, k.Key(), changed); read[outcome](t, body).Updated != 1 {
			t.Errorf("%s", body)
		}
		if _, body = sendSheet(k, worker, path, k.Key(), strings.Replace(changed, "XQ-2026-000001", "XQ-2026-999999", 1)); read[outcome](t, body).Issues[0].Code != "exchange.code_unknown" {
			t.Errorf("%s", body)
		}
	})
}

func TestImportProjects_ProposalsOfOnesOwn(t *testing.T) {
	t.Parallel()
	testkit.Both(t, func(t *testing.T, k *testkit.Kit) {
		maker := k.As(access.BuyerMaker, k.Buyer())
		file := "title,summary,track,place_code,category,needs,lots\n探访服务,说明,G,510108012000,elderly.visit,XQ-2026-000009,探访=60000.00\n坏标段,说明,G,510108012000,elderly.visit,XQ-2026-000009,探访\n"
		const path = "/api/v1/imports/projects"
		res, body := sendSheet(k, access.Actor{}, path, k.Key(), file)
		wantRefusal(t, res, body, 401, "access.sign_in_required")
		res, body = sendSheet(k, k.Resident(), path, k.Key(), file)
		wantRefusal(t, res, body, 403, "access.forbidden")
		_, body = sendSheet(k, maker, path, k.Key(), file)
		o := read[outcome](t, body)
		if o.Created != 0 || o.Refused != 2 || o.Issues[0].Code != "exchange.code_unknown" || o.Issues[1].Code != "exchange.lot" {
			t.Errorf("%s", body)
		}
		adopted(k, "XQ-2026-000009")
		good := strings.Split(file, "坏标段")[0]
		if _, body = sendSheet(k, maker, path, k.Key(), good); read[outcome](t, body).Created != 1 {
			t.Fatalf("%s", body)
		}
		if _, body = sendSheet(k, maker, path, k.Key(), good); read[outcome](t, body).Unchanged != 1 {
			t.Errorf("the second time: %s", body)
		}
		_, exported := k.Call(access.Actor{}, http.MethodGet, "/api/v1/exports/projects?headers=key", "")
		if _, body = sendSheet(k, maker, path, k.Key(), exported); read[outcome](t, body).Unchanged != 1 {
			t.Errorf("an export came back: %s", body)
		}
		if _, body = sendSheet(k, maker, path, k.Key(), strings.Replace(exported, "60000.00", "50000.00", 1)); read[outcome](t, body).Updated != 1 {
			t.Errorf("%s", body)
		}
		stranger := k.As(access.BuyerMaker, k.Party(party.KindGOV, "别的街道", k.World.Street.ID))
		if _, body = sendSheet(k, stranger, path, k.Key(), strings.Replace(exported, "60000.00", "1.00", 1)); read[outcome](t, body).Issues[0].Code != "access.forbidden" {
			t.Errorf("%s", body)
		}
		if res, file := k.Call(access.Actor{}, http.MethodGet, "/api/v1/exports/projects?format=xlsx", ""); res.StatusCode != 200 || !bytes.HasPrefix([]byte(file), []byte("PK")) {
			t.Errorf("%d", res.StatusCode)
		}
	})
}

// adopted stores a need that may enter a project.
func adopted(k *testkit.Kit, code string) {
	k.T.Helper()
	committee := k.Party(party.KindRC, "和美社区居委会", k.World.Community.ID)
	k.Update(func(ctx context.Context, u *app.Unit) error {
		n, err := need.New(need.Need{ID: ident.NeedID(u.NewID()), Code: code, PlaceID: k.World.Community.ID, PartyID: committee.ID,
			Category: "elderly.visit", Title: "独居老人需要探访", Summary: "七栋九栋没有电梯"}, u.Now)
		if err != nil {
			return err
		}
		n.Stage = need.StageAdopted
		return u.Needs.InsertNeed(ctx, n)
	})
}
