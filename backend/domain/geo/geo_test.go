package geo

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

// Pairs published with the shift (WGS-84, GCJ-02): Shanghai, Shenzhen, Beijing.
var published = [][2]Point{
	{{31.1774276, 121.5272106}, {31.17530398364597, 121.531541859215}},
	{{22.543847, 113.912316}, {22.540796131694766, 113.9171764808363}},
	{{39.911954, 116.377817}, {39.91334545536069, 116.38404722455657}},
}

func TestFromGCJ02_PublishedPairs(t *testing.T) {
	t.Parallel()
	for _, pair := range published {
		if d := DistanceM(FromGCJ02(pair[1]), pair[0]); d > 0.01 {
			t.Errorf("%v is %.3f m away", pair[1], d)
		}
		if d := DistanceM(ToGCJ02(pair[0]), pair[1]); d > 0.01 {
			t.Errorf("%v shifts %.3f m away", pair[0], d)
		}
	}
}

func TestFromGCJ02_UndoesTheShiftEverywhereInChina(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		p := Point{rapid.Float64Range(18, 53).Draw(t, "lat"), rapid.Float64Range(74, 135).Draw(t, "lng")}
		if d := DistanceM(FromGCJ02(ToGCJ02(p)), p); d > 0.01 {
			t.Fatalf("%v comes back %.4f m away", p, d)
		}
	})
}

func TestFromGCJ02_MovesChengduBy300To600Metres(t *testing.T) {
	t.Parallel()
	for _, p := range []Point{{30.663286, 104.050878}, {30.625506, 104.059712}, {30.572893, 104.066794}, {31.05, 103.6}} {
		if d := DistanceM(FromGCJ02(p), p); d < 300 || d > 600 {
			t.Errorf("%v moves %.0f m", p, d)
		}
	}
}

func TestFromGCJ02_LeavesTheRestOfTheWorldAlone(t *testing.T) {
	t.Parallel()
	for _, p := range []Point{{51.5, -0.12}, {0, 0}, {-33.9, 151.2}} {
		if FromGCJ02(p) != p {
			t.Errorf("%v moved", p)
		}
	}
}

func TestDistanceM(t *testing.T) {
	t.Parallel()
	if d := DistanceM(Point{0, 0}, Point{0, 1}); math.Abs(d-111_195) > 1 {
		t.Errorf("one degree of the equator: %.1f", d)
	}
	if d := DistanceM(Point{30, 104}, Point{30, 104}); d != 0 {
		t.Errorf("same point: %g", d)
	}
}

func TestAround_HoldsEveryPointWithinTheRadius(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		centre := Point{rapid.Float64Range(-60, 60).Draw(t, "lat"), rapid.Float64Range(-170, 170).Draw(t, "lng")}
		radius := rapid.Float64Range(1, 20_000).Draw(t, "radius")
		p := Point{centre.Lat + rapid.Float64Range(-0.3, 0.3).Draw(t, "dLat"), centre.Lng + rapid.Float64Range(-0.3, 0.3).Draw(t, "dLng")}
		if DistanceM(centre, p) <= radius && !Around(centre, radius).Contains(p) {
			t.Fatalf("%v is within %.0f m of %v but outside the box", p, radius, centre)
		}
	})
}
