package uscc

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"linli/backend/domain/fault"
)

// EX-14 of the domain handbook.
func TestParse_EX14(t *testing.T) {
	t.Parallel()
	for _, s := range []string{"51510100MJQ000015B", "52510104MJQ001237W", "53510107MJY0007144", "91510107MA6C00017H", "54510108ME1000011J"} {
		c, _, err := Parse(s)
		if err != nil || string(c) != s || c.Prefix() != s[:2] {
			t.Errorf("%s: %v %v", s, c, err)
		}
	}
	for s, code := range map[string]string{"52510104MJQ001237X": "uscc.check", "52510104MJO001237W": "uscc.character"} {
		if _, _, err := Parse(s); !fault.Is(err, code) {
			t.Errorf("%s: want %s, got %v", s, code, err)
		}
	}
}

func TestParse_Refuses(t *testing.T) {
	t.Parallel()
	for s, code := range map[string]string{
		"":                      "uscc.length",
		"52510104MJQ001237":     "uscc.length",
		"52510104MJQ001237WW":   "uscc.length",
		"000000000000000000":    "uscc.prefix",
		"52510104MJQ0O1237W":    "uscc.character",
		"52510104MJQ00123七W":    "uscc.character",
		"99510104MJQ001237W":    "uscc.prefix",
		"5251_104MJQ001237W":    "uscc.character",
		"5251\x00104MJQ001237W": "uscc.character",
	} {
		if _, _, err := Parse(s); !fault.Is(err, code) {
			t.Errorf("%q: want %s, got %v", s, code, err)
		}
	}
}

func TestParse_NormalisesButNeverRepairs(t *testing.T) {
	t.Parallel()
	for _, s := range []string{" 52510104mjq001237w ", "5251 0104 MJQ0 0123 7W", "52-510104-MJQ001237-W", "５２５１０１０４ＭＪＱ００１２３７Ｗ", "\ufeff52510104MJQ001237W"} {
		if c, _, err := Parse(s); err != nil || c != "52510104MJQ001237W" {
			t.Errorf("%q: %v %v", s, c, err)
		}
	}
	if _, _, err := Parse("5251O1O4MJQOO1237W"); !fault.Is(err, "uscc.character") {
		t.Errorf("O was repaired: %v", err)
	}
}

func TestParse_WrongCharacter17IsAWarningOnly(t *testing.T) {
	t.Parallel()
	good, err := OrganisationCode("MJQ00123")
	if err != nil {
		t.Fatal(err)
	}
	bad := good[:8] + "0"
	if bad == good {
		bad = good[:8] + "1"
	}
	c, err := Complete("52510104" + bad)
	if err != nil {
		t.Fatal(err)
	}
	got, warnings, err := Parse(string(c))
	if err != nil || got != c || len(warnings) != 1 || warnings[0] != OrganisationCheck {
		t.Errorf("%s: %v %v", c, warnings, err)
	}
}

func TestParse_EverySlipOfOneCharacterIsFound(t *testing.T) {
	t.Parallel()
	const s = "52510104MJQ001237W"
	for i := range s {
		for _, r := range alphabet {
			if byte(r) == s[i] {
				continue
			}
			if _, _, err := Parse(s[:i] + string(r) + s[i+1:]); err == nil {
				t.Errorf("character %d as %c passed", i+1, r)
			}
		}
	}
}

func TestComplete_IsAcceptedByParse(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		chars := rapid.SliceOfN(rapid.SampledFrom([]byte(alphabet)), 14, 14).Draw(t, "chars")
		organisation, err := OrganisationCode(string(chars[6:]))
		if err != nil {
			t.Fatal(err)
		}
		c, err := Complete("52" + string(chars[:6]) + organisation)
		if organisation[8] == 'X' && err != nil {
			t.Fatal("X belongs to both alphabets")
		}
		if err != nil {
			t.Fatal(err)
		}
		if _, warnings, err := Parse(string(c)); err != nil || len(warnings) > 0 {
			t.Fatalf("%s: %v %v", c, warnings, err)
		}
	})
}

func FuzzParse(f *testing.F) {
	f.Add("52510104MJQ001237W")
	f.Add("５２５１０１０４ＭＪＱ００１２３７Ｗ")
	f.Add("\x00\xff")
	f.Fuzz(func(t *testing.T, s string) {
		c, _, err := Parse(s)
		if err != nil {
			if fault.KindOf(err) != fault.KindInvalid {
				t.Fatalf("%q: %v", s, err)
			}
			return
		}
		if len(c) != length || strings.ContainsAny(string(c), "IOSVZ ") {
			t.Fatalf("%q became %q", s, c)
		}
		if again, _, err := Parse(string(c)); err != nil || again != c {
			t.Fatalf("%q is not stable", c)
		}
	})
}
