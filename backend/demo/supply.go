package demo

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"linli/backend/app"
	"linli/backend/domain/audit"
	"linli/backend/domain/calendar"
	"linli/backend/domain/money"
	"linli/backend/domain/resource"
	"linli/backend/domain/taxonomy"
)

// supply is what one organisation of the cast offers.
type supply struct {
	login, party string
	summary      string
	size         resource.SizeClass
	staff, grade int
	reinvestBP   int
	title, en    string
	categories   []taxonomy.Code
	area         string // place, "" for the whole city
	unit         string
	total, free  int
	low, high    money.Fen
	seGrade      string
}

var supplies = []supply{
	{"supplier", "晨光邻里社会企业有限公司", "运营和美社区综合体，课后托管、读书汇和邻里活动；章程承诺把部分利润返还社区基金。", resource.SizeSmall, 26, 0, 3000,
		"四点半课堂与读书汇", "After-school class and reading club", []taxonomy.Code{"children.after_school", "children.reading", "culture.festival"}, "成华区", "名额", 240, 120, 60_000_00, 150_000_00, "三星"},
	{"supplier.2", "童行社区服务中心", "专注儿童与家庭的社会服务机构，持证社工 11 名。", "", 18, 4, 0,
		"课后陪伴与家庭教育", "After-school company and parenting", []taxonomy.Code{"children.after_school", "children.parenting", "children.holiday"}, "成华区", "名额", 160, 60, 55_000_00, 140_000_00, ""},
	{"supplier.3", "安邻家政服务集团有限公司", "全市连锁家政与照护服务。", resource.SizeLarge, 860, 0, 0,
		"居家照护与托管", "Home care and child minding", []taxonomy.Code{"children.after_school", "elderly.visit", "elderly.meals"}, "", "户", 2000, 900, 50_000_00, 480_000_00, ""},
	{"supplier.4", "夕阳红居家养老服务中心", "从事居家探访十二年，志愿者 300 余名。", "", 42, 5, 0,
		"独居老人每周探访", "Weekly visits to older people living alone", []taxonomy.Code{"elderly.visit", "elderly.activity", "elderly.digital"}, "成华区", "户", 400, 180, 180_000_00, 480_000_00, ""},
	{"supplier.5", "绿手指社区营造中心", "社区花园、院落营造与消防自治陪伴。", "", 14, 3, 0,
		"小微花园与院落自治", "Pocket gardens and courtyard self-help", []taxonomy.Code{"environment.green", "environment.cables", "safety.fire"}, "青羊区", "院落", 30, 12, 20_000_00, 200_000_00, ""},
	{"supplier.6", "成都市社区健身协会", "社区运动场地活化与赛事。", "", 30, 4, 0,
		"晒坝变球场", "Courts on unused yards", []taxonomy.Code{"culture.sport", "culture.youth"}, "", "场", 60, 25, 30_000_00, 120_000_00, ""},
	{"supplier.7", "同心社会工作服务中心", "综合社会工作服务，社区剧场与自习室运营。", "", 36, 4, 0,
		"社区文化与学习空间", "Community arts and study rooms", []taxonomy.Code{"culture.arts", "children.reading", "elderly.visit"}, "武侯区", "场", 120, 50, 40_000_00, 200_000_00, ""},
	{"supplier.8", "巷陌文化创意有限公司", "老街区文化策展与商居联盟服务。", resource.SizeMicro, 8, 0, 2000,
		"村史街史与社区展", "Local history and small exhibitions", []taxonomy.Code{"culture.heritage", "culture.arts"}, "", "项目", 12, 6, 30_000_00, 120_000_00, "二星"},
	{"supplier.9", "手语桥助残服务中心", "听障友好社区与手语服务。", "", 12, 3, 0,
		"听障友好通知与手语", "Notices that deaf people can follow", []taxonomy.Code{"disability.hearing"}, "金牛区", "人次", 600, 300, 20_000_00, 60_000_00, ""},
	{"supplier.10", "田园学堂乡村服务社", "乡村课堂、村史与体育活动。", "", 9, 2, 0,
		"乡村学堂", "Village school", []taxonomy.Code{"culture.heritage", "culture.sport", "children.holiday"}, "温江区", "课时", 800, 420, 20_000_00, 80_000_00, ""},
	{"supplier.11", "平安里社区调解中心", "邻里调解与平安志愿巡逻培训。", "", 11, 3, 0,
		"调解与平安巡逻", "Mediation and safety patrols", []taxonomy.Code{"safety.mediation", "safety.crime", "safety.lighting"}, "成华区", "件", 300, 140, 30_000_00, 80_000_00, ""},
	{"supplier.12", "智巷数字科技有限公司", "老年人数字助学与社区小程序。", resource.SizeSmall, 32, 0, 0,
		"手把手教手机", "Help with phones, hand in hand", []taxonomy.Code{"elderly.digital"}, "", "人次", 3000, 1500, 20_000_00, 90_000_00, ""},
}

// tellSupplies adds every organisation of the cast to the directory and lets it offer its
// service. The register's facts come as a list would bring them.
func tellSupplies(t *teller) error {
	for _, s := range supplies {
		if err := t.supply(s); err != nil {
			return fmt.Errorf("%s: %w", s.party, err)
		}
	}
	return nil
}

// phoneOf makes a number that nobody has from the number in the login.
func phoneOf(login string) string {
	n, err := strconv.Atoi(login[strings.LastIndex(login, ".")+1:])
	if err != nil { // the first supplier has none
		n = 1
	}
	return fmt.Sprintf("028-0000%04d", n)
}

func (t *teller) supply(s supply) error {
	id := t.party(s.party).ID
	o, err := resource.NewOrganization(id, register(s), resource.Profile{
		Summary: s.summary, SizeClass: s.size, Staff: s.staff, ReinvestBP: s.reinvestBP, Contact: "前台", Phone: phoneOf(s.login),
		Languages: []string{"zh"}, BankName: "示范银行成都分行", BankAccount: "6217000000000000" + fmt.Sprintf("%03d", len(s.party)),
	}, t.App.Clock.Now())
	if err != nil {
		return err
	}
	err = t.App.Store.Update(t.ctx, func(ctx context.Context, u *app.Unit) error {
		u.Actor = t.as("admin")
		if err := u.Resources.InsertOrganization(ctx, o); err != nil {
			return err
		}
		return u.Record(ctx, audit.Entry{Action: "organization.enlist", Kind: "organization", ID: string(id), After: *o})
	})
	if err != nil {
		return err
	}
	area := resource.Area{Kind: resource.AreaCity}
	if s.area != "" {
		area = resource.Area{Kind: resource.AreaPlace, PlaceID: t.place(s.area).ID}
	}
	v, err := t.Services.Resources.DraftService(t.ctx, t.as(s.login), t.key(), id, resource.Offer{
		Title: s.title, TitleEN: s.en, Description: s.summary, Categories: s.categories, Areas: []resource.Area{area},
		Capacities: []resource.Capacity{{Unit: s.unit, Total: s.total, Free: s.free, State: resource.CapacityHas, UpdatedOn: calendar.DateOf(t.App.Clock.Now())}},
		LowFen:     s.low, HighFen: s.high, PriceUnit: resource.PerProject, Languages: []string{"zh"},
	})
	if err != nil {
		return err
	}
	_, err = t.Services.Resources.FireService(t.ctx, t.as(s.login), t.key(), v.ID, v.Version, "offer", "")
	return err
}

func register(s supply) resource.Register {
	since := calendar.Date{Year: 2016, Month: 5, Day: 18}
	until := calendar.Date{Year: 2028, Month: 12, Day: 31}
	r := resource.Register{LegalRep: "法定代表人", Registrar: "成都市民政局", RegisteredOn: &since, AnnualReportYear: 2025}
	if s.grade > 0 {
		r.Grade, r.GradeUntil = s.grade, &until
	}
	if s.seGrade != "" {
		r.SEGrade, r.SEUntil = s.seGrade, &until
	}
	return r
}
