// Package accounts signs people in and manages parties, people, memberships and invitations.
//
// Two clocks meet here. Sessions, lock-outs, codes and invitations live by the system
// clock; memberships, like every business fact, by the clock of the unit.
package accounts

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"time"

	"linli/backend/app"
	"linli/backend/domain/access"
	"linli/backend/domain/fault"
	"linli/backend/domain/notice"
	"linli/backend/domain/party"
)

// Passwords hashes and checks; an empty hash costs the same time and is false.
type Passwords interface {
	Hash(ctx context.Context, plain string) (string, error)
	Check(ctx context.Context, encoded, plain string) (bool, error)
}

// Tokens signs and reads access tokens.
type Tokens interface {
	Issue(c party.Claims) (text string, ends time.Time, err error)
	Read(text string) (party.Claims, error)
	// Mac is a keyed digest: what is short or guessable is stored as one, so that a copy of
	// the database alone does not give it away.
	Mac(purpose, text string) string
}

// Deps is what this area needs from outside besides the application's ports.
type Deps struct {
	Passwords Passwords
	Tokens    Tokens
	Courier   notice.Courier
	System    func() time.Time // the machine's clock
}

// Service holds the use cases of this area. It is safe for concurrent use.
type Service struct {
	app *app.App
	Deps
	perAddress *limiter
	perLogin   *limiter
}

// Limits of attempts in a minute, by the address they come from and by the login they name.
// They spare the processor; the lock-out in the database is what stops guessing.
const (
	attemptsPerAddress = 60
	attemptsPerLogin   = 20
)

// New binds the use cases to the application's ports.
func New(a *app.App, d Deps) *Service {
	return &Service{
		app: a, Deps: d,
		perAddress: newLimiter(attemptsPerAddress, time.Minute),
		perLogin:   newLimiter(attemptsPerLogin, time.Minute),
	}
}

// now is the system clock in the precision of the store.
func (s *Service) now() time.Time { return s.System().UTC().Truncate(time.Microsecond) }

// attempt refuses an address or login that tries too often. Fault request.rate_limited.
func (s *Service) attempt(address, login string) error {
	now := s.now()
	if (address == "" || s.perAddress.allow(address, now)) && (login == "" || s.perLogin.allow(digest(login), now)) {
		return nil
	}
	return fault.New(fault.KindRateLimited, "request.rate_limited", "too many attempts in a minute")
}

// secretBytes is 256 bits: tokens are looked up by hash and cannot be guessed.
const secretBytes = 32

// newSecret makes a token for a link or a cookie; only its digest is ever stored.
func newSecret() string {
	b := make([]byte, secretBytes)
	_, _ = rand.Read(b) // crypto/rand.Read never fails; it ends the process instead
	return base64.RawURLEncoding.EncodeToString(b)
}

// codeAlphabet has no letters or figures that are mistaken for one another when read aloud.
const codeAlphabet = "ABCDEFGHJKLMNPQRTUVWXY346789"

// codeLength gives 38 bits; with five tries and fifteen minutes that is out of reach.
const codeLength = 8

// newCode makes a one-time code a person can type.
func newCode() string {
	out := make([]byte, 0, codeLength)
	for len(out) < codeLength {
		b := make([]byte, 1)
		_, _ = rand.Read(b)
		if int(b[0]) < len(codeAlphabet)*(256/len(codeAlphabet)) { // no bias to the first letters
			out = append(out, codeAlphabet[int(b[0])%len(codeAlphabet)])
		}
	}
	return string(out)
}

// digest is the SHA-256 of a secret in hex.
func digest(secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(sum[:])
}

// newSalt salts the audit references of one person.
func newSalt() string {
	b := make([]byte, 16)
	_, _ = rand.Read(b)
	return hex.EncodeToString(b)
}

// signedIn refuses anonymous callers where no role is needed. Fault access.sign_in_required.
func signedIn(a access.Actor) error {
	if a.Anonymous() {
		return fault.Unauthenticated("access.sign_in_required", "nobody is signed in")
	}
	return nil
}
