package evaluation

import (
	"crypto/sha256"
	"encoding/hex"
	"sort"
	"strconv"
	"time"

	"linli/backend/domain/fault"
	"linli/backend/domain/ident"
	"linli/backend/domain/procedure"
)

// The parts in a committee.
const (
	RoleBuyer  = "buyer_representative" // 采购人代表
	RoleExpert = "expert"               // 评审专家
)

// maxCommittee bounds the size that may be asked for.
const maxCommittee = 11

// Committee 评审委员会 judges the bids of one tender. Its names stay secret until the result is
// announced (E-02). The draw can be repeated by anyone from its seed and pool.
type Committee struct {
	TenderID ident.TenderID
	Size     int
	Seed     string           // hex, 32 random bytes recorded with the draw
	Pool     []ident.PersonID // who could have been drawn, sorted
	DrawnAt  time.Time
	DrawnBy  ident.PersonID
	Members  []Member
	Version  int64
}

// Member is one seat. A member who recused himself keeps his row; his seat is filled again.
type Member struct {
	PersonID     ident.PersonID
	Name         string
	Role         string
	Chair        bool
	DrawnAt      time.Time
	Declarations []Declaration
	Recused      bool
}

// Declaration is what a member says about one bidder before any envelope is opened (E-03).
type Declaration struct {
	SupplierID ident.PartyID
	Conflict   bool
	Reason     string
	At         time.Time
}

// Candidate is a person of the expert pool and the parties he belonged to within the look-back
// period: ties that exclude him without being asked.
type Candidate struct {
	PersonID ident.PersonID
	Name     string
	Parties  []ident.PartyID
}

// CheckSize holds a committee to E-01: odd, not below the least size of the procedure, experts
// at least the share. Fault committee.composition.
func CheckSize(size, experts int, terms procedure.Terms) error {
	if size < terms.CommitteeMin || size > maxCommittee || size%2 == 0 {
		return fault.Invalid("committee.composition", "committee must be odd and at least "+strconv.Itoa(terms.CommitteeMin)).
			With("least", strconv.Itoa(terms.CommitteeMin)).At("size", "composition", "odd, not below the least size")
	}
	if experts < LeastExperts(size, terms) {
		return fault.Invalid("committee.composition", "too few experts").
			With("least", strconv.Itoa(LeastExperts(size, terms))).At("experts", "composition", "at least the lawful share")
	}
	return nil
}

// LeastExperts is the number of experts a committee needs: the share rounded up (5→4, 7→5, 3→2).
func LeastExperts(size int, terms procedure.Terms) int {
	return (size*terms.ExpertNum + terms.ExpertDen - 1) / terms.ExpertDen
}

// Draw orders a pool by the seed: person by person, SHA-256 of seed and id, smallest first. The
// same seed and pool give the same order anywhere.
func Draw(seed string, pool []ident.PersonID) []ident.PersonID {
	out := append([]ident.PersonID(nil), pool...)
	key := func(p ident.PersonID) string {
		sum := sha256.Sum256([]byte(seed + "\n" + string(p)))
		return hex.EncodeToString(sum[:])
	}
	sort.Slice(out, func(i, j int) bool { return key(out[i]) < key(out[j]) })
	return out
}

// Fill gives every free expert seat to the next of the drawn order who is eligible: not yet a
// member, not recused, not tied to a bidder. Fault committee.pool_exhausted when nobody is left.
func (c *Committee) Fill(candidates []Candidate, bidders []ident.PartyID, at time.Time) error {
	byID := map[ident.PersonID]Candidate{}
	for _, x := range candidates {
		byID[x.PersonID] = x
	}
	for _, id := range Draw(c.Seed, c.Pool) {
		if len(c.Active()) == c.Size {
			break
		}
		x, known := byID[id]
		if !known || c.Find(id) != nil || tied(x, bidders) {
			continue
		}
		c.Members = append(c.Members, Member{PersonID: id, Name: x.Name, Role: RoleExpert, DrawnAt: at})
	}
	if len(c.Active()) < c.Size {
		return fault.Conflict("committee.pool_exhausted", "pool has no further eligible expert").
			With("seats", strconv.Itoa(c.Size)).With("filled", strconv.Itoa(len(c.Active())))
	}
	c.seatChair()
	return nil
}

// seatChair makes the first active expert the chair when there is none.
func (c *Committee) seatChair() {
	for i := range c.Members {
		if c.Members[i].Chair && !c.Members[i].Recused {
			return
		}
	}
	for i := range c.Members {
		c.Members[i].Chair = false
	}
	for i := range c.Members {
		if m := &c.Members[i]; m.Role == RoleExpert && !m.Recused {
			m.Chair = true
			return
		}
	}
}

func tied(x Candidate, bidders []ident.PartyID) bool {
	for _, p := range x.Parties {
		for _, b := range bidders {
			if p == b {
				return true
			}
		}
	}
	return false
}

// Find gives a member by person, recused ones too; nil when there is none.
func (c *Committee) Find(p ident.PersonID) *Member {
	for i := range c.Members {
		if c.Members[i].PersonID == p {
			return &c.Members[i]
		}
	}
	return nil
}

// Active lists the members who serve.
func (c *Committee) Active() []Member {
	var out []Member
	for _, m := range c.Members {
		if !m.Recused {
			out = append(out, m)
		}
	}
	return out
}

// Serves tells whether a person is an active member.
func (c *Committee) Serves(p ident.PersonID) bool {
	m := c.Find(p)
	return m != nil && !m.Recused
}

// Declare records what a member says about every bidder. One conflict recuses him. Faults:
// committee.not_member, committee.declaration_incomplete, committee.declared.
func (c *Committee) Declare(p ident.PersonID, said []Declaration, bidders []ident.PartyID) error {
	m := c.Find(p)
	if m == nil || m.Recused {
		return fault.NotFound("committee.not_member", "not a serving member")
	}
	if len(m.Declarations) > 0 {
		return fault.Conflict("committee.declared", "member has declared already")
	}
	if len(said) != len(bidders) {
		return incomplete()
	}
	for _, b := range bidders {
		d := find(said, b)
		if d == nil || (d.Conflict && d.Reason == "") {
			return incomplete()
		}
		m.Declarations = append(m.Declarations, *d)
		m.Recused = m.Recused || d.Conflict
	}
	c.seatChair()
	return nil
}

func find(said []Declaration, supplier ident.PartyID) *Declaration {
	for i := range said {
		if said[i].SupplierID == supplier {
			return &said[i]
		}
	}
	return nil
}

func incomplete() error {
	return fault.Invalid("committee.declaration_incomplete", "declare on every bidder, with a reason for each conflict").
		At("declarations", "incomplete", "one line per bidder")
}

// Ready tells whether envelopes may be opened: the committee is full, lawful and every member
// has declared. Faults: committee.incomplete, committee.composition.
func (c *Committee) Ready(terms procedure.Terms) error {
	experts := 0
	active := c.Active()
	for _, m := range active {
		if m.Role == RoleExpert {
			experts++
		}
		if len(m.Declarations) == 0 {
			return fault.Conflict("committee.incomplete", "a member has not declared yet")
		}
	}
	if len(active) != c.Size {
		return fault.Conflict("committee.incomplete", "a seat is empty")
	}
	return CheckSize(len(active), experts, terms)
}
