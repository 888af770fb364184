// Package web is the process's door: HTTP routes, who comes in with which
// session or token, downloads, the recipient's page and the SPA. It holds no
// rule of the business.
package web

import (
	"context"
	"io/fs"
	"log/slog"
	"net/http"
	"time"

	"gradin/server/account"
	"gradin/server/db"
	"gradin/server/distribution"
	"gradin/server/errs"
	"gradin/server/privacy"
	"gradin/server/seatmap"
	"gradin/server/term"
	"gradin/server/trace"
	"gradin/server/web/protocol"
)

// Config is what the door is made of.
type Config struct {
	Store        *db.DB
	Accounts     *account.Service
	Distribution *distribution.Service
	Maps         *seatmap.Service
	Privacy      *privacy.Service
	GraphQL      *protocol.Handler
	// Recipient serves /t/…, the guests' page.
	Recipient http.Handler
	// Assets is the built SPA; without an index.html the page says how to build it.
	Assets  fs.FS
	LinkKey []byte
	Log     *slog.Logger
	Now     func() time.Time
	// Measure is told of every request: the pattern of its route, status and time.
	Measure func(pattern string, status int, took time.Duration)
	// Trace keeps what requests spent their time with; nil keeps nothing.
	Trace *trace.Tracer
	// Address reads the client's address from a request.
	Address func(*http.Request) string
	// Limiter holds the rate of the public pages.
	Limiter protocol.RateLimiter
}

// New makes the handler of all routes.
func New(c Config) http.Handler {
	mux := http.NewServeMux()
	mux.Handle("/graphql", c.entering(c.GraphQL))
	mux.Handle("GET /d/{token}", download{c})
	mux.Handle("/t/", c.slowly(c.Recipient))
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("ok\n")) })
	mux.HandleFunc("GET /readyz", c.ready)
	mux.Handle("/", spa{assets: c.Assets})
	return c.logged(secured(http.NewCrossOriginProtection().Handler(mux)))
}

func (c Config) ready(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), 2*time.Second)
	defer cancel()
	if err := c.Store.Ready(ctx); err != nil {
		http.Error(w, "the store does not answer", http.StatusServiceUnavailable)
		return
	}
	_, _ = w.Write([]byte("ready\n"))
}

// slowly holds the rate of a public page by address, so that tokens cannot be
// tried out by the million.
func (c Config) slowly(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if ok, wait := c.Limiter.Allow(r.Context(), protocol.RateOperations+"/address/page/"+c.Address(r), 1); !ok {
			w.Header().Set("Retry-After", retryAfter(wait))
			language := term.Preferred(r.Header.Get("Accept-Language"))
			http.Error(w, errs.New(errs.RateLimited, "Too many requests. Wait a minute and try again.").In(string(language)), http.StatusTooManyRequests)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// secured sets the headers that every answer has (OP-3).
func secured(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("X-Frame-Options", "DENY")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
		if r.TLS != nil || r.Header.Get("X-Forwarded-Proto") == "https" {
			h.Set("Strict-Transport-Security", "max-age=31536000")
		}
		next.ServeHTTP(w, r)
	})
}
