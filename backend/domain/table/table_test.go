package table

import (
	"strconv"
	"testing"

	"pgregory.net/rapid"
)

type thing struct {
	name  string
	count int64
	tags  []string
}

var columns = Columns[thing]{
	{Key: "name", ZH: "名称", EN: "Name", Required: true, Example: "例子",
		Get: func(x *thing) string { return x.name },
		Set: func(x *thing, s string) error { x.name = s; return nil }},
	{Key: "count", ZH: "数量", EN: "Count",
		Get: func(x *thing) string { return strconv.FormatInt(x.count, 10) },
		Set: func(x *thing, s string) (err error) { x.count, err = Whole(s, 0, 99); return err }},
	{Key: "tags", ZH: "标签", EN: "Tags",
		Get: func(x *thing) string { return Join(x.tags) },
		Set: func(x *thing, s string) error { x.tags = List(s); return nil }},
}

func TestDecode_AnyHeaderNamesTheColumn(t *testing.T) {
	t.Parallel()
	for _, header := range [][]string{{"name", "count"}, {"名称", "数量"}, {"Count*", "NAME"}} {
		cells := []string{"a", "7"}
		if header[0] != "name" && header[0] != "名称" {
			cells = []string{"7", "a"}
		}
		got, issues := columns.Decode(Table{Header: header, Rows: []Row{{2, cells}}})
		if len(issues) > 0 || len(got) != 1 || got[0].Value.name != "a" || got[0].Value.count != 7 || got[0].Number != 2 {
			t.Errorf("%v: %+v %+v", header, got, issues)
		}
	}
}

func TestDecode_NamesLineColumnAndReason(t *testing.T) {
	t.Parallel()
	got, issues := columns.Decode(Table{Header: []string{"name", "count"}, Rows: []Row{
		{2, []string{"good", "1"}}, {3, []string{"", "2"}}, {4, []string{"bad", "x"}}, {5, []string{"far", "100"}},
		{6, []string{"long", "1", "more"}}, {7, []string{"short"}}}})
	if len(got) != 2 || got[0].Value.name != "good" || got[1].Value.name != "short" {
		t.Errorf("kept %+v", got)
	}
	want := []Issue{{Line: 3, Column: "name", Code: "table.required"}, {Line: 4, Column: "count", Code: "table.not_a_number"},
		{Line: 5, Column: "count", Code: "table.out_of_range"}, {Line: 6, Code: "table.too_many_cells"}}
	if len(issues) != len(want) {
		t.Fatalf("%+v", issues)
	}
	for i, w := range want {
		if issues[i].Line != w.Line || issues[i].Column != w.Column || issues[i].Code != w.Code {
			t.Errorf("issue %d: %+v", i, issues[i])
		}
	}
}

func TestDecode_WrongHeaderReadsNothing(t *testing.T) {
	t.Parallel()
	for code, header := range map[string][]string{
		"table.column_unknown": {"name", "colour"}, "table.column_twice": {"name", "名称"}, "table.column_missing": {"count"}} {
		got, issues := columns.Decode(Table{Header: header, Rows: []Row{{2, []string{"a", "1"}}}})
		if got != nil || len(issues) == 0 || issues[0].Code != code || issues[0].Line != 1 {
			t.Errorf("%s: %+v %+v", code, got, issues)
		}
	}
}

func TestEncode_DecodesToTheSame(t *testing.T) {
	t.Parallel()
	word := rapid.StringMatching(`[a-z停车]{1,8}`)
	rapid.Check(t, func(t *rapid.T) {
		var items []thing
		for range rapid.IntRange(0, 5).Draw(t, "n") {
			items = append(items, thing{word.Draw(t, "name"), rapid.Int64Range(0, 99).Draw(t, "count"), rapid.SliceOfN(word, 0, 3).Draw(t, "tags")})
		}
		for _, language := range []string{"zh", "en", "key"} {
			got, issues := columns.Decode(columns.Encode(items, language))
			if len(issues) > 0 || len(got) != len(items) {
				t.Fatalf("%v %v", got, issues)
			}
			for i, line := range got {
				if line.Value.name != items[i].name || line.Value.count != items[i].count || Join(line.Value.tags) != Join(items[i].tags) {
					t.Fatalf("%+v became %+v", items[i], line.Value)
				}
			}
		}
	})
}

func TestCells(t *testing.T) {
	t.Parallel()
	for _, s := range []string{"2026-03-02", "2026/3/2", "2026年3月2日", "20260302"} {
		if d, err := Day(s); err != nil || d != "2026-03-02" {
			t.Errorf("%s: %s %v", s, d, err)
		}
	}
	if _, err := Day("2026-02-30"); err == nil {
		t.Error("a day that is not")
	}
	if _, err := Degrees("NaN", 90); err == nil {
		t.Error("NaN")
	}
	if b, err := Bool("是"); err != nil || !b {
		t.Error("是")
	}
	if n, err := Whole("1,234", 0, 2000); err != nil || n != 1234 {
		t.Error("thousands")
	}
	if _, err := OneOf("x", "a", "b"); err == nil {
		t.Error("x is not listed")
	}
}
