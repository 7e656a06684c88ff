// Package evaluation knows the committee 评审委员会, scoresheets 评分表, ranking and award 成交.
package evaluation

// Repository is what this package needs stored.
type Repository interface{}
