// Package seal keeps bids unreadable until enough opening officers act together. Every lot
// and envelope kind has its own age identity. Its private part is encrypted under a key
// derived from a random scalar; the scalar exists only as k-of-n shares, each encrypted to
// one officer. The whole is put together in memory during a ceremony and never stored.
package seal

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"io"

	"filippo.io/age"
	"github.com/cloudflare/circl/group"
	"github.com/cloudflare/circl/secretsharing"

	"linli/backend/domain/fault"
	"linli/backend/domain/ident"
	"linli/backend/domain/procedure"
	"linli/backend/domain/tender"
)

// curve carries the shares. Ristretto255 because its scalar arithmetic in circl runs in
// constant time, which the NIST curves' does not.
var curve = group.Ristretto255

// MaxOfficers bounds n: a ceremony is people in one room, not a mailing list.
const MaxOfficers = 9

// Vault makes lot keys and opens what was sealed to them. It holds no state.
type Vault struct{}

// sharePaper is what an officer finds inside his encrypted share.
type sharePaper struct {
	V     int    `json:"v"`
	Lot   string `json:"lot"`
	Kind  string `json:"kind"`
	Index int    `json:"index"`
	Value string `json:"value"` // base64 of the scalar
}

// NewKey makes the key of one lot and envelope kind for k of the given officers. Faults:
// seal.threshold when k does not fit the number of officers, seal.officer_key when an
// officer's public key is not an age recipient.
func (Vault) NewKey(lot ident.LotID, kind procedure.EnvelopeKind, officers []tender.Officer, k int) (tender.LotKey, error) {
	if k < 2 || k > len(officers) || len(officers) > MaxOfficers {
		return tender.LotKey{}, fault.Invalid("seal.threshold", "threshold must be between two and the number of officers")
	}
	identity, err := age.GenerateX25519Identity()
	if err != nil {
		return tender.LotKey{}, fault.Internal("lot identity", err)
	}
	secret := curve.RandomNonZeroScalar(rand.Reader)
	key := tender.LotKey{LotID: lot, Kind: kind, Recipient: identity.Recipient().String(), Threshold: k}
	if key.Wrapped, err = wrap(secret, key, identity.String()); err != nil {
		return tender.LotKey{}, err
	}
	split := secretsharing.New(rand.Reader, uint(k-1), secret)
	for _, c := range split.CommitSecret() {
		text, err := c.MarshalBinaryCompress()
		if err != nil {
			return tender.LotKey{}, fault.Internal("commitment", err)
		}
		key.Commitments = append(key.Commitments, base64.StdEncoding.EncodeToString(text))
	}
	for i, share := range split.Share(uint(len(officers))) {
		sealed, err := sealShare(key, officers[i], i+1, share)
		if err != nil {
			return tender.LotKey{}, err
		}
		key.Shares = append(key.Shares, sealed)
	}
	return key, nil
}

func sealShare(key tender.LotKey, o tender.Officer, index int, share secretsharing.Share) (tender.KeyShare, error) {
	value, err := share.Value.MarshalBinary()
	if err != nil {
		return tender.KeyShare{}, fault.Internal("share", err)
	}
	paper, err := json.Marshal(sharePaper{V: 1, Lot: string(key.LotID), Kind: string(key.Kind), Index: index, Value: base64.StdEncoding.EncodeToString(value)})
	if err != nil {
		return tender.KeyShare{}, fault.Internal("share paper", err)
	}
	cipherText, err := To(o.Recipient, paper)
	if err != nil {
		return tender.KeyShare{}, fault.Wrap(fault.KindInvalid, "seal.officer_key", "officer key of "+string(o.PersonID)+" is not an age recipient", err)
	}
	return tender.KeyShare{OfficerID: o.PersonID, Index: index, Sealed: base64.StdEncoding.EncodeToString(cipherText)}, nil
}

// Open verifies the shares against the commitments of the key, recovers the lot identity
// and returns a function that decrypts what was sealed to it. Faults: seal.share_unknown,
// seal.share_forged, seal.shares_missing, seal.key_mismatch.
func (Vault) Open(key tender.LotKey, given []tender.GivenShare) (func(sealed []byte) ([]byte, error), error) {
	shares, err := verified(key, given)
	if err != nil {
		return nil, err
	}
	if len(shares) < key.Threshold {
		return nil, fault.Conflict("seal.shares_missing", "not enough verified shares")
	}
	secret, err := secretsharing.Recover(uint(key.Threshold-1), shares)
	if err != nil {
		return nil, fault.Wrap(fault.KindConflict, "seal.shares_missing", "shares do not recover the secret", err)
	}
	text, err := unwrap(secret, key)
	if err != nil {
		return nil, err
	}
	identity, err := age.ParseX25519Identity(text)
	if err != nil || identity.Recipient().String() != key.Recipient {
		return nil, fault.Wrap(fault.KindConflict, "seal.key_mismatch", "recovered identity is not that of the lot", err)
	}
	return func(sealed []byte) ([]byte, error) { return With(identity, sealed) }, nil
}

// verified keeps the shares that fit the commitments; one that does not fit is a forgery
// and stops the ceremony, because Recover alone would return a wrong secret silently.
func verified(key tender.LotKey, given []tender.GivenShare) ([]secretsharing.Share, error) {
	commitment, err := commitmentOf(key)
	if err != nil {
		return nil, err
	}
	seen := map[int]bool{}
	var out []secretsharing.Share
	for _, g := range given {
		index := key.IndexOf(g.OfficerID)
		if index == 0 {
			return nil, fault.Invalid("seal.share_unknown", "share of someone who is not an officer of this lot").With("officer", string(g.OfficerID))
		}
		if seen[index] {
			continue
		}
		seen[index] = true
		share := secretsharing.Share{ID: curve.NewScalar().SetUint64(uint64(index)), Value: curve.NewScalar()}
		raw, err := base64.StdEncoding.DecodeString(g.Value)
		if err == nil {
			err = share.Value.UnmarshalBinary(raw)
		}
		if err != nil || !secretsharing.Verify(uint(key.Threshold-1), share, commitment) {
			return nil, fault.Invalid("seal.share_forged", "share does not fit the commitment").With("officer", string(g.OfficerID))
		}
		out = append(out, share)
	}
	return out, nil
}

func commitmentOf(key tender.LotKey) (secretsharing.SecretCommitment, error) {
	var out secretsharing.SecretCommitment
	for _, text := range key.Commitments {
		raw, err := base64.StdEncoding.DecodeString(text)
		if err != nil {
			return nil, fault.Internal("stored commitment does not read", err)
		}
		e := curve.NewElement()
		if err := e.UnmarshalBinary(raw); err != nil {
			return nil, fault.Internal("stored commitment is no group element", err)
		}
		out = append(out, e)
	}
	return out, nil
}

// boxOf derives the AEAD that wraps the lot identity; lot and kind are bound into the key so
// that a wrapped identity cannot be moved to another lot.
func boxOf(secret group.Scalar, key tender.LotKey) (cipher.AEAD, error) {
	raw, err := secret.MarshalBinary()
	if err != nil {
		return nil, fault.Internal("scalar", err)
	}
	info := "linli lot key v1 " + string(key.LotID) + " " + string(key.Kind)
	derived, err := hkdf.Key(sha256.New, raw, []byte(key.Recipient), info, 32)
	clear(raw)
	if err != nil {
		return nil, fault.Internal("hkdf", err)
	}
	block, err := aes.NewCipher(derived)
	clear(derived)
	if err != nil {
		return nil, fault.Internal("aes", err)
	}
	return cipher.NewGCM(block)
}

func wrap(secret group.Scalar, key tender.LotKey, identity string) (string, error) {
	box, err := boxOf(secret, key)
	if err != nil {
		return "", err
	}
	nonce := make([]byte, box.NonceSize())
	if _, err := rand.Read(nonce); err != nil {
		return "", fault.Internal("nonce", err)
	}
	return base64.StdEncoding.EncodeToString(box.Seal(nonce, nonce, []byte(identity), nil)), nil
}

func unwrap(secret group.Scalar, key tender.LotKey) (string, error) {
	box, err := boxOf(secret, key)
	if err != nil {
		return "", err
	}
	raw, err := base64.StdEncoding.DecodeString(key.Wrapped)
	if err != nil || len(raw) < box.NonceSize() {
		return "", fault.Internal("stored lot key does not read", err)
	}
	text, err := box.Open(nil, raw[:box.NonceSize()], raw[box.NonceSize():], nil)
	if err != nil {
		return "", fault.Wrap(fault.KindConflict, "seal.key_mismatch", "recovered secret does not open the lot key", err)
	}
	return string(text), nil
}

// ValidRecipient tells whether a text is an age X25519 public key. Fault seal.officer_key.
func (Vault) ValidRecipient(text string) error {
	if _, err := age.ParseX25519Recipient(text); err != nil {
		return fault.Wrap(fault.KindInvalid, "seal.officer_key", "not an age public key", err)
	}
	return nil
}

// LooksSealed tells whether bytes begin as an age file with one X25519 recipient, which is
// all the platform can know of an envelope before its ceremony. Fault bid.not_sealed.
func (Vault) LooksSealed(cipherText []byte) error {
	if !bytes.HasPrefix(cipherText, []byte("age-encryption.org/v1\n-> X25519 ")) {
		return fault.Invalid("bid.not_sealed", "envelope is not an age file sealed to a lot key")
	}
	return nil
}

// To encrypts a text to an age recipient, as a bidder's browser does.
func To(recipient string, plain []byte) ([]byte, error) {
	r, err := age.ParseX25519Recipient(recipient)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	w, err := age.Encrypt(&out, r)
	if err != nil {
		return nil, err
	}
	if _, err := w.Write(plain); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil { // writes the last chunk
		return nil, err
	}
	return out.Bytes(), nil
}

// With decrypts an age file with one identity. Fault seal.unreadable.
func With(identity age.Identity, sealed []byte) ([]byte, error) {
	r, err := age.Decrypt(bytes.NewReader(sealed), identity)
	if err != nil {
		return nil, fault.Wrap(fault.KindConflict, "seal.unreadable", "envelope does not open", err)
	}
	plain, err := io.ReadAll(io.LimitReader(r, procedure.MaxEnvelopeBytes+1))
	if err != nil {
		return nil, fault.Wrap(fault.KindConflict, "seal.unreadable", "envelope is damaged", err)
	}
	return plain, nil
}

// Hash is the receipt hash of an envelope: SHA-256 of its ciphertext, lower-case hex.
func Hash(sealed []byte) string {
	sum := sha256.Sum256(sealed)
	return hex.EncodeToString(sum[:])
}
