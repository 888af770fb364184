package spreadsheet_test

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"gradin/server/spreadsheet"
)

// line is a row that was read, kept.
type line struct {
	Number int
	Cells  []string
}

// read reads a whole file into lines.
func read(t testing.TB, name string, data []byte) (spreadsheet.Info, []line, error) {
	t.Helper()
	var lines []line
	info, err := spreadsheet.Read(t.Context(), source(name, data), func(r spreadsheet.Row) error {
		l := line{Number: r.Number}
		for _, c := range r.Cells {
			l.Cells = append(l.Cells, strings.Clone(c.String()))
		}
		lines = append(lines, l)
		return nil
	})
	return info, lines, err
}

func source(name string, data []byte) spreadsheet.Source {
	return spreadsheet.Source{File: bytes.NewReader(data), Size: int64(len(data)), Name: name, Sheet: "Tickets"}
}

// sample is a book with one column of each sort.
func sample() spreadsheet.Book {
	return spreadsheet.Book{
		Sheet: "Tickets",
		Columns: []spreadsheet.Column{
			{Header: "Ticket ID"},
			{Header: "Date and time", Kind: spreadsheet.KindDate, Width: 18},
			{Header: "Price", Kind: spreadsheet.KindNumber},
			{Header: "Tag", Hidden: true},
			{
				Header: "[NEW] CC Email", Width: 30, Open: true, Check: spreadsheet.CheckEmail,
				Warning: spreadsheet.Note{Title: "E-mail", Text: "This is no e-mail address."},
				Prompt:  spreadsheet.Note{Title: "New holder", Text: "Who gets the ticket?"},
			},
		},
		HowTo: spreadsheet.HowTo{
			Sheet: "How to fill in", Title: "How to fill in",
			Rows: [][]string{{"Fill in the yellow columns & send the file."}, {"[NEW] CC Email", "The new holder."}},
		},
		ExportID: "7Q2M-0001", FormatVersion: 3, Language: "en", Creator: "Gradin", Title: "Tickets",
		Created: time.Date(2026, 5, 6, 7, 8, 9, 0, time.UTC),
	}
}

// write makes a workbook of rows.
func write(t testing.TB, book spreadsheet.Book, rows ...[]spreadsheet.Cell) []byte {
	t.Helper()
	var out bytes.Buffer
	w, err := spreadsheet.NewWriter(&out, book)
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows {
		if err := w.Row(row...); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// nasty are texts that files and programs like to change.
func nasty() []string {
	return []string{
		"000123", "12345678901234567890", "=1+1", "+49 30 1", "-1", "@SUM(A1)", "1/2", "TRUE", "1E5",
		"<b>&amp;\"'</b>", "_x0041_", "_x005F_x0041_", "__x0041_x0042_", "a\nb\tc", "]]>", "Ünïcödé 日本語 😀", "#N/A",
	}
}

func nastyRows() [][]spreadsheet.Cell {
	when := time.Date(2026, 3, 29, 2, 30, 0, 0, time.UTC)
	var rows [][]spreadsheet.Cell
	for i, text := range nasty() {
		rows = append(rows, []spreadsheet.Cell{
			spreadsheet.Text(text), spreadsheet.Date(when.Add(time.Duration(i) * time.Hour)),
			spreadsheet.Number(float64(i) / 4), {}, spreadsheet.Text(text),
		})
	}
	return rows
}

// nastyLines is what nastyRows shows.
func nastyLines() []line {
	lines := []line{{1, []string{"Ticket ID", "Date and time", "Price", "Tag", "[NEW] CC Email"}}}
	for i, row := range nastyRows() {
		l := line{Number: i + 2}
		for _, c := range row {
			l.Cells = append(l.Cells, c.String())
		}
		lines = append(lines, l)
	}
	return lines
}

func TestWriter_WB2_WB4_textComesBackAsItWas(t *testing.T) {
	t.Parallel()
	info, lines, err := read(t, "a.xlsx", write(t, sample(), nastyRows()...))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(nastyLines(), lines); diff != "" {
		t.Error(diff)
	}
	want := spreadsheet.Info{
		Format: spreadsheet.XLSX, Sheet: "Tickets", ExportID: "7Q2M-0001", FormatVersion: 3,
		Rows: len(lines), LastRow: len(lines),
	}
	if diff := cmp.Diff(want, info); diff != "" {
		t.Error(diff)
	}
}

func TestWriter_WB2_WB4_excelizeReadsTheSame(t *testing.T) {
	t.Parallel()
	f, err := excelize.OpenReader(bytes.NewReader(write(t, sample(), nastyRows()...)))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for i, text := range nasty() {
		for _, column := range []int{1, 5} {
			cell, err := excelize.CoordinatesToCellName(column, i+2)
			if err != nil {
				t.Fatal(err)
			}
			got, err := f.GetCellValue("Tickets", cell)
			if err != nil || got != text {
				t.Errorf("%s is %q, want %q (%v)", cell, got, text, err)
			}
			formula, err := f.GetCellFormula("Tickets", cell)
			if err != nil || formula != "" {
				t.Errorf("%s has the formula %q (%v)", cell, formula, err)
			}
		}
	}
}
