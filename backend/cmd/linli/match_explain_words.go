package main

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	domain "linli/backend/domain/matching"
	"linli/backend/domain/money"
	"linli/backend/engine/rank"
	"linli/frontend"
)

// words are the sentences of a language by dotted key, those that the web application shows.
type words map[string]string

// params fill the holes of a sentence.
type params map[string]any

func readWords(lang string) (words, error) {
	text, err := frontend.Matching.ReadFile("src/locales/" + lang + "/matching.json")
	if err != nil {
		return nil, err
	}
	var tree map[string]any
	if err := json.Unmarshal(text, &tree); err != nil {
		return nil, err
	}
	w := words{}
	w.flatten("", tree)
	return w, nil
}

func (w words) flatten(prefix string, tree map[string]any) {
	for k, v := range tree {
		switch v := v.(type) {
		case string:
			w[prefix+k] = v
		case map[string]any:
			w.flatten(prefix+k+".", v)
		}
	}
}

// say fills a sentence; a key that nobody wrote shows itself.
func (w words) say(key string, p params) string {
	text, ok := w[key]
	if !ok {
		return key
	}
	for k, v := range p {
		text = strings.ReplaceAll(text, "{{"+k+"}}", fmt.Sprint(v))
	}
	return text
}

// score shows points as the web application does: 10,000 are 100.
func score(points int32) string { return fmt.Sprintf("%.1f", float64(points)/100) }

func (w words) metres(m int64) string {
	const kilometre = 1000
	if m < kilometre {
		return w.say("unit.metres", params{"n": m})
	}
	return w.say("unit.kilometres", params{"n": fmt.Sprintf("%.1f", float64(m)/kilometre)})
}

func yuan(fen int64) string { return "¥" + money.Fen(fen).String() }

// term says what the points of a term come from.
func (w words) term(t rank.Term) string {
	key := "term." + t.Name + "."
	if t.Unknown {
		return w.say(key+"unknown", nil)
	}
	switch t.Name {
	case rank.TermFit:
		return w.say(key+apart(t.Raw), params{"n": max(t.Raw, -t.Raw)})
	case rank.TermReach:
		return w.reach(key, t)
	case rank.TermSlack:
		return w.say(key+"free", params{"free": t.Raw, "total": t.Of})
	case rank.TermGrade:
		if t.Raw > 0 {
			return w.say(key+"held", params{"grade": t.Raw})
		}
		return w.say(key+"none", nil)
	case rank.TermTrack:
		return w.say(key+"rated", params{"mean": fmt.Sprintf("%.1f", float64(t.Raw)*5/rank.Whole), "n": t.Of})
	case rank.TermPrice:
		return w.price(key, t)
	default:
		return fmt.Sprintf("%d / %d", t.Raw, t.Of)
	}
}

func apart(levels int64) string {
	switch {
	case levels == 0:
		return "same"
	case levels > 0:
		return "broader"
	default:
		return "narrower"
	}
}

func (w words) reach(key string, t rank.Term) string {
	const walkable = 60 // minutes; beyond that only the distance is said
	text := w.say(key+"far", params{"distance": w.metres(t.Raw)})
	switch {
	case t.Of <= 1:
		text = w.say(key+"here", nil)
	case t.Of <= walkable:
		text = w.say(key+"walk", params{"minutes": t.Of, "distance": w.metres(t.Raw)})
	}
	if t.Estimated {
		text += w.say(key+"estimated", nil)
	}
	return text
}

func (w words) price(key string, t rank.Term) string {
	under := t.Of - t.Raw
	if under < 0 {
		return w.say(key+"over", params{"price": yuan(t.Raw)})
	}
	return w.say(key+"under", params{"price": yuan(t.Raw), "share": fmt.Sprintf("%.0f%%", 100*float64(under)/float64(t.Of))})
}

func (w words) gateParams(g domain.Gate) params {
	p := params{"needed": g.Needed, "has": g.Has, "missing": g.Needed - g.Has, "items": strings.Join(g.Items, ", ")}
	switch g.Rule {
	case rank.RuleArea:
		p["needed"], p["has"], p["missing"] = w.metres(g.Needed), w.metres(g.Has), w.metres(g.Needed-g.Has)
	case rank.RulePrice:
		p["needed"], p["has"] = yuan(g.Needed), yuan(g.Has)
	case rank.RuleGrade:
		p["until"] = time.Unix(g.Has*86_400, 0).UTC().Format(time.DateOnly)
	}
	return p
}
