package e2e

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"

	"linli/backend/engine/instance"
)

// answers runs a command and keeps its two outputs apart.
func answers(t testing.TB, args ...string) (stdout, stderr string, status int) {
	t.Helper()
	cmd := exec.Command(binary(t), args...)
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	err := cmd.Run()
	if _, exited := err.(*exec.ExitError); err != nil && !exited { //nolint:errorlint // exec documents the bare type
		t.Fatal(err)
	}
	return out.String(), errs.String(), cmd.ProcessState.ExitCode()
}

// town is a random plan with budgets, floors and weak communities.
func town(seed uint64, needs, orgs, near int) string {
	r := rand.New(rand.NewPCG(seed, 1))
	var b strings.Builder
	const lines, groups = 6, 4
	fmt.Fprintf(&b, "p plan %d %d %d %d %d\n", needs, orgs, lines, groups, needs*near)
	units := 0
	for i := range needs {
		u := 1 + r.IntN(3)
		units += u
		fmt.Fprintf(&b, "n %d %d %d %d %d %d\n", i, u, 12_000+r.IntN(8000), r.IntN(lines), r.IntN(groups-1), r.IntN(2))
		for k := range near {
			fmt.Fprintf(&b, "e %d %d %d %d\n", i, (i*7+3*k)%orgs, 2000+r.IntN(7000), 100_000+r.IntN(300_000))
		}
	}
	for j := range orgs {
		fmt.Fprintf(&b, "o %d %d\n", j, units*8/10/orgs+1)
	}
	for l := range lines {
		fmt.Fprintf(&b, "b %d %d\n", l, units*180_000/lines)
	}
	for g := range groups {
		fmt.Fprintf(&b, "g %d %d\n", g, units*3/4)
	}
	return b.String()
}

func TestMatchPlan_WhatItPrintsIsCheckedAndRepeated(t *testing.T) {
	t.Parallel()
	problem := written(t, "town.txt.gz", town(3, 120, 20, 8))
	var first string
	for n := range 2 {
		stdout, stderr, status := answers(t, "match", "plan", "--instance", problem, "--time-limit", "0s", "--threads", "2", "--seed", "5", "--json")
		if status != 0 || !strings.Contains(stderr, "120 needs") {
			t.Fatalf("%d: %s", status, stderr)
		}
		out, status := run(t, nil, "match", "check", "--instance", problem, "--plan", written(t, "plan.json", stdout))
		if status != 0 {
			t.Fatalf("refused: %s", out)
		}
		r, err := instance.ReadResult(strings.NewReader(stdout), "stdout")
		if err != nil {
			t.Fatal(err)
		}
		if r.Seconds.CPU <= 0 || r.Seconds.First > r.Seconds.Best || r.Seconds.Best > r.Seconds.Total || len(r.Trace) == 0 {
			t.Errorf("%+v, %d steps", r.Seconds, len(r.Trace))
		}
		r.Seconds, r.Trace = instance.Seconds{}, nil
		text, err := json.Marshal(r)
		if err != nil {
			t.Fatal(err)
		}
		if n == 0 {
			first = string(text)
		} else if first != string(text) {
			t.Errorf("the same seed and threads:\n%s\n%s", first, text)
		}
	}
	out, _, status := answers(t, "match", "plan", "--instance", problem, "--time-limit", "2s")
	if status != 0 || !strings.Contains(out, "objective") || !strings.Contains(out, "no plan costs less") {
		t.Errorf("%d: %s", status, out)
	}
}

func TestMatchPlan_AnInterruptPrintsTheBestPlanSoFar(t *testing.T) {
	t.Parallel()
	problem := written(t, "town.txt", town(4, 20_000, 1500, 20))
	cmd := exec.Command(binary(t), "match", "plan", "--instance", problem, "--time-limit", "10m", "--json")
	var out bytes.Buffer
	cmd.Stdout = &out
	pipe, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	stuck := time.AfterFunc(2*patience, func() { _ = cmd.Process.Kill() })
	defer stuck.Stop()
	interrupted := false
	for lines := bufio.NewScanner(pipe); lines.Scan(); {
		if !interrupted && strings.Contains(lines.Text(), "bound") {
			interrupted = true
			_ = cmd.Process.Signal(syscall.SIGINT)
		}
	}
	if err := cmd.Wait(); err != nil {
		t.Fatalf("%v: %s", err, out.String())
	}
	r, err := instance.ReadResult(&out, "stdout")
	if err != nil || r.Stopped != "interrupted" || len(r.Assignment) != 20_000 {
		t.Errorf("%v: %+v", err, r.Stopped)
	}
}

const transport = "p min 5 7\nn 1 3\nn 4 2\nn 5 -5\na 1 2 0 3 10\na 2 5 0 4 1\na 1 5 0 99 40\na 4 3 0 2 7\na 1 3 0 1 9\na 3 5 0 2 0\na 4 2 0 2 8\n"

func TestMatchPlan_TransportationToTheProvenOptimum(t *testing.T) {
	t.Parallel()
	problem := written(t, "t.min", transport)
	stdout, stderr, status := answers(t, "match", "plan", "--format", "dimacs", "--instance", problem, "--json")
	r, err := instance.ReadResult(strings.NewReader(stdout), "stdout")
	if status != 0 || err != nil || r.Objective != 47 || r.Bound != 47 || r.Stopped != "optimal" || len(r.Flow) != 7 {
		t.Fatalf("%d %v: %s%s", status, err, stdout, stderr)
	}
	if out, status := run(t, nil, "match", "check", "--instance", problem, "--plan", written(t, "plan.json", stdout)); status != 0 {
		t.Error(out)
	}
	cut := written(t, "cut.min", strings.Replace(strings.Replace(transport, "a 2 5 0 4 1", "a 2 5 0 0 1", 1), "a 3 5 0 2 0", "a 3 5 0 1 0", 1))
	if _, stderr, status = answers(t, "match", "plan", "--instance", cut); status != 1 || !strings.Contains(stderr, "node 4 cannot be served") || !strings.Contains(stderr, "1 too few") {
		t.Errorf("%d: %s", status, stderr)
	}
}

func TestMatchPlan_WhatCannotBeNamesTheRowAndByHowMuch(t *testing.T) {
	t.Parallel()
	for name, x := range map[string]struct{ problem, want string }{
		"a floor beyond capacity": {"p plan 2 1 0 1 2\nn 0 2 9 -1 0 0\nn 1 3 9 -1 0 0\ne 0 0 1 0\ne 1 0 1 0\no 0 2\ng 0 1\n", "group 0"},
		"a floor with nobody":     {"p plan 1 1 0 1 0\nn 0 2 9 -1 0 0\no 0 9\ng 0 0\n", "group 0"},
		"a job too heavy":         {"1 1\n5\n9\n8\n", "job 0"},
		"jobs for nobody":         {"0 1\n", "job 0"},
	} {
		stdout, stderr, status := answers(t, "match", "plan", "--instance", written(t, "p.txt", x.problem), "--time-limit", "2s")
		if status != 1 || stdout != "" || !strings.Contains(stderr, x.want) {
			t.Errorf("%s: %d: %s%s", name, status, stdout, stderr)
		}
	}
}

func TestMatchPlan_OddInputHasAnAnswer(t *testing.T) {
	t.Parallel()
	for name, problem := range map[string]string{
		"nothing":               "p plan 0 0 0 0 0\n",
		"no organisations":      "p plan 1 0 0 0 0\nn 0 1 7 -1 -1 0\n",
		"no needs":              "p plan 0 1 0 0 0\no 0 3\n",
		"a need without choice": "p plan 2 1 0 0 1\nn 0 1 7 -1 -1 0\nn 1 2 7 -1 -1 0\ne 0 0 1 1\no 0 3\n",
		"no capacity":           "p plan 1 1 0 0 1\nn 0 1 7 -1 -1 0\ne 0 0 1 1\no 0 0\n",
		"no money":              "p plan 1 1 1 0 1\nn 0 1 7 0 -1 0\ne 0 0 1 1\no 0 3\nb 0 0\n",
		"nothing costs":         "p plan 1 1 1 0 1\nn 0 1 0 0 -1 0\ne 0 0 0 0\no 0 3\nb 0 0\n",
		"the largest costs":     "p plan 1 1 0 0 1\nn 0 1000000 1000000000 -1 -1 0\ne 0 0 -1000000000 1000000000\no 0 1000000000000000\n",
		"no jobs":               "2 0\n5\n6\n",
		"no flow":               "p min 0 0\n",
		"only unserved":         "p min 2 1\nn 1 4\nn 2 -4\na 1 2 0 9 3\n",
	} {
		file := written(t, "p.txt", problem)
		stdout, stderr, status := answers(t, "match", "plan", "--instance", file, "--time-limit", "2s", "--json")
		if status != 0 {
			t.Errorf("%s: %d: %s", name, status, stderr)
			continue
		}
		if out, status := run(t, nil, "match", "check", "--instance", file, "--plan", written(t, "plan.json", stdout)); status != 0 {
			t.Errorf("%s: refused: %s", name, out)
		}
	}
}
