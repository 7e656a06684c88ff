package password

import (
	"context"
	"strings"
	"sync"
	"testing"
)

func TestHash_IsPHCAndChecksOnlyItsOwnPassword(t *testing.T) {
	t.Parallel()
	h := New()
	enc, err := h.Hash(t.Context(), "街坊邻里-2026")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(enc, "$argon2id$v=19$m=19456,t=2,p=1$") {
		t.Fatalf("not the agreed cost: %s", enc)
	}
	if ok, err := h.Check(t.Context(), enc, "街坊邻里-2026"); err != nil || !ok {
		t.Fatalf("own password refused: %v %v", ok, err)
	}
	if ok, _ := h.Check(t.Context(), enc, "街坊邻里-2027"); ok {
		t.Fatal("another password accepted")
	}
	again, _ := h.Hash(t.Context(), "街坊邻里-2026")
	if again == enc {
		t.Fatal("two hashes of one password share a salt")
	}
}

func TestCheck_WithoutAccountIsFalseEvenForTheDummy(t *testing.T) {
	t.Parallel()
	h := New()
	if ok, err := h.Check(t.Context(), "", ""); ok || err != nil {
		t.Fatalf("no account: %v %v", ok, err)
	}
}

func TestCheck_PlantedCostIsRefused(t *testing.T) {
	t.Parallel()
	h := New()
	for _, enc := range []string{
		"$argon2id$v=19$m=4194304,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA",
		"$argon2id$v=19$m=19456,t=900,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA",
		"$argon2i$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA",
		"$2y$10$abcdefghijklmnopqrstuv", "plain",
	} {
		if ok, err := h.Check(t.Context(), enc, "x"); ok || err == nil {
			t.Errorf("%s: %v %v", enc, ok, err)
		}
	}
}

func TestHash_WaitsForACoreAndGivesUpWithItsCaller(t *testing.T) {
	t.Parallel()
	h := New()
	h.slots = make(chan struct{}, 1)
	h.slots <- struct{}{}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := h.Hash(ctx, "anything long"); err == nil {
		t.Fatal("hashed without a free core")
	}
	<-h.slots
	var wg sync.WaitGroup
	for range 3 {
		wg.Go(func() {
			if _, err := h.Hash(context.Background(), "anything long"); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
}

func TestOutdated_NoticesAnotherCost(t *testing.T) {
	t.Parallel()
	if !Outdated(encode(8192, 2, make([]byte, 16), make([]byte, 32))) || Outdated(encode(memoryKiB, passes, make([]byte, 16), make([]byte, 32))) {
		t.Fatal("outdated does not compare the cost")
	}
}
