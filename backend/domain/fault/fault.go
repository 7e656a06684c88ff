// Package fault is the one error type of Linli. The domain and the use cases create
// faults; adapters translate foreign errors into faults at their own border; only the
// HTTP edge turns them into problems (RFC 9457).
package fault

import (
	"errors"
	"fmt"
	"maps"
)

// Kind says what sort of refusal a fault is. There are ten, each with one HTTP status.
type Kind string

// The ten kinds.
const (
	KindMalformed       Kind = "malformed"       // 400: cannot be read
	KindInvalid         Kind = "invalid"         // 422: read, but breaks a rule about the input
	KindUnauthenticated Kind = "unauthenticated" // 401: nobody is signed in
	KindForbidden       Kind = "forbidden"       // 403: visible, but not allowed
	KindNotFound        Kind = "not_found"       // 404: absent, or may not be seen
	KindConflict        Kind = "conflict"        // 409: the state of the record refuses it
	KindStale           Kind = "stale"           // 412: someone else changed it first
	KindRateLimited     Kind = "rate_limited"    // 429
	KindUnavailable     Kind = "unavailable"     // 503
	KindInternal        Kind = "internal"        // 500
)

// Error is a refusal or failure with a stable code. Message is for logs; users read the
// title of the code in their language, with Params filled in.
type Error struct {
	Kind    Kind
	Code    string
	Message string
	Fields  []Field
	Params  map[string]string
	Cause   error
}

// Field names one offending input by its JSON path, such as "milestones[1].amountFen".
type Field struct {
	Path    string
	Code    string
	Message string
}

// New makes a fault with a stable code such as "bid.deadline_passed".
func New(kind Kind, code, message string) *Error {
	return &Error{Kind: kind, Code: code, Message: message}
}

// Wrap makes a fault that keeps its cause for the log. The cause is never shown to users.
func Wrap(kind Kind, code, message string, cause error) *Error {
	return &Error{Kind: kind, Code: code, Message: message, Cause: cause}
}

// Malformed is New with KindMalformed.
func Malformed(code, message string) *Error { return New(KindMalformed, code, message) }

// Invalid is New with KindInvalid.
func Invalid(code, message string) *Error { return New(KindInvalid, code, message) }

// Unauthenticated is New with KindUnauthenticated.
func Unauthenticated(code, message string) *Error { return New(KindUnauthenticated, code, message) }

// Forbidden is New with KindForbidden.
func Forbidden(code, message string) *Error { return New(KindForbidden, code, message) }

// NotFound is New with KindNotFound.
func NotFound(code, message string) *Error { return New(KindNotFound, code, message) }

// Conflict is New with KindConflict.
func Conflict(code, message string) *Error { return New(KindConflict, code, message) }

// Stale is New with KindStale.
func Stale(code, message string) *Error { return New(KindStale, code, message) }

// Internal is Wrap with KindInternal and the general code.
func Internal(message string, cause error) *Error {
	return Wrap(KindInternal, "internal.error", message, cause)
}

// With returns a copy that carries a parameter for the sentence the user reads.
func (e *Error) With(key, value string) *Error {
	c := *e
	c.Params = maps.Clone(e.Params)
	if c.Params == nil {
		c.Params = map[string]string{}
	}
	c.Params[key] = value
	return &c
}

// At returns a copy that also names the field at fault.
func (e *Error) At(path, code, message string) *Error {
	c := *e
	c.Fields = append(append([]Field(nil), e.Fields...), Field{Path: path, Code: code, Message: message})
	return &c
}

func (e *Error) Error() string {
	if e.Cause != nil {
		return fmt.Sprintf("%s: %s: %v", e.Code, e.Message, e.Cause)
	}
	return e.Code + ": " + e.Message
}

// Unwrap gives the cause to errors.Is and errors.As.
func (e *Error) Unwrap() error { return e.Cause }

// As finds the fault in an error chain.
func As(err error) (*Error, bool) {
	var f *Error
	ok := errors.As(err, &f)
	return f, ok
}

// KindOf tells the kind of an error; what is no fault is internal, nil is "".
func KindOf(err error) Kind {
	if err == nil {
		return ""
	}
	if f, ok := As(err); ok {
		return f.Kind
	}
	return KindInternal
}

// CodeOf tells the code of an error; what is no fault has "internal.error", nil has "".
func CodeOf(err error) string {
	if err == nil {
		return ""
	}
	if f, ok := As(err); ok {
		return f.Code
	}
	return "internal.error"
}

// Is tells whether an error carries the code.
func Is(err error, code string) bool { return err != nil && CodeOf(err) == code }
