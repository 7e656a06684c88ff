package token

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"linli/backend/domain/fault"
	"linli/backend/domain/party"
)

var start = time.Date(2026, 3, 2, 2, 0, 0, 0, time.UTC)

func signer(t *testing.T, key byte, now *time.Time) *Signer {
	t.Helper()
	s, err := New(bytes.Repeat([]byte{key}, MinKey), MaxLife, func() time.Time { return *now })
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestToken_RoundTripThenEndsAfterTenMinutes(t *testing.T) {
	t.Parallel()
	now := start
	s := signer(t, 1, &now)
	text, ends, err := s.Issue(party.Claims{PersonID: "p", MembershipID: "m", SessionID: "s"})
	if err != nil || !ends.Equal(start.Add(MaxLife)) {
		t.Fatalf("%v %v", ends, err)
	}
	got, err := s.Read(text)
	if err != nil || got.PersonID != "p" || got.MembershipID != "m" || got.SessionID != "s" {
		t.Fatalf("%+v %v", got, err)
	}
	now = start.Add(MaxLife)
	if _, err := s.Read(text); !fault.Is(err, "session.token_expired") {
		t.Fatalf("at its end: %v", err)
	}
}

func TestToken_ForeignKeyAlgorithmAndAudienceAreRefused(t *testing.T) {
	t.Parallel()
	now := start
	s := signer(t, 1, &now)
	foreign, _, _ := signer(t, 2, &now).Issue(party.Claims{PersonID: "p", SessionID: "s"})
	none, _ := jwt.NewWithClaims(jwt.SigningMethodNone, payload{Session: "s", RegisteredClaims: jwt.RegisteredClaims{
		Issuer: issuer, Audience: jwt.ClaimStrings{audience}, Subject: "p", ExpiresAt: jwt.NewNumericDate(start.Add(time.Hour))}}).
		SignedString(jwt.UnsafeAllowNoneSignatureType)
	elsewhere, _ := jwt.NewWithClaims(jwt.SigningMethodHS256, payload{Session: "s", RegisteredClaims: jwt.RegisteredClaims{
		Issuer: issuer, Audience: jwt.ClaimStrings{"other"}, Subject: "p", ExpiresAt: jwt.NewNumericDate(start.Add(time.Hour))}}).
		SignedString(bytes.Repeat([]byte{1}, MinKey))
	endless, _ := jwt.NewWithClaims(jwt.SigningMethodHS256, payload{Session: "s", RegisteredClaims: jwt.RegisteredClaims{
		Issuer: issuer, Audience: jwt.ClaimStrings{audience}, Subject: "p"}}).SignedString(bytes.Repeat([]byte{1}, MinKey))
	for name, text := range map[string]string{"foreign key": foreign, "alg none": none, "audience": elsewhere, "endless": endless, "rubbish": "a.b.c", "empty": ""} {
		_, err := s.Read(text)
		if !fault.Is(err, "session.token_invalid") {
			t.Errorf("%s: %v", name, err)
		}
		if text != "" && strings.Contains(err.Error(), text) {
			t.Errorf("%s: the fault repeats the token", name)
		}
	}
}

func TestNew_ShortKeyStopsTheStart(t *testing.T) {
	t.Parallel()
	if _, err := New(make([]byte, MinKey-1), MaxLife, time.Now); !fault.Is(err, "token.key_too_short") {
		t.Fatal(err)
	}
}
