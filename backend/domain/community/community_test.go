package community_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"linli/backend/domain/community"
	"linli/backend/domain/ident"
	"linli/backend/domain/table"
	"linli/backend/testkit/realdata"
)

var day = time.Date(2016, 7, 1, 0, 0, 0, 0, time.UTC)

func counter() func() string {
	n := 0
	return func() string { n++; return fmt.Sprintf("id-%06d", n) }
}

func read(t testing.TB, text string) community.List {
	t.Helper()
	list, issues := community.ReadDivisions(rows(text))
	if len(issues) > 0 {
		t.Fatalf("%+v", issues)
	}
	return list
}

func rows(text string) table.Table {
	var out table.Table
	for i, line := range strings.Split(strings.TrimSpace(text), "\n") {
		cells := strings.Split(strings.TrimSpace(line), ",")
		if i == 0 {
			out.Header = cells
			continue
		}
		out.Rows = append(out.Rows, table.Row{Line: i + 1, Cells: cells})
	}
	return out
}

// apply makes places of a plan, as the store does.
func apply(current []community.Place, plan community.Plan) []community.Place {
	out := slices.Clone(current)
	for _, p := range plan.Insert {
		p.Version = 1
		out = append(out, p)
	}
	for _, c := range plan.Save {
		i := slices.IndexFunc(out, func(p community.Place) bool { return p.ID == c.After.ID })
		c.After.Version++
		out[i] = c.After
	}
	slices.SortFunc(out, func(a, b community.Place) int {
		if a.Level != b.Level {
			return int(a.Level - b.Level)
		}
		return strings.Compare(a.Code, b.Code)
	})
	return out
}

func with(t testing.TB, current []community.Place, list community.List, crosswalk ...community.Relation) ([]community.Place, community.Plan) {
	t.Helper()
	plan := community.Draw(current, community.Compare(current, list, crosswalk), day, counterAfter(len(current)))
	return apply(current, plan), plan
}

func counterAfter(n int) func() string {
	next := counter()
	return func() string { return fmt.Sprintf("n%d-%s", n, next()) }
}

func named(t testing.TB, places []community.Place, name string) community.Place {
	t.Helper()
	for _, p := range places {
		if p.Name == name {
			return p
		}
	}
	t.Fatalf("no place %s", name)
	return community.Place{}
}

const head = "code,name,level,parent\n510100000000,成都市,2,510000000000\n510106000000,金牛区,3,510100000000\n"

func TestReadDivisions_NamesLineAndReason(t *testing.T) {
	t.Parallel()
	_, issues := community.ReadDivisions(rows(head + `51010603800,短码街道,4,510106000000
510106038000,营门口街道,4,510106000000
510106038000,营门口街道,4,510106000000
510106039000,营门口街道,4,510106000000
510106038001,甲社区,4,510106000000
510106040000,乙街道,5,510106000000
510107041000,别区街道,4,510106000000
510106038005,花照社区,5,510106999000
510106038006,级别,9,510106038000
510106042000,父级坏,4,51010600000`))
	want := []struct {
		line int
		code string
	}{{4, "division.code"}, {6, "division.duplicate_code"}, {7, "division.duplicate_name"}, {8, "division.code_level"},
		{9, "division.parent_level"}, {10, "division.parent_code"}, {11, "division.parent_missing"}, {12, "division.level"}, {13, "division.code"}}
	for _, w := range want {
		if !slices.ContainsFunc(issues, func(i table.Issue) bool { return i.Line == w.line && i.Code == w.code && i.Message != "" }) {
			t.Errorf("line %d: no %s among %+v", w.line, w.code, issues)
		}
	}
	if len(issues) != len(want) {
		t.Errorf("%d issues, want %d: %+v", len(issues), len(want), issues)
	}
}

func TestReadDivisions_UnknownColumnAndHalfAPoint(t *testing.T) {
	t.Parallel()
	if list, issues := community.ReadDivisions(rows("code,name,level,parent,mayor\n510100000000,成都市,2,510000000000,x")); len(list.Divisions) > 0 || issues[0].Code != "table.column_unknown" {
		t.Errorf("%+v", issues)
	}
	if _, issues := community.ReadDivisions(rows("code,name,level,parent,lng_gcj02\n510100000000,成都市,2,510000000000,104.06")); len(issues) != 1 || issues[0].Code != "division.half_point" {
		t.Errorf("%+v", issues)
	}
	if _, issues := community.ReadDivisions(rows("code,name,level,parent,lng,lat\n510100000000,成都市,2,510000000000,104.06,91")); len(issues) != 1 || issues[0].Code != "table.out_of_range" {
		t.Errorf("%+v", issues)
	}
}

func TestDisplayName(t *testing.T) {
	t.Parallel()
	for listed, want := range map[string]string{"宽巷子社区居委会": "宽巷子社区", "红旗村民委员会": "红旗村", "红旗村村委会": "红旗村", "红旗村委会": "红旗村",
		"红旗社区村民委员会": "红旗社区", "光明社区委会": "光明社区", "金韦社区居委筹委会": "金韦社区", "高新工业园区居民委员会": "高新工业园区社区", "国槐路社区": "国槐路社区"} {
		if got := community.DisplayName(community.LevelCommunity, listed); got != want {
			t.Errorf("%s: %s", listed, got)
		}
	}
	for listed, want := range map[string]string{"玉林街道办事处": "玉林街道", "东升街道办": "东升街道", "彭镇": "彭镇", "新市街道": "新市街道"} {
		if got := community.DisplayName(community.LevelStreet, listed); got != want {
			t.Errorf("%s: %s", listed, got)
		}
	}
}

const before = head + `510106038000,营门口街道,4,510106000000
510106038001,营门口路社区居委会,5,510106038000
510106038005,花照社区居委会,5,510106038000
510106038006,茶店社区居委会,5,510106038000
510106039000,黄忠街道,4,510106000000
510106039001,黄忠社区居委会,5,510106039000
510106039002,金沙公园社区居委会,5,510106039000
510106039003,红旗村委会,5,510106039000
`

func TestCompare_IdentityOutlivesCodesNamesAndStreets(t *testing.T) {
	t.Parallel()
	places, _ := with(t, nil, read(t, before))
	old := map[string]ident.PlaceID{}
	for _, p := range places {
		old[p.Name] = p.ID
	}
	places, plan := with(t, places, read(t, head+`510106038000,营门口街道办事处,4,510106000000
510106038006,茶店社区居委会,5,510106038000
510106038010,花照壁社区居委会,5,510106038000
510106038011,黄忠社区居民委员会,5,510106038000
510106038012,金沙公园社区居委会,5,510106038000
510106038013,茶店二社区居委会,5,510106038000
510106040000,新街道,4,510106000000
510106040001,红旗村委会,5,510106040000
510106040002,红旗南村委会,5,510106040000
`))
	for name, was := range map[string]string{"花照壁社区": "花照社区", "黄忠社区": "黄忠社区", "金沙公园社区": "金沙公园社区", "红旗村": "红旗村", "茶店社区": "茶店社区"} {
		if p := named(t, places, name); p.ID != old[was] || !p.Active {
			t.Errorf("%s did not stay %s: %+v", name, was, p)
		}
	}
	moved := named(t, places, "黄忠社区")
	street := named(t, places, "营门口街道")
	if moved.ParentID != street.ID || !strings.HasPrefix(moved.Path, street.Path) {
		t.Errorf("黄忠社区 is not under its new street: %+v", moved)
	}
	if p := named(t, places, "黄忠街道"); p.Active {
		t.Error("an abolished street is still in force")
	}
	if p := named(t, places, "营门口路社区"); p.Active {
		t.Error("an ended community is still in force")
	}
	asked := map[ident.PlaceID]community.Rehoming{}
	for _, r := range plan.Rehome {
		asked[r.PlaceID] = r
	}
	if r := asked[old["营门口路社区"]]; r.Reason != "several_candidates" || len(r.Candidates) == 0 || r.Kind != "ended" {
		t.Errorf("nobody is asked about 营门口路社区: %+v", r)
	}
	if r := asked[old["茶店社区"]]; r.Kind != "split" || len(r.Candidates) != 1 {
		t.Errorf("the split of 茶店社区 is not asked: %+v", r)
	}
	if r, yes := asked[old["黄忠街道"]]; yes {
		t.Errorf("黄忠街道 went to 营门口街道 with its communities, yet it is asked: %+v", r)
	}
}

func TestCompare_ACommonNameElsewhereIsNotFollowed(t *testing.T) {
	t.Parallel()
	const two = before + "510106041000,远街道,4,510106000000\n510106041001,远社区居委会,5,510106041000\n510107000000,武侯区,3,510100000000\n510107001000,近街道,4,510107000000\n510107001001,红旗村委会,5,510107001000\n"
	places, _ := with(t, nil, read(t, two))
	next := strings.ReplaceAll(two, "510106039003,红旗村委会,5,510106039000\n", "") + "510106041002,红旗村委会,5,510106041000\n"
	places, plan := with(t, places, read(t, next))
	i := slices.IndexFunc(plan.Rehome, func(r community.Rehoming) bool { return r.Reason == "several_candidates" })
	if i < 0 || !slices.Contains(plan.Rehome[i].Candidates[0].Why, "same_name_elsewhere") {
		t.Fatalf("%+v %+v", plan.Rehome, plan.Changes)
	}
	if p := places[slices.IndexFunc(places, func(p community.Place) bool { return p.Code == "510106041002" })]; !p.Active || p.EffectiveFrom != day {
		t.Errorf("%+v", p)
	}
}

func TestCompare_TheCrosswalkComesFirst(t *testing.T) {
	t.Parallel()
	places, _ := with(t, nil, read(t, before))
	ended, tea := named(t, places, "营门口路社区"), named(t, places, "茶店社区")
	next := strings.ReplaceAll(before, "510106038001,营门口路社区居委会,5,510106038000\n", "")
	next = strings.ReplaceAll(next, "510106038006,茶店社区居委会", "510106038006,银沙社区居委会")
	_, plan := with(t, places, read(t, next), community.Relation{From: "510106038001", To: "510106038005", Kind: "merged"},
		community.Relation{From: "510106038006", To: "510106038006", Kind: "same"}, community.Relation{From: "999999999999", To: "510106038005", Kind: "merged"})
	if len(plan.Merged) != 1 || plan.Merged[0].FromID != ended.ID || plan.Merged[0].Reason != "crosswalk" || len(plan.Rehome) != 0 {
		t.Errorf("%+v %+v", plan.Merged, plan.Rehome)
	}
	if len(plan.Changes.Ignored) != 1 || plan.Changes.Ignored[0].From != "999999999999" {
		t.Errorf("%+v", plan.Changes.Ignored)
	}
	if i := slices.IndexFunc(plan.Save, func(c community.Changed) bool { return c.After.ID == tea.ID }); i < 0 || plan.Save[i].After.Name != "银沙社区" {
		t.Error("the crosswalk's continuation was not followed")
	}
}

func TestDraw_PeriodsFollowOneAnother(t *testing.T) {
	t.Parallel()
	places, first := with(t, nil, read(t, before))
	if len(first.Open) != len(places) || len(first.Close) != 0 {
		t.Fatalf("%d periods for %d places", len(first.Open), len(places))
	}
	_, plan := with(t, places, read(t, strings.Replace(before, "花照社区", "花照壁社区", 1)))
	if len(plan.Save) != 1 || len(plan.Open) != 1 || len(plan.Close) != 1 || plan.Open[0].Name != "花照壁社区" || plan.Open[0].Listed != "花照壁社区居委会" {
		t.Errorf("%+v", plan)
	}
}

func TestDraw_ImputedPointsSayHowFarOff(t *testing.T) {
	t.Parallel()
	places, _ := with(t, nil, read(t, `code,name,level,parent,lng,lat
510100000000,成都市,2,510000000000,104.06,30.66
510106000000,金牛区,3,510100000000,,
510106038000,营门口街道,4,510106000000,104.03,30.70
510106038001,甲社区,5,510106038000,104.03,30.72
510106038002,乙社区,5,510106038000,104.04,30.70
510106038003,丙社区,5,510106038000,,`))
	if p := named(t, places, "甲社区"); p.UncertaintyM != 0 || p.Lat != 30.72 {
		t.Errorf("%+v", p)
	}
	if p := named(t, places, "丙社区"); p.UncertaintyM < 2200 || p.UncertaintyM > 2300 || p.Lat != 30.70 || p.Lng != 104.03 {
		t.Errorf("丙社区 is drawn at its street, as far off as 甲社区 is: %+v", p)
	}
	if p := named(t, places, "金牛区"); !p.Located() || p.UncertaintyM == 0 {
		t.Errorf("%+v", p)
	}
}

func TestRealLists_2016Then2021(t *testing.T) {
	t.Parallel()
	list16, issues := community.ReadDivisions(realdata.Table(t, "chengdu-divisions-2016.csv"))
	if len(issues) > 0 || len(list16.Divisions) != 4742 {
		t.Fatalf("%d rows, %+v", len(list16.Divisions), issues)
	}
	places, plan := with(t, nil, list16)
	if len(plan.Insert) != 4742 || len(plan.Rehome) != 0 {
		t.Fatalf("%d inserted", len(plan.Insert))
	}
	if again := community.Draw(places, community.Compare(places, list16, nil), day, counter()); !again.Empty() || again.Changes.Changes() != 0 {
		t.Fatalf("the second time changes %d: %+v", again.Changes.Changes(), again.Save[:min(3, len(again.Save))])
	}
	list21, issues := community.ReadDivisions(realdata.Table(t, "chengdu-divisions-2021.csv"))
	if len(issues) > 0 {
		t.Fatalf("%+v", issues)
	}
	flower := named(t, places, "花照社区")
	after, plan21 := with(t, places, list21)
	if again := community.Draw(after, community.Compare(after, list21, nil), day, counter()); !again.Empty() {
		t.Errorf("the second time changes %d", again.Changes.Changes())
	}
	checkTree(t, after)
	if p := named(t, after, "花照壁社区"); p.ID != flower.ID {
		t.Error("花照社区 did not become 花照壁社区")
	}
	reasons := map[string]int{}
	for _, c := range plan21.Changes.Continued {
		if c.Place.Level == community.LevelCommunity {
			reasons[c.Reason]++
		}
	}
	for _, r := range plan21.Rehome {
		reasons["ask:"+r.Kind+":"+r.Reason]++
	}
	t.Logf("2021 on 2016: %d added, %d merged, %d asked, %d saved, %v", len(plan21.Insert), len(plan21.Merged), len(plan21.Rehome), len(plan21.Save), reasons)
	if len(plan21.Merged)+len(plan21.Rehome) < 1500 || reasons["same_code"] < 1100 {
		t.Error("the lists differ by more than 1,500 communities")
	}
}

// checkTree holds for every tree of places in force: codes once, parents in force one level
// above, paths that end with the place, points with an uncertainty.
func checkTree(t *testing.T, places []community.Place) {
	t.Helper()
	byID, codes := map[ident.PlaceID]community.Place{}, map[string]bool{}
	for _, p := range places {
		byID[p.ID] = p
	}
	for _, p := range places {
		if !p.Active {
			continue
		}
		if codes[p.Code] {
			t.Errorf("code %s is in force twice", p.Code)
		}
		codes[p.Code] = true
		if !strings.HasSuffix(p.Path, "/"+string(p.ID)+"/") || !p.Located() {
			t.Errorf("%+v", p)
		}
		if p.Level == community.LevelCity {
			continue
		}
		if parent := byID[p.ParentID]; !parent.Active || parent.Level != p.Level-1 || parent.Path+string(p.ID)+"/" != p.Path {
			t.Errorf("%s hangs under %+v", p.Name, parent)
		}
	}
}

func FuzzReadDivisions(f *testing.F) {
	f.Add(before)
	f.Add("code,name,level,parent\n510100000000,成都市,2,510000000000")
	f.Fuzz(func(t *testing.T, text string) {
		list, _ := community.ReadDivisions(rows(text))
		plan := community.Draw(nil, community.Compare(nil, list, nil), day, counter())
		if len(plan.Insert) != len(list.Divisions) {
			t.Fatal("a division was lost")
		}
	})
}

func BenchmarkCompare_Chengdu(b *testing.B) {
	list16, _ := community.ReadDivisions(realdata.Table(b, "chengdu-divisions-2016.csv"))
	list21, _ := community.ReadDivisions(realdata.Table(b, "chengdu-divisions-2021.csv"))
	places, _ := with(b, nil, list16)
	b.ResetTimer()
	for range b.N {
		community.Draw(places, community.Compare(places, list21, nil), day, counter())
	}
}
