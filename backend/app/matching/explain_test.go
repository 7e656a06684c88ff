package matching_test

import (
	"context"
	"testing"

	"linli/backend/app/matching"
	"linli/backend/domain/ident"
	"linli/backend/testkit"
)

func TestExplain_SaysTheSameAsAskingWithAnAccount(t *testing.T) {
	t.Parallel()
	testkit.Both(t, func(t *testing.T, k *testkit.Kit) {
		w := newTown(t, k)
		good, _, _ := w.supplier(setup{name: "合适社", grade: 4, free: 4})
		full, _, _ := w.supplier(setup{name: "满员社", grade: 5, free: 0})
		for _, c := range []struct {
			id       ident.OrganizationID
			possible bool
			rank     int
		}{{good.ID, true, 1}, {full.ID, false, 0}} {
			a, err := matching.Explain(context.Background(), w.App.Store, string(w.need), c.id)
			if err != nil || a.Possible != c.possible || a.Line.Rank != c.rank {
				t.Fatalf("%s: %+v %v", c.id, a.Line, err)
			}
			sum := int32(0)
			for _, term := range a.Line.Terms {
				sum += term.Points
			}
			if sum != a.Line.Score {
				t.Errorf("points sum to %d, score %d", sum, a.Line.Score)
			}
		}
		_, err := matching.Explain(context.Background(), w.App.Store, "nothing", good.ID)
		refused(t, err, "record.not_found")
		_, err = matching.Explain(context.Background(), w.App.Store, string(w.need), "nobody")
		refused(t, err, "record.not_found")
	})
}
