package demo

import (
	"context"
	"fmt"
	"strings"

	"linli/backend/app"
	"linli/backend/app/accounts"
	"linli/backend/domain/access"
	"linli/backend/domain/party"
)

// body is one party of the cast. All are invented except the public bodies that every street
// has; credit codes are well-formed and belong to nobody.
type body struct {
	kind     party.Kind
	name, en string
	at       string // the place it belongs to
	uscc     string
}

// member is one person of the cast in one role.
type member struct {
	name  string // how the story calls him; also the account's name
	login string // before @demo.linli.example
	in    string // party
	role  access.Role
}

var bodies = []body{
	{party.KindSite, "邻里平台运营中心", "Linli operations", "成都市", ""},
	{party.KindPool, "成都市社区服务评审专家库", "Expert pool of Chengdu", "成都市", ""},
	{party.KindAudit, "成都市社区治理审计组", "Community audit group", "成都市", ""},
	{party.KindGOV, "成都市财政局", "Finance bureau of Chengdu", "成都市", "11510100009000015Y"},
	{party.KindGOV, "保和街道办事处", "Baohe street office", "保和街道", "11510108009000023D"},
	{party.KindGOV, "青龙街道办事处", "Qinglong street office", "青龙街道", "115101080090000318"},
	{party.KindGOV, "少城街道办事处", "Shaocheng street office", "少城街道", "1151010500900004XL"},
	{party.KindGOV, "万春镇人民政府", "Wanchun town government", "万春镇", "115101150090000584"},
	{party.KindGOV, "玉林街道办事处", "Yulin street office", "玉林街道", "11510107009000066C"},
	{party.KindGOV, "营门口街道办事处", "Yingmenkou street office", "营门口街道", "11510106009000074Q"},
	{party.KindRC, "和美社区居民委员会", "Hemei residents' committee", "和美社区", ""},
	{party.KindRC, "宽巷子社区居民委员会", "Kuanxiangzi residents' committee", "宽巷子社区", ""},
	{party.KindVC, "红旗村村民委员会", "Hongqi villagers' committee", "红旗村", ""},
	{party.KindRC, "倪家桥社区居民委员会", "Nijiaqiao residents' committee", "倪家桥社区", ""},
	{party.KindRC, "花照社区居民委员会", "Huazhao residents' committee", "花照社区", ""},
	{party.KindRes, "和美社区居民", "Residents of Hemei", "和美社区", ""},
	{party.KindRes, "宽巷子社区居民", "Residents of Kuanxiangzi", "宽巷子社区", ""},
	{party.KindRes, "红旗村村民", "Villagers of Hongqi", "红旗村", ""},
	{party.KindRes, "倪家桥社区居民", "Residents of Nijiaqiao", "倪家桥社区", ""},
	{party.KindRes, "花照社区居民", "Residents of Huazhao", "花照社区", ""},
	{party.KindFDN, "锦城社区公益基金会", "Jincheng community foundation", "成都市", "53510000MJY900018M"},
	{party.KindSE, "晨光邻里社会企业有限公司", "Morning Light Neighbours", "保和街道", "91510108MA6C90024D"},
	{party.KindSSO, "童行社区服务中心", "Walking with Children", "保和街道", "52510108MJQ90003XF"},
	{party.KindENT, "安邻家政服务集团有限公司", "Anlin Home Services", "成华区", "91510108MA6C900403"},
	{party.KindSSO, "夕阳红居家养老服务中心", "Evening Glow Home Care", "青龙街道", "52510108MJQ900056A"},
	{party.KindSSO, "绿手指社区营造中心", "Green Fingers", "少城街道", "52510105MJQ900064R"},
	{party.KindSA, "成都市社区健身协会", "Community Sports Association", "成都市", "51510100MJQ900072F"},
	{party.KindSSO, "同心社会工作服务中心", "One Heart Social Work", "玉林街道", "52510107MJQ900080C"},
	{party.KindSE, "巷陌文化创意有限公司", "Lane Culture", "少城街道", "91510105MA6C900910"},
	{party.KindSSO, "手语桥助残服务中心", "Sign Bridge", "营门口街道", "52510106MJQ900101E"},
	{party.KindSSO, "田园学堂乡村服务社", "Field School", "万春镇", "52510115MJQ90011X7"},
	{party.KindSSO, "平安里社区调解中心", "Peace Lane Mediation", "青龙街道", "52510108MJQ9001283"},
	{party.KindENT, "智巷数字科技有限公司", "Smart Lane Digital", "营门口街道", "91510106MA6C90139N"},
}

var members = []member{
	{"周主任", "community", "和美社区居民委员会", access.CommunityWorker},
	{"何秀兰", "council", "和美社区居民委员会", access.Council},
	{"唐晓", "community.kuanxiangzi", "宽巷子社区居民委员会", access.CommunityWorker},
	{"严桂英", "council.kuanxiangzi", "宽巷子社区居民委员会", access.Council},
	{"程志", "community.hongqi", "红旗村村民委员会", access.CommunityWorker},
	{"罗建国", "council.hongqi", "红旗村村民委员会", access.Council},
	{"蒋敏", "community.nijiaqiao", "倪家桥社区居民委员会", access.CommunityWorker},
	{"吴文", "council.nijiaqiao", "倪家桥社区居民委员会", access.Council},
	{"彭丽", "community.huazhao", "花照社区居民委员会", access.CommunityWorker},
	{"汪明", "council.huazhao", "花照社区居民委员会", access.Council},
	{"王悦", "resident", "和美社区居民", access.Resident},
	{"陈浩", "resident.2", "和美社区居民", access.Resident},
	{"林芳", "resident.3", "和美社区居民", access.Resident},
	{"赵宽", "resident.kuanxiangzi", "宽巷子社区居民", access.Resident},
	{"谢红", "resident.hongqi", "红旗村村民", access.Resident},
	{"郑一", "resident.nijiaqiao", "倪家桥社区居民", access.Resident},
	{"杜梅", "resident.huazhao", "花照社区居民", access.Resident},
	{"李响", "buyer", "保和街道办事处", access.BuyerMaker},
	{"孙宁", "buyer.2", "保和街道办事处", access.BuyerMaker},
	{"高原", "buyer.accept", "保和街道办事处", access.BuyerMaker},
	{"许立", "buyer.approver", "保和街道办事处", access.BuyerApprover},
	{"邓洁", "buyer.approver.2", "保和街道办事处", access.BuyerApprover},
	{"马涛", "buyer.qinglong", "青龙街道办事处", access.BuyerMaker},
	{"秦岚", "buyer.qinglong.approver", "青龙街道办事处", access.BuyerApprover},
	{"韩冰", "buyer.qinglong.2", "青龙街道办事处", access.BuyerMaker},
	{"贺琳", "buyer.shaocheng", "少城街道办事处", access.BuyerMaker},
	{"龙飞", "buyer.shaocheng.approver", "少城街道办事处", access.BuyerApprover},
	{"顾全", "buyer.shaocheng.2", "少城街道办事处", access.BuyerMaker},
	{"田禾", "buyer.wanchun", "万春镇人民政府", access.BuyerMaker},
	{"苏木", "buyer.wanchun.approver", "万春镇人民政府", access.BuyerApprover},
	{"方圆", "buyer.yulin", "玉林街道办事处", access.BuyerMaker},
	{"任重", "buyer.yulin.approver", "玉林街道办事处", access.BuyerApprover},
	{"钱清", "finance", "成都市财政局", access.FinanceOfficer},
	{"金衡", "finance.ledger", "成都市财政局", access.FinanceOfficer},
	{"石磊", "finance.approver", "成都市财政局", access.FinanceApprover},
	{"专家甲", "expert.1", "成都市社区服务评审专家库", access.Expert},
	{"专家乙", "expert.2", "成都市社区服务评审专家库", access.Expert},
	{"专家丙", "expert.3", "成都市社区服务评审专家库", access.Expert},
	{"专家丁", "expert.4", "成都市社区服务评审专家库", access.Expert},
	{"专家戊", "expert.5", "成都市社区服务评审专家库", access.Expert},
	{"方晨", "supplier", "晨光邻里社会企业有限公司", access.SupplierAdmin},
	{"童心", "supplier.2", "童行社区服务中心", access.SupplierAdmin},
	{"安然", "supplier.3", "安邻家政服务集团有限公司", access.SupplierAdmin},
	{"夏荷", "supplier.4", "夕阳红居家养老服务中心", access.SupplierAdmin},
	{"叶青", "supplier.5", "绿手指社区营造中心", access.SupplierAdmin},
	{"武跃", "supplier.6", "成都市社区健身协会", access.SupplierAdmin},
	{"同舟", "supplier.7", "同心社会工作服务中心", access.SupplierAdmin},
	{"巷子", "supplier.8", "巷陌文化创意有限公司", access.SupplierAdmin},
	{"舒语", "supplier.9", "手语桥助残服务中心", access.SupplierAdmin},
	{"田园", "supplier.10", "田园学堂乡村服务社", access.SupplierAdmin},
	{"平和", "supplier.11", "平安里社区调解中心", access.SupplierAdmin},
	{"慧明", "supplier.12", "智巷数字科技有限公司", access.SupplierAdmin},
	{"乐施", "fund", "锦城社区公益基金会", access.FundManager},
	{"善行", "fund.approver", "锦城社区公益基金会", access.FundApprover},
	{"审言", "auditor", "成都市社区治理审计组", access.Auditor},
	{"管平", "admin", "邻里平台运营中心", access.PlatformAdmin},
	{"安保", "security", "邻里平台运营中心", access.SecurityAdmin},
	{"史鉴", "audit.admin", "邻里平台运营中心", access.AuditAdmin},
	{"廖平", "agency", "保和街道办事处", access.Agency},
}

// tellCast registers bodies and people. Everyone signs in with the one password that the
// sign-in page of a demonstration shows.
func tellCast(t *teller) error {
	hash, err := t.Services.Accounts.HashPassword(t.ctx, accounts.DemonstrationPassword)
	if err != nil {
		return err
	}
	t.hash = hash
	return t.App.Store.Update(t.ctx, func(ctx context.Context, u *app.Unit) error {
		for _, b := range bodies {
			if err := t.found(ctx, u, b); err != nil {
				return err
			}
		}
		for _, m := range members {
			if err := t.enrol(ctx, u, m, hash); err != nil {
				return fmt.Errorf("%s: %w", m.name, err)
			}
		}
		return nil
	})
}

func (t *teller) enrol(ctx context.Context, u *app.Unit, m member, hash string) error {
	person, err := accounts.Enrol(ctx, u, accounts.Enrolment{
		Name: m.name, Email: m.login + "@" + accounts.DemonstrationDomain, Language: "zh",
		PasswordHash: hash, Salt: strings.Repeat("0", 24) + m.login,
	})
	if err != nil {
		return err
	}
	joined, err := accounts.Join(ctx, u, person.ID, t.party(m.in).ID, m.role, "")
	if err != nil {
		return err
	}
	t.actors[m.login], err = u.Core.LiveActor(ctx, access.Actor{PersonID: person.ID, MembershipID: joined.ID})
	return err
}
