package main

import (
	"bytes"
	"context"
	"encoding/csv"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"

	"linli/backend/engine/certify"
	"linli/backend/engine/instance"
)

// solveCmd measures linli match plan as a person runs it: a process of its own for every run,
// its processor time and memory as the system counts them, every plan checked here. Where a
// peer is installed it solves the same file between the runs.
type solveCmd struct {
	Files   []string      `arg:"" type:"existingfile" help:"Instances: plan, gap or dimacs."`
	Linli   string        `required:"" type:"existingfile" help:"The command to measure." placeholder:"FILE"`
	Limit   time.Duration `default:"5s" help:"Time limit of a run."`
	Repeats int           `default:"1" help:"Runs of each instance; medians are printed."`
	Threads int           `default:"0" help:"Threads of a run; 0: one for each processor."`
	Seed    uint64        `default:"1" help:"Seed of the first run; each further run takes the next."`
	Peer    bool          `help:"Let dimacs-solver (LEMON) and cbc take turns where they are installed and the instance is theirs."`
	Best    string        `type:"existingfile" help:"Table of best known values: the name of the instance first, then a column best_value, best_known_value or optimum." placeholder:"FILE"`
}

// run is what one process did.
type run struct {
	result    *instance.Result
	objective string // of a peer, in its words
	cpu, wall float64
	megabytes float64
}

// Run measures every instance and prints a line for each.
func (c solveCmd) Run(ctx context.Context) error {
	best, err := bestKnown(c.Best)
	if err != nil {
		return err
	}
	fmt.Printf("%-28s %10s %12s %12s %10s %8s %8s %8s %7s %7s %6s\n",
		"instance", "limit", "objective", "bound", "gap %", "first s", "wall s", "cpu s", "MB", "load", "runs")
	failed := 0
	for _, file := range c.Files {
		if err := c.instance(ctx, file, best); err != nil {
			failed++
			fmt.Printf("%-28s failed: %v\n", filepath.Base(file), err)
		}
	}
	if failed > 0 {
		return fmt.Errorf("%d of %d instances failed", failed, len(c.Files))
	}
	return nil
}

func (c solveCmd) instance(ctx context.Context, file string, best map[string]int64) error {
	p, err := instance.ReadFile(file, "")
	if err != nil {
		return err
	}
	var runs, peers []run
	var peer []string
	if c.Peer {
		if peer, err = peerOf(p, file, c.Limit); err != nil {
			return err
		}
	}
	for n := range c.Repeats {
		r, err := c.once(ctx, p, file, c.Seed+uint64(n))
		if err != nil {
			return err
		}
		runs = append(runs, r)
		if peer != nil {
			r, err := measured(ctx, peer[0], peer[1:]...)
			if err != nil {
				return err
			}
			peers = append(peers, r.run)
		}
	}
	c.print(filepath.Base(file), runs, best)
	if peer != nil {
		fmt.Printf("  %-26s %10s %12s %12s %10s %8s %8.2f %8.2f %7.0f\n", "peer "+filepath.Base(peer[0]), "", peers[0].objective, "", "", "",
			median(peers, func(r run) float64 { return r.wall }), median(peers, func(r run) float64 { return r.cpu }), most(peers))
	}
	return nil
}

// once plans in a process of its own and checks the plan here.
func (c solveCmd) once(ctx context.Context, p *instance.Problem, file string, seed uint64) (run, error) {
	m, err := measured(ctx, c.Linli, "match", "plan", "--json", "--instance", file, "--time-limit", c.Limit.String(),
		"--threads", strconv.Itoa(c.Threads), "--seed", strconv.FormatUint(seed, 10))
	if err != nil {
		return run{}, err
	}
	if m.result, err = instance.ReadResult(bytes.NewReader(m.out), "linli"); err != nil {
		return run{}, err
	}
	return m.run, certify.Check(p, m.result)
}

func (c solveCmd) print(name string, runs []run, best map[string]int64) {
	busy, _, _ := strings.Cut(load(), " ")
	of := func(f func(run) float64) float64 { return median(runs, f) }
	fmt.Printf("%-28s %10s %12.0f %12.0f %10.4f %8.2f %8.2f %8.2f %7.0f %7s %6d", name, c.Limit,
		of(func(r run) float64 { return float64(r.result.Objective) }), of(func(r run) float64 { return float64(r.result.Bound) }),
		of(func(r run) float64 { return 100 * r.result.Gap }), of(func(r run) float64 { return r.result.Seconds.First }),
		of(func(r run) float64 { return r.wall }), of(func(r run) float64 { return r.cpu }), most(runs), busy, len(runs))
	b, ok := best[name]
	if !ok {
		b, ok = best[strings.TrimSuffix(strings.TrimSuffix(name, ".txt"), ".min")]
	}
	if ok {
		fmt.Printf("  %+.4f %% of the best known %d", 100*(of(func(r run) float64 { return float64(r.result.Objective) })-float64(b))/float64(b), b)
	}
	fmt.Println()
}

type measurement struct {
	run
	out []byte
}

// measured runs a command to its end.
func measured(ctx context.Context, name string, args ...string) (m measurement, err error) {
	cmd := exec.CommandContext(ctx, name, args...) // #nosec G204 -- the operator names what is measured
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	start := time.Now()
	if err = cmd.Run(); err != nil {
		return m, fmt.Errorf("%s: %w: %s", name, err, lastLine(errs.String()))
	}
	m.wall, m.out = time.Since(start).Seconds(), out.Bytes()
	m.cpu = (cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()).Seconds()
	if u, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage); ok {
		m.megabytes = float64(u.Maxrss) / 1024
	}
	m.objective = peerObjective(out.String() + errs.String())
	return m, nil
}

func lastLine(text string) string {
	lines := strings.Split(strings.TrimSpace(text), "\n")
	return lines[len(lines)-1]
}

func median(runs []run, of func(run) float64) float64 {
	values := make([]float64, len(runs))
	for k, r := range runs {
		values[k] = of(r)
	}
	slices.Sort(values)
	return values[len(values)/2]
}

func most(runs []run) (m float64) {
	for _, r := range runs {
		m = max(m, r.megabytes)
	}
	return m
}

// bestKnown reads a table of best known values by instance.
func bestKnown(file string) (map[string]int64, error) {
	if file == "" {
		return nil, nil
	}
	f, err := os.Open(file) // #nosec G304 -- the operator names the file
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	column := slices.IndexFunc(rows[0], func(h string) bool { return h == "best_value" || h == "best_known_value" || h == "optimum" })
	if column < 0 {
		return nil, fmt.Errorf("%s: no column best_value, best_known_value or optimum", file)
	}
	out := map[string]int64{}
	for _, row := range rows[1:] {
		if out[row[0]], err = strconv.ParseInt(row[column], 10, 64); err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
	}
	return out, nil
}
