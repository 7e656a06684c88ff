// Package e2e drives the real binary: processes, databases, HTTP.
package e2e

import (
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// patience bounds every wait for a process; a loaded machine needs it, a broken one ends.
const patience = 60 * time.Second

func root(t testing.TB) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for ; dir != "/"; dir = filepath.Dir(dir) {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
	}
	t.Fatal("no go.mod above")
	return ""
}

var built struct {
	once sync.Once
	path string
	err  error
}

// binary builds the command once per test run.
func binary(t testing.TB) string {
	t.Helper()
	top := root(t)
	built.once.Do(func() {
		dir, err := os.MkdirTemp("", "linli-bin-") //nolint:usetesting // outlives the test that builds it
		if err != nil {
			built.err = err
			return
		}
		built.path = filepath.Join(dir, "linli")
		cmd := exec.Command("go", "build", "-o", built.path, "./backend/cmd/linli")
		cmd.Dir = top
		if out, err := cmd.CombinedOutput(); err != nil {
			built.err = fmt.Errorf("%w: %s", err, out)
		}
	})
	if built.err != nil {
		t.Fatal(built.err)
	}
	return built.path
}

type process struct {
	t    testing.TB
	cmd  *exec.Cmd
	base string
	out  *strings.Builder
	mu   *sync.Mutex
	done chan struct{}
}

func freePort(t testing.TB) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = l.Close() }()
	return l.Addr().String()
}

// start runs `linli serve` and waits until it is ready.
func start(t testing.TB, env ...string) *process {
	t.Helper()
	addr := freePort(t)
	p := launch(t, append([]string{"LINLI_ADDR=" + addr, "LINLI_PUBLIC_URL=http://" + addr}, env...), "serve")
	p.base = "http://" + addr
	deadline := time.Now().Add(patience)
	for time.Now().Before(deadline) {
		res, err := http.Get(p.base + "/readyz")
		if err == nil {
			_ = res.Body.Close()
			if res.StatusCode == http.StatusOK {
				return p
			}
		}
		select {
		case <-p.done:
			t.Fatalf("the server ended: %s", p.output())
		case <-time.After(20 * time.Millisecond):
		}
	}
	t.Fatalf("not ready in %s: %s", patience, p.output())
	return nil
}

func launch(t testing.TB, env []string, args ...string) *process {
	t.Helper()
	p := &process{t: t, out: &strings.Builder{}, mu: &sync.Mutex{}, done: make(chan struct{})}
	p.cmd = exec.Command(binary(t), args...)
	p.cmd.Env = append(os.Environ(), env...)
	p.cmd.Stdout, p.cmd.Stderr = p, p
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go func() { _ = p.cmd.Wait(); close(p.done) }()
	t.Cleanup(p.kill)
	return p
}

// Write collects output; the process writes from several goroutines.
func (p *process) Write(b []byte) (int, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.out.Write(b)
}

func (p *process) output() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.out.String()
}

func (p *process) kill() {
	_ = p.cmd.Process.Kill()
	<-p.done
}

func (p *process) stop() int {
	_ = p.cmd.Process.Signal(syscall.SIGTERM)
	select {
	case <-p.done:
	case <-time.After(patience):
		p.t.Fatal("did not stop")
	}
	return p.cmd.ProcessState.ExitCode()
}

// run executes one command to its end and returns output and exit status.
func run(t testing.TB, env []string, args ...string) (string, int) {
	t.Helper()
	cmd := exec.Command(binary(t), args...)
	cmd.Env = append(os.Environ(), env...)
	out, err := cmd.CombinedOutput()
	if _, exited := err.(*exec.ExitError); err != nil && !exited { //nolint:errorlint // exec documents the bare type
		t.Fatal(err)
	}
	return string(out), cmd.ProcessState.ExitCode()
}

func TestServe_SecondWriterOnOneSQLiteFileIsRefusedClearly(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	p := start(t, "LINLI_DATA_DIR="+dir)
	out, status := run(t, []string{"LINLI_DATA_DIR=" + dir, "LINLI_ADDR=" + freePort(t)}, "serve")
	if status != 1 || !strings.Contains(out, "store.locked") {
		t.Errorf("status %d: %s", status, out)
	}
	if out, status := run(t, []string{"LINLI_DATA_DIR=" + dir}, "migrate", "--check"); status != 0 {
		t.Errorf("a reader beside the server: %d %s", status, out)
	}
	if got := p.stop(); got != 0 {
		t.Errorf("stopped with %d: %s", got, p.output())
	}
}

func TestServe_BadSettingsStopTheStart(t *testing.T) {
	t.Parallel()
	for name, env := range map[string]string{
		"short secret":  "LINLI_TOKEN_SECRET=short",
		"no address":    "LINLI_PUBLIC_URL=linli",
		"bad level":     "LINLI_LOG_LEVEL=loud",
		"bad tile site": "LINLI_TILE_ORIGINS=not an origin",
	} {
		out, status := run(t, []string{env, "LINLI_DATA_DIR=" + t.TempDir(), "LINLI_ADDR=" + freePort(t)}, "serve")
		if status == 0 {
			t.Errorf("%s: started: %s", name, out)
		}
		if strings.Contains(out, "=short") {
			t.Errorf("%s: a secret was printed", name)
		}
	}
}

func TestServe_NamesEveryWrongSettingAndNoSecret(t *testing.T) {
	t.Parallel()
	out, status := run(t, []string{
		"LINLI_TOKEN_SECRET=tiny-secret", "LINLI_PUBLIC_URL=linli", "LINLI_TILE_URL=nowhere", "LINLI_MAIL_FROM=nobody",
		"LINLI_STRIPE_KEY=sk_test_secret", "LINLI_DATA_DIR=" + t.TempDir(),
	}, "serve")
	if status != 1 {
		t.Errorf("status %d", status)
	}
	for _, name := range []string{"LINLI_TOKEN_SECRET", "LINLI_PUBLIC_URL", "LINLI_TILE_URL", "LINLI_MAIL_FROM", "LINLI_STRIPE_WEBHOOK_SECRET"} {
		if !strings.Contains(out, "linli: "+name+" ") {
			t.Errorf("%s is not named in %s", name, out)
		}
	}
	if strings.Contains(out, "tiny-secret") || strings.Contains(out, "sk_test_secret") {
		t.Errorf("a secret was printed: %s", out)
	}
}

func TestServe_SecondStartIsReadyInTwoSecondsAndVerifyRunsBeside(t *testing.T) {
	t.Parallel()
	env := "LINLI_DATA_DIR=" + t.TempDir()
	if got := start(t, env).stop(); got != 0 {
		t.Fatalf("stopped with %d", got)
	}
	began := time.Now()
	p := start(t, env)
	if took := time.Since(began); took > 2*time.Second {
		t.Errorf("the second start took %s", took)
	}
	if out, status := run(t, []string{env}, "verify"); status != 0 {
		t.Errorf("verify beside a server: %d %s", status, out)
	}
	if got := p.stop(); got != 0 {
		t.Errorf("stopped with %d", got)
	}
}
