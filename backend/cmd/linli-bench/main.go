// Command linli-bench measures Linli at the size of a city: it invents organisations and
// needs on imported places and times what people do with them. It never runs beside a server
// that serves people: the city it makes is invented.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"github.com/alecthomas/kong"

	"linli/backend/domain/fault"
)

type cli struct {
	Import   importCmd   `cmd:"" help:"Import a list of divisions, or store it one by one for comparison, and tell the time."`
	Generate generateCmd `cmd:"" help:"Invent organisations and needs on the imported places; one seed gives one city."`
	Measure  measureCmd  `cmd:"" help:"Time lists, searches and rankings on what is stored, and tell memory and size."`
	City     cityCmd     `cmd:"" help:"Write the assignment problem of an invented city: budgets, floors, capacities; or its transportation problem."`
	Solve    solveCmd    `cmd:"" help:"Measure linli match plan on instances, beside peers where they are installed; every plan is checked."`
	Gap      gapCmd      `cmd:"" help:"Write a generalised assignment problem by the published recipes."`
	Funding  fundingCmd  `cmd:"" help:"Find planted money paid twice among funded projects."`
	Bundle   bundleCmd   `cmd:"" help:"Bundle invented needs at the communities of a list, beside a greedy reference."`
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	var c cli
	k := kong.Parse(&c, kong.Name("linli-bench"), kong.Description("Measures Linli at the size of a city."), kong.UsageOnError(),
		kong.BindTo(ctx, (*context.Context)(nil)))
	if err := k.Run(); err != nil {
		if f, ok := fault.As(err); ok {
			fmt.Fprintf(os.Stderr, "linli-bench: %s (%s)\n", f.Message, f.Code)
		} else {
			fmt.Fprintln(os.Stderr, "linli-bench:", err)
		}
		stop()
		os.Exit(1)
	}
}
