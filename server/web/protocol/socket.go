package protocol

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/99designs/gqlgen/graphql/handler/transport"

	"gradin/server/errs"
)

const subprotocol = "graphql-transport-ws"

// textMessage is the WebSocket opcode of a text message.
const textMessage = 1

// The close codes of graphql-transport-ws, and 1001 for a server that stops
// (API-6).
const (
	closeGoingAway        = 1001
	closeBadRequest       = 4400
	closeUnauthorized     = 4401
	closeForbidden        = 4403
	closeSubprotocol      = 4406
	closeInitTimeout      = 4408
	closeSubscriberExists = 4409
	closeTooManyInits     = 4429
	closeInternal         = 4500
)

// socket is one WebSocket in the graphql-transport-ws protocol. The loop that
// reads it is the only one to change inited and ctx; operations and the
// attendant share the rest under mu.
type socket struct {
	h      *Handler
	conn   transport.WebsocketConn
	cookie bool
	ctx    context.Context
	stop   context.CancelFunc
	inited bool
	timer  *time.Timer
	// pending is the seat until connection_init, place the one after it.
	pending, place *seat
	attended       sync.WaitGroup

	mu     sync.Mutex
	open   map[string]*opened
	closed bool
}

// opened is an operation on a socket; its identity tells it from a later one
// with the same id.
type opened struct{ cancel context.CancelFunc }

type message struct {
	ID      string          `json:"id,omitempty"`
	Type    string          `json:"type"`
	Payload json.RawMessage `json:"payload,omitempty"`
}

// serveSocket upgrades a request and serves the socket to its end. The protocol
// is kept here and not by gqlgen's transport, whose close codes are not those
// of the protocol and which bounds neither operations nor sockets.
func (h *Handler) serveSocket(w http.ResponseWriter, r *http.Request) {
	if refused := h.guardSocket(r); refused != nil {
		send(w, mediaJSON, refused)
		return
	}
	pending := h.pending.take(Address(r.Context()).String())
	if pending == nil {
		send(w, mediaJSON, tooMuch("Too many sockets of this address wait for connection_init; at most %d may.", h.cfg.Limits.PendingSockets).
			with(http.StatusTooManyRequests).after(h.cfg.Limits.Init))
		return
	}
	defer pending.leave()
	if !h.enter() {
		send(w, mediaJSON, stopping())
		return
	}
	defer h.lasting.Done()
	var accept transport.CoderWebsocketImplementation
	accept.AcceptOptions.OriginPatterns = h.cfg.TrustedOrigins
	conn, err := accept.Accept(w, r, transport.WebsocketAcceptOptions{Subprotocols: []string{subprotocol}})
	if err != nil {
		// The request has been answered: it was no handshake.
		return
	}
	ctx, stop := context.WithCancel(r.Context())
	s := &socket{
		h: h, conn: conn, cookie: r.Header.Get("Cookie") != "", ctx: ctx, stop: stop,
		pending: pending, open: map[string]*opened{},
	}
	s.serve()
}

// guardSocket keeps foreign pages from opening a socket with our cookie: with
// one, Origin must be there and be ours (API-7). Without a cookie a missing
// Origin is a program, and a foreign one is refused all the same.
func (h *Handler) guardSocket(r *http.Request) *refusal {
	origin := r.Header.Get("Origin")
	if origin == "" && r.Header.Get("Cookie") == "" {
		return nil
	}
	u, err := url.Parse(origin)
	if err == nil && u.Host != "" && strings.EqualFold(u.Host, r.Host) || slices.Contains(h.cfg.TrustedOrigins, origin) {
		return nil
	}
	return refuse(errs.Forbidden, "Sockets are opened by pages of our own origin only.").with(http.StatusForbidden)
}

func (s *socket) serve() {
	defer s.end()
	defer s.broken()
	if s.conn.Subprotocol() != subprotocol {
		s.close(closeSubprotocol, "Subprotocol not acceptable")
		return
	}
	if limiter, ok := s.conn.(transport.WebsocketReadLimiter); ok {
		limiter.SetReadLimit(s.h.cfg.Limits.Message)
	}
	s.timer = time.AfterFunc(s.h.cfg.Limits.Init, func() { s.close(closeInitTimeout, "Connection initialisation timeout") })
	ctx := s.ctx
	s.attended.Go(func() { s.drained(ctx) })
	for {
		kind, reader, err := s.conn.NextReader()
		if err != nil || s.isClosed() {
			return
		}
		s.alive()
		body, err := io.ReadAll(reader)
		if err != nil {
			return
		}
		if kind != textMessage || !s.handle(body) {
			s.close(closeBadRequest, "Invalid message received")
		}
	}
}

// drained closes the socket when the server stops, initialised or not.
func (s *socket) drained(ctx context.Context) {
	select {
	case <-s.h.drain:
		s.close(closeGoingAway, "The server is stopping")
	case <-ctx.Done():
	}
}

// broken is deferred wherever a hook may panic: off the request's own goroutine
// nothing else would keep the process alive.
func (s *socket) broken() {
	if cause := recover(); cause != nil {
		s.h.gate.presenter.recovered(s.ctx, cause)
		s.close(closeInternal, "internal error")
	}
}

// end stops what the socket has started and waits for what attends it.
func (s *socket) end() {
	s.stop()
	if s.timer != nil {
		s.timer.Stop()
	}
	s.attended.Wait()
	if s.place != nil {
		s.place.leave()
	}
	_ = s.conn.Close()
}

// alive grants two more pings of silence; before the init the timer watches.
func (s *socket) alive() {
	if deadliner, ok := s.conn.(transport.WebsocketReadDeadliner); ok && s.inited && !s.isClosed() {
		_ = deadliner.SetReadDeadline(time.Now().Add(2 * s.h.cfg.Limits.Ping))
	}
}

func (s *socket) isClosed() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.closed
}

// close says goodbye once; the reason may have at most 123 bytes. Operations
// end at once.
func (s *socket) close(code int, reason string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return
	}
	s.closed = true
	for _, o := range s.open {
		o.cancel()
	}
	_ = s.conn.WriteClose(code, reason)
}

// closeFor closes the socket for the end of its session: 4401 when the caller
// must sign in, 4403 when it may not be here, 4500 when we cannot tell.
func (s *socket) closeFor(err error) {
	refused := s.h.gate.sessionRefusal(s.ctx, err)
	known, ok := errs.As(err)
	switch {
	case !ok:
		s.close(closeInternal, "internal error "+refused.errors[0].Extensions["reference"].(string))
	case known.Code == errs.Unauthenticated:
		s.close(closeUnauthorized, "Unauthorized")
	default:
		s.close(closeForbidden, "Forbidden")
	}
}

// write sends a message; a socket that is gone is found by its reader.
func (s *socket) write(m message) {
	if !s.isClosed() {
		_ = s.conn.WriteJSON(m)
	}
}
