// Package ledger knows the double-entry ledger: accounts, journals 记账凭证, postings 分录.
package ledger

// Repository is what this package needs stored.
type Repository interface{}
