package rank

import "slices"

// The hard gates, cheap to dear.
const (
	RuleType          = "type"
	RuleList          = "list"
	RuleCategory      = "category"
	RuleArea          = "area"
	RuleGrade         = "grade"
	RuleQualification = "qualification"
	RuleCapacity      = "capacity"
	RulePrice         = "price"
	RuleConflict      = "conflict"
)

// Gate is the answer of one hard rule. Code says why it failed and Remedy what would make the
// pairing possible; both are empty when it passed. Needed and Has are in the unit of the rule:
// metres for area, grade, capacity units, fen; days since 1970 for an expired certificate.
type Gate struct {
	Rule      string
	Pass      bool
	Code      string
	Remedy    string
	Needed    int64
	Has       int64
	Items     []int32 // qualification codes that are missing or not valid
	Estimated bool    // a place's uncertainty decided
}

func passed(rule string) Gate { return Gate{Rule: rule, Pass: true} }

func failed(rule, code, remedy string) Gate {
	return Gate{Rule: rule, Code: rule + "." + code, Remedy: rule + "." + remedy}
}

// Gates answers every hard rule for a pairing, in fixed order, also after the first refusal,
// because whoever asks "why not" wants all of it.
func (ix *Index) gates(n *Need, s *Supplier) []Gate {
	return []Gate{
		typeGate(n, s), listGate(s), ix.categoryGate(n, s), areaGate(n, s), gradeGate(n, s),
		qualificationGate(n, s), capacityGate(n, s), ix.priceGate(n, s), conflictGate(n, s),
	}
}

func typeGate(n *Need, s *Supplier) Gate {
	if s.Tracks&(1<<n.Track) != 0 {
		return passed(RuleType)
	}
	return failed(RuleType, "may_not_bid", "other_track")
}

func listGate(s *Supplier) Gate {
	switch {
	case s.Lists&ListDishonest != 0:
		return failed(RuleList, "dishonest", "removal")
	case s.Lists&ListAbnormal != 0:
		return failed(RuleList, "abnormal", "removal")
	case s.Lists&ListSuspended != 0:
		return failed(RuleList, "suspended", "end_of_suspension")
	}
	return passed(RuleList)
}

func (ix *Index) categoryGate(n *Need, s *Supplier) Gate {
	if _, _, ok := ix.taxonomy.bestOffer(&ix.weights, s.Offers, n.Category); ok {
		return passed(RuleCategory)
	}
	return failed(RuleCategory, "not_served", "list_category")
}

func areaGate(n *Need, s *Supplier) Gate {
	nearest := failed(RuleArea, "outside", "extend_area")
	for i := range s.Areas {
		ok, estimated, distance := covers(&s.Areas[i], n)
		if ok {
			return Gate{Rule: RuleArea, Pass: true, Estimated: estimated}
		}
		if s.Areas[i].Kind != Radius || distance < 0 {
			continue
		}
		if short := distance - int64(s.Areas[i].RadiusM); nearest.Needed == 0 || short < nearest.Needed-nearest.Has {
			nearest.Needed, nearest.Has = distance, int64(s.Areas[i].RadiusM)
			nearest.Remedy = RuleArea + ".extend_radius"
		}
	}
	return nearest
}

// covers tells whether an area holds the need. A circle holds what may lie inside it: the
// distance less the uncertainty of both points counts, and estimated says that it mattered.
// distance is -1 where none is known.
func covers(a *Area, n *Need) (ok, estimated bool, distance int64) {
	switch a.Kind {
	case Everywhere:
		return true, false, -1
	case Division:
		return slices.Contains(n.Places, a.Place), false, -1
	case Radius:
		if !n.At.Known || !a.Centre.Known {
			return false, false, -1
		}
		d := int64(metres(&a.Centre, &n.At))
		doubt := int64(a.Centre.UncertaintyM) + int64(n.At.UncertaintyM)
		return d-doubt <= int64(a.RadiusM), d > int64(a.RadiusM), d
	default:
		return false, false, -1
	}
}

func covered(areas []Area, n *Need) bool {
	for i := range areas {
		if ok, _, _ := covers(&areas[i], n); ok {
			return true
		}
	}
	return false
}

func gradeGate(n *Need, s *Supplier) Gate {
	if n.MinGrade <= gradeOn(s, n.Day) {
		return passed(RuleGrade)
	}
	g := failed(RuleGrade, "too_low", "reassess")
	g.Needed, g.Has = int64(n.MinGrade), int64(s.Grade)
	if s.Grade >= n.MinGrade {
		g.Code, g.Remedy, g.Needed, g.Has = RuleGrade+".expired", RuleGrade+".renew", int64(n.Day), int64(s.GradeUntil)
	}
	return g
}

func gradeOn(s *Supplier, day int32) int32 {
	if day > s.GradeUntil {
		return 0
	}
	return s.Grade
}

func qualificationGate(n *Need, s *Supplier) Gate {
	var missing []int32
	for _, code := range n.Required {
		if !certified(s, code, n.Day) {
			missing = append(missing, code)
		}
	}
	if len(missing) == 0 {
		return passed(RuleQualification)
	}
	g := failed(RuleQualification, "missing", "obtain")
	if len(missing) == 1 && holds(s, missing[0]) {
		g = failed(RuleQualification, "expired", "renew")
	}
	g.Items, g.Needed, g.Has = missing, int64(len(n.Required)), int64(len(n.Required)-len(missing))
	return g
}

func certified(s *Supplier, code, day int32) bool {
	for i := range s.Qualifications {
		if q := &s.Qualifications[i]; q.Code == code && q.From <= day && day <= q.Until {
			return true
		}
	}
	return false
}

func holds(s *Supplier, code int32) bool {
	return slices.ContainsFunc(s.Qualifications, func(q Qualification) bool { return q.Code == code })
}

func capacityGate(n *Need, s *Supplier) Gate {
	c, known := capacityIn(s.Capacities, n.Period)
	if known && c.Free > 0 && c.Free >= n.Units {
		return passed(RuleCapacity)
	}
	g := failed(RuleCapacity, "not_enough", "free_units")
	if !known {
		g = failed(RuleCapacity, "unknown", "state_capacity")
	}
	g.Needed, g.Has = int64(max(n.Units, 1)), int64(c.Free)
	return g
}

// capacityIn finds the entry of a period, else the standing one.
func capacityIn(all []Capacity, period int32) (Capacity, bool) {
	var standing Capacity
	known := false
	for _, c := range all {
		if c.Period == period {
			return c, true
		}
		if c.Period == 0 {
			standing, known = c, true
		}
	}
	return standing, known
}

func (ix *Index) priceGate(n *Need, s *Supplier) Gate {
	o, _, ok := ix.taxonomy.bestOffer(&ix.weights, s.Offers, n.Category)
	if !ok || !tooDear(n.CapFen, o.Low) {
		return passed(RulePrice)
	}
	g := failed(RulePrice, "over_cap", "lower_price")
	g.Needed, g.Has = n.CapFen, o.Low
	return g
}

func tooDear(capFen, lowFen int64) bool { return capFen > 0 && lowFen > capFen }

func conflictGate(n *Need, s *Supplier) Gate {
	if slices.Contains(n.Excluded, s.Owner) {
		return failed(RuleConflict, "recorded", "clear_record")
	}
	if conflicted(n, s) {
		return failed(RuleConflict, "with_buyer", "other_buyer")
	}
	return passed(RuleConflict)
}

func conflicted(n *Need, s *Supplier) bool {
	return slices.Contains(n.Excluded, s.Owner) || (n.Buyer != "" && slices.Contains(s.Conflicts, n.Buyer))
}
