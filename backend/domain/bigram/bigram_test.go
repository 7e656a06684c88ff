package bigram

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestTokens(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"停车场":          "停车 车场 场",
		"停车。车场":        "停车 车 车场 场",
		"车":            "车",
		"AED 急救2号":     "aed 急救 救 2 号",
		"ＷＩＦＩ／电梯":      "wifi 电梯 梯",
		"":             "",
		"……!!":         "",
		"after-school": "after school",
	} {
		if got := strings.Join(Tokens(text), " "); got != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}

func TestParse(t *testing.T) {
	t.Parallel()
	got := Parse("加装电梯 AED 车")
	if len(got) != 3 || strings.Join(got[0].Tokens, " ") != "加装 装电 电梯" || got[0].Prefix ||
		got[1].Tokens[0] != "aed" || !got[1].Prefix || got[2].Tokens[0] != "车" || !got[2].Prefix {
		t.Errorf("%+v", got)
	}
	if Parse(" ，。") != nil {
		t.Error("nothing to search for is no phrase")
	}
}

// matches is what both stores do with an index of tokens.
func matches(tokens []string, phrases []Phrase) bool {
	for _, p := range phrases {
		found := false
		for i := range tokens {
			if i+len(p.Tokens) > len(tokens) {
				break
			}
			last := len(p.Tokens) - 1
			ok := slices.Equal(tokens[i:i+last], p.Tokens[:last])
			if p.Prefix {
				ok = ok && strings.HasPrefix(tokens[i+last], p.Tokens[last])
			} else {
				ok = ok && tokens[i+last] == p.Tokens[last]
			}
			found = found || ok
		}
		if !found {
			return false
		}
	}
	return true
}

func TestHits_AreExactlyThoseOfReadingEveryText(t *testing.T) {
	t.Parallel()
	han := rapid.SampledFrom([]rune("停车场电梯老人 ，。"))
	rapid.Check(t, func(t *rapid.T) {
		text := string(rapid.SliceOfN(han, 0, 30).Draw(t, "text"))
		word := string(rapid.SliceOfN(rapid.SampledFrom([]rune("停车场电梯老人")), 1, 4).Draw(t, "word"))
		if got, want := matches(Tokens(text), Parse(word)), strings.Contains(text, word); got != want {
			t.Fatalf("%q in %q: index says %v, the text says %v", word, text, got, want)
		}
	})
}

func FuzzTokens(f *testing.F) {
	f.Add("停车 AED")
	f.Add("\xff\x00'\\")
	f.Fuzz(func(t *testing.T, text string) {
		for _, token := range Tokens(text) {
			if token == "" || strings.ContainsAny(token, " '\"\\:*&|!()<>\x00") {
				t.Fatalf("%q gives token %q", text, token)
			}
		}
	})
}
