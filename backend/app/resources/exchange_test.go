package resources_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"linli/backend/app"
	"linli/backend/app/exchange"
	"linli/backend/app/resources"
	"linli/backend/domain/access"
	"linli/backend/domain/fault"
	"linli/backend/domain/party"
	"linli/backend/domain/resource"
	"linli/backend/domain/table"
	"linli/backend/testkit"
)

func sheetOf(text string) table.Table {
	var t table.Table
	for i, line := range strings.Split(strings.TrimSpace(text), "\n") {
		cells := strings.Split(line, "|")
		if i == 0 {
			t.Header = cells
			continue
		}
		t.Rows = append(t.Rows, table.Row{Line: i + 1, Cells: cells})
	}
	return t
}

const twoOrganizations = `uscc|name|kind|place_code|grade|legal_rep|summary|service|categories|areas|capacity|price_low_yuan|price_high_yuan|price_unit
52510104MJQ001237W|和风社会工作服务中心|SSO|510108012011|4|张三丰|陪伴老人|上门探访|elderly.visit; elderly.meals|510108012000|14/20 户; 2026Q2=0/20 户|180000|480000.50|year
52510104MJQ001237W|和风社会工作服务中心|SSO|510108012011|4|张三丰|陪伴老人|课后托管|children.after_school|city; radius:30.63,104.12,1500||||
91510107MA6C00017H|邻里食堂有限公司|SE|||||||||||`

func site(k *testkit.Kit) access.Actor {
	return k.As(access.PlatformAdmin, k.Party(party.KindSite, "平台", k.World.City.ID))
}

func TestImport_RowsOfOneCodeAreOneOrganization(t *testing.T) {
	t.Parallel()
	testkit.Both(t, func(t *testing.T, k *testkit.Kit) {
		ctx, svc, who := t.Context(), k.Services.Resources, site(k)
		in := exchange.Importing{Table: sheetOf(twoOrganizations), SHA256: "a", DryRun: true}
		dry, err := svc.ImportOrganizations(ctx, who, k.Key(), in)
		if err != nil || dry.Created != 2 || dry.Refused != 0 || !dry.DryRun {
			t.Fatalf("%+v %v", dry, err)
		}
		if n := found(t, svc, resources.Filter{Query: resource.Query{Limit: 10}}); n != 0 {
			t.Fatal("a dry run wrote")
		}
		in.DryRun = false
		key := k.Key()
		out, err := svc.ImportOrganizations(ctx, who, key, in)
		if err != nil || out.Created != 2 {
			t.Fatalf("%+v %v", out, err)
		}
		if again, err := svc.ImportOrganizations(ctx, who, key, in); err != nil || again.Created != 2 {
			t.Errorf("the same request answers differently: %+v %v", again, err)
		}
		in.SHA256 = "b"
		if _, err := svc.ImportOrganizations(ctx, who, key, in); !fault.Is(err, "idempotency.reused") {
			t.Errorf("%v", err)
		}
		second, err := svc.ImportOrganizations(ctx, who, k.Key(), in)
		if err != nil || second.Unchanged != 2 || second.Created+second.Updated != 0 {
			t.Errorf("%+v %v", second, err)
		}
		page, err := svc.Services(ctx, access.Actor{}, resources.Filter{Query: resource.Query{Limit: 10}, ServesPlace: k.World.Community.ID})
		if err != nil || len(page.Items) != 2 {
			t.Fatalf("%d %v", len(page.Items), err)
		}
		if o := page.Items[1].Offer; o.LowFen != 18_000_000 || o.HighFen != 48_000_050 || o.Capacities[1].State != resource.CapacityNone || o.Capacities[1].Period != "2026Q2" {
			t.Errorf("%+v", o)
		}
	})
}

func TestExport_ImportsBackUnchanged(t *testing.T) {
	t.Parallel()
	testkit.Both(t, func(t *testing.T, k *testkit.Kit) {
		ctx, svc, who := t.Context(), k.Services.Resources, site(k)
		in := exchange.Importing{Table: sheetOf(twoOrganizations), SHA256: "a"}
		if _, err := svc.ImportOrganizations(ctx, who, k.Key(), in); err != nil {
			t.Fatal(err)
		}
		for _, language := range []string{"zh", "en", "key"} {
			for _, as := range []access.Actor{who, {}} {
				exported, err := svc.ExportOrganizations(ctx, as, language)
				if err != nil || len(exported.Rows) != 3 {
					t.Fatalf("%d %v", len(exported.Rows), err)
				}
				private := slices.Contains(exported.Rows[0].Cells, "张三丰")
				if private == as.Anonymous() {
					t.Errorf("%s: the legal representative's name: %v", as.Role, exported.Rows[0].Cells)
				}
				out, err := svc.ImportOrganizations(ctx, who, k.Key(), exchange.Importing{Table: exported, SHA256: language})
				if err != nil || out.Unchanged != 2 || len(out.Issues) != 0 {
					t.Errorf("%s: %+v %v", language, out, err)
				}
			}
		}
	})
}

func TestImport_UpdatesWhatTheFileNamesAndNothingElse(t *testing.T) {
	t.Parallel()
	testkit.Both(t, func(t *testing.T, k *testkit.Kit) {
		ctx, svc, who := t.Context(), k.Services.Resources, site(k)
		if _, err := svc.ImportOrganizations(ctx, who, k.Key(), exchange.Importing{Table: sheetOf(twoOrganizations), SHA256: "a"}); err != nil {
			t.Fatal(err)
		}
		change := "uscc|name|kind|grade|summary|service|capacity\n52510104MJQ001237W|和风社会工作服务中心|SSO|5|-|上门探访|3/20 户"
		out, err := svc.ImportOrganizations(ctx, who, k.Key(), exchange.Importing{Table: sheetOf(change), SHA256: "b"})
		if err != nil || out.Updated != 1 {
			t.Fatalf("%+v %v", out, err)
		}
		exported, err := svc.ExportOrganizations(ctx, who, "key")
		if err != nil {
			t.Fatal(err)
		}
		cell := func(row int, key string) string { return exported.Rows[row].Cells[slices.Index(exported.Header, key)] }
		if cell(0, "grade") != "5" || cell(0, "summary") != "" || cell(0, "capacity") != "3/20 户 has" || cell(0, "categories") != "elderly.visit; elderly.meals" ||
			cell(0, "place_code") != "510108012011" || cell(1, "service") != "课后托管" {
			t.Errorf("%v", exported.Rows)
		}
	})
}

func TestImport_ReportsEveryBadRowAndTakesTheGoodOnes(t *testing.T) {
	t.Parallel()
	k := testkit.New(t)
	ctx, svc, who := t.Context(), k.Services.Resources, site(k)
	text := `uscc|name|kind|place_code|grade|service|categories|areas|capacity
52510104MJQ001237X|校验错|SSO||||||
52510104MJO001237W|字母错|SSO||||||
|没有代码|SSO||||||
51510100MJQ000015B|类型不符|SSO||||||
53510107MJY0007144|好的基金会|FDN||||||
54510108ME1000011J|地方不对|RC|510199999999|||||
91510107MA6C00017H|等级不对|ENT||9|||||
|个体户|IND|||理发|culture.none|city|
|个体户二|IND|||理发|employment|mars|
|个体户三|IND|||理发|employment|city|30/20 次
|个体户四|IND|||理发||city|
`
	out, err := svc.ImportOrganizations(ctx, who, k.Key(), exchange.Importing{Table: sheetOf(text), SHA256: "a"})
	if err != nil || out.Created != 1 || out.Refused != 10 {
		t.Fatalf("%+v %v", out, err)
	}
	for line, code := range map[int]string{2: "uscc.check", 3: "uscc.character", 4: "resource.code_missing", 5: "resource.code_kind", 7: "exchange.place_unknown",
		8: "table.too_many_cells", 9: "taxonomy.unknown", 10: "exchange.area", 11: "exchange.capacity", 12: "resource.invalid"} {
		if !slices.ContainsFunc(out.Issues, func(i table.Issue) bool { return i.Line == line && i.Code == code }) {
			t.Errorf("line %d has no %s: %+v", line, code, out.Issues)
		}
	}
	if _, err := svc.ImportOrganizations(ctx, k.Resident(), k.Key(), exchange.Importing{Table: sheetOf(text), SHA256: "a"}); !fault.Is(err, "access.forbidden") {
		t.Errorf("%v", err)
	}
}

func TestImport_GoesOnAfterABreak(t *testing.T) {
	t.Parallel()
	k := testkit.New(t)
	ctx, svc := t.Context(), k.Services.Resources
	var b strings.Builder
	b.WriteString("name|kind")
	for i := range 450 {
		b.WriteString("\n个体户" + strings.Repeat("一", i%40) + string(rune('甲'+i/40)) + "|IND")
	}
	in := exchange.Importing{Table: sheetOf(b.String()), SHA256: "a"}
	out, err := svc.ImportOrganizationsHere(ctx, in)
	if err != nil || out.Created != 450 {
		t.Fatalf("%+v %v", out, err)
	}
	k.View(func(ctx context.Context, u *app.Unit) error {
		all, err := u.Resources.Catalogue(ctx, "", 1000)
		if len(all) != 450 {
			t.Errorf("%d stored", len(all))
		}
		return err
	})
	if out, err = svc.ImportOrganizationsHere(ctx, in); err != nil || out.Unchanged != 450 {
		t.Errorf("%+v %v", out, err)
	}
}
