package rank

import (
	"sync"
	"testing"
)

// The city of the figures in docs/matching.md: seed 20260302, 13,000 suppliers, 100,000 needs.
const (
	benchSeed      = 20260302
	benchSuppliers = 13_000
	benchNeeds     = 100_000
)

var benchCity = sync.OnceValue(func() *city { return newCity(benchSeed, benchSuppliers, benchNeeds) })

var benchIndex = sync.OnceValue(func() *Index {
	c := benchCity()
	ix, err := Build(testWeights, c.taxonomy, c.suppliers, c.needs)
	if err != nil {
		panic(err)
	}
	return ix
})

func BenchmarkTop10(b *testing.B) {
	c, ix := benchCity(), benchIndex()
	b.ReportAllocs()
	b.ResetTimer()
	for i := 0; b.Loop(); i++ {
		if _, err := ix.Suppliers(&c.needs[i%len(c.needs)], 10); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkTop10_Everybody(b *testing.B) {
	c, ix := benchCity(), benchIndex()
	b.ResetTimer()
	for i := 0; b.Loop(); i++ {
		bruteSuppliers(ix, &c.needs[i%len(c.needs)], 10)
	}
}

func BenchmarkOpportunities10(b *testing.B) {
	c, ix := benchCity(), benchIndex()
	b.ReportAllocs()
	b.ResetTimer()
	for i := 0; b.Loop(); i++ {
		if _, err := ix.Needs(c.suppliers[i%len(c.suppliers):i%len(c.suppliers)+1], 10); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkOpportunities10_Everybody(b *testing.B) {
	c, ix := benchCity(), benchIndex()
	b.ResetTimer()
	for i := 0; b.Loop(); i++ {
		bruteNeeds(ix, c.suppliers[i%len(c.suppliers):i%len(c.suppliers)+1], 10)
	}
}

func BenchmarkExplain(b *testing.B) {
	c, ix := benchCity(), benchIndex()
	b.ResetTimer()
	for i := 0; b.Loop(); i++ {
		ix.Explain(&c.needs[i%len(c.needs)], &c.suppliers[i%len(c.suppliers)])
	}
}

func BenchmarkUpsertSupplier(b *testing.B) {
	c := benchCity()
	ix, err := Build(testWeights, c.taxonomy, c.suppliers, c.needs)
	if err != nil {
		b.Fatal(err)
	}
	b.ResetTimer()
	for i := 0; b.Loop(); i++ {
		if err := ix.UpsertSupplier(c.suppliers[i%len(c.suppliers)]); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkUpsertNeed(b *testing.B) {
	c := benchCity()
	ix, err := Build(testWeights, c.taxonomy, c.suppliers, c.needs)
	if err != nil {
		b.Fatal(err)
	}
	b.ResetTimer()
	for i := 0; b.Loop(); i++ {
		if err := ix.UpsertNeed(c.needs[i%len(c.needs)]); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkBuild arranges the whole city.
func BenchmarkBuild(b *testing.B) {
	c := benchCity()
	for b.Loop() {
		if _, err := Build(testWeights, c.taxonomy, c.suppliers, c.needs); err != nil {
			b.Fatal(err)
		}
	}
}
