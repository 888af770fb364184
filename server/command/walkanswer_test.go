package command_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"regexp"
	"sort"
	"strings"
	"testing"

	"gradin/server/web"
)

// request is one question of the walk.
type request struct {
	query     string
	variables map[string]any
	// upload is the path of the variable that a file belongs to.
	upload   string
	streamed bool
	// language is what the browser asks for, token what a program comes in with.
	// traced is the trace that the caller says to be in.
	language, token, traced string
	// ids are those the walker himself sends, fields those asked for.
	ids, fields []string
}

// answered is what came back.
type answered struct {
	// text is the answer as it came, leaves its values, and steady the answer
	// without what differs from call to call.
	text, leaves, steady string
	types                []string
	cookie               string
}

// workbook stands for a file of ticket details with one row.
const workbook = "Ticket ID;E-mail;First name;Last name\nnone;walker@courrier.example;A;Walker\n"

func (r request) send(t testing.TB, address, cookie string) answered {
	t.Helper()
	operation, err := json.Marshal(map[string]any{"query": r.query, "variables": r.variables})
	if err != nil {
		t.Fatal(err)
	}
	contentType := "application/json"
	if r.upload != "" {
		operation, contentType = multiparted(t, operation, r.upload)
	}
	post, _ := http.NewRequest(http.MethodPost, address+"/graphql", bytes.NewReader(operation))
	post.Header.Set("Content-Type", contentType)
	post.Header.Set("GraphQL-Require-Preflight", "1")
	if r.streamed {
		post.Header.Set("Accept", "text/event-stream")
	}
	if r.language != "" {
		post.Header.Set("Accept-Language", r.language)
	}
	if r.traced != "" {
		post.Header.Set("Traceparent", r.traced)
	}
	if r.token != "" {
		post.Header.Set("Authorization", "Bearer "+r.token)
	}
	if cookie != "" {
		post.AddCookie(&http.Cookie{Name: web.Cookie, Value: cookie})
	}
	got, err := http.DefaultClient.Do(post)
	if err != nil {
		t.Fatal(err)
	}
	defer got.Body.Close()
	text, err := io.ReadAll(got.Body)
	if err != nil {
		t.Fatal(err)
	}
	a := answeredBy(t, text, r.streamed)
	a.steady = fmt.Sprint(got.StatusCode, " ", a.steady)
	for _, c := range got.Cookies() {
		a.cookie = c.Value
	}
	return a
}

func multiparted(t testing.TB, operation []byte, path string) ([]byte, string) {
	t.Helper()
	var form bytes.Buffer
	w := multipart.NewWriter(&form)
	_ = w.WriteField("operations", string(operation))
	_ = w.WriteField("map", asJSON(map[string][]string{"0": {path}}))
	file, err := w.CreateFormFile("0", "guests.csv")
	if err != nil {
		t.Fatal(err)
	}
	_, _ = io.WriteString(file, workbook)
	_ = w.Close()
	return form.Bytes(), w.FormDataContentType()
}

// varies are the fields whose values differ from call to call.
var varies = map[string]bool{
	"cost": true, "reference": true, "number": true, "sequence": true, "createdAt": true, "at": true, "url": true, "original": true,
	"result": true, "refused": true, "lastUsedAt": true, "prefix": true, "secret": true, "id": true,
}

var comment = regexp.MustCompile(`(?m)^(:.*|event:.*|data:\s*)$|^data: `)

func answeredBy(t testing.TB, text []byte, streamed bool) answered {
	a := answered{text: string(text)}
	if streamed {
		a.text = "[" + strings.Join(strings.Fields(comment.ReplaceAllString(a.text, "")), " ") + "]"
		a.text = strings.ReplaceAll(a.text, "} {", "},{")
	}
	var value any
	decoder := json.NewDecoder(strings.NewReader(a.text))
	decoder.UseNumber()
	if err := decoder.Decode(&value); err != nil {
		t.Fatalf("%.300s is not JSON: %v", a.text, err)
	}
	var leaves strings.Builder
	a.types = collect(value, &leaves, nil)
	a.leaves, a.steady = leaves.String(), asJSON(steady(value))
	return a
}

// collect gathers the values and the types of an answer.
func collect(value any, leaves *strings.Builder, types []string) []string {
	switch v := value.(type) {
	case map[string]any:
		for key, below := range v {
			if name, is := below.(string); is && key == "__typename" {
				types = append(types, name)
				continue
			}
			types = collect(below, leaves, types)
		}
	case []any:
		for _, below := range v {
			types = collect(below, leaves, types)
		}
	case nil:
	default:
		fmt.Fprintf(leaves, "\n%v\n", v)
	}
	return types
}

// steady blanks what varies and sorts the errors: root fields are resolved side
// by side, and which of them fails first is chance.
func steady(value any) any {
	switch v := value.(type) {
	case map[string]any:
		for key, below := range v {
			if v[key] = steady(below); varies[key] && below != nil {
				v[key] = "…"
			}
		}
		if refusals, is := v["errors"].([]any); is {
			sort.Slice(refusals, func(i, j int) bool { return asJSON(refusals[i]) < asJSON(refusals[j]) })
		}
	case []any:
		for i := range v {
			v[i] = steady(v[i])
		}
	case string:
		return spelled.ReplaceAllString(v, "…")
	}
	return value
}

// spelled is an id as it is shown outside.
var spelled = regexp.MustCompile(`\b[A-Za-z0-9_-]{22}\b`)
