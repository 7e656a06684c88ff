package main

import (
	"context"
	"fmt"
	"strings"

	"linli/backend/app/matching"
	"linli/backend/boot"
	"linli/backend/config"
	"linli/backend/domain/ident"
	domain "linli/backend/domain/matching"
	"linli/backend/engine/rank"
)

// MatchExplain answers "why this one" and "why not this one" for a stored need or project.
type MatchExplain struct {
	config.Store
	Need         string `required:"" help:"The need, or the project." placeholder:"ID"`
	Organization string `required:"" help:"The organisation." placeholder:"ID"`
	Lang         string `enum:"zh,en" default:"zh" help:"Language of the text: zh or en."`
	JSON         bool   `help:"Print JSON; codes and numbers, no sentences."`
}

// reasonView is one gate or one term, in the order they are decided.
type reasonView struct {
	Kind   string   `json:"kind"` // gate or term
	Name   string   `json:"name"`
	Pass   *bool    `json:"pass,omitempty"`
	Code   string   `json:"code,omitempty"`
	Remedy string   `json:"remedy,omitempty"`
	Needed int64    `json:"needed,omitempty"`
	Has    int64    `json:"has,omitempty"`
	Items  []string `json:"items,omitempty"`
	Raw    *int64   `json:"raw,omitempty"`
	Of     *int64   `json:"of,omitempty"`
	Value  *int32   `json:"value,omitempty"`
	Weight *int32   `json:"weight,omitempty"`
	Points *int32   `json:"points,omitempty"`

	Estimated bool `json:"estimated,omitempty"`
	Unknown   bool `json:"unknown,omitempty"`
}

// explainView is the whole explanation; the points of the terms sum to the score.
type explainView struct {
	Need         string       `json:"need"`
	Kind         string       `json:"kind"`
	Organization string       `json:"organization"`
	Service      string       `json:"service"`
	Possible     bool         `json:"possible"`
	Rank         int          `json:"rank"` // 0 when it is not among the best
	Score        int32        `json:"score"`
	Best         int32        `json:"best"`
	Reasons      []reasonView `json:"reasons"`
	Behind       []behindView `json:"behind"` // terms behind the best, the largest loss first
	Weights      string       `json:"weights"`
	Engine       string       `json:"engine"`
}

type behindView struct {
	Term   string `json:"term"`
	Points int32  `json:"points"`
}

// Run explains and ends with status 1 when the pairing is refused, so that a script can ask.
func (c MatchExplain) Run(ctx context.Context) error {
	db, err := boot.OpenStore(ctx, c.Store, true)
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	a, err := matching.Explain(ctx, db, c.Need, ident.OrganizationID(c.Organization))
	if err != nil {
		return err
	}
	if c.JSON {
		err = printJSON(toExplainView(a))
	} else {
		err = c.tell(a)
	}
	if err == nil && !a.Possible {
		return errFound
	}
	return err
}

func toExplainView(a matching.Answer) explainView {
	v := explainView{
		Need: a.Subject.ID, Kind: string(a.Subject.Kind), Organization: string(a.Candidate.ID), Service: string(a.Line.ServiceID),
		Possible: a.Possible, Rank: a.Line.Rank, Score: a.Line.Score, Best: a.Best, Weights: a.Weights, Engine: matching.EngineVersion,
		Reasons: []reasonView{}, Behind: []behindView{},
	}
	for _, g := range a.Line.Gates {
		v.Reasons = append(v.Reasons, reasonView{
			Kind: "gate", Name: g.Rule, Pass: &g.Pass, Code: g.Code, Remedy: g.Remedy, Needed: g.Needed, Has: g.Has, Items: g.Items, Estimated: g.Estimated,
		})
	}
	for _, t := range a.Line.Terms {
		v.Reasons = append(v.Reasons, reasonView{
			Kind: "term", Name: t.Name, Raw: &t.Raw, Of: &t.Of, Value: &t.Value, Weight: &t.Weight, Points: &t.Points, Estimated: t.Estimated, Unknown: t.Unknown,
		})
	}
	for _, l := range a.Losses {
		v.Behind = append(v.Behind, behindView{l.Name, l.Points})
	}
	return v
}

// tell prints the explanation in the words of the web application.
func (c MatchExplain) tell(a matching.Answer) error {
	w, err := readWords(c.Lang)
	if err != nil {
		return err
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s\n%s", a.Subject.Code, a.Subject.Title, a.Candidate.Name)
	if a.Line.Service != "" {
		fmt.Fprintf(&b, " · %s", a.Line.Service)
	}
	b.WriteString("\n\n" + verdict(w, a) + "\n\n")
	for _, g := range a.Line.Gates {
		writeGate(&b, w, g)
	}
	if a.Possible {
		b.WriteString("\n")
		writeTerms(&b, w, a.Line)
	}
	fmt.Fprintf(&b, "\n%s %s · %s %s\n", w.say("ranking.weights", nil), a.Weights, w.say("ranking.engine", nil), matching.EngineVersion)
	_, err = fmt.Print(b.String())
	return err
}

func verdict(w words, a matching.Answer) string {
	switch {
	case !a.Possible:
		return w.say("whyNot.refused", params{"name": a.Candidate.Name})
	case a.Line.Rank > 0:
		return w.say("whyNot.ranked", params{"rank": a.Line.Rank})
	}
	text := w.say("whyNot.behind", params{"missing": score(a.Best - a.Line.Score)})
	var terms []string
	for _, l := range a.Losses[:min(2, len(a.Losses))] {
		terms = append(terms, w.say("whyNot.loss", params{"term": w.say("term."+l.Name+".name", nil), "points": score(l.Points)}))
	}
	if len(terms) > 0 {
		text += " " + w.say("whyNot.losses", params{"terms": strings.Join(terms, w.say("whyNot.and", nil))})
	}
	return text
}

func writeGate(b *strings.Builder, w words, g domain.Gate) {
	rule := w.say("rule."+g.Rule, nil)
	if g.Pass {
		fmt.Fprintf(b, "  + %s", rule)
		if g.Estimated {
			b.WriteString(w.say("gate.estimated", nil))
		}
		b.WriteString("\n")
		return
	}
	p := w.gateParams(g)
	fmt.Fprintf(b, "  - %s: %s\n      → %s\n", rule, w.say("gate."+g.Code, p), w.say("remedy."+g.Remedy, p))
}

func writeTerms(b *strings.Builder, w words, l domain.Line) {
	for _, t := range l.Terms {
		fmt.Fprintf(b, "  %6s / %5s  %s: %s\n", score(t.Points), score(t.Weight), w.say("term."+t.Name+".name", nil), w.term(rank.Term(t)))
	}
	fmt.Fprintf(b, "  %6s %s  %s\n", score(l.Score), w.say("points.of100", nil), w.say("points.sum", nil))
}
