package money

import (
	"math/big"
	"testing"

	"pgregory.net/rapid"
)

func TestCapitals_HandbookExamples(t *testing.T) {
	t.Parallel()
	for in, want := range map[Fen]string{
		228823172:      "贰佰贰拾捌万捌仟贰佰叁拾壹元柒角贰分",
		10000503:       "壹拾万零伍元零叁分",
		8640000:        "捌万陆仟肆佰元整",
		0:              "零元整",
		7:              "柒分",
		50:             "伍角整",
		100000000_00:   "壹亿元整",
		100000001_00:   "壹亿零壹元整",
		1_0001_0000_00: "壹亿零壹万元整",
		1000_1000_00:   "壹仟万壹仟元整",
		-100:           "负壹元整",
		2000_0200_05:   "贰仟万零贰佰元零伍分",
	} {
		if got := Capitals(in); got != want {
			t.Errorf("Capitals(%d) = %s, want %s", in, got, want)
		}
	}
}

func TestParseYuan_RoundTrips(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		f := Fen(rapid.Int64Range(-int64(Max), int64(Max)).Draw(t, "fen"))
		if got, err := ParseYuan(f.String()); err != nil || got != f {
			t.Fatalf("%d shown as %s read as %d (%v)", f, f, got, err)
		}
	})
	for _, bad := range []string{"", ".", "1.", ".5", "1.234", "1e3", "一", "1-2", "99999999999999999999"} {
		if _, err := ParseYuan(bad); err == nil {
			t.Errorf("ParseYuan(%q) accepted", bad)
		}
	}
}

func TestSplit_PartsSumToTotal(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		total := Fen(rapid.Int64Range(0, int64(Max)).Draw(t, "total"))
		weights := rapid.SliceOfN(rapid.Int64Range(0, 1e9), 1, 20).Draw(t, "weights")
		weights[0]++
		parts, err := Split(total, weights)
		if err != nil {
			t.Fatal(err)
		}
		if sum, _ := Sum(parts...); sum != total {
			t.Fatalf("parts %v sum to %d, not %d", parts, sum, total)
		}
	})
}

func TestMulRat_RoundsHalfUpOnce(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		a := rapid.Int64Range(-1e15, 1e15).Draw(t, "a")
		num := rapid.Int64Range(0, 1000).Draw(t, "num")
		den := rapid.Int64Range(1, 100000).Draw(t, "den")
		got, err := MulRat(Fen(a), num, den)
		if err != nil {
			t.Fatal(err)
		}
		want := new(big.Rat).SetFrac(new(big.Int).Mul(big.NewInt(a), big.NewInt(num)), big.NewInt(den))
		// half away from zero at the unit
		if s := want.FloatString(0); s != new(big.Int).SetInt64(int64(got)).String() && !(s == "-0" && got == 0) {
			t.Fatalf("%d*%d/%d = %d, want %s", a, num, den, got, s)
		}
	})
	if got, _ := MulRat(12000000, 5*17, 10000); got != 102000 {
		t.Errorf("EX-11 interest = %s", got)
	}
}

func TestAdd_OverflowIsRefused(t *testing.T) {
	t.Parallel()
	if _, err := Add(1<<62, 1<<62); err == nil {
		t.Error("overflow accepted")
	}
	if _, err := Sub(-1<<62, 1<<62+1); err == nil {
		t.Error("underflow accepted")
	}
}
