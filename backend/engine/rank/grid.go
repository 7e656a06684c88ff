package rank

// cell is a square of the grid; fine cells serve needs, coarse ones circles.
type cell struct{ row, col int32 }

// The edge of a cell in micro-degrees: about 1.1 and 3.3 km of latitude.
const (
	fine   = int32(10_000)
	coarse = int32(30_000)
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

// squareAround gives the corner cells of the square that holds a circle, two metres wider than
// it need be because distances are rounded down.
func squareAround(p *Point, radiusM, edge int32) (from, to cell) {
	dlat, dlng := spread(p.Lat, radiusM+2)
	return cellOf(p.Lat-dlat, p.Lng-dlng, edge), cellOf(p.Lat+dlat, p.Lng+dlng, edge)
}

// cellsWithin lists the cells that a circle may touch.
func cellsWithin(p *Point, radiusM, edge int32) []cell {
	from, to := squareAround(p, radiusM, edge)
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

// boundMetres is a lower bound of the distance over given differences of latitude and
// longitude: a degree of longitude is taken where it is shortest on the way.
func boundMetres(lat, dlat, dlng int32) int32 {
	far := int64(max(lat, -lat)) + int64(dlat) + 20_000
	cos := int64(cosine(int32(min(far, 89_000_000))))
	ns := int64(dlat) * microMetres / 1_000_000
	ew := int64(dlng) * cos >> 16 * microMetres / 1_000_000
	return max(0, int32(max(ns, ew))-2)
}
