package protocol

import (
	"bytes"
	"encoding/json"
	"errors"
	"mime"
	"net/http"
	"strconv"
	"strings"

	"github.com/99designs/gqlgen/graphql"
)

const (
	mediaGraphQL = "application/graphql-response+json"
	mediaJSON    = "application/json"
	mediaEvents  = "text/event-stream"
)

var errNoAnswer = errors.New("the schema gave no answer")

// accepted is what a caller can read: the JSON media type it likes best, empty
// when it takes none, whether it takes event streams, and whether it likes
// those best.
type accepted struct {
	media          string
	events, stream bool
}

// negotiate reads Accept: without it, and for */*, the answer is
// application/json, as older clients expect (API-7). A range that asks for
// another charset than UTF-8 cannot be met.
func negotiate(r *http.Request) accepted {
	header := strings.Join(r.Header.Values("Accept"), ",")
	if strings.TrimSpace(header) == "" {
		return accepted{media: mediaJSON}
	}
	var a accepted
	best, bestEvents := 0.0, 0.0
	for part := range strings.SplitSeq(header, ",") {
		media, params, err := mime.ParseMediaType(part)
		if err != nil || !utf8Charset(params) {
			continue
		}
		quality := 1.0
		if q, ok := params["q"]; ok {
			if quality, err = strconv.ParseFloat(q, 64); err != nil || quality <= 0 {
				continue
			}
		}
		if media == mediaEvents {
			bestEvents = max(bestEvents, quality)
			a.stream = a.media == "" || quality > best
			continue
		}
		if media == "*/*" || media == "application/*" {
			media = mediaJSON
		}
		if (media == mediaJSON || media == mediaGraphQL) && quality > best {
			best, a.media = quality, media
			a.stream = bestEvents >= best
		}
	}
	a.events = bestEvents > 0
	return a
}

func utf8Charset(params map[string]string) bool {
	charset, ok := params["charset"]
	return !ok || strings.EqualFold(charset, "utf-8") || strings.EqualFold(charset, "utf8")
}

// encode writes an answer. Without data it is a request error and has no data
// key (API-7); data is written as the schema gave it, without a second pass.
func encode(answer *graphql.Response) []byte {
	var b bytes.Buffer
	b.Grow(len(answer.Data) + 256)
	b.WriteByte('{')
	if len(answer.Errors) > 0 {
		member(&b, "errors", answer.Errors)
	}
	if answer.Data != nil {
		separate(&b)
		b.WriteString(`"data":`)
		b.Write(answer.Data)
	}
	if len(answer.Extensions) > 0 {
		member(&b, "extensions", answer.Extensions)
	}
	b.WriteByte('}')
	return b.Bytes()
}

func member(b *bytes.Buffer, name string, value any) {
	text, err := json.Marshal(value)
	if err != nil {
		// Only an extension that a hook or a resolver put there cannot be
		// written; the answer is worth more than it.
		text = []byte("null")
	}
	separate(b)
	b.WriteString(`"` + name + `":`)
	b.Write(text)
}

func separate(b *bytes.Buffer) {
	if b.Len() > 1 {
		b.WriteByte(',')
	}
}

// reply sends one answer of an operation.
func reply(w http.ResponseWriter, media string, answer *graphql.Response) {
	if answer.Data == nil {
		send(w, media, &refusal{errors: answer.Errors})
		return
	}
	write(w, media, http.StatusOK, encode(answer))
}

// send sends a request error: 400 for the newer media type and 200 for the
// older one, unless the refusal forces a status (API-7).
func send(w http.ResponseWriter, media string, r *refusal) {
	status := r.status
	if status == 0 {
		status = http.StatusOK
		if media == mediaGraphQL {
			status = http.StatusBadRequest
		}
	}
	if media == "" {
		media = mediaJSON
	}
	if r.retry > 0 {
		w.Header().Set("Retry-After", strconv.Itoa(r.retrySeconds()))
	}
	if r.allow != "" {
		w.Header().Set("Allow", r.allow)
	}
	write(w, media, status, encode(&graphql.Response{Errors: r.errors}))
}

func write(w http.ResponseWriter, media string, status int, body []byte) {
	w.Header().Set("Content-Type", media+"; charset=utf-8")
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(status)
	// A caller that has gone cannot be told so.
	_, _ = w.Write(body)
}
