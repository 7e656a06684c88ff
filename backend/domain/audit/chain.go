package audit

import (
	"encoding/json"
	"strconv"
	"strings"
	"time"

	"linli/backend/domain/fault"
	"linli/backend/domain/ident"
)

// canonical writes a leaf the way Follow stores it.
func (l Leaf) canonical() (string, error) {
	text, err := json.Marshal(l)
	return string(text), err
}

// Read parses the text of a record strictly; fault audit.text_unreadable.
func (r Record) Read() (Leaf, error) {
	var l Leaf
	dec := json.NewDecoder(strings.NewReader(r.Text))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&l); err != nil {
		return Leaf{}, fault.Wrap(fault.KindConflict, "audit.text_unreadable", "text of record "+strconv.FormatInt(r.Seq, 10), err)
	}
	return l, nil
}

// Break is the first place where the stored record is not what was written.
type Break struct {
	Check  string // "chain.gap", "chain.hash", … : what was compared
	Seq    int64  // the record, 0 when the break is elsewhere
	Kind   string // the object, when the break is about one
	ID     string
	Detail string // one English sentence for the operator
}

// Verifier walks records in order and finds the first break. The zero value starts at record 1.
type Verifier struct {
	last  Record
	tree  Tree
	count int64
}

// Check looks at the next record; nil when it continues the chain.
func (c *Verifier) Check(r Record) *Break {
	if b := c.position(r); b != nil {
		return b
	}
	if HashLeaf(r.Text) != r.Hash {
		return r.broken("chain.hash", "the text does not give the stored hash")
	}
	leaf, err := r.Read()
	if err != nil {
		return r.broken("chain.text", err.Error())
	}
	if text, err := leaf.canonical(); err != nil || text != r.Text {
		return r.broken("chain.canonical", "the text is not in canonical form")
	}
	if leaf.Prev != c.last.Hash {
		return r.broken("chain.link", "the record does not follow the hash of the one before")
	}
	if field := r.differs(leaf); field != "" {
		return r.broken("chain.column", "column "+field+" differs from the hashed text")
	}
	c.last = r
	c.count++
	c.tree.Append(r.Hash)
	return nil
}

func (c *Verifier) position(r Record) *Break {
	if r.Seq == c.last.Seq+1 {
		return nil
	}
	want := strconv.FormatInt(c.last.Seq+1, 10)
	return r.broken("chain.gap", "expected record "+want+", found "+strconv.FormatInt(r.Seq, 10))
}

// End compares the walk with the head that is stored apart from the records, so that a
// record cut off at the end is missed too.
func (c *Verifier) End(h Head) *Break {
	if h.Seq == c.last.Seq && h.Hash == c.last.Hash {
		return nil
	}
	return &Break{Check: "chain.head", Seq: c.last.Seq, Detail: "the head names record " +
		strconv.FormatInt(h.Seq, 10) + ", the records end at " + strconv.FormatInt(c.last.Seq, 10)}
}

// Count is how many records were found whole.
func (c *Verifier) Count() int64 { return c.count }

// Root is the Merkle root over the records found whole.
func (c *Verifier) Root() string { return c.tree.Root() }

// Head is the last record as the head row remembers it.
type Head struct {
	Seq  int64
	Hash string
}

func (r Record) broken(check, detail string) *Break {
	return &Break{Check: check, Seq: r.Seq, Kind: r.Kind, ID: r.ID, Detail: detail}
}

// differs names the first column that does not repeat the leaf; "" when all do.
func (r Record) differs(l Leaf) string {
	pairs := []struct{ name, column, leaf string }{
		{"seq", strconv.FormatInt(r.Seq, 10), strconv.FormatInt(l.Seq, 10)},
		{"actor", string(r.ActorID), l.Actor},
		{"party", string(r.PartyID), l.Party},
		{"role", r.Role, l.Role},
		{"action", r.Action, l.Action},
		{"kind", r.Kind, l.Kind},
		{"id", r.ID, l.ID},
		{"place", string(r.PlaceID), l.Place},
		{"project", string(r.ProjectID), l.Project},
		{"need", string(r.NeedID), l.Need},
		{"after", r.AfterHash, l.After},
		{"at", Stamp(r.At), l.At},
	}
	for _, p := range pairs {
		if p.column != p.leaf {
			return p.name
		}
	}
	return ""
}

// Query selects records for the auditor's page; empty fields select all. Records come in
// descending sequence. Before is the cursor: only records below it, 0 for the newest.
type Query struct {
	Kind, ID  string
	Code      string // human code: records of the object, and of the need or project it names
	Action    string // exact, or a prefix that ends with a full stop: "bid."
	ActorID   ident.PersonID
	Actor     string // part of the acting person's name
	PartyID   ident.PartyID
	PlacePath string // records at places inside
	ProjectID ident.ProjectID
	NeedID    ident.NeedID
	From, To  *time.Time // From inclusive, To exclusive
	Before    int64
	Limit     int
}
