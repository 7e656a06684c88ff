package rank

// cell is a square of the grid; fine cells serve needs, coarse ones circles.
type cell struct{ row, col int32 }

// The edge of a cell in micro-degrees: about 3.3 km and 1.1 km of latitude.
const (
	coarse = int32(30_000)
	fine   = int32(10_000)
)

func compareCells(a, b cell) int {
	if a.row != b.row {
		return int(a.row) - int(b.row)
	}
	return int(a.col) - int(b.col)
}

func cellOf(lat, lng, edge int32) cell { return cell{floorDiv(lat, edge), floorDiv(lng, edge)} }

func floorDiv(a, b int32) int32 {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}

// cellsWithin lists the cells that a circle may touch: its bounding square, two metres wider
// than it need be because distances are rounded down.
func cellsWithin(p *Point, radiusM, edge int32) []cell {
	dlat, dlng := spread(p.Lat, radiusM+2)
	from, to := cellOf(p.Lat-dlat, p.Lng-dlng, edge), cellOf(p.Lat+dlat, p.Lng+dlng, edge)
	var out []cell
	for row := from.row; row <= to.row; row++ {
		for col := from.col; col <= to.col; col++ {
			out = append(out, cell{row, col})
		}
	}
	return out
}

// spread turns metres into micro-degrees of latitude and longitude, generously: the longitude
// is taken at the latitude nearer the pole and one cosine step beyond.
func spread(lat, radiusM int32) (dlat, dlng int32) {
	d := int64(radiusM)*1_000_000/microMetres + 1
	far := int64(lat)
	if far < 0 {
		far = -far
	}
	far = min(far+d+20_000, 89_000_000)
	return int32(d), int32(d*65536/int64(cosine(int32(far))) + 1)
}
