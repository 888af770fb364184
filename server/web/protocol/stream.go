package protocol

import (
	"bytes"
	"encoding/json"
	"net/http"
	"time"

	"github.com/99designs/gqlgen/graphql"

	"gradin/server/errs"
)

// stream writes server sent events in the distinct connections mode of the
// graphql-sse protocol: each answer is an event "next", the end an event
// "complete", and comments in between keep proxies from closing the connection.
type stream struct {
	w       http.ResponseWriter
	control *http.ResponseController
	write   time.Duration
}

// begin sends the head at once, so that the caller knows that it listens.
func (h *Handler) begin(w http.ResponseWriter) *stream {
	s := &stream{w: w, control: http.NewResponseController(w), write: h.cfg.Limits.Write}
	w.Header().Set("Content-Type", mediaEvents+"; charset=utf-8")
	w.Header().Set("X-Accel-Buffering", "no")
	// The server's deadline for reading the request would end the stream.
	_ = s.control.SetReadDeadline(time.Time{})
	w.WriteHeader(http.StatusOK)
	s.send([]byte(":\n\n"))
	return s
}

// send writes one event or comment within Limits.Write and says whether the
// reader still takes them.
func (s *stream) send(event []byte) bool {
	_ = s.control.SetWriteDeadline(time.Now().Add(s.write))
	if _, err := s.w.Write(event); err != nil {
		return false
	}
	return s.control.Flush() == nil
}

func (s *stream) next(answer *graphql.Response) bool {
	data := encode(answer)
	// A line end would end the event; a scalar of the schema may have written one.
	if bytes.ContainsAny(data, "\r\n") {
		var compact bytes.Buffer
		if json.Compact(&compact, data) == nil {
			data = compact.Bytes()
		}
	}
	event := make([]byte, 0, len(data)+24)
	event = append(event, "event: next\ndata: "...)
	event = append(event, data...)
	return s.send(append(event, "\n\n"...))
}

// end leaves the connection without a deadline to the next request on it.
func (s *stream) end() {
	_ = s.control.SetWriteDeadline(time.Time{})
}

func (s *stream) complete() {
	s.send([]byte("event: complete\ndata:\n\n"))
}

// streamRefusal tells a request error as the one answer of a stream: the
// clients take another status for a broken connection.
func (h *Handler) streamRefusal(w http.ResponseWriter, refused *refusal) {
	s := h.begin(w)
	defer s.end()
	if s.next(&graphql.Response{Errors: refused.errors}) {
		s.complete()
	}
}

// serveStream sends the answers of an operation until it ends, the caller goes,
// the session ends or the server stops (API-6).
func (h *Handler) serveStream(w http.ResponseWriter, r *http.Request, op *graphql.OperationContext) {
	ctx := r.Context()
	place := h.streams.take(h.cfg.session(ctx))
	if place == nil {
		send(w, mediaJSON, refuse(errs.LimitExceeded, "This session has %d event streams open already: close one first.", h.cfg.Limits.Streams).
			with(http.StatusTooManyRequests).after(time.Second))
		return
	}
	defer place.leave()
	if !h.enter() {
		send(w, mediaJSON, stopping())
		return
	}
	defer h.lasting.Done()

	x := h.gate.run(ctx, op)
	defer x.stop()
	s := h.begin(w)
	defer s.end()
	ping, recheck := time.NewTicker(h.cfg.Limits.Ping), time.NewTicker(h.cfg.Limits.Recheck)
	defer ping.Stop()
	defer recheck.Stop()
	for answers, going := x.answers(), true; going; {
		select {
		case answer, more := <-answers:
			if !more {
				s.complete()
				return
			}
			going = s.next(answer)
		case <-ping.C:
			going = s.send([]byte(":\n\n"))
		case <-recheck.C:
			going = h.stillSigned(r, s)
		case <-place.nudged:
			going = h.stillSigned(r, s)
		case <-h.drain:
			return
		case <-ctx.Done():
			return
		}
	}
}

// stillSigned ends a stream whose session has ended, with the reason.
func (h *Handler) stillSigned(r *http.Request, s *stream) bool {
	err := h.cfg.recheck(r.Context())
	if err == nil {
		return true
	}
	if s.next(&graphql.Response{Errors: h.gate.sessionRefusal(r.Context(), err).errors}) {
		s.complete()
	}
	return false
}

// answers hands on the answers of an operation until its end or until it is
// stopped; it is closed at the end.
func (x *execution) answers() <-chan *graphql.Response {
	out := make(chan *graphql.Response)
	done := x.ctx.Done()
	go func() {
		defer close(out)
		for answer := x.next(); answer != nil; answer = x.next() {
			select {
			case out <- answer:
			case <-done:
				return
			}
		}
	}()
	return out
}
