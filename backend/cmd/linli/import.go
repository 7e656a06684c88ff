package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"

	"linli/backend/app/exchange"
	"linli/backend/app/places"
	"linli/backend/boot"
	"linli/backend/config"
	"linli/backend/domain/fault"
	"linli/backend/domain/table"
	"linli/backend/logging"
	"linli/backend/sheet"
)

// importCmd groups what takes lists in. Each reads CSV or XLSX, tells every bad row with line,
// column and reason, and exits 1 when it refused something.
type importCmd struct {
	Divisions     importDivisionsCmd     `cmd:"" help:"Apply an official list of divisions: city, districts, streets and towns, communities."`
	Organizations importOrganizationsCmd `cmd:"" help:"Take in organisations and the services they offer."`
	Needs         importNeedsCmd         `cmd:"" help:"Take in needs that were gathered elsewhere."`
}

type importDivisionsCmd struct {
	config.Store
	File          string `arg:"" type:"existingfile" help:"The list, CSV or XLSX: code, name, level, parent, and if known urban_rural, lng_gcj02, lat_gcj02 (or lng, lat in WGS-84)."`
	EffectiveFrom string `help:"The day since when the list holds, 2021-01-01. Unless told, a first list holds from the beginning and a later one from today." placeholder:"DAY"`
	Crosswalk     string `type:"existingfile" help:"What became of what, officially: from_code, to_code, relation (same, merged, split)." placeholder:"FILE"`
	SkipBadRows   bool   `help:"Apply the good rows of a list with bad ones; nothing is ended then."`
	DryRun        bool   `help:"Tell what the list would change; change nothing."`
	JSON          bool   `help:"Print JSON."`
}

// Run applies the list and prints what it did.
func (c importDivisionsCmd) Run(ctx context.Context) error {
	content, sum, err := readSheet(c.File)
	if err != nil {
		return err
	}
	l := places.List{File: filepath.Base(c.File), SHA256: sum, Table: content, From: c.EffectiveFrom, SkipBad: c.SkipBadRows}
	if c.Crosswalk != "" {
		if l.Crosswalk, _, err = readSheet(c.Crosswalk); err != nil {
			return err
		}
	}
	s, err := boot.Open(ctx, boot.Config{Store: c.Store}, logging.Discard())
	if err != nil {
		return err
	}
	defer func() { _ = s.Close() }()
	report, err := s.Services.Places.ImportHere(ctx, l, c.DryRun)
	if err != nil && !fault.Is(err, "places.list_refused") {
		return err
	}
	if c.JSON {
		if err := printJSON(report); err != nil {
			return err
		}
	} else {
		printIssues(report.Issues)
		printDivisions(report, c.DryRun)
	}
	if table.Fatal(report.Issues) {
		return errFound
	}
	return nil
}

// listFlags are what both lists of records take.
type listFlags struct {
	config.Store
	File   string `arg:"" type:"existingfile" help:"The list, CSV or XLSX, with the columns of the template."`
	DryRun bool   `help:"Report what the file would do; change nothing."`
	JSON   bool   `help:"Print JSON."`
}

type importOrganizationsCmd struct{ listFlags }

// Run takes in organisations.
func (c importOrganizationsCmd) Run(ctx context.Context) error {
	return c.take(ctx, func(s *boot.System, in exchange.Importing) (exchange.Outcome, error) {
		return s.Services.Resources.ImportOrganizationsHere(ctx, in)
	})
}

type importNeedsCmd struct{ listFlags }

// Run takes in needs.
func (c importNeedsCmd) Run(ctx context.Context) error {
	return c.take(ctx, func(s *boot.System, in exchange.Importing) (exchange.Outcome, error) {
		return s.Services.Needs.ImportNeedsHere(ctx, in)
	})
}

func (c listFlags) take(ctx context.Context, run func(*boot.System, exchange.Importing) (exchange.Outcome, error)) error {
	content, sum, err := readSheet(c.File)
	if err != nil {
		return err
	}
	s, err := boot.Open(ctx, boot.Config{Store: c.Store}, logging.Discard())
	if err != nil {
		return err
	}
	defer func() { _ = s.Close() }()
	out, err := run(s, exchange.Importing{Table: content, SHA256: sum, DryRun: c.DryRun})
	if err != nil {
		return err
	}
	if c.JSON {
		err = printJSON(out)
	} else {
		printIssues(out.Issues)
		word := "took"
		if c.DryRun {
			word = "would take"
		}
		fmt.Printf("%s %d rows · %d created, %d updated, %d unchanged, %d refused\n", word, out.Rows, out.Created, out.Updated, out.Unchanged, out.Refused)
	}
	if err == nil && out.Refused > 0 {
		return errFound
	}
	return err
}

func printDivisions(r places.Report, dry bool) {
	did := "applied"
	switch {
	case dry:
		did = "would apply"
	case table.Fatal(r.Issues) && r.ImportID == "":
		did = "refused"
	case r.ImportID == "":
		did = "in force already"
	}
	fmt.Printf("%s: %d rows · %d added, %d renamed, %d new codes, %d moved, %d corrected, %d unchanged\n",
		did, r.Rows, r.Added, r.Renamed, r.Recoded, r.Moved, r.Corrected, r.Unchanged)
	if r.Merged+r.Waiting+r.Splits+r.Ignored > 0 {
		fmt.Printf("%d merged (%d records followed), %d wait for a person (%d records there), %d split, %d crosswalk lines ignored\n",
			r.Merged, r.Rehomed, r.Waiting, r.Attached, r.Splits, r.Ignored)
	}
}

// readSheet reads a file of the command line.
func readSheet(path string) (table.Table, string, error) {
	data, err := os.ReadFile(path) // #nosec G304 -- the operator names the file
	if err != nil {
		return table.Table{}, "", err
	}
	sum := sha256.Sum256(data)
	t, err := sheet.Read(bytes.NewReader(data))
	if err != nil {
		return t, "", fmt.Errorf("%s: %w", path, err)
	}
	return t, hex.EncodeToString(sum[:]), nil
}

func printIssues(issues []table.Issue) {
	for _, i := range issues {
		word := "error"
		if i.Warning {
			word = "warning"
		}
		fmt.Fprintf(os.Stderr, "line %d, column %s: %s (%s): %s %q\n", i.Line, i.Column, word, i.Code, i.Message, i.Value)
	}
}

func printJSON(v any) error {
	out := json.NewEncoder(os.Stdout)
	out.SetIndent("", "  ")
	return out.Encode(v)
}
