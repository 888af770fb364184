package protocol

import (
	"strings"

	"github.com/99designs/gqlgen/graphql/errcode"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/validator/rules"
)

// reword turns the errors of the parser and the validator into errors that may
// be shown: they name fields, arguments and types, but repeat no value that was
// sent, because a value may be a password; and at most as many as an answer may
// have.
func reword(list gqlerror.List, most int) *refusal {
	shown := make(gqlerror.List, 0, min(len(list), most))
	for _, e := range list[:min(len(list), most)] {
		shown = append(shown, rewordOne(e))
	}
	return &refusal{errors: shown}
}

func rewordOne(e *gqlerror.Error) *gqlerror.Error {
	code, _ := e.Extensions["code"].(string)
	message := e.Message
	switch {
	case code == errcode.ParseFailed:
		message = withoutToken(message)
	case len(e.Path) > 0:
		message = aboutVariable(e.Path, message)
	case strings.HasPrefix(message, "operation ") && strings.HasSuffix(message, " not found"):
		message = "The document has no operation of this name."
	default:
		message = withoutValue(message)
	}
	if code == "" {
		code = CodeValidation
	}
	shown := coded(code, clip(message))
	for _, l := range e.Locations {
		if l.Line > 0 {
			shown.Locations = append(shown.Locations, l)
		}
	}
	return shown
}

// withoutToken cuts the text of a literal out of a syntax error; its kind stays.
func withoutToken(message string) string {
	for _, kind := range []string{"BlockString", "String", "Comment", "Int", "Float"} {
		if before, _, found := strings.Cut(message, kind+` "`); found {
			return "Syntax error: " + before + kind + "."
		}
	}
	if before, _, found := strings.Cut(message, "escape sequence: "); found {
		return "Syntax error: " + before + "escape sequence."
	}
	return "Syntax error: " + message
}

// withoutValue cuts the literal out of a message about a value of the wrong
// type, and what comes after it, suggestions included.
func withoutValue(message string) string {
	if strings.HasPrefix(message, `Value "`) {
		if i := strings.LastIndex(message, `" does not exist in "`); i >= 0 {
			return "This value" + message[i+1:]
		}
	}
	if before, _, found := strings.Cut(message, ", found "); found && strings.HasPrefix(message, "Expected value") {
		return before + "."
	}
	if before, _, found := strings.Cut(message, " value: "); found && strings.Contains(before, " cannot represent ") {
		return before + " value."
	}
	return message
}

// aboutVariable names the variable and says what is wrong with it; the
// validator's own words are kept only where they hold no value.
func aboutVariable(path ast.Path, message string) string {
	place := "$" + strings.TrimPrefix(path.String(), "variable.")
	for _, safe := range []string{"must be defined", "cannot be null", "unknown field", "must an input type"} {
		if message == safe {
			return "Variable " + clip(place) + ": " + message + "."
		}
	}
	return "Variable " + clip(place) + ": the value does not fit its type."
}

// quietRules are the standard rules without the four that suggest names. The
// fifth, and a second guard for one of them, is the executor's own switch.
// Suggestions give the schema away name by name (API-9) and cost time.
func quietRules() *rules.Rules {
	r := rules.NewDefaultRules()
	r.ReplaceRule(rules.KnownArgumentNamesRule.Name, rules.KnownArgumentNamesRuleWithoutSuggestions.RuleFunc)
	r.ReplaceRule(rules.KnownTypeNamesRule.Name, rules.KnownTypeNamesRuleWithoutSuggestions.RuleFunc)
	r.ReplaceRule(rules.ValuesOfCorrectTypeRule.Name, rules.ValuesOfCorrectTypeRuleWithoutSuggestions.RuleFunc)
	return r
}
