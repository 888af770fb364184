package errs

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

func TestCatalogue_everyRefusalIsSaidInThreeLanguages(t *testing.T) {
	t.Parallel()
	said := sentences(t, "../..")
	if len(said) < 150 {
		t.Fatalf("only %d sentences were found", len(said))
	}
	for format, at := range said {
		w := translated(format)
		if w.fr == "" || w.de == "" {
			t.Errorf("%s: %q lacks French or German in the catalogue", at, format)
			continue
		}
		for _, foreign := range []string{w.fr, w.de} {
			if foreign == format {
				t.Errorf("%q is translated by itself", format)
			}
			if verbs(foreign) != verbs(format) {
				t.Errorf("%q has the verbs %s, %q has %s", format, verbs(format), foreign, verbs(foreign))
			}
		}
	}
	seen := map[string]bool{}
	for _, part := range catalogue() {
		for format := range part {
			if said[format] == "" {
				t.Errorf("no refusal says %q any more", format)
			}
			if seen[format] {
				t.Errorf("%q stands in the catalogue twice", format)
			}
			seen[format] = true
		}
	}
}

// sentences are the formats of all refusals of the module, each with a place
// that says it. What is no constant text cannot be translated and is an error.
func sentences(t *testing.T, root string) map[string]string {
	t.Helper()
	said, files := map[string]string{}, token.NewFileSet()
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && (d.Name() == "node_modules" || d.Name() == ".git"):
			return filepath.SkipDir
		case d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go"):
			return nil
		}
		file, err := parser.ParseFile(files, path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		ast.Inspect(file, func(n ast.Node) bool {
			call, is := n.(*ast.CallExpr)
			if !is {
				return true
			}
			verb, argument := refusal(call)
			if argument == nil {
				return true
			}
			at := files.Position(call.Pos()).String()
			format, constant := text(argument)
			switch {
			case !constant:
				t.Errorf("%s: the sentence is made of parts and cannot be translated", at)
			case verb == "Missing":
				said[Missing(format).format] = at
			default:
				said[format] = at
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return said
}

// refusal finds the sentence of a call of New or Missing.
func refusal(call *ast.CallExpr) (verb string, sentence ast.Expr) {
	selector, is := call.Fun.(*ast.SelectorExpr)
	if !is {
		return "", nil
	}
	if from, is := selector.X.(*ast.Ident); !is || from.Name != "errs" {
		return "", nil
	}
	switch verb = selector.Sel.Name; {
	case verb == "New" && len(call.Args) > 1:
		return verb, call.Args[1]
	case verb == "Missing" && len(call.Args) == 1:
		return verb, call.Args[0]
	}
	return "", nil
}

// text is the value of a text that is written out, in one or several parts.
func text(e ast.Expr) (string, bool) {
	switch e := e.(type) {
	case *ast.BasicLit:
		value, err := strconv.Unquote(e.Value)
		return value, err == nil
	case *ast.BinaryExpr:
		left, is := text(e.X)
		right, too := text(e.Y)
		return left + right, is && too && e.Op == token.ADD
	}
	return "", false
}

var verb = regexp.MustCompile(`%(?:\[(\d+)\])?(.)`)

// verbs are the verbs of a format by the argument they show.
func verbs(format string) string {
	var all []string
	next := 1
	for _, m := range verb.FindAllStringSubmatch(format, -1) {
		if m[2] == "%" {
			continue
		}
		if m[1] != "" {
			next, _ = strconv.Atoi(m[1])
		}
		all = append(all, fmt.Sprintf("%d%s", next, m[2]))
		next++
	}
	slices.Sort(all)
	return strings.Join(all, " ")
}
