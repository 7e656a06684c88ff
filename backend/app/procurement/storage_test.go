package procurement_test

import (
	"context"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"linli/backend/app"
	"linli/backend/domain/bid"
	"linli/backend/domain/calendar"
	"linli/backend/domain/challenge"
	"linli/backend/domain/evaluation"
	"linli/backend/domain/fault"
	"linli/backend/domain/ident"
	"linli/backend/domain/procedure"
	"linli/backend/domain/tender"
	"linli/backend/testkit"
)

// same fails when an aggregate does not come back exactly: the audit chain hashes its JSON.
func same(t *testing.T, what string, saved, loaded any) {
	t.Helper()
	a, _ := json.Marshal(saved)
	b, _ := json.Marshal(loaded)
	if string(a) != string(b) {
		t.Errorf("%s does not come back as it was saved:\n%s\n%s", what, a, b)
	}
}

func TestStorage_AggregatesComeBackExactly(t *testing.T) {
	testkit.Both(t, func(t *testing.T, k *testkit.Kit) {
		st := newStage(t, k)
		buyer, maker, approver, project := st.buyer, st.maker, st.approver, st.project.ID
		supplier := k.Party("SSO", "晨光社会工作服务中心", k.World.Street.ID)
		k.Update(func(ctx context.Context, u *app.Unit) error {
			at := u.Now
			d := calendar.DateOf(at)
			p, err := procedure.Of("consultation.services")
			if err != nil {
				return err
			}
			if p, err = p.Resolve(k.App.Rules.At("CN", d)); err != nil {
				return err
			}
			x := &tender.Tender{
				ID: ident.TenderID(u.NewID()), Code: "CG-2026-000001", ProjectID: project, PlaceID: k.World.Community.ID, BuyerID: buyer.ID,
				Title: "上门探访", BudgetFen: 100, Procedure: p, DraftedBy: maker.PersonID, ReviewedBy: approver.PersonID, ReviewedAt: &at,
				IssuedAt: &at, DeadlineAt: &at, Threshold: 2, CreatedAt: at, Officers: []tender.Officer{{PersonID: maker.PersonID, Name: "甲", Recipient: "age1"}},
				Lots: []tender.Lot{{ID: ident.LotID(u.NewID()), No: 1, Title: "一包", BudgetFen: 100, CeilingFen: 90, Status: tender.StatusOpen, PriceWeight: 2000,
					Criteria: []procedure.Criterion{{ID: "c", Grades: []procedure.Grade{{Text: "优", Max: 10}}}}}},
			}
			lot := x.Lots[0].ID
			if err := u.Tenders.InsertTender(ctx, x); err != nil {
				return err
			}
			x.Lots[0].Status, x.Title = tender.StatusClosed, "上门探访（更正）"
			if err := u.Tenders.SaveTender(ctx, x); err != nil {
				return err
			}
			back, err := u.Tenders.TenderOfLot(ctx, lot)
			if err != nil {
				return err
			}
			same(t, "tender", x, back)
			if found, err := u.Tenders.Tenders(ctx, tender.Filter{PlacePath: k.World.Street.Path, Status: []string{"closed"}, Query: "探访", Public: true, Limit: 5}); err != nil || len(found) != 1 {
				t.Errorf("filter finds %d (%v)", len(found), err)
			}

			b := &bid.Bid{ID: ident.BidID(u.NewID()), TenderID: x.ID, LotID: lot, SupplierID: supplier.ID, Supplier: supplier.Name, Status: bid.StatusSealed, ReceivedAt: &at, CreatedAt: at,
				Envelopes: []bid.Envelope{{ID: ident.EnvelopeID(u.NewID()), Kind: "price", Number: 1, Hash: strings.Repeat("a", 64), Size: 3, ReceivedAt: at, ReceivedBy: maker.PersonID}}}
			if err := u.Bids.InsertBid(ctx, b); err != nil {
				return err
			}
			if err := u.Bids.PutCipherText(ctx, b.Envelopes[0].ID, []byte{0, 1, 255}); err != nil {
				return err
			}
			if raw, err := u.Bids.CipherText(ctx, b.Envelopes[0].ID); err != nil || string(raw) != "\x00\x01\xff" {
				t.Errorf("ciphertext %v (%v)", raw, err)
			}
			backBid, err := u.Bids.BidOf(ctx, lot, supplier.ID)
			if err != nil {
				return err
			}
			same(t, "bid", b, backBid)

			c := &evaluation.Committee{TenderID: x.ID, Size: 3, Seed: strings.Repeat("0", 64), Pool: []ident.PersonID{maker.PersonID}, DrawnAt: at, DrawnBy: maker.PersonID,
				Members: []evaluation.Member{{PersonID: maker.PersonID, Name: "甲", Role: evaluation.RoleExpert, Chair: true, DrawnAt: at}}}
			if err := u.Evaluations.InsertCommittee(ctx, c); err != nil {
				return err
			}
			c.Members[0].Declarations = []evaluation.Declaration{{SupplierID: supplier.ID, At: at}}
			if err := u.Evaluations.SaveCommittee(ctx, c); err != nil {
				return err
			}
			backC, err := u.Evaluations.Committee(ctx, x.ID)
			if err != nil {
				return err
			}
			same(t, "committee", c, backC)

			s := &evaluation.Scoresheet{ID: ident.ScoresheetID(u.NewID()), TenderID: x.ID, LotID: lot, BidID: b.ID, MemberID: maker.PersonID, Scores: []evaluation.Score{{CriterionID: "c", Points: 5}}}
			if err := u.Evaluations.InsertSheet(ctx, s); err != nil {
				return err
			}
			ch := &challenge.Challenge{ID: ident.ChallengeID(u.NewID()), Code: "ZY-2026-000001", Kind: "challenge", Subject: "result", TenderID: x.ID, PlaceID: x.PlaceID, SupplierID: supplier.ID,
				PersonID: maker.PersonID, Title: "质疑", KnownOn: d, Status: "challenge", SubmittedAt: at, AnswerBy: d, ComplainBy: &d}
			if err := u.Challenges.InsertChallenge(ctx, ch); err != nil {
				return err
			}
			backCh, err := u.Challenges.Challenge(ctx, ch.ID)
			if err != nil {
				return err
			}
			same(t, "challenge", ch, backCh)

			a := &tender.Award{ID: ident.AwardID(u.NewID()), Code: "CG-1", TenderID: x.ID, LotID: lot, BidID: b.ID, BuyerID: buyer.ID, SupplierID: supplier.ID, Rank: 1, Total: 9010, PriceFen: 80,
				Status: tender.AwardConfirmed, ConfirmedBy: approver.PersonID, ConfirmedAt: at, SignBy: &d}
			if err := u.Tenders.InsertAward(ctx, a); err != nil {
				return err
			}
			backA, err := u.Tenders.AwardOfLot(ctx, lot)
			if err != nil {
				return err
			}
			same(t, "award", a, backA)
			return nil
		})
	})
}

func TestStorage_TheDatabaseItselfRefuses(t *testing.T) {
	testkit.Both(t, func(t *testing.T, k *testkit.Kit) {
		st := newStage(t, k)
		buyer, maker, approver, project := st.buyer, st.maker, st.approver, st.project.ID
		supplier := k.Party("SSO", "晨光社会工作服务中心", k.World.Street.ID)
		var sheet *evaluation.Scoresheet
		var b *bid.Bid
		k.Update(func(ctx context.Context, u *app.Unit) error {
			at := u.Now
			x := &tender.Tender{ID: ident.TenderID(u.NewID()), Code: "CG-2026-000002", ProjectID: project, PlaceID: k.World.Community.ID, BuyerID: buyer.ID, Title: "x", BudgetFen: 1, CreatedAt: at,
				Lots: []tender.Lot{{ID: ident.LotID(u.NewID()), No: 1, BudgetFen: 1, Status: "open"}}}
			if err := u.Tenders.InsertTender(ctx, x); err != nil {
				return err
			}
			b = &bid.Bid{ID: ident.BidID(u.NewID()), TenderID: x.ID, LotID: x.Lots[0].ID, SupplierID: supplier.ID, Status: "sealed", CreatedAt: at,
				Envelopes: []bid.Envelope{{ID: ident.EnvelopeID(u.NewID()), Kind: "price", Number: 1, Hash: strings.Repeat("a", 64), Size: 3, ReceivedAt: at, ReceivedBy: maker.PersonID}}}
			if err := u.Bids.InsertBid(ctx, b); err != nil {
				return err
			}
			c := &evaluation.Committee{TenderID: x.ID, Size: 3, Seed: strings.Repeat("0", 64), DrawnAt: at, DrawnBy: maker.PersonID, Members: []evaluation.Member{{PersonID: maker.PersonID, Role: "expert", DrawnAt: at}}}
			if err := u.Evaluations.InsertCommittee(ctx, c); err != nil {
				return err
			}
			sheet = &evaluation.Scoresheet{ID: ident.ScoresheetID(u.NewID()), TenderID: x.ID, LotID: b.LotID, BidID: b.ID, MemberID: maker.PersonID, SignedAt: &at}
			return u.Evaluations.InsertSheet(ctx, sheet)
		})
		refuses := func(name, code string, fn func(ctx context.Context, u *app.Unit) error) {
			t.Helper()
			if err := k.App.Store.Update(context.Background(), fn); !fault.Is(err, code) {
				t.Errorf("%s: %v, want %s", name, err, code)
			}
		}
		refuses("a signed sheet", "scoresheet.signed", func(ctx context.Context, u *app.Unit) error {
			s := *sheet
			s.Scores = []evaluation.Score{{CriterionID: "c", Points: 1}}
			return u.Evaluations.SaveSheet(ctx, &s)
		})
		refuses("a second bid of one supplier", "record.duplicate", func(ctx context.Context, u *app.Unit) error {
			c := *b
			c.ID, c.Envelopes = ident.BidID(u.NewID()), nil
			return u.Bids.InsertBid(ctx, &c)
		})
		refuses("the drafter as reviewer", "record.constraint", func(ctx context.Context, u *app.Unit) error {
			x, err := u.Tenders.Tender(ctx, b.TenderID)
			if err != nil {
				return err
			}
			x.DraftedBy, x.ReviewedBy = maker.PersonID, maker.PersonID
			return u.Tenders.SaveTender(ctx, x)
		})
		refuses("a refusal that was in time", "record.constraint", func(ctx context.Context, u *app.Unit) error {
			return u.Bids.InsertRefusal(ctx, &bid.Refusal{ID: u.NewID(), TenderID: b.TenderID, LotID: b.LotID, SupplierID: supplier.ID, PersonID: maker.PersonID, Kind: "response", ReceivedAt: u.Now, DeadlineAt: u.Now.Add(time.Second)})
		})
		refuses("two awards for one lot", "record.duplicate", func(ctx context.Context, u *app.Unit) error {
			for i := 0; i < 2; i++ {
				a := &tender.Award{ID: ident.AwardID(u.NewID()), TenderID: b.TenderID, LotID: b.LotID, BidID: b.ID, BuyerID: buyer.ID, SupplierID: supplier.ID, Rank: i + 1, PriceFen: 1,
					Status: tender.AwardConfirmed, ConfirmedBy: approver.PersonID, ConfirmedAt: u.Now}
				if err := u.Tenders.InsertAward(ctx, a); err != nil {
					return err
				}
			}
			return nil
		})
	})
}
