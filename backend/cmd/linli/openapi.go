package main

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"

	"linli/backend/boot"
	"linli/backend/config"
	"linli/backend/logging"
	"linli/backend/sqlstore"
)

type openapiCmd struct{}

// Run describes the operations; it needs no installation.
func (openapiCmd) Run(ctx context.Context) error {
	dir, err := os.MkdirTemp("", "linli-openapi-")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	db, err := sqlstore.Open(ctx, sqlstore.Options{URL: filepath.Join(dir, "none.db")})
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	cfg := boot.Config{Store: config.Store{DataDir: dir}}
	s, err := boot.Wire(db, cfg, logging.Discard())
	if err != nil {
		return err
	}
	text, err := s.Serve(cfg, nil).OpenAPI()
	if err != nil {
		return err
	}
	var out bytes.Buffer
	if err := json.Indent(&out, text, "", "  "); err != nil {
		return err
	}
	out.WriteByte('\n')
	_, err = os.Stdout.Write(out.Bytes())
	return err
}
