package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"

	"linli/backend/app/oversight"
	"linli/backend/boot"
	"linli/backend/config"
)

type verifyCmd struct {
	config.Store
	JSON bool `help:"Print JSON."`
}

// Run re-walks the audit chain and compares every audited object; it may run beside a server.
// Status 1 and the first break when anything is off.
func (c verifyCmd) Run(ctx context.Context) error {
	db, err := boot.OpenStore(ctx, c.Store, true)
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	report, err := oversight.Verify(ctx, db)
	if err != nil {
		return err
	}
	if c.JSON {
		enc := json.NewEncoder(os.Stdout)
		enc.SetIndent("", "  ")
		if err := enc.Encode(toReportView(report)); err != nil {
			return err
		}
	} else {
		printReport(report)
	}
	if !report.Whole {
		return errFound
	}
	return nil
}

type breakView struct {
	Check  string `json:"check"`
	Record int64  `json:"record,omitempty"`
	Kind   string `json:"kind,omitempty"`
	ID     string `json:"id,omitempty"`
	Detail string `json:"detail"`
}

type reportView struct {
	Whole      bool           `json:"whole"`
	Records    int64          `json:"records"`
	Head       string         `json:"head"`
	Root       string         `json:"root"`
	Objects    map[string]int `json:"objects"`
	Invariants int            `json:"invariants"`
	Breaks     []breakView    `json:"breaks"`
}

func toReportView(r oversight.Report) reportView {
	out := reportView{r.Whole, r.Records, r.Head, r.Root, r.Objects, r.Invariants, []breakView{}}
	for _, b := range r.Breaks {
		out.Breaks = append(out.Breaks, breakView{b.Check, b.Seq, b.Kind, b.ID, b.Detail})
	}
	return out
}

func printReport(r oversight.Report) {
	objects := 0
	for _, n := range r.Objects {
		objects += n
	}
	fmt.Printf("audit records   %d\nlast hash       %s\nMerkle root     %s\nobjects         %d of %d kinds\ninvariants      %d\n",
		r.Records, r.Head, r.Root, objects, len(r.Objects), r.Invariants)
	if b := r.First(); b != nil {
		fmt.Printf("BROKEN          %s: record %d, %s %s: %s\n", b.Check, b.Seq, b.Kind, b.ID, b.Detail)
		if len(r.Breaks) > 1 {
			fmt.Printf("                and %d more; --json lists them\n", len(r.Breaks)-1)
		}
		return
	}
	fmt.Println("whole           nothing was changed, added or removed")
}
