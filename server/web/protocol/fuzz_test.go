package protocol

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/parser"
)

// FuzzMeasureText holds that what the scan lets pass is, when it parses, no
// deeper than the limit: the scan and the parser agree about every string,
// block string and comment.
func FuzzMeasureText(f *testing.F) {
	for _, seed := range []string{
		"{a{b{c}}}", `{a(b:[[["]"]]])}`, "{a #{{{\n}", `{a(b:"""\"""{""")}`, `{a(b:""){c}}`, "query($a:[[Int]]){a}",
		"\ufeff{a}", "{a}fragment f on B{c{d}}", strings.Repeat("{a", 40), `{a(b:"""""""")}`,
	} {
		f.Add(seed)
	}
	l := DefaultLimits()
	l.Nesting = 6
	f.Fuzz(func(t *testing.T, text string) {
		if measureText(text, l) != nil {
			return
		}
		doc, err := parser.ParseQueryWithTokenLimit(&ast.Source{Input: text}, l.Tokens+1)
		if err != nil {
			return
		}
		for _, op := range doc.Operations {
			if d := depthOf(op.SelectionSet); d > l.Nesting {
				t.Fatalf("depth %d passed: %q", d, text)
			}
		}
		if refused := survey(doc, DefaultLimits(), nil); refused != nil && len(text) < 40 {
			t.Fatalf("a short document is refused: %q", text)
		}
	})
}

// depthOf counts the brackets around the innermost selection or value.
func depthOf(set ast.SelectionSet) int {
	deepest := 0
	for _, s := range set {
		switch n := s.(type) {
		case *ast.Field:
			deepest = max(deepest, depthOf(n.SelectionSet))
			for _, a := range n.Arguments {
				deepest = max(deepest, 1+depthOfValue(a.Value))
			}
		case *ast.InlineFragment:
			deepest = max(deepest, depthOf(n.SelectionSet))
		}
	}
	if len(set) > 0 {
		deepest++
	}
	return deepest
}

func depthOfValue(v *ast.Value) int {
	deepest := 0
	for _, c := range v.Children {
		deepest = max(deepest, depthOfValue(c.Value))
	}
	if v.Kind == ast.ListValue || v.Kind == ast.ObjectValue {
		deepest++
	}
	return deepest
}

// FuzzParseBody holds that no body panics and that what passes keeps the limits.
func FuzzParseBody(f *testing.F) {
	for _, seed := range []string{`{"query":"{a}","variables":{"a":[{"b":1}]}}`, `{"query":"a","variables":{"a":"\"{"}}`, "[", `{"query":null}`} {
		f.Add([]byte(seed))
	}
	l := DefaultLimits()
	l.Variables, l.JSONNesting = 3, 4
	f.Fuzz(func(t *testing.T, body []byte) {
		params, refused := parseBody(body, l)
		if refused != nil {
			return
		}
		if params.Query == "" || len(params.Variables) > l.Variables {
			t.Fatalf("%q passed", body)
		}
		var v any
		if json.Unmarshal(body, &v) == nil && depthOfJSON(v) > l.JSONNesting {
			t.Fatalf("%q passed", body)
		}
	})
}

func depthOfJSON(v any) int {
	deepest := 0
	switch n := v.(type) {
	case map[string]any:
		for _, c := range n {
			deepest = max(deepest, depthOfJSON(c))
		}
		return deepest + 1
	case []any:
		for _, c := range n {
			deepest = max(deepest, depthOfJSON(c))
		}
		return deepest + 1
	}
	return 0
}
