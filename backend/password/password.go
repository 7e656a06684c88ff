// Package password keeps passwords as Argon2id in the PHC string format, with the cost of
// the OWASP baseline. One hash takes about 30 ms of one core and 19 MiB, so at most one per
// core is computed at a time: a burst of sign-ins queues instead of exhausting memory.
package password

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"io"
	"runtime"
	"strings"

	"golang.org/x/crypto/argon2"

	"linli/backend/domain/fault"
)

// The cost of a new hash (OWASP password storage cheat sheet, Argon2id, second row).
const (
	memoryKiB   = 19 * 1024
	passes      = 2
	parallelism = 1
	saltBytes   = 16
	keyBytes    = 32
)

// Limits on what is read back from the database, so that a damaged or planted row cannot
// make a check cost gigabytes.
const (
	maxMemoryKiB = 64 * 1024
	maxPasses    = 10
)

// maxInput bounds the work before hashing; the policy of people refuses much shorter ones.
const maxInput = 1024

// Hasher makes and checks hashes. It is safe for concurrent use.
type Hasher struct {
	slots  chan struct{}
	random io.Reader
	dummy  string
}

// New makes a hasher that works on as many cores as the process may use.
func New() *Hasher {
	h := &Hasher{slots: make(chan struct{}, runtime.GOMAXPROCS(0)), random: rand.Reader}
	h.dummy = encode(memoryKiB, passes, make([]byte, saltBytes), make([]byte, keyBytes))
	return h
}

// Hash returns the PHC string of a password. Faults: password.too_long (invalid),
// store.unavailable when the context ends while waiting for a core.
func (h *Hasher) Hash(ctx context.Context, plain string) (string, error) {
	if len(plain) > maxInput {
		return "", fault.Invalid("password.too_long", "password is longer than the hasher accepts")
	}
	salt := make([]byte, saltBytes)
	if _, err := io.ReadFull(h.random, salt); err != nil {
		return "", fault.Internal("read random salt", err)
	}
	key, err := h.derive(ctx, plain, params{memoryKiB, passes, salt, keyBytes})
	if err != nil {
		return "", err
	}
	return encode(memoryKiB, passes, salt, key), nil
}

// Check tells whether the password belongs to the hash. An empty hash costs the same time
// and is false, so that the answer does not betray whether an account exists.
func (h *Hasher) Check(ctx context.Context, encoded, plain string) (bool, error) {
	known := encoded != ""
	if !known {
		encoded = h.dummy
	}
	p, want, err := decode(encoded)
	if err != nil {
		return false, err
	}
	if len(plain) > maxInput {
		plain, known = plain[:maxInput], false
	}
	got, err := h.derive(ctx, plain, p)
	if err != nil {
		return false, err
	}
	return subtle.ConstantTimeCompare(got, want) == 1 && known, nil
}

// Outdated tells whether a hash was made at another cost than today's, so that the next
// successful sign-in can replace it.
func Outdated(encoded string) bool {
	p, _, err := decode(encoded)
	return err != nil || p.memory != memoryKiB || p.passes != passes
}

type params struct {
	memory, passes uint32
	salt           []byte
	keyLen         uint32
}

func (h *Hasher) derive(ctx context.Context, plain string, p params) ([]byte, error) {
	select {
	case h.slots <- struct{}{}:
		defer func() { <-h.slots }()
	case <-ctx.Done():
		return nil, fault.Wrap(fault.KindUnavailable, "store.unavailable", "no core free for a password", ctx.Err())
	}
	return argon2.IDKey([]byte(plain), p.salt, p.passes, p.memory, parallelism, p.keyLen), nil
}

func encode(memory, passes uint32, salt, key []byte) string {
	b64 := base64.RawStdEncoding
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, memory, passes, parallelism,
		b64.EncodeToString(salt), b64.EncodeToString(key))
}

func decode(encoded string) (params, []byte, error) {
	bad := fault.Internal("stored password hash does not read", nil)
	parts := strings.Split(encoded, "$")
	if len(parts) != 6 || parts[0] != "" || parts[1] != "argon2id" || parts[2] != fmt.Sprintf("v=%d", argon2.Version) {
		return params{}, nil, bad
	}
	var p params
	var lanes int
	if _, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &p.memory, &p.passes, &lanes); err != nil {
		return params{}, nil, bad
	}
	if p.memory > maxMemoryKiB || p.passes > maxPasses || p.passes == 0 || lanes != parallelism {
		return params{}, nil, bad
	}
	salt, errSalt := base64.RawStdEncoding.DecodeString(parts[4])
	key, errKey := base64.RawStdEncoding.DecodeString(parts[5])
	if errSalt != nil || errKey != nil || len(key) < 16 || len(key) > 64 {
		return params{}, nil, bad
	}
	p.salt, p.keyLen = salt, uint32(len(key))
	return p, key, nil
}
