package e2e

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// What a machine reads from a command: status 0 for done, 1 for refused or found, 2 for called
// wrongly.
func TestCommands_SayWhatTheyAreAndEndWithTheRightStatus(t *testing.T) {
	t.Parallel()
	dir := "LINLI_DATA_DIR=" + t.TempDir()
	for _, c := range []string{"", "serve", "migrate", "seed", "import", "import divisions", "import organizations", "import needs", "verify", "openapi", "health", "administrator", "version"} {
		out, status := run(t, nil, append(strings.Fields(c), "--help")...)
		if status != 0 || !strings.Contains(out, "Usage: linli") {
			t.Errorf("%q --help: %d %s", c, status, out)
		}
	}
	for name, x := range map[string]struct {
		args   []string
		status int
	}{
		"unknown command":        {[]string{"dance"}, 2},
		"unknown flag":           {[]string{"verify", "--loud"}, 2},
		"missing argument":       {[]string{"import", "needs"}, 2},
		"file that is not there": {[]string{"import", "needs", "nowhere.csv"}, 2},
		"nothing is served":      {[]string{"health", "--addr", "127.0.0.1:1"}, 1},
		"no demonstration":       {[]string{"seed"}, 1},
	} {
		if out, status := run(t, []string{dir}, x.args...); status != x.status {
			t.Errorf("%s: status %d, want %d: %s", name, status, x.status, out)
		}
	}
	for _, x := range []struct {
		args   string
		status int
	}{{"migrate", 0}, {"migrate --check", 0}, {"verify", 0}} {
		if out, status := run(t, []string{dir}, strings.Fields(x.args)...); status != x.status {
			t.Errorf("%s: status %d, want %d: %s", x.args, status, x.status, out)
		}
	}
	for _, c := range []string{"version --json", "verify --json", "migrate --json", "openapi"} {
		if out, status := run(t, []string{dir}, strings.Fields(c)...); status != 0 || !json.Valid([]byte(out)) {
			t.Errorf("%s: %d, no JSON: %.200s", c, status, out)
		}
	}
}

const divisions = "code,name,level,parent\n510100000000,成都市,2,510000000000\n510108000000,成华区,3,510100000000\n" +
	"510108008000,双桥子街道,4,510108000000\n510108008001,新鸿社区,5,510108008000\n"

func TestImport_DryRunChangesNothingAndBadRowsAreNamed(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	env := []string{"LINLI_DATA_DIR=" + filepath.Join(dir, "data")}
	file := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	good := file("good.csv", divisions)
	bad := file("bad.csv", divisions+"51010800800X,坏社区,5,510108008000\n")
	for _, x := range []struct {
		args   []string
		status int
		says   string
	}{
		{[]string{"import", "divisions", good, "--dry-run"}, 0, "would apply: 4 rows · 4 added"},
		{[]string{"import", "divisions", bad}, 1, "6"}, // the line
		{[]string{"import", "divisions", good}, 0, "applied: 4 rows · 4 added"},
		{[]string{"import", "divisions", good}, 0, "in force already"},
		{[]string{"verify"}, 0, "whole"},
	} {
		if out, status := run(t, env, x.args...); status != x.status || !strings.Contains(out, x.says) {
			t.Errorf("%v: status %d, want %d and %q: %s", x.args, status, x.status, x.says, out)
		}
	}
	for _, list := range []string{"organizations", "needs"} {
		path := file(list+".csv", "nonsense,columns\n1,2\n")
		out, status := run(t, env, "import", list, path, "--dry-run", "--json")
		if status != 1 {
			t.Errorf("%s: status %d: %s", list, status, out)
		}
	}
}

func TestAdministrator_IsInvitedOnce(t *testing.T) {
	t.Parallel()
	env := []string{"LINLI_DATA_DIR=" + t.TempDir(), "LINLI_PUBLIC_URL=https://linli.example"}
	out, status := run(t, env, "administrator", "--name", "王建国")
	if status != 0 || !strings.Contains(out, "https://linli.example/invitation#") {
		t.Fatalf("status %d: %s", status, out)
	}
	if out, status := run(t, env, "verify"); status != 0 {
		t.Errorf("verify: %d %s", status, out)
	}
}
