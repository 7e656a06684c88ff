package rank

import "sort"

// bruteSuppliers looks at everybody through Explain: the yardstick of every shortcut.
func bruteSuppliers(ix *Index, n *Need, k int) []Scored {
	best := map[string]Scored{}
	for _, slot := range ix.supplierAt {
		s := &ix.suppliers[slot]
		if p := ix.Explain(n, s); p.Possible {
			keepBest(best, Scored{ID: s.Owner, Via: s.ID, Score: p.Score})
		}
	}
	return first(best, k)
}

func bruteNeeds(ix *Index, services []Supplier, k int) []Scored {
	best := map[string]Scored{}
	for _, slot := range ix.needAt {
		for i := range services {
			if p := ix.Explain(&ix.needs[slot], &services[i]); p.Possible {
				keepBest(best, Scored{ID: p.NeedID, Via: services[i].ID, Score: p.Score})
			}
		}
	}
	return first(best, k)
}

func keepBest(best map[string]Scored, s Scored) {
	if old, ok := best[s.ID]; !ok || s.before(&old) {
		best[s.ID] = s
	}
}

func first(best map[string]Scored, k int) []Scored {
	var out []Scored
	for _, s := range best {
		out = append(out, s)
	}
	sort.Slice(out, func(i, j int) bool { return out[i].before(&out[j]) })
	return out[:min(k, len(out))]
}
