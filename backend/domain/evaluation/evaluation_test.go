package evaluation_test

import (
	"testing"

	"pgregory.net/rapid"

	"linli/backend/domain/evaluation"
	"linli/backend/domain/fault"
	"linli/backend/domain/ident"
	"linli/backend/domain/money"
	"linli/backend/domain/procedure"
)

func sheet(bid string, points ...procedure.Points) *evaluation.Scoresheet {
	s := &evaluation.Scoresheet{BidID: ident.BidID(bid)}
	for i, p := range points {
		s.Scores = append(s.Scores, evaluation.Score{CriterionID: string(rune('a' + i)), Points: p})
	}
	return s
}

func average(t *testing.T, totals ...procedure.Points) procedure.Points {
	t.Helper()
	var sheets []*evaluation.Scoresheet
	for _, p := range totals {
		sheets = append(sheets, sheet("b", p))
	}
	got, err := evaluation.Average(sheets)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

// EX-1 of the domain handbook.
func TestScoring_EX1_SmallEnterpriseWinsByDeductionAndIsPaidItsBid(t *testing.T) {
	t.Parallel()
	pref := evaluation.Preference{RateBp: 1000}
	bids := []struct {
		id, kind, size string
		price          money.Fen
		totals         []procedure.Points
	}{
		{"A", "SSO", evaluation.SizeNone, 480_000_00, []procedure.Points{6850, 7000, 6600, 7100, 6950}},
		{"B", "SE", evaluation.SizeSmall, 500_000_00, []procedure.Points{7100, 6900, 7050, 7200, 6800}},
		{"C", "ENT", evaluation.SizeLarge, 455_000_00, []procedure.Points{6000, 6250, 6100, 5900, 6300}},
	}
	var quotes []evaluation.Quote
	for _, b := range bids {
		quotes = append(quotes, evaluation.Quote{BidID: ident.BidID(b.id), Price: b.price, DeductBp: pref.DeductionBp(b.kind, b.size)})
	}
	scored, err := evaluation.PriceScores(quotes, 2000)
	if err != nil {
		t.Fatal(err)
	}
	var all []evaluation.Standing
	for i, q := range scored {
		all = append(all, evaluation.Standing{BidID: q.BidID, Price: q.Price, Technical: average(t, bids[i].totals...), PriceScore: q.Score})
	}
	if scored[1].Evaluation != 450_000_00 || scored[0].Score != 1875 || scored[1].Score != 2000 || scored[2].Score != 1978 {
		t.Errorf("price scores %+v", scored)
	}
	ranked := evaluation.Rank(all, "seed")
	if ranked[0].BidID != "B" || ranked[0].Total != 9010 || ranked[0].Price != 500_000_00 {
		t.Errorf("winner %+v", ranked[0])
	}
	if ranked[1].Total != 8775 || ranked[2].Total != 8088 {
		t.Errorf("others %+v", ranked[1:])
	}
}

// EX-2 of the domain handbook.
func TestScoring_EX2_PriceScoresWithoutDeduction(t *testing.T) {
	t.Parallel()
	var quotes []evaluation.Quote
	for _, p := range []money.Fen{228823172, 229647200, 229936000, 231111040} {
		quotes = append(quotes, evaluation.Quote{Price: p})
	}
	got, err := evaluation.PriceScores(quotes, 2000)
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []procedure.Points{2000, 1993, 1990, 1980} {
		if got[i].Score != want {
			t.Errorf("score %d is %d, want %d", i, got[i].Score, want)
		}
	}
}

// EX-3 of the domain handbook.
func TestLowPrice_EX3_OnlyTheCeilingRuleTriggers(t *testing.T) {
	t.Parallel()
	p := procedure.LowPrice{MeanPct: 50, SecondPct: 50, CeilingPct: 45}
	all := []money.Fen{4100, 7800, 8000, 8900}
	got := evaluation.LowPriceTriggers(4100, all, 10000, p)
	if len(got) != 1 || got[0] != evaluation.LowByCeiling {
		t.Errorf("triggers %v", got)
	}
	if got := evaluation.LowPriceTriggers(4500, all, 10000, p); len(got) != 0 {
		t.Errorf("on the boundary %v: the comparison is strict", got)
	}
	if got := evaluation.LowPriceTriggers(7800, all, 10000, p); len(got) != 0 {
		t.Errorf("an ordinary price triggers %v", got)
	}
}

func TestPriceScores_LowestAlwaysGetsTheFullWeight(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		prices := rapid.SliceOfN(rapid.Int64Range(1, 1e12), 1, 12).Draw(t, "prices")
		weight := procedure.Points(rapid.Int64Range(1000, 3000).Draw(t, "weight"))
		var quotes []evaluation.Quote
		for _, p := range prices {
			quotes = append(quotes, evaluation.Quote{Price: money.Fen(p)})
		}
		got, err := evaluation.PriceScores(quotes, weight)
		if err != nil {
			t.Fatal(err)
		}
		best := procedure.Points(0)
		for i, q := range got {
			if q.Score < 0 || q.Score > weight {
				t.Fatalf("score %d outside 0..%d", q.Score, weight)
			}
			for j, o := range got {
				if prices[i] < prices[j] && q.Score < o.Score {
					t.Fatalf("a lower price scores less: %v %v", q, o)
				}
			}
			best = max(best, q.Score)
		}
		if best != weight {
			t.Fatalf("best score %d, want %d", best, weight)
		}
	})
}

func TestDeduction_NothingForSocialOrganisationsOrReservedTenders(t *testing.T) {
	t.Parallel()
	open := evaluation.Preference{RateBp: 1500}
	for kind, want := range map[string]int{"SSO": 0, "SA": 0, "FDN": 0, "PSI2": 0, "RC": 0, "ENT": 1500, "SE": 1500, "IND": 1500} {
		if got := open.DeductionBp(kind, evaluation.SizeMicro); got != want {
			t.Errorf("%s micro: %d, want %d", kind, got, want)
		}
	}
	if open.DeductionBp("ENT", evaluation.SizeMedium) != 0 || open.DeductionBp("ENT", evaluation.SizeLarge) != 0 {
		t.Error("medium and large enterprises get nothing")
	}
	if (evaluation.Preference{Reserved: true, RateBp: 1500}).DeductionBp("ENT", evaluation.SizeMicro) != 0 {
		t.Error("a reserved tender deducts nothing")
	}
	c := evaluation.Consortium{RateBp: 500, ShareBp: 3000, LeastShareBp: 3000}
	if open.ConsortiumDeductionBp(c) != 500 {
		t.Error("a share on the boundary counts")
	}
	c.ShareBp--
	if open.ConsortiumDeductionBp(c) != 0 {
		t.Error("a share below the boundary does not")
	}
	c.ShareBp, c.Linked = 5000, true
	if open.ConsortiumDeductionBp(c) != 0 {
		t.Error("linked partners do not")
	}
}

func TestRank_TiesFallToPriceThenTechnicalThenTheLoggedDraw(t *testing.T) {
	t.Parallel()
	all := []evaluation.Standing{
		{BidID: "dear", Price: 200, Technical: 7000, PriceScore: 1000},
		{BidID: "cheap", Price: 100, Technical: 6000, PriceScore: 2000},
		{BidID: "skilled", Price: 200, Technical: 7500, PriceScore: 500},
		{BidID: "twin1", Price: 300, Technical: 5000, PriceScore: 100},
		{BidID: "twin2", Price: 300, Technical: 5000, PriceScore: 100},
	}
	got := evaluation.Rank(all, "00ff")
	if got[0].BidID != "cheap" || got[1].BidID != "skilled" || got[2].BidID != "dear" {
		t.Errorf("order %v", got)
	}
	if got[1].TieBreak != "price" || got[2].TieBreak != "technical" || got[4].TieBreak != "draw" {
		t.Errorf("tie breaks %q %q %q", got[1].TieBreak, got[2].TieBreak, got[4].TieBreak)
	}
	again := evaluation.Rank([]evaluation.Standing{all[4], all[3], all[2], all[1], all[0]}, "00ff")
	for i := range got {
		if got[i].BidID != again[i].BidID {
			t.Fatalf("the draw depends on the order of input")
		}
	}
}

func TestCommittee_SizesOfE01(t *testing.T) {
	t.Parallel()
	terms := procedure.Terms{CommitteeMin: 3, ExpertNum: 2, ExpertDen: 3}
	for size, least := range map[int]int{3: 2, 5: 4, 7: 5} {
		if got := evaluation.LeastExperts(size, terms); got != least {
			t.Errorf("%d members need %d experts, got %d", size, least, got)
		}
		if err := evaluation.CheckSize(size, least, terms); err != nil {
			t.Error(err)
		}
		if err := evaluation.CheckSize(size, least-1, terms); !fault.Is(err, "committee.composition") {
			t.Errorf("%d experts of %d accepted", least-1, size)
		}
	}
	for _, size := range []int{1, 2, 4, 6, 13} {
		if err := evaluation.CheckSize(size, size, terms); !fault.Is(err, "committee.composition") {
			t.Errorf("size %d accepted", size)
		}
	}
}

func TestCommittee_RecusalLeavesASeatThatIsRefilledBeforeGoingOn(t *testing.T) {
	t.Parallel()
	terms := procedure.Terms{CommitteeMin: 3, ExpertNum: 2, ExpertDen: 3}
	bidders := []ident.PartyID{"s1", "s2"}
	pool := []evaluation.Candidate{{PersonID: "e1"}, {PersonID: "e2"}, {PersonID: "e3"}, {PersonID: "tied", Parties: []ident.PartyID{"s2"}}}
	c := &evaluation.Committee{Size: 3, Seed: "abc", Pool: []ident.PersonID{"e1", "e2", "e3", "tied"},
		Members: []evaluation.Member{{PersonID: "rep", Role: evaluation.RoleBuyer}}}
	if err := c.Fill(pool, bidders, testTime); err != nil {
		t.Fatal(err)
	}
	if c.Find("tied") != nil {
		t.Fatal("someone tied to a bidder was drawn")
	}
	if err := c.Ready(terms); !fault.Is(err, "committee.incomplete") {
		t.Fatalf("undeclared committee is ready: %v", err)
	}
	chair := ident.PersonID("")
	for _, m := range c.Active() {
		if m.Chair {
			chair = m.PersonID
		}
	}
	clean := []evaluation.Declaration{{SupplierID: "s1"}, {SupplierID: "s2"}}
	conflict := []evaluation.Declaration{{SupplierID: "s1"}, {SupplierID: "s2", Conflict: true, Reason: "配偶任职"}}
	if err := c.Declare(chair, clean[:1], bidders); !fault.Is(err, "committee.declaration_incomplete") {
		t.Errorf("half a declaration: %v", err)
	}
	if err := c.Declare("stranger", clean, bidders); !fault.Is(err, "committee.not_member") {
		t.Errorf("stranger: %v", err)
	}
	if err := c.Declare(chair, conflict, bidders); err != nil {
		t.Fatal(err)
	}
	if err := c.Ready(terms); !fault.Is(err, "committee.incomplete") {
		t.Errorf("short committee is ready: %v", err)
	}
	if err := c.Fill(pool, bidders, testTime); err != nil {
		t.Fatal(err)
	}
	for _, m := range c.Active() {
		if len(m.Declarations) == 0 {
			if err := c.Declare(m.PersonID, clean, bidders); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := c.Ready(terms); err != nil {
		t.Fatal(err)
	}
	chairs := 0
	for _, m := range c.Active() {
		if m.Chair {
			chairs++
		}
	}
	if chairs != 1 || c.Serves(chair) {
		t.Errorf("%d chairs, recused chair serves: %v", chairs, c.Serves(chair))
	}
	if err := c.Declare("rep", clean, bidders); !fault.Is(err, "committee.declared") {
		t.Errorf("declared twice: %v", err)
	}
}

func TestDraw_IsAPermutationThatAnyoneCanRepeat(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		pool := rapid.SliceOfDistinct(rapid.StringMatching(`[a-z0-9]{4}`), rapid.ID[string]).Draw(t, "pool")
		seed := rapid.String().Draw(t, "seed")
		var ids []ident.PersonID
		for _, p := range pool {
			ids = append(ids, ident.PersonID(p))
		}
		a, b := evaluation.Draw(seed, ids), evaluation.Draw(seed, ids)
		seen := map[ident.PersonID]bool{}
		for i := range a {
			if a[i] != b[i] || seen[a[i]] {
				t.Fatalf("%v %v", a, b)
			}
			seen[a[i]] = true
		}
		if len(a) != len(ids) {
			t.Fatal("draw loses people")
		}
	})
}

var criteria = []procedure.Criterion{
	{ID: "obj", Title: "业绩", Objective: true, Max: 1000, Grades: []procedure.Grade{{Text: "两项", Min: 1000, Max: 1000}, {Text: "一项", Min: 500, Max: 500}, {Text: "无", Min: 0, Max: 0}}},
	{ID: "sub", Title: "方案", Max: 6000, Grades: []procedure.Grade{{Text: "优", Min: 4001, Max: 6000}, {Text: "良", Min: 2001, Max: 4000}, {Text: "差", Min: 0, Max: 2000}}},
}

func TestScoresheet_RefusesWhatNoGradeAllowsAndLocksWhenSigned(t *testing.T) {
	t.Parallel()
	s := &evaluation.Scoresheet{}
	for _, bad := range [][]evaluation.Score{
		{{CriterionID: "obj", Points: 700}}, {{CriterionID: "sub", Points: 6001}}, {{CriterionID: "sub", Points: -1}},
	} {
		if err := s.Put(bad, criteria); !fault.Is(err, "scoresheet.out_of_range") {
			t.Errorf("%v: %v", bad, err)
		}
	}
	if err := s.Put([]evaluation.Score{{CriterionID: "no"}}, criteria); !fault.Is(err, "scoresheet.criterion_unknown") {
		t.Error(err)
	}
	if err := s.Put([]evaluation.Score{{CriterionID: "sub", Points: 5000}}, criteria); err != nil {
		t.Fatal(err)
	}
	if err := s.Sign(criteria, testTime); !fault.Is(err, "scoresheet.incomplete") {
		t.Errorf("incomplete sheet signed: %v", err)
	}
	if err := s.Put([]evaluation.Score{{CriterionID: "sub", Points: 5000}, {CriterionID: "obj", Points: 500}}, criteria); err != nil {
		t.Fatal(err)
	}
	if err := s.Sign(criteria, testTime); err != nil || s.Total() != 5500 {
		t.Fatal(err, s.Total())
	}
	if err := s.Put(nil, criteria); !fault.Is(err, "scoresheet.signed") {
		t.Errorf("signed sheet changed: %v", err)
	}
}

func TestUnequal_NamesTheObjectiveItem(t *testing.T) {
	t.Parallel()
	a := &evaluation.Scoresheet{BidID: "b", Scores: []evaluation.Score{{CriterionID: "obj", Points: 500}, {CriterionID: "sub", Points: 1}}}
	b := &evaluation.Scoresheet{BidID: "b", Scores: []evaluation.Score{{CriterionID: "obj", Points: 1000}, {CriterionID: "sub", Points: 2}}}
	if got := evaluation.Unequal([]*evaluation.Scoresheet{a, b}, criteria); got != "业绩" {
		t.Errorf("got %q", got)
	}
	b.Scores[0].Points = 500
	if got := evaluation.Unequal([]*evaluation.Scoresheet{a, b}, criteria); got != "" {
		t.Errorf("subjective items are independent, got %q", got)
	}
}

func TestLowPriceReview_WithoutProofThePriceFalls(t *testing.T) {
	t.Parallel()
	by := testTime.Add(1800e9)
	e := &evaluation.Evaluation{Reviews: []evaluation.LowPriceReview{{BidID: "b", ProofBy: by}}}
	if err := e.Decide("b", false, "无说明", "chair", testTime); !fault.Is(err, "evaluation.proof_pending") {
		t.Errorf("decided before the time was up: %v", err)
	}
	if err := e.Decide("b", true, "可信", "chair", by.Add(1)); !fault.Is(err, "evaluation.proof_missing") {
		t.Errorf("accepted without proof: %v", err)
	}
	if err := e.Prove("b", "成本说明", by); err != nil {
		t.Errorf("on the boundary: %v", err)
	}
	if err := e.Prove("b", "成本说明", by.Add(1)); !fault.Is(err, "evaluation.review_over") {
		t.Errorf("late proof: %v", err)
	}
	if err := e.Decide("b", true, "可信", "chair", by.Add(1)); err != nil {
		t.Fatal(err)
	}
	if err := e.Decide("b", false, "改判", "chair", by.Add(2)); !fault.Is(err, "evaluation.review_over") {
		t.Errorf("decided twice: %v", err)
	}
}

func TestCheckSuppliers_TwoMayContinueOneMayNot(t *testing.T) {
	t.Parallel()
	terms := procedure.Terms{MinSuppliers: 3, MinContinue: 2}
	if evaluation.CheckSuppliers(2, terms) != nil {
		t.Error("two suppliers refused")
	}
	if err := evaluation.CheckSuppliers(1, terms); !fault.Is(err, "tender.too_few_suppliers") {
		t.Errorf("one supplier: %v", err)
	}
}
