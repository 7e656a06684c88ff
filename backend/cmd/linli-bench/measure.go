package main

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"linli/backend/app"
	"linli/backend/app/places"
	"linli/backend/app/resources"
	"linli/backend/boot"
	"linli/backend/config"
	"linli/backend/domain/access"
	"linli/backend/domain/community"
	"linli/backend/domain/need"
	"linli/backend/domain/resource"
	"linli/backend/domain/taxonomy"
	"linli/backend/logging"
	"linli/backend/sheet"
)

type measureCmd struct {
	config.Store
	Runs      int    `default:"200" help:"How often each question is asked."`
	Divisions string `type:"existingfile" help:"Also time reading this list of divisions against what is stored (a dry run)." placeholder:"FILE"`
	JSON      bool   `help:"Print JSON."`
}

// figure is one measured question.
type figure struct {
	Name  string  `json:"name"`
	Runs  int     `json:"runs"`
	P50ms float64 `json:"p50Ms"`
	P99ms float64 `json:"p99Ms"`
	Found int     `json:"found"` // of the last run
}

type report struct {
	Machine   string   `json:"machine"`
	Database  string   `json:"database"`
	SizeMB    float64  `json:"databaseMB"`
	HeapMB    float64  `json:"heapMB"`
	ProcessMB float64  `json:"processMB"` // resident
	Figures   []figure `json:"figures"`
}

// bench asks questions of one system.
type bench struct {
	ctx         context.Context
	s           *boot.System
	runs        int
	random      *rand.Rand
	communities []community.Place
	needs       []need.Line
	figures     []figure
}

// Run measures and prints.
func (c measureCmd) Run(ctx context.Context) error {
	s, err := boot.Open(ctx, boot.Config{Store: c.Store}, logging.Discard())
	if err != nil {
		return err
	}
	defer func() { _ = s.Close() }()
	b := &bench{ctx: ctx, s: s, runs: c.Runs, random: rand.New(rand.NewPCG(1, 2))} // #nosec G404 -- which questions to ask
	if err := b.look(); err != nil {
		return err
	}
	if err := b.ask(); err != nil {
		return err
	}
	if c.Divisions != "" {
		if err := b.divisions(c.Divisions); err != nil {
			return err
		}
	}
	r, err := b.report()
	if err != nil {
		return err
	}
	if c.JSON {
		out := json.NewEncoder(os.Stdout)
		out.SetIndent("", "  ")
		return out.Encode(r)
	}
	fmt.Printf("%s · %s · database %.0f MB · heap %.0f MB · process %.0f MB\n", r.Machine, r.Database, r.SizeMB, r.HeapMB, r.ProcessMB)
	for _, f := range r.Figures {
		fmt.Printf("%-52s p50 %8.2f ms   p99 %8.2f ms   found %d\n", f.Name, f.P50ms, f.P99ms, f.Found)
	}
	return nil
}

func (b *bench) look() error {
	return b.s.App.Store.View(b.ctx, func(ctx context.Context, u *app.Unit) error {
		all, err := u.Places.All(ctx)
		if err != nil {
			return err
		}
		for _, p := range all {
			if p.Active && p.Level == community.LevelCommunity {
				b.communities = append(b.communities, p)
			}
		}
		b.needs, err = u.Needs.List(ctx, need.Query{Limit: 500})
		return err
	})
}

// ask runs every question.
func (b *bench) ask() error {
	var public access.Actor
	directory := func(f resources.Filter) (int, error) {
		f.Limit = 20
		p, err := b.s.Services.Resources.Directory(b.ctx, f)
		return len(p.Items), err
	}
	services := func(f resources.Filter) (int, error) {
		f.Limit = 20
		p, err := b.s.Services.Resources.Services(b.ctx, public, f)
		return len(p.Items), err
	}
	needs := func(q need.Query) (int, error) {
		q.Limit, q.Sort = 20, need.SortNewest
		p, err := b.s.Services.Needs.List(b.ctx, public, q)
		return len(p.Lines), err
	}
	at := func() community.Place { return b.communities[b.random.IntN(len(b.communities))] }
	roots := taxonomy.Roots()
	category := func() taxonomy.Code { return roots[b.random.IntN(len(roots))].Code }
	for _, q := range []struct {
		name string
		run  func() (int, error)
	}{
		{"places: search by name", func() (int, error) {
			p, err := b.s.Services.Places.Find(b.ctx, community.Query{Words: string([]rune(at().Name)[:2]), Limit: 20}, "")
			return len(p), err
		}},
		{"needs: newest 20", func() (int, error) { return needs(need.Query{}) }},
		{"needs: newest 20 of a category", func() (int, error) { return needs(need.Query{Categories: []string{string(category())}}) }},
		{"needs: newest 20 of a district", func() (int, error) { return needs(need.Query{PlacePath: upTo(at().Path, 2)}) }},
		{"needs: search, common word 电梯", func() (int, error) { return needs(need.Query{Words: "电梯"}) }},
		{"needs: search, two words 漏雨 东门", func() (int, error) { return needs(need.Query{Words: "漏雨 东门"}) }},
		{"needs: search, rare words (a community's name)", func() (int, error) { return needs(need.Query{Words: at().Name}) }},
		{"directory: newest 20", func() (int, error) { return directory(resources.Filter{}) }},
		{"directory: category, serving a community", func() (int, error) {
			return directory(resources.Filter{Query: resource.Query{Categories: taxonomy.Expand(category())}, ServesPlace: at().ID})
		}},
		{"directory: search 养老", func() (int, error) { return directory(resources.Filter{Query: resource.Query{Words: "养老"}}) }},
		{"services: category, free, serving a community", func() (int, error) {
			return services(resources.Filter{Query: resource.Query{Categories: taxonomy.Expand(category()), FreeIn: "*"}, ServesPlace: at().ID})
		}},
	} {
		if err := b.time(q.name, b.runs, q.run); err != nil {
			return err
		}
	}
	return b.rank()
}

// upTo cuts a path after so many places.
func upTo(path string, n int) string {
	parts := strings.Split(strings.Trim(path, "/"), "/")
	return "/" + strings.Join(parts[:min(n, len(parts))], "/") + "/"
}

func (b *bench) time(name string, runs int, run func() (int, error)) error {
	if _, err := run(); err != nil { // the first one warms caches
		return fmt.Errorf("%s: %w", name, err)
	}
	took := make([]time.Duration, runs)
	f := figure{Name: name, Runs: runs}
	for i := range took {
		start := time.Now()
		n, err := run()
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		took[i], f.Found = time.Since(start), n
	}
	slices.Sort(took)
	f.P50ms, f.P99ms = ms(took[len(took)/2]), ms(took[(len(took)*99)/100])
	b.figures = append(b.figures, f)
	return nil
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

// divisions times a dry run of a list against what is stored, reading of the file included.
func (b *bench) divisions(path string) error {
	const few = 5
	return b.time("divisions: read a list and compare it", few, func() (int, error) {
		f, err := os.Open(path) // #nosec G304 -- the operator names the file
		if err != nil {
			return 0, err
		}
		defer func() { _ = f.Close() }()
		t, err := sheet.Read(f)
		if err != nil {
			return 0, err
		}
		r, err := b.s.Services.Places.ImportHere(b.ctx, places.List{File: path, Table: t}, true)
		return r.Rows, err
	})
}

func (b *bench) report() (report, error) {
	debug.FreeOSMemory()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	r := report{
		Machine:  fmt.Sprintf("%d cores, %s, %s", runtime.NumCPU(), runtime.GOARCH, runtime.Version()),
		Database: "SQLite", HeapMB: float64(m.HeapAlloc) / (1 << 20), ProcessMB: resident(), Figures: b.figures,
	}
	read, _ := b.s.DB.Handles()
	size := "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()"
	if b.s.DB.Postgres() {
		r.Database, size = "PostgreSQL", "SELECT pg_database_size(current_database())"
	}
	var bytes int64
	err := read.QueryRowContext(b.ctx, size).Scan(&bytes)
	r.SizeMB = float64(bytes) / (1 << 20)
	return r, err
}

// resident reads how much memory the process holds, in megabytes; 0 where the system does
// not say.
func resident() float64 {
	text, err := os.ReadFile("/proc/self/statm")
	if err != nil {
		return 0
	}
	var size, pages float64
	if _, err := fmt.Sscan(string(text), &size, &pages); err != nil {
		return 0
	}
	return pages * float64(os.Getpagesize()) / (1 << 20)
}
