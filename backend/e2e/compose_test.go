package e2e

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/compose-spec/compose-go/v2/cli"
	"github.com/compose-spec/compose-go/v2/types"
)

// The compose file is read by the parser that the tool itself uses: no container engine is
// needed to know that it is well-formed and keeps its promises.
func TestCompose_HasTheShapeOfProductionAndNoDefaultSecrets(t *testing.T) {
	t.Parallel()
	file := filepath.Join(root(t), "docker-compose.yml")
	if _, err := load(file, nil); err == nil || !strings.Contains(err.Error(), "set ") {
		t.Fatalf("starts without secrets: %v", err)
	}
	p, err := load(file, []string{"POSTGRES_PASSWORD=x", "LINLI_TOKEN_SECRET=" + strings.Repeat("y", 32)})
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"linli-a", "linli-b", "proxy", "postgres", "mail", "stripe-mock"} {
		if _, err := p.GetService(name); err != nil {
			t.Errorf("no service %s", name)
		}
	}
	for _, name := range []string{"linli-a", "linli-b"} {
		s, err := p.GetService(name)
		if err != nil {
			t.Fatal(err)
		}
		if !s.ReadOnly || s.User == "" || s.HealthCheck == nil || len(s.CapDrop) == 0 {
			t.Errorf("%s: read-only %v, user %q, health %v", name, s.ReadOnly, s.User, s.HealthCheck)
		}
		if len(s.Ports) > 0 {
			t.Errorf("%s is reachable past the proxy", name)
		}
		documented, err := os.ReadFile(filepath.Join(root(t), "docs", "reference", "configuration.md"))
		if err != nil {
			t.Fatal(err)
		}
		for key := range s.Environment {
			if strings.HasPrefix(key, "LINLI_") && !strings.Contains(string(documented), "`"+key+"`") {
				t.Errorf("%s sets %s, which nothing reads", name, key)
			}
		}
	}
	for _, s := range p.Services {
		for _, port := range s.Ports {
			if port.HostIP != "127.0.0.1" {
				t.Errorf("%s listens on %q", s.Name, port.HostIP)
			}
		}
	}
}

func load(file string, env []string) (*types.Project, error) {
	o, err := cli.NewProjectOptions([]string{file}, cli.WithEnv(env), cli.WithInterpolation(true), cli.WithResolvedPaths(true))
	if err != nil {
		return nil, err
	}
	return o.LoadProject(context.Background())
}
