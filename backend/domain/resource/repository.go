// Package resource knows the resource list 资源清单: organisations' profiles and services, venues, volunteer hours.
package resource

// Repository is what this package needs stored.
type Repository interface{}
