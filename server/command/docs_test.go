package command_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

var (
	testName   = regexp.MustCompile(`\b(Test|Fuzz|Benchmark)[A-Z]\w*`)
	testBegins = regexp.MustCompile(`(?m)^func ((?:Test|Fuzz|Benchmark)\w+)\(`)
	stands     = regexp.MustCompile(`"[A-Z]+_ID(_\d)?"`)
	refusal    = regexp.MustCompile(`"errors":|"userErrors":\[[^\]]|"(node|execution)":null|"outcome":"REFUSED"`)
	begun      = regexp.MustCompile(`"execution":\{"id":"([^"]+)"`)
	example    = regexp.MustCompile("(?s)```graphql( operator)?\n(.*?)```\\s+```json\n(.*?)```")
)

// TestDocs_testsNamedByRulesExist reads docs/rules.md and fails for a test that
// is named there and is nowhere.
func TestDocs_testsNamedByRulesExist(t *testing.T) {
	t.Parallel()
	root := filepath.Join("..", "..")
	exist := map[string]bool{}
	for _, folder := range []string{"server", "graph", "ent"} {
		err := filepath.WalkDir(filepath.Join(root, folder), func(path string, entry fs.DirEntry, err error) error {
			if err == nil && entry.Name() == "node_modules" {
				return filepath.SkipDir
			}
			if err != nil || !strings.HasSuffix(path, "_test.go") {
				return err
			}
			text, err := os.ReadFile(path)
			for _, found := range testBegins.FindAllSubmatch(text, -1) {
				exist[string(found[1])] = true
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	named := testName.FindAllString(document(t, "rules.md"), -1)
	if len(named) < 100 {
		t.Fatalf("only %d tests are named: is the pattern right?", len(named))
	}
	for _, name := range named {
		if !exist[name] {
			t.Errorf("docs/rules.md names %s, which does not exist", name)
		}
	}
}

func document(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("..", "..", "docs", name))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// TestDocs_everyExampleOfTheAPIRuns runs the examples of docs/api.md in their
// order against a server with the demo. Words such as TICKET_ID stand for ids.
func TestDocs_everyExampleOfTheAPIRuns(t *testing.T) {
	text := document(t, "api.md")
	examples := example.FindAllStringSubmatch(text, -1)
	if n := strings.Count(text, "```graphql"); n != len(examples) || n < 8 {
		t.Fatalf("%d of %d examples have variables after them", len(examples), n)
	}
	c := defaults(t, "")
	c.Demo = true
	r := &reader{url: start(t, c, io.Discard).URL, ids: map[string]string{}}
	relay, operator := token(t, c, "relay@banquedulac.example", true), token(t, c, "operateur@fcgranval.example", true)
	r.prepare(t, relay, operator)
	for _, e := range examples {
		secret := relay
		if e[1] != "" {
			secret = operator
		}
		name, _, _ := strings.Cut(e[2], "\n")
		for _, answer := range r.ask(t, secret, e[2], e[3]) {
			if refusal.Match(answer) {
				t.Errorf("%s: %s", name, answer)
			}
			if run := begun.FindSubmatch(answer); run != nil {
				r.ids["EXECUTION_ID"] = string(run[1])
			}
		}
	}
}

// reader follows the documentation with a real server.
type reader struct {
	url string
	ids map[string]string
}

// prepare finds what the placeholders stand for in the demo.
func (r *reader) prepare(t *testing.T, relay, operator string) {
	t.Helper()
	var portal struct {
		Viewer  struct{ Sponsor struct{ ID string } }
		Tickets struct {
			Edges []struct {
				Node struct {
					ID           string
					Product      struct{ ID string }
					Distribution struct{ Allowed bool }
				}
			}
		}
	}
	from := time.Now().UTC().Add(48 * time.Hour).Format(time.RFC3339)
	read(t, r.ask(t, relay, `query($from: Time) { viewer { sponsor { id } } tickets(filter: {distributed: false, states: [NOT_PRINTED], from: $from}) {
		edges { node { id product { id } distribution { allowed } } } } }`, `{"from": "`+from+`"}`)[0], &portal)
	r.ids["SPONSOR_ID"] = portal.Viewer.Sponsor.ID
	names := []string{"TICKET_ID", "TICKET_ID_2", "TICKET_ID_3"}
	for _, e := range portal.Tickets.Edges {
		if e.Node.Distribution.Allowed && len(names) > 0 {
			r.ids[names[0]], r.ids["PRODUCT_ID"], names = e.Node.ID, e.Node.Product.ID, names[1:]
		}
	}
	var office struct {
		Mails struct {
			Edges []struct{ Node struct{ ID string } }
		}
	}
	read(t, r.ask(t, operator, `{ mails(states: [FAILED], first: 1) { edges { node { id } } } }`, "{}")[0], &office)
	if len(office.Mails.Edges) == 0 || len(names) > 0 {
		t.Fatal("the demo has no tickets to give or no mail to send again")
	}
	r.ids["MAIL_ID"] = office.Mails.Edges[0].Node.ID
}

// ask sends an operation and gives its answers: one, or those of a stream.
func (r *reader) ask(t *testing.T, secret, query, variables string) [][]byte {
	t.Helper()
	variables = stands.ReplaceAllStringFunc(variables, func(word string) string {
		return `"` + r.ids[strings.Trim(word, `"`)] + `"`
	})
	body, err := json.Marshal(map[string]any{"query": query, "variables": json.RawMessage(variables)})
	if err != nil {
		t.Fatalf("%s: %v", variables, err)
	}
	request, _ := http.NewRequest(http.MethodPost, r.url+"/graphql", bytes.NewReader(body))
	request.Header.Set("Authorization", "Bearer "+secret)
	request.Header.Set("Content-Type", "application/json")
	stream := strings.HasPrefix(query, "subscription")
	if stream {
		request.Header.Set("Accept", "text/event-stream")
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	var answers [][]byte
	lines := bufio.NewScanner(answer.Body)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		data, is := bytes.CutPrefix(lines.Bytes(), []byte("data: "))
		if is || !stream {
			answers = append(answers, bytes.Clone(data))
		}
	}
	if len(answers) == 0 {
		t.Fatalf("no answer to %s: %v", query, lines.Err())
	}
	return answers
}

func read(t *testing.T, answer []byte, data any) {
	t.Helper()
	if err := json.Unmarshal(answer, &struct{ Data any }{data}); err != nil || refusal.Match(answer) {
		t.Fatalf("%v: %s", err, answer)
	}
}
