package procurement_test

import (
	"context"
	"strings"
	"testing"

	"linli/backend/app"
	"linli/backend/app/procurement"
	"linli/backend/domain/access"
	"linli/backend/domain/bid"
	"linli/backend/domain/evaluation"
	"linli/backend/domain/fault"
	"linli/backend/domain/ident"
	"linli/backend/domain/tender"
	"linli/backend/testkit"
)

type procurementSubmission = procurement.Submission

func TestSecrecy_NothingStoredBeforeTheCeremonyTellsABid(t *testing.T) {
	t.Parallel()
	s := newStage(t, testkit.New(t))
	s.closed()
	read, _ := s.DB.Handles()
	rows, err := read.Query("SELECT name FROM sqlite_master WHERE type = 'table'")
	if err != nil {
		t.Fatal(err)
	}
	var tables []string
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			t.Fatal(err)
		}
		tables = append(tables, name)
	}
	if err := rows.Close(); err != nil {
		t.Fatal(err)
	}
	secrets := []string{"我们每周上门", "47800000", "45500000", "法人甲", "AGE-SECRET-KEY", "a long passphrase"}
	for _, table := range tables {
		all, err := read.Query(`SELECT * FROM "` + table + `"`)
		if err != nil {
			t.Fatal(err)
		}
		cols, _ := all.Columns()
		for all.Next() {
			vals := make([]any, len(cols))
			for i := range vals {
				vals[i] = new([]byte)
			}
			if err := all.Scan(vals...); err != nil {
				t.Fatal(table, err)
			}
			for i, v := range vals {
				for _, secret := range secrets {
					if strings.Contains(string(*v.(*[]byte)), secret) {
						t.Errorf("%s.%s holds %q before the opening", table, cols[i], secret)
					}
				}
			}
		}
		_ = all.Close()
	}
}

func TestSecrecy_NobodyReadsBeforeTheCeremony(t *testing.T) {
	t.Parallel()
	s := newStage(t, testkit.New(t))
	s.closed()
	members := s.committee()
	auditor := s.As(access.Auditor, s.Party("AUDIT", "审计局", s.World.City.ID))
	admin := s.As(access.PlatformAdmin, s.Party("SITE", "平台", s.World.City.ID))
	for name, a := range map[string]access.Actor{"maker": s.maker, "approver": s.approver, "member": members[0], "auditor": auditor, "admin": admin, "rival": s.suppliers[1]} {
		if _, err := s.svc.Judge(ctx, a, s.lot); !fault.Is(err, "record.not_found") {
			t.Errorf("%s reads the bids: %v", name, err)
		}
	}
	c := must[*procurement.Case](t)(s.svc.Find(ctx, access.Actor{}, s.tender.ID))
	if c.Lots[0].BidCount != -1 || c.Committee != nil || len(c.Actions) != 0 || c.Inside {
		t.Errorf("the public sees %+v", c.Lots[0])
	}
	c = must[*procurement.Case](t)(s.svc.Find(ctx, s.maker, s.tender.ID))
	if c.Lots[0].BidCount != 3 {
		t.Errorf("the buyer counts %d bids after the deadline", c.Lots[0].BidCount)
	}
	own := must[*procurement.OwnBid](t)(s.svc.Own(ctx, s.suppliers[1], s.lot))
	if own.Bid.SupplierID != s.suppliers[1].PartyID || own.Standing != nil || len(own.Bid.Envelopes) != 3 {
		t.Errorf("own bid %+v", own)
	}
}

func TestSecrecy_ADraftExistsForItsBuyerOnly(t *testing.T) {
	t.Parallel()
	s := newStage(t, testkit.New(t))
	s.intended()
	other := s.As(access.BuyerMaker, s.Party("GOV", "青龙街道办事处", s.World.District.ID))
	for name, a := range map[string]access.Actor{"public": {}, "supplier": s.suppliers[0], "other buyer": other, "expert": s.experts[0]} {
		if _, err := s.svc.Find(ctx, a, s.tender.ID); !fault.Is(err, "record.not_found") {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := s.svc.StartDraft(ctx, other, s.stamp(), s.tender.ID); !fault.Is(err, "record.not_found") {
		t.Errorf("another buyer drafts: %v", err)
	}
	if _, err := s.svc.StartDraft(ctx, s.approver, s.stamp(), s.tender.ID); !fault.Is(err, "access.forbidden") {
		t.Errorf("the approver drafts: %v", err)
	}
	list := must[[]procurement.Summary](t)(s.svc.List(ctx, access.Actor{}, tender.Filter{Limit: 10}, false))
	if len(list) != 0 {
		t.Errorf("the public list shows %d drafts", len(list))
	}
}

func TestSecrecy_LosersSeeTheirOwnScoreAndRankOnly(t *testing.T) {
	t.Parallel()
	s := newStage(t, testkit.New(t))
	s.priced(470_000_00, 460_000_00, 450_000_00)
	must[*evaluation.Evaluation](t)(s.svc.Nominate(ctx, s.maker, s.stamp(), s.lot))
	must[*tender.Award](t)(s.svc.Confirm(ctx, s.approver, s.stamp(), s.lot, ""))
	before := must[*procurement.OwnBid](t)(s.svc.Own(ctx, s.suppliers[0], s.lot))
	if before.Standing != nil || before.Winner != "" {
		t.Errorf("told before the announcement: %+v", before.Standing)
	}
	must[*tender.Award](t)(s.svc.Announce(ctx, s.approver, s.stamp(), s.lot))
	after := must[*procurement.OwnBid](t)(s.svc.Own(ctx, s.suppliers[0], s.lot))
	if after.Standing == nil || after.Standing.BidID != after.Bid.ID || after.Standing.Rank != 2 || after.Count != 3 || len(after.Scores) != 2 || after.Winner == "" {
		t.Errorf("the loser sees %+v", after)
	}
	c := must[*procurement.Case](t)(s.svc.Find(ctx, access.Actor{}, s.tender.ID))
	if c.Committee == nil || len(c.Committee.Members) != 3 {
		t.Error("experts' names are public with the result")
	} else if c.Committee.Members[0].Declarations != nil {
		t.Error("declarations are not public")
	}
	if _, err := s.svc.Own(ctx, s.As(access.SupplierAgent, s.Party("SSO", "旁观者", s.World.Street.ID)), s.lot); !fault.Is(err, "record.not_found") {
		t.Errorf("an outsider: %v", err)
	}
}

func TestCeremony_Refusals(t *testing.T) {
	t.Parallel()
	s := newStage(t, testkit.New(t))
	s.published()
	for i := range s.suppliers {
		s.bid(i, 400_000_00)
	}
	if _, err := s.svc.Attend(ctx, s.maker, s.Key(), s.lot, "opening"); !fault.Is(err, "opening.not_due") {
		t.Errorf("attended before closing: %v", err)
	}
	s.AdvanceTo(deadline.Add(tender.CloseWait))
	s.ok(s.svc.Close(ctx, s.maker, s.stamp(), s.tender.ID))
	unseal := func(name, code string, as access.Actor, shares []procurement.KeyedShare) {
		t.Helper()
		if _, err := s.svc.Unseal(ctx, as, s.Key(), s.lot, procurement.Unlocked{Ceremony: "opening", Shares: shares}); !fault.Is(err, code) {
			t.Errorf("%s: %v, want %s", name, err, code)
		}
	}
	both := s.shares("opening", s.maker, s.approver)
	unseal("nobody reported", "opening.absent", s.maker, both)
	must[*tender.Opening](t)(s.svc.Attend(ctx, s.maker, s.Key(), s.lot, "opening"))
	unseal("one absent", "opening.absent", s.maker, both)
	must[*tender.Opening](t)(s.svc.Attend(ctx, s.approver, s.Key(), s.lot, "opening"))
	unseal("no committee", "committee.incomplete", s.maker, both)
	s.committee()
	unseal("one officer alone", "seal.shares_missing", s.maker, s.shares("opening", s.maker))
	forged := append([]procurement.KeyedShare(nil), both...)
	forged[0].Value, forged[1].Value = forged[1].Value, forged[0].Value
	unseal("exchanged shares", "seal.share_forged", s.maker, forged)
	if _, err := s.svc.Attend(ctx, s.drafter, s.Key(), s.lot, "opening"); !fault.Is(err, "opening.not_officer") {
		t.Errorf("the drafter attends: %v", err)
	}
	if _, err := s.svc.Attend(ctx, s.maker, s.Key(), s.lot, "price"); !fault.Is(err, "opening.not_due") {
		t.Errorf("price ceremony before evaluation: %v", err)
	}
	s.View(func(ctx context.Context, u *app.Unit) error {
		for _, id := range s.bidIDs() {
			opened, err := u.Bids.OpenedOf(ctx, id)
			if err != nil || len(opened) != 0 {
				t.Errorf("a refused ceremony opened %d papers (%v)", len(opened), err)
			}
		}
		return nil
	})
	o := must[*tender.Opening](t)(s.svc.Unseal(ctx, s.maker, s.Key(), s.lot, procurement.Unlocked{Ceremony: "opening", Shares: both}))
	if len(o.Envelopes) != 6 || len(o.Unlocked) != 2 {
		t.Errorf("minutes %+v", o)
	}
	for _, l := range o.Envelopes {
		if l.Kind == "price" || l.Result != "opened" {
			t.Errorf("line %+v", l)
		}
	}
	unseal("held twice", "opening.not_due", s.maker, both)
}

func TestPublish_Refusals(t *testing.T) {
	t.Parallel()
	s := newStage(t, testkit.New(t))
	s.reviewed()
	ids := s.enrol(s.maker, s.approver, s.drafter)
	publish := func(name, code string, as access.Actor, in procurement.Publish) {
		t.Helper()
		if _, err := s.svc.Publish(ctx, as, s.stamp(), s.tender.ID, in); !fault.Is(err, code) {
			t.Errorf("%s: %v, want %s", name, err, code)
		}
	}
	two := procurement.Publish{OfficerIDs: ids[:2], Threshold: 2}
	publish("before thirty days", "tender.intention_running", s.approver, two)
	s.AdvanceTo(deadline.AddDate(0, 0, -5))
	publish("deadline too near", "tender.deadline_too_early", s.approver, two)
	if _, err := s.svc.Publish(ctx, s.drafter, s.stamp(), s.tender.ID, two); !fault.Is(err, "access.forbidden") {
		t.Errorf("the drafter publishes: %v", err)
	}
	s2 := newStage(t, testkit.New(t))
	s2.reviewed()
	ids = s2.enrol(s2.maker, s2.approver, s2.drafter)
	s2.AdvanceTo(deadline.AddDate(0, 0, -18))
	s = s2
	publish("the drafter as officer", "tender.officer_drafted", s.approver, procurement.Publish{OfficerIDs: ids, Threshold: 2})
	publish("a stranger as officer", "tender.officer_unknown", s.approver, procurement.Publish{OfficerIDs: []ident.PersonID{ids[0], s.experts[0].PersonID}, Threshold: 2})
	publish("one officer is enough", "seal.threshold", s.approver, procurement.Publish{OfficerIDs: ids[:2], Threshold: 1})
	publish("one named twice", "tender.officer_unknown", s.approver, procurement.Publish{OfficerIDs: []ident.PersonID{ids[0], ids[0]}, Threshold: 2})
	if _, err := s.svc.Publish(ctx, s.approver, procurement.Stamp{Key: s.Key(), Seen: 1}, s.tender.ID, two); !fault.Is(err, "record.stale") {
		t.Errorf("an old version: %v", err)
	}
	key := s.Key()
	for i := 0; i < 2; i++ { // a retried publish is harmless
		got := must[*tender.Tender](t)(s.svc.Publish(ctx, s.approver, procurement.Stamp{Key: key}, s.tender.ID, procurement.Publish{OfficerIDs: ids[:2], Threshold: 2}))
		if got.Status() != tender.StatusOpen {
			t.Errorf("status %s", got.Status())
		}
	}
	s.View(func(ctx context.Context, u *app.Unit) error {
		keys, err := u.Tenders.LotKeys(ctx, s.lot)
		if len(keys) != 4 || len(keys[0].Shares) != 2 {
			t.Errorf("%d keys", len(keys))
		}
		return err
	})
}

func TestReview_TheDrafterDoesNotCheckHisOwnDocuments(t *testing.T) {
	t.Parallel()
	s := newStage(t, testkit.New(t))
	s.intended()
	s.ok(s.svc.StartDraft(ctx, s.drafter, s.stamp(), s.tender.ID))
	if _, err := s.svc.Submit(ctx, s.drafter, s.stamp(), s.tender.ID); !fault.Is(err, "tender.incomplete") {
		t.Errorf("an empty draft was submitted: %v", err)
	}
	s.ok(s.svc.SaveDraft(ctx, s.drafter, s.stamp(), s.tender.ID, s.draft(deadline)))
	if _, err := s.svc.Review(ctx, s.maker, s.stamp(), s.tender.ID, procurement.Review{Approved: true}); !fault.Is(err, "tender.not_submitted") {
		t.Errorf("reviewed before it was submitted: %v", err)
	}
	s.ok(s.svc.Submit(ctx, s.drafter, s.stamp(), s.tender.ID))
	if _, err := s.svc.Review(ctx, s.drafter, s.stamp(), s.tender.ID, procurement.Review{Approved: true}); !fault.Is(err, "duty.incompatible") {
		t.Errorf("the drafter reviewed: %v", err)
	}
	if _, err := s.svc.Review(ctx, s.maker, s.stamp(), s.tender.ID, procurement.Review{}); !fault.Is(err, "tender.note_missing") {
		t.Errorf("returned without a note: %v", err)
	}
	back := must[*tender.Tender](t)(s.svc.Review(ctx, s.maker, s.stamp(), s.tender.ID, procurement.Review{Note: "评分档次要更清楚"}))
	if back.Status() != tender.StatusDrafting || back.SubmittedAt != nil {
		t.Errorf("returned draft %s", back.Status())
	}
	if _, err := s.svc.SaveDraft(ctx, s.maker, s.stamp(), s.tender.ID, s.draft(deadline)); !fault.Is(err, "duty.incompatible") {
		t.Errorf("the reviewer drafts: %v", err)
	}
}

func TestClarify_ABidThatIsNotConfirmedAgainStaysSealed(t *testing.T) {
	t.Parallel()
	s := newStage(t, testkit.New(t))
	s.published()
	for i := range s.suppliers {
		s.bid(i, 400_000_00)
	}
	s.ok(s.svc.Clarify(ctx, s.maker, s.stamp(), s.tender.ID, procurement.Clarify{Text: "探访户数调整为 90 户", Affecting: true}))
	if s.tender.DocVersion != 2 || s.tender.Status() != tender.StatusOpen || !s.tender.DeadlineAt.Equal(deadline) {
		t.Fatalf("after the correction: version %d, %s, %s", s.tender.DocVersion, s.tender.Status(), s.tender.DeadlineAt)
	}
	must[*bid.Bid](t)(s.svc.Reconfirm(ctx, s.suppliers[0], s.Key(), s.lot, s.App.Clock.Now()))
	s.bid(1, 410_000_00)
	s.AdvanceTo(deadline.Add(tender.CloseWait))
	s.ok(s.svc.Close(ctx, s.maker, s.stamp(), s.tender.ID))
	s.committee()
	s.ceremony("opening")
	s.View(func(ctx context.Context, u *app.Unit) error {
		b, err := u.Bids.BidOf(ctx, s.lot, s.suppliers[2].PartyID)
		if err != nil {
			return err
		}
		opened, err := u.Bids.OpenedOf(ctx, b.ID)
		if b.Status != bid.StatusInvalid || b.Reason != "not_reconfirmed" || len(opened) != 0 {
			t.Errorf("unconfirmed bid %s %s, %d opened", b.Status, b.Reason, len(opened))
		}
		return err
	})
}
