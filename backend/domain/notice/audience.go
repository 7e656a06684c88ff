package notice

import (
	"slices"
	"strings"

	"linli/backend/domain/event"
	"linli/backend/domain/ident"
)

// What may be told to people who merely follow or live nearby: only what everyone may read
// anyway. An object or verb that is not listed is told to nobody but those it concerns.
var public = map[string][]string{
	"need":       nil, // every verb
	"project":    {"budget", "plan", "sourcing_started", "source", "contract", "delivery_started", "start", "accept", "evaluate", "archive", "suspend", "resume", "terminate"},
	"tender":     {"intend", "publish", "open", "clarify", "close", "announce", "fail", "cancel", "suspend", "resume_open", "resume_evaluation", "resume_candidates", "complete"},
	"award":      {"announce"},
	"contract":   {"publish", "complete", "suspend", "resume", "terminate", "rescind", "close"},
	"milestone":  {"accept", "accept_partly", "acceptance_published", "reject", "settle", "deem"},
	"acceptance": {"publish"},
	"payment":    {"confirm_paid", "pay"},
	"fund":       nil,
	"donation":   {"receive", "confirm"},
	"pledge":     {"fulfil"},
	"grant":      {"publicise", "grant", "report", "close"},
}

// Public tells whether an event is about something everyone may read.
func Public(kind string) bool {
	object, verb, _ := strings.Cut(kind, ".")
	list, ok := public[object]
	return ok && (list == nil || slices.Contains(list, Base(verb)))
}

// quiet verbs change nothing that anybody waits for: a hundred neighbours who support one
// need are not told of each other, and nobody is told that a draft was saved.
var quiet = []string{"support", "evidence_attached", "amend", "unsupport", "save", "change", "record", "draw_up", "drafting_started", "import"}

// Quiet tells whether an event is told to nobody but the people it names.
func Quiet(kind string) bool {
	_, verb, _ := strings.Cut(kind, ".")
	return slices.Contains(quiet, Base(verb))
}

// secret objects are told only to people and parties that the event itself names: who bids,
// who scores and what they said is not for the other people on the project.
var secret = []string{"bid", "envelope", "scoresheet", "committee", "evaluation", "session", "password", "person", "membership", "invitation", "pledge", "card_donation", "card_message"}

// Secret tells whether an event is told to nobody but whom it names.
func Secret(kind string) bool {
	object, _, _ := strings.Cut(kind, ".")
	return slices.Contains(secret, object)
}

// NamedPersons are the people an event names: Data "toPersons", "personId", "authorId"; ids
// separated by commas.
func NamedPersons(e event.Event) []ident.PersonID {
	var out []ident.PersonID
	for _, id := range named(e, "toPersons", "personId", "authorId") {
		out = append(out, ident.PersonID(id))
	}
	return out
}

// NamedParties are the bodies an event addresses: Data "toParties", "supplierId",
// "buyerId", "donorId".
func NamedParties(e event.Event) []ident.PartyID {
	var out []ident.PartyID
	for _, id := range named(e, "toParties", "supplierId", "buyerId", "donorId") {
		out = append(out, ident.PartyID(id))
	}
	return out
}

func named(e event.Event, keys ...string) []string {
	var out []string
	for _, k := range keys {
		for _, id := range strings.Split(e.Data[k], ",") {
			if id = strings.TrimSpace(id); id != "" && !slices.Contains(out, id) {
				out = append(out, id)
			}
		}
	}
	return out
}

// Targets are the objects whose followers an event reaches.
func Targets(e event.Event) []Target {
	var out []Target
	add := func(kind, id string) {
		t := Target{kind, id}
		if id != "" && slices.Contains(Followable, kind) && !slices.Contains(out, t) {
			out = append(out, t)
		}
	}
	add(e.ObjectKind, e.ObjectID)
	add("need", string(e.NeedID))
	add("project", string(e.ProjectID))
	add("fund", e.Data["fundId"])
	add("place", string(e.PlaceID))
	return out
}

// Link is where the reader of an event goes: the public page of the nearest object that
// has one, the account page for what concerns sign-in.
func Link(e event.Event) string {
	if to := e.Data["link"]; strings.HasPrefix(to, "/") && !strings.HasPrefix(to, "//") {
		return to
	}
	if path := linkTo(e.ObjectKind, e.ObjectID); path != "" {
		return path
	}
	switch {
	case e.Data["tenderId"] != "":
		return "/tenders/" + e.Data["tenderId"]
	case e.Data["contractId"] != "":
		return "/contracts/" + e.Data["contractId"]
	case e.Data["fundId"] != "":
		return "/funds/" + e.Data["fundId"]
	case e.NeedID != "":
		return "/needs/" + string(e.NeedID)
	case e.ProjectID != "":
		return "/projects/" + string(e.ProjectID)
	}
	return "/work"
}

func linkTo(kind, id string) string {
	if id == "" {
		return ""
	}
	switch kind {
	case "need":
		return "/needs/" + id
	case "project":
		return "/projects/" + id
	case "tender":
		return "/tenders/" + id
	case "contract":
		return "/contracts/" + id
	case "fund":
		return "/funds/" + id
	case "payment":
		return "/work/payments/" + id
	case "challenge":
		return "/work/challenges/" + id
	case "voice":
		return "/work/voices/" + id
	case "session", "person", "password", "membership":
		return "/work/account"
	default:
		return ""
	}
}
