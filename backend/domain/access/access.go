// Package access answers one question: may this actor do this to that object? The answer
// comes from a typed table role → permission → condition; what is not in it is refused.
package access

import (
	"strings"

	"linli/backend/domain/fault"
	"linli/backend/domain/ident"
)

// Role is what a person does in a party (domain handbook §7).
type Role string

// The roles. A person holds them in a party; a session acts as one of them.
const (
	Resident        Role = "resident"
	Council         Role = "council"          // 居民议事会
	CommunityWorker Role = "community_worker" // 社区工作者 (committee staff)
	BuyerMaker      Role = "buyer_maker"      // 采购经办
	BuyerApprover   Role = "buyer_approver"   // 采购审批
	Agency          Role = "agency"           // 采购代理机构
	Expert          Role = "expert"           // 评审专家
	SupplierAgent   Role = "supplier_agent"   // 供应商经办
	SupplierAdmin   Role = "supplier_admin"   // 供应商管理员
	FinanceOfficer  Role = "finance_officer"  // 财政出纳: executes and books
	FinanceApprover Role = "finance_approver" // 财政审核
	Auditor         Role = "auditor"          // 审计
	FundManager     Role = "fund_manager"     // 基金管理
	FundApprover    Role = "fund_approver"    // 基金复核
	PlatformAdmin   Role = "platform_admin"   // 系统管理员
	SecurityAdmin   Role = "security_admin"   // 安全管理员
	AuditAdmin      Role = "audit_admin"      // 审计管理员
)

// Roles lists every role once, in the order documents show them.
var Roles = []Role{
	Resident, Council, CommunityWorker, BuyerMaker, BuyerApprover, Agency, Expert,
	SupplierAgent, SupplierAdmin, FinanceOfficer, FinanceApprover, Auditor, FundManager,
	FundApprover, PlatformAdmin, SecurityAdmin, AuditAdmin,
}

// Permission names one thing that may be done, "<object>.<verb>".
type Permission string

// Public marks what is open without an account; SignedIn what any role may do for itself.
const (
	Public   Permission = "public"
	SignedIn Permission = "signed_in"
)

// Condition narrows a grant to some objects.
type Condition string

// The conditions.
const (
	Anywhere  Condition = "anywhere"
	InScope   Condition = "in_scope"   // the object's place lies inside the actor's
	OwnParty  Condition = "own_party"  // the object belongs to the actor's party
	OwnPerson Condition = "own_person" // the object belongs to the actor himself
)

// Grant gives a permission to roles under a condition.
type Grant struct {
	Permission Permission
	Roles      []Role
	Condition  Condition
}

// Actor is who does something: a person acting as one membership.
type Actor struct {
	PersonID     ident.PersonID
	MembershipID ident.MembershipID
	PartyID      ident.PartyID
	Role         Role
	PlaceID      ident.PlaceID
	PlacePath    string // ids from the city down, "/a/b/"; empty means no place
	Name         string
	SessionID    ident.SessionID
	OnBehalfOf   ident.PersonID // set in assisted mode
}

// Anonymous tells whether nobody is signed in.
func (a Actor) Anonymous() bool { return a.PersonID == "" }

// Object is what a condition looks at. Empty fields fail the condition that needs them.
type Object struct {
	PartyID   ident.PartyID
	PersonID  ident.PersonID
	PlacePath string
}

// Holds tells whether the role has the permission under any condition: the first net, at
// the route.
func Holds(r Role, p Permission) bool {
	for _, g := range table[p] {
		if hasRole(g.Roles, r) {
			return true
		}
	}
	return p == Public || (p == SignedIn && r != "")
}

// Allow decides for one object: the second net, in the use case. Faults:
// access.sign_in_required, access.forbidden.
func Allow(a Actor, p Permission, o Object) error {
	if p == Public {
		return nil
	}
	if a.Anonymous() {
		return fault.Unauthenticated("access.sign_in_required", "sign in for "+string(p))
	}
	if p == SignedIn {
		return nil
	}
	for _, g := range table[p] {
		if hasRole(g.Roles, a.Role) && meets(g.Condition, a, o) {
			return nil
		}
	}
	return fault.Forbidden("access.forbidden", string(a.Role)+" may not "+string(p)).With("permission", string(p))
}

func meets(c Condition, a Actor, o Object) bool {
	switch c {
	case Anywhere:
		return true
	case InScope:
		return a.PlacePath != "" && strings.HasPrefix(o.PlacePath, a.PlacePath)
	case OwnParty:
		return a.PartyID != "" && o.PartyID == a.PartyID
	case OwnPerson:
		return a.PersonID != "" && o.PersonID == a.PersonID
	default:
		return false
	}
}

func hasRole(roles []Role, r Role) bool {
	for _, x := range roles {
		if x == r {
			return true
		}
	}
	return false
}

// Grants lists the whole table in a stable order, for documents and tests.
func Grants() []Grant {
	var out []Grant
	for _, area := range areas {
		out = append(out, area...)
	}
	return out
}

// Known tells whether a permission is in the table (or one of the two general ones).
func Known(p Permission) bool {
	_, ok := table[p]
	return ok || p == Public || p == SignedIn
}

var table = func() map[Permission][]Grant {
	t := map[Permission][]Grant{}
	for _, g := range Grants() {
		t[g.Permission] = append(t[g.Permission], g)
	}
	return t
}()

// PermissionsOf lists what a role may do under some condition, in the order of the table.
func PermissionsOf(r Role) []Permission {
	var out []Permission
	seen := map[Permission]bool{}
	for _, g := range Grants() {
		if !seen[g.Permission] && hasRole(g.Roles, r) {
			seen[g.Permission] = true
			out = append(out, g.Permission)
		}
	}
	return out
}
