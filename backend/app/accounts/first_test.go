package accounts_test

import (
	"context"
	"strings"
	"testing"

	"linli/backend/app"
	"linli/backend/app/accounts"
	"linli/backend/domain/access"
	"linli/backend/domain/fault"
	"linli/backend/testkit"
)

// A new installation gets its first administrator from the command line, and only its first.
func TestInviteFirst_OneLinkMakesOneAdministratorAndThenNoMore(t *testing.T) {
	t.Parallel()
	testkit.Both(t, func(t *testing.T, k *testkit.Kit) {
		ctx := context.Background()
		svc := k.Services.Accounts
		link, err := svc.InviteFirst(ctx, accounts.First{Name: "王建国", Site: "邻里平台运营方"})
		if err != nil {
			t.Fatal(err)
		}
		_, token, _ := strings.Cut(link, "#")
		in := accounts.AcceptInvitation{
			Token: token, Name: "王建国", Phone: "13800005678", Password: "correct horse battery", Language: "zh",
			Consent: accounts.PrivacyNotice, Key: k.Key(),
		}
		signed, err := svc.Accept(ctx, access.Actor{}, in)
		if err != nil {
			t.Fatal(err)
		}
		k.View(func(ctx context.Context, u *app.Unit) error {
			a, err := u.Core.LiveActor(ctx, access.Actor{PersonID: signed.PersonID, MembershipID: signed.MembershipID})
			if err == nil && a.Role != access.PlatformAdmin {
				t.Errorf("became %s", a.Role)
			}
			return err
		})
		if _, err := svc.InviteFirst(ctx, accounts.First{Name: "李四", Site: "邻里平台运营方"}); !fault.Is(err, "administrator.exists") {
			t.Errorf("a second first administrator: %v", err)
		}
		in.Key, in.Phone = k.Key(), "13800005679"
		if _, err := svc.Accept(ctx, access.Actor{}, in); !fault.Is(err, "invitation.transition_refused") {
			t.Errorf("the link worked twice: %v", err)
		}
	})
}
