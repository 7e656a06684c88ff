// Package fund knows community funds 社区基金: pledges, donations, statements.
package fund

// Repository is what this package needs stored.
type Repository interface{}
