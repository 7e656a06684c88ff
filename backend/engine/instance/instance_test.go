package instance

import (
	"path/filepath"
	"testing"
)

const shared = "../../../../shared/data"

// everyInstance runs over the published and generated instances where they lie beside the
// project.
func everyInstance(t *testing.T, folder, pattern string) []string {
	t.Helper()
	files, _ := filepath.Glob(filepath.Join(shared, folder, pattern))
	if len(files) == 0 {
		t.Skipf("no instances in %s: this test checks nothing here", filepath.Join(shared, folder))
	}
	return files
}

func TestReadFile_EveryGeneralisedAssignment(t *testing.T) {
	for _, f := range everyInstance(t, "gap", "*.txt") {
		p, err := ReadFile(f, GAP)
		if err != nil {
			t.Fatal(err)
		}
		if p.Edges() != p.Needs()*p.Organizations() || p.Needs() == 0 {
			t.Fatalf("%s: %d edges of %d × %d", f, p.Edges(), p.Needs(), p.Organizations())
		}
	}
}

func TestReadFile_EveryPlan(t *testing.T) {
	for _, f := range everyInstance(t, "plan", "*.txt.gz") {
		p, err := ReadFile(f, Plan)
		if err != nil {
			t.Fatal(err)
		}
		if p.Needs() != 10_000 || p.Organizations() != 1300 || int(p.First[10_000]) != p.Edges() {
			t.Fatalf("%s: %d needs, %d organisations", f, p.Needs(), p.Organizations())
		}
	}
}

func TestReadFile_EveryTransportation(t *testing.T) {
	for _, f := range everyInstance(t, "mcf", "*.min") {
		p, err := ReadFile(f, DIMACS)
		if err != nil {
			t.Fatal(err)
		}
		if p.Needs() != 3000 || p.Organizations() != 1300 || p.Edges()+p.Needs()+p.Organizations() != len(p.Arcs) {
			t.Fatalf("%s: %d needs, %d organisations, %d edges of %d arcs", f, p.Needs(), p.Organizations(), p.Edges(), len(p.Arcs))
		}
	}
}
