package protocol

import (
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/lexer"
)

// measureText is the first look at a document, in one pass and without
// recursion: its bytes, its tokens and its open brackets (API-8). It reads with
// the lexer of the parser itself, so that the two can never disagree about
// where a string, a block string or a comment ends. What the lexer cannot read
// the parser will not pass either, so the measure may stop there.
func measureText(text string, l Limits) *refusal {
	if len(text) > l.Query {
		return tooMuch("The document has %d bytes; at most %d are allowed. Put values into variables.", len(text), l.Query)
	}
	reader := lexer.New(&ast.Source{Input: text})
	depth := 0
	for tokens := 1; ; tokens++ {
		token, err := reader.ReadToken()
		if err != nil || token.Kind == lexer.EOF {
			return nil
		}
		if tokens > l.Tokens {
			return tooMuch("The document has more than %d tokens. Put values into variables or send fewer fields.", l.Tokens)
		}
		switch token.Kind {
		case lexer.BraceL, lexer.BracketL, lexer.ParenL:
			depth++
		case lexer.BraceR, lexer.BracketR, lexer.ParenR:
			depth = max(0, depth-1)
		}
		if depth > l.Nesting {
			return tooMuch("The document nests deeper than %d brackets.", l.Nesting)
		}
	}
}
