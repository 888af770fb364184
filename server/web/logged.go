package web

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"net/http"
	"strings"

	"gradin/server/oid"
	"gradin/server/viewer"
)

// logged writes a line per request, with an id that the answer carries too. It
// never writes a query string or what follows /t/ and /d/: those are secrets.
func (c Config) logged(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var raw [8]byte
		_, _ = rand.Read(raw[:]) // never fails
		id := hex.EncodeToString(raw[:])
		w.Header().Set("X-Request-Id", id)
		begun := c.Now()
		seen := &watched{ResponseWriter: w, status: http.StatusOK}
		who := &caller{}
		// The mux notes the pattern in the request that it is given.
		ctx, traced, end := c.Trace.Request(r)
		r = r.WithContext(context.WithValue(ctx, callerKey{}, who))
		next.ServeHTTP(seen, r)
		end(r.Pattern, seen.status)
		if c.Measure != nil {
			c.Measure(r.Pattern, seen.status, c.Now().Sub(begun))
		}
		level := c.Log.InfoContext
		if strings.HasPrefix(r.URL.Path, "/assets/") || r.URL.Path == "/healthz" || r.URL.Path == "/readyz" {
			level = c.Log.DebugContext
		}
		told := []any{
			"id", id, "method", r.Method, "path", masked(r.URL.Path), "status", seen.status,
			"ms", c.Now().Sub(begun).Milliseconds(), "address", c.Address(r), "organisation", who.organisation, "user", who.user,
		}
		if traced != "" {
			told = append(told, "trace", traced)
		}
		level(r.Context(), "request", told...)
	})
}

// caller is who came in, as far as the log goes: ids, no names. Who finds out
// notes it for the line that is written afterwards.
type caller struct{ organisation, user string }

type callerKey struct{}

func noteCaller(ctx context.Context, v viewer.Viewer) {
	if c, ok := ctx.Value(callerKey{}).(*caller); ok {
		c.organisation, c.user = oid.Encode(v.Organisation), oid.Encode(v.User)
	}
}

func masked(path string) string {
	for _, secret := range []string{"/t/", "/d/"} {
		if strings.HasPrefix(path, secret) {
			return secret + "…"
		}
	}
	return path
}

// watched remembers the status; ResponseController finds what is below.
type watched struct {
	http.ResponseWriter
	status int
}

// WriteHeader notes the status.
func (w *watched) WriteHeader(status int) {
	w.status = status
	w.ResponseWriter.WriteHeader(status)
}

// Unwrap is for http.ResponseController.
func (w *watched) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// Flush sends what is written so far.
func (w *watched) Flush() {
	if f, ok := w.ResponseWriter.(http.Flusher); ok {
		f.Flush()
	}
}

var _ http.Flusher = (*watched)(nil)
