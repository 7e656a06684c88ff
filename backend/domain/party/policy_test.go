package party

import (
	"slices"
	"strings"
	"testing"

	"linli/backend/domain/access"
	"linli/backend/domain/fault"
)

func TestCheckPassword_LengthCountsCompositionDoesNot(t *testing.T) {
	t.Parallel()
	li := Person{Name: "Li Nana", Phone: "13800005678", Email: "nana.li@example.cn"}
	for plain, code := range map[string]string{
		"和美社区的老榕树下见面":                 "",
		"lantern-river-51":            "",
		"short":                       "password.too_short",
		strings.Repeat("长", 129):      "password.too_long",
		"qwertyuiop":                  "password.well_known",
		"PassWord123":                 "password.well_known",
		"zzzzzzzzzzzz":                "password.well_known",
		"my13800005678":               "password.personal",
		"xx-nana.li-xx":               "password.personal",
		"I am li nana!":               "password.personal",
		"an unrelated long sentence ": "",
	} {
		if err := CheckPassword(plain, li); fault.CodeOf(err) != code {
			t.Errorf("%q: %v, want %q", plain, err, code)
		}
	}
}

func TestCheckPassword_FaultNeverRepeatsThePassword(t *testing.T) {
	t.Parallel()
	err := CheckPassword("my13800005678", Person{Phone: "13800005678"})
	if strings.Contains(err.Error(), "13800005678") {
		t.Fatal(err)
	}
}

func TestCheckSeparation_ThreeAdministratorsAreThreePeople(t *testing.T) {
	t.Parallel()
	for _, held := range access.Roles {
		for _, wanted := range access.Roles {
			err := CheckSeparation([]access.Role{held}, wanted)
			admin := slices.Contains(administrators, held) || slices.Contains(administrators, wanted)
			if refused := admin && held != wanted; refused != fault.Is(err, "membership.not_together") {
				t.Errorf("holds %s, wants %s: %v", held, wanted, err)
			}
		}
	}
}

func TestCheckGrant_OnlyTheTableGives(t *testing.T) {
	t.Parallel()
	for kind := range rolesIn {
		for _, by := range access.Roles {
			for _, role := range access.Roles {
				err := CheckGrant(access.Actor{PersonID: "a", Role: by}, Party{Kind: kind}, role, Person{ID: "b"})
				want := ""
				switch {
				case !slices.Contains(rolesIn[kind], role):
					want = "membership.role_not_in_party"
				case by != access.PlatformAdmin && !slices.Contains(grantable[by], role):
					want = "membership.not_yours_to_give"
				}
				if fault.CodeOf(err) != want {
					t.Errorf("%s gives %s in %s: %v, want %q", by, role, kind, err, want)
				}
			}
		}
	}
}

func TestCheckGrant_NobodyGivesHimselfARole(t *testing.T) {
	t.Parallel()
	err := CheckGrant(access.Actor{PersonID: "a", Role: access.PlatformAdmin}, Party{Kind: KindGOV}, access.BuyerApprover, Person{ID: "a"})
	if !fault.Is(err, "membership.not_to_yourself") {
		t.Fatal(err)
	}
}

func TestGrantable_NobodyAppointsHisOwnController(t *testing.T) {
	t.Parallel()
	for by, checkers := range map[access.Role][]access.Role{
		access.BuyerMaker: {access.BuyerApprover}, access.BuyerApprover: {access.BuyerApprover, access.FinanceApprover},
		access.FundManager: {access.FundApprover}, access.FinanceOfficer: {access.FinanceApprover},
	} {
		for kind := range rolesIn {
			for _, c := range checkers {
				if slices.Contains(Grantable(by, kind), c) {
					t.Errorf("%s appoints %s in %s", by, c, kind)
				}
			}
		}
	}
}
