// Package archtest keeps the rules of the code that only live in prose otherwise.
package archtest

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"sort"
	"strconv"
	"strings"
	"testing"

	"linli/backend/app"
	"linli/backend/domain/access"
)

// Sizes that keep a reader's head clear (style guide: aim far lower).
const (
	maxFileLines     = 500
	maxFunctionLines = 60
)

type source struct {
	path  string // slash path from the module root
	dir   string // package folder below backend/
	test  bool
	file  *ast.File
	fset  *token.FileSet
	lines int
}

func root(t *testing.T) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
		up := filepath.Dir(dir)
		if up == dir {
			t.Fatal("no go.mod above")
		}
		dir = up
	}
}

func sources(t *testing.T) []source {
	t.Helper()
	top := root(t)
	var out []source
	fset := token.NewFileSet()
	err := filepath.WalkDir(filepath.Join(top, "backend"), func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || !strings.HasSuffix(path, ".go") {
			return err
		}
		f, err := parser.ParseFile(fset, path, nil, parser.ParseComments)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(top, path)
		if err != nil {
			return err
		}
		rel = filepath.ToSlash(rel)
		out = append(out, source{
			path: rel, dir: strings.TrimPrefix(filepath.ToSlash(filepath.Dir(rel)), "backend/"),
			test: strings.HasSuffix(rel, "_test.go"), file: f, fset: fset, lines: fset.File(f.Pos()).LineCount(),
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// layers: what may not be imported from where. "ours" are packages below linli/backend.
func forbidden(dir, imported string) string {
	ours, isOurs := strings.CutPrefix(imported, "linli/backend/")
	switch {
	case strings.HasPrefix(dir, "engine/"):
		if isOurs && !strings.HasPrefix(ours, "engine/") {
			return "engines take numbers in and give numbers out; they import nothing of ours"
		}
		if dir == "engine/certify" && isOurs && ours != "engine/instance" {
			return "the checker shares the reading of files with the solvers and nothing else"
		}
		if ours == "engine/certify" {
			return "a solver does not compute with what judges it"
		}
	case strings.HasPrefix(dir, "domain/"):
		if isOurs && !strings.HasPrefix(ours, "domain/") && !strings.HasPrefix(ours, "engine/") {
			return "the domain knows the business and nothing else"
		}
		if strings.Contains(imported, "uptrace/bun") || strings.Contains(imported, "gofiber") || imported == "database/sql" || imported == "net/http" {
			return "the domain knows no SQL and no HTTP"
		}
	case strings.HasPrefix(dir, "app"):
		for _, adapter := range []string{"sqlstore", "httpapi", "jobs", "boot", "stripegw"} {
			if ours == adapter || strings.HasPrefix(ours, adapter+"/") {
				return "use cases know ports, not adapters"
			}
		}
	}
	return ownedElsewhere(dir, imported)
}

// ownedElsewhere: each library belongs to one adapter.
func ownedElsewhere(dir, imported string) string {
	owners := map[string][]string{
		"github.com/uptrace/bun":              {"sqlstore"},
		"github.com/gofiber/fiber":            {"httpapi"},
		"github.com/danielgtaylor/huma":       {"httpapi"},
		"github.com/stripe/stripe-go":         {"stripegw"},
		"github.com/golang-jwt/jwt":           {"token"},
		"github.com/riverqueue/river":         {"jobs"},
		"github.com/xuri/excelize":            {"sheet"},
		"filippo.io/age":                      {"seal"},
		"github.com/cloudflare/circl":         {"seal"},
		"github.com/wneessen/go-mail":         {"mail"},
		"github.com/prometheus/client_golang": {"httpapi"},
	}
	for lib, dirs := range owners {
		if imported != lib && !strings.HasPrefix(imported, lib+"/") {
			continue
		}
		for _, d := range dirs {
			if dir == d || strings.HasPrefix(dir, d+"/") {
				return ""
			}
		}
		return "only " + strings.Join(dirs, ", ") + " imports " + lib
	}
	return ""
}

func TestImports_GoOneWay(t *testing.T) {
	t.Parallel()
	for _, s := range sources(t) {
		if s.test || strings.HasPrefix(s.dir, "testkit") {
			continue
		}
		for _, i := range s.file.Imports {
			path, err := strconv.Unquote(i.Path.Value)
			if err != nil {
				t.Fatal(err)
			}
			if why := forbidden(s.dir, path); why != "" {
				t.Errorf("%s imports %s: %s", s.path, path, why)
			}
		}
	}
}

// aggregates may share words, not each other.
func TestDomain_AggregatesDoNotImportEachOther(t *testing.T) {
	t.Parallel()
	aggregates := map[string]bool{}
	for _, a := range strings.Fields("party community resource need project matching tender bid evaluation contract payment ledger fund challenge notice file") {
		aggregates[a] = true
	}
	for _, s := range sources(t) {
		own, ok := strings.CutPrefix(s.dir, "domain/")
		if !ok || s.test || !aggregates[own] {
			continue
		}
		for _, i := range s.file.Imports {
			other := strings.TrimPrefix(strings.Trim(i.Path.Value, `"`), "linli/backend/domain/")
			if other != own && aggregates[other] {
				t.Errorf("%s imports the aggregate %s", s.path, other)
			}
		}
	}
}

func TestSizes_FilesAndFunctionsFitAHead(t *testing.T) {
	t.Parallel()
	for _, s := range sources(t) {
		if s.test {
			continue
		}
		if s.lines > maxFileLines {
			t.Errorf("%s has %d lines, more than %d", s.path, s.lines, maxFileLines)
		}
		for _, d := range s.file.Decls {
			fn, ok := d.(*ast.FuncDecl)
			if !ok || fn.Body == nil {
				continue
			}
			n := s.fset.Position(fn.End()).Line - s.fset.Position(fn.Pos()).Line + 1
			if n > maxFunctionLines {
				t.Errorf("%s: %s has %d lines, more than %d", s.path, fn.Name.Name, n, maxFunctionLines)
			}
		}
	}
}

func TestDocs_ExportedNamesAreExplained(t *testing.T) {
	t.Parallel()
	for _, s := range sources(t) {
		if s.test || strings.HasPrefix(s.dir, "cmd/") {
			continue
		}
		for _, d := range s.file.Decls {
			switch x := d.(type) {
			case *ast.FuncDecl:
				if x.Name.IsExported() && x.Doc == nil && exportedReceiver(x) {
					t.Errorf("%s: %s has no comment", s.path, x.Name.Name)
				}
			case *ast.GenDecl:
				for _, spec := range x.Specs {
					if ts, ok := spec.(*ast.TypeSpec); ok && ts.Name.IsExported() && ts.Doc == nil && x.Doc == nil && ts.Comment == nil {
						t.Errorf("%s: type %s has no comment", s.path, ts.Name.Name)
					}
				}
			}
		}
	}
}

// exportedReceiver: methods of unexported types are documented by the interface they meet.
func exportedReceiver(fn *ast.FuncDecl) bool {
	if fn.Recv == nil {
		return true
	}
	typ := fn.Recv.List[0].Type
	if star, ok := typ.(*ast.StarExpr); ok {
		typ = star.X
	}
	id, ok := typ.(*ast.Ident)
	if !ok || !id.IsExported() {
		return false
	}
	// fmt.Stringer, error and encoders say what they do by their name.
	switch fn.Name.Name {
	case "Error", "String", "MarshalText", "UnmarshalText", "MarshalJSON", "UnmarshalJSON", "Unwrap":
		return false
	}
	return true
}

// The machine's time is asked for where it enters the system, never where something is
// decided. Measuring how long an answer took is not deciding.
func TestTime_IsAskedForAtTheEdgeOnly(t *testing.T) {
	t.Parallel()
	allowed := map[string]bool{
		"backend/sqlstore/clock.go": true, "backend/httpapi/middleware.go": true,
	}
	for _, s := range sources(t) {
		if s.test || allowed[s.path] || strings.HasPrefix(s.dir, "cmd/") || strings.HasPrefix(s.dir, "engine/") || strings.HasPrefix(s.dir, "testkit") {
			continue
		}
		ast.Inspect(s.file, func(n ast.Node) bool {
			if sel, ok := n.(*ast.SelectorExpr); ok {
				if id, ok := sel.X.(*ast.Ident); ok && id.Name == "time" && (sel.Sel.Name == "Now" || sel.Sel.Name == "Since" || sel.Sel.Name == "Sleep") {
					t.Errorf("%s:%d calls time.%s", s.path, s.fset.Position(sel.Pos()).Line, sel.Sel.Name)
				}
			}
			return true
		})
	}
}

var code = regexp.MustCompile(`^[a-z_]+\.[a-z0-9_.]+$`)

// faultCodes collects the literal codes of every fault that is made.
func faultCodes(t *testing.T) map[string]string {
	t.Helper()
	out := map[string]string{}
	for _, s := range sources(t) {
		if s.test {
			continue
		}
		ast.Inspect(s.file, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			sel, ok := call.Fun.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			if id, ok := sel.X.(*ast.Ident); !ok || id.Name != "fault" || sel.Sel.Name == "Is" {
				return true
			}
			for _, a := range call.Args {
				lit, ok := a.(*ast.BasicLit)
				if !ok || lit.Kind != token.STRING {
					continue
				}
				if v, err := strconv.Unquote(lit.Value); err == nil && code.MatchString(v) {
					out[v] = s.path
				}
				break
			}
			return true
		})
	}
	for _, m := range app.Lifecycles() {
		out[m.Name+".transition_refused"], out[m.Name+".reason_required"] = "lifecycle "+m.Name, "lifecycle "+m.Name
	}
	return out
}

func TestFaults_EveryCodeHasATitleInBothLanguages(t *testing.T) {
	t.Parallel()
	for _, lang := range []string{"zh", "en"} {
		titles := map[string]string{}
		for _, f := range localeFiles(t, lang) {
			if strings.HasPrefix(filepath.Base(f), "problems.") {
				for k, v := range flat(t, f) {
					titles[k] = v
				}
			}
		}
		for c, where := range faultCodes(t) {
			if strings.TrimSpace(titles[c]) == "" {
				t.Errorf("%s (%s) has no title in %s", c, where, lang)
			}
		}
	}
}

func localeFiles(t *testing.T, lang string) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(root(t), "frontend/src/locales", lang, "*.json"))
	if err != nil || len(files) == 0 {
		t.Fatal("no locale files", err)
	}
	return files
}

func flat(t *testing.T, file string) map[string]string {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var tree map[string]any
	if err := json.Unmarshal(text, &tree); err != nil {
		t.Fatal(file, err)
	}
	out := map[string]string{}
	var walk func(prefix string, node any)
	walk = func(prefix string, node any) {
		switch x := node.(type) {
		case string:
			out[prefix] = x
		case map[string]any:
			for k, v := range x {
				key := k
				if prefix != "" {
					key = prefix + "." + k
				}
				walk(key, v)
			}
		}
	}
	walk("", tree)
	return out
}

var placeholder = regexp.MustCompile(`\{\{\s*(\w+)`)

func TestLocales_BothLanguagesHaveTheSameKeysAndPlaceholders(t *testing.T) {
	t.Parallel()
	for _, zh := range localeFiles(t, "zh") {
		en := strings.Replace(zh, "/zh/", "/en/", 1)
		if _, err := os.Stat(en); err != nil {
			t.Errorf("%s has no English twin", filepath.Base(zh))
			continue
		}
		a, b := flat(t, zh), flat(t, en)
		for k, v := range a {
			other, ok := b[k]
			if !ok && !plural(k, b) {
				t.Errorf("%s: %s is missing in English", filepath.Base(zh), k)
			} else if ok && slots(v) != slots(other) {
				t.Errorf("%s: %s has other placeholders in English", filepath.Base(zh), k)
			}
		}
		for k := range b {
			if _, ok := a[k]; !ok && !plural(k, a) {
				t.Errorf("%s: %s is missing in Chinese", filepath.Base(zh), k)
			}
		}
	}
}

// plural: English has _one and _other where Chinese has only _other.
func plural(key string, other map[string]string) bool {
	for _, suffix := range []string{"_one", "_other"} {
		if base, ok := strings.CutSuffix(key, suffix); ok {
			_, a := other[base]
			_, b := other[base+"_other"]
			return a || b
		}
	}
	_, ok := other[key+"_other"]
	return ok
}

func slots(text string) string {
	var names []string
	for _, m := range placeholder.FindAllStringSubmatch(text, -1) {
		names = append(names, m[1])
	}
	sort.Strings(names)
	return strings.Join(names, ",")
}

func TestLifecycles_AreWholeAndReachable(t *testing.T) {
	t.Parallel()
	for _, m := range app.Lifecycles() {
		if !m.Has(m.Initial) {
			t.Errorf("%s: initial state %s is unknown", m.Name, m.Initial)
		}
		reached, left := map[string]bool{m.Initial: true}, map[string]bool{}
		for changed := true; changed; {
			changed = false
			for _, r := range m.Rows {
				if reached[r.From] && !reached[r.To] {
					reached[r.To], changed = true, true
				}
			}
		}
		for _, r := range m.Rows {
			left[r.From] = true
			if !m.Has(r.From) || !m.Has(r.To) {
				t.Errorf("%s: %s from %s to %s names an unknown state", m.Name, r.Action, r.From, r.To)
			}
			if !access.Known(r.Permission) {
				t.Errorf("%s: %s wants the unknown permission %s", m.Name, r.Action, r.Permission)
			}
		}
		for _, s := range m.States {
			if !reached[s.Code] {
				t.Errorf("%s: %s cannot be reached", m.Name, s.Code)
			}
			if s.Final == left[s.Code] {
				t.Errorf("%s: %s final=%v but left=%v", m.Name, s.Code, s.Final, left[s.Code])
			}
			if s.ZH == "" || s.EN == "" {
				t.Errorf("%s: %s has no name in one language", m.Name, s.Code)
			}
		}
	}
}

// Every state is tried with every action: what the table does not allow is refused.
func TestLifecycles_EveryStateTimesEveryAction(t *testing.T) {
	t.Parallel()
	for _, m := range app.Lifecycles() {
		allowed := map[[2]string]bool{}
		for _, r := range m.Rows {
			if allowed[[2]string{r.From, r.Action}] {
				t.Errorf("%s: %s stands twice for %s", m.Name, r.Action, r.From)
			}
			allowed[[2]string{r.From, r.Action}] = true
		}
		for _, s := range m.States {
			for _, a := range m.Verbs() {
				_, err := m.Fire(s.Code, a, "because")
				if (err == nil) != allowed[[2]string{s.Code, a}] {
					t.Errorf("%s: %s in %s gave %v", m.Name, a, s.Code, err)
				}
			}
		}
	}
}

var unfinished = regexp.MustCompile(`\b(TODO|FIXME|XXX)\b`)

func TestCode_NothingIsMarkedUnfinished(t *testing.T) {
	t.Parallel()
	for _, s := range sources(t) {
		if strings.HasPrefix(s.dir, "archtest") {
			continue
		}
		for _, g := range s.file.Comments {
			if unfinished.MatchString(g.Text()) {
				t.Errorf("%s:%d is marked unfinished", s.path, s.fset.Position(g.Pos()).Line)
			}
		}
	}
}
