package trace

import (
	"context"
	"net/http"

	"github.com/99designs/gqlgen/graphql"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/propagation"
	otrace "go.opentelemetry.io/otel/trace"
)

// Request begins the trace of a request, and gives its id, which is empty where
// none is kept. Whoever calls may be a stranger: a trace he says to be in is
// linked, never joined, so that he cannot make the server keep more. The
// returned function ends it with the route's pattern and the status.
func (t *Tracer) Request(r *http.Request) (ctx context.Context, id string, end func(pattern string, status int)) {
	if t == nil {
		return r.Context(), "", func(string, int) {}
	}
	ctx = t.In(r.Context())
	options := []otrace.SpanStartOption{
		otrace.WithNewRoot(), otrace.WithSpanKind(otrace.SpanKindServer),
		otrace.WithAttributes(attribute.String("http.request.method", r.Method)),
	}
	theirs := propagation.TraceContext{}.Extract(context.Background(), propagation.HeaderCarrier(r.Header))
	if caller := otrace.SpanContextFromContext(theirs); caller.IsValid() {
		options = append(options, otrace.WithLinks(otrace.Link{SpanContext: caller}))
	}
	ctx, span := t.tracer.Start(ctx, r.Method, options...)
	if span.IsRecording() {
		id = span.SpanContext().TraceID().String()
	}
	return ctx, id, func(pattern string, status int) {
		if pattern != "" {
			span.SetName(pattern)
			span.SetAttributes(attribute.String("http.route", pattern))
		}
		span.SetAttributes(attribute.Int("http.response.status_code", status))
		if status >= http.StatusInternalServerError {
			span.SetStatus(codes.Error, http.StatusText(status))
		}
		span.End()
	}
}

// Operations is the extension that makes a step of each GraphQL operation.
func Operations() graphql.HandlerExtension { return operations{} }

type operations struct{}

var _ interface {
	graphql.HandlerExtension
	graphql.ResponseInterceptor
} = operations{}

// ExtensionName names it in gqlgen's errors.
func (operations) ExtensionName() string { return "Traces" }

// Validate finds nothing to mind in a schema.
func (operations) Validate(graphql.ExecutableSchema) error { return nil }

// InterceptResponse makes a step of an answer; of a subscription each.
func (operations) InterceptResponse(ctx context.Context, next graphql.ResponseHandler) *graphql.Response {
	if !graphql.HasOperationContext(ctx) || !otrace.SpanFromContext(ctx).IsRecording() {
		return next(ctx)
	}
	op := graphql.GetOperationContext(ctx)
	kind, name := string(op.Operation.Operation), op.Operation.Name
	if len(name) > 64 {
		name = name[:64]
	}
	ctx, end := Step(ctx, kind+" "+name, "graphql.operation.type", kind, "graphql.operation.name", name)
	answer := next(ctx)
	if answer != nil && len(answer.Errors) > 0 {
		end(answer.Errors)
	} else {
		end(nil)
	}
	return answer
}
