// Package bid knows bids 投标 as sets of sealed envelopes, and their opening.
package bid

// Repository is what this package needs stored.
type Repository interface{}
