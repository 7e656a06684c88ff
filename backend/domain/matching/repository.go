// Package matching knows pairings of needs and projects with suppliers: gates, scores, and the choice a person made.
package matching

// Repository is what this package needs stored.
type Repository interface{}
