package audit

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/tlog"
	"pgregory.net/rapid"
)

var noon = time.Date(2026, 3, 2, 4, 0, 0, 123456000, time.UTC)

func chainOf(t interface{ Fatal(...any) }, n int) []Record {
	var out []Record
	var seq int64
	hash := ""
	for i := range n {
		d, err := NewDraft(Entry{Action: "need.post", Kind: "need", ID: string(rune('a' + i%26)), After: map[string]int{"n": i}, Reason: "<路灯> & 安全"},
			Actor{PersonID: "p1", PartyID: "o1", Role: "resident"}, noon.Add(time.Duration(i)*time.Second))
		if err != nil {
			t.Fatal(err)
		}
		r, err := d.Follow(seq, hash)
		if err != nil {
			t.Fatal(err)
		}
		out, seq, hash = append(out, r), r.Seq, r.Hash
	}
	return out
}

func walk(records []Record, head Head) (*Verifier, *Break) {
	var c Verifier
	for _, r := range records {
		if b := c.Check(r); b != nil {
			return &c, b
		}
	}
	return &c, c.End(head)
}

func headOf(records []Record) Head {
	last := records[len(records)-1]
	return Head{Seq: last.Seq, Hash: last.Hash}
}

func TestChain_WholeRecordVerifies(t *testing.T) {
	t.Parallel()
	records := chainOf(t, 9)
	c, b := walk(records, headOf(records))
	if b != nil {
		t.Fatalf("break: %+v", b)
	}
	if c.Count() != 9 {
		t.Fatalf("count %d", c.Count())
	}
}

func TestChain_EmptyRecordVerifies(t *testing.T) {
	t.Parallel()
	if _, b := walk(nil, Head{}); b != nil {
		t.Fatalf("break: %+v", b)
	}
}

func TestChain_EveryTamperingIsFound(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		want string
		do   func([]Record) []Record
	}{
		"text changed":   {"chain.hash", func(r []Record) []Record { r[3].Text = strings.Replace(r[3].Text, "post", "move", 1); return r }},
		"text and hash":  {"chain.column", func(r []Record) []Record { return rehash(r, 3) }},
		"column changed": {"chain.column", func(r []Record) []Record { r[4].ActorID = "p2"; return r }},
		"time changed":   {"chain.column", func(r []Record) []Record { r[4].At = r[4].At.Add(time.Microsecond); return r }},
		"middle removed": {"chain.gap", func(r []Record) []Record { return append(r[:3:3], r[4:]...) }},
		"two exchanged":  {"chain.gap", func(r []Record) []Record { r[2], r[3] = r[3], r[2]; return r }},
		"last removed":   {"chain.head", func(r []Record) []Record { return r[:len(r)-1] }},
		"all removed":    {"chain.head", func([]Record) []Record { return nil }},
		"spaces in text": {"chain.canonical", func(r []Record) []Record {
			r[0].Text = strings.Replace(r[0].Text, ",", ", ", 1)
			r[0].Hash = HashLeaf(r[0].Text)
			return r
		}},
		"unknown field": {"chain.text", func(r []Record) []Record {
			r[0].Text = strings.Replace(r[0].Text, "{", `{"x":1,`, 1)
			r[0].Hash = HashLeaf(r[0].Text)
			return r
		}},
		"rewritten history": {"chain.link", rewritten},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			records := chainOf(t, 8)
			head := headOf(records)
			_, b := walk(tc.do(records), head)
			if b == nil || b.Check != tc.want {
				t.Fatalf("got %+v, want %s", b, tc.want)
			}
		})
	}
}

// rehash changes one record and makes its own hash right again.
func rehash(r []Record, i int) []Record {
	r[i].Text = strings.Replace(r[i].Text, `"resident"`, `"auditor"`, 1)
	r[i].Hash = HashLeaf(r[i].Text)
	return r
}

// rewritten changes one record completely, columns and hash, and leaves the ones after it.
func rewritten(r []Record) []Record {
	d, _ := NewDraft(Entry{Action: "need.post", Kind: "need", ID: "z"}, Actor{PersonID: "p1"}, noon)
	r[3], _ = d.Follow(r[2].Seq, r[2].Hash)
	return r
}

// A walk written a second time, by the words of RFC 6962 and with nothing of ours.
func TestChain_SecondImplementationAgrees(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		records := chainOf(t, rapid.IntRange(1, 70).Draw(t, "n"))
		prev, hashes := "", []tlog.Hash{}
		for i, r := range records {
			sum := sha256.Sum256(append([]byte{0}, r.Text...))
			var fields map[string]any
			if err := json.Unmarshal([]byte(r.Text), &fields); err != nil {
				t.Fatal(err)
			}
			if hex.EncodeToString(sum[:]) != r.Hash || fields["prev"] != prev || fields["seq"] != float64(i+1) {
				t.Fatalf("record %d differs", i+1)
			}
			prev = r.Hash
			stored, err := tlog.StoredHashes(int64(i), []byte(r.Text), reader(hashes))
			if err != nil {
				t.Fatal(err)
			}
			hashes = append(hashes, stored...)
		}
		root, err := tlog.TreeHash(int64(len(records)), reader(hashes))
		if err != nil {
			t.Fatal(err)
		}
		c, b := walk(records, headOf(records))
		if b != nil || c.Root() != hex.EncodeToString(root[:]) {
			t.Fatalf("root %s, second implementation %x, break %+v", c.Root(), root, b)
		}
	})
}

func reader(hashes []tlog.Hash) tlog.HashReader {
	return tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		var out []tlog.Hash
		for _, i := range indexes {
			out = append(out, hashes[i])
		}
		return out, nil
	})
}
