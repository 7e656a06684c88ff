// Package need knows the need list 需求清单: voices 诉求 in residents' own words, and the needs that gather them.
package need

// Repository is what this package needs stored.
type Repository interface{}
