package main

import (
	"fmt"
	"math"
	"math/rand/v2"
)

// gapCmd writes a generalised assignment problem by the published recipes: type C of Chu and
// Beasley (1997), types D and E of Yagiura, Ibaraki and Glover (2004), in OR-Library's format.
type gapCmd struct {
	Type   string `enum:"C,D,E" default:"D" help:"C, D or E."`
	Agents int    `default:"20" help:"How many agents."`
	Jobs   int    `default:"200" help:"How many jobs."`
	Seed   uint64 `default:"1" help:"The same seed gives the same problem."`
	Out    string `required:"" help:"The file; gzip when it ends in .gz." placeholder:"FILE"`
}

// Run writes the file and prints its hash.
func (c gapCmd) Run() error {
	what := fmt.Sprintf("gap type %s, seed %d, %d agents, %d jobs", c.Type, c.Seed, c.Agents, c.Jobs)
	return instanceFile(c.Out, what, c.write)
}

func (c gapCmd) write(s *sink) {
	r := rand.New(rand.NewPCG(c.Seed, uint64(c.Type[0])))
	cost, load, room := make([][]int64, c.Agents), make([][]int64, c.Agents), make([]int64, c.Agents)
	for a := range c.Agents {
		for range c.Jobs {
			k, l := c.pairing(r)
			cost[a], load[a] = append(cost[a], k), append(load[a], l)
			room[a] += l
		}
		room[a] = room[a] * 8 / 10 / int64(c.Agents)
	}
	fmt.Fprintf(s, "%d %d\n", c.Agents, c.Jobs)
	for _, table := range [][][]int64{cost, load, {room}} {
		for _, row := range table {
			for k, v := range row {
				if k > 0 {
					fmt.Fprint(s, " ")
				}
				fmt.Fprint(s, v)
			}
			fmt.Fprintln(s)
		}
	}
}

// pairing draws cost and resource of one agent and job.
func (c gapCmd) pairing(r *rand.Rand) (cost, load int64) {
	switch c.Type {
	case "C":
		return 10 + r.Int64N(41), 5 + r.Int64N(21)
	case "D": // the dearer the job, the less it needs: hard
		load = 1 + r.Int64N(100)
		return 111 - load + r.Int64N(21) - 10, load
	default:
		l := 1 - 10*math.Log(1-r.Float64())
		return int64(math.Round(1000/l - 10*r.Float64())), int64(math.Round(l))
	}
}
