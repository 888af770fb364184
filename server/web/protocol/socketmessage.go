package protocol

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/99designs/gqlgen/graphql"

	"gradin/server/errs"
)

// longestID bounds the id of an operation in bytes; clients use short numbers
// or UUIDs.
const longestID = 64

// handle takes one message and says whether it was one of the protocol.
func (s *socket) handle(body []byte) bool {
	var m message
	// The envelope and its payload object stand around what a body holds.
	if measureJSON(body, s.h.cfg.Limits.JSONNesting+1) != nil || json.Unmarshal(body, &m) != nil {
		return false
	}
	switch m.Type {
	case "connection_init":
		return s.init(m.Payload)
	case "ping":
		s.write(message{Type: "pong", Payload: m.Payload})
	case "pong":
	case "subscribe":
		return s.subscribe(m)
	case "complete":
		s.forget(m.ID, nil)
	default:
		return false
	}
	return true
}

// init takes the token the payload may carry and gives the socket its seat.
func (s *socket) init(raw json.RawMessage) bool {
	if s.inited {
		s.close(closeTooManyInits, "Too many initialisation requests")
		return true
	}
	var payload map[string]any
	if len(raw) > 0 && json.Unmarshal(raw, &payload) != nil {
		return false
	}
	s.timer.Stop()
	s.pending.leave()
	if s.cookie && carriesToken(payload) {
		s.close(closeForbidden, "Send either the session cookie or a token")
		return true
	}
	ctx := s.ctx
	if s.h.cfg.Init != nil {
		var err error
		if ctx, err = s.h.cfg.Init(s.ctx, payload); err != nil {
			s.closeFor(err)
			return true
		}
	}
	session := s.h.cfg.session(ctx)
	if s.place = s.h.sockets.take(session); s.place == nil {
		s.close(closeTooManyInits, "Too many sockets for this session")
		return true
	}
	s.inited, s.ctx = true, ctx
	s.alive()
	place := s.place
	s.attended.Go(func() { s.attend(ctx, place) })
	s.write(message{Type: "connection_ack"})
	return true
}

// carriesToken says whether the payload stands in for an Authorization header.
func carriesToken(payload map[string]any) bool {
	for name, value := range payload {
		text, _ := value.(string)
		if text != "" && (strings.EqualFold(name, "authorization") || strings.EqualFold(name, "token")) {
			return true
		}
	}
	return false
}

// attend pings, and looks at the session each Limits.Recheck and when asked.
func (s *socket) attend(ctx context.Context, place *seat) {
	defer s.broken()
	ping, recheck := time.NewTicker(s.h.cfg.Limits.Ping), time.NewTicker(s.h.cfg.Limits.Recheck)
	defer ping.Stop()
	defer recheck.Stop()
	for {
		select {
		case <-ping.C:
			s.write(message{Type: "ping"})
			continue
		case <-recheck.C:
		case <-place.nudged:
		case <-ctx.Done():
			return
		}
		if err := s.h.cfg.recheck(ctx); err != nil && ctx.Err() == nil {
			s.closeFor(err)
			return
		}
	}
}

// subscribe starts an operation. Its id must be new on this socket (4409), and
// the number of open operations is bounded.
func (s *socket) subscribe(m message) bool {
	if !s.inited {
		s.close(closeUnauthorized, "Unauthorized")
		return true
	}
	if m.ID == "" || len(m.ID) > longestID {
		return false
	}
	params, refused := parseBody(m.Payload, s.h.cfg.Limits)
	if refused != nil && refused.errors[0].Extensions["code"] == CodeRequest {
		return false
	}
	ctx, cancel := context.WithCancel(graphql.StartOperationTrace(s.ctx))
	o := &opened{cancel: cancel}
	s.mu.Lock()
	_, taken := s.open[m.ID]
	full := len(s.open) >= s.h.cfg.Limits.SocketOperations
	if !taken && !full && !s.closed {
		s.open[m.ID] = o
	}
	s.mu.Unlock()
	switch {
	case taken:
		cancel()
		s.close(closeSubscriberExists, fmt.Sprintf("Subscriber for %s already exists", m.ID))
	case full:
		cancel()
		s.refuse(m.ID, tooMuch("This socket has %d operations open already: complete one first.", s.h.cfg.Limits.SocketOperations))
	default:
		s.attended.Go(func() {
			defer cancel()
			s.operate(ctx, m.ID, o, params, refused)
		})
	}
	return true
}

// operate runs one operation to its end. Its id is free again before the last
// message goes out, because the client may use it as soon as it reads it.
func (s *socket) operate(ctx context.Context, id string, o *opened, params *graphql.RawParams, refused *refusal) {
	defer s.broken()
	if err := s.h.cfg.recheck(ctx); err != nil {
		if ctx.Err() == nil {
			s.closeFor(err)
		}
		return
	}
	var op *graphql.OperationContext
	if refused == nil {
		op, refused = s.h.gate.open(ctx, params)
	}
	if refused != nil {
		if s.forget(id, o) {
			s.refuse(id, refused)
		}
		return
	}
	x := s.h.gate.run(ctx, op)
	defer x.stop()
	for answer := x.next(); answer != nil && ctx.Err() == nil; answer = x.next() {
		s.write(message{ID: id, Type: "next", Payload: encode(answer)})
	}
	if s.forget(id, o) {
		s.write(message{ID: id, Type: "complete"})
	}
}

// forget ends an operation and says whether it was open: what the client has
// completed is not completed again. A nil operation is whichever has the id.
func (s *socket) forget(id string, o *opened) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	found, ok := s.open[id]
	if !ok || o != nil && found != o {
		return false
	}
	found.cancel()
	delete(s.open, id)
	return true
}

// refuse tells a request error, which ends the operation without complete.
func (s *socket) refuse(id string, refused *refusal) {
	payload, err := json.Marshal(refused.errors)
	if err != nil {
		payload = []byte(`[{"message":"` + string(errs.Internal) + `"}]`)
	}
	s.write(message{ID: id, Type: "error", Payload: payload})
}
