package main

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"runtime"
	"runtime/debug"
	"runtime/pprof"
	"slices"
	"strings"
	"time"

	"linli/backend/app"
	"linli/backend/app/places"
	"linli/backend/boot"
	"linli/backend/config"
	"linli/backend/domain/community"
	"linli/backend/domain/need"
	"linli/backend/logging"
	"linli/backend/sheet"
)

type measureCmd struct {
	config.Store
	Runs      int    `default:"200" help:"How often each question is asked."`
	Divisions string `type:"existingfile" help:"Also time reading this list of divisions against what is stored (a dry run)." placeholder:"FILE"`
	Profile   string `help:"Write a CPU profile of the questions into this file." placeholder:"FILE"`
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
	Load      string   `json:"load"` // of the machine, 1, 5 and 15 minutes, when it was measured
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
	stop, err := profile(c.Profile)
	if err != nil {
		return err
	}
	defer stop()
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
	fmt.Printf("%s · load %s · %s · database %.0f MB · heap %.0f MB · process %.0f MB\n", r.Machine, r.Load, r.Database, r.SizeMB, r.HeapMB, r.ProcessMB)
	for _, f := range r.Figures {
		fmt.Printf("%-52s p50 %8.2f ms   p99 %8.2f ms   found %d\n", f.Name, f.P50ms, f.P99ms, f.Found)
	}
	return nil
}

// profile writes where the processor's time went, until stop is called; "" writes nothing.
func profile(path string) (stop func(), err error) {
	if path == "" {
		return func() {}, nil
	}
	f, err := os.Create(path) // #nosec G304 -- the operator names the file
	if err != nil {
		return nil, err
	}
	return func() { pprof.StopCPUProfile(); _ = f.Close() }, pprof.StartCPUProfile(f)
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
	for _, q := range slices.Concat(b.lists(), b.references()) {
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
		Machine: fmt.Sprintf("%d cores, %s, %s", runtime.NumCPU(), runtime.GOARCH, runtime.Version()), Load: load(),
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

// load is what else the machine does; "" where the system does not say.
func load() string {
	text, err := os.ReadFile("/proc/loadavg")
	if err != nil {
		return ""
	}
	return strings.Join(strings.Fields(string(text))[:3], " ")
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
