package party

import (
	"testing"

	"linli/backend/domain/fault"
	"pgregory.net/rapid"
)

func TestMask_ShowsOnlyWhatTheHandbookAllows(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ got, want string }{
		{MaskName("张伟"), "张*"}, {MaskName("欧阳娜娜"), "欧*"}, {MaskName(" Ann Lee"), "A*"}, {MaskName(""), ""},
		{MaskPhone("13800005678"), "138****5678"}, {MaskPhone("02885551234"[:10]), "****23"}, {MaskPhone("1"), "*"}, {MaskPhone(""), ""},
		{MaskEmail("li.na@example.cn"), "l***@example.cn"}, {MaskEmail("娜@example.cn"), "娜***@example.cn"}, {MaskEmail("nothing"), "****"},
		{MaskIDNumber("510104199001010018"), "5101**********0018"}, {MaskIDNumber("5101"), "****"},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
}

func TestMaskPhone_NeverLeaksTheMiddle(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		p := rapid.StringMatching(`1[3-9][0-9]{9}`).Draw(t, "phone")
		if m := MaskPhone(p); len(m) != 11 || m[3:7] != "****" {
			t.Fatalf("%s -> %s", p, m)
		}
	})
}

func TestNormalisePhone_AcceptsWhatPeopleType(t *testing.T) {
	t.Parallel()
	for _, in := range []string{"13800005678", " 138 0000 5678", "+86 138-0000-5678", "008613800005678", "１３８００００５６７８"} {
		if got, err := NormalisePhone(in); err != nil || got != "13800005678" {
			t.Errorf("%q: %q %v", in, got, err)
		}
	}
	for _, in := range []string{"", "1380000567", "12800005678", "138000056789", "1380000567a", "028-85551234"} {
		if _, err := NormalisePhone(in); !fault.Is(err, "person.phone_invalid") {
			t.Errorf("%q: %v", in, err)
		}
	}
}

func TestNormaliseEmail_RefusesWhatCannotBeMailed(t *testing.T) {
	t.Parallel()
	if got, err := NormaliseEmail(" Li.Na@Example.CN "); err != nil || got != "li.na@example.cn" {
		t.Errorf("%q %v", got, err)
	}
	for _, in := range []string{"", "a", "@b.cn", "a@b", "a@.cn", "a@b..cn", "a b@c.cn", "a@b@c.cn", "a\n@b.cn", "a@b.cn>", "a,b@c.cn"} {
		if _, err := NormaliseEmail(in); !fault.Is(err, "person.email_invalid") {
			t.Errorf("%q: %v", in, err)
		}
	}
}

func TestNormaliseLogin_IsStable(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		in := rapid.String().Draw(t, "typed")
		once := NormaliseLogin(in)
		if twice := NormaliseLogin(once); twice != once {
			t.Fatalf("%q -> %q -> %q", in, once, twice)
		}
	})
}

func TestNormaliseName_KeepsMinorityNames(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{" 张 伟 ": "张 伟", "阿卜杜热西提·艾买提": "阿卜杜热西提·艾买提", "Mary-Ann O'Neil": "Mary-Ann O'Neil"} {
		if got, err := NormaliseName(in); err != nil || got != want {
			t.Errorf("%q: %q %v", in, got, err)
		}
	}
	for _, in := range []string{"", "  ", "<b>", "张\x00"} {
		if _, err := NormaliseName(in); !fault.Is(err, "person.name_invalid") {
			t.Errorf("%q: %v", in, err)
		}
	}
}
