package rank

import "sort"

// bruteSuppliers looks at everybody through Explain: the yardstick of every shortcut.
func bruteSuppliers(ix *Index, n *Need, k int) []Scored {
	var out []Scored
	for _, slot := range ix.supplierAt {
		if p := ix.Explain(n, &ix.suppliers[slot]); p.Possible {
			out = append(out, Scored{ID: p.SupplierID, Score: p.Score, slot: slot})
		}
	}
	return first(out, k)
}

func bruteNeeds(ix *Index, s *Supplier, k int) []Scored {
	var out []Scored
	for _, slot := range ix.needAt {
		if p := ix.Explain(&ix.needs[slot], s); p.Possible {
			out = append(out, Scored{ID: p.NeedID, Score: p.Score, slot: slot})
		}
	}
	return first(out, k)
}

func first(out []Scored, k int) []Scored {
	sort.Slice(out, func(i, j int) bool { return better(out[i].Score, out[i].ID, &out[j]) })
	return out[:min(k, len(out))]
}
