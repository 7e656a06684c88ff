package main

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"time"

	"linli/backend/domain/fault"
)

// healthTimeout is shorter than any supervisor's patience.
const healthTimeout = 2 * time.Second

type healthCmd struct {
	Addr string `help:"Address the server listens on." env:"LINLI_ADDR" default:"127.0.0.1:8080"`
}

// Run asks the server of this machine whether it is ready; for containers without a shell.
func (c healthCmd) Run(ctx context.Context) error {
	_, port, err := net.SplitHostPort(c.Addr)
	if err != nil {
		return fault.Invalid("config.invalid", "LINLI_ADDR must be host:port").With("name", "LINLI_ADDR")
	}
	ctx, cancel := context.WithTimeout(ctx, healthTimeout)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+net.JoinHostPort("127.0.0.1", port)+"/readyz", nil)
	if err != nil {
		return err
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	_ = res.Body.Close()
	if res.StatusCode != http.StatusOK {
		return fmt.Errorf("not ready: %s", res.Status)
	}
	return nil
}
