package httpapi_test

import (
	"encoding/json"
	"net/http"
	"os"
	"regexp"
	"strings"
	"testing"

	"linli/backend/domain/access"
	"linli/backend/domain/party"
	"linli/backend/httpapi"
	"linli/backend/testkit"
)

// gatekeeper tries every write operation of the router in every wrong way. A new route is in
// it the moment it is registered.
type gatekeeper struct {
	*testkit.Kit
	t       *testing.T
	people  map[access.Role]access.Actor
	specs   map[string]spec   // by operation id
	schemas map[string]schema // by name
	titles  map[string]map[string]string
}

// spec is what the OpenAPI description says of one operation.
type spec struct {
	OperationID string
	Parameters  []struct{ Name, In string }
	RequestBody struct {
		Content map[string]struct{ Schema schema }
	}
}

type schema struct {
	Ref        string `json:"$ref"`
	Type       any
	Required   []string
	Properties map[string]schema
	Items      *schema
	Enum       []any
	Format     string
	Minimum    float64
	MinLength  int
	MinItems   int
	Pattern    string

	ContentEncoding string
}

// sample is the smallest value that fits a schema.
func (g *gatekeeper) sample(name string, x schema) any {
	if ref := strings.TrimPrefix(x.Ref, "#/components/schemas/"); ref != "" {
		x = g.schemas[ref]
	}
	kind, _ := x.Type.(string)
	if kinds, ok := x.Type.([]any); ok {
		kind, _ = kinds[0].(string)
	}
	switch {
	case len(x.Enum) > 0:
		return x.Enum[0]
	case kind == "object":
		out := map[string]any{}
		for _, property := range x.Required {
			out[property] = g.sample(property, x.Properties[property])
		}
		return out
	case kind == "array":
		out := []any{}
		for range x.MinItems {
			out = append(out, g.sample(name, *x.Items))
		}
		return out
	case kind == "integer" || kind == "number":
		return x.Minimum
	case kind == "boolean":
		return true
	case x.Format == "date" || strings.HasSuffix(name, "On") || strings.HasSuffix(name, "Until"):
		return "2026-03-02"
	case x.Format == "date-time":
		return "2026-03-02T02:00:00Z"
	}
	if strings.Contains(x.Pattern, "{64}") {
		return strings.Repeat("0", 64)
	}
	if x.ContentEncoding == "base64" {
		return "eHh4"
	}
	return strings.Repeat("x", max(x.MinLength, 1))
}

func (x spec) header(name string) bool {
	for _, p := range x.Parameters {
		if p.In == "header" && p.Name == name {
			return true
		}
	}
	return false
}

func newGatekeeper(t *testing.T) *gatekeeper {
	t.Helper()
	g := &gatekeeper{Kit: testkit.New(t), t: t, people: map[access.Role]access.Actor{}, specs: map[string]spec{}, titles: map[string]map[string]string{}}
	home := g.Party(party.KindSite, "平台", g.World.City.ID)
	for _, r := range access.Roles {
		g.people[r] = g.As(r, home)
	}
	text, err := g.Server().OpenAPI()
	if err != nil {
		t.Fatal(err)
	}
	var all struct {
		Paths      map[string]map[string]spec
		Components struct{ Schemas map[string]schema }
	}
	if err := json.Unmarshal(text, &all); err != nil {
		t.Fatal(err)
	}
	g.schemas = all.Components.Schemas
	for _, path := range all.Paths {
		for _, x := range path {
			g.specs[x.OperationID] = x
		}
	}
	for _, language := range []string{"zh", "en"} {
		g.titles[language] = titlesOf(t, language)
	}
	return g
}

func titlesOf(t *testing.T, language string) map[string]string {
	t.Helper()
	out := map[string]string{}
	files, err := os.ReadDir("../../frontend/src/locales/" + language)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if !strings.HasPrefix(f.Name(), "problems.") {
			continue
		}
		text, err := os.ReadFile("../../frontend/src/locales/" + language + "/" + f.Name())
		if err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(text, &out); err != nil {
			t.Fatal(f.Name(), err)
		}
	}
	return out
}

// holder is somebody whose role holds a permission; outsider somebody whose role does not.
func (g *gatekeeper) holder(p access.Permission) (holder, outsider access.Actor) {
	for _, r := range access.Roles {
		if access.Holds(r, p) {
			holder = g.people[r]
		} else {
			outsider = g.people[r]
		}
	}
	return holder, outsider
}

var parameter = regexp.MustCompile(`\{[^}]+\}`)

// wrongTry is one wrong request and the codes that may answer it.
type wrongTry struct {
	name    string
	by      access.Actor
	body    string
	headers []string
	status  int
	code    string // a pattern
}

// refused sends an attempt and wants a problem in both languages and nothing written.
func (g *gatekeeper) refused(op httpapi.Op, a wrongTry) {
	g.t.Helper()
	name := op.Method + " " + op.Path + " " + a.name
	before := auditHead(g.Kit)
	path := strings.NewReplacer("{ceremony}", "opening", "{kind}", "need").Replace(op.Path)
	path = "/api/v1" + parameter.ReplaceAllString(path, "01890000-0000-7000-8000-000000000000")
	res, text := g.Call(a.by, op.Method, path, a.body, append([]string{"X-Linli-Request", "1"}, a.headers...)...)
	var p struct {
		Type, Title, Code, RequestID string
		Status                       int
	}
	if err := json.Unmarshal([]byte(text), &p); err != nil {
		g.t.Errorf("%s: %d %q is no problem", name, res.StatusCode, text)
		return
	}
	if res.StatusCode != a.status || p.Status != a.status || !regexp.MustCompile("^("+a.code+")$").MatchString(p.Code) {
		g.t.Errorf("%s: %d %s, want %d %s", name, res.StatusCode, text, a.status, a.code)
	}
	if res.Header.Get("Content-Type") != "application/problem+json" || p.Type != "/problems/"+p.Code || p.RequestID == "" {
		g.t.Errorf("%s: %s %s", name, res.Header.Get("Content-Type"), text)
	}
	for language, titles := range g.titles {
		if titles[p.Code] == "" {
			g.t.Errorf("%s: no %s title for %s", name, language, p.Code)
		}
	}
	if after := auditHead(g.Kit); after != before {
		g.t.Errorf("%s: refused and yet %d records were written", name, after-before)
	}
}

// attempts lists the wrong requests that an operation can be sent.
func (g *gatekeeper) attempts(op httpapi.Op) []wrongTry {
	x := g.specs[op.ID]
	headers := []string{"Idempotency-Key", g.Key(), "If-Match", `"1"`}
	who, outsider := g.holder(op.Permission)
	var out []wrongTry
	if op.Permission != access.Public {
		out = append(out, wrongTry{"without signing in", access.Actor{}, "{", headers, http.StatusUnauthorized, `access\.sign_in_required`})
		if !outsider.Anonymous() {
			out = append(out, wrongTry{"by another role", outsider, "{", headers, http.StatusForbidden, `access\.forbidden`})
		}
	}
	if x.header("Idempotency-Key") {
		long := []string{"Idempotency-Key", strings.Repeat("k", 129), "If-Match", `"1"`}
		out = append(out, wrongTry{"without a key", who, "{}", []string{"If-Match", `"1"`}, http.StatusBadRequest, `idempotency\.key_missing`},
			wrongTry{"with an endless key", who, "{}", long, http.StatusUnprocessableEntity, `request\.invalid`})
	}
	if x.header("If-Match") && !unversioned[op.ID] {
		out = append(out, wrongTry{"without a version", who, "{}", []string{"Idempotency-Key", g.Key()}, http.StatusBadRequest, `request\.version_missing`})
	}
	if body, ok := x.RequestBody.Content["application/json"]; ok {
		out = append(out, wrongTry{"malformed", who, `{"x":`, headers, http.StatusBadRequest, `request\.malformed`},
			wrongTry{"with an unknown field", who, `{"surprise":1}`, headers, http.StatusUnprocessableEntity, `request\.invalid`},
			wrongTry{"not an object", who, `[1]`, headers, http.StatusUnprocessableEntity, `request\.invalid`})
		if g.requires(body.Schema) {
			out = append(out, wrongTry{"empty", who, `{}`, headers, http.StatusUnprocessableEntity, `request\.invalid`})
		}
	}
	if strings.Contains(op.Path, "{") && !unasked[op.ID] {
		out = append(out, wrongTry{"on what is not there", who, g.valid(x), headers, http.StatusNotFound, `[a-z_]+\.(not_found|unknown)`})
	}
	return out
}

// valid is a body that fits the description of an operation, "" when it takes none.
func (g *gatekeeper) valid(x spec) string {
	body, ok := x.RequestBody.Content["application/json"]
	if !ok {
		return ""
	}
	text, err := json.Marshal(g.sample("", body.Schema))
	if err != nil {
		g.t.Fatal(err)
	}
	return string(text)
}

func (g *gatekeeper) requires(x schema) bool {
	return len(g.schemas[strings.TrimPrefix(x.Ref, "#/components/schemas/")].Required) > 0
}

// unversioned names operations whose first call has no version to send.
var unversioned = map[string]bool{"putScores": true}

// unasked names operations that answer something else first when their object is not there.
var unasked = map[string]bool{
	"offerPledge": true, // the terms must be complete before a fund is looked for
	"giveByCard":  true, // off by rule, whichever the fund
	"unfollow":    true, // following nothing is what was asked for
}

func TestWriteRoutes_RefuseWhatIsWrongAndWriteNothing(t *testing.T) {
	t.Parallel()
	g := newGatekeeper(t)
	tried, writes := 0, 0
	for _, op := range g.Server().Routes() {
		if op.Method == http.MethodGet {
			continue
		}
		writes++
		if g.specs[op.ID].OperationID == "" {
			t.Errorf("%s is not described", op.ID)
		}
		for _, a := range g.attempts(op) {
			g.refused(op, a)
			tried++
		}
	}
	if writes < 200 || tried < 8*writes {
		t.Errorf("%d attempts on %d operations: the router told less than it should", tried, writes)
	}
}
