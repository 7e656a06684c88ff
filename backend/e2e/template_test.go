package e2e

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"

	"linli/backend/testkit"
)

// template is a demonstration city told once for all tests: telling it takes longer than most
// of what is tested with it. Tests get copies and never see the original.
type template struct {
	once sync.Once
	dir  string // the data folder, with the SQLite file where that is the database
	url  string // of the PostgreSQL database, otherwise ""
	drop func() error
	err  error
}

var onSQLite, onPostgres template

// demonstrations gives the environment of a demonstration city of one's own, by database.
var demonstrations = map[string]func(t testing.TB) []string{
	"sqlite": func(t testing.TB) []string {
		return onSQLite.copy(t, func() (string, func() error, error) { return "", nil, nil })
	},
	"postgres": func(t testing.TB) []string {
		testkit.RequirePostgres(t)
		return onPostgres.copy(t, testkit.PostgresKept)
	},
}

func (x *template) copy(t testing.TB, database func() (string, func() error, error)) []string {
	t.Helper()
	bin := binary(t)
	x.once.Do(func() { x.err = x.tell(bin, database) })
	if x.err != nil {
		t.Fatal(x.err)
	}
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(x.dir)); err != nil {
		t.Fatal(err)
	}
	env := []string{"LINLI_DEMONSTRATION=true", "LINLI_DATA_DIR=" + dir}
	if x.url != "" {
		env = append(env, "LINLI_DATABASE="+testkit.PostgresCopy(t, x.url))
	}
	return env
}

func (x *template) tell(bin string, database func() (string, func() error, error)) error {
	var err error
	if x.dir, err = os.MkdirTemp("", "linli-city-"); err != nil {
		return err
	}
	if x.url, x.drop, err = database(); err != nil {
		return err
	}
	cmd := exec.Command(bin, "seed")
	cmd.Env = append(os.Environ(), "LINLI_DEMONSTRATION=true", "LINLI_DATA_DIR="+x.dir)
	if x.url != "" {
		cmd.Env = append(cmd.Env, "LINLI_DATABASE="+x.url)
	}
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("seed: %w: %s", err, out)
	}
	return nil
}

// remove deletes what outlived the tests.
func (x *template) remove() error {
	if x.drop != nil {
		if err := x.drop(); err != nil {
			return err
		}
	}
	return os.RemoveAll(x.dir)
}

func TestMain(m *testing.M) {
	status := m.Run()
	for _, x := range []*template{&onSQLite, &onPostgres} {
		if err := x.remove(); err != nil {
			fmt.Fprintln(os.Stderr, err)
		}
	}
	if built.path != "" {
		_ = os.RemoveAll(filepath.Dir(built.path)) // a folder that stays behind harms nobody
	}
	os.Exit(status)
}
