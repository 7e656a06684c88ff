package need

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestMask_HidesAllOfThem(t *testing.T) {
	t.Parallel()
	cases := map[string]string{
		// telephones
		"打13800138000找我":             "打138****8000找我",
		"13800138000或者13912345678都行": "138****8000或者139****5678都行",
		"电话138 0013 8000":            "电话138******8000",
		"＋86-138-0013-8000":          "＋86-138******8000",
		"8613800138000":              "86138****8000",
		"全角１３８００１３８０００也不行":           "全角１３８****８０００也不行",
		"一三八零零一三八零零零":                "一三八****八零零零",
		"028-85551234 座机":            "028*****1234 座机",
		"(028)85551234":              "(028*****1234",
		"座机85551234":                 "座机855*1234",
		"我家3-2-501 13800138000":      "我家3-2-501 138****8000",
		// identity and account numbers
		"身份证510104198001010018。":       "身份证5101**********0018。",
		"51010419800101001X":           "5101**********001X",
		"卡号6222 0212 3456 7890 123请转账": "卡号******************0 123请转账",
		"卡号6222021234567890123":        "卡号***************0123",
		// plates and mail
		"川A12345堵门，川AD12345也堵":      "川A*****堵门，川A******也堵",
		"川A·12345":                  "川A******",
		"写信zhang.san@example.com谢谢": "写信z********************谢谢",
		// what is no secret stays
		"2026-03-02 10:00 开会，预算1800000元": "2026-03-02 10:00 开会，预算1800000元",
		"日期20260302，预算28000000元":         "日期20260302，预算28000000元",
		"打12345或96110，需求XQ-2026-000123":  "打12345或96110，需求XQ-2026-000123",
		"热线400-820-8820":                 "热线400-820-8820",
		"3号楼2单元501，一共128户，第十二届":          "3号楼2单元501，一共128户，第十二届",
		"": "",
	}
	for in, want := range cases {
		if got, _ := Mask(in, nil); got != want {
			t.Errorf("%s\n got %s\nwant %s", in, got, want)
		}
	}
}

func TestMask_Names(t *testing.T) {
	t.Parallel()
	names := []string{"张建国", "王芳", "李", "*", "张*", "Anna Li"}
	got, marks := Mask("张建国和王芳来过，张建国说李阿姨知道，Anna Li也在", names)
	if want := "张**和王*来过，张**说李阿姨知道，A******也在"; got != want {
		t.Fatalf("got %s, want %s", got, want)
	}
	if len(marks) != 4 {
		t.Fatalf("marks: %v", marks)
	}
	for _, m := range marks {
		if m.Kind != HiddenName {
			t.Errorf("mark %v", m)
		}
	}
}

func TestMask_MarksPointIntoTheText(t *testing.T) {
	t.Parallel()
	text := "我是王芳，电话13800138000"
	_, marks := Mask(text, []string{"王芳"})
	var parts []string
	for _, m := range marks {
		parts = append(parts, string([]rune(text)[m.Start:m.End]))
	}
	if got := strings.Join(parts, "|"); got != "王芳|13800138000" {
		t.Fatalf("marked %s", got)
	}
}

var maskRunes = rapid.RuneFrom([]rune("0123456789013800xX零一三八幺１８３ .-_()（）+＋86@a.bＺ川A京·张建国元，号*\n"))

func TestMask_Properties(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		checkMask(t, rapid.StringOfN(maskRunes, 0, 60, -1).Draw(t, "text"))
	})
}

// TestMask_NoMobileSurvives puts a number into any surroundings, parted in any way.
func TestMask_NoMobileSurvives(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		before := rapid.StringOfN(rapid.RuneFrom([]rune("我的电话是：，。ab \n")), 0, 8, -1).Draw(t, "before")
		number := "1" + rapid.StringMatching(`[3-9][0-9]{9}`).Draw(t, "number")
		parts := rapid.SampledFrom([]string{"", " ", "-", ".", " - "[:2]}).Draw(t, "gap")
		written := number[:3] + parts + number[3:7] + parts + number[7:]
		got, _ := Mask(before+written+"，谢谢", nil)
		if strings.Contains(got, number[3:7]) && !strings.Contains(number[:3]+number[7:], number[3:7]) {
			t.Fatalf("%q stays readable in %q", number, got)
		}
	})
}

type failer interface{ Fatalf(string, ...any) }

// checkMask: same length, only asterisks differ, nothing left to find, marks in order.
func checkMask(t failer, text string) {
	names := []string{"张建国", "建国"}
	got, marks := Mask(text, names)
	before, after := []rune(text), []rune(got)
	if len(before) != len(after) {
		t.Fatalf("%q became %q", text, got)
	}
	for i := range before {
		if before[i] != after[i] && after[i] != '*' {
			t.Fatalf("%q became %q", text, got)
		}
	}
	if again, left := Mask(got, names); again != got || len(left) != 0 {
		t.Fatalf("%q masks to %q and then to %q", text, got, again)
	}
	for i, m := range marks {
		if m.Start < 0 || m.End > len(before) || m.Start >= m.End || (i > 0 && marks[i-1].Start > m.Start) {
			t.Fatalf("marks of %q: %v", text, marks)
		}
	}
}

func FuzzMask(f *testing.F) {
	f.Add("电话138 0013 8000，川A12345，a@b.cn 510104198001010018")
	f.Add("张建国 6222 0212 3456 7890 123")
	f.Add("０２８ー８５５５１２３４ xX*")
	f.Fuzz(func(t *testing.T, text string) {
		if utf8.ValidString(text) && len(text) < 4000 {
			checkMask(t, text)
		}
	})
}
