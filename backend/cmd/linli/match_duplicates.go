package main

import (
	"context"
	"fmt"
	"os"
	"strings"
	"time"

	"linli/backend/engine/similar"
)

// MatchDuplicates lists needs that likely tell of the same matter.
type MatchDuplicates struct {
	Needs     string  `required:"" type:"existingfile" help:"CSV or XLSX with the columns id, title, description and, where known, category, community_code, lat, lng, posted_at; may be gzip." placeholder:"FILE"`
	Threshold float64 `default:"0.5" help:"Least similarity of a pair, above 0 up to 1."`
	JSON      bool    `help:"Print JSON."`
}

// pairView is what a machine reads of a pair.
type pairView struct {
	A          string           `json:"a"`
	B          string           `json:"b"`
	Similarity float64          `json:"similarity"`
	Points     int              `json:"points"`
	Reasons    []similar.Reason `json:"reasons"`
}

// duplicatesView is what a machine reads from a list of duplicates.
type duplicatesView struct {
	Needs     int        `json:"needs"`
	Threshold float64    `json:"threshold"`
	Pairs     []pairView `json:"pairs"`
	Clusters  [][]string `json:"clusters"`
}

// Run compares the needs of a file and prints pairs, best first, and the clusters they form.
func (c MatchDuplicates) Run(ctx context.Context) error {
	if !(c.Threshold > 0 && c.Threshold <= 1) {
		return fmt.Errorf("--threshold: expected a number above 0 up to 1, found %v", c.Threshold)
	}
	rows, err := readNeeds(c.Needs, "id", "title", "description")
	if err != nil {
		return err
	}
	texts := make([]similar.Text, len(rows))
	for i, r := range rows {
		texts[i] = similar.Text{Words: r.Words, Category: r.Category, Community: r.Community, Lat: r.Lat, Lng: r.Lng, Located: r.Located, PostedAt: r.PostedAt}
	}
	fmt.Fprintf(os.Stderr, "%s: %s needs read\n", c.Needs, grouped(int64(len(rows))))
	pairs, err := similar.NewCorpus(texts).Pairs(ctx, similar.Search{Weights: similar.Standard, Threshold: int(c.Threshold*1000 + 0.5), Progress: tellProgress(len(rows), "needs compared")})
	if err != nil {
		return err
	}
	view := duplicatesView{Needs: len(rows), Threshold: c.Threshold, Pairs: []pairView{}, Clusters: [][]string{}}
	for _, p := range similar.BestFirst(pairs) {
		view.Pairs = append(view.Pairs, pairView{rows[p.A].ID, rows[p.B].ID, float64(p.Similarity) / 1000, p.Points, p.Reasons})
	}
	for _, cluster := range similar.Clusters(pairs) {
		var ids []string
		for _, i := range cluster {
			ids = append(ids, rows[i].ID)
		}
		view.Clusters = append(view.Clusters, ids)
	}
	fmt.Fprintf(os.Stderr, "%s pairs in %s clusters\n", grouped(int64(len(view.Pairs))), grouped(int64(len(view.Clusters))))
	if c.JSON {
		return printJSON(view)
	}
	printDuplicates(view)
	return nil
}

// tellProgress tells on standard error how far a long work is, at most once a second.
func tellProgress(of int, what string) func(int) {
	last := time.Now()
	return func(done int) {
		if now := time.Now(); now.Sub(last) >= time.Second {
			last = now
			fmt.Fprintf(os.Stderr, "%s of %s %s\n", grouped(int64(done)), grouped(int64(of)), what)
		}
	}
}

func printDuplicates(v duplicatesView) {
	for _, p := range v.Pairs {
		var why []string
		for _, r := range p.Reasons {
			word := fmt.Sprintf("%s %+d", r.Code, r.Points)
			switch {
			case r.Code == "distance":
				word = fmt.Sprintf("%s %d m %+d", r.Code, r.Value, r.Points)
			case r.Code == "days_apart":
				word = fmt.Sprintf("%s %d %+d", r.Code, r.Value, r.Points)
			case len(r.Words) > 0:
				word += " (" + strings.Join(r.Words, " ") + ")"
			}
			why = append(why, word)
		}
		fmt.Printf("%.3f  %s  %s  %s\n", p.Similarity, p.A, p.B, strings.Join(why, ", "))
	}
	for i, ids := range v.Clusters {
		fmt.Printf("cluster %d: %s\n", i+1, strings.Join(ids, " "))
	}
}
