package evaluation

import (
	"sort"
	"strconv"
	"time"

	"linli/backend/domain/fault"
	"linli/backend/domain/ident"
	"linli/backend/domain/procedure"
)

// Scoresheet 评分表 is what one member gives one bid. Signed sheets are locked, here and in the
// database.
type Scoresheet struct {
	ID       ident.ScoresheetID
	TenderID ident.TenderID
	LotID    ident.LotID
	BidID    ident.BidID
	MemberID ident.PersonID
	Scores   []Score
	SignedAt *time.Time
	Deemed   string // why a member who did not sign counts as agreeing (E-05)
	Version  int64
}

// Score is the points for one criterion with the reason of the member.
type Score struct {
	CriterionID string
	Points      procedure.Points
	Reason      string
}

// maxReason bounds the text of one reason.
const maxReason = 1000

// Put replaces the scores of an unsigned sheet; criteria may still be missing. Faults:
// scoresheet.signed, scoresheet.criterion_unknown, scoresheet.out_of_range,
// scoresheet.reason_too_long.
func (s *Scoresheet) Put(scores []Score, criteria []procedure.Criterion) error {
	if s.SignedAt != nil {
		return fault.Conflict("scoresheet.signed", "signed sheets are locked")
	}
	seen := map[string]bool{}
	for i, x := range scores {
		at := "scores[" + strconv.Itoa(i) + "]"
		c := criterion(criteria, x.CriterionID)
		if c == nil || seen[x.CriterionID] {
			return fault.Invalid("scoresheet.criterion_unknown", "no criterion "+x.CriterionID).At(at+".criterionId", "unknown", "score each criterion once")
		}
		seen[x.CriterionID] = true
		if _, ok := c.GradeOf(x.Points); !ok {
			return fault.Invalid("scoresheet.out_of_range", "score lies in no grade").With("criterion", c.Title).
				At(at+".points", "out_of_range", "choose points inside one grade")
		}
		if len(x.Reason) > maxReason {
			return fault.Invalid("scoresheet.reason_too_long", "reason is too long").At(at+".reason", "too_long", "at most 1000 bytes")
		}
	}
	s.Scores = append([]Score(nil), scores...)
	sort.Slice(s.Scores, func(i, j int) bool { return s.Scores[i].CriterionID < s.Scores[j].CriterionID })
	return nil
}

func criterion(all []procedure.Criterion, id string) *procedure.Criterion {
	for i := range all {
		if all[i].ID == id {
			return &all[i]
		}
	}
	return nil
}

// Missing counts the criteria without a score.
func (s *Scoresheet) Missing(criteria []procedure.Criterion) int {
	return len(criteria) - len(s.Scores)
}

// Total adds up the sheet.
func (s *Scoresheet) Total() procedure.Points {
	var sum procedure.Points
	for _, x := range s.Scores {
		sum += x.Points
	}
	return sum
}

// Of is the points for one criterion; false when it is not scored.
func (s *Scoresheet) Of(criterionID string) (procedure.Points, bool) {
	for _, x := range s.Scores {
		if x.CriterionID == criterionID {
			return x.Points, true
		}
	}
	return 0, false
}

// Sign locks a complete sheet. Faults: scoresheet.incomplete, scoresheet.signed.
func (s *Scoresheet) Sign(criteria []procedure.Criterion, at time.Time) error {
	if s.SignedAt != nil {
		return fault.Conflict("scoresheet.signed", "signed sheets are locked")
	}
	if n := s.Missing(criteria); n > 0 {
		return fault.Conflict("scoresheet.incomplete", strconv.Itoa(n)+" criteria without a score").With("missing", strconv.Itoa(n))
	}
	s.SignedAt = &at
	return nil
}

// Unequal names the first objective criterion that two sheets of one bid score differently;
// "" when none is (E-04).
func Unequal(sheets []*Scoresheet, criteria []procedure.Criterion) string {
	for _, c := range criteria {
		if !c.Objective {
			continue
		}
		for _, a := range sheets {
			x, okX := a.Of(c.ID)
			y, okY := sheets[0].Of(c.ID)
			if a.BidID == sheets[0].BidID && okX && okY && x != y {
				return c.Title
			}
		}
	}
	return ""
}

// Average is the committee average of one bid, half-up to 0.01 (domain handbook §3). Fault
// scoresheet.incomplete when there is no sheet.
func Average(sheets []*Scoresheet) (procedure.Points, error) {
	if len(sheets) == 0 {
		return 0, fault.Conflict("scoresheet.incomplete", "no sheets to average")
	}
	var sum procedure.Points
	for _, s := range sheets {
		sum += s.Total()
	}
	n := procedure.Points(len(sheets))
	return (2*sum + n) / (2 * n), nil
}
