package httpapi

import (
	"time"

	"linli/backend/app/resources"
	"linli/backend/domain/calendar"
	"linli/backend/domain/fault"
	"linli/backend/domain/ident"
	"linli/backend/domain/money"
	"linli/backend/domain/party"
	"linli/backend/domain/resource"
	"linli/backend/domain/taxonomy"
)

type slotView struct {
	Weekday int    `json:"weekday" minimum:"1" maximum:"7" doc:"1 Monday to 7 Sunday"`
	From    string `json:"from" maxLength:"5" example:"09:00"`
	Until   string `json:"until" maxLength:"5" example:"17:30"`
}

type accessFactView struct {
	Code  string `json:"code" maxLength:"20" example:"step_free"`
	Value int    `json:"value" minimum:"0" maximum:"10000"`
}

type checkedView struct {
	At time.Time `json:"at"`
	By string    `json:"by" doc:"The body that found the record true."`
}

type qualificationView struct {
	Code   string `json:"code" maxLength:"200"`
	Name   string `json:"name" maxLength:"200"`
	Number string `json:"number,omitempty" maxLength:"200"`
	From   string `json:"from,omitempty" maxLength:"10"`
	Until  string `json:"until,omitempty" maxLength:"10"`
	FileID string `json:"fileId,omitempty" maxLength:"36"`
}

type locationView struct {
	ID      string           `json:"id,omitempty" maxLength:"36" doc:"Left out for a new location."`
	Name    string           `json:"name" maxLength:"200"`
	PlaceID string           `json:"placeId" maxLength:"36"`
	Place   string           `json:"place,omitempty" readOnly:"true"`
	Address string           `json:"address" maxLength:"200"`
	Lat     float64          `json:"lat,omitempty"`
	Lng     float64          `json:"lng,omitempty"`
	Phone   string           `json:"phone,omitempty" maxLength:"200"`
	Hours   []slotView       `json:"hours" maxItems:"28"`
	Access  []accessFactView `json:"access" maxItems:"20"`
	OpenNow string           `json:"openNow,omitempty" readOnly:"true" enum:"open,closed"`
	Changes *time.Time       `json:"changes,omitempty" readOnly:"true" doc:"When it closes, or opens again."`
}

type organizationProfile struct {
	Summary        string              `json:"summary" maxLength:"2000"`
	SizeClass      string              `json:"sizeClass" enum:",micro,small,medium,large"`
	Staff          int                 `json:"staff" minimum:"0"`
	RevenueFen     int64               `json:"revenueFen" minimum:"0" maximum:"9007199254740991"`
	ReinvestBP     int                 `json:"reinvestBP" minimum:"0" maximum:"10000" doc:"Share of profit that its charter or pledge returns, basis points."`
	Hub            bool                `json:"hub"`
	Incubates      []string            `json:"incubates" maxItems:"500"`
	Contact        string              `json:"contact" maxLength:"200"`
	Phone          string              `json:"phone" maxLength:"200"`
	Website        string              `json:"website" maxLength:"200"`
	BankName       string              `json:"bankName,omitempty" maxLength:"200" doc:"The owner's own page only."`
	BankAccount    string              `json:"bankAccount,omitempty" maxLength:"40" doc:"Masked, on the owner's own page only. Sent back masked it stays as it is."`
	Languages      []string            `json:"languages" maxItems:"20"`
	Qualifications []qualificationView `json:"qualifications" maxItems:"50"`
	Locations      []locationView      `json:"locations" maxItems:"50"`
}

type organizationRegister struct {
	LegalRep         string `json:"legalRep" maxLength:"200" doc:"Masked for the public."`
	Registrar        string `json:"registrar" maxLength:"200"`
	RegisteredOn     string `json:"registeredOn" maxLength:"10"`
	Grade            int    `json:"grade" minimum:"0" maximum:"5"`
	GradeUntil       string `json:"gradeUntil" maxLength:"10"`
	AnnualReportYear int    `json:"annualReportYear"`
	Listing          string `json:"listing" enum:",abnormal,dishonest"`
	ListedOn         string `json:"listedOn" maxLength:"10"`
	Charity          bool   `json:"charity"`
	Fundraising      bool   `json:"fundraising"`
	SEGrade          string `json:"seGrade" maxLength:"200"`
	SEUntil          string `json:"seUntil" maxLength:"10"`
}

func dayOf(d *calendar.Date) string {
	if d == nil {
		return ""
	}
	return d.String()
}

// days reads optional days and remembers the first fault, with the field it belongs to.
type days struct{ err error }

func (d *days) read(path, text string) *calendar.Date {
	if text == "" {
		return nil
	}
	date, err := calendar.ParseDate(text)
	if err != nil && d.err == nil {
		d.err = fault.Invalid("table.not_a_date", "no date").At(path, "table.not_a_date", "a day such as 2026-03-02")
	}
	return &date
}

func toRegister(r resource.Register, private bool) organizationRegister {
	v := organizationRegister{
		LegalRep: party.MaskName(r.LegalRep), Registrar: r.Registrar, RegisteredOn: dayOf(r.RegisteredOn), Grade: r.Grade, GradeUntil: dayOf(r.GradeUntil),
		AnnualReportYear: r.AnnualReportYear, Listing: string(r.Listing), ListedOn: dayOf(r.ListedOn), Charity: r.Charity,
		Fundraising: r.Fundraising, SEGrade: r.SEGrade, SEUntil: dayOf(r.SEUntil),
	}
	if private {
		v.LegalRep = r.LegalRep
	}
	return v
}

func fromRegister(v organizationRegister) (resource.Register, error) {
	var d days
	r := resource.Register{
		LegalRep: v.LegalRep, Registrar: v.Registrar, RegisteredOn: d.read("registeredOn", v.RegisteredOn), Grade: v.Grade,
		GradeUntil: d.read("gradeUntil", v.GradeUntil), AnnualReportYear: v.AnnualReportYear, Listing: resource.Listing(v.Listing),
		ListedOn: d.read("listedOn", v.ListedOn), Charity: v.Charity, Fundraising: v.Fundraising, SEGrade: v.SEGrade, SEUntil: d.read("seUntil", v.SEUntil),
	}
	return r, d.err
}

func toProfile(p resource.Profile, places map[ident.PlaceID]string, now time.Time, private bool) organizationProfile {
	v := organizationProfile{
		Summary: p.Summary, SizeClass: string(p.SizeClass), Staff: p.Staff, RevenueFen: int64(p.RevenueFen), ReinvestBP: p.ReinvestBP, Hub: p.Hub,
		Incubates: texts(p.Incubates), Contact: p.Contact, Phone: p.Phone, Website: p.Website, Languages: texts(p.Languages),
		Qualifications: []qualificationView{}, Locations: []locationView{},
	}
	if private {
		v.BankName, v.BankAccount = p.BankName, resource.MaskAccount(p.BankAccount)
	}
	for _, q := range p.Qualifications {
		v.Qualifications = append(v.Qualifications, qualificationView{q.Code, q.Name, q.Number, dayOf(q.From), dayOf(q.Until), string(q.FileID)})
	}
	for _, l := range p.Locations {
		v.Locations = append(v.Locations, toLocation(l, places, now))
	}
	return v
}

func toLocation(l resource.Location, places map[ident.PlaceID]string, now time.Time) locationView {
	v := locationView{ID: l.ID, Name: l.Name, PlaceID: string(l.PlaceID), Place: places[l.PlaceID], Address: l.Address, Lat: l.Lat, Lng: l.Lng,
		Phone: l.Phone, Hours: toSlots(l.Hours), Access: toAccess(l.Access)}
	v.OpenNow, v.Changes = openNow(l.Hours, now)
	return v
}

func openNow(week []resource.Slot, now time.Time) (string, *time.Time) {
	open, change, known := resource.OpenAt(week, now)
	if !known {
		return "", nil
	}
	change = change.UTC()
	if open {
		return "open", &change
	}
	return "closed", &change
}

func fromProfile(v organizationProfile) (resource.Profile, error) {
	var d days
	p := resource.Profile{
		Summary: v.Summary, SizeClass: resource.SizeClass(v.SizeClass), Staff: v.Staff, RevenueFen: money.Fen(v.RevenueFen), ReinvestBP: v.ReinvestBP,
		Hub: v.Hub, Incubates: idsOf[ident.OrganizationID](v.Incubates), Contact: v.Contact, Phone: v.Phone, Website: v.Website,
		BankName: v.BankName, BankAccount: v.BankAccount, Languages: v.Languages,
	}
	for _, q := range v.Qualifications {
		p.Qualifications = append(p.Qualifications, resource.Qualification{Code: q.Code, Name: q.Name, Number: q.Number,
			From: d.read("qualifications", q.From), Until: d.read("qualifications", q.Until), FileID: ident.FileID(q.FileID)})
	}
	for _, l := range v.Locations {
		p.Locations = append(p.Locations, resource.Location{ID: l.ID, Name: l.Name, PlaceID: ident.PlaceID(l.PlaceID), Address: l.Address,
			Lat: l.Lat, Lng: l.Lng, Phone: l.Phone, Hours: fromSlots(l.Hours), Access: fromAccess(l.Access)})
	}
	return p, d.err
}

func toSlots(all []resource.Slot) []slotView {
	out := []slotView{}
	for _, s := range all {
		out = append(out, slotView(s))
	}
	return out
}

func fromSlots(all []slotView) (out []resource.Slot) {
	for _, s := range all {
		out = append(out, resource.Slot(s))
	}
	return out
}

func toAccess(all []resource.AccessFact) []accessFactView {
	out := []accessFactView{}
	for _, a := range all {
		out = append(out, accessFactView{string(a.Code), a.Value})
	}
	return out
}

func fromAccess(all []accessFactView) (out []resource.AccessFact) {
	for _, a := range all {
		out = append(out, resource.AccessFact{Code: resource.AccessCode(a.Code), Value: a.Value})
	}
	return out
}

// texts writes a list of named strings, never null.
func texts[S ~string](all []S) []string {
	out := make([]string, len(all))
	for i, s := range all {
		out[i] = string(s)
	}
	return out
}

func idsOf[S ~string](all []string) (out []S) {
	for _, s := range all {
		out = append(out, S(s))
	}
	return out
}

type areaView struct {
	Kind    string  `json:"kind" enum:"city,place,radius"`
	PlaceID string  `json:"placeId,omitempty" maxLength:"36"`
	Place   string  `json:"place,omitempty" readOnly:"true"`
	Lat     float64 `json:"lat,omitempty"`
	Lng     float64 `json:"lng,omitempty"`
	RadiusM int     `json:"radiusM,omitempty" minimum:"0" maximum:"60000"`
}

type capacityView struct {
	Period    string `json:"period" maxLength:"6" doc:"2026Q2, or empty for the standing capacity."`
	Unit      string `json:"unit" maxLength:"20"`
	Total     int    `json:"total" minimum:"0"`
	Free      int    `json:"free" minimum:"0"`
	State     string `json:"state" enum:"has,waiting,none,ask"`
	UpdatedOn string `json:"updatedOn,omitempty" maxLength:"10" doc:"Today when left out."`
}

// OfferBody is what an owner says about a service; the same shape is sent and answered.
type OfferBody struct {
	Title       string         `json:"title" maxLength:"200"`
	TitleEN     string         `json:"titleEn,omitempty" maxLength:"200"`
	Description string         `json:"description,omitempty" maxLength:"2000"`
	Bring       string         `json:"bring,omitempty" maxLength:"200"`
	Categories  []string       `json:"categories" maxItems:"10"`
	Areas       []areaView     `json:"areas" maxItems:"200"`
	LocationIDs []string       `json:"locationIds" maxItems:"50"`
	Capacities  []capacityView `json:"capacities" maxItems:"24"`
	LowFen      int64          `json:"lowFen" minimum:"0" maximum:"9007199254740991"`
	HighFen     int64          `json:"highFen" minimum:"0" maximum:"9007199254740991"`
	PriceUnit   string         `json:"priceUnit,omitempty" enum:",project,year,person_month,visit,hour"`
	Free        bool           `json:"free"`
	Languages   []string       `json:"languages" maxItems:"20"`
}

func toOffer(o resource.Offer, places map[ident.PlaceID]string) OfferBody {
	v := OfferBody{
		Title: o.Title, TitleEN: o.TitleEN, Description: o.Description, Bring: o.Bring, Categories: texts(o.Categories), Areas: []areaView{},
		LocationIDs: texts(o.LocationIDs), Capacities: []capacityView{}, LowFen: int64(o.LowFen), HighFen: int64(o.HighFen),
		PriceUnit: string(o.PriceUnit), Free: o.Free, Languages: texts(o.Languages),
	}
	for _, a := range o.Areas {
		v.Areas = append(v.Areas, areaView{string(a.Kind), string(a.PlaceID), places[a.PlaceID], a.Lat, a.Lng, a.RadiusM})
	}
	for _, c := range o.Capacities {
		v.Capacities = append(v.Capacities, capacityView{c.Period, c.Unit, c.Total, c.Free, string(c.State), c.UpdatedOn.String()})
	}
	return v
}

func fromOffer(v OfferBody, today calendar.Date) (resource.Offer, error) {
	var d days
	o := resource.Offer{
		Title: v.Title, TitleEN: v.TitleEN, Description: v.Description, Bring: v.Bring, Categories: idsOf[taxonomy.Code](v.Categories),
		LocationIDs: v.LocationIDs, LowFen: money.Fen(v.LowFen), HighFen: money.Fen(v.HighFen), PriceUnit: resource.PriceUnit(v.PriceUnit),
		Free: v.Free, Languages: v.Languages,
	}
	for _, a := range v.Areas {
		o.Areas = append(o.Areas, resource.Area{Kind: resource.AreaKind(a.Kind), PlaceID: ident.PlaceID(a.PlaceID), Lat: a.Lat, Lng: a.Lng, RadiusM: a.RadiusM})
	}
	for _, c := range v.Capacities {
		on := &today
		if c.UpdatedOn != "" {
			on = d.read("capacities", c.UpdatedOn)
		}
		o.Capacities = append(o.Capacities, resource.Capacity{Period: c.Period, Unit: c.Unit, Total: c.Total, Free: c.Free, State: resource.CapacityState(c.State), UpdatedOn: *on})
	}
	return o, d.err
}

type resourceActionView struct {
	Action    string `json:"action"`
	Permitted bool   `json:"permitted"`
	Code      string `json:"code" doc:"Why not, when not permitted."`
	Reason    bool   `json:"reason" doc:"Whether a reason is asked for."`
}

func toResourceActions(all []resources.Action) []resourceActionView {
	out := []resourceActionView{}
	for _, a := range all {
		out = append(out, resourceActionView(a))
	}
	return out
}

func toChecked(c *resource.Check, by string) *checkedView {
	if c == nil {
		return nil
	}
	return &checkedView{c.At, by}
}
