package protocol

import (
	"context"
	"errors"
	"fmt"
	"mime"
	"net/http"
	"os"
	"sync"
	"time"

	"github.com/99designs/gqlgen/graphql"

	"gradin/server/errs"
)

// Handler serves GraphQL on the one path it is mounted at. It is made by New
// and ended by Drain.
type Handler struct {
	cfg     Config
	gate    *gate
	origins *http.CrossOriginProtection
	cookies map[string]bool

	sockets, streams, pending *seats
	drain                     chan struct{}
	// entering keeps a socket or stream from entering lasting while Drain waits.
	entering sync.Mutex
	lasting  sync.WaitGroup
}

// New checks the settings, makes the upload folder (private to the process's
// user) and gives the handler.
func New(cfg Config) (*Handler, error) {
	if err := cfg.Validate(); err != nil {
		return nil, err
	}
	if cfg.UploadDir != "" {
		if err := os.MkdirAll(cfg.UploadDir, 0o700); err != nil {
			return nil, fmt.Errorf("make the upload folder: %w", err)
		}
	}
	for _, extension := range cfg.Extensions {
		if err := extension.Validate(cfg.Schema); err != nil {
			return nil, fmt.Errorf("extension %s: %w", extension.ExtensionName(), err)
		}
	}
	h := &Handler{
		cfg: cfg, origins: http.NewCrossOriginProtection(), cookies: map[string]bool{},
		sockets: newSeats(cfg.Limits.Sockets), streams: newSeats(cfg.Limits.Streams),
		pending: newSeats(cfg.Limits.PendingSockets), drain: make(chan struct{}),
	}
	h.gate = newGate(&h.cfg)
	for _, name := range cfg.SessionCookies {
		h.cookies[name] = true
	}
	for _, origin := range cfg.TrustedOrigins {
		if err := h.origins.AddTrustedOrigin(origin); err != nil {
			return nil, fmt.Errorf("trusted origin: %w", err)
		}
	}
	return h, nil
}

// Drain refuses new requests with 503, ends sockets with 1001 and event streams
// without their complete event, so that clients connect again elsewhere, and
// waits for them until the context ends, whose error it then gives. Plain
// requests are waited for by http.Server.Shutdown.
func (h *Handler) Drain(ctx context.Context) error {
	h.entering.Lock()
	if !h.draining() {
		close(h.drain)
	}
	h.entering.Unlock()
	gone := make(chan struct{})
	go func() {
		h.lasting.Wait()
		close(gone)
	}()
	select {
	case <-gone:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Recheck asks Config.Recheck at once about the open sockets and streams of a
// session: at logout, revocation of a token and change of a role.
func (h *Handler) Recheck(session string) {
	h.sockets.nudge(session)
	h.streams.nudge(session)
}

func (h *Handler) draining() bool {
	select {
	case <-h.drain:
		return true
	default:
		return false
	}
}

// enter counts a socket or a stream, which must call lasting.Done, unless the
// handler is draining.
func (h *Handler) enter() bool {
	h.entering.Lock()
	defer h.entering.Unlock()
	if h.draining() {
		return false
	}
	h.lasting.Add(1)
	return true
}

func stopping() *refusal {
	return refuse(errs.Unavailable, "The server is stopping: try again in a moment.").
		with(http.StatusServiceUnavailable).after(5 * time.Second)
}

// ServeHTTP lets a request pass to its transport, or answers why not.
func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	ctx := graphql.StartOperationTrace(r.Context())
	ctx = context.WithValue(ctx, addressKey{}, ClientAddress(r, h.cfg.TrustedProxies))
	r = r.WithContext(ctx)
	answer := negotiate(r)
	defer func() {
		if cause := recover(); cause != nil {
			if cause == http.ErrAbortHandler {
				panic(cause)
			}
			send(w, answer.media, h.gate.broken(ctx, cause))
		}
	}()
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	w.Header().Add("Vary", "Accept, Cookie, Authorization")
	if refused := h.guard(r); refused != nil {
		send(w, answer.media, refused)
		return
	}
	h.route(w, r, answer)
}

// guard looks at what a browser could be made to send for a foreign page, before
// anything of the body is read.
func (h *Handler) guard(r *http.Request) *refusal {
	if h.draining() {
		return stopping()
	}
	if err := h.origins.Check(r); err != nil {
		return refuse(errs.Forbidden, "Requests from pages of another origin are refused.").with(http.StatusForbidden)
	}
	if r.Header.Get("Authorization") != "" && h.signedByCookie(r) {
		return malformed("Send either the session cookie or a token, not both.")
	}
	return nil
}

func (h *Handler) signedByCookie(r *http.Request) bool {
	for _, cookie := range r.Cookies() {
		if h.cookies[cookie.Name] {
			return true
		}
	}
	return false
}

// preflighted says whether the request carries a header that a browser sends
// for a foreign page only after asking first.
func preflighted(r *http.Request) bool {
	return r.Header.Get("GraphQL-Require-Preflight") != "" || r.Header.Get("Apollo-Require-Preflight") != ""
}

func (h *Handler) route(w http.ResponseWriter, r *http.Request, answer accepted) {
	switch {
	case r.Header.Get("Upgrade") != "":
		h.serveSocket(w, r)
	case r.Method == http.MethodGet && h.cfg.QueriesByGET:
		h.serveGet(w, r, answer)
	case r.Method != http.MethodPost:
		refused := refuse(CodeRequest, "Send operations by POST.").with(http.StatusMethodNotAllowed)
		refused.allow = h.methods()
		send(w, answer.media, refused)
	case answer.media == "" && !answer.events:
		send(w, answer.media, notAcceptable())
	default:
		h.routePost(w, r, answer)
	}
}

func (h *Handler) methods() string {
	if h.cfg.QueriesByGET {
		return "GET, POST"
	}
	return "POST"
}

func notAcceptable() *refusal {
	return refuse(CodeRequest, "Answers are sent as %s, %s or %s, in UTF-8.", mediaGraphQL, mediaJSON, mediaEvents).
		with(http.StatusNotAcceptable)
}

func (h *Handler) routePost(w http.ResponseWriter, r *http.Request, answer accepted) {
	media, params, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	encoding := r.Header.Get("Content-Encoding")
	switch {
	case err == nil && media == mediaJSON && utf8Charset(params) && (encoding == "" || encoding == "identity"):
		h.servePost(w, r, answer)
	case err == nil && media == "multipart/form-data" && h.cfg.UploadDir != "":
		h.serveUpload(w, r, answer)
	default:
		send(w, answer.media, refuse(CodeRequest, "Send operations as %s in UTF-8, not compressed.", mediaJSON).
			with(http.StatusUnsupportedMediaType))
	}
}

// tooLarge is the answer to a body above its limit.
func tooLarge(most int64) *refusal {
	return refuse(errs.TooLarge, "The request is larger than %d bytes.", most).with(http.StatusRequestEntityTooLarge)
}

// unread words an error of reading a body: too large, too slow or cut off.
func unread(err error) *refusal {
	if over, ok := errors.AsType[*http.MaxBytesError](err); ok {
		return tooLarge(over.Limit)
	}
	if errors.Is(err, os.ErrDeadlineExceeded) {
		return refuse(CodeRequest, "The request took too long to arrive.").with(http.StatusRequestTimeout)
	}
	return malformed("The request ended before it was complete.")
}
