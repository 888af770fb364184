package protocol

import (
	"bufio"
	"context"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/99designs/gqlgen/graphql"

	"gradin/server/errs"
)

// listen opens an event stream and gives its lines.
func (h *house) listen(t *testing.T, document string, heads ...string) (*http.Response, <-chan string, context.CancelFunc) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	t.Cleanup(cancel)
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, h.url, strings.NewReader(asBody(document)))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Accept", mediaEvents)
	for i := 0; i < len(heads); i += 2 {
		r.Header.Set(heads[i], heads[i+1])
	}
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	lines := make(chan string, 1_000)
	go func() {
		defer close(lines)
		defer response.Body.Close()
		for scan := bufio.NewScanner(response.Body); scan.Scan(); {
			lines <- scan.Text()
		}
	}()
	return response, lines, cancel
}

// events reads a stream to its end, without comments and prices.
func events(lines <-chan string) string {
	var out []string
	for line := range lines {
		if line != "" && !strings.HasPrefix(line, ":") {
			line, _, _ = strings.Cut(line, `,"extensions":{"cost"`)
			out = append(out, line)
		}
	}
	return strings.Join(out, "|")
}

func TestStream_API6_answersAreEventsUntilTheEnd(t *testing.T) {
	t.Parallel()
	h := open(t)
	response, lines, _ := h.listen(t, "subscription{ticks(n:2)}")
	want := `event: next|data: {"data":{"ticks":1}|event: next|data: {"data":{"ticks":2}|event: complete|data:`
	if got := events(lines); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	for name, want := range map[string]string{
		"Content-Type": "text/event-stream; charset=utf-8", "Cache-Control": "no-store", "X-Accel-Buffering": "no",
	} {
		if got := response.Header.Get(name); got != want {
			t.Errorf("%s is %q", name, got)
		}
	}
	_, lines, _ = h.listen(t, "{name}", "Accept", mediaEvents+", application/json;q=0.5")
	if got := events(lines); got != `event: next|data: {"data":{"name":"name"}|event: complete|data:` {
		t.Errorf("a query gives %s", got)
	}
	_, lines, _ = h.listen(t, "subscription{ticks(n:1)}", "Accept", "application/json, "+mediaEvents)
	if got := events(lines); !strings.HasPrefix(got, "event: next") {
		t.Errorf("a client that takes both gets %s", got)
	}
}

func TestStream_API6_requestErrorsAreEvents(t *testing.T) {
	t.Parallel()
	h := open(t)
	for _, document := range []string{"{nme}", strings.Repeat("{a", 40), "subscription{broken}"} {
		response, lines, _ := h.listen(t, document)
		got := events(lines)
		if response.StatusCode != 200 || !strings.HasPrefix(got, `event: next|data: {"errors":`) ||
			!strings.HasSuffix(got, "|event: complete|data:") || strings.Contains(got, "secret") {
			t.Errorf("%.20s: %d %s", document, response.StatusCode, got)
		}
	}
	h.send(t, "{", "Accept", mediaEvents).expect(t, 400, CodeRequest)
	limiter := full{map[string]int{"operation/address/127.0.0.1": 0}, make(chan string, 100)}
	h = open(t, func(c *Config) { c.RateLimiter = limiter })
	h.query(t, "{name}", "Accept", mediaEvents).expect(t, 429, string(errs.RateLimited))
}

func TestStream_API6_commentsKeepItAlive(t *testing.T) {
	t.Parallel()
	h := open(t, limits(func(l *Limits) { l.Ping = time.Millisecond }))
	_, lines, _ := h.listen(t, "subscription{never}")
	for comments := 0; comments < 5; {
		if line, more := <-lines; !more {
			t.Fatal("the stream ended")
		} else if line == ":" {
			comments++
		}
	}
}

func TestStream_API6_theSubscriptionEndsWithItsListener(t *testing.T) {
	t.Parallel()
	h := open(t)
	_, _, leave := h.listen(t, "subscription{never}")
	<-h.began
	leave()
	if got := <-h.ended; got != "never" {
		t.Errorf("%s ended", got)
	}
}

func TestStream_AC1_theEndOfTheSessionEndsIt(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		every time.Duration
		ask   bool
	}{
		"when the next look is due": {5 * time.Millisecond, false},
		"when somebody asks":        {time.Hour, true},
	} {
		var over atomic.Bool
		h := open(t, limits(func(l *Limits) { l.Recheck = c.every }), func(c *Config) {
			c.Recheck = func(context.Context) error {
				if over.Load() {
					return errs.New(errs.Unauthenticated, "Sign in again.")
				}
				return nil
			}
		})
		_, lines, _ := h.listen(t, "subscription{never}", "X-Who", "ada")
		<-h.began
		over.Store(true)
		if c.ask {
			h.Recheck("account/ada")
		}
		if got := events(lines); !strings.Contains(got, `"code":"UNAUTHENTICATED"`) || !strings.Contains(got, "complete") {
			t.Errorf("%s: %s", name, got)
		}
	}
}

func TestStream_OP2_drainingEndsItWithoutComplete(t *testing.T) {
	t.Parallel()
	h := open(t)
	_, lines, _ := h.listen(t, "subscription{never}")
	<-h.began
	if err := h.Drain(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := events(lines); got != "" {
		t.Errorf("got %s", got)
	}
}

func TestStream_API8_streamsOfASessionAreCounted(t *testing.T) {
	t.Parallel()
	h := open(t, limits(func(l *Limits) { l.Streams = 2 }))
	_, _, leave := h.listen(t, "subscription{never}", "X-Who", "ada")
	_, _, _ = h.listen(t, "subscription{never}", "X-Who", "ada")
	<-h.began
	<-h.began
	r := h.query(t, "subscription{never}", "Accept", mediaEvents, "X-Who", "ada")
	r.expect(t, 429, limited)
	_, _, _ = h.listen(t, "subscription{never}", "X-Who", "eve")
	<-h.began
	leave()
	<-h.ended
	for {
		response, _, _ := h.listen(t, "subscription{never}", "X-Who", "ada")
		if response.StatusCode == 200 {
			return
		}
	}
}

func TestStream_API6_lineEndsInAnAnswerDoNotEndTheEvent(t *testing.T) {
	t.Parallel()
	var out recorder
	s := &stream{w: &out, control: http.NewResponseController(&out), write: time.Second}
	s.next(&graphql.Response{Data: []byte("{\"a\":\n{\"b\":1}\r\n}")})
	if got := out.String(); got != "event: next\ndata: {\"data\":{\"a\":{\"b\":1}}}\n\n" {
		t.Errorf("got %q", got)
	}
}

// recorder is a writer without deadlines.
type recorder struct{ strings.Builder }

func (*recorder) Header() http.Header { return http.Header{} }
func (*recorder) WriteHeader(int)     {}
func (*recorder) Flush()              {}
