// Package challenge knows inquiries 询问, challenges 质疑 and complaints 投诉.
package challenge

// Repository is what this package needs stored.
type Repository interface{}
