// Command linli runs a city's installation of Linli 邻里.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/alecthomas/kong"

	"linli/backend/boot"
	"linli/backend/domain/fault"
)

// cli lists every command; each lives in a file of its own.
type cli struct {
	Serve         serveCmd         `cmd:"" help:"Serve the web application and the API."`
	Migrate       migrateCmd       `cmd:"" help:"Bring the database schema up to date."`
	Import        importCmd        `cmd:"" help:"Take in lists from files: divisions, organizations, needs."`
	Administrator administratorCmd `cmd:"" help:"Invite the first administrator of a new installation."`
	Seed          seedCmd          `cmd:"" help:"Build the demonstration city on an empty installation."`
	Verify        verifyCmd        `cmd:"" help:"Re-walk the audit record, the states it tells and the rules between tables; exit 1 at the first break."`
	Match         matchCmd         `cmd:"" help:"Ask the matching engine about files: plan a city, check a plan."`
	Openapi       openapiCmd       `cmd:"" help:"Print the OpenAPI 3.1 description as JSON."`
	Health        healthCmd        `cmd:"" help:"Ask the server of this machine whether it is ready."`
	Docs          docsCmd          `cmd:"" hidden:"" help:"Write the references that the code knows."`
	Version       versionCmd       `cmd:"" help:"Print the version."`
}

// errFound ends a command with status 1 after it has printed what it found.
var errFound = errors.New("found")

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	var c cli
	k := kong.Parse(&c, kong.Name("linli"),
		kong.Description("Linli 邻里: what a neighbourhood asks for, bought, delivered, paid for and accounted for in the open."),
		kong.UsageOnError(), kong.BindTo(ctx, (*context.Context)(nil)), kong.Exit(exit))
	err := k.Run()
	if err == nil {
		return
	}
	tell(err)
	stop()
	os.Exit(1)
}

// exit ends a command that was called wrongly with status 2, whatever the parser's own is.
func exit(status int) { os.Exit(min(status, 2)) }

// tell prints why a command failed: every reason on a line of its own.
func tell(err error) {
	if all, ok := err.(interface{ Unwrap() []error }); ok { //nolint:errorlint // what errors.Join gives is not wrapped
		for _, one := range all.Unwrap() {
			tell(one)
		}
		return
	}
	if errors.Is(err, errFound) {
		return
	}
	if f, ok := fault.As(err); ok {
		fmt.Fprintf(os.Stderr, "linli: %s (%s)\n", strings.TrimSuffix(err.Error(), f.Error())+f.Message, f.Code)
		return
	}
	fmt.Fprintln(os.Stderr, "linli:", err)
}

type versionCmd struct {
	JSON bool `help:"Print JSON."`
}

// Run prints the version.
func (c versionCmd) Run() error {
	if c.JSON {
		_, err := fmt.Printf("{\"version\":%q}\n", boot.Version)
		return err
	}
	_, err := fmt.Println("linli", boot.Version)
	return err
}
