package rank

// Pairing is the whole explanation of one (need, supplier): every gate, and for one that
// passes them all the terms whose points sum to Score.
type Pairing struct {
	NeedID, SupplierID string
	Possible           bool
	Score              int32
	Gates              []Gate
	Terms              []Term
}

// Explain answers for one pairing, in either direction; neither side need be in the index.
// A pairing that a gate refuses has no terms and no score: it is not "nearly" suited.
func (ix *Index) Explain(n *Need, s *Supplier) Pairing {
	p := Pairing{NeedID: n.ID, SupplierID: s.ID, Possible: true, Gates: ix.gates(n, s)}
	for _, g := range p.Gates {
		p.Possible = p.Possible && g.Pass
	}
	if !p.Possible {
		return p
	}
	p.Terms = ix.terms(n, s)
	for _, t := range p.Terms {
		p.Score += t.Points
	}
	return p
}

// Versus names the terms in which a pairing is behind another, the largest loss first: the
// answer to "why not this one" for somebody who is suited but ranked lower.
func Versus(lower, higher Pairing) []Loss {
	var out []Loss
	for i := range lower.Terms {
		if i < len(higher.Terms) && lower.Terms[i].Points < higher.Terms[i].Points {
			out = append(out, Loss{Name: lower.Terms[i].Name, Points: higher.Terms[i].Points - lower.Terms[i].Points})
		}
	}
	sortLosses(out)
	return out
}

// Loss is what one term costs against another pairing.
type Loss struct {
	Name   string
	Points int32
}

func sortLosses(all []Loss) {
	for i := 1; i < len(all); i++ {
		for j := i; j > 0 && all[j].Points > all[j-1].Points; j-- {
			all[j], all[j-1] = all[j-1], all[j]
		}
	}
}
