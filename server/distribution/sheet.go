package distribution

import (
	"context"
	"encoding/json"
	"strings"
	"time"

	"gradin/server/execution"
	"gradin/server/spreadsheet"
	"gradin/server/term"
)

// The reasons why a file as a whole is refused, beside those of the spreadsheet.
const (
	KeyHeaders = "HEADERS"
	KeyNoRows  = "NO_ROWS"
	KeySheet   = "SHEET"
	KeyCount   = "COUNT"
)

// SheetProblem is what is kept of a file that is refused as a whole.
type SheetProblem struct {
	// Refusal is the spreadsheet's own reason.
	Refusal *spreadsheet.Refusal `json:"refusal,omitempty"`
	// Found are the headers of the file.
	Found []string `json:"found,omitempty"`
	// Expected is how many tickets were expected, where another number was found.
	Expected int `json:"expectedCount,omitempty"`
}

// readMoves reads a filled-in workbook, a move a row, in the order of the rows.
// A file that cannot be used is refused as a whole (WB-5, WB-9).
func readMoves(ctx context.Context, source spreadsheet.Source, st *stager) error {
	var at *places
	moves := 0
	_, err := spreadsheet.Read(ctx, source, func(row spreadsheet.Row) error {
		if at == nil {
			found := find(row)
			if !found.usable() {
				return refuse(KeyHeaders, SheetProblem{Found: filled(found.headers)})
			}
			at, st.locate = &found, found.locate
			return nil
		}
		move, blank := at.move(row)
		if blank {
			return nil
		}
		moves++
		return st.take(ctx, move)
	})
	if refusal, is := spreadsheet.AsRefusal(err); is {
		return refuse(KeySheet, SheetProblem{Refusal: refusal})
	}
	if err == nil && moves == 0 {
		return refuse(KeyNoRows, SheetProblem{})
	}
	return err
}

func refuse(key string, problem SheetProblem) *execution.Refused {
	detail, _ := json.Marshal(problem)
	return &execution.Refused{Key: key, Detail: string(detail)}
}

func filled(headers []string) []string {
	var found []string
	for _, h := range headers {
		if h != "" && len(found) < 40 {
			found = append(found, shorten(h))
		}
	}
	return found
}

// move reads a row; a row without ticket and without anything filled in is blank.
func (p *places) move(row spreadsheet.Row) (move Move, blank bool) {
	reference := p.cell(row, p.ticket)
	email, first, last := p.cell(row, p.email), p.cell(row, p.first), p.cell(row, p.last)
	m := Move{
		Row: row.Number, Reference: shorten(value(reference)),
		Email: address(value(email)), First: value(first), Last: value(last),
	}
	if m.Reference == "" && m.empty() && email.Kind == spreadsheet.KindEmpty {
		return m, true
	}
	m.Number, m.Pin, _ = ParseReference(m.Reference)
	for _, c := range []struct {
		cell  spreadsheet.Cell
		field Field
	}{{email, FieldEmail}, {first, FieldFirst}, {last, FieldLast}} {
		if problem := broken(c.cell, c.field); problem != nil && m.Broken == nil {
			m.Broken = problem
		}
	}
	p.further(row, &m)
	m.Email, m.First, m.Last = cut(m.Email, maxEmail), cut(m.First, maxName+1), cut(m.Last, maxName+1)
	return m, false
}

// further reads the columns of what else the organiser asks (DI-10). A date of
// birth may be a date of the spreadsheet program.
func (p *places) further(row spreadsheet.Row, m *Move) {
	for field, at := range p.fields {
		cell := p.cell(row, at)
		if problem := broken(cell, fieldOf(field)); problem != nil && m.Broken == nil {
			m.Broken = problem
		}
		text := value(cell)
		if cell.Kind == spreadsheet.KindDate && len(text) > len(time.DateOnly) {
			text = text[:len(time.DateOnly)]
		}
		if text != "" {
			if m.Fields == nil {
				m.Fields = Fields{}
			}
			m.Fields[field] = cut(text, maxField+1)
		}
	}
}

// maxEmail keeps one character more than an address may have, so that the plan
// still sees that it is too long.
const maxEmail = 255

func (p *places) cell(row spreadsheet.Row, at int) spreadsheet.Cell {
	if at < 0 {
		return spreadsheet.Cell{}
	}
	return row.Cell(at)
}

func value(c spreadsheet.Cell) string {
	if c.Kind == spreadsheet.KindEmpty {
		return ""
	}
	return spreadsheet.Clean(c.String())
}

// address takes "mailto:" off, which programs put before addresses they link (WB-8).
func address(text string) string {
	const scheme = "mailto:"
	if len(text) > len(scheme) && strings.EqualFold(text[:len(scheme)], scheme) {
		return text[len(scheme):]
	}
	return text
}

// broken says what is wrong with a cell whatever its text means.
func broken(c spreadsheet.Cell, field Field) *Problem {
	switch {
	case c.Kind == spreadsheet.KindFormula || c.Kind == spreadsheet.KindError:
		return &Problem{Code: term.ReasonCodeFormulaCell, Field: field, Value: shorten(c.Value)}
	case field == FieldEmail && len(c.Value) > 4*maxEmail, len(c.Value) > 20*maxName:
		return &Problem{Code: term.ReasonCodeCellTooLong, Field: field, Value: shorten(c.Value)}
	}
	return nil
}

func cut(text string, most int) string {
	if runes := []rune(text); len(runes) > most {
		return string(runes[:most])
	}
	return text
}

// locate adds where in the sheet a problem is.
func (p *places) locate(problem *Problem) {
	at := -1
	switch problem.Field {
	case FieldTicket:
		at = p.ticket
	case FieldEmail:
		at = p.email
	case FieldFirst:
		at = p.first
	case FieldLast:
		at = p.last
	}
	for field, place := range p.fields {
		if problem.Field == fieldOf(field) {
			at = place
		}
	}
	if at >= 0 {
		problem.Column, problem.Letter = p.headers[at], letter(at)
	}
}
