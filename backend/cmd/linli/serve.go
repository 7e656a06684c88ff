package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"linli/backend/boot"
	"linli/backend/config"
	"linli/backend/logging"
)

// drainTime is how long running requests may take after the order to stop.
const drainTime = 25 * time.Second

type serveCmd struct {
	config.Store
	config.Site
	config.Server
	config.Mail
	config.Cards
}

// Run serves until the context ends, then drains.
func (c serveCmd) Run(ctx context.Context) error {
	if err := errors.Join(c.Site.Check(), c.Server.Check(), c.Mail.Check(), c.Cards.Check()); err != nil {
		return err
	}
	log := logging.New(os.Stderr, c.LogLevel)
	cfg := boot.Config{Store: c.Store, Site: c.Site, Server: c.Server, Mail: c.Mail, Cards: c.Cards}
	s, err := boot.Open(ctx, cfg, log)
	if err != nil {
		return err
	}
	defer func() { _ = s.Close() }()
	if err := s.Start(ctx); err != nil {
		return err
	}
	server := s.Serve(cfg, nil)
	failed := make(chan error, 1)
	go func() { failed <- server.Listen(c.Addr) }()
	fmt.Fprintf(os.Stderr, "linli %s on http://%s\n", boot.Version, c.Addr)
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	stop, cancel := context.WithTimeout(context.Background(), drainTime)
	defer cancel()
	return server.Shutdown(stop)
}
