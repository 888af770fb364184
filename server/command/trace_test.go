package command_test

import (
	"gradin/server/config"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	collector "go.opentelemetry.io/proto/otlp/collector/trace/v1"
	otlp "go.opentelemetry.io/proto/otlp/trace/v1"
	"google.golang.org/protobuf/proto"
)

// spans is a collector: it keeps what it is sent.
type spans struct {
	sync.Mutex
	all []*otlp.Span
	raw strings.Builder
}

func (s *spans) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	var sent collector.ExportTraceServiceRequest
	if err != nil || r.URL.Path != "/v1/traces" || proto.Unmarshal(body, &sent) != nil {
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	s.Lock()
	defer s.Unlock()
	s.raw.WriteString(sent.String())
	for _, resource := range sent.ResourceSpans {
		for _, scope := range resource.ScopeSpans {
			s.all = append(s.all, scope.Spans...)
		}
	}
}

// named gives the spans whose name begins so.
func (s *spans) named(prefix string) []*otlp.Span {
	var found []*otlp.Span
	for _, span := range s.all {
		if strings.HasPrefix(span.Name, prefix) {
			found = append(found, span)
		}
	}
	return found
}

// TestTraces_OP2_tellWhereTheTimeWent asks, runs and mails with a collector set,
// and reads what it was sent once the server has stopped.
func TestTraces_OP2_tellWhereTheTimeWent(t *testing.T) {
	furnished(t, func(t *testing.T, c config.Serve) {
		kept := &spans{}
		server := httptest.NewServer(kept)
		t.Cleanup(server.Close)
		c.Development, c.Traces = true, server.URL
		s := start(t, c, io.Discard)
		relay := signIn(t, s.URL, "relay@banquedulac.example")
		request{query: `query Found { tickets(first: 1, filter: { search: "camille.moreau@courrier.example" }) { edges { node { id } } } }`,
			traced: "00-11111111111111111111111111111111-2222222222222222-01"}.send(t, s.URL, relay)
		if err := s.Stop(); err != nil {
			t.Fatal(err)
		}
		kept.Lock()
		defer kept.Unlock()
		operation := kept.named("query Found")
		if len(operation) != 1 {
			t.Fatalf("%d spans of the query", len(operation))
		}
		trace := operation[0].TraceId
		parts := map[string]int{}
		for _, span := range kept.all {
			if string(span.TraceId) == string(trace) {
				parts[span.Name]++
			}
		}
		if parts["/graphql"] != 1 || parts["statement"] == 0 {
			t.Errorf("the trace of the query has %v", parts)
		}
		if strings.Count(string(trace), "\x11") == 16 {
			t.Error("the query joined the caller's trace")
		}
		for _, secret := range []string{"camille.moreau", "une-place-pour-tous", "relay@banquedulac"} {
			if strings.Contains(kept.raw.String(), secret) {
				t.Errorf("the traces tell %q", secret)
			}
		}
	})
}
