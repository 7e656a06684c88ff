package e2e

import (
	"database/sql"
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"
)

// One pairing that is possible and one that is not, for a person in both languages and for a
// script by status and JSON.
func TestMatchExplain_TellsEveryGateAndEveryPoint(t *testing.T) {
	t.Parallel()
	env := demonstrations["sqlite"](t)
	need, organizations := pairings(t, strings.TrimPrefix(env[1], "LINLI_DATA_DIR="))
	statuses := map[int]int{}
	for _, o := range organizations {
		out, status := run(t, env, "match", "explain", "--need", need, "--organization", o, "--json")
		var got struct {
			Possible bool
			Score    int32
			Reasons  []struct {
				Kind, Remedy string
				Pass         bool
				Points       int32
			}
		}
		if err := json.Unmarshal([]byte(out), &got); err != nil || got.Possible != (status == 0) || status > 1 {
			t.Fatalf("status %d, %v: %s", status, err, out)
		}
		sum := int32(0)
		for _, r := range got.Reasons {
			sum += r.Points
			if r.Kind == "gate" && !r.Pass && r.Remedy == "" {
				t.Errorf("a refusal without what would help: %s", out)
			}
		}
		if sum != got.Score {
			t.Errorf("points sum to %d, score %d", sum, got.Score)
		}
		statuses[status]++
		for lang, word := range map[string]string{"zh": "权重", "en": "Weights"} {
			if text, _ := run(t, env, "match", "explain", "--need", need, "--organization", o, "--lang", lang); !strings.Contains(text, word) || strings.Contains(text, "{{") {
				t.Errorf("%s: %s", lang, text)
			}
		}
	}
	if statuses[0] == 0 || statuses[1] == 0 {
		t.Errorf("statuses %v: the demonstration shows only one side", statuses)
	}
	if _, status := run(t, env, "match", "explain", "--need", "nothing", "--organization", organizations[0]); status != 1 {
		t.Errorf("a need that does not exist: status %d", status)
	}
}

// pairings finds an open need and some organisations of the demonstration.
func pairings(t *testing.T, dir string) (need string, organizations []string) {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+filepath.Join(dir, "linli.db")+"?mode=ro")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	if err := db.QueryRow("SELECT id FROM need WHERE category = 'children.after_school' ORDER BY id LIMIT 1").Scan(&need); err != nil {
		t.Fatal(err)
	}
	rows, err := db.Query("SELECT id FROM organization ORDER BY id LIMIT 8")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var id string
		if err := rows.Scan(&id); err != nil {
			t.Fatal(err)
		}
		organizations = append(organizations, id)
	}
	if rows.Err() != nil || len(organizations) < 2 {
		t.Fatal(len(organizations), rows.Err())
	}
	return need, organizations
}
