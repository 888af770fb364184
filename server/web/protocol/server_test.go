package protocol

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"
)

// ledger is a log that tests read.
type ledger struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *ledger) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *ledger) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// house is a running server with its schema and its log.
type house struct {
	*theatre
	*Handler
	url string
	log *ledger
}

// always and header are hooks: everybody may, or who sends the header may.
func always(context.Context) bool { return true }

type whoKey struct{}

func who(ctx context.Context) string {
	name, _ := ctx.Value(whoKey{}).(string)
	return name
}

// open starts a server. By default everybody may send free documents and is
// named by the header X-Who, which stands in for the outer middleware; a named
// caller is signed in.
func open(t *testing.T, change ...func(*Config)) *house {
	t.Helper()
	h := &house{theatre: newTheatre(), log: &ledger{}}
	cfg := Config{
		Schema: h.theatre, Limits: DefaultLimits(), Logger: slog.New(slog.NewJSONHandler(h.log, nil)),
		FreeDocuments: always,
		SignedIn:      func(ctx context.Context) bool { return who(ctx) != "" },
		Account:       who,
		LoginFields:   []string{"signIn"}, SessionCookies: []string{"__Host-gradin"},
		UploadDir: t.TempDir(),
	}
	for _, c := range change {
		c(&cfg)
	}
	handler, err := New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	h.Handler = handler
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		handler.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), whoKey{}, r.Header.Get("X-Who"))))
	}))
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
		defer cancel()
		_ = handler.Drain(ctx)
		server.Close()
	})
	h.url = server.URL + "/graphql"
	return h
}

func limits(change func(*Limits)) func(*Config) {
	return func(c *Config) { change(&c.Limits) }
}

// result is an answer with its body taken apart.
type result struct {
	*http.Response
	body string
	json struct {
		Errors []struct {
			Message    string
			Path       []any
			Extensions map[string]any
		}
		Data       map[string]any
		Extensions map[string]any
	}
}

func (r result) code() string {
	if len(r.json.Errors) == 0 {
		return ""
	}
	code, _ := r.json.Errors[0].Extensions["code"].(string)
	return code
}

func (r result) message() string {
	if len(r.json.Errors) == 0 {
		return ""
	}
	return r.json.Errors[0].Message
}

// send posts a body; heads are names and values in turn, "" takes a head away.
func (h *house) send(t *testing.T, body string, heads ...string) result {
	t.Helper()
	return h.do(t, http.MethodPost, h.url, strings.NewReader(body), append([]string{"Content-Type", "application/json"}, heads...)...)
}

func (h *house) do(t *testing.T, method, url string, body io.Reader, heads ...string) result {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, method, url, body)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(heads); i += 2 {
		r.Header.Set(heads[i], heads[i+1])
		if heads[i+1] == "" {
			r.Header.Del(heads[i])
		}
	}
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	out := result{Response: response, body: string(text)}
	if strings.Contains(response.Header.Get("Content-Type"), "json") {
		if err := json.Unmarshal(text, &out.json); err != nil {
			t.Fatalf("the answer is no JSON: %v: %.200s", err, text)
		}
	}
	return out
}

// query posts a document.
func (h *house) query(t *testing.T, document string, heads ...string) result {
	t.Helper()
	return h.send(t, asBody(document), heads...)
}

func asBody(document string) string {
	b, _ := json.Marshal(map[string]string{"query": document})
	return string(b)
}

// expect compares status and code.
func (r result) expect(t *testing.T, status int, code string) {
	t.Helper()
	if r.StatusCode != status || r.code() != code {
		t.Errorf("got %d %q, want %d %q: %.300s", r.StatusCode, r.code(), status, code, r.body)
	}
}
