// Package tender knows government purchasing 采购: tenders, their lots, documents and clarifications.
package tender

// Repository is what this package needs stored.
type Repository interface{}
