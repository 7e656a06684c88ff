// Package token issues and reads access tokens: JWTs signed with HMAC-SHA-256 that live at
// most ten minutes and tell person, membership and session. Nothing else is in them, and
// every write checks the membership again in the database.
package token

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"linli/backend/domain/fault"
	"linli/backend/domain/ident"
	"linli/backend/domain/party"
)

// MaxLife bounds how long an access token can outlive the session it was made from.
const MaxLife = 10 * time.Minute

// MinKey is the length under which a signing key could be guessed (RFC 7518 §3.2).
const MinKey = 32

const (
	issuer   = "linli"
	audience = "linli-api"
)

// Signer issues and reads tokens with one key. It is safe for concurrent use.
type Signer struct {
	key    []byte
	life   time.Duration
	now    func() time.Time
	parser *jwt.Parser
}

// New makes a signer. now is the system clock: tokens do not follow the business clock,
// which demonstrations move. Fault token.key_too_short.
func New(key []byte, life time.Duration, now func() time.Time) (*Signer, error) {
	if len(key) < MinKey {
		return nil, fault.Invalid("token.key_too_short", "the signing key needs at least 32 bytes")
	}
	if life <= 0 || life > MaxLife {
		life = MaxLife
	}
	p := jwt.NewParser(jwt.WithValidMethods([]string{jwt.SigningMethodHS256.Alg()}), jwt.WithIssuer(issuer),
		jwt.WithAudience(audience), jwt.WithExpirationRequired(), jwt.WithIssuedAt(), jwt.WithTimeFunc(now))
	return &Signer{key: append([]byte(nil), key...), life: life, now: now, parser: p}, nil
}

type payload struct {
	Membership string `json:"mem,omitempty"`
	Session    string `json:"sid"`
	jwt.RegisteredClaims
}

// Issue signs a token for a session; it tells when the token ends.
func (s *Signer) Issue(c party.Claims) (string, time.Time, error) {
	now := s.now().UTC()
	ends := now.Add(s.life).Truncate(time.Second)
	t := jwt.NewWithClaims(jwt.SigningMethodHS256, payload{
		Membership: string(c.MembershipID), Session: string(c.SessionID),
		RegisteredClaims: jwt.RegisteredClaims{
			Issuer: issuer, Audience: jwt.ClaimStrings{audience}, Subject: string(c.PersonID),
			IssuedAt: jwt.NewNumericDate(now), ExpiresAt: jwt.NewNumericDate(ends),
		},
	})
	text, err := t.SignedString(s.key)
	if err != nil {
		return "", time.Time{}, fault.Internal("sign access token", err)
	}
	return text, ends, nil
}

// Read verifies a token. Faults: session.token_expired, session.token_invalid (both
// unauthenticated; the text of the token is in neither).
func (s *Signer) Read(text string) (party.Claims, error) {
	var p payload
	_, err := s.parser.ParseWithClaims(text, &p, func(*jwt.Token) (any, error) { return s.key, nil })
	if errors.Is(err, jwt.ErrTokenExpired) {
		return party.Claims{}, fault.Unauthenticated("session.token_expired", "access token has ended")
	}
	if err != nil || p.Subject == "" || p.Session == "" {
		return party.Claims{}, fault.Unauthenticated("session.token_invalid", "access token does not verify")
	}
	return party.Claims{
		PersonID: ident.PersonID(p.Subject), MembershipID: ident.MembershipID(p.Membership),
		SessionID: ident.SessionID(p.Session), ExpiresAt: p.ExpiresAt.UTC(),
	}, nil
}

// Mac is the HMAC-SHA-256 of a text for one purpose, in hex. It uses the signing key, which
// is not in the database.
func (s *Signer) Mac(purpose, text string) string {
	h := hmac.New(sha256.New, s.key)
	h.Write([]byte("linli-mac\x00" + purpose + "\x00" + text))
	return hex.EncodeToString(h.Sum(nil))
}
