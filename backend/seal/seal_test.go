package seal_test

import (
	"bytes"
	"encoding/base64"
	"strings"
	"testing"

	"linli/backend/domain/fault"
	"linli/backend/domain/ident"
	"linli/backend/domain/procedure"
	"linli/backend/domain/tender"
	"linli/backend/seal"
)

type officer struct {
	tender.Officer
	wrapped, passphrase string
}

func officers(t *testing.T, n int) []officer {
	t.Helper()
	var out []officer
	for i := 0; i < n; i++ {
		pass := "correct horse " + string(rune('a'+i))
		recipient, wrapped, err := seal.NewOfficerKey(pass)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, officer{tender.Officer{PersonID: ident.PersonID(rune('a' + i)), Recipient: recipient}, wrapped, pass})
	}
	return out
}

func newKey(t *testing.T, all []officer, k int) tender.LotKey {
	t.Helper()
	var named []tender.Officer
	for _, o := range all {
		named = append(named, o.Officer)
	}
	key, err := seal.Vault{}.NewKey("lot-1", procedure.EnvelopePrice, named, k)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func unlock(t *testing.T, o officer, key tender.LotKey) tender.GivenShare {
	t.Helper()
	given, err := seal.UnlockShares(o.wrapped, o.passphrase, key.Shares[key.IndexOf(o.PersonID)-1])
	if err != nil {
		t.Fatal(err)
	}
	return given[0]
}

func TestVault_AnyKOfficersOpenFewerDoNot(t *testing.T) {
	t.Parallel()
	all := officers(t, 3)
	key := newKey(t, all, 2)
	sealed, err := seal.To(key.Recipient, []byte("报价 180,000.00"))
	if err != nil {
		t.Fatal(err)
	}
	var shares []tender.GivenShare
	for _, o := range all {
		shares = append(shares, unlock(t, o, key))
	}
	for _, pair := range [][]int{{0, 1}, {0, 2}, {1, 2}, {2, 0}} {
		open, err := seal.Vault{}.Open(key, []tender.GivenShare{shares[pair[0]], shares[pair[1]]})
		if err != nil {
			t.Fatal(pair, err)
		}
		if plain, err := open(sealed); err != nil || string(plain) != "报价 180,000.00" {
			t.Errorf("officers %v read %q (%v)", pair, plain, err)
		}
	}
	for i, s := range shares {
		if _, err := (seal.Vault{}).Open(key, []tender.GivenShare{s}); !fault.Is(err, "seal.shares_missing") {
			t.Errorf("officer %d alone: %v", i, err)
		}
		if _, err := (seal.Vault{}).Open(key, []tender.GivenShare{s, s}); !fault.Is(err, "seal.shares_missing") {
			t.Errorf("officer %d twice: %v", i, err)
		}
	}
}

func TestVault_ForgedAndForeignSharesAreFound(t *testing.T) {
	t.Parallel()
	all := officers(t, 3)
	key, other := newKey(t, all, 2), newKey(t, all, 2)
	good := unlock(t, all[0], key)
	swapped := unlock(t, all[1], key)
	swapped.OfficerID = all[2].PersonID
	for name, bad := range map[string]tender.GivenShare{
		"of another lot":     unlock(t, all[1], other),
		"of another officer": swapped,
		"empty":              {OfficerID: all[1].PersonID},
		"not base64":         {OfficerID: all[1].PersonID, Value: "###"},
		"too short":          {OfficerID: all[1].PersonID, Value: "AAAA"},
		"all ones":           {OfficerID: all[1].PersonID, Value: base64.StdEncoding.EncodeToString(bytes.Repeat([]byte{0xff}, 32))},
	} {
		if _, err := (seal.Vault{}).Open(key, []tender.GivenShare{good, bad}); !fault.Is(err, "seal.share_forged") {
			t.Errorf("share %s: %v", name, err)
		}
	}
	if _, err := (seal.Vault{}).Open(key, []tender.GivenShare{good, {OfficerID: "stranger", Value: good.Value}}); !fault.Is(err, "seal.share_unknown") {
		t.Errorf("stranger: %v", err)
	}
}

func TestVault_ASwappedKeyOrRecipientIsFound(t *testing.T) {
	t.Parallel()
	all := officers(t, 2)
	key, other := newKey(t, all, 2), newKey(t, all, 2)
	shares := []tender.GivenShare{unlock(t, all[0], key), unlock(t, all[1], key)}
	moved := key
	moved.Wrapped = other.Wrapped
	if _, err := (seal.Vault{}).Open(moved, shares); !fault.Is(err, "seal.key_mismatch") {
		t.Errorf("wrapped key of another lot: %v", err)
	}
	elsewhere := key
	elsewhere.LotID = "lot-2"
	if _, err := (seal.Vault{}).Open(elsewhere, shares); !fault.Is(err, "seal.key_mismatch") {
		t.Errorf("key moved to another lot: %v", err)
	}
}

func TestVault_TamperedEnvelopeDoesNotOpen(t *testing.T) {
	t.Parallel()
	all := officers(t, 2)
	key := newKey(t, all, 2)
	open, err := seal.Vault{}.Open(key, []tender.GivenShare{unlock(t, all[0], key), unlock(t, all[1], key)})
	if err != nil {
		t.Fatal(err)
	}
	sealed, err := seal.To(key.Recipient, []byte("技术方案"))
	if err != nil {
		t.Fatal(err)
	}
	for _, at := range []int{len(sealed) - 1, len(sealed) / 2, 40} {
		bad := append([]byte(nil), sealed...)
		bad[at] ^= 1
		if _, err := open(bad); !fault.Is(err, "seal.unreadable") {
			t.Errorf("byte %d changed: %v", at, err)
		}
	}
	foreign, err := seal.To(newKey(t, all, 2).Recipient, []byte("x"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := open(foreign); !fault.Is(err, "seal.unreadable") {
		t.Errorf("sealed to another key: %v", err)
	}
}

func TestVault_NothingStoredHoldsThePrivateKey(t *testing.T) {
	t.Parallel()
	key := newKey(t, officers(t, 3), 2)
	stored := key.Wrapped + key.Recipient + strings.Join(key.Commitments, "")
	for _, s := range key.Shares {
		stored += s.Sealed
		raw, _ := base64.StdEncoding.DecodeString(s.Sealed)
		stored += string(raw)
	}
	raw, _ := base64.StdEncoding.DecodeString(key.Wrapped)
	if strings.Contains(stored+string(raw), "AGE-SECRET-KEY") {
		t.Error("a private key is stored in the clear")
	}
}

func TestVault_ThresholdsThatProtectNobodyAreRefused(t *testing.T) {
	t.Parallel()
	all := officers(t, 2)
	named := []tender.Officer{all[0].Officer, all[1].Officer}
	for _, k := range []int{-1, 0, 1, 3} {
		if _, err := (seal.Vault{}).NewKey("l", procedure.EnvelopePrice, named, k); !fault.Is(err, "seal.threshold") {
			t.Errorf("%d of 2: %v", k, err)
		}
	}
	named[1].Recipient = "age1nonsense"
	if _, err := (seal.Vault{}).NewKey("l", procedure.EnvelopePrice, named, 2); !fault.Is(err, "seal.officer_key") {
		t.Errorf("bad recipient: %v", err)
	}
}

func TestUnlockShares_WrongPassphrase(t *testing.T) {
	t.Parallel()
	all := officers(t, 2)
	key := newKey(t, all, 2)
	if _, err := seal.UnlockShares(all[0].wrapped, "wrong", key.Shares[0]); !fault.Is(err, "seal.passphrase") {
		t.Errorf("wrong passphrase: %v", err)
	}
	if _, err := seal.UnlockShares(all[0].wrapped, all[0].passphrase, key.Shares[1]); !fault.Is(err, "seal.unreadable") {
		t.Errorf("share of a colleague: %v", err)
	}
}

func FuzzOpen_SharesNeverPanic(f *testing.F) {
	f.Add("AAAA")
	f.Fuzz(func(t *testing.T, value string) {
		key := tender.LotKey{Threshold: 2, Shares: []tender.KeyShare{{OfficerID: "a", Index: 1}, {OfficerID: "b", Index: 2}}}
		_, _ = seal.Vault{}.Open(key, []tender.GivenShare{{OfficerID: "a", Value: value}, {OfficerID: "b", Value: value}})
	})
}
