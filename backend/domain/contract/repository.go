// Package contract knows contracts 合同, milestones 里程碑, supplements and acceptance 履约验收.
package contract

// Repository is what this package needs stored.
type Repository interface{}
