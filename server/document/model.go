package document

import (
	"bytes"
	"errors"
	"fmt"
	htmltemplate "html/template"
	"io"
	"slices"
	"strings"
	"text/template"
	"text/template/parse"
	"time"

	"gradin/server/term"
)

// Model is a letter as an organisation writes it: Go templates over View.
// Subject and Text are plain, HTML is escaped by where a value stands.
type Model struct {
	Subject, Text, HTML string
}

// Bounds of a model, in bytes: of each template, and of what it makes.
const (
	maxTemplate = 256 << 10
	maxOutput   = 1 << 20
	maxDepth    = 3
)

// ErrModel is what a model is refused with; the text says which part and why.
var ErrModel = errors.New("the model cannot be used")

// Validate tries the model on letters of its class with one, with many and with
// no dates, in all languages, and wants the guest's link in both of its bodies
// where the class is Linked. It
// answers with ErrModel or ErrHeader.
func (m Model) Validate(class term.DocumentClass) error {
	for _, language := range []term.Language{term.LanguageEn, term.LanguageFr, term.LanguageDe} {
		for _, tickets := range []int{1, 2 * MaxLines} {
			in := sample(class, language, tickets)
			letter, err := Write(in, &m)
			if err != nil {
				return err
			}
			if Linked(class) && (!strings.Contains(letter.Text, in.Link) || !strings.Contains(letter.HTML, in.Link)) {
				return fmt.Errorf("%w: text and HTML must both show {{.Link}}", ErrModel)
			}
			if strings.TrimSpace(letter.Subject) == "" {
				return fmt.Errorf("%w: the subject is empty", ErrModel)
			}
		}
	}
	return nil
}

// sample is a letter for trying models on.
func sample(class term.DocumentClass, language term.Language, tickets int) Input {
	at := time.Date(2027, time.March, 14, 19, 45, 0, 0, time.UTC)
	in := Input{Class: class, Language: language, Organisation: "Organisation", Giver: "Sponsor", FirstName: "Alex", Link: "https://tickets.example/t/sample"}
	if ToOrganiser(class) {
		in.Matter = &Matter{Sponsor: "Sponsor", Product: "Product", Performance: "Performance", Ticket: 1000001, Threshold: 2, Recovered: 3, Distributed: 10,
			Run: 12, Waiting: tickets, By: "Alex", Reason: "Reason"}
		return in
	}
	for i := range tickets {
		t := Ticket{Number: int64(1000001 + i), Product: "Product", Performance: "Performance", StartsAt: &at, TimeZone: "Europe/Paris",
			Venue: "Venue", City: "City", Category: "Category", Entrance: "A", Area: "Area", Row: fmt.Sprint(i), Seat: "1", Quantity: 1}
		if i%2 == 1 {
			t.StartsAt, t.Performance, t.Venue = nil, "", ""
		}
		in.Tickets = append(in.Tickets, t)
	}
	return in
}

// Preview shows what the model makes of a made-up letter, for the back office.
func (m Model) Preview(class term.DocumentClass, language term.Language) (Letter, error) {
	return Write(sample(class, language, 3), &m)
}

func (m Model) execute(v View) (Letter, error) {
	subject, err := plain("subject", m.Subject, v)
	if err != nil {
		return Letter{}, err
	}
	text, err := plain("text", m.Text, v)
	if err != nil {
		return Letter{}, err
	}
	html, err := htmltemplate.New("html").Funcs(htmltemplate.FuncMap{}).Parse(bounded(m.HTML))
	if err != nil {
		return Letter{}, fmt.Errorf("%w: HTML: %w", ErrModel, err)
	}
	if err := finite("HTML", m.HTML, html.Tree, len(html.Templates())); err != nil {
		return Letter{}, err
	}
	out, err := run("HTML", html, v)
	if err != nil {
		return Letter{}, err
	}
	return Letter{Subject: strings.TrimSpace(subject), Text: text, HTML: out}, nil
}

func plain(part, text string, v View) (string, error) {
	t, err := template.New(part).Parse(bounded(text))
	if err != nil {
		return "", fmt.Errorf("%w: %s: %w", ErrModel, part, err)
	}
	if err := finite(part, text, t.Tree, len(t.Templates())); err != nil {
		return "", err
	}
	return run(part, t, v)
}

// bounded keeps a template that is too long from being parsed at all; finite
// refuses it afterwards.
func bounded(text string) string {
	if len(text) > maxTemplate {
		return ""
	}
	return text
}

func run(part string, t interface{ Execute(io.Writer, any) error }, v View) (string, error) {
	out := &limited{}
	if err := t.Execute(out, v); err != nil {
		return "", fmt.Errorf("%w: %s: %w", ErrModel, part, err)
	}
	return out.String(), nil
}

// limited is a buffer that refuses to grow beyond maxOutput.
type limited struct{ bytes.Buffer }

// Write appends, or ends the template.
func (l *limited) Write(p []byte) (int, error) {
	if l.Len()+len(p) > maxOutput {
		return 0, errors.New("it writes too much")
	}
	return l.Buffer.Write(p)
}

// finite refuses templates whose end cannot be foreseen: those that call others,
// that walk anything but the lists of a View, or that use functions which could
// make long texts.
func finite(part, text string, tree *parse.Tree, templates int) error {
	if len(text) > maxTemplate {
		return fmt.Errorf("%w: %s is longer than %d bytes", ErrModel, part, maxTemplate)
	}
	if templates > 1 {
		return fmt.Errorf("%w: %s: {{define}} and {{block}} are not allowed", ErrModel, part)
	}
	if tree == nil || tree.Root == nil {
		return nil
	}
	if err := walk(tree.Root, 0); err != nil {
		return fmt.Errorf("%w: %s: %w", ErrModel, part, err)
	}
	return nil
}

func walk(node parse.Node, depth int) error {
	switch n := node.(type) {
	case *parse.ListNode:
		if n == nil {
			return nil
		}
		for _, child := range n.Nodes {
			if err := walk(child, depth); err != nil {
				return err
			}
		}
	case *parse.ActionNode:
		return functions(n.Pipe)
	case *parse.IfNode:
		return branch(&n.BranchNode, depth)
	case *parse.WithNode:
		return branch(&n.BranchNode, depth)
	case *parse.RangeNode:
		if !walksList(n.Pipe) {
			return errors.New("{{range}} walks .Groups and .Lines only")
		}
		if depth == maxDepth {
			return fmt.Errorf("{{range}} is nested deeper than %d", maxDepth)
		}
		return branch(&n.BranchNode, depth+1)
	case *parse.TemplateNode:
		return errors.New("{{template}} is not allowed")
	}
	return nil
}

func branch(n *parse.BranchNode, depth int) error {
	return errors.Join(functions(n.Pipe), walk(n.List, depth), walk(n.ElseList, depth))
}

// walksList says whether a range is over one of the lists of a View.
func walksList(pipe *parse.PipeNode) bool {
	if len(pipe.Cmds) != 1 || len(pipe.Cmds[0].Args) != 1 {
		return false
	}
	var path []string
	switch arg := pipe.Cmds[0].Args[0].(type) {
	case *parse.FieldNode:
		path = arg.Ident
	case *parse.VariableNode:
		path = arg.Ident
	}
	return len(path) > 0 && (path[len(path)-1] == "Groups" || path[len(path)-1] == "Lines")
}

// functions allows comparisons, and nothing that makes texts.
func functions(pipe *parse.PipeNode) error {
	allowed := []string{"and", "or", "not", "eq", "ne", "lt", "le", "gt", "ge", "len", "index"}
	for _, command := range pipe.Cmds {
		for _, arg := range command.Args {
			switch a := arg.(type) {
			case *parse.IdentifierNode:
				if !slices.Contains(allowed, a.Ident) {
					return fmt.Errorf("the function %q is not allowed", a.Ident)
				}
			case *parse.PipeNode:
				if err := functions(a); err != nil {
					return err
				}
			case *parse.ChainNode:
				if inner, ok := a.Node.(*parse.PipeNode); ok {
					if err := functions(inner); err != nil {
						return err
					}
				}
			}
		}
	}
	return nil
}
