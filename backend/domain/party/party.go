package party

import (
	"time"

	"linli/backend/domain/access"
	"linli/backend/domain/ident"
)

// Kind is the type code of a party (domain handbook §2), plus what only the platform needs.
type Kind string

// The kinds. GOV to IND are the handbook's; the others are bodies that act on the platform.
const (
	KindGOV   Kind = "GOV"   // 国家机关: departments, street offices
	KindPSI1  Kind = "PSI1"  // 公益一类事业单位
	KindPSI2  Kind = "PSI2"  // 公益二类事业单位
	KindMASS  Kind = "MASS"  // 群团组织
	KindSA    Kind = "SA"    // 社会团体
	KindSSO   Kind = "SSO"   // 社会服务机构
	KindFDN   Kind = "FDN"   // 基金会
	KindRC    Kind = "RC"    // 居委会
	KindVC    Kind = "VC"    // 村委会
	KindENT   Kind = "ENT"   // 企业
	KindSE    Kind = "SE"    // 社会企业
	KindIND   Kind = "IND"   // 个体工商户
	KindPool  Kind = "POOL"  // 评审专家库
	KindRes   Kind = "RES"   // 居民 (the residents of a community, as one party)
	KindAudit Kind = "AUDIT" // 审计机构
	KindSite  Kind = "SITE"  // the platform itself
)

// Kinds lists every kind once, in the order documents show them.
var Kinds = []Kind{
	KindGOV, KindPSI1, KindPSI2, KindMASS, KindSA, KindSSO, KindFDN, KindRC, KindVC, KindENT, KindSE, KindIND,
	KindPool, KindRes, KindAudit, KindSite,
}

// Party is a body that acts: a department, a community, a supplier, a fund's foundation.
type Party struct {
	ID        ident.PartyID
	Kind      Kind
	Name      string
	NameEN    string
	USCC      string // 统一社会信用代码, empty where the kind has none
	PlaceID   ident.PlaceID
	Active    bool
	CreatedAt time.Time
	Version   int64
}

// Person is a human being with an account or a record made by a community worker.
// Phone and e-mail are unique when set; at least one of them signs in.
type Person struct {
	ID           ident.PersonID
	Name         string
	Phone        string
	Email        string
	PasswordHash string
	Language     string // "zh" or "en"
	Salt         string // salts the references to personal data in the audit record
	LockedAt     *time.Time
	LockReason   string
	CreatedAt    time.Time
	Version      int64
}

// Live tells whether the membership gives its role at a moment.
func (m Membership) Live(at time.Time) bool {
	return !m.Since.After(at) && (m.Until == nil || m.Until.After(at))
}

// Membership gives a person one role in one party, for a period, within a place.
type Membership struct {
	ID       ident.MembershipID
	PersonID ident.PersonID
	PartyID  ident.PartyID
	Role     access.Role
	PlaceID  ident.PlaceID // the scope; the party's place unless narrower
	Since    time.Time
	Until    *time.Time
	Version  int64
}
