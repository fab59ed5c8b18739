// Package fault is the one error contract of the product: a kind that decides the HTTP status, a stable code for
// machines, a sentence for people and parameters that a client needs to say it in its own language.
// It knows nothing of HTTP or of storage.
package fault

import (
	"errors"
	"fmt"
)

// Kind says what sort of failure happened; one table in handlers maps kinds to HTTP status.
type Kind string

// The kinds. Internal is the kind of every error that is not a *Error.
const (
	Invalid         Kind = "invalid"
	Unauthenticated Kind = "unauthenticated"
	Forbidden       Kind = "forbidden"
	NotFound        Kind = "not_found"
	Conflict        Kind = "conflict"
	Gone            Kind = "gone"
	TooMany         Kind = "too_many"
	Unavailable     Kind = "unavailable"
	Internal        Kind = "internal"
)

// Params are the values a client needs to show a refusal: limits, counts, what would be allowed.
// They never hold the rejected value of a secret or another person's data.
type Params map[string]any

// Error is a failure that is safe to show to the caller.
type Error struct {
	Kind    Kind
	Code    string // stable, snake_case: "space_taken", "rule_longest"
	Message string // one English sentence that says what to do
	Field   string // the input it belongs to, as a path such as "start" or "spaces[2].name"; empty if none
	Params  Params
}

// Error implements error.
func (e *Error) Error() string { return e.Message }

// New makes an error of the given kind. The message is a sentence for people; args are applied as in fmt.Sprintf.
func New(kind Kind, code, message string, args ...any) *Error {
	if len(args) > 0 {
		message = fmt.Sprintf(message, args...)
	}
	return &Error{Kind: kind, Code: code, Message: message}
}

// On names the input field the error belongs to and returns the error.
func (e *Error) On(field string) *Error { e.Field = field; return e }

// With adds one parameter and returns the error.
func (e *Error) With(key string, value any) *Error {
	if e.Params == nil {
		e.Params = Params{}
	}
	e.Params[key] = value
	return e
}

// KindOf reports the kind of err: Internal when err is not a *Error, "" when err is nil.
func KindOf(err error) Kind {
	if err == nil {
		return ""
	}
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Kind
	}
	return Internal
}

// CodeOf reports the code of err, "" when err is not a *Error.
func CodeOf(err error) string {
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Code
	}
	return ""
}

// Is reports whether err is of the given kind.
func Is(err error, kind Kind) bool { return err != nil && KindOf(err) == kind }

// List is several failures at once, such as everything that is wrong with a form. Its kind and code are its first's.
type List []*Error

// Error is the first failure's sentence.
func (l List) Error() string {
	if len(l) == 0 {
		return ""
	}
	return l[0].Message
}

// Unwrap gives errors.Is and errors.AsType every failure, the first one first.
func (l List) Unwrap() []error {
	out := make([]error, len(l))
	for i, e := range l {
		out[i] = e
	}
	return out
}

// OrNil is the list as an error, nil if it is empty.
func (l List) OrNil() error {
	if len(l) == 0 {
		return nil
	}
	return l
}
