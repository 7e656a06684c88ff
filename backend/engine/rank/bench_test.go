package rank

import (
	"sync"
	"syscall"
	"testing"
	"time"
)

// cpu is the processor time of this process so far: on a busy machine the wall clock measures
// the others.
func cpu() time.Duration {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// measure runs a question and reports the processor time of one.
func measure(b *testing.B, ask func(i int)) {
	b.Helper()
	b.ReportAllocs()
	b.ResetTimer()
	start := cpu()
	for i := range b.N {
		ask(i)
	}
	b.ReportMetric(float64(cpu()-start)/float64(b.N), "cpu-ns/op")
}

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
	out := make([]Scored, 0, MaxTop)
	measure(b, func(i int) { out, _ = ix.AppendSuppliers(out[:0], &c.needs[i%len(c.needs)], 10) })
}

func BenchmarkTop50(b *testing.B) {
	c, ix := benchCity(), benchIndex()
	out := make([]Scored, 0, MaxTop)
	measure(b, func(i int) { out, _ = ix.AppendSuppliers(out[:0], &c.needs[i%len(c.needs)], MaxTop) })
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
	measure(b, func(i int) {
		at := i % len(c.suppliers)
		_, _ = ix.Needs(c.suppliers[at:at+1], 10)
	})
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
