// Package project knows the project list 项目清单: needs bundled into a priced, budgeted project.
package project

// Repository is what this package needs stored.
type Repository interface{}
