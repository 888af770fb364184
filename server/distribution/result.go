package distribution

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"io"

	"github.com/google/uuid"

	"gradin/ent"
	"gradin/server/db"
	"gradin/server/spreadsheet"
	"gradin/server/storedfile"
	"gradin/server/term"
)

// RowView is a stored row as people and programs see it.
type RowView struct {
	Number           int
	Reference, Label string
	// Ticket is nil when there was none within the sender's reach.
	Ticket      *uuid.UUID
	Email       string
	First, Last string
	Outcome     term.Outcome
	Problem     *Problem
	Warnings    []Problem
	Applied     bool
	// Removal is where that of its ticket from an outside wallet stands; empty for none.
	Removal term.RemovalState
	// FromEmail and FromName are who loses the ticket.
	FromEmail, FromName string
}

// RowFilter says which rows are wanted, from which row number on.
type RowFilter struct {
	Outcomes []term.Outcome
	Reasons  []term.ReasonCode
	After    int
	// Limit is how many, at most; 0 is all.
	Limit int
}

func (f RowFilter) where(execution uuid.UUID) (string, []any) {
	text, args := " FROM execution_rows WHERE execution_id = $1::uuid AND row_number > $2::bigint", []any{execution, f.After}
	among := func(column string, values []any) {
		if len(values) == 0 {
			return
		}
		text += " AND " + column + " IN ("
		for i, v := range values {
			if i > 0 {
				text += ", "
			}
			args = append(args, v)
			text += fmt.Sprintf("$%d::text", len(args))
		}
		text += ")"
	}
	among("outcome", texts(f.Outcomes))
	among("reason", texts(f.Reasons))
	return text, args
}

func texts[T ~string](values []T) []any {
	all := make([]any, len(values))
	for i, v := range values {
		all[i] = string(v)
	}
	return all
}

// Rows reads stored rows of an execution that the viewer may see, by row number.
func Rows(ctx context.Context, c db.Conn, execution uuid.UUID, f RowFilter) ([]RowView, error) {
	from, args := f.where(execution)
	query := `SELECT row_number, ticket_reference, ticket_label, email, first_name, last_name, from_email, from_name, outcome, problem, warnings,
		CASE WHEN outcome NOT IN ('UNCHANGED', 'REFUSED') AND row_number <= (SELECT applied_row FROM executions WHERE id = $1::uuid)
			AND (removal IS NULL OR removal = 'DONE') THEN 1 ELSE 0 END, COALESCE(removal, ''), ticket_id` +
		from + " ORDER BY row_number"
	if f.Limit > 0 {
		query += fmt.Sprintf(" LIMIT %d", f.Limit)
	}
	return db.Select(ctx, c, scanRowView, query, args...)
}

// CountRows counts the rows within the filter.
func CountRows(ctx context.Context, c db.Conn, execution uuid.UUID, f RowFilter) (int, error) {
	f.After = 0
	from, args := f.where(execution)
	return db.Get[int](ctx, c, "SELECT count(*)"+from, args...)
}

func scanRowView(r *sql.Rows) (RowView, error) {
	var v RowView
	var problem, warnings string
	var applied int
	var ticket uuid.NullUUID
	err := r.Scan(&v.Number, &v.Reference, &v.Label, &v.Email, &v.First, &v.Last, &v.FromEmail, &v.FromName, &v.Outcome, &problem, &warnings, &applied, &v.Removal, &ticket)
	if err != nil {
		return v, err
	}
	v.Applied = applied == 1
	if ticket.Valid {
		v.Ticket = &ticket.UUID
	}
	if problem != "" {
		v.Problem = &Problem{}
		if err := json.Unmarshal([]byte(problem), v.Problem); err != nil {
			return v, fmt.Errorf("read the problem of row %d: %w", v.Number, err)
		}
	}
	if warnings != "" {
		if err := json.Unmarshal([]byte(warnings), &v.Warnings); err != nil {
			return v, fmt.Errorf("read the warnings of row %d: %w", v.Number, err)
		}
	}
	return v, nil
}

// ReasonCount is how many rows share a reason.
type ReasonCount struct {
	Reason term.ReasonCode
	Count  int
}

// Reasons counts the refused rows by reason, most first.
func Reasons(ctx context.Context, c db.Conn, execution uuid.UUID) ([]ReasonCount, error) {
	return db.Select(ctx, c, func(r *sql.Rows) (ReasonCount, error) {
		var n ReasonCount
		return n, r.Scan(&n.Reason, &n.Count)
	}, `SELECT reason, count(*) FROM execution_rows WHERE execution_id = $1::uuid AND reason IS NOT NULL
		GROUP BY reason ORDER BY count(*) DESC, reason`, execution)
}

// Result writes the sender's own rows with Result and Reason, or the refused
// ones only, ready to be corrected and imported again (IM-3).
func (s *Service) Result(ctx context.Context, e *ent.Execution, refusedOnly bool, language term.Language, out io.Writer) error {
	file, err := s.store.Client.StoredFile.Get(ctx, *e.StoredFileID)
	if err != nil {
		return fmt.Errorf("read the stored file: %w", err)
	}
	f := RowFilter{}
	if refusedOnly {
		f.Outcomes = []term.Outcome{term.OutcomeRefused}
	}
	rows, err := Rows(ctx, s.store, e.ID, f)
	if err != nil {
		return err
	}
	byNumber := make(map[int]*RowView, len(rows))
	for i := range rows {
		byNumber[rows[i].Number] = &rows[i]
	}
	return s.writeResult(ctx, file, byNumber, refusedOnly, language, out)
}

func (s *Service) writeResult(ctx context.Context, file *ent.StoredFile, rows map[int]*RowView, refusedOnly bool, language term.Language, out io.Writer) error {
	var w *spreadsheet.Writer
	width := 0
	source := spreadsheet.Source{File: storedfile.Open(ctx, s.store, file), Size: file.Size, Name: file.Name, Sheet: Sheet}
	_, err := spreadsheet.Read(ctx, source, func(row spreadsheet.Row) error {
		if w == nil {
			width = len(row.Cells)
			var err error
			w, err = spreadsheet.NewWriter(out, resultBook(row, language))
			return err
		}
		view, known := rows[row.Number]
		if !known && refusedOnly {
			return nil
		}
		cells := make([]spreadsheet.Cell, width, width+2)
		for i := range cells {
			cells[i] = spreadsheet.Text(row.Cell(i).String())
		}
		return w.Row(append(cells, said(view, language)...)...)
	})
	if err != nil {
		return fmt.Errorf("write the result: %w", err)
	}
	if w == nil {
		return fmt.Errorf("write the result: the file has no header")
	}
	return w.Close()
}

// said is a row's result and its reason, in words.
func said(view *RowView, language term.Language) []spreadsheet.Cell {
	if view == nil {
		return []spreadsheet.Cell{spreadsheet.Text(""), spreadsheet.Text("")}
	}
	result, reason := string(view.Outcome), ""
	if view.Outcome == term.OutcomeDistribute && view.Applied {
		result = "DISTRIBUTED"
	}
	if view.Problem != nil {
		reason = string(view.Problem.Code) + ": " + view.Problem.Sentence(language)
	}
	for _, w := range view.Warnings {
		reason += string(w.Code) + ": " + w.Sentence(language)
	}
	return []spreadsheet.Cell{spreadsheet.Text(result), spreadsheet.Text(reason)}
}

func resultBook(header spreadsheet.Row, language term.Language) spreadsheet.Book {
	b := spreadsheet.Book{Sheet: Sheet, Language: lower(language), Creator: "Gradin", Title: howTo(language).title}
	for i := range header.Cells {
		name := spreadsheet.Clean(header.Cell(i).String())
		b.Columns = append(b.Columns, spreadsheet.Column{Header: name, Kind: spreadsheet.KindText, Width: 18})
	}
	b.Columns = append(b.Columns,
		spreadsheet.Column{Header: "Result", Kind: spreadsheet.KindText, Width: 16},
		spreadsheet.Column{Header: "Reason", Kind: spreadsheet.KindText, Width: 70})
	return b
}
