package tender

import (
	"strconv"
	"strings"

	"linli/backend/domain/money"
	"linli/backend/domain/procedure"
)

// Finding is one thing that stands against publication, or that a reviewer should look at.
// Path is the JSON path of the place; Code has words in both languages.
type Finding struct {
	Rule  string // "D-02", "G-08" …
	Path  string
	Code  string
	Text  string // the words that were found, if any
	Block bool   // false: a warning
}

// forbidden is one line of the word lists behind D-02, D-03, G-04 and §9.3.
type forbidden struct {
	rule, code string
	block      bool
	words      []string
}

// scale may be neither a qualification nor a criterion.
var scale = forbidden{"D-02", "tender.finding.scale", true, []string{"注册资本", "资产总额", "营业收入", "利润总额", "纳税额", "从业人员人数", "员工人数", "成立年限", "registered capital", "annual revenue", "total assets", "headcount"}}

// local excludes suppliers from elsewhere.
var local = forbidden{"D-02", "tender.finding.local", true, []string{"本地注册", "本市注册", "本区注册", "注册地在", "设立分支机构", "设有分公司", "本地业绩", "本市业绩", "本区业绩", "市级奖项", "区级奖项", "省级奖项", "行业奖项", "local registration", "local branch", "local award"}}

// gift may be neither demanded nor scored.
var gift = forbidden{"D-03", "tender.finding.gift", true, []string{"捐赠", "反哺", "赠送", "赠品", "返利", "赞助", "无偿提供", "社区基金", "donation", "profit feedback", "sponsorship", "free of charge"}}

// votes of residents never choose a provider in track G.
var votes = forbidden{"§9.3", "tender.finding.votes", true, []string{"居民投票", "群众投票", "居民票数", "resident vote"}}

// vague scores cannot be checked.
var vague = forbidden{"D-02", "tender.finding.vague", true, []string{"酌情", "由评委自行", "自由裁量", "at discretion"}}

// rating is lawful only with a stated link to the work.
var rating = forbidden{"§9.3", "tender.finding.rating", false, []string{"评估等级", "3A", "4A", "5A", "assessment grade"}}

// negative is what may not be bought as a service (G-04, domain handbook §9.1).
var negative = forbidden{"G-04", "tender.finding.negative", true, []string{"劳务派遣", "招聘工作人员", "增设公益性岗位", "按月发放工资", "融资", "行政审批", "行政执法", "行政决策", "labour dispatch"}}

func (f forbidden) in(text, path string) []Finding {
	low := strings.ToLower(text)
	for _, w := range f.words {
		if strings.Contains(low, strings.ToLower(w)) {
			return []Finding{{Rule: f.rule, Path: path, Code: f.code, Text: w, Block: f.block}}
		}
	}
	return nil
}

// Check lists everything that stands against publishing the tender as drafted, in the order of
// the documents, and what deserves a second look. It never stops at the first.
func (t *Tender) Check() []Finding {
	var out []Finding
	need := func(ok bool, rule, path, code string) {
		if !ok {
			out = append(out, Finding{Rule: rule, Path: path, Code: code, Block: true})
		}
	}
	d := t.Document
	need(strings.TrimSpace(d.Requirements) != "", "G-03", "document.requirements", "tender.finding.missing")
	need(strings.TrimSpace(d.ContractTerms) != "", "A-02", "document.contractTerms", "tender.finding.missing")
	need(strings.TrimSpace(d.Consultation) != "", "G-03", "document.consultation", "tender.finding.consultation")
	need(d.Contact != "", "G-02", "document.contact", "tender.finding.missing")
	need(d.NegativeList, "G-04", "document.negativeList", "tender.finding.negative_unchecked")
	need(t.DeadlineAt != nil, "D-01", "deadlineAt", "tender.finding.missing")
	out = append(out, t.checkTerm()...)
	out = append(out, t.checkSmall()...)
	out = append(out, t.checkMoney()...)
	out = append(out, negative.in(d.Requirements, "document.requirements")...)
	out = append(out, gift.in(d.ContractTerms, "document.contractTerms")...)
	for i := range t.Lots {
		out = append(out, t.Lots[i].check("lots["+strconv.Itoa(i)+"]", t.Procedure.Terms)...)
	}
	return out
}

// Blocked tells whether any finding stands against publication.
func Blocked(all []Finding) bool {
	for _, f := range all {
		if f.Block {
			return true
		}
	}
	return false
}

func (t *Tender) checkTerm() []Finding {
	d, terms := t.Document, t.Procedure.Terms
	switch {
	case d.TermMonths < 1:
		return []Finding{{Rule: "G-05", Path: "document.termMonths", Code: "tender.finding.missing", Block: true}}
	case d.TermMonths > terms.TermMonthsLong:
		return []Finding{{Rule: "G-05", Path: "document.termMonths", Code: "tender.finding.term_too_long", Block: true}}
	case d.TermMonths > terms.TermMonths && !d.LongTerm.All():
		return []Finding{{Rule: "G-05", Path: "document.longTerm", Code: "tender.finding.term_flags", Block: true}}
	default:
		return nil
	}
}

func (t *Tender) checkSmall() []Finding {
	d, terms := t.Document, t.Procedure.Terms
	var out []Finding
	if !d.Reserved && d.Exemption == "" {
		out = append(out, Finding{Rule: "G-08", Path: "document.exemption", Code: "tender.finding.exemption", Block: true})
	}
	if d.Reserved && d.DeductBp != 0 {
		out = append(out, Finding{Rule: "§6.2", Path: "document.deductBp", Code: "tender.finding.deduct_reserved", Block: true})
	}
	if !d.Reserved && d.DeductBp != 0 && (d.DeductBp < terms.DeductMinBp || d.DeductBp > terms.DeductMaxBp) {
		out = append(out, Finding{Rule: "§6.2", Path: "document.deductBp", Code: "tender.finding.deduct_range", Block: true})
	}
	return out
}

func (t *Tender) checkMoney() []Finding {
	var out []Finding
	block := func(rule, path, code string) {
		out = append(out, Finding{Rule: rule, Path: path, Code: code, Block: true})
	}
	terms := t.Procedure.Terms
	if sum, err := t.ceilings(); err != nil || sum > t.BudgetFen || t.BudgetFen <= 0 {
		block("G-01", "lots", "tender.finding.over_budget")
	}
	if bond, err := money.MulRat(t.BudgetFen, int64(terms.BidBondMaxBp), 10_000); err != nil || t.Document.BidBondFen > bond || t.Document.BidBondFen < 0 {
		block("D-07", "document.bidBondFen", "tender.finding.bid_bond")
	}
	if t.Document.PerformanceBp < 0 || t.Document.PerformanceBp > terms.PerformanceMaxBp {
		block("D-07", "document.performanceBp", "tender.finding.performance_bond")
	}
	return out
}

func (l Lot) check(path string, terms procedure.Terms) []Finding {
	var out []Finding
	block := func(rule, at, code string) {
		out = append(out, Finding{Rule: rule, Path: path + at, Code: code, Block: true})
	}
	if strings.TrimSpace(l.Scope) == "" {
		block("G-03", ".scope", "tender.finding.missing")
	}
	if l.CeilingFen <= 0 || l.CeilingFen > l.BudgetFen {
		block("G-01", ".ceilingFen", "tender.finding.over_budget")
	}
	if l.PriceWeight < procedure.Points(terms.PriceWeightMin*100) || l.PriceWeight > procedure.Points(terms.PriceWeightMax*100) {
		block("§6.1", ".priceWeight", "tender.finding.price_weight")
	}
	if len(l.Qualifications) == 0 {
		block("D-04", ".qualifications", "tender.finding.missing")
	}
	if !l.LowPrice.Check(terms) {
		block("§6.3", ".lowPrice", "tender.finding.low_price")
	}
	out = append(out, negative.in(l.Scope, path+".scope")...)
	for i, c := range l.Qualifications {
		at := path + ".qualifications[" + strconv.Itoa(i) + "].text"
		out = append(out, inAny(c.Text, at, scale, local, gift)...)
	}
	for i, c := range l.Requirements {
		out = append(out, inAny(c.Text, path+".requirements["+strconv.Itoa(i)+"].text", local, gift)...)
	}
	return append(out, l.checkCriteria(path)...)
}

func inAny(text, path string, lists ...forbidden) []Finding {
	var out []Finding
	for _, f := range lists {
		out = append(out, f.in(text, path)...)
	}
	return out
}
