package matching

import "linli/backend/engine/rank"

// Engine is what the use cases ask of a matching engine; package rank is the one that ships.
// A better one takes its place by answering the same questions with the same order.
type Engine interface {
	// Suppliers ranks the k best owners for a need, which the engine need not hold.
	Suppliers(n *rank.Need, k int) ([]rank.Scored, error)
	// Needs ranks the k best needs for the services of an owner, which it need not hold.
	Needs(services []rank.Supplier, k int) ([]rank.Scored, error)
	// Explain answers every gate and every term of one pairing.
	Explain(n *rank.Need, s *rank.Supplier) rank.Pairing

	Supplier(id string) (rank.Supplier, bool)
	Need(id string) (rank.Need, bool)
	Size() (suppliers, needs int)

	UpsertSupplier(s rank.Supplier) error
	RemoveSupplier(id string)
	UpsertNeed(n rank.Need) error
	RemoveNeed(id string)
}

// Builder makes an engine of everything at once.
type Builder func(w rank.Weights, t *rank.Taxonomy, suppliers []rank.Supplier, needs []rank.Need) (Engine, error)

func buildRank(w rank.Weights, t *rank.Taxonomy, suppliers []rank.Supplier, needs []rank.Need) (Engine, error) {
	return rank.Build(w, t, suppliers, needs)
}
