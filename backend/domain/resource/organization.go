package resource

import (
	"strings"
	"time"
	"unicode/utf8"

	"linli/backend/domain/calendar"
	"linli/backend/domain/fault"
	"linli/backend/domain/ident"
	"linli/backend/domain/money"
	"linli/backend/domain/uscc"
)

// Limits of what is written about an organisation: a page, not a book.
const (
	MaxSummary        = 2000
	MaxLine           = 200
	MaxQualifications = 50
	MaxLocations      = 50
	MaxLanguages      = 20
	MaxIncubates      = 500
)

// Organization is what the resource list knows about a party that offers something: facts of
// the register, and what it says of itself. Name, kind, credit code and place belong to the
// party of the same id.
type Organization struct {
	ID       ident.OrganizationID
	Register Register
	Profile  Profile
	Checked  *Check // who last found the record true
	AddedAt  time.Time
	Version  int64
}

// Register holds facts that somebody else certifies: registrars, list keepers, certifiers.
// The organisation itself cannot change them here (domain handbook §2).
type Register struct {
	LegalRep         string // 法定代表人, shown masked in public
	Registrar        string // 登记机关
	RegisteredOn     *calendar.Date
	Grade            int            // 评估等级 1–5, 0 for none
	GradeUntil       *calendar.Date // valid five years
	AnnualReportYear int            // last year reported on, 0 for none
	Listing          Listing
	ListedOn         *calendar.Date
	Charity          bool   // 慈善组织
	Fundraising      bool   // 公开募捐资格
	SEGrade          string // 社会企业认定等级, "" for none
	SEUntil          *calendar.Date
}

// Listing is the register of misconduct an organisation stands on.
type Listing string

// The registers. Two years on the first lead to the second.
const (
	NotListed Listing = ""
	Abnormal  Listing = "abnormal"  // 活动异常名录
	Dishonest Listing = "dishonest" // 严重违法失信名单
)

// Profile is what an organisation says of itself.
type Profile struct {
	Summary        string
	SizeClass      SizeClass
	Staff          int
	RevenueFen     money.Fen // last year
	ReinvestBP     int       // share of profit its charter or pledge returns, basis points
	Hub            bool      // 枢纽型
	Incubates      []ident.OrganizationID
	Contact        string
	Phone          string
	Website        string
	BankName       string
	BankAccount    string // never public; masked even in its own pages
	Languages      []string
	Qualifications []Qualification
	Locations      []Location
}

// SizeClass of an enterprise as it declares it.
type SizeClass string

// The size classes; others than enterprises have none.
const (
	SizeUnknown SizeClass = ""
	SizeMicro   SizeClass = "micro"
	SizeSmall   SizeClass = "small"
	SizeMedium  SizeClass = "medium"
	SizeLarge   SizeClass = "large"
)

// Qualification is a certificate with its evidence.
type Qualification struct {
	Code   string // a stable word of the sector: "social_worker", "food_service"
	Name   string
	Number string
	From   *calendar.Date
	Until  *calendar.Date // nil: no end
	FileID ident.FileID   // the scanned paper, "" when not uploaded
}

// Location is a place where services are given. A service names the locations it is given
// at, so that a move is written once.
type Location struct {
	ID       string
	Name     string
	PlaceID  ident.PlaceID
	Address  string
	Lat, Lng float64 // WGS-84; both 0 when unknown
	Phone    string
	Hours    []Slot
	Access   []AccessFact
}

// Check says that somebody who is not the owner found a record true.
type Check struct {
	At      time.Time
	PartyID ident.PartyID
	By      ident.PersonID
}

// NewOrganization starts a record. Faults resource.invalid with the offending fields.
func NewOrganization(id ident.OrganizationID, r Register, p Profile, now time.Time) (*Organization, error) {
	o := &Organization{ID: id, Register: r, AddedAt: now}
	if err := r.check(); err != nil {
		return nil, err
	}
	return o, o.Describe(p)
}

// Describe replaces what the organisation says of itself. A record that changes has to be
// checked again. Fault resource.invalid.
func (o *Organization) Describe(p Profile) error {
	if err := p.check(); err != nil {
		return err
	}
	o.Profile, o.Checked = p.tidy(), nil
	return nil
}

// Certify replaces the facts of the register. Fault resource.invalid.
func (o *Organization) Certify(r Register) error {
	if err := r.check(); err != nil {
		return err
	}
	o.Register = r
	return nil
}

// GradeOn is the assessment grade in force on a day; an expired one counts as none.
func (r Register) GradeOn(day calendar.Date) int {
	if r.GradeUntil != nil && r.GradeUntil.Before(day) {
		return 0
	}
	return r.Grade
}

// SocialEnterpriseOn tells whether the certification holds on a day.
func (r Register) SocialEnterpriseOn(day calendar.Date) bool {
	return r.SEGrade != "" && (r.SEUntil == nil || !r.SEUntil.Before(day))
}

func (r Register) check() error {
	f := newForm("register")
	f.line("legalRep", r.LegalRep, 0)
	f.line("registrar", r.Registrar, 0)
	f.that(r.Grade >= 0 && r.Grade <= 5, "grade", "range", "0 to 5")
	f.that(r.AnnualReportYear == 0 || (r.AnnualReportYear >= 1949 && r.AnnualReportYear <= 2200), "annualReportYear", "range", "a year")
	f.that(r.Listing == NotListed || r.Listing == Abnormal || r.Listing == Dishonest, "listing", "unknown", "abnormal, dishonest or empty")
	f.line("seGrade", r.SEGrade, 0)
	return f.fault()
}

func (p Profile) check() error {
	f := newForm("profile")
	f.that(utf8.RuneCountInString(p.Summary) <= MaxSummary, "summary", "length", "at most 2000 characters")
	f.that(knownSize(p.SizeClass), "sizeClass", "unknown", "micro, small, medium or large")
	f.that(p.Staff >= 0 && p.Staff <= 10_000_000, "staff", "range", "0 to 10,000,000")
	f.that(p.RevenueFen >= 0, "revenueFen", "range", "not negative")
	f.that(p.ReinvestBP >= 0 && p.ReinvestBP <= 10_000, "reinvestBP", "range", "0 to 10,000")
	f.that(len(p.Incubates) <= MaxIncubates, "incubates", "length", "at most 500")
	for name, v := range map[string]string{"contact": p.Contact, "phone": p.Phone, "bankName": p.BankName} {
		f.line(name, v, 0)
	}
	f.that(p.Website == "" || strings.HasPrefix(p.Website, "https://") || strings.HasPrefix(p.Website, "http://"), "website", "form", "an address that begins with https://")
	f.line("website", p.Website, 0)
	f.that(accountForm(p.BankAccount), "bankAccount", "form", "8 to 30 digits")
	f.that(len(p.Languages) <= MaxLanguages, "languages", "length", "at most 20")
	f.that(len(p.Qualifications) <= MaxQualifications, "qualifications", "length", "at most 50")
	for i, q := range p.Qualifications {
		f.line(at("qualifications", i, "code"), q.Code, 1)
		f.line(at("qualifications", i, "name"), q.Name, 1)
		f.line(at("qualifications", i, "number"), q.Number, 0)
		f.that(q.From == nil || q.Until == nil || !q.Until.Before(*q.From), at("qualifications", i, "until"), "order", "not before it begins")
	}
	checkLocations(f, p.Locations)
	return f.fault()
}

func checkLocations(f *form, all []Location) {
	f.that(len(all) <= MaxLocations, "locations", "length", "at most 50")
	seen := map[string]bool{}
	for i, l := range all {
		f.that(l.ID != "" && !seen[l.ID], at("locations", i, "id"), "unique", "each location has an id of its own")
		seen[l.ID] = true
		f.line(at("locations", i, "name"), l.Name, 1)
		f.line(at("locations", i, "address"), l.Address, 1)
		f.line(at("locations", i, "phone"), l.Phone, 0)
		f.that(l.PlaceID != "", at("locations", i, "placeId"), "required", "say in which community")
		f.that(l.Lat >= -90 && l.Lat <= 90 && l.Lng >= -180 && l.Lng <= 180, at("locations", i, "lat"), "range", "degrees")
		checkSlots(f, at("locations", i, "hours"), l.Hours)
		checkAccess(f, at("locations", i, "access"), l.Access)
	}
}

// tidy makes empty lists nil, so that what was stored and loaded is equal to what was hashed.
func (p Profile) tidy() Profile {
	p.Incubates, p.Languages = orNil(p.Incubates), orNil(p.Languages)
	p.Qualifications, p.Locations = orNil(p.Qualifications), orNil(p.Locations)
	for i := range p.Locations {
		p.Locations[i].Hours, p.Locations[i].Access = orNil(p.Locations[i].Hours), orNil(p.Locations[i].Access)
	}
	return p
}

func orNil[T any](s []T) []T {
	if len(s) == 0 {
		return nil
	}
	return s
}

// Location finds one of the organisation's locations.
func (p Profile) Location(id string) (Location, bool) {
	for _, l := range p.Locations {
		if l.ID == id {
			return l, true
		}
	}
	return Location{}, false
}

func knownSize(s SizeClass) bool {
	switch s {
	case SizeUnknown, SizeMicro, SizeSmall, SizeMedium, SizeLarge:
		return true
	}
	return false
}

// accountForm: account numbers of Chinese banks have 8 to 30 digits, some with hyphens.
func accountForm(s string) bool {
	n := strings.ReplaceAll(strings.ReplaceAll(s, "-", ""), " ", "")
	return s == "" || (len(n) >= 8 && len(n) <= 30 && strings.Trim(n, "0123456789") == "")
}

// MaskAccount keeps the last four digits of a bank account, for the owner's own page.
func MaskAccount(account string) string {
	if len(account) <= 4 {
		return strings.Repeat("*", len(account))
	}
	return strings.Repeat("*", len(account)-4) + account[len(account)-4:]
}

// prefixes lists which credit code prefixes the kinds of domain handbook §2 carry; kinds that
// are not in it have no code of their own.
var prefixes = map[string][]string{
	"GOV": {"11"}, "PSI1": {"12"}, "PSI2": {"12"}, "MASS": {"13"}, "SA": {"51"}, "SSO": {"52"}, "FDN": {"53"},
	"RC": {"54"}, "VC": {"55"}, "ENT": {"91"}, "SE": {"91", "93"}, "IND": {"92"},
}

// CheckCode validates a credit code and that it belongs to the kind. A natural person may
// have none; every other kind needs one. Faults: uscc.*, resource.code_missing,
// resource.code_kind.
func CheckCode(kind, code string) (string, []uscc.Warning, error) {
	if uscc.Normalise(code) == "" {
		if kind == "IND" {
			return "", nil, nil
		}
		return "", nil, fault.Invalid("resource.code_missing", "a "+kind+" has a credit code").With("kind", kind)
	}
	c, warnings, err := uscc.Parse(code)
	if err != nil {
		return "", nil, err
	}
	for _, p := range prefixes[kind] {
		if c.Prefix() == p {
			return string(c), warnings, nil
		}
	}
	return "", nil, fault.Invalid("resource.code_kind", "a "+kind+" has no code beginning with "+c.Prefix()).
		With("kind", kind).With("prefix", c.Prefix())
}

// Kinds lists the kinds of parties that can stand in the list, in the order of the handbook.
var Kinds = []string{"SA", "SSO", "FDN", "SE", "ENT", "IND", "PSI2", "PSI1", "MASS", "RC", "VC", "GOV"}
