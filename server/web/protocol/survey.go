package protocol

import (
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
)

// surveyor unfolds a parsed document under the budgets of API-8 and stops at the
// first that is spent. It runs before the validator: fragments used twice and
// nested unfold exponentially, and the validator compares fields pair by pair,
// so neither may see a document that has not been measured.
type surveyor struct {
	limits    Limits
	logins    map[string]bool
	fragments map[string]*ast.FragmentDefinition
	reached   map[string]bool
	open      map[string]bool

	nodes, aliases, directives, loginFields int
	refused                                 *refusal
}

// survey measures the whole document, with all its operations and also with
// fragments that no operation uses, which the validator would walk all the same.
func survey(doc *ast.QueryDocument, l Limits, logins map[string]bool) *refusal {
	s := &surveyor{
		limits: l, logins: logins,
		fragments: make(map[string]*ast.FragmentDefinition, len(doc.Fragments)),
		reached:   map[string]bool{}, open: map[string]bool{},
	}
	for _, f := range doc.Fragments {
		if s.fragments[f.Name] == nil {
			s.fragments[f.Name] = f
		}
		s.directives += len(f.Directives)
	}
	for _, op := range doc.Operations {
		s.directives += len(op.Directives)
		for _, v := range op.VariableDefinitions {
			s.directives += len(v.Directives)
		}
		s.operation(op)
	}
	for _, f := range doc.Fragments {
		if !s.reached[f.Name] {
			s.selections(f.SelectionSet, 1, l.Depth, nil)
		}
	}
	s.check(s.directives > l.Directives, "The document uses more than %d directives.", l.Directives)
	return s.refused
}

func (s *surveyor) operation(op *ast.OperationDefinition) {
	roots := 0
	s.selections(op.SelectionSet, 1, s.limits.Depth, func(f *ast.Field) {
		roots++
		s.check(roots > s.limits.RootFields, "An operation has more than %d root fields.", s.limits.RootFields)
		if op.Operation == ast.Mutation && s.logins[f.Name] {
			s.loginFields++
			s.check(s.loginFields > s.limits.Logins, "A document may try to sign in %d time(s).", s.limits.Logins)
		}
	})
}

// selections walks one level; root is called for each field of it when it is
// the level of an operation, and is handed through fragments.
func (s *surveyor) selections(set ast.SelectionSet, depth, most int, root func(*ast.Field)) {
	for _, selection := range set {
		if s.nodes++; s.nodes > s.limits.Nodes {
			s.check(true, "The document unfolds to more than %d fields and fragments.", s.limits.Nodes)
		}
		if s.refused != nil {
			return
		}
		switch n := selection.(type) {
		case *ast.Field:
			s.field(n, depth, most, root)
		case *ast.InlineFragment:
			s.directed(n.Directives)
			s.selections(n.SelectionSet, depth, most, root)
		case *ast.FragmentSpread:
			s.directed(n.Directives)
			s.spread(n.Name, depth, most, root)
		}
	}
}

func (s *surveyor) field(f *ast.Field, depth, most int, root func(*ast.Field)) {
	if root != nil {
		root(f)
	}
	if f.Alias != "" && f.Alias != f.Name {
		s.aliases++
		s.check(s.aliases > s.limits.Aliases, "The document uses more than %d aliases.", s.limits.Aliases)
	}
	s.directed(f.Directives)
	if strings.HasPrefix(f.Name, "__") {
		most = s.limits.IntrospectionDepth
	}
	s.check(depth > most, "The document is deeper than %d fields.", most)
	s.selections(f.SelectionSet, depth+1, most, nil)
}

// spread follows a fragment unless it is open already: a cycle is for the
// validator to name.
func (s *surveyor) spread(name string, depth, most int, root func(*ast.Field)) {
	f := s.fragments[name]
	if f == nil || s.open[name] {
		return
	}
	s.reached[name] = true
	s.open[name] = true
	s.selections(f.SelectionSet, depth, most, root)
	delete(s.open, name)
}

func (s *surveyor) directed(list ast.DirectiveList) {
	s.directives += len(list)
	s.check(s.directives > s.limits.Directives, "The document uses more than %d directives.", s.limits.Directives)
}

func (s *surveyor) check(passed bool, format string, figure int) {
	if passed && s.refused == nil {
		s.refused = tooMuch(format, figure)
	}
}

// rootFields lists the root fields of a validated operation, fragments unfolded.
func rootFields(set ast.SelectionSet) []*ast.Field {
	var fields []*ast.Field
	for _, selection := range set {
		switch n := selection.(type) {
		case *ast.Field:
			fields = append(fields, n)
		case *ast.InlineFragment:
			fields = append(fields, rootFields(n.SelectionSet)...)
		case *ast.FragmentSpread:
			fields = append(fields, rootFields(n.Definition.SelectionSet)...)
		}
	}
	return fields
}
