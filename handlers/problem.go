package handlers

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/gofiber/fiber/v2"

	"wenguan/models/fault"
)

// Problem is the one error body of the API: an RFC 9457 problem document. Code and Params let a client say it in its own
// language; nothing in it repeats what was sent.
type Problem struct {
	Type         string        `json:"type" format:"uri-reference" doc:"Names the problem: /problems/ and the code." example:"/problems/rule_longest"`
	Title        string        `json:"title" doc:"The status in words." example:"Unprocessable Entity"`
	Status       int           `json:"status" doc:"The HTTP status." example:"422"`
	Detail       string        `json:"detail,omitempty" doc:"One English sentence that says what to do." example:"A booking here lasts at most 240 minutes."`
	Code         string        `json:"code" doc:"Stable, for machines." example:"rule_longest"`
	Params       fault.Params  `json:"params,omitempty" doc:"Limits, counts and what would be allowed; the names belong to the code."`
	Field        string        `json:"field,omitempty" doc:"The input it belongs to." example:"end"`
	Errors       []FieldError  `json:"errors,omitempty" doc:"Every input that was refused."`
	Alternatives []Alternative `json:"alternatives,omitempty" doc:"With space_taken: what is free near to what was wanted, nearest first."`
	RequestID    string        `json:"request_id,omitempty" doc:"Name it when asking for help." example:"01kb3v9e6m8s3c5d7f9h1j2k4m"`
}

// FieldError says which input was refused and why.
type FieldError struct {
	Location string       `json:"location" doc:"Where in the request." example:"body.party"`
	Message  string       `json:"message" example:"expected number >= 1"`
	Code     string       `json:"code,omitempty" doc:"As of the problem; missing for what does not fit the description of the API."`
	Params   fault.Params `json:"params,omitempty" doc:"Of this refusal, where there are several."`
}

// Error implements error.
func (p *Problem) Error() string { return p.Code + ": " + p.Detail }

// GetStatus implements huma.StatusError.
func (p *Problem) GetStatus() int { return p.Status }

// ContentType implements huma.ContentTypeFilter.
func (p *Problem) ContentType(string) string { return "application/problem+json" }

// GetHeaders implements huma.HeadersError: what the status obliges to say (RFC 9110, 11.6.1 and 10.2.3).
func (p *Problem) GetHeaders() http.Header {
	switch p.Status {
	case http.StatusUnauthorized:
		return http.Header{"WWW-Authenticate": {"Bearer"}}
	case http.StatusTooManyRequests:
		if seconds, ok := p.Params["retry_after"]; ok {
			return http.Header{"Retry-After": {fmt.Sprint(seconds)}}
		}
	}
	return nil
}

// statuses is the one table from kinds of failure to HTTP status.
var statuses = map[fault.Kind]int{
	fault.Invalid:         http.StatusUnprocessableEntity,
	fault.Unauthenticated: http.StatusUnauthorized,
	fault.Forbidden:       http.StatusForbidden,
	fault.NotFound:        http.StatusNotFound,
	fault.Conflict:        http.StatusConflict,
	fault.Gone:            http.StatusGone,
	fault.TooMany:         http.StatusTooManyRequests,
	fault.Unavailable:     http.StatusServiceUnavailable,
	fault.Internal:        http.StatusInternalServerError,
}

// plain are the codes and sentences of failures that have no fault of their own, by status.
var plain = map[int]struct{ code, detail string }{
	400: {"malformed_request", "The request cannot be read."},
	404: {"not_found", "There is nothing at this address."},
	405: {"method_not_allowed", "This address does not take this method."},
	406: {"not_acceptable", "The answer is only available as JSON."},
	408: {"request_timeout", "The request took too long to arrive."},
	413: {"body_too_large", "The body is too large."},
	415: {"unsupported_media_type", "This content type is not understood here."},
	422: {"invalid_input", "Some of the input is not valid."},
	431: {"headers_too_large", "The headers are too large."},
	503: {"unavailable", "The service cannot answer just now. Try again in a moment."},
}

// ProblemOf is the one exit from an error to a response. Errors without a kind go to the log, not to the client.
func ProblemOf(ctx context.Context, err error) *Problem {
	if p, ok := errors.AsType[*Problem](err); ok {
		return p
	}
	var p *Problem
	if f, ok := errors.AsType[*fault.Error](err); ok && f.Kind != fault.Internal {
		p = newProblem(statuses[f.Kind], f.Code, f.Message)
		p.Params, p.Field = f.Params, f.Field
		p.Errors = fieldErrors(err, f)
	} else if fe, ok := errors.AsType[*fiber.Error](err); ok {
		p = plainProblem(fe.Code)
	} else if errors.Is(err, context.DeadlineExceeded) || errors.Is(err, context.Canceled) {
		p = plainProblem(http.StatusServiceUnavailable)
	} else {
		callerOf(ctx).Log.ErrorContext(ctx, "request failed", "err", err, "request_id", RequestID(ctx))
		p = plainProblem(http.StatusInternalServerError)
	}
	p.RequestID = RequestID(ctx)
	return p
}

// fieldErrors are the inputs that the fault, or each fault of a list, belongs to.
func fieldErrors(err error, first *fault.Error) []FieldError {
	all, several := errors.AsType[fault.List](err)
	if !several {
		if first.Field == "" {
			return nil
		}
		return []FieldError{{Location: first.Field, Message: first.Message, Code: first.Code}}
	}
	var out []FieldError
	for _, f := range all {
		out = append(out, FieldError{Location: f.Field, Message: f.Message, Code: f.Code, Params: f.Params})
	}
	return out
}

// WriteProblem answers with the problem of err; for everything outside huma: middleware, 404, 405, 413, panics.
func WriteProblem(c *fiber.Ctx, err error) error {
	p := ProblemOf(c.UserContext(), err)
	c.Set(fiber.HeaderCacheControl, "no-store")
	for name, values := range p.GetHeaders() {
		c.Set(name, values[0])
	}
	return c.Status(p.Status).JSON(p, p.ContentType(""))
}

func newProblem(status int, code, detail string) *Problem {
	return &Problem{Type: "/problems/" + code, Title: http.StatusText(status), Status: status, Code: code, Detail: detail}
}

func plainProblem(status int) *Problem {
	if known, ok := plain[status]; ok {
		return newProblem(status, known.code, known.detail)
	}
	if status < 500 {
		return newProblem(status, "request_refused", "The request was refused.")
	}
	return newProblem(status, "internal", "Something went wrong here. It has been written to the log.")
}

// inputProblem is huma's error factory: what it found wrong with a request before a handler ran.
func inputProblem(ctx context.Context, status int, errs []error) *Problem {
	p := plainProblem(status)
	p.RequestID = RequestID(ctx)
	for _, err := range errs {
		d, ok := err.(huma.ErrorDetailer)
		if !ok {
			continue
		}
		detail := d.ErrorDetail()
		p.Errors = append(p.Errors, FieldError{Location: shorten(detail.Location), Message: sentence(detail.Message)})
	}
	if len(p.Errors) > 0 {
		p.Field = fieldOf(p.Errors[0].Location)
		p.Detail = strings.TrimSuffix(p.Detail, ".") + ": " + p.Errors[0].Location + ": " + p.Errors[0].Message + "."
	}
	return p
}

// fieldOf turns "body.start" into "start"; the path of the input without where it came from.
func fieldOf(location string) string {
	for _, from := range []string{"body.", "query.", "path.", "header."} {
		if rest, ok := strings.CutPrefix(location, from); ok {
			return rest
		}
	}
	return ""
}

// validatorWords begin the messages that come from the schema and never repeat the input. Everything else comes from a
// decoder and may.
var validatorWords = []string{"expected ", "unexpected property", "unknown query parameter", "required ", "invalid integer",
	"invalid float", "invalid boolean", "a date is written like", "a time is written like"}

func sentence(message string) string {
	for _, w := range validatorWords {
		if strings.HasPrefix(message, w) {
			return message
		}
	}
	return "cannot be read"
}

func shorten(s string) string {
	if len(s) > 100 {
		return strings.ToValidUTF8(s[:100], "") + "…"
	}
	return s
}
