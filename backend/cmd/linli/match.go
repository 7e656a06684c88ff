package main

// matchCmd groups what the matching engine answers without a server: plans, duplicates and
// bundles from files, and explanations from the stored city.
type matchCmd struct {
	Plan       MatchPlan       `cmd:"" help:"Plan which organisation serves which need, with a certificate of how good the plan is."`
	Check      MatchCheck      `cmd:"" help:"Check a plan and its certificate without trusting who made it; exit 1 with every reason."`
	Explain    MatchExplain    `cmd:"" help:"Explain one pairing, every gate and every point; exit 1 when a hard rule refuses it."`
	Duplicates MatchDuplicates `cmd:"" help:"List needs that likely tell of the same matter, with reasons, and the clusters they form."`
	Bundle     MatchBundle     `cmd:"" help:"Propose projects out of small needs of neighbouring communities, within a radius and between two amounts."`
}
