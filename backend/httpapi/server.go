// Package httpapi is the HTTP edge: huma operations on Fiber. Only this file and the
// middleware know Fiber.
package httpapi

// Server carries what the operations share.
type Server struct{}
