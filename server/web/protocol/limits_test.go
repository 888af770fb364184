package protocol

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"gradin/server/errs"
)

const limited = string(errs.LimitExceeded)

// chain is fragments each of which uses the next under two aliases: its
// unfolded size doubles with each.
func chain(links int) string {
	var b strings.Builder
	b.WriteString("{show{...f0}}")
	for i := range links {
		fmt.Fprintf(&b, "fragment f%d on Show{a:show{...f%d}b:show{...f%d}}", i, i+1, i+1)
	}
	fmt.Fprintf(&b, "fragment f%d on Show{name}", links)
	return b.String()
}

func nested(open, inner, shut string, n int) string {
	return strings.Repeat(open, n) + inner + strings.Repeat(shut, n)
}

// TestPost_API8_hostileDocumentsAreAnsweredWithinASecond holds the documents
// that ended, stalled or flooded a default server. It runs alone and takes the
// best of three, because it looks at the clock.
func TestPost_API8_hostileDocumentsAreAnsweredWithinASecond(t *testing.T) {
	h := open(t, limits(func(l *Limits) { l.Body = 64 << 20 }))
	for name, document := range map[string]string{
		"a million opened selections":                  strings.Repeat("{a", 1_000_000),
		"three million opened lists":                   "{a(b:" + strings.Repeat("[", 3_000_000),
		"opened selections under the byte limit":       strings.Repeat("{a", 30_000),
		"opened lists under the byte limit":            "{a(b:" + strings.Repeat("[", 60_000),
		"ten thousand repeated fields":                 "{" + strings.Repeat("name ", 10_000) + "}",
		"repeated fields under the token limit":        "{" + strings.Repeat("name ", 1_990) + "}",
		"a list literal of 200 kB":                     "{echo(text:[" + strings.Repeat("1,", 100_000) + "])}",
		"a list literal under the token limit":         "{echo(text:[" + strings.Repeat("1,", 1_980) + "])}",
		"twenty thousand aliases":                      "{" + strings.Repeat("a:name ", 20_000) + "}",
		"twenty thousand unknown directives":           "{name " + strings.Repeat("@x", 20_000) + "}",
		"unknown directives under the token limit":     "{name " + strings.Repeat("@x", 990) + "}",
		"fragments under two aliases, 14 deep":         chain(14),
		"fragments under two aliases, 18 deep":         chain(18),
		"a cycle of fragments":                         "{show{...a}}fragment a on Show{...b}fragment b on Show{...a}",
		"unused fragments under two aliases, 18 deep":  strings.Replace(chain(18), "{show{...f0}}", "{name}", 1),
		"a connection in a connection in a connection": "{shows{shows{shows{name}}}}",
		"sixty thousand comments":                      strings.Repeat("#\n", 30_000) + "{name}",
	} {
		t.Run(name, func(t *testing.T) {
			var r result
			took := time.Hour
			for try := 0; try < 3 && took > time.Second; try++ {
				begin := time.Now()
				r = h.query(t, document)
				took = time.Since(begin)
			}
			if took > time.Second {
				t.Errorf("took %v", took)
			}
			if len(r.json.Errors) == 0 || r.json.Data != nil || len(r.body) > 64<<10 {
				t.Errorf("answered %d bytes: %.200s", len(r.body), r.body)
			}
		})
	}
	t.Cleanup(func() {
		if len(h.Ran()) > 0 {
			t.Errorf("resolvers ran: %v", h.Ran())
		}
	})
}

// TestPost_API8_bothSidesOfEachLimit sends, for each figure, a document that
// reaches it and one that passes it.
func TestPost_API8_bothSidesOfEachLimit(t *testing.T) {
	t.Parallel()
	deep := func(fields int) string { return nested("{show", "{name}", "}", fields-1) }
	for name, c := range map[string]struct {
		set         func(*Limits)
		under, over string
	}{
		"bytes of the text":              {func(l *Limits) { l.Query = 40 }, "{name}" + strings.Repeat(" ", 34), "{name}" + strings.Repeat(" ", 35)},
		"tokens":                         {func(l *Limits) { l.Tokens = 10 }, "{" + strings.Repeat("name ", 8) + "}", "{" + strings.Repeat("name ", 9) + "}"},
		"nesting of fields":              {func(l *Limits) { l.Nesting, l.Depth = 5, 99 }, deep(5), deep(6)},
		"nesting of values":              {func(l *Limits) { l.Nesting = 3 }, "{nodes(ids:[1]){name}}", "{nodes(ids:[[1]]){name}}"},
		"depth":                          {func(l *Limits) {}, deep(12), deep(13)},
		"depth by fragments":             {func(l *Limits) { l.Depth = 3 }, "{show{...f}}fragment f on Show{show{name}}", "{show{...f}}fragment f on Show{show{show{name}}}"},
		"depth of introspection":         {func(l *Limits) { l.IntrospectionDepth = 3 }, "{__schema{types{name}}}", "{__schema{types{fields{name}}}}"},
		"root fields":                    {func(l *Limits) { l.RootFields = 3 }, "{name name name}", "{name name name name}"},
		"root fields by fragments":       {func(l *Limits) { l.RootFields = 3 }, "{name ...f}fragment f on Query{name name}", "{name ...f}fragment f on Query{name ...{name name}}"},
		"aliases":                        {func(l *Limits) { l.Aliases = 2 }, "{a:name b:name}", "{a:name b:name c:name}"},
		"aliases by fragments":           {func(l *Limits) { l.Aliases = 2 }, "{x:show{...f}}fragment f on Show{a:name}", "{show{...f show{...f show{...f}}}}fragment f on Show{a:name}"},
		"unfolded nodes":                 {func(l *Limits) { l.Nodes = 5 }, "{show{...f}name}fragment f on Show{name}", "{show{...f ...f}name}fragment f on Show{name}"},
		"directives":                     {func(l *Limits) { l.Directives = 2 }, "{name@include(if:true)@skip(if:false)}", "{name@include(if:true) name@include(if:true)@skip(if:false)}"},
		"directives of a whole document": {func(l *Limits) { l.Directives = 1 }, "{...@include(if:true){name}}", "{...@include(if:true){...@include(if:true){name}}}"},
		"sign-ins":                       {func(l *Limits) {}, `mutation{signIn}`, `mutation{a:signIn b:signIn}`},
		"sign-ins in two operations":     {func(l *Limits) {}, `mutation A{signIn}`, `mutation A{signIn} mutation B{signIn}`},
		"complexity of a page":           {func(l *Limits) { l.Complexity = 41 }, "{shows(first:40){name}}", "{shows(first:41){name}}"},
		"complexity of a last page":      {func(l *Limits) { l.Complexity = 41 }, "{shows(last:40){name}}", "{shows(last:41){name}}"},
		"complexity without a page":      {func(l *Limits) { l.Complexity, l.DefaultPage = 41, 40 }, "{shows{name}}", "{shows{name}name}"},
		"complexity of keys":             {func(l *Limits) { l.Complexity = 4 }, "{nodes(ids:[1,2,3]){name}}", "{nodes(ids:[1,2,3,4]){name}}"},
		"complexity the schema names":    {func(l *Limits) {}, "{dear name}", "{dear name x:name}"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := open(t, limits(c.set), func(c *Config) { c.MayIntrospect = always })
			r := h.query(t, c.under)
			if len(r.json.Errors) > 0 {
				t.Errorf("at the limit: %s", r.body)
			}
			h.query(t, c.over, "Accept", mediaGraphQL).expect(t, 400, limited)
		})
	}
}

func TestPost_API8_deeplyNestedTextIsRefusedBeforeParsing(t *testing.T) {
	t.Parallel()
	// The text is no GraphQL at its end: the parser would say so, the scan stops before.
	r := open(t).query(t, strings.Repeat("{a", 31)+" ???")
	r.expect(t, 200, limited)
	if !strings.Contains(r.message(), "30") {
		t.Errorf("the message does not name the figure: %s", r.message())
	}
}

func TestText_API8_bracketsInStringsAndCommentsDoNotNest(t *testing.T) {
	t.Parallel()
	l := DefaultLimits()
	l.Nesting = 3
	many := strings.Repeat("{[(", 50)
	for name, text := range map[string]string{
		"a string":                     `{echo(text:"` + many + `")}`,
		"a string with escapes":        `{echo(text:"\"` + many + `\\")}`,
		"a block string":               `{echo(text:"""` + many + `""")}`,
		"a block string with quotes":   `{echo(text:"""\""" "" ` + many + `""")}`,
		"a comment":                    "{name #" + many + "\n}",
		"a comment with an open quote": "{name #\"\n}",
	} {
		if refused := measureText(text, l); refused != nil {
			t.Errorf("%s: %s", name, refused.errors[0].Message)
		}
	}
	for name, text := range map[string]string{
		"after a string":         `{echo(text:"a"` + many,
		"after an empty string":  `{echo(text:""` + many,
		"after a block string":   `{echo(text:"""a""""` + many,
		"after a comment":        "{#\"\"\"\n" + many,
		"after closing too much": "}}}}}}{{{{",
	} {
		if measureText(text, l) == nil {
			t.Errorf("%s: not refused", name)
		}
	}
}

func TestPost_API8_bodySizeDependsOnStanding(t *testing.T) {
	t.Parallel()
	h := open(t, limits(func(l *Limits) { l.Body, l.SignedInBody = 1_000, 4_000 }))
	body := func(size int) string {
		b := asBody("{name}")
		return b + strings.Repeat(" ", size-len(b))
	}
	h.send(t, body(1_000)).expect(t, 200, "")
	h.send(t, body(1_001)).expect(t, 413, string(errs.TooLarge))
	h.send(t, body(4_000), "X-Who", "ada").expect(t, 200, "")
	h.send(t, body(4_001), "X-Who", "ada").expect(t, 413, string(errs.TooLarge))
	unsized := io.MultiReader(strings.NewReader(body(1_001)))
	h.do(t, http.MethodPost, h.url, unsized, "Content-Type", "application/json").expect(t, 413, string(errs.TooLarge))
}

func TestPost_API8_signedInCallersCarryTenThousandMoves(t *testing.T) {
	t.Parallel()
	h := open(t)
	moves := make([]map[string]any, 10_000)
	for i := range moves {
		moves[i] = map[string]any{"seat": fmt.Sprintf("c2VhdDox%024d", i), "holder": "Ada Lovelace <ada@example.org>", "amount": i}
	}
	body, _ := json.Marshal(map[string]any{
		"query": "mutation($m:[Move!]!){distribute(moves:$m)}", "variables": map[string]any{"m": moves},
	})
	r := h.send(t, string(body), "X-Who", "ada")
	if r.json.Data["distribute"] != float64(10_000) {
		t.Errorf("got %.300s", r.body)
	}
	h.send(t, string(body)).expect(t, 413, string(errs.TooLarge))
}

func TestPost_API8_variablesAndNestingOfTheBodyAreCounted(t *testing.T) {
	t.Parallel()
	h := open(t)
	variables := func(n int) string {
		var v []string
		for i := range n {
			v = append(v, fmt.Sprintf(`"v%d":"{:,:}"`, i))
		}
		return `{"query":"{name}","variables":{` + strings.Join(v, ",") + `}}`
	}
	h.send(t, variables(100)).expect(t, 200, "")
	h.send(t, variables(101)).expect(t, 400, limited)
	nest := func(n int) string {
		return `{"query":"{name}","variables":{"v":` + nested("[", "", "]", n) + `}}`
	}
	h.send(t, nest(18)).expect(t, 200, "")
	h.send(t, nest(19)).expect(t, 400, limited)
	h.send(t, `{"query":"{name}","variables":{"v":"`+strings.Repeat(`[{\"`, 50)+`"}}`).expect(t, 200, "")
}

func TestPost_API8_costIsTold(t *testing.T) {
	t.Parallel()
	r := open(t).query(t, "{shows(first:3){name show{name}}}")
	want := map[string]any{"complexity": float64(1 + 3*3), "limit": float64(5_000)}
	if got, _ := r.json.Extensions["cost"].(map[string]any); fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestPost_API8_answersAreBounded(t *testing.T) {
	t.Parallel()
	h := open(t, limits(func(l *Limits) { l.Answer = 1_000 }))
	if r := h.query(t, "{many(n:500)}"); len(r.json.Errors) != 100 {
		t.Errorf("%d errors", len(r.json.Errors))
	}
	if r := h.query(t, "{large(bytes:900)}"); len(r.json.Errors) > 0 {
		t.Errorf("under the limit: %s", r.body)
	}
	r := h.query(t, "{large(bytes:1000)}")
	r.expect(t, 200, string(errs.TooLarge))
	if len(r.body) > 1_000 {
		t.Errorf("the answer has %d bytes", len(r.body))
	}
}

func TestPost_API8_operationsEndAtTheirDeadline(t *testing.T) {
	t.Parallel()
	h := open(t, limits(func(l *Limits) { l.Operation = 20 * time.Millisecond }))
	h.query(t, "{wait}").expect(t, 200, CodeDeadline)
	if <-h.ended != "wait" {
		t.Error("the resolver's context did not end")
	}
}

func TestPost_API8_slowBodiesAreGivenUp(t *testing.T) {
	t.Parallel()
	h := open(t, limits(func(l *Limits) { l.BodyTime = 50 * time.Millisecond }))
	reader, writer := io.Pipe()
	defer writer.Close()
	go func() { _, _ = io.WriteString(writer, `{"query":`) }()
	h.do(t, http.MethodPost, h.url, reader, "Content-Type", "application/json").expect(t, 408, CodeRequest)
}

func TestNew_API8_aFigureThatIsMissingIsNamed(t *testing.T) {
	t.Parallel()
	l := DefaultLimits()
	l.Nodes = 0
	if err := l.Validate(); err == nil || !strings.Contains(err.Error(), "Nodes") {
		t.Errorf("got %v", err)
	}
	if err := DefaultLimits().Validate(); err != nil {
		t.Error(err)
	}
	if _, err := New(Config{}); err == nil {
		t.Error("an empty Config was taken")
	}
}

func TestPost_API8_wholePagesOfNumbersArePriced(t *testing.T) {
	t.Parallel()
	h := open(t)
	for _, first := range []string{"5000", "2147483647", "99999999999999999999", "1e9"} {
		r := h.send(t, `{"query":"query($n:Int){shows(first:$n){name}}","variables":{"n":`+first+`}}`)
		if r.code() != limited && r.code() != CodeValidation {
			t.Errorf("first %s: %s", first, r.body)
		}
	}
	if add(1<<62, 1<<62) < 0 || times(1<<62, 4) < 0 {
		t.Error("prices overflow")
	}
}

func TestPost_API8_fragmentsThatNobodyUsesAreUnfoldedToo(t *testing.T) {
	t.Parallel()
	h := open(t)
	h.query(t, strings.Replace(chain(14), "{show{...f0}}", "{name}", 1)).expect(t, 200, limited)
	h.query(t, "{name}fragment f on Show{name}").expect(t, 200, CodeValidation)
}

func TestPost_API8_cyclesOfFragmentsAreNamedByTheValidator(t *testing.T) {
	t.Parallel()
	r := open(t).query(t, "{show{...a}}fragment a on Show{show{...b}}fragment b on Show{show{...a}}")
	r.expect(t, 200, CodeValidation)
	if !strings.Contains(r.message(), "within itself") {
		t.Errorf("got %q", r.message())
	}
}
