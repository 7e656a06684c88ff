package similar

import (
	"context"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func found(t testing.TB, c *Corpus, every bool) []Pair {
	t.Helper()
	ps, err := c.Pairs(context.Background(), Search{Weights: Standard, Threshold: Likely, Every: every})
	if err != nil {
		t.Fatal(err)
	}
	return ps
}

func TestPairs_BlockingLosesLittleOfComparingEveryPair(t *testing.T) {
	t.Parallel()
	rs := append(residents(t, "dev"), residents(t, "held-out")...)
	c := NewCorpus(textsOf(rs))
	all, quick := found(t, c, true), found(t, c, false)
	if len(quick) > len(all) || len(quick)*100 < len(all)*97 {
		t.Fatalf("blocking found %d of %d pairs", len(quick), len(all))
	}
	have := map[[2]int]int{}
	for _, p := range all {
		have[[2]int{p.A, p.B}] = p.Points
	}
	for _, p := range quick {
		if have[[2]int{p.A, p.B}] != p.Points {
			t.Fatalf("pair %d %d has other points", p.A, p.B)
		}
	}
	t.Logf("%d of %d pairs", len(quick), len(all))
}

func TestPairs_NumbersThatContradictAreNoDuplicates(t *testing.T) {
	t.Parallel()
	c := NewCorpus([]Text{
		{Words: "锦绣苑3栋电梯坏了，没人来修"}, {Words: "錦繡苑三号楼升降機又坏了，请维修"}, {Words: "锦绣苑13栋电梯坏了，没人来修"},
		{Words: "锦绣苑3栋2单元漏水"}, {Words: "锦绣苑3栋1单元漏水"},
		{Words: "想学书法"}, {Words: "青羊巷路灯不亮"}, {Words: "玉林路路灯不亮"},
	})
	var got [][2]int
	for _, p := range found(t, c, false) {
		got = append(got, [2]int{p.A, p.B})
		sum := 0
		for _, r := range p.Reasons {
			sum += r.Points
		}
		if sum != p.Points || logistic(sum) != p.Similarity {
			t.Errorf("the reasons of %v sum to %d, not %d", p, sum, p.Points)
		}
	}
	if !reflect.DeepEqual(got, [][2]int{{0, 1}}) {
		t.Fatalf("got %v", got)
	}
}

func TestPairs_FarApartIsAnotherMatter(t *testing.T) {
	t.Parallel()
	const words = "小区门口路灯不亮，晚上看不清路"
	near := Text{Words: words, Lat: 30.66, Lng: 104.06, Located: true}
	far := Text{Words: words, Lat: 30.70, Lng: 104.06, Located: true}
	if got := found(t, NewCorpus([]Text{near, near, far}), false); len(got) != 1 || got[0].A != 0 || got[0].B != 1 {
		t.Fatalf("got %v", got)
	}
}

func TestMask_HidesPhonesAndIdentityCards(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"电话13800001234，谢谢": "电话***，谢谢", "身份证51010419900101123X": "身份证***", "138-0000-1234": "***",
		"3栋502": "3栋502", "2026-03-02": "***", "80000元": "80000元",
	} {
		if got := Mask(in); got != want {
			t.Errorf("%s: %s, want %s", in, got, want)
		}
	}
}

func TestPlain_ManyWaysToWriteOneAddress(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"三号楼": "3栋", "３栋": "3栋", "十三幢": "13栋", "二十座": "20栋", "一百零八号": "108号", "三〇一室": "301室", "電梯壞了": "电梯坏了", "七八个人": "七八个人", "一 单元": "1单元",
	} {
		if got := string(plain(in)); got != want {
			t.Errorf("%s: %s, want %s", in, got, want)
		}
	}
	for from, to := range simplified {
		if _, again := simplified[to]; again {
			t.Errorf("%c becomes %c, which becomes another", from, to)
		}
	}
}

func TestClusters_AChainIsNotACluster(t *testing.T) {
	t.Parallel()
	chain := []Pair{{A: 0, B: 1, Similarity: 900}, {A: 1, B: 2, Similarity: 800}, {A: 2, B: 3, Similarity: 700}, {A: 3, B: 4, Similarity: 600}}
	if got := Clusters(chain); !reflect.DeepEqual(got, [][]int{{0, 1, 2}, {3, 4}}) {
		t.Fatalf("got %v", got)
	}
}

// The answer is the same for the same texts, whatever they are, and pairs are in order.
func TestPairs_Properties(t *testing.T) {
	t.Parallel()
	words := rapid.SliceOfN(rapid.StringOfN(rapid.RuneFrom([]rune("电梯路灯坏了3栋13号楼单元，锦绣苑玉林路老人13800001234 ab\n（）")), 0, 30, -1), 0, 25)
	rapid.Check(t, func(rt *rapid.T) {
		var texts []Text
		for _, w := range words.Draw(rt, "texts") {
			texts = append(texts, Text{Words: w})
		}
		a, b := found(t, NewCorpus(texts), false), found(t, NewCorpus(texts), false)
		if !reflect.DeepEqual(a, b) {
			rt.Fatal("two runs differ")
		}
		seen := map[int]bool{}
		for _, cluster := range Clusters(a) {
			for _, i := range cluster {
				if seen[i] {
					rt.Fatalf("text %d is in two clusters", i)
				}
				seen[i] = true
			}
		}
	})
}

func FuzzCorpus(f *testing.F) {
	f.Add("锦绣苑3栋电梯", "\xff十百〇栋")
	f.Fuzz(func(t *testing.T, a, b string) {
		for _, p := range found(t, NewCorpus([]Text{{Words: a}, {Words: b}}), true) {
			if p.Similarity < Likely || p.Similarity > 1000 {
				t.Fatalf("similarity %d", p.Similarity)
			}
		}
	})
}

// many makes n texts of the residents' phrases in new combinations, for measuring time only.
func many(b testing.TB, n int) []Text {
	rs := residents(b, "dev")
	r := rand.New(rand.NewPCG(7, 7)) //nolint:gosec // not for secrets
	var parts []string
	for _, x := range rs {
		parts = append(parts, strings.FieldsFunc(x.text, func(c rune) bool { return c == '，' || c == '。' || c == '（' || c == '）' })...)
	}
	surnames := []rune("锦绣百花青羊芳草望江莲花幸福紫荆银杏瑞光彩虹文殊惠民和平金沙玉林翠湖春晓东升西苑南虹北星")
	out := make([]Text, n)
	for i := range out {
		name := string([]rune{surnames[r.IntN(len(surnames))], surnames[r.IntN(len(surnames))]})
		out[i].Words = name + "苑" + itoa(1+r.IntN(30)) + "栋，" + parts[r.IntN(len(parts))] + "，" + parts[r.IntN(len(parts))]
	}
	return out
}

func BenchmarkPairs_10000(b *testing.B) {
	texts := many(b, 10_000)
	for b.Loop() {
		found(b, NewCorpus(texts), false)
	}
}

func BenchmarkPairs_1000_Everybody(b *testing.B) {
	texts := many(b, 1_000)
	for b.Loop() {
		found(b, NewCorpus(texts), true)
	}
}
