package similar

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

var neighbourhood = []string{
	"楼道没有路灯，晚上老人出门容易摔倒",
	"放学后孩子没人接，想要托管班",
	"小区电动车乱停乱放，堵住消防通道",
	"独居老人想有人每周上门看看",
	"晚上没有能坐下学习的地方",
	"老院子的电线像蜘蛛网，怕着火",
}

func TestNearest_FindsTheSameMatterInOtherWords(t *testing.T) {
	t.Parallel()
	cases := map[string]int{
		"晚上楼道太黑，没有路灯，怕老人摔倒":   0,
		"希望社区办个放学托管班，孩子放学没人接": 1,
		"消防通道被电动车堵住":          2,
		"希望每周有人上门看看独居老人":      3,
		"电线乱拉像蜘蛛网一样":          5,
	}
	ix := New(neighbourhood)
	for query, want := range cases {
		got := ix.Nearest(query, 3, 0.2)
		if len(got) == 0 || got[0].Position != want {
			t.Errorf("%s: got %v, want text %d first", query, got, want)
		}
	}
}

func TestNearest_UnrelatedStaysBelowTheFloor(t *testing.T) {
	t.Parallel()
	if got := New(neighbourhood).Nearest("想学剪纸和书法", 5, 0.2); len(got) != 0 {
		t.Fatalf("unrelated text matched: %v", got)
	}
}

func TestNearest_EmptyCases(t *testing.T) {
	t.Parallel()
	if got := New(nil).Nearest("路灯", 5, 0); len(got) != 0 {
		t.Fatalf("empty index matched: %v", got)
	}
	if got := New([]string{"", "，。"}).Nearest("", 5, 0); len(got) != 0 {
		t.Fatalf("empty query matched: %v", got)
	}
	if got := New([]string{"灯"}).Nearest("灯", 5, 0.5); len(got) != 1 {
		t.Fatalf("single character not found: %v", got)
	}
}

func TestNearest_Properties(t *testing.T) {
	t.Parallel()
	text := rapid.StringOfN(rapid.RuneFrom([]rune("路灯老人孩子停车楼道晚上ab12 ，。")), 0, 60, -1)
	rapid.Check(t, func(t *rapid.T) {
		texts := rapid.SliceOfN(text, 1, 12).Draw(t, "texts")
		k := rapid.IntRange(0, 12).Draw(t, "k")
		pick := rapid.IntRange(0, len(texts)-1).Draw(t, "pick")
		ix := New(texts)
		got := ix.Nearest(texts[pick], k, 0)
		if len(got) > k {
			t.Fatalf("%d matches, asked for %d", len(got), k)
		}
		for i, m := range got {
			if m.Score <= 0 || m.Score > 1 || math.IsNaN(m.Score) {
				t.Fatalf("score %v out of range", m.Score)
			}
			if i > 0 && better(got[i-1], m) > 0 {
				t.Fatalf("not in order: %v", got)
			}
		}
		if again := ix.Nearest(texts[pick], k, 0); fmt.Sprint(again) != fmt.Sprint(got) {
			t.Fatalf("same question, other answer: %v then %v", got, again)
		}
		if k > 0 && len(count(texts[pick])) > 0 && (len(got) == 0 || got[0].Score < 0.999) {
			t.Fatalf("a text does not find itself: %v", got)
		}
	})
}

func TestCount_LooksAtTheBeginningOnly(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("路灯", MaxRunes)
	if n := count(long)["路灯"]; n != MaxRunes/2 {
		t.Fatalf("looked at %d bigrams of a long text", n)
	}
}

// BenchmarkNearest measures the search before posting: 500 open needs of one community.
func BenchmarkNearest(b *testing.B) {
	texts := make([]string, 500)
	for i := range texts {
		texts[i] = fmt.Sprintf("%s，%d号楼旁边，希望社区早点解决，谢谢", neighbourhood[i%len(neighbourhood)], i)
	}
	b.ReportAllocs()
	for b.Loop() {
		New(texts).Nearest("晚上楼道太黑，希望装路灯", 5, 0.2)
	}
}
