// Package demo builds the demonstration city: six communities with a story, told through the
// use cases, so that everything in it was permitted, decided, audited and can be verified.
package demo

import (
	"embed"
	"strconv"
	"strings"

	"linli/backend/domain/fault"
	"linli/backend/domain/table"
)

//go:embed data
var data embed.FS

// digitsAt is how many digits of a division's code each depth adds.
var digitsAt = []int{4, 2, 3, 3}

// places reads one of the embedded lists of divisions as the table that the import takes.
func places(year int) (table.Table, error) {
	name := "data/places-" + strconv.Itoa(year) + ".txt"
	text, err := data.ReadFile(name)
	if err != nil {
		return table.Table{}, fault.Internal("list of the demonstration", err)
	}
	t := table.Table{Header: []string{"code", "name", "level", "parent", "urban_rural", "lng", "lat"}}
	var above [5]string // prefixes of the codes of the line's ancestors
	for i, line := range strings.Split(strings.TrimSpace(string(text)), "\n") {
		if strings.HasPrefix(line, "#") {
			continue
		}
		depth := len(line) - len(strings.TrimLeft(line, "\t"))
		f := append(strings.Fields(line), "", "", "", "")
		if depth >= len(digitsAt) || len(f[0]) != digitsAt[depth] {
			return table.Table{}, fault.Internal(name+" line "+strconv.Itoa(i+1), nil)
		}
		above[depth+1] = above[depth] + f[0]
		parent := padded(above[depth])
		if depth == 0 {
			parent = f[0][:2] + "0000000000"
		}
		t.Rows = append(t.Rows, table.Row{Line: i + 1, Cells: []string{
			padded(above[depth+1]), f[1], strconv.Itoa(depth + 2), parent, strings.Trim(f[2], "-"), f[3], f[4],
		}})
	}
	return t, nil
}

func padded(code string) string { return code + strings.Repeat("0", 12-len(code)) }
