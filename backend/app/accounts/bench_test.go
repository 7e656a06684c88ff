package accounts_test

import (
	"testing"

	"linli/backend/app/accounts"
	"linli/backend/testkit"
)

// BenchmarkAuthenticate is what every request with a token pays for sessions that end at once.
func BenchmarkAuthenticate(b *testing.B) {
	k := testkit.New(b)
	k.ResidentWithAccount("13800005678")
	signed, err := k.Services.Accounts.SignIn(b.Context(), accounts.SignIn{Login: "13800005678", Password: testkit.Password})
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := k.Services.Accounts.Authenticate(b.Context(), signed.Access); err != nil {
			b.Fatal(err)
		}
	}
}
