package procurement_test

import (
	"context"
	"testing"

	"linli/backend/app"
	"linli/backend/domain/bid"
	"linli/backend/domain/evaluation"
	"linli/backend/domain/project"
	"linli/backend/domain/tender"
	"linli/backend/testkit"
)

func TestJourney_FromIntentionToAnnouncedAward(t *testing.T) {
	t.Parallel()
	testkit.Both(t, func(t *testing.T, k *testkit.Kit) {
		s := newStage(t, k)
		s.priced(470_000_00, 460_000_00, 450_000_00)
		e := must[*evaluation.Evaluation](t)(s.svc.Nominate(ctx, s.maker, s.stamp(), s.lot))
		best := e.Standings[0]
		// 460,000 small, 10 % off → 414,000 is the benchmark: 20.00 + 67.00 = 87.00
		if best.SupplierID != s.suppliers[1].PartyID || best.Total != 8700 || best.Evaluation != 414_000_00 || best.FirstPrice != 478_000_00 {
			t.Fatalf("standings %+v", e.Standings)
		}
		a := must[*tender.Award](t)(s.svc.Confirm(ctx, s.approver, s.stamp(), s.lot, "按排名确定"))
		if a.PriceFen != 460_000_00 || a.Rank != 1 {
			t.Errorf("award %+v", a)
		}
		a = must[*tender.Award](t)(s.svc.Announce(ctx, s.approver, s.stamp(), s.lot))
		if a.NoticeEnds.String() != "2026-04-21" || a.ChallengeBy.String() != "2026-04-30" || a.SignBy.String() != "2026-05-20" {
			t.Errorf("dates %s %s %s", a.NoticeEnds, a.ChallengeBy, a.SignBy)
		}
		k.View(func(ctx context.Context, u *app.Unit) error {
			all, err := u.Bids.BidsOfLot(ctx, s.lot)
			if err != nil {
				return err
			}
			won := 0
			for _, b := range all {
				if b.Status == bid.StatusWon {
					won++
				} else if b.Status != bid.StatusLost {
					t.Errorf("bid ended as %s", b.Status)
				}
			}
			if won != 1 {
				t.Errorf("%d winners", won)
			}
			p, err := u.Projects.Project(ctx, s.project.ID)
			if err != nil {
				return err
			}
			if p.Status != project.Sourcing {
				t.Errorf("project is %s", p.Status)
			}
			notices, err := u.Tenders.Announcements(ctx, tender.NoticeFilter{TenderID: s.tender.ID, Limit: 10})
			if len(notices) != 3 || notices[0].Kind != tender.NoticeResult {
				t.Errorf("%d notices", len(notices))
			}
			return err
		})
	})
}
