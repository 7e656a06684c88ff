package need

import (
	"slices"
	"unicode/utf8"

	"linli/backend/domain/fault"
)

// Exclusion is one line of a negative list (domain handbook §9): a question that a
// community worker answers with yes or no. One yes stops the need on this track.
type Exclusion struct {
	Code   string
	ZH, EN string
	Source string
}

// Sources of the lists.
const (
	sourceG = "财政部令第102号《政府购买服务管理办法》第十条"
	sourceC = "成都市社区保障激励资金管理规则（负面清单）"
)

// exclusionsG is the list for what government pays (§9.1).
var exclusionsG = []Exclusion{
	{"not_government_duty", "不属于政府职责范围", "Not a duty of government", sourceG},
	{"government_core", "应当由政府直接履职（决策、执法、审批、涉密）", "Must be done by government itself: decisions, enforcement, approvals, secrets", sourceG},
	{"goods_or_works", "属于货物、工程，或工程与服务打包", "Goods, works, or works bundled with services", sourceG},
	{"financing", "属于融资行为", "Financing", sourceG},
	{"hiring", "属于招聘用工、劳务派遣或设置公益性岗位", "Hiring, labour dispatch or public posts", sourceG},
	{"disguised_employment", "按人头月薪付费并由购买方管理（变相用工）", "People on monthly pay under the buyer's management: disguised employment", sourceG},
	{"by_law", "法律法规规定不得购买的其他事项", "Otherwise barred by law", sourceG},
}

// exclusionsC is the list for the community's own money and for market or self-help (§9.2).
var exclusionsC = []Exclusion{
	{"private_cost", "应由居民自行承担的费用（如物业费）", "A private cost residents must bear, such as property fees", sourceC},
	{"other_liable", "有其他法定责任主体（如公房维修）", "Somebody else is liable, such as for repair of public housing", sourceC},
	{"government_duty", "属于政府自身职责（如人员工资，办事不养人）", "Government's own duty, such as staff pay", sourceC},
	{"gifts_banquets", "节日慰问礼品、宴请", "Festival gifts or banquets", sourceC},
	{"debts", "偿还债务", "Paying debts", sourceC},
	{"commercial_investment", "商业性投资", "Commercial investment", sourceC},
}

// Exclusions gives the negative list that a route is checked against.
func Exclusions(r Route) []Exclusion {
	if r == RouteGov {
		return slices.Clone(exclusionsG)
	}
	return slices.Clone(exclusionsC)
}

// Screening holds the answers to a negative list.
type Screening struct {
	Answers []Answer
	Note    string // why, when a line was close
}

// Answer is one line answered. Applies true means the need is on the list.
type Answer struct {
	Code    string
	Applies bool
}

func (s Screening) check(r Route) error {
	list := Exclusions(r)
	if len(s.Answers) != len(list) || utf8.RuneCountInString(s.Note) > MaxReason {
		return fault.Invalid("need.screening_incomplete", "every line of the list needs one answer").
			At("answers", "incomplete", "answer each line once")
	}
	for k, line := range list {
		i := slices.IndexFunc(s.Answers, func(a Answer) bool { return a.Code == line.Code })
		if i < 0 {
			return fault.Invalid("need.screening_incomplete", "no answer to "+line.Code).
				At("answers", "incomplete", "answer "+line.Code)
		}
		if s.Answers[i].Applies {
			return fault.Conflict("need.on_negative_list", "the need is on the negative list: "+line.Code).
				With("line", line.Code).With("number", number(k+1))
		}
	}
	return nil
}
