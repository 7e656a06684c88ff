package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"

	"linli/backend/boot"
	"linli/backend/config"
)

type migrateCmd struct {
	config.Store
	Check bool `help:"Change nothing; exit 1 when migrations are pending."`
	JSON  bool `help:"Print JSON."`
}

// Run applies or lists migrations.
func (c migrateCmd) Run(ctx context.Context) error {
	db, err := boot.OpenStore(ctx, c.Store, c.Check)
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	list := db.Migrate
	if c.Check {
		list = db.Pending
	}
	names, err := list(ctx)
	if err != nil {
		return err
	}
	if c.JSON {
		if err := json.NewEncoder(os.Stdout).Encode(map[string]any{"migrations": names, "applied": !c.Check}); err != nil {
			return err
		}
	} else {
		for _, n := range names {
			fmt.Println(n)
		}
	}
	if c.Check && len(names) > 0 {
		return errFound
	}
	return nil
}
