// Package errs owns the kinds of error that a person can do something about.
//
// A domain service returns an *Error for what its caller can mend; every other
// error is internal: it is logged once with a reference where the request
// ends and shown to nobody. Each sentence is written in English where it is
// said and in French and German in the catalogue (words_*.go); a test finds those
// that lack there and those that nobody says any more (UI-1). A foreign id and an unknown id are the same
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

// Error is a refusal that a person can act on: Message is a full sentence in
// English that says what to do, Path names the input field it is about (empty
// for all of it). In says the sentence in the language of who reads it.
type Error struct {
	Code    Code
	Message string
	Path    []string
	cause   error
	// format and args are what Message was made of; spoken stands in for both.
	format string
	args   []any
	spoken Spoken
}

// Spoken is a sentence that knows its languages itself: "EN", "FR" and "DE".
type Spoken interface{ In(language string) string }

// Error gives the sentence in English, as the log has it; the cause stays for the log.
func (e *Error) Error() string { return e.Message }

// Unwrap gives the cause, which is for the log only.
func (e *Error) Unwrap() error { return e.cause }

// New makes a refusal with a sentence that says what to do. The format stands in
// the catalogue with its translations.
func New(code Code, format string, args ...any) *Error {
	return &Error{Code: code, Message: fmt.Sprintf(format, args...), format: format, args: args}
}

// Say makes a refusal of a sentence that has its own translations.
func Say(code Code, s Spoken) *Error {
	return &Error{Code: code, Message: s.In("EN"), spoken: s}
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
// may not know of (AC-3). Each thing has its sentence in the catalogue, because
// articles differ.
func Missing(what string) *Error {
	sentence := "There is no " + what + " with this id."
	return &Error{Code: NotFound, Message: sentence, format: sentence}
}
