// Package errs owns the kinds of error that a person can do something about.
//
// A domain service returns an *Error for what its caller can mend; every other
// error is internal: it is logged once with a reference where the request
// ends and shown to nobody. A foreign id and an unknown id are the same
// NotFound (AC-3, DI-6).
package errs

import (
	"errors"
	"fmt"
)

// Code says what kind of trouble it is; it is what programs look at.
type Code string

// The codes that leave the process in extensions.code or in a user error.
const (
	NotFound            Code = "NOT_FOUND"
	Invalid             Code = "INVALID"
	Unauthenticated     Code = "UNAUTHENTICATED"
	Forbidden           Code = "FORBIDDEN"
	Conflict            Code = "CONFLICT"
	Stale               Code = "STALE"
	TooLarge            Code = "TOO_LARGE"
	LimitExceeded       Code = "LIMIT_EXCEEDED"
	RateLimited         Code = "RATE_LIMITED"
	IdempotencyConflict Code = "IDEMPOTENCY_CONFLICT"
	Unavailable         Code = "UNAVAILABLE"
	Internal            Code = "INTERNAL"
)

// Error is a refusal that a person can act on: Message is a full sentence that
// says what to do, Path names the input field it is about (empty for all of it).
type Error struct {
	Code    Code
	Message string
	Path    []string
	cause   error
}

// Error gives the sentence for people; the cause stays for the log.
func (e *Error) Error() string { return e.Message }

// Unwrap gives the cause, which is for the log only.
func (e *Error) Unwrap() error { return e.cause }

// New makes a refusal with a sentence that says what to do.
func New(code Code, format string, args ...any) *Error {
	return &Error{Code: code, Message: fmt.Sprintf(format, args...)}
}

// At names the input field the refusal is about.
func (e *Error) At(path ...string) *Error {
	c := *e
	c.Path = path
	return &c
}

// Because keeps the cause for the log.
func (e *Error) Because(cause error) *Error {
	c := *e
	c.cause = cause
	return &c
}

// As finds the refusal in an error's chain.
func As(err error) (*Error, bool) {
	var e *Error
	ok := errors.As(err, &e)
	return e, ok
}

// Is says whether the chain holds a refusal of this code.
func Is(err error, code Code) bool {
	e, ok := As(err)
	return ok && e.Code == code
}

// Missing is the one answer for what does not exist and for what the viewer
// may not know of (AC-3).
func Missing(what string) *Error {
	return New(NotFound, "There is no %s with this id.", what)
}
