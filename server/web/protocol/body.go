package protocol

import (
	"bytes"
	"encoding/json"
	"unicode/utf8"

	"github.com/99designs/gqlgen/graphql"
)

// parseBody reads the JSON object of a request. Nesting and the number of
// variables are measured before anything is decoded, and no refusal repeats a
// byte of the body, which may hold a password (API-8).
func parseBody(body []byte, l Limits) (*graphql.RawParams, *refusal) {
	if refused := measureJSON(body, l.JSONNesting); refused != nil {
		return nil, refused
	}
	if first := bytes.TrimLeft(body, " \t\r\n"); len(first) > 0 && first[0] == '[' {
		return nil, malformed("Batches are not served: send one operation in each request.")
	}
	// Keys are matched exactly here; decoding into a struct would take "QUERY" as well.
	var members map[string]json.RawMessage
	if err := json.Unmarshal(body, &members); err != nil || members == nil {
		return nil, malformed("The body must be a JSON object with a query.")
	}
	if members["variables"] != nil && countMembers(members["variables"]) > l.Variables {
		return nil, tooMuch("The request has more than %d variables.", l.Variables).with(400)
	}
	params := &graphql.RawParams{}
	for _, m := range []struct {
		name, kind string
		into       any
	}{
		{"query", "a string", &params.Query},
		{"operationName", "a string or null", &params.OperationName},
		{"variables", "an object or null", &params.Variables},
		{"extensions", "an object or null", &params.Extensions},
	} {
		if raw := members[m.name]; raw != nil && !decodeMember(raw, m.into) {
			return nil, malformed("The member %s must be %s.", m.name, m.kind)
		}
	}
	return params, checkQuery(params)
}

// checkQuery refuses a request without a text; automatic persisted queries are
// named, so that clients that try them fall back to the text.
func checkQuery(params *graphql.RawParams) *refusal {
	if params.Query != "" {
		return nil
	}
	if _, ok := params.Extensions["persistedQuery"]; ok {
		return refuse(CodePersisted, "PersistedQueryNotSupported").with(200)
	}
	return malformed("The request has no query: send the document's text in the member query.")
}

// decodeMember keeps numbers as they were written: ids and amounts do not fit
// into a float.
func decodeMember(raw json.RawMessage, into any) bool {
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber()
	return d.Decode(into) == nil
}

// measureJSON counts open brackets outside strings in one pass. The text need
// not be JSON: the decoder says so afterwards.
func measureJSON(body []byte, nesting int) *refusal {
	if !utf8.Valid(body) {
		return malformed("The body must be UTF-8.")
	}
	depth, quoted := 0, false
	for i := 0; i < len(body); i++ {
		switch c := body[i]; {
		case quoted && c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '{' || c == '[':
			depth++
		case c == '}' || c == ']':
			depth--
		}
		if depth > nesting {
			return tooMuch("The body nests deeper than %d brackets.", nesting).with(400)
		}
	}
	return nil
}

// countMembers counts the members of a valid JSON object by its commas at the
// first level; a repeated name counts each time.
func countMembers(object []byte) int {
	depth, quoted, members := 0, false, 0
	for i := 0; i < len(object); i++ {
		switch c := object[i]; {
		case quoted && c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '{' || c == '[':
			depth++
		case c == '}' || c == ']':
			depth--
		case c == ':' && depth == 1:
			members++
		}
	}
	return members
}
