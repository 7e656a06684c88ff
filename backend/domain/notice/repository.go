// Package notice knows in-app notices, mail and digests for people.
package notice

// Repository is what this package needs stored.
type Repository interface{}
