package party

import (
	"slices"
	"strings"
	"unicode/utf8"

	"linli/backend/domain/access"
	"linli/backend/domain/fault"
)

// Bounds of a password (NIST SP 800-63B: length counts, composition rules do not).
const (
	MinPassword = 10  // characters
	MaxPassword = 128 // characters; longer than any passphrase, short enough to hash
)

// wellKnown are the passwords guessed first; the list is short because length removes most.
var wellKnown = []string{
	"1234567890", "12345678910", "0123456789", "1111111111", "0000000000", "qwertyuiop", "password123",
	"password1234", "woaini1314", "woaini5201314", "1qaz2wsx3edc", "qwer123456", "a123456789", "linli12345",
	"123456789a", "aa123456789", "abc1234567", "iloveyou123", "adminadmin", "admin12345",
}

// CheckPassword refuses passwords that are too short, too long, well known, or the
// person's own name, phone or address. Faults: password.too_short, password.too_long,
// password.well_known, password.personal.
func CheckPassword(plain string, p Person) error {
	n := utf8.RuneCountInString(plain)
	low := strings.ToLower(plain)
	switch {
	case n < MinPassword:
		return fault.Invalid("password.too_short", "password is too short").With("min", "10").At("password", "too_short", "at least 10 characters")
	case n > MaxPassword:
		return fault.Invalid("password.too_long", "password is too long").With("max", "128").At("password", "too_long", "at most 128 characters")
	case slices.Contains(wellKnown, low) || strings.Count(low, low[:1]) == len(low):
		return fault.Invalid("password.well_known", "password is among the first guessed").At("password", "well_known", "choose another")
	case personal(low, p):
		return fault.Invalid("password.personal", "password repeats the person's own data").At("password", "personal", "choose another")
	}
	return nil
}

func personal(low string, p Person) bool {
	local, _, _ := strings.Cut(p.Email, "@")
	for _, own := range []string{p.Phone, p.Email, local, strings.ToLower(p.Name)} {
		if utf8.RuneCountInString(own) >= 5 && strings.Contains(low, own) {
			return true
		}
	}
	return false
}

// rolesIn lists which roles a kind of party can give (domain handbook §2 and §7). A kind
// that may neither buy nor bid gives none of those roles.
var rolesIn = map[Kind][]access.Role{
	KindGOV:   {access.BuyerMaker, access.BuyerApprover, access.FinanceOfficer, access.FinanceApprover, access.Auditor, access.CommunityWorker},
	KindPSI1:  {access.Agency},
	KindPSI2:  {access.SupplierAgent, access.SupplierAdmin, access.Agency},
	KindMASS:  {},
	KindSA:    {access.SupplierAgent, access.SupplierAdmin},
	KindSSO:   {access.SupplierAgent, access.SupplierAdmin},
	KindFDN:   {access.FundManager, access.FundApprover, access.SupplierAgent, access.SupplierAdmin},
	KindRC:    {access.CommunityWorker, access.Council, access.BuyerMaker, access.BuyerApprover},
	KindVC:    {access.CommunityWorker, access.Council, access.BuyerMaker, access.BuyerApprover},
	KindENT:   {access.SupplierAgent, access.SupplierAdmin, access.Agency},
	KindSE:    {access.SupplierAgent, access.SupplierAdmin},
	KindIND:   {access.SupplierAgent, access.SupplierAdmin},
	KindPool:  {access.Expert},
	KindRes:   {access.Resident},
	KindAudit: {access.Auditor},
	KindSite:  {access.PlatformAdmin, access.SecurityAdmin, access.AuditAdmin},
}

// RolesIn lists the roles a kind of party can give, in the order of access.Roles.
func RolesIn(k Kind) []access.Role {
	var out []access.Role
	for _, r := range access.Roles {
		if slices.Contains(rolesIn[k], r) {
			out = append(out, r)
		}
	}
	return out
}

// grantable lists what an organisation's own administrators hand out. Whoever checks
// others (approvers, fund approvers, auditors, experts) is appointed by the platform's
// administrator, so that nobody picks his own controller.
var grantable = map[access.Role][]access.Role{
	access.SupplierAdmin:   {access.SupplierAgent, access.SupplierAdmin},
	access.CommunityWorker: {access.CommunityWorker, access.Council},
	access.BuyerApprover:   {access.BuyerMaker},
	access.FinanceApprover: {access.FinanceOfficer},
}

// Grantable lists the roles an actor may give in a party of a kind. It looks at roles
// only; whether the party is his own is the permission's condition.
func Grantable(by access.Role, k Kind) []access.Role {
	can := RolesIn(k)
	if by == access.PlatformAdmin {
		return can
	}
	return slices.DeleteFunc(can, func(r access.Role) bool { return !slices.Contains(grantable[by], r) })
}

// Appoints tells whether a role's holder gives and ends another role in his own party.
func Appoints(by, role access.Role) bool { return slices.Contains(grantable[by], role) }

// administrators are the three roles that three different people hold (三员分立, domain
// handbook §7).
var administrators = []access.Role{access.PlatformAdmin, access.SecurityAdmin, access.AuditAdmin}

// CheckSeparation refuses a role that does not go together with those a person holds: the
// three administrators are three people, and none of them does business. A resident may
// be anything besides an administrator of the platform. Fault membership.not_together.
func CheckSeparation(held []access.Role, wanted access.Role) error {
	admin := slices.Contains(administrators, wanted)
	for _, h := range held {
		if h != wanted && (admin || slices.Contains(administrators, h)) {
			return fault.Conflict("membership.not_together", "holds "+string(h)+", wants "+string(wanted)).
				With("held", string(h)).With("wanted", string(wanted))
		}
	}
	return nil
}

// CheckGrant decides whether a role may be given at all. Faults:
// membership.role_not_in_party, membership.not_yours_to_give, membership.not_to_yourself.
func CheckGrant(by access.Actor, p Party, role access.Role, to Person) error {
	if !slices.Contains(rolesIn[p.Kind], role) {
		return fault.Conflict("membership.role_not_in_party", string(p.Kind)+" has no "+string(role)).With("role", string(role))
	}
	if !slices.Contains(Grantable(by.Role, p.Kind), role) {
		return fault.Forbidden("membership.not_yours_to_give", string(by.Role)+" does not give "+string(role)).With("role", string(role))
	}
	if to.ID != "" && to.ID == by.PersonID {
		return fault.Conflict("membership.not_to_yourself", "nobody gives himself a role")
	}
	return nil
}
