package tender_test

import (
	"testing"

	"linli/backend/domain/procedure"
	"linli/backend/domain/tender"
)

// draft is a tender that nothing stands against.
func draft(t *testing.T) *tender.Tender {
	t.Helper()
	deadline := day(t, "2026-04-20").At(9, 30)
	return &tender.Tender{
		BudgetFen: 240_000_00, Procedure: consultation(t, "2026-03-02"), DeadlineAt: &deadline,
		Document: tender.Document{
			Requirements: "每周上门探访 80 户独居老人", ContractTerms: "按季度验收付款", Consultation: "社区议事会与 84 户入户询问",
			TermMonths: 12, Exemption: "政策规定向社会组织购买", DeductBp: 1000, Contact: "保和街道办事处社区发展办", NegativeList: true,
		},
		Lots: []tender.Lot{{
			No: 1, Title: "上门探访", Scope: "和美社区独居老人", BudgetFen: 240_000_00, CeilingFen: 230_000_00, PriceWeight: 2000,
			Qualifications: []procedure.Condition{{ID: "q1", Text: "依法登记的社会组织或企业"}},
			Requirements:   []procedure.Condition{{ID: "r1", Text: "每户每周至少一次"}},
			LowPrice:       procedure.LowPrice{MeanPct: 50, SecondPct: 50, CeilingPct: 45},
			Criteria: []procedure.Criterion{
				{ID: "c1", Title: "类似项目", Objective: true, Max: 2000, Grades: []procedure.Grade{{Text: "两项", Min: 2000, Max: 2000}, {Text: "一项", Min: 1000, Max: 1000}, {Text: "无"}}},
				{ID: "c2", Title: "服务方案", Max: 6000, Grades: []procedure.Grade{{Text: "可行且有应急预案", Min: 4001, Max: 6000}, {Text: "可行", Min: 2001, Max: 4000}, {Text: "不完整", Min: 0, Max: 2000}}},
			},
		}},
	}
}

func TestCheck_ACompleteDraftPasses(t *testing.T) {
	t.Parallel()
	if got := draft(t).Check(); len(got) != 0 {
		t.Errorf("findings %+v", got)
	}
}

func TestCheck_EachRuleBites(t *testing.T) {
	t.Parallel()
	lot := func(x *tender.Tender) *tender.Lot { return &x.Lots[0] }
	for _, c := range []struct {
		code  string
		block bool
		spoil func(x *tender.Tender)
	}{
		{"tender.finding.over_budget", true, func(x *tender.Tender) { lot(x).CeilingFen = 240_000_01 }},
		{"tender.finding.exemption", true, func(x *tender.Tender) { x.Document.Exemption = "" }},
		{"tender.finding.negative_unchecked", true, func(x *tender.Tender) { x.Document.NegativeList = false }},
		{"tender.finding.negative", true, func(x *tender.Tender) { lot(x).Scope = "派驻 5 人，由街道管理并按月发放工资" }},
		{"tender.finding.consultation", true, func(x *tender.Tender) { x.Document.Consultation = " " }},
		{"tender.finding.term_flags", true, func(x *tender.Tender) { x.Document.TermMonths = 24; x.Document.LongTerm.Stable = true }},
		{"tender.finding.term_too_long", true, func(x *tender.Tender) { x.Document.TermMonths = 37 }},
		{"tender.finding.price_weight", true, func(x *tender.Tender) { lot(x).PriceWeight = 3100; lot(x).Criteria[1].Max = 4900 }},
		{"tender.finding.price_weight", true, func(x *tender.Tender) { lot(x).PriceWeight = 900 }},
		{"tender.finding.points", true, func(x *tender.Tender) { lot(x).PriceWeight = 2100 }},
		{"tender.finding.grades", true, func(x *tender.Tender) { lot(x).Criteria[1].Grades[1].Max = 4500 }},
		{"tender.finding.grades", true, func(x *tender.Tender) { lot(x).Criteria[0].Grades[1].Min = 900 }},
		{"tender.finding.scored_qualification", true, func(x *tender.Tender) { lot(x).Criteria[0].Title = "依法登记的社会组织 或企业" }},
		{"tender.finding.scale", true, func(x *tender.Tender) { lot(x).Qualifications[0].Text = "注册资本不低于 100 万元" }},
		{"tender.finding.scale", true, func(x *tender.Tender) { lot(x).Criteria[0].Guidance = "按从业人员人数计分" }},
		{"tender.finding.local", true, func(x *tender.Tender) { lot(x).Criteria[0].Guidance = "获得市级奖项" }},
		{"tender.finding.gift", true, func(x *tender.Tender) { lot(x).Criteria[1].Guidance = "承诺向社区基金反哺" }},
		{"tender.finding.gift", true, func(x *tender.Tender) { x.Document.ContractTerms = "乙方应捐赠设备" }},
		{"tender.finding.votes", true, func(x *tender.Tender) { lot(x).Criteria[1].Guidance = "以居民投票结果计分" }},
		{"tender.finding.vague", true, func(x *tender.Tender) { lot(x).Criteria[1].Grades[0].Text = "由评委酌情打分" }},
		{"tender.finding.rating", false, func(x *tender.Tender) { lot(x).Criteria[1].Guidance = "5A 加分" }},
		{"tender.finding.deduct_range", true, func(x *tender.Tender) { x.Document.DeductBp = 2100 }},
		{"tender.finding.deduct_reserved", true, func(x *tender.Tender) { x.Document.Reserved = true }},
		{"tender.finding.bid_bond", true, func(x *tender.Tender) { x.Document.BidBondFen = 4_800_01 }},
		{"tender.finding.performance_bond", true, func(x *tender.Tender) { x.Document.PerformanceBp = 1001 }},
		{"tender.finding.low_price", true, func(x *tender.Tender) { lot(x).LowPrice.CeilingPct = 66 }},
		{"tender.finding.low_price", true, func(x *tender.Tender) { lot(x).LowPrice.MeanPct = 49 }},
	} {
		x := draft(t)
		c.spoil(x)
		found := false
		all := x.Check()
		for _, f := range all {
			found = found || (f.Code == c.code && f.Block == c.block)
		}
		if !found {
			t.Errorf("%s not found in %+v", c.code, all)
		}
		if tender.Blocked(all) != c.block {
			t.Errorf("%s: blocked %v", c.code, tender.Blocked(all))
		}
	}
}

func TestCheck_BoundariesAreAllowed(t *testing.T) {
	t.Parallel()
	x := draft(t)
	x.Document.BidBondFen, x.Document.PerformanceBp, x.Document.DeductBp = 4_800_00, 1000, 2000
	x.Document.TermMonths, x.Document.LongTerm = 36, tender.LongTerm{Stable: true, Continuous: true, Funded: true, SteadyPrice: true}
	x.Lots[0].LowPrice = procedure.LowPrice{MeanPct: 65, SecondPct: 65, CeilingPct: 65}
	x.Lots[0].CeilingFen = 240_000_00
	if got := x.Check(); len(got) != 0 {
		t.Errorf("findings %+v", got)
	}
}
