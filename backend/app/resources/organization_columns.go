package resources

import (
	"slices"
	"strconv"
	"strings"

	"linli/backend/domain/calendar"
	"linli/backend/domain/fault"
	"linli/backend/domain/money"
	"linli/backend/domain/resource"
	"linli/backend/domain/table"
	"linli/backend/domain/taxonomy"
)

// sheetDraft is an organisation with one of its services, as one row of a file says it.
// Places stand as codes: identities mean nothing outside.
type sheetDraft struct {
	named     resource.Named
	placeCode string
	register  resource.Register
	profile   resource.Profile
	offer     resource.Offer
	areas     []sheetArea
}

// sheetArea is a piece of a service area by code or point.
type sheetArea struct {
	area resource.Area
	code string
}

// organizationRow is a row on its way in: the draft it gives by itself, to check it, and the
// edits it makes to what is stored.
type organizationRow struct {
	draft sheetDraft
	edits []func(*sheetDraft)
}

// clearCell empties what a cell says; an empty cell leaves the stored value alone.
const clearCell = "-"

type sheetColumn struct {
	key, zh, en, example string
	required             bool
	get                  func(*sheetDraft) string
	set                  func(*sheetDraft, string) error
}

func (c sheetColumn) column() table.Column[organizationRow] {
	return table.Column[organizationRow]{
		Key: c.key, ZH: c.zh, EN: c.en, Required: c.required, Example: c.example,
		Get: func(r *organizationRow) string { return c.get(&r.draft) },
		Set: func(r *organizationRow, text string) error {
			if text == clearCell {
				text = ""
			}
			if err := c.set(&r.draft, text); err != nil {
				return err
			}
			r.edits = append(r.edits, func(d *sheetDraft) { _ = c.set(d, text) }) // it was accepted above
			return nil
		},
	}
}

func words(get func(*sheetDraft) *string) (func(*sheetDraft) string, func(*sheetDraft, string) error) {
	return func(d *sheetDraft) string { return *get(d) }, func(d *sheetDraft, s string) error { *get(d) = s; return nil }
}

func oneOf(get func(*sheetDraft) *string, allowed ...string) (func(*sheetDraft) string, func(*sheetDraft, string) error) {
	return func(d *sheetDraft) string { return *get(d) }, func(d *sheetDraft, s string) (err error) {
		if s != "" {
			s, err = table.OneOf(s, allowed...)
		}
		*get(d) = s
		return err
	}
}

func number(get func(*sheetDraft) *int, most int64) (func(*sheetDraft) string, func(*sheetDraft, string) error) {
	return func(d *sheetDraft) string { return strconv.Itoa(*get(d)) }, func(d *sheetDraft, s string) error {
		if s == "" {
			*get(d) = 0
			return nil
		}
		n, err := table.Whole(s, 0, most)
		*get(d) = int(n)
		return err
	}
}

func truth(get func(*sheetDraft) *bool) (func(*sheetDraft) string, func(*sheetDraft, string) error) {
	return func(d *sheetDraft) string { return table.YesNo(*get(d)) }, func(d *sheetDraft, s string) (err error) {
		*get(d) = false
		if s != "" {
			*get(d), err = table.Bool(s)
		}
		return err
	}
}

func aDay(get func(*sheetDraft) **calendar.Date) (func(*sheetDraft) string, func(*sheetDraft, string) error) {
	return func(d *sheetDraft) string {
			if *get(d) == nil {
				return ""
			}
			return (*get(d)).String()
		}, func(d *sheetDraft, s string) error {
			*get(d) = nil
			if s == "" {
				return nil
			}
			text, err := table.Day(s)
			if err != nil {
				return err
			}
			day, err := calendar.ParseDate(text)
			*get(d) = &day
			return err
		}
}

func yuan(get func(*sheetDraft) *money.Fen) (func(*sheetDraft) string, func(*sheetDraft, string) error) {
	return func(d *sheetDraft) string {
			if *get(d) == 0 {
				return ""
			}
			return strings.ReplaceAll(get(d).String(), ",", "")
		}, func(d *sheetDraft, s string) (err error) {
			*get(d) = 0
			if s != "" {
				*get(d), err = money.ParseYuan(s)
			}
			if err == nil && *get(d) < 0 {
				return fault.Invalid("money.malformed", "an amount is not negative")
			}
			return err
		}
}

// organizationColumns are the columns of the list of organisations and services, both ways.
// An organisation with several services takes several rows.
var organizationColumns = func() table.Columns[organizationRow] {
	var out table.Columns[organizationRow]
	for _, c := range slices.Concat(partyColumns(), registerColumns(), profileColumns(), offerColumns()) {
		out = append(out, c.column())
	}
	return out
}()

func column(key, zh, en, example string, pair func() (func(*sheetDraft) string, func(*sheetDraft, string) error)) sheetColumn {
	get, set := pair()
	return sheetColumn{key: key, zh: zh, en: en, example: example, get: get, set: set}
}

// text is a column of words.
func text(key, zh, en, example string, get func(*sheetDraft) *string) sheetColumn {
	return column(key, zh, en, example, func() (func(*sheetDraft) string, func(*sheetDraft, string) error) { return words(get) })
}

func partyColumns() []sheetColumn {
	name := text("name", "名称", "Name", "成华区和风社会工作服务中心", func(d *sheetDraft) *string { return &d.named.Name })
	name.required = true
	kind := column("kind", "机构类型", "Kind", "SSO", func() (func(*sheetDraft) string, func(*sheetDraft, string) error) {
		return oneOf(func(d *sheetDraft) *string { return &d.named.Kind }, resource.Kinds...)
	})
	kind.required = true
	place := text("place_code", "所在地代码", "Place code", "510108014012", func(d *sheetDraft) *string { return &d.placeCode })
	place.set = func(d *sheetDraft, s string) error {
		if s != "" && (len(s) != 12 || strings.Trim(s, "0123456789") != "") {
			return fault.Invalid("division.code", "a code has 12 digits")
		}
		d.placeCode = s
		return nil
	}
	return []sheetColumn{
		text("uscc", "统一社会信用代码", "Credit code", "52510104MJQ001237W", func(d *sheetDraft) *string { return &d.named.USCC }),
		name, text("name_en", "英文名称", "English name", "", func(d *sheetDraft) *string { return &d.named.NameEN }), kind, place,
	}
}

func registerColumns() []sheetColumn {
	legal := text("legal_rep", "法定代表人", "Legal representative", "王五", func(d *sheetDraft) *string { return &d.register.LegalRep })
	legal.set = func(d *sheetDraft, s string) error {
		if !strings.Contains(s, "*") { // a masked name that comes back says nothing
			d.register.LegalRep = s
		}
		return nil
	}
	listing := func(d *sheetDraft) *string { return (*string)(&d.register.Listing) }
	return []sheetColumn{
		legal, text("registrar", "登记机关", "Registrar", "成华区民政局", func(d *sheetDraft) *string { return &d.register.Registrar }),
		dayColumn("registered_on", "登记日期", "Registered on", "2015-06-01", func(d *sheetDraft) **calendar.Date { return &d.register.RegisteredOn }),
		numberColumn("grade", "评估等级", "Assessment grade", "4", 5, func(d *sheetDraft) *int { return &d.register.Grade }),
		dayColumn("grade_until", "评估有效期至", "Grade until", "2027-12-31", func(d *sheetDraft) **calendar.Date { return &d.register.GradeUntil }),
		numberColumn("annual_report_year", "年报年度", "Annual report", "2025", 2200, func(d *sheetDraft) *int { return &d.register.AnnualReportYear }),
		column("listing", "名录状态", "Listing", "", func() (func(*sheetDraft) string, func(*sheetDraft, string) error) {
			return oneOf(listing, "abnormal", "dishonest")
		}),
		dayColumn("listed_on", "列入日期", "Listed on", "", func(d *sheetDraft) **calendar.Date { return &d.register.ListedOn }),
		truthColumn("charity", "慈善组织", "Charity", "no", func(d *sheetDraft) *bool { return &d.register.Charity }),
		truthColumn("fundraising", "公开募捐资格", "May fundraise", "no", func(d *sheetDraft) *bool { return &d.register.Fundraising }),
		text("se_grade", "社会企业认定等级", "Social enterprise grade", "", func(d *sheetDraft) *string { return &d.register.SEGrade }),
		dayColumn("se_until", "社会企业认定有效期至", "Certified until", "", func(d *sheetDraft) **calendar.Date { return &d.register.SEUntil }),
	}
}

func dayColumn(key, zh, en, example string, get func(*sheetDraft) **calendar.Date) sheetColumn {
	return column(key, zh, en, example, func() (func(*sheetDraft) string, func(*sheetDraft, string) error) { return aDay(get) })
}

func numberColumn(key, zh, en, example string, most int64, get func(*sheetDraft) *int) sheetColumn {
	return column(key, zh, en, example, func() (func(*sheetDraft) string, func(*sheetDraft, string) error) { return number(get, most) })
}

func truthColumn(key, zh, en, example string, get func(*sheetDraft) *bool) sheetColumn {
	return column(key, zh, en, example, func() (func(*sheetDraft) string, func(*sheetDraft, string) error) { return truth(get) })
}

func yuanColumn(key, zh, en, example string, get func(*sheetDraft) *money.Fen) sheetColumn {
	return column(key, zh, en, example, func() (func(*sheetDraft) string, func(*sheetDraft, string) error) { return yuan(get) })
}

func listColumn(key, zh, en, example string, get func(*sheetDraft) *[]string) sheetColumn {
	return column(key, zh, en, example, func() (func(*sheetDraft) string, func(*sheetDraft, string) error) {
		return func(d *sheetDraft) string { return table.Join(*get(d)) }, func(d *sheetDraft, s string) error { *get(d) = table.List(s); return nil }
	})
}

func profileColumns() []sheetColumn {
	return []sheetColumn{
		column("size_class", "企业规模", "Size class", "", func() (func(*sheetDraft) string, func(*sheetDraft, string) error) {
			return oneOf(func(d *sheetDraft) *string { return (*string)(&d.profile.SizeClass) }, "micro", "small", "medium", "large")
		}),
		numberColumn("staff", "从业人员(人)", "Staff", "18", 10_000_000, func(d *sheetDraft) *int { return &d.profile.Staff }),
		yuanColumn("revenue_yuan", "上年营业收入(元)", "Revenue last year (yuan)", "1200000.00", func(d *sheetDraft) *money.Fen { return &d.profile.RevenueFen }),
		numberColumn("reinvest_bp", "反哺比例(万分比)", "Reinvested (basis points)", "0", 10_000, func(d *sheetDraft) *int { return &d.profile.ReinvestBP }),
		truthColumn("hub", "枢纽型", "Hub", "no", func(d *sheetDraft) *bool { return &d.profile.Hub }),
		text("contact", "联系人", "Contact", "", func(d *sheetDraft) *string { return &d.profile.Contact }),
		text("phone", "联系电话", "Phone", "028-84000000", func(d *sheetDraft) *string { return &d.profile.Phone }),
		text("website", "网址", "Website", "", func(d *sheetDraft) *string { return &d.profile.Website }),
		listColumn("languages", "语言", "Languages", "zh; en", func(d *sheetDraft) *[]string { return &d.profile.Languages }),
		text("summary", "简介", "Summary", "为老旧院落的独居老人提供探访和照护", func(d *sheetDraft) *string { return &d.profile.Summary }),
	}
}

func offerColumns() []sheetColumn {
	categories := column("categories", "服务类别", "Categories", "elderly.visit; elderly.meals", func() (func(*sheetDraft) string, func(*sheetDraft, string) error) {
		return func(d *sheetDraft) string { return table.Join(d.offer.Categories) }, setCategories
	})
	return []sheetColumn{
		text("service", "服务名称", "Service", "独居老人上门探访", func(d *sheetDraft) *string { return &d.offer.Title }),
		text("service_en", "服务英文名称", "Service in English", "Home visits", func(d *sheetDraft) *string { return &d.offer.TitleEN }),
		text("service_description", "服务说明", "Service description", "每周两次，含血压测量", func(d *sheetDraft) *string { return &d.offer.Description }),
		categories,
		{key: "areas", zh: "服务范围", en: "Service area", example: "510108014000", get: areasText, set: setAreas},
		{key: "capacity", zh: "服务容量", en: "Capacity", example: "14/20 户 has; 2026Q2=3/20 户 waiting", get: capacityText, set: setCapacity},
		yuanColumn("price_low_yuan", "最低价(元)", "Lowest price (yuan)", "180000.00", func(d *sheetDraft) *money.Fen { return &d.offer.LowFen }),
		yuanColumn("price_high_yuan", "最高价(元)", "Highest price (yuan)", "480000.00", func(d *sheetDraft) *money.Fen { return &d.offer.HighFen }),
		column("price_unit", "计价单位", "Price unit", "year", func() (func(*sheetDraft) string, func(*sheetDraft, string) error) {
			return oneOf(func(d *sheetDraft) *string { return (*string)(&d.offer.PriceUnit) }, "project", "year", "person_month", "visit", "hour")
		}),
		truthColumn("free_of_charge", "对居民免费", "Free for residents", "yes", func(d *sheetDraft) *bool { return &d.offer.Free }),
		listColumn("service_languages", "服务语言", "Service languages", "zh", func(d *sheetDraft) *[]string { return &d.offer.Languages }),
	}
}

func setCategories(d *sheetDraft, s string) error {
	d.offer.Categories = nil
	for _, code := range table.List(s) {
		if err := taxonomy.Check(taxonomy.Code(code)); err != nil {
			return err
		}
		d.offer.Categories = append(d.offer.Categories, taxonomy.Code(code))
	}
	return nil
}
