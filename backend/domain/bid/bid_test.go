package bid_test

import (
	"encoding/json"
	"strings"
	"testing"

	"linli/backend/domain/bid"
	"linli/backend/domain/fault"
	"linli/backend/domain/money"
	"linli/backend/domain/procedure"
)

func TestMachine_EveryStateWithEveryAction(t *testing.T) {
	t.Parallel()
	fired := 0
	for _, s := range bid.Machine.States {
		if s.Final && len(bid.Machine.Actions(s.Code)) > 0 {
			t.Errorf("final state %s has actions", s.Code)
		}
		for _, verb := range bid.Machine.Verbs() {
			b := &bid.Bid{Status: s.Code}
			err := b.Fire(verb, "理由")
			switch {
			case err == nil:
				fired++
			case !fault.Is(err, "bid.transition_refused") || b.Status != s.Code:
				t.Errorf("%s in %s: %v, now %s", verb, s.Code, err, b.Status)
			}
		}
	}
	if fired != len(bid.Machine.Rows) {
		t.Errorf("%d of %d rows fire", fired, len(bid.Machine.Rows))
	}
}

func TestEnvelope_TheLastVersionCounts(t *testing.T) {
	t.Parallel()
	b := &bid.Bid{Envelopes: []bid.Envelope{{Kind: "price", Number: 1, Hash: "a"}, {Kind: "technical", Number: 1}, {Kind: "price", Number: 2, Hash: "b"}}}
	if e := b.InForce("price"); e == nil || e.Hash != "b" || b.NextNumber("price") != 3 || b.NextNumber("final") != 1 {
		t.Errorf("in force %+v", e)
	}
}

func TestRead_APaperMovedElsewhereBetraysItself(t *testing.T) {
	t.Parallel()
	b := &bid.Bid{LotID: "lot", SupplierID: "sup"}
	good := bid.Paper{V: 1, LotID: "lot", SupplierID: "sup", Kind: procedure.EnvelopePrice, Price: &bid.PricePart{TotalFen: 100}}
	text := func(change func(*bid.Paper)) []byte {
		p := good
		change(&p)
		out, _ := json.Marshal(p)
		return out
	}
	if _, err := bid.Read(text(func(*bid.Paper) {}), b, procedure.EnvelopePrice); err != nil {
		t.Fatal(err)
	}
	for name, plain := range map[string][]byte{
		"other lot":      text(func(p *bid.Paper) { p.LotID = "x" }),
		"other supplier": text(func(p *bid.Paper) { p.SupplierID = "x" }),
		"other kind":     text(func(p *bid.Paper) { p.Kind = procedure.EnvelopeFinal }),
		"no price":       text(func(p *bid.Paper) { p.Price = nil }),
		"zero":           text(func(p *bid.Paper) { p.Price = &bid.PricePart{} }),
		"too large":      text(func(p *bid.Paper) { p.Price = &bid.PricePart{TotalFen: money.Max + 1} }),
		"no json":        []byte("\x00garbage"),
		"huge":           []byte(strings.Repeat(" ", procedure.MaxEnvelopeBytes+1)),
	} {
		if _, err := bid.Read(plain, b, procedure.EnvelopePrice); !fault.Is(err, "bid.paper_unreadable") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestConsistent_D09InItsOrder(t *testing.T) {
	t.Parallel()
	lines := []bid.PriceLine{{Quantity: 12, UnitFen: 10_000_00}, {Quantity: 1, UnitFen: 5_000_00}}
	for _, c := range []struct {
		name string
		in   bid.PricePart
		want bid.Correction
	}{
		{"consistent", bid.PricePart{TotalFen: 125_000_00, Capitals: money.Capitals(125_000_00), Lines: lines}, bid.Correction{Fen: 125_000_00}},
		{"no lines", bid.PricePart{TotalFen: 125_000_00}, bid.Correction{Fen: 125_000_00}},
		{"total differs from lines", bid.PricePart{TotalFen: 120_000_00, Lines: lines}, bid.Correction{Fen: 125_000_00, Rule: "lines"}},
		{"capitals beat figures", bid.PricePart{TotalFen: 120_000_00, Capitals: money.Capitals(125_000_00), Lines: lines}, bid.Correction{Fen: 125_000_00, Rule: "capitals"}},
	} {
		got, err := c.in.Consistent()
		if err != nil || got != c.want {
			t.Errorf("%s: %+v (%v)", c.name, got, err)
		}
	}
}
