// Package rulebook holds every number that comes from a regulation, dated and with its source.
package rulebook

// Book is the registry of rules in force over time.
type Book struct{}
