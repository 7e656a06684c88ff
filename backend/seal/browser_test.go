package seal_test

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"linli/backend/domain/tender"
	"linli/backend/seal"
)

// browserSide is what a browser does, run by node over the same library: it seals a paper to
// the recipient, enrols an officer, and unlocks a share that Go sealed.
const browserSide = `
import { Encrypter, Decrypter, generateX25519Identity, identityToRecipient } from "age-encryption";
const given = JSON.parse(await new Response(process.stdin).text());
const b64 = (b) => Buffer.from(b).toString("base64");
const out = {};
const e = new Encrypter(); e.addRecipient(given.recipient);
out.sealed = b64(await e.encrypt(given.paper));
const identity = await generateX25519Identity();
const w = new Encrypter(); w.setPassphrase(given.passphrase); w.setScryptWorkFactor(16);
out.wrapped = b64(await w.encrypt(identity)); out.recipient = await identityToRecipient(identity);
const u = new Decrypter(); u.addPassphrase(given.passphrase);
const mine = await u.decrypt(Buffer.from(given.wrapped, "base64"), "text");
const d = new Decrypter(); d.addIdentity(mine);
out.value = JSON.parse(await d.decrypt(Buffer.from(given.share, "base64"), "text")).value;
console.log(JSON.stringify(out));
`

// TestBrowser_GoAndTheBrowsersLibraryReadEachOther runs the browser's library under node. It is
// skipped, and says so, where node or the web packages are missing.
func TestBrowser_GoAndTheBrowsersLibraryReadEachOther(t *testing.T) {
	t.Parallel()
	node, err := exec.LookPath("node")
	web, _ := filepath.Abs("../../frontend")
	if _, missing := os.Stat(filepath.Join(web, "node_modules", "age-encryption")); err != nil || missing != nil {
		if os.Getenv("LINLI_TEST_REQUIRE") != "" {
			t.Fatal("node and the web packages are required")
		}
		t.Skip("SKIPPED LOUDLY: node or age-encryption is missing")
	}
	all := officers(t, 2)
	key := newKey(t, all, 2)
	paper := `{"v":1,"note":"上门探访 ✓"}`
	input, err := json.Marshal(map[string]string{
		"recipient": key.Recipient, "paper": paper, "passphrase": all[0].passphrase,
		"wrapped": all[0].wrapped, "share": key.Shares[0].Sealed,
	})
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(node, "--input-type=module", "-e", browserSide)
	cmd.Dir, cmd.Stdin = web, bytes.NewReader(input)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	answer, err := cmd.Output()
	if err != nil {
		t.Fatal(err, stderr.String())
	}
	var got struct{ Sealed, Wrapped, Recipient, Value string }
	if err := json.Unmarshal(answer, &got); err != nil {
		t.Fatal(err, string(answer))
	}
	open, err := seal.Vault{}.Open(key, []tender.GivenShare{{OfficerID: all[0].PersonID, Value: got.Value}, unlock(t, all[1], key)})
	if err != nil {
		t.Fatal("share unlocked in the browser:", err)
	}
	sealed, err := base64.StdEncoding.DecodeString(got.Sealed)
	if err != nil {
		t.Fatal(err)
	}
	if err := (seal.Vault{}).LooksSealed(sealed); err != nil {
		t.Error(err)
	}
	if plain, err := open(sealed); err != nil || string(plain) != paper {
		t.Errorf("sealed in the browser, read %q (%v)", plain, err)
	}
	enrolled := officer{tender.Officer{PersonID: "browser", Recipient: got.Recipient}, got.Wrapped, all[0].passphrase}
	second := newKey(t, []officer{enrolled, all[1]}, 2)
	if _, err := (seal.Vault{}).Open(second, []tender.GivenShare{unlock(t, enrolled, second), unlock(t, all[1], second)}); err != nil {
		t.Error("officer enrolled in the browser:", err)
	}
}
