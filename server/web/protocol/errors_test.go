package protocol

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"gradin/server/errs"
)

func TestPresent_API2_onlyOurOwnErrorsAreTold(t *testing.T) {
	t.Parallel()
	h := open(t, func(c *Config) {
		c.Present = func(_ context.Context, err error) *gqlerror.Error {
			if strings.HasSuffix(err.Error(), "hooked") {
				return coded("HOOKED", "From the hook.")
			}
			return nil
		}
	})
	for how, want := range map[string]struct {
		code    errs.Code
		message string
		logged  bool
	}{
		"typed":         {errs.Conflict, "The seat was taken meanwhile: choose another.", false},
		"argument":      {errs.Invalid, "The value at input does not fit its type.", false},
		"hooked":        {"HOOKED", "From the hook.", false},
		"plain":         {errs.Internal, "internal error", true},
		"internalTyped": {errs.Internal, "internal error", true},
		"panic":         {errs.Internal, "internal error", true},
	} {
		r := h.query(t, fmt.Sprintf("{fail(how:%q)}", how))
		r.expect(t, 200, string(want.code))
		if r.message() != want.message || strings.Contains(r.body, "secret") {
			t.Errorf("%s: %s", how, r.body)
		}
		if how != "hooked" && fmt.Sprint(r.json.Errors[0].Path) != "[fail]" {
			if how != "argument" || fmt.Sprint(r.json.Errors[0].Path) != "[fail input]" {
				t.Errorf("%s: path %v", how, r.json.Errors[0].Path)
			}
		}
		reference, _ := r.json.Errors[0].Extensions["reference"].(string)
		if times := strings.Count(h.log.String(), `"reference":"`+reference+`"`); want.logged && (times != 1 || reference == "") {
			t.Errorf("%s: reference %q is %d times in the log", how, reference, times)
		}
		if !want.logged && reference != "" {
			t.Errorf("%s has a reference", how)
		}
	}
	for _, cause := range []string{"secret_table", "secret of the stack", "secret internal text", "goroutine"} {
		if !strings.Contains(h.log.String(), cause) {
			t.Errorf("the log lacks %q", cause)
		}
	}
	r := h.query(t, `{fail(how:"typed")}`)
	if fmt.Sprint(r.json.Errors[0].Extensions["input"]) != "[moves 3]" {
		t.Errorf("the input path is %v", r.json.Errors[0].Extensions)
	}
}

func TestPost_API2_errorsRepeatNoValue(t *testing.T) {
	t.Parallel()
	h := open(t)
	const secret = "hunter2hunter2"
	for _, body := range []string{
		`{"query":"{name}","password":"` + secret,
		`{"query":"` + secret + `","variables":"` + secret + `"}`,
		asBody(`{name "` + secret + `"}`), asBody(`{name """` + secret + `"""}`), asBody(`query A "` + secret + `" {name}`),
		asBody("{name #" + secret + "\n \x01}"), asBody(`{echo(text:"\q` + secret + `")}`), asBody(`"` + secret),
		asBody(`{echo(n:"` + secret + `")}`), asBody(`{echo(flag:"` + secret + `")}`), asBody(`{echo(colour:"` + secret + `")}`),
		asBody(`{echo(colour:` + secret + `)}`), asBody(`{echo(text:[{a:"` + secret + `"}])}`), asBody(`mutation{distribute(moves:"` + secret + `")}`),
		asBody(`{nodes(ids:{a:"` + secret + `"}){name}}`), asBody(`mutation{put(file:1,input:"` + secret + `")}`),
		`{"query":"query($c:Colour){echo(colour:$c)}","variables":{"c":"` + secret + `"}}`,
		`{"query":"query($n:Int){echo(n:$n)}","variables":{"n":"` + secret + `"}}`,
		`{"query":"query($n:Boolean){echo(flag:$n)}","variables":{"n":"` + secret + `"}}`,
		`{"query":"mutation($m:[Move!]!){distribute(moves:$m)}","variables":{"m":"` + secret + `"}}`,
		`{"query":"mutation($f:Upload!){put(file:$f)}","variables":{"f":"` + secret + `"}}`,
	} {
		r := h.send(t, body)
		if len(r.json.Errors) == 0 || strings.Contains(r.body, secret) || r.code() == string(errs.Internal) {
			t.Errorf("%s\n  gives %s", body, r.body)
		}
	}
	if strings.Contains(h.log.String(), secret) {
		t.Error("the log repeats a body")
	}
}

func TestPost_API2_errorsStayUseful(t *testing.T) {
	t.Parallel()
	h := open(t)
	for body, want := range map[string]string{
		asBody("{nme}"):                          `Cannot query field "nme" on type "Query".`,
		asBody("{name("):                         `Syntax error: Expected Name, found <EOF>`,
		asBody(`{echo(n:"a")}`):                  `Int cannot represent non-integer value.`,
		asBody(`{echo(colour:BLUE)}`):            `This value does not exist in "Colour" enum.`,
		asBody("query A{name} query B{name}"):    `The document has no operation of this name.`,
		`{"query":"query($n:Int!){echo(n:$n)}"}`: `Variable $n: must be defined.`,
		`{"query":"mutation($m:[Move!]!){distribute(moves:$m)}","variables":{"m":[{"seat":1,"x":2}]}}`: `Variable $m[0].x: unknown field.`,
	} {
		if r := h.send(t, body); r.message() != want {
			t.Errorf("%s: got %q, want %q", body, r.message(), want)
		}
	}
	long := h.query(t, "{"+strings.Repeat("x", 60_000)+"}")
	if len(long.body) > 1_000 {
		t.Errorf("a long name is repeated in %d bytes", len(long.body))
	}
}

func TestPost_API9_namesAreNotSuggestedInProduction(t *testing.T) {
	t.Parallel()
	closed, development := open(t), open(t, func(c *Config) { c.Development = true })
	for _, document := range []string{
		"{nam}", "{show{nam}}", "{name{x} show}", `{echo(txt:"a")}`, "{echo(colour:REDD)}", "query($a:Colur){name}",
		"mutation{distribute(moves:[{seat:1,hoder:\"a\"}])}", "{...on Shw{name}}", "{show}", "{name@skp}",
	} {
		if r := closed.query(t, document); len(r.json.Errors) == 0 || strings.Contains(r.body, "Did you mean") {
			t.Errorf("%s: %s", document, r.body)
		}
	}
	if r := development.query(t, "{nam}"); !strings.Contains(r.body, "Did you mean") {
		t.Errorf("development has no suggestions: %s", r.body)
	}
}

func TestPost_API9_introspectionIsClosedToAnonymousCallers(t *testing.T) {
	t.Parallel()
	h := open(t, func(c *Config) { c.MayIntrospect = func(ctx context.Context) bool { return who(ctx) != "" } })
	for _, document := range []string{
		"{__schema{types{name}}}", `{__type(name:"Query"){name}}`, "{...f}fragment f on Query{...{a:__schema{types{name}}}}",
	} {
		h.query(t, document, "Accept", mediaGraphQL).expect(t, 400, CodeIntrospection)
		h.query(t, document, "X-Who", "ada").expect(t, 200, "")
	}
	h.query(t, "{__typename}").expect(t, 200, "")
	open(t, func(c *Config) { c.Development = true }).query(t, "{__schema{types{name}}}").expect(t, 200, "")
	open(t).query(t, "{__schema{types{name}}}").expect(t, 200, CodeIntrospection)
}

func TestPost_API10_browsersRunOnlyListedDocuments(t *testing.T) {
	t.Parallel()
	sum := sha256.Sum256([]byte("{name}"))
	h := open(t, func(c *Config) {
		c.Documents = map[string]string{hex.EncodeToString(sum[:]): "{name}"}
		c.FreeDocuments = func(ctx context.Context) bool { return who(ctx) == "token" }
	})
	h.query(t, "{name}").expect(t, 200, "")
	h.query(t, "{ name}").expect(t, 200, CodeNotListed)
	h.query(t, "{ name}", "X-Who", "token").expect(t, 200, "")
	h.query(t, "{", "Accept", mediaGraphQL).expect(t, 400, CodeNotListed)
	open(t, func(c *Config) { c.FreeDocuments = nil }).query(t, "{name}").expect(t, 200, CodeNotListed)
	open(t, func(c *Config) { c.FreeDocuments, c.Development = nil, true }).query(t, "{name}").expect(t, 200, "")
}

func TestPost_API10_automaticPersistedQueriesAreNamed(t *testing.T) {
	t.Parallel()
	r := open(t).send(t, `{"extensions":{"persistedQuery":{"version":1,"sha256Hash":"00"}}}`)
	r.expect(t, 200, CodePersisted)
	if r.message() != "PersistedQueryNotSupported" {
		t.Errorf("got %q", r.message())
	}
}

func TestHandler_API8_aPanicOfAHookDoesNotEndTheProcess(t *testing.T) {
	t.Parallel()
	h := open(t, func(c *Config) { c.FreeDocuments = func(context.Context) bool { panic("secret") } })
	r := h.query(t, "{name}")
	r.expect(t, 500, string(errs.Internal))
	h = open(t, func(c *Config) { c.SignedIn = func(context.Context) bool { panic("secret") } })
	r = h.query(t, "{name}")
	r.expect(t, 500, string(errs.Internal))
	if strings.Contains(r.body, "secret") || !strings.Contains(h.log.String(), "secret") {
		t.Errorf("got %s", r.body)
	}
}

func TestEncode_API7_whatCannotBeWrittenDoesNotSpoilTheAnswer(t *testing.T) {
	t.Parallel()
	var into map[string]any
	x := map[string]any{"bad": func() {}}
	if err := json.Unmarshal(encode(&graphql.Response{Data: []byte(`{"a":1}`), Extensions: x}), &into); err != nil || into["data"] == nil {
		t.Errorf("got %v, %v", into, err)
	}
}
