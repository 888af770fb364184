package protocol

import (
	"context"
	"math"
	"net/http"
	"time"

	"github.com/vektah/gqlparser/v2/gqlerror"

	"gradin/server/errs"
)

// The codes of extensions.code that belong to the protocol and to no business
// rule; all others are those of package errs.
const (
	// CodeParse: the text is not GraphQL.
	CodeParse = "GRAPHQL_PARSE_FAILED"
	// CodeValidation: the document or its variables do not fit the schema.
	CodeValidation = "GRAPHQL_VALIDATION_FAILED"
	// CodeIntrospection: __schema or __type without the right to it (API-9).
	CodeIntrospection = "INTROSPECTION_CLOSED"
	// CodeNotListed: a document that is not on the allow-list (API-10).
	CodeNotListed = "DOCUMENT_NOT_LISTED"
	// CodePersisted: automatic persisted queries are not spoken.
	CodePersisted = "PERSISTED_QUERY_NOT_SUPPORTED"
	// CodeDeadline: the operation took longer than Limits.Operation.
	CodeDeadline = "DEADLINE_EXCEEDED"
	// CodeCancelled: the caller went away first.
	CodeCancelled = "CANCELLED"
	// CodeRequest: the request is not GraphQL over HTTP.
	CodeRequest = "BAD_REQUEST"
)

// refusal is a request error: an answer without data. Status is the HTTP status
// it forces; zero leaves it to the media type, 400 or 200 (API-7).
type refusal struct {
	status int
	retry  time.Duration
	allow  string
	errors gqlerror.List
}

func refuse(code errs.Code, format string, args ...any) *refusal {
	e := gqlerror.Errorf(format, args...)
	e.Extensions = map[string]any{"code": string(code)}
	return &refusal{errors: gqlerror.List{e}}
}

// malformed is for a request that never became an operation: always HTTP 400.
func malformed(format string, args ...any) *refusal {
	return refuse(CodeRequest, format, args...).with(http.StatusBadRequest)
}

// tooMuch is for a figure of Limits that was passed.
func tooMuch(format string, args ...any) *refusal {
	return refuse(errs.LimitExceeded, format, args...)
}

func (r *refusal) with(status int) *refusal {
	r.status = status
	return r
}

// after adds the time to wait, in whole seconds rounded up, for Retry-After and
// for callers that see only the error.
func (r *refusal) after(wait time.Duration) *refusal {
	r.retry = max(wait, time.Second)
	for _, e := range r.errors {
		e.Extensions["retryAfter"] = r.retrySeconds()
	}
	return r
}

func (r *refusal) retrySeconds() int {
	return int(math.Ceil(r.retry.Seconds()))
}

// say is a refusal of business in the caller's language.
func (c *Config) say(ctx context.Context, e *errs.Error) *refusal {
	return &refusal{errors: gqlerror.List{coded(string(e.Code), e.In(c.language(ctx)))}}
}
