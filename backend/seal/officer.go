package seal

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"io"

	"filippo.io/age"

	"linli/backend/domain/fault"
	"linli/backend/domain/tender"
)

// WorkFactor is the scrypt cost (log2) of a wrapped officer identity: 16 opens in about
// 0.4 s in a browser, the default 18 in up to 9 s on an old office machine.
const WorkFactor = 16

// NewOfficerKey makes an officer's identity and wraps it by a passphrase, as the enrolment
// page does in the browser. The server itself never calls it; seeds and tests do.
func NewOfficerKey(passphrase string) (recipient, wrapped string, err error) {
	identity, err := age.GenerateX25519Identity()
	if err != nil {
		return "", "", fault.Internal("officer identity", err)
	}
	lock, err := age.NewScryptRecipient(passphrase)
	if err != nil {
		return "", "", fault.Internal("passphrase", err)
	}
	lock.SetWorkFactor(WorkFactor)
	var out bytes.Buffer
	w, err := age.Encrypt(&out, lock)
	if err != nil {
		return "", "", fault.Internal("wrap identity", err)
	}
	if _, err := io.WriteString(w, identity.String()); err != nil {
		return "", "", fault.Internal("wrap identity", err)
	}
	if err := w.Close(); err != nil {
		return "", "", fault.Internal("wrap identity", err)
	}
	return identity.Recipient().String(), base64.StdEncoding.EncodeToString(out.Bytes()), nil
}

// UnlockShares does what the ceremony page does in the browser: unwrap the officer's identity
// with the passphrase, once, and decrypt his shares. Faults: seal.passphrase, seal.unreadable.
func UnlockShares(wrapped, passphrase string, shares ...tender.KeyShare) ([]tender.GivenShare, error) {
	identity, err := unwrapOfficer(wrapped, passphrase)
	if err != nil {
		return nil, err
	}
	out := make([]tender.GivenShare, len(shares))
	for i, share := range shares {
		if out[i], err = readShare(identity, share); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func unwrapOfficer(wrapped, passphrase string) (age.Identity, error) {
	lock, err := age.NewScryptIdentity(passphrase)
	if err != nil {
		return nil, fault.Internal("passphrase", err)
	}
	raw, err := base64.StdEncoding.DecodeString(wrapped)
	if err != nil {
		return nil, fault.Internal("wrapped identity does not read", err)
	}
	text, err := With(lock, raw)
	if err != nil {
		return nil, fault.Wrap(fault.KindInvalid, "seal.passphrase", "passphrase does not unwrap the identity", err)
	}
	identity, err := age.ParseX25519Identity(string(text))
	if err != nil {
		return nil, fault.Internal("unwrapped identity does not read", err)
	}
	return identity, nil
}

func readShare(identity age.Identity, share tender.KeyShare) (tender.GivenShare, error) {
	sealed, err := base64.StdEncoding.DecodeString(share.Sealed)
	if err != nil {
		return tender.GivenShare{}, fault.Internal("sealed share does not read", err)
	}
	plain, err := With(identity, sealed)
	if err != nil {
		return tender.GivenShare{}, err
	}
	var paper sharePaper
	if err := json.Unmarshal(plain, &paper); err != nil {
		return tender.GivenShare{}, fault.Internal("share paper does not read", err)
	}
	return tender.GivenShare{OfficerID: share.OfficerID, Value: paper.Value}, nil
}
