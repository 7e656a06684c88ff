package e2e

import (
	"database/sql"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"linli/backend/testkit"
)

// readTheThread follows the money as anybody may, without an account.
func (j *journey) readTheThread() {
	public := anyone(j.t, j.base)
	j.code = text(public.must("GET", "/needs/"+j.need, nil), "code")
	thread := public.must("GET", "/threads/"+j.code, nil)
	for _, s := range list(thread, "stations") {
		j.wanted("station "+text(s, "key"), text(s, "state"), "done")
	}
	paid := parts[0].payable + parts[1].payable
	for what, want := range map[string]int64{
		"budgetFen": budget, "awardFen": j.price, "contractFen": j.price, "acceptedFen": paid, "paidFen": paid, "dueFen": 0,
		"pledgedFen": pledged, "returnedFen": pledged,
	} {
		j.wanted("thread "+what, number(thread, "money."+what), want)
	}
	j.wanted("outcome", text(thread, "need.outcome"), "met")
	j.wanted("voices quoted", len(list(thread, "quotes")), 1)
	j.wanted("sealed bids", number(thread, "projects.0.tenders.0.lots.0.bids"), int64(len(suppliers)))
	j.wanted("first payment", number(thread, "projects.0.contracts.0.payments.0.amountFen"), parts[0].payable)
	j.wanted("second payment", number(thread, "projects.0.contracts.0.payments.1.amountFen"), parts[1].payable)
	j.wanted("fund line", number(thread, "projects.0.fund.0.entries.0.amountFen"), int64(pledged))
	for _, secret := range []string{"13812345678", account} {
		if raw, err := json.Marshal(thread); err != nil || strings.Contains(string(raw), secret) {
			j.t.Errorf("the public thread shows %s (%v)", secret, err)
		}
	}
	proof := public.must("GET", "/threads/"+j.code+"/proof", nil)
	j.wanted("fingerprint", text(proof, "fingerprint"), text(thread, "proof.fingerprint"))
}

// audit finds the same story by object, person, place and period, and takes it away as a file.
func (j *journey) audit() {
	auditor := j.as("auditor")
	place := "/"
	for _, a := range list(auditor.must("GET", "/places/"+j.place, nil), "ancestors") {
		place += text(a, "id") + "/"
	}
	for _, search := range []string{
		"kind=payment&id=" + j.payments[0], "code=" + j.code, "actorId=" + personOf(j.as("finance").must("GET", "/session", nil)) + "&action=payment.",
		"placePath=" + place + j.place + "/&projectId=" + j.project, "from=2026-12-01&to=2026-12-01&action=payment.",
	} {
		found := items(auditor.must("GET", "/audit/records?limit=100&"+search, nil))
		if len(found) == 0 {
			j.t.Errorf("nothing found by %s", search)
			continue
		}
		record := auditor.must("GET", "/audit/records/"+string(mustJSON(j.t, at(found[0], "seq"))), nil)
		for _, ok := range []string{"hashOk", "linkOk", "stateOk"} {
			j.wanted(search+" "+ok, at(record, ok), true)
		}
	}
	j.wanted("in another place", len(items(auditor.must("GET", "/audit/records?placePath=/elsewhere/&projectId="+j.project, nil))), 0)
	j.wanted("before anything happened", len(items(auditor.must("GET", "/audit/records?from=2020-01-01&to=2020-01-02", nil))), 0)
	a, err := auditor.send("GET", "/audit/export?format=csv&projectId="+j.project, nil)
	if err != nil || a.status != 200 || !strings.Contains(a.text, "payment.") {
		j.t.Errorf("export: %d %v", a.status, err)
	}
	j.as("resident").refused("access.forbidden", "GET", "/audit/export?projectId="+j.project, nil)
}

func mustJSON(t testing.TB, v any) []byte {
	t.Helper()
	raw, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

// clean wants nothing amiss, and one row changed in a copy to be found.
func clean(t *testing.T, p *process, env []string) {
	t.Helper()
	if got := p.stop(); got != 0 {
		t.Errorf("stopped with %d: %s", got, p.output())
	}
	out, status := run(t, env, "verify", "--json")
	var report struct {
		Whole  bool
		Breaks []struct{ Check, Kind string }
	}
	if err := json.Unmarshal([]byte(out), &report); err != nil || status != 0 || !report.Whole || len(report.Breaks) != 0 {
		t.Fatalf("verify: %d %v %s", status, err, out)
	}
	forged := forge(t, env)
	if out, status = run(t, forged, "verify", "--json"); status != 1 {
		t.Fatalf("another voucher was not noticed: %d %s", status, out)
	}
	if err := json.Unmarshal([]byte(out), &report); err != nil || report.Whole || report.Breaks[0].Kind != "payment" {
		t.Errorf("verify of the forged copy: %v %s", err, out)
	}
	verified(t, env)
}

// forge copies an installation and changes one row of the copy with plain SQL. What was
// accepted cannot be changed even so: the database itself refuses.
func forge(t *testing.T, env []string) []string {
	t.Helper()
	dir := t.TempDir()
	out := []string{"LINLI_DATA_DIR=" + dir}
	driver, name := "sqlite", filepath.Join(dir, "linli.db")
	for _, e := range env {
		key, value, _ := strings.Cut(e, "=")
		switch {
		case key == "LINLI_DATABASE":
			driver, name = "pgx", testkit.PostgresCopy(t, value)
			out = append(out, key+"="+name)
		case key == "LINLI_DATA_DIR":
			if err := os.CopyFS(dir, os.DirFS(value)); err != nil {
				t.Fatal(err)
			}
		}
	}
	db, err := sql.Open(driver, name)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	if _, err := db.Exec("UPDATE acceptance SET payable_fen = payable_fen + 1"); err == nil {
		t.Error("an acceptance was changed by SQL")
	}
	done, err := db.Exec("UPDATE payment SET voucher_number = 'GK-0' WHERE voucher_number = '" + voucher(0) + "'")
	if err != nil {
		t.Fatal(err)
	}
	if n, err := done.RowsAffected(); err != nil || n != 1 {
		t.Fatalf("%d rows changed (%v)", n, err)
	}
	return out
}
