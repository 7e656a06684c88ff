package taxonomy

import (
	"regexp"
	"slices"
	"testing"

	"linli/backend/domain/fault"
)

func TestTable_IsWellFormed(t *testing.T) {
	t.Parallel()
	form := regexp.MustCompile(`^[a-z_]+(\.[a-z_]+)?$`)
	labels := map[string]Code{}
	for i, c := range All() {
		if !form.MatchString(string(c.Code)) || c.ZH == "" || c.EN == "" || len(c.Keywords) == 0 {
			t.Errorf("line %d: %+v is incomplete", i+2, c)
		}
		if c.Kind != Service && c.Kind != Hazard {
			t.Errorf("%s: kind %q", c.Code, c.Kind)
		}
		if at, _ := byID[c.Code]; at != i {
			t.Errorf("%s stands twice", c.Code)
		}
		if c.Parent != "" {
			if p, ok := Find(c.Parent); !ok || p.Parent != "" {
				t.Errorf("%s: parent %s is no root", c.Code, c.Parent)
			}
		}
		if c.Emergency && (len(c.Call) == 0 || c.Kind != Hazard) {
			t.Errorf("%s: an emergency is a hazard and names a number to call", c.Code)
		}
		if other, taken := labels[c.ZH]; taken {
			t.Errorf("%s and %s have the same label", c.Code, other)
		}
		labels[c.ZH] = c.Code
	}
}

func TestTable_HoldsTheCitysOwnVocabulary(t *testing.T) {
	t.Parallel()
	want := map[Code]string{"elderly": "养老", "children": "托幼与亲子", "courtyard": "老旧院落改造",
		"environment": "环境与背街小巷", "safety": "平安社区", "culture": "文化活动", "health": "健康",
		"disability": "助残", "employment": "就业", "volunteering": "志愿服务"}
	for code, zh := range want {
		if c, ok := Find(code); !ok || c.ZH != zh || len(Children(code)) < 3 {
			t.Errorf("%s: got %+v", code, c)
		}
	}
}

func TestCheck_NamesTheUnknownCode(t *testing.T) {
	t.Parallel()
	if err := Check("elderly.meals"); err != nil {
		t.Fatal(err)
	}
	for _, code := range []Code{"", "elder", "elderly.", "ELDERLY", "elderly.meals.hot"} {
		f, ok := fault.As(Check(code))
		if !ok || f.Code != "taxonomy.unknown" || f.Params["category"] != string(code) {
			t.Errorf("%q: %v", code, f)
		}
	}
}

func TestWithin_DoesNotMistakeAPrefixForAParent(t *testing.T) {
	t.Parallel()
	if !Within("elderly.meals", "elderly") || !Within("elderly", "elderly") {
		t.Error("child and self are within")
	}
	if Within("elderly", "elderly.meals") || Within("elderlyx", "elderly") {
		t.Error("parent or look-alike is not within")
	}
	if got := Expand("parking"); len(got) != 1+len(Children("parking")) || got[0] != "parking" {
		t.Errorf("expand: %v", got)
	}
	if Expand("nothing") != nil {
		t.Error("unknown expands to nothing")
	}
}

func TestSearch_FindsWhatPeopleSay(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]Code{
		"楼上漏雨":      "courtyard.roof",
		"孩子放学没人管":   "children.after_school",
		"煤气味道":      "safety.gas",
		"Fire":      "safety.fire",
		"独居老人没人看":   "elderly.visit",
		"电瓶车充电":     "parking.nonmotor",
		"加装电梯谁来管":   "courtyard.lift",
		"晚上路灯不亮太黑了": "safety.lighting",
	} {
		hits := Search(text)
		if !slices.ContainsFunc(hits[:min(len(hits), 3)], func(c Category) bool { return c.Code == want }) {
			t.Errorf("%s: %s is not among the first three of %v", text, want, hits)
		}
	}
	if len(Search("")) != 0 || len(Search("   ")) != 0 || len(Search("的")) > maxHits {
		t.Error("nothing to search for finds nothing")
	}
}

func TestAll_IsACopy(t *testing.T) {
	t.Parallel()
	All()[0].ZH = "changed"
	if All()[0].ZH == "changed" {
		t.Fatal("a caller changed the table")
	}
}
