// Package trace tells an OpenTelemetry collector how requests, runs and mails
// spent their time (OP-2). Without a collector it costs a look into the context.
// A span never carries what people typed: statements come without their values,
// routes as the server's own patterns, mails without addresses.
package trace

import (
	"context"
	"fmt"
	"log/slog"
	"strings"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracehttp"
	"go.opentelemetry.io/otel/sdk/resource"
	sdk "go.opentelemetry.io/otel/sdk/trace"
	otrace "go.opentelemetry.io/otel/trace"
)

// Tracer sends spans to a collector. A nil Tracer sends nothing.
type Tracer struct {
	provider *sdk.TracerProvider
	tracer   otrace.Tracer
}

// New makes the tracer of a collector that speaks OTLP over HTTP at endpoint,
// such as http://127.0.0.1:4318; nil for an empty endpoint. What the collector
// refuses is logged. The OTEL_ variables for headers, sampling, batches and the
// service's name hold too.
func New(ctx context.Context, endpoint, version string, log *slog.Logger) (*Tracer, error) {
	if endpoint == "" {
		return nil, nil //nolint:nilnil // no collector, no tracer
	}
	otel.SetErrorHandler(otel.ErrorHandlerFunc(func(err error) { log.Warn("send traces", "error", err) }))
	exporter, err := otlptracehttp.New(ctx, otlptracehttp.WithEndpointURL(strings.TrimRight(endpoint, "/")+"/v1/traces"))
	if err != nil {
		return nil, fmt.Errorf("OTEL_EXPORTER_OTLP_ENDPOINT: %w", err)
	}
	about, err := resource.New(ctx, resource.WithAttributes(attribute.String("service.name", "gradin"),
		attribute.String("service.version", version)), resource.WithFromEnv())
	if err != nil {
		return nil, fmt.Errorf("OTEL_RESOURCE_ATTRIBUTES: %w", err)
	}
	provider := sdk.NewTracerProvider(sdk.WithBatcher(exporter), sdk.WithResource(about))
	return &Tracer{provider, provider.Tracer("gradin")}, nil
}

// Stop sends what has not been sent yet.
func (t *Tracer) Stop(ctx context.Context) error {
	if t == nil {
		return nil
	}
	return t.provider.Shutdown(ctx)
}

type tracerKey struct{}

// In is the context in which Root begins traces of this tracer.
func (t *Tracer) In(ctx context.Context) context.Context {
	if t == nil {
		return ctx
	}
	return context.WithValue(ctx, tracerKey{}, t)
}

// Root begins a trace where the context has a tracer: a run, a mail. The returned
// function ends it, with what went wrong. Pairs are keys and values.
func Root(ctx context.Context, name string, pairs ...string) (context.Context, func(error)) {
	t, _ := ctx.Value(tracerKey{}).(*Tracer)
	if t == nil {
		return ctx, nothing
	}
	ctx, span := t.tracer.Start(ctx, name, otrace.WithNewRoot(), otrace.WithAttributes(attributes(pairs)...))
	return ctx, ending(span)
}

// Step begins a part of the trace that the context is in, if it is in one.
func Step(ctx context.Context, name string, pairs ...string) (context.Context, func(error)) {
	around := otrace.SpanFromContext(ctx)
	if !around.IsRecording() {
		return ctx, nothing
	}
	ctx, span := around.TracerProvider().Tracer("gradin").Start(ctx, name, otrace.WithAttributes(attributes(pairs)...))
	return ctx, ending(span)
}

func nothing(error) {}

func ending(span otrace.Span) func(error) {
	return func(err error) {
		if err != nil {
			// The error's text may hold a value; the log has it, under the trace's id.
			span.SetStatus(codes.Error, fmt.Sprintf("%T", err))
		}
		span.End()
	}
}

func attributes(pairs []string) []attribute.KeyValue {
	all := make([]attribute.KeyValue, 0, len(pairs)/2)
	for i := 0; i+1 < len(pairs); i += 2 {
		all = append(all, attribute.String(pairs[i], pairs[i+1]))
	}
	return all
}
