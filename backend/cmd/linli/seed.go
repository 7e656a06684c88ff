package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"text/tabwriter"
	"time"

	"linli/backend/app/accounts"
	"linli/backend/boot"
	"linli/backend/config"
	"linli/backend/demo"
	"linli/backend/domain/fault"
	"linli/backend/logging"
	"linli/backend/sqlstore"
)

// storySeed makes every demonstration the same city.
const storySeed = 20260105

type seedCmd struct {
	config.Store
	config.Site
	IfEmpty bool `help:"Do nothing when the installation has records already; only print the accounts."`
	JSON    bool `help:"Print the accounts as JSON."`
}

// Run tells the demonstration's story on an empty installation and prints its accounts.
func (c seedCmd) Run(ctx context.Context) error {
	if !c.Demonstration {
		return fault.Invalid("demo.only", "seed builds a demonstration: set LINLI_DEMONSTRATION=true")
	}
	if err := c.Site.Check(); err != nil {
		return err
	}
	s, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = s.Close() }()
	empty, err := demo.Empty(ctx, s.App)
	if err != nil {
		return err
	}
	if empty || !c.IfEmpty {
		if err := demo.Tell(ctx, s, func(part string) { fmt.Fprintln(os.Stderr, "  ·", part) }); err != nil {
			return err
		}
	}
	list, err := s.Services.Accounts.DemonstrationAccounts(ctx)
	if err != nil {
		return err
	}
	if c.JSON {
		return json.NewEncoder(os.Stdout).Encode(map[string]any{"accounts": flat(list)})
	}
	return c.print(os.Stdout, list)
}

// open wires a system whose clock stands still and whose identities are reproducible.
func (c seedCmd) open(ctx context.Context) (*boot.System, error) {
	if err := os.MkdirAll(c.DataDir, 0o700); err != nil {
		return nil, err
	}
	db, err := sqlstore.Open(ctx, sqlstore.Options{
		URL: c.DatabaseURL(), IDs: demo.NewIDs(storySeed), SystemNow: demo.Frozen(time.Now()),
	})
	if err != nil {
		return nil, err
	}
	if _, err := db.Migrate(ctx); err != nil {
		_ = db.Close()
		return nil, err
	}
	return boot.Wire(db, boot.Config{Store: c.Store, Site: c.Site}, logging.New(os.Stderr, "warn"))
}

func (c seedCmd) print(w io.Writer, list []accounts.DemonstrationAccount) error {
	fmt.Fprintf(w, "\nDemonstration accounts / 示范账号 (password / 密码: %s)\n\n", accounts.DemonstrationPassword)
	t := tabwriter.NewWriter(w, 0, 4, 2, ' ', 0)
	for _, a := range list {
		for _, r := range a.Roles {
			fmt.Fprintf(t, "  %s\t%s\t%s\t%s\n", a.Login, r.Role, a.Name, r.PartyName)
		}
	}
	return t.Flush()
}

// account is one role of one person, as scripts want it.
type account struct {
	Role         string `json:"role"`
	Name         string `json:"name"`
	Login        string `json:"login"`
	Password     string `json:"password"`
	MembershipID string `json:"membershipId"`
	Party        string `json:"party"`
}

func flat(list []accounts.DemonstrationAccount) []account {
	out := []account{}
	for _, a := range list {
		for _, r := range a.Roles {
			out = append(out, account{
				Role: string(r.Role), Name: a.Name, Login: a.Login, Password: accounts.DemonstrationPassword,
				MembershipID: string(r.ID), Party: r.PartyName,
			})
		}
	}
	return out
}
