// Package metric counts what the process does, for Prometheus (OP-2). A label
// has few values whatever is sent: routes are the server's own patterns, and an
// operation has its name only when it is one of the pages' own documents.
package metric

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"gradin/server/db"
)

// Recorder holds the figures of one process.
type Recorder struct {
	registry   *prometheus.Registry
	requests   *prometheus.HistogramVec
	operations *prometheus.CounterVec
	mails      *prometheus.HistogramVec
	documents  map[string]string
}

// New makes the recorder. Documents are the pages' own, by the SHA-256 of their text.
func New(store *db.DB, documents map[string]string) *Recorder {
	r := &Recorder{
		registry: prometheus.NewRegistry(), documents: documents,
		requests: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "gradin_http_request_seconds", Help: "How long requests took, by route and status.",
			Buckets: []float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 10},
		}, []string{"route", "status"}),
		operations: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "gradin_graphql_operations_total", Help: "Operations answered, by name (free: not one of the pages' own), kind and result.",
		}, []string{"operation", "kind", "result"}),
		mails: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "gradin_mail_send_seconds", Help: "How long the mail server took for a mail, by its verdict.",
			Buckets: []float64{.005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 30},
		}, []string{"verdict"}),
	}
	r.registry.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}),
		r.requests, r.operations, r.mails, stored{store}, prometheus.NewCounterFunc(prometheus.CounterOpts{
			Name: "gradin_store_reads_total", Help: "Reading statements that ran outside of transactions.",
		}, func() float64 { return float64(store.Reads()) }))
	for name, pool := range store.Pools() {
		r.registry.MustRegister(collectors.NewDBStatsCollector(pool, name))
	}
	return r
}

// Handler serves the figures.
func (r *Recorder) Handler() http.Handler {
	return promhttp.HandlerFor(r.registry, promhttp.HandlerOpts{})
}

// Request counts a request. The pattern is that of the route, empty for none.
func (r *Recorder) Request(pattern string, status int, took time.Duration) {
	if _, path, method := strings.Cut(pattern, " "); method {
		pattern = path
	}
	if pattern == "" {
		pattern = "none"
	}
	r.requests.WithLabelValues(pattern, strconv.Itoa(status)).Observe(took.Seconds())
}

// Mail counts a mail that the mail server was given.
func (r *Recorder) Mail(verdict string, took time.Duration) {
	r.mails.WithLabelValues(verdict).Observe(took.Seconds())
}

// Operations is the extension that counts GraphQL operations.
func (r *Recorder) Operations() graphql.HandlerExtension { return counting{r} }

type counting struct{ *Recorder }

var _ interface {
	graphql.HandlerExtension
	graphql.ResponseInterceptor
} = counting{}

// ExtensionName names it in gqlgen's errors.
func (counting) ExtensionName() string { return "Metrics" }

// Validate finds nothing to mind in a schema.
func (counting) Validate(graphql.ExecutableSchema) error { return nil }

// InterceptResponse counts an answer; of a subscription each.
func (c counting) InterceptResponse(ctx context.Context, next graphql.ResponseHandler) *graphql.Response {
	answer := next(ctx)
	if answer == nil || !graphql.HasOperationContext(ctx) {
		return answer
	}
	op := graphql.GetOperationContext(ctx)
	name, result := "free", "ok"
	sum := sha256.Sum256([]byte(op.RawQuery))
	if _, own := c.documents[hex.EncodeToString(sum[:])]; own && op.Operation.Name != "" {
		name = op.Operation.Name
	}
	if len(answer.Errors) > 0 {
		result = "error"
		if code, is := answer.Errors[0].Extensions["code"].(string); is {
			result = code
		}
	}
	c.operations.WithLabelValues(name, string(op.Operation.Operation), result).Inc()
	return answer
}
