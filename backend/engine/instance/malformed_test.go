package instance

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"testing"
)

const goodPlan = `c two needs
p plan 2 2 1 1 3
n 0 2 100 0 0 1
n 1 1 50 -1 -1 0
e 0 0 5 1000
e 0 1 7 900
e 1 1 9 10
o 0 4
o 1 1
b 0 2000
g 0 1
m 1 900
`

const goodGAP = "2 3\n1 2 3\n4 5 6\n 7 8 9 1 1 1\n10\n11\n"

const goodMin = `c needs 1 and 4, organisations 2 and 3, sink 5
p min 5 7
n 1 3
n 4 2
n 5 -5
a 1 2 0 3 10
a 2 5 0 4 1
a 1 5 0 99 40
a 4 3 0 2 7
a 1 3 0 1 9
a 3 5 0 2 0
a 4 2 0 2 8
`

func TestRead_Malformed(t *testing.T) {
	t.Parallel()
	for _, x := range []struct {
		format         Format
		good, old, new string
		want           string // file:line and what was expected
	}{
		{Plan, goodPlan, goodPlan, "", "f: the file is empty"},
		{Plan, goodPlan, "p plan", "p min", `f:2: the format is "min": want plan`},
		{Plan, goodPlan, "p plan 2 2 1 1 3\n", "", `f:2: want the line "p plan needs orgs lines groups edges" first`},
		{Plan, goodPlan, "p plan 2", "p plan two", `f:2: the number of needs is "two": want a whole number`},
		{Plan, goodPlan, "p plan 2 2 1 1 3", "p plan 2 2 1 1", "f:2: the number of edges is missing"},
		{Plan, goodPlan, "p plan 2 2 1 1 3", "p plan 2 2 1 1 3 4", `f:2: "4" is too much on this line`},
		{Plan, goodPlan, "n 0 2", "n 0 0", "f:3: units is 0: want a whole number from 1"},
		{Plan, goodPlan, "n 1 1", "n 0 1", "f:4: need 0 stands twice"},
		{Plan, goodPlan, "n 1 1", "n 2 1", "f:4: need is 2, but line p announced 2"},
		{Plan, goodPlan, "n 1 1 50 -1 -1 0\n", "", "f: need 1 is missing"},
		{Plan, goodPlan, "n 0 2 100 0 0 1", "n 0 2 100 1 0 1", "f:3: the budget line is 1, but line p announced 1"},
		{Plan, goodPlan, "n 0 2 100 0 0 1", "n 0 2 100 0 0 2", "f:3: weak is 2"},
		{Plan, goodPlan, "e 0 1", "e 0 0", "f: need 0 and organisation 0 are joined by two edges"},
		{Plan, goodPlan, "e 0 1 7 900", "e 0 1 7 -1", "f:6: the price is -1"},
		{Plan, goodPlan, "e 0 1 7 900\n", "", "f: 2 edges, but line p announced 3"},
		{Plan, goodPlan, "e 0 1 7 900\n", "e 0 1 7 900\ne 1 0 1 1\n", "f:8: more edges than the 3"},
		{Plan, goodPlan, "o 0 4", "o 0 1.5", `f:8: the capacity is "1.5"`},
		{Plan, goodPlan, "o 0 4", "o 0 9223372036854775808", `f:8: the capacity is "9223372036854775808": want a whole number from 0 to 1000000000000000`},
		{Plan, goodPlan, "b 0 2000\n", "", "f: budget line 0 is missing"},
		{Plan, goodPlan, "g 0 1\n", "", "f: group 0 is missing"},
		{Plan, goodPlan, "m 1 900\n", "m 1 900\nm 1 1\n", "f:13: organisation 1 has a money cap already"},
		{Plan, goodPlan, "o 0 4", "x 0 4", `f:8: a line starts with "x"`},
		{Plan, goodPlan, "o 0 4", "\x01o 0\x024", ""},
		{GAP, goodGAP, goodGAP, "", "f:1: the file ends where the number of agents was expected"},
		{GAP, goodGAP, "2 3", "-2 3", "f:1: the number of agents is -2"},
		{GAP, goodGAP, "4 5 6", "4 x 6", `f:3: cost is "x"`},
		{GAP, goodGAP, "\n11\n", "\n", "the file ends where a capacity was expected"},
		{GAP, goodGAP, "11\n", "11 12\n", `f:6: "12" follows after the last capacity`},
		{GAP, goodGAP, "2 3", "20000 20000", "f:1: 20000 agents × 20000 jobs: at most"},
		{DIMACS, goodMin, goodMin, "", "f: the file is empty"},
		{DIMACS, goodMin, "p min", "p max", `f:2: the problem is "max": want min`},
		{DIMACS, goodMin, "p min 5 7", "p min 5 8", "f: 7 arcs, but line p announced 8"},
		{DIMACS, goodMin, "p min 5 7", "p min 5 6", "f:12: more arcs than the 6"},
		{DIMACS, goodMin, "n 4 2", "n 1 2", "f:4: node 1 stands twice"},
		{DIMACS, goodMin, "n 4 2", "n 4 -2", "f:5: node 5 takes 5 units and node 4 takes some already: want one sink"},
		{DIMACS, goodMin, "n 5 -5", "n 5 -4", "f: the needs supply 5 units and the sink takes 4: want the same, they differ by 1"},
		{DIMACS, goodMin, "n 5 -5\n", "", "f: the needs supply 5 units and the sink takes 0: want the same, they differ by 5"},
		{DIMACS, goodMin, "a 1 2 0", "a 1 2 1", "f:6: the lower bound is 1: want 0"},
		{DIMACS, goodMin, "a 1 2 0 3 10", "a 1 6 0 3 10", "f:6: the head is 6, but line p announced 5 nodes"},
		{DIMACS, goodMin, "a 1 2 0 3 10", "a 1 2 0 3", "f:6: the cost is missing"},
		{DIMACS, goodMin, "a 1 2 0 3 10", "a 2 3 0 3 10", "f:6: only transportation problems: node 3 receives from an organisation, node 2"},
		{DIMACS, goodMin, "a 1 2 0 3 10", "a 1 4 0 3 10", "f:6: only transportation problems: node 4 supplies units itself"},
		{DIMACS, goodMin, "a 1 2 0 3 10", "a 5 2 0 3 10", "f:6: only transportation problems: nothing leaves the sink"},
		{DIMACS, goodMin, "a 1 5 0 99", "a 1 5 0 2", "f:8: the capacity is 2: node 1 supplies 3 units"},
		{DIMACS, goodMin, "a 1 5 0 99 40", "a 1 5 0 99 -1", "f:8: the cost is -1"},
		{DIMACS, goodMin, "a 1 3 0 1 9", "a 1 2 0 1 9", "f: two arcs from node 1 to node 2"},
		{DIMACS, goodMin, "a 3 5 0 2 0", "a 2 5 0 2 0", "f:11: a second arc from node 2 to the sink"},
		{DIMACS, goodMin, "a 4 3", "n 3 0\na 4 3", "f:9: a line n after the first arc"},
		{DIMACS, goodMin, "a 2 5 0 4 1", "a 2 5 0 4 1000000000", "an arc to node 2 and the arc from there to the sink cost 1000000010 together"},
	} {
		_, err := Read(strings.NewReader(strings.Replace(x.good, x.old, x.new, 1)), "f", x.format)
		if x.want == "" {
			if err != nil {
				t.Errorf("%s %q: %v", x.format, x.new, err)
			}
			continue
		}
		var f *Fault
		if !errors.As(err, &f) || !strings.Contains(err.Error(), x.want) {
			t.Errorf("%s: %q for %q: %v, want %s", x.format, x.new, x.old, err, x.want)
		}
	}
}

func TestRead_DIMACSByHand(t *testing.T) {
	t.Parallel()
	p, err := Read(strings.NewReader(goodMin), "f", DIMACS)
	if err != nil {
		t.Fatal(err)
	}
	want := "units [3 2] penalty [40 -1] first [0 2 4] org [0 1 1 0] cost [11 9 7 9] limit [3 1 2 2] capacity [4 2] arcs [0 -1 -3 2 1 -2 3] nodes [1 4] [2 3]"
	got := fmt.Sprintf("units %v penalty %v first %v org %v cost %v limit %v capacity %v arcs %v nodes %v %v",
		p.Units, p.Penalty, p.First, p.Org, p.Cost, p.Limit, p.Capacity, p.Arcs, p.NeedNode, p.OrgNode)
	if got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if p.MustServe(0) || !p.MustServe(1) || p.NeedName(1) != "node 4" {
		t.Error("node 4 has no arc to the sink: it must be served")
	}
}

// Edges in any order are the same problem: the reader arranges them by need and keeps the order
// of the file within one.
func TestRead_PlanEdgesInAnyOrder(t *testing.T) {
	t.Parallel()
	mixed := strings.Replace(goodPlan, "e 0 0 5 1000\ne 0 1 7 900\ne 1 1 9 10\n", "e 1 1 9 10\ne 0 0 5 1000\ne 0 1 7 900\n", 1)
	a, errA := Read(strings.NewReader(goodPlan), "f", Plan)
	b, errB := Read(strings.NewReader(mixed), "f", Plan)
	if errA != nil || errB != nil {
		t.Fatal(errA, errB)
	}
	if fmt.Sprint(*a) != fmt.Sprint(*b) {
		t.Errorf("%v\n%v", *a, *b)
	}
}

func TestRead_GzipWhateverItsName(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	_, _ = z.Write([]byte(goodPlan))
	_ = z.Close()
	whole := b.Bytes()
	if _, err := Read(bytes.NewReader(whole), "f", Plan); err != nil {
		t.Fatal(err)
	}
	_, err := Read(bytes.NewReader(whole[:len(whole)-20]), "f", Plan)
	if err == nil || !strings.Contains(err.Error(), "cannot be read") {
		t.Errorf("cut gzip: %v", err)
	}
}

func TestRead_TellsTheFormatByTheFirstLines(t *testing.T) {
	t.Parallel()
	for want, text := range map[Format]string{Plan: "c a comment\n\n" + goodPlan, GAP: " " + goodGAP, DIMACS: goodMin} {
		if p, err := Read(strings.NewReader(text), "f", ""); err != nil || p.Format != want {
			t.Errorf("%s: %v", want, err)
		}
	}
}

func TestRead_NothingToPlan(t *testing.T) {
	t.Parallel()
	for format, text := range map[Format]string{Plan: "p plan 0 0 0 0 0", GAP: "0 0", DIMACS: "p min 0 0"} {
		if p, err := Read(strings.NewReader(text), "f", format); err != nil || p.Needs() != 0 || p.Edges() != 0 {
			t.Errorf("%s: %v", format, err)
		}
	}
}

func TestReadResult_RefusesWhatIsNotOnePlan(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"", "{", `{"objektive":1}`, `{"objective":1.5}`, `{"gap":NaN}`, `{}{}`, `{"certificate":{"kind":"capacity","lambda":[1]}}`} {
		if _, err := ReadResult(strings.NewReader(text), "f"); err == nil {
			t.Errorf("%q was read", text)
		}
	}
}

var announcesMuch = regexp.MustCompile(`(?m)^[\x00-\x20]*p.*[0-9]{6}`)

// fuzz reads whatever comes; an announced size beyond a small one only costs memory.
func fuzz(f *testing.F, format Format, seeds ...string) {
	for _, s := range seeds {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if announcesMuch.Match(data) || bytes.HasPrefix(data, []byte{0x1f, 0x8b}) {
			t.Skip("announces much")
		}
		p, err := Read(bytes.NewReader(data), "f", format)
		if err != nil {
			var fault *Fault
			if !errors.As(err, &fault) {
				t.Fatalf("%T: %v", err, err)
			}
			return
		}
		sound(t, p)
	})
}

// sound holds for every problem that was read.
func sound(t *testing.T, p *Problem) {
	t.Helper()
	if len(p.First) != p.Needs()+1 || int(p.First[p.Needs()]) != p.Edges() || len(p.Cost) != p.Edges() {
		t.Fatalf("edges are not arranged: %v of %d", p.First, p.Edges())
	}
	for i := range p.Needs() {
		if p.Units[i] < 1 || p.First[i] > p.First[i+1] {
			t.Fatalf("need %d: %d units, edges from %d to %d", i, p.Units[i], p.First[i], p.First[i+1])
		}
		for e := int(p.First[i]); e < int(p.First[i+1]); e++ {
			if j := p.Org[e]; j < 0 || int(j) >= p.Organizations() || p.EdgeLimit(i, e) > int64(p.Units[i]) {
				t.Fatalf("edge %d leads to %d of %d", e, j, p.Organizations())
			}
		}
	}
}

func FuzzReadPlan(f *testing.F)   { fuzz(f, Plan, goodPlan, "p plan 0 0 0 0 0") }
func FuzzReadGAP(f *testing.F)    { fuzz(f, GAP, goodGAP, "0 0") }
func FuzzReadDIMACS(f *testing.F) { fuzz(f, DIMACS, goodMin, "p min 0 0") }
