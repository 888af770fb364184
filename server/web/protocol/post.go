package protocol

import (
	"io"
	"net/http"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
)

// servePost answers an operation in a JSON body, or streams its answers when
// the caller asks for events (API-6, API-7).
func (h *Handler) servePost(w http.ResponseWriter, r *http.Request, answer accepted) {
	limits := h.cfg.Limits
	most := limits.Body
	if h.cfg.signedIn(r.Context()) {
		most = limits.SignedInBody
	}
	if r.ContentLength > most {
		send(w, answer.media, tooLarge(most))
		return
	}
	body, err := readWithin(w, r, most, limits.BodyTime)
	if err != nil {
		send(w, answer.media, unread(err))
		return
	}
	params, refused := parseBody(body, limits)
	if refused != nil {
		send(w, answer.media, refused)
		return
	}
	h.perform(w, r, answer, params)
}

// readWithin reads a body up to most bytes and, where the server allows it,
// within the time given; both are limits against callers who hold on to a
// connection.
func readWithin(w http.ResponseWriter, r *http.Request, most int64, within time.Duration) ([]byte, error) {
	control := http.NewResponseController(w)
	// A writer that knows no deadlines leaves them to the server's own settings.
	_ = control.SetReadDeadline(time.Now().Add(within))
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, most))
	if err == nil {
		_ = control.SetReadDeadline(time.Time{})
	}
	return body, err
}

// serveGet answers a query in the URL. A page of another origin can make a
// browser open a URL with our cookie, so with a cookie the preflight header is
// needed; mutations are 405 (API-7).
func (h *Handler) serveGet(w http.ResponseWriter, r *http.Request, answer accepted) {
	if answer.media == "" {
		send(w, answer.media, notAcceptable())
		return
	}
	if r.Header.Get("Cookie") != "" && !preflighted(r) {
		send(w, answer.media, refuse(CodeRequest, "Send the header GraphQL-Require-Preflight with a query by GET.").
			with(http.StatusBadRequest))
		return
	}
	params, refused := parseURL(r, h.cfg.Limits)
	if refused != nil {
		send(w, answer.media, refused)
		return
	}
	op, refused := h.open(r, params)
	if refused == nil && op.Operation.Operation != ast.Query {
		refused = refuse(CodeRequest, "Only queries are answered by GET.").with(http.StatusMethodNotAllowed)
		refused.allow = http.MethodPost
	}
	if refused != nil {
		send(w, answer.media, refused)
		return
	}
	h.answerOnce(w, r, answer, op)
}

// parseURL reads the parameters of a query by GET; values that are objects are
// JSON under the same limits as in a body.
func parseURL(r *http.Request, l Limits) (*graphql.RawParams, *refusal) {
	values := r.URL.Query()
	params := &graphql.RawParams{Query: values.Get("query"), OperationName: values.Get("operationName")}
	for name, into := range map[string]*map[string]any{"variables": &params.Variables, "extensions": &params.Extensions} {
		raw := []byte(values.Get(name))
		if len(raw) == 0 {
			continue
		}
		if refused := measureJSON(raw, l.JSONNesting); refused != nil {
			return nil, refused
		}
		if countMembers(raw) > l.Variables {
			return nil, tooMuch("The request has more than %d variables.", l.Variables).with(400)
		}
		if !decodeMember(raw, into) {
			return nil, malformed("The parameter %s must be an object in JSON.", name)
		}
	}
	return params, checkQuery(params)
}

func (h *Handler) open(r *http.Request, params *graphql.RawParams) (*graphql.OperationContext, *refusal) {
	params.Headers = r.Header
	return h.gate.open(r.Context(), params)
}

// perform opens an operation and answers it once or as a stream. On a stream
// request errors are events too, unless they force a status of their own.
func (h *Handler) perform(w http.ResponseWriter, r *http.Request, answer accepted, params *graphql.RawParams) {
	op, refused := h.open(r, params)
	switch {
	case refused != nil && answer.stream && refused.status == 0:
		h.streamRefusal(w, refused)
	case refused != nil:
		send(w, answer.media, refused)
	case answer.stream || op.Operation.Operation == ast.Subscription && answer.events:
		h.serveStream(w, r, op)
	case op.Operation.Operation == ast.Subscription:
		send(w, answer.media, refuse(CodeRequest, "Subscriptions are answered as %s or over a WebSocket.", mediaEvents))
	default:
		h.answerOnce(w, r, answer, op)
	}
}

func (h *Handler) answerOnce(w http.ResponseWriter, r *http.Request, answer accepted, op *graphql.OperationContext) {
	x := h.gate.run(r.Context(), op)
	defer x.stop()
	reply(w, answer.media, x.next())
}
