package main

// matchCmd groups what the matching engine answers from files, without a database or a server.
type matchCmd struct {
	Check MatchCheck `cmd:"" help:"Check a plan and its certificate without trusting who made it; exit 1 with every reason."`
}
