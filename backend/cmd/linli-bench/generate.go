package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"time"

	"linli/backend/boot"
	"linli/backend/config"
	"linli/backend/demo/city"
	"linli/backend/logging"
)

type generateCmd struct {
	config.Store
	Seed          uint64 `default:"1" help:"The same seed gives the same city."`
	Organizations int    `default:"13000" help:"How many organisations."`
	Needs         int    `default:"100000" help:"How many needs."`
	JSON          bool   `help:"Print JSON."`
}

// Run invents the city and tells how long it took.
func (c generateCmd) Run(ctx context.Context) error {
	s, err := boot.Open(ctx, boot.Config{Store: c.Store}, logging.Discard())
	if err != nil {
		return err
	}
	defer func() { _ = s.Close() }()
	start := time.Now()
	made, err := city.Build(ctx, s.App.Store, city.Size{Seed: c.Seed, Organizations: c.Organizations, Needs: c.Needs})
	if err != nil {
		return err
	}
	took := time.Since(start)
	if c.JSON {
		return json.NewEncoder(os.Stdout).Encode(map[string]any{"made": made, "seconds": took.Seconds()})
	}
	_, err = fmt.Printf("seed %d: %d committees, %d organisations with %d services, %d needs, %d projects in %s\n",
		c.Seed, made.Committees, made.Organizations, made.Services, made.Needs, made.Projects, took.Round(10*time.Millisecond))
	return err
}
