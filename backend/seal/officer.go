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

// UnlockShare does what the ceremony page does in the browser: unwrap the officer's identity
// with the passphrase and decrypt his share. Faults: seal.passphrase, seal.unreadable.
func UnlockShare(wrapped, passphrase string, share tender.KeyShare) (tender.GivenShare, error) {
	none := tender.GivenShare{}
	lock, err := age.NewScryptIdentity(passphrase)
	if err != nil {
		return none, fault.Internal("passphrase", err)
	}
	raw, err := base64.StdEncoding.DecodeString(wrapped)
	if err != nil {
		return none, fault.Internal("wrapped identity does not read", err)
	}
	text, err := With(lock, raw)
	if err != nil {
		return none, fault.Wrap(fault.KindInvalid, "seal.passphrase", "passphrase does not unwrap the identity", err)
	}
	identity, err := age.ParseX25519Identity(string(text))
	if err != nil {
		return none, fault.Internal("unwrapped identity does not read", err)
	}
	sealed, err := base64.StdEncoding.DecodeString(share.Sealed)
	if err != nil {
		return none, fault.Internal("sealed share does not read", err)
	}
	plain, err := With(identity, sealed)
	if err != nil {
		return none, err
	}
	var paper sharePaper
	if err := json.Unmarshal(plain, &paper); err != nil {
		return none, fault.Internal("share paper does not read", err)
	}
	return tender.GivenShare{OfficerID: share.OfficerID, Value: paper.Value}, nil
}
