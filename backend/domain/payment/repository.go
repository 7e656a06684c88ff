// Package payment knows payments 支付 and invoices 发票.
package payment

// Repository is what this package needs stored.
type Repository interface{}
