package assign

import (
	"errors"
	"fmt"

	"linli/backend/engine/instance"
)

var errTimeLimit = errors.New("time limit")

// InfeasibleError says which row cannot be met and by how much.
type InfeasibleError struct {
	Group     int   // the group whose floor cannot be met, or instance.None
	Needed    int64 // units of the group that must be served
	Reachable int64 // no plan serves more units of the group
	Missing   int64 // units of capacity (or budget) that are missing at least
	Proven    bool  // false: no plan was found and the floors could not be met together
	Reason    string
}

func (e *InfeasibleError) Error() string { return e.Reason }

// UnfinishedError means that time ran out before a feasible plan was found; nothing says that
// there is none.
type UnfinishedError struct {
	Group  int // the group that misses most, or instance.None
	Excess int64
	Reason string
}

func (e *UnfinishedError) Error() string { return e.Reason }

// acceptable refuses what this package cannot solve.
func acceptable(p *instance.Problem, warm *instance.Result) error {
	switch {
	case p.Splittable:
		return errors.New("assign: needs that may be split are a flow problem")
	case p.Load != nil && p.Price != nil, p.Needs() > 0 && p.Whole != (p.Penalty == nil):
		return errors.New("assign: weights by edge go without prices, costs of whole needs without penalties")
	case len(p.First) != p.Needs()+1:
		return fmt.Errorf("assign: %d starts of edges for %d needs", len(p.First), p.Needs())
	case warm != nil && len(warm.Assignment) != p.Needs():
		return fmt.Errorf("assign: the earlier plan has %d needs, the problem %d", len(warm.Assignment), p.Needs())
	case warm != nil && warm.Certificate.Capacity != nil && len(warm.Certificate.Capacity) != p.Organizations():
		return fmt.Errorf("assign: the earlier plan has %d organisations, the problem %d", len(warm.Certificate.Capacity), p.Organizations())
	}
	return nil
}
