package errs

import "fmt"

// words are a sentence in the languages besides English.
type words struct{ fr, de string }

// In says the sentence in French ("FR") or German ("DE"), else in English.
func (e *Error) In(language string) string {
	if e.spoken != nil {
		return e.spoken.In(language)
	}
	format := ""
	switch w := translated(e.format); language {
	case "FR":
		format = w.fr
	case "DE":
		format = w.de
	}
	if format == "" {
		return e.Message
	}
	args := make([]any, len(e.args))
	for i, a := range e.args {
		if s, is := a.(Spoken); is {
			a = s.In(language)
		}
		args[i] = a
	}
	return fmt.Sprintf(format, args...)
}

// translated finds the words of a sentence by its English format.
func translated(format string) words {
	for _, part := range catalogue() {
		if w, is := part[format]; is {
			return w
		}
	}
	return words{}
}

// catalogue is all sentences, each under its English format. The verbs of a
// format are those of its translations; where their order differs they carry
// their numbers (%[2]d).
func catalogue() []map[string]words {
	return []map[string]words{ofCallers, ofMissing, ofAccounts, ofTickets, ofCarts, ofRuns, ofOrganisers, ofPlans, ofRequests}
}
