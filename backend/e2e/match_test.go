package e2e

import (
	"compress/gzip"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const (
	matchPlan = "p plan 3 2 1 2 5\nn 0 2 100 0 0 0\nn 1 1 50 0 0 1\nn 2 3 80 0 -1 1\ne 0 0 5 1000\ne 0 1 7 900\ne 1 1 9 10\ne 2 0 4 700\ne 2 1 6 500\n" +
		"o 0 2\no 1 3\nb 0 3500\ng 0 1\ng 1 1\nm 1 1500\n"
	matchAnswer = `{"objective":78,"bound":31,"gap":0.6025641025641025,"certificate":{"kind":"capacity","capacity":[0,0]},"assignment":[0,-1,1],"seconds":{"first":0,"best":0,"total":0,"cpu":0},"trace":[],"stopped":"time"}`
)

// written puts a text into a file of the test's own.
func written(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	if strings.HasSuffix(name, ".gz") {
		z := gzip.NewWriter(f)
		defer func() { _ = z.Close() }()
		_, err = z.Write([]byte(text))
	} else {
		_, err = f.WriteString(text)
	}
	if err != nil {
		t.Fatal(err)
	}
	return path
}

func TestMatchCheck_AcceptsWhatHoldsAndTellsEveryReasonWhy(t *testing.T) {
	t.Parallel()
	problem := written(t, "plan.txt.gz", matchPlan)
	good := written(t, "good.json.gz", matchAnswer)
	out, status := run(t, nil, "match", "check", "--instance", problem, "--plan", good)
	if status != 0 || !strings.Contains(out, "holds") || !strings.Contains(out, "bound       31") {
		t.Errorf("%d: %s", status, out)
	}
	bad := written(t, "bad.json", strings.NewReplacer(`"objective":78`, `"objective":77`, `"bound":31`, `"bound":32`, "[0,-1,1]", "[0,0,1]").Replace(matchAnswer))
	out, status = run(t, nil, "match", "check", "--instance", problem, "--plan", bad)
	for _, want := range []string{"linli: need 1 is given to organisation 0", "linli: bound: 32 is stated, the multipliers prove 31", "linli: gap: "} {
		if status != 1 || !strings.Contains(out, want) {
			t.Errorf("%d, want %q: %s", status, want, out)
		}
	}
	out, status = run(t, nil, "match", "check", "--json", "--format", "plan", "--instance", problem, "--plan", bad)
	var answer struct {
		Holds    bool
		Findings []struct{ Rule, Row, Text string }
	}
	_, text, _ := strings.Cut(out, "{")
	if err := json.NewDecoder(strings.NewReader("{" + text)).Decode(&answer); err != nil || status != 1 || answer.Holds || len(answer.Findings) != 3 || answer.Findings[0].Rule != "edge" {
		t.Errorf("%v, %d: %s", err, status, out)
	}
}

func TestMatchCheck_MalformedInputNamesFileAndLine(t *testing.T) {
	t.Parallel()
	problem, answer := written(t, "plan.txt", matchPlan), written(t, "answer.json", matchAnswer)
	for name, x := range map[string]struct{ problem, answer, want string }{
		"a word for a number": {written(t, "p.txt", strings.Replace(matchPlan, "o 0 2", "o 0 two", 1)), answer, `p.txt:10: the capacity is "two": want a whole number`},
		"another format":      {written(t, "x.txt", "x y z"), answer, `x.txt:1: the number of agents is "x"`},
		"no JSON":             {problem, written(t, "a.json", "objective 78"), "a.json: want the JSON of a plan"},
		"a member nobody set": {problem, written(t, "a.json", `{"objectve":78}`), `unknown field "objectve"`},
	} {
		if out, status := run(t, nil, "match", "check", "--instance", x.problem, "--plan", x.answer); status != 1 || !strings.Contains(out, x.want) {
			t.Errorf("%s: %d: %s", name, status, out)
		}
	}
	if out, status := run(t, nil, "match", "check", "--instance", "nowhere", "--plan", answer); status != 2 {
		t.Errorf("%d: %s", status, out)
	}
}
