package instance

import (
	"bufio"
	"encoding/json"
	"errors"
	"io"
	"os"
	"strconv"
)

// Result is a solution with its certificate, as it is written and read by the commands.
type Result struct {
	Objective   int64       `json:"objective"`
	Bound       int64       `json:"bound"` // no plan can cost less; the ceiling, since costs are whole
	Gap         float64     `json:"gap"`   // (objective − bound) ÷ objective; 0 where both are equal
	Certificate Certificate `json:"certificate"`
	Assignment  []int32     `json:"assignment,omitempty"` // by need in file order: the organisation, or -1
	Flow        []int64     `json:"flow,omitempty"`       // by arc in file order (DIMACS)
	Seconds     Seconds     `json:"seconds"`
	Trace       []Step      `json:"trace"`
	Stopped     string      `json:"stopped"` // "optimal", "converged", "time" or "interrupted"
}

// Why the search ended.
const (
	StoppedOptimal     = "optimal"     // objective and bound met
	StoppedConverged   = "converged"   // nothing more was expected
	StoppedTime        = "time"        // the time limit passed
	StoppedInterrupted = "interrupted" // somebody asked for an end
)

// Kinds of certificates.
const (
	CapacityKind = "capacity" // organisations' capacities relaxed
	KnapsackKind = "knapsack" // "served once" relaxed, every organisation an exact knapsack
)

// Unit is how many parts of a cost unit multipliers are whole numbers of.
const Unit = 1000

// Certificate holds the multipliers from which anybody can compute the bound again. All are
// whole numbers of 1/Unit of a cost unit per unit of their row; all but Need are ≥ 0.
//
// With a_ij = units·(cost + (budget + money)·price) and q_i = units·(penalty + Σ floor of the
// groups of i) the bound is K + …, K = −Σ budget·B − Σ floor·U − Σ money·M:
//
//	capacity: K − Σ_j capacity_j·C_j + Σ_i min(q_i, min_j(a_ij + weight_ij·capacity_j))
//	knapsack: K + Σ_i need_i + Σ_i min(0, q_i − need_i) + Σ_j min{Σ_i (a_ij − need_i)·x_i : Σ weight_ij·x_i ≤ C_j}
//
// (Fisher 1981). Where a need must be served, q_i is infinite.
type Certificate struct {
	Kind     string  `json:"kind"`
	Capacity []int64 `json:"capacity,omitempty"` // λ by organisation
	Need     []int64 `json:"need,omitempty"`     // u by need
	Budget   []int64 `json:"budget,omitempty"`   // μ by budget line, per thousandth of a yuan
	Floor    []int64 `json:"floor,omitempty"`    // ν by group
	Money    []int64 `json:"money,omitempty"`    // κ by organisation, per thousandth of a yuan
}

// Seconds says how long it took; cpu is that of the process.
type Seconds struct {
	First float64 `json:"first"` // to the first feasible plan
	Best  float64 `json:"best"`  // to the plan that is given
	Total float64 `json:"total"`
	CPU   float64 `json:"cpu"`
}

// Step is a moment at which the plan or the bound had become better: seconds, objective, bound.
type Step [3]float64

// Write prints the result as JSON. A flow has millions of numbers and is written as it goes.
func (r *Result) Write(w io.Writer) error {
	rest := *r
	rest.Flow = nil
	text, err := json.Marshal(&rest)
	if err != nil {
		return err
	}
	b := bufio.NewWriter(w)
	if r.Flow != nil {
		_, _ = b.Write(text[:len(text)-1])
		text = text[:0]
		_, _ = b.WriteString(`,"flow":[`)
		for k, units := range r.Flow {
			if k > 0 {
				_ = b.WriteByte(',')
			}
			text = strconv.AppendInt(text[:0], units, 10)
			_, _ = b.Write(text)
		}
		text = append(text[:0], "]}"...)
	}
	_, _ = b.Write(append(text, '\n'))
	return b.Flush() // the first fault of all that was written
}

// ReadResultFile reads a result from a file, which may be gzip whatever its name.
func ReadResultFile(name string) (*Result, error) {
	f, err := os.Open(name) // #nosec G304 -- the operator names the file
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	b, err := plain(f, name)
	if err != nil {
		return nil, err
	}
	return ReadResult(b, name)
}

// ReadResult reads a result; unknown members are refused, because a misspelt row of multipliers
// would otherwise count as zero.
func ReadResult(r io.Reader, name string) (*Result, error) {
	var out Result
	d := json.NewDecoder(r)
	d.DisallowUnknownFields()
	if err := d.Decode(&out); err != nil {
		return nil, &Fault{File: name, Want: "want the JSON of a plan: " + err.Error()}
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return nil, &Fault{File: name, Want: "want the JSON of one plan and nothing after it"}
	}
	return &out, nil
}
