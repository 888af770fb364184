package spreadsheet_test

import (
	"bytes"
	"fmt"
	"io"
	"slices"
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
		"<b>&amp;\"'</b>", "_x0041_", "a\nb\tc", "]]>", "Ünïcödé 日本語 😀", "#N/A",
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

func TestWriter_textThatLooksEscapedComesBack(t *testing.T) {
	t.Parallel()
	book := spreadsheet.Book{Sheet: "X", Columns: make([]spreadsheet.Column, 1)}
	for _, text := range []string{"_x005F_x0041_", "__x0041_x0042_", "_x0041", "x0041_", "_x_", "_xGGGG_", "_x0041__x0042_", "_X0041_"} {
		_, lines, err := read(t, "a.xlsx", write(t, book, []spreadsheet.Cell{spreadsheet.Text(text)}))
		if err != nil || lines[len(lines)-1].Cells[0] != text {
			t.Errorf("%q comes back as %v, %v", text, lines, err)
		}
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

func TestWriter_WB1_headerIsFrozenAndFiltered(t *testing.T) {
	t.Parallel()
	data := write(t, sample(), nastyRows()...)
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	panes, err := f.GetPanes("Tickets")
	if err != nil || !panes.Freeze || panes.YSplit != 1 {
		t.Errorf("panes %+v, %v", panes, err)
	}
	last := fmt.Sprintf("$A$1:$E$%d", len(nasty())+1)
	if names := f.GetDefinedName(); len(names) != 1 || !strings.HasSuffix(names[0].RefersTo, "!"+last) {
		t.Errorf("names %+v, want one that ends with %s", names, last)
	}
	if sheet := unpackBytes(t, data)["xl/worksheets/sheet1.xml"]; !strings.Contains(sheet, `<autoFilter ref="`+last+`">`) {
		t.Errorf("no filter over %s", last)
	}
	if visible, err := f.GetColVisible("Tickets", "D"); err != nil || visible {
		t.Errorf("column D shows: %t, %v", visible, err)
	}
	if got := f.GetSheetList(); !cmp.Equal(got, []string{"Tickets", "How to fill in", "_export"}) {
		t.Errorf("sheets %q", got)
	}
	if p, err := f.GetDocProps(); err != nil || p.Creator != "Gradin" || p.LastModifiedBy != "Gradin" {
		t.Errorf("properties %+v, %v", p, err)
	}
}

func TestWriter_textIsCutAndCleanedForTheFormat(t *testing.T) {
	t.Parallel()
	book := spreadsheet.Book{Sheet: "X", Columns: make([]spreadsheet.Column, 1)}
	for in, want := range map[string]string{
		strings.Repeat("x", 40_000):         strings.Repeat("x", spreadsheet.MaxText),
		strings.Repeat("😀", 20_000):         strings.Repeat("😀", spreadsheet.MaxText/2),
		"a\x00b\x0Bc":                       "abc",
		"a\r\nb\rc":                         "a\nb\nc",
		"\xFFbroken":                        "\uFFFDbroken",
		"not a character \uFFFE\uFFFF here": "not a character  here",
	} {
		f, err := excelize.OpenReader(bytes.NewReader(write(t, book, []spreadsheet.Cell{spreadsheet.Text(in)})))
		if err != nil {
			t.Fatal(err)
		}
		if got, err := f.GetCellValue("X", "A2"); err != nil || got != want {
			t.Errorf("%.20q becomes %.20q (%d bytes), want %.20q, %v", in, got, len(got), want, err)
		}
		f.Close()
	}
}

// TestWriter_textColumnsTakeEveryKindAsText is what result files need: the
// user's own cells as they were read, next to columns of ours.
func TestWriter_textColumnsTakeEveryKindAsText(t *testing.T) {
	t.Parallel()
	book := spreadsheet.Book{Sheet: "X", Columns: make([]spreadsheet.Column, 7)}
	row := []spreadsheet.Cell{
		{Kind: spreadsheet.KindNumber, Value: "1.2345678901E10"}, {Kind: spreadsheet.KindDate, Value: "46148.8125"},
		{Kind: spreadsheet.KindBool, Value: "1"}, {Kind: spreadsheet.KindError, Value: "#N/A"},
		{Kind: spreadsheet.KindFormula, Value: "=x"}, spreadsheet.Number(12), spreadsheet.Number(0.5),
	}
	got, err := rowsOf(t, write(t, book, row))
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"12345678901", "2026-05-06 19:30:00", "TRUE", "#N/A", "=x", "12", "0.5"}
	for i, c := range got[0].Cells {
		if c.Kind != spreadsheet.KindText || c.Value != want[i] {
			t.Errorf("column %d is %+v, want %q", i, c, want[i])
		}
	}
}

// rowsOf keeps the rows of a workbook.
func rowsOf(t *testing.T, data []byte) ([]spreadsheet.Row, error) {
	t.Helper()
	var rows []spreadsheet.Row
	_, err := spreadsheet.Read(t.Context(), source("a.xlsx", data), func(r spreadsheet.Row) error {
		rows = append(rows, spreadsheet.Row{Number: r.Number, Cells: slices.Clone(r.Cells)})
		return nil
	})
	return rows, err
}

func TestWriter_firstBytesLeaveBeforeTheFirstRow(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	w, err := spreadsheet.NewWriter(&out, sample())
	if err != nil {
		t.Fatal(err)
	}
	if out.Len() == 0 {
		t.Error("nothing was sent")
	}
	if err := w.Row(make([]spreadsheet.Cell, 6)...); err == nil {
		t.Error("a row with too many cells was taken")
	}
	if err := w.Close(); err == nil {
		t.Error("a broken workbook was closed as if it were whole")
	}
}

func TestWriter_rowsCostNoMemory(t *testing.T) {
	book := spreadsheet.Book{Sheet: "X", Columns: make([]spreadsheet.Column, 3)}
	w, err := spreadsheet.NewWriter(io.Discard, book)
	if err != nil {
		t.Fatal(err)
	}
	cells := []spreadsheet.Cell{spreadsheet.Text("a"), spreadsheet.Text("<b>"), spreadsheet.Text(" c_x0041_")}
	if n := testing.AllocsPerRun(5000, func() {
		if err := w.Row(cells...); err != nil {
			t.Fatal(err)
		}
	}); n > 0.1 {
		t.Errorf("%g allocations per row", n)
	}
}

func TestBook_whatExcelRefusesIsNotWritten(t *testing.T) {
	t.Parallel()
	columns := []spreadsheet.Column{{Header: "A"}}
	for sentence, book := range map[string]spreadsheet.Book{
		"no name":         {Columns: columns},
		"a long name":     {Sheet: strings.Repeat("x", 32), Columns: columns},
		"a colon":         {Sheet: "a:b", Columns: columns},
		"no columns":      {Sheet: "X"},
		"the same twice":  {Sheet: "X", Columns: columns, HowTo: spreadsheet.HowTo{Sheet: "x"}},
		"our hidden name": {Sheet: "_Export", Columns: columns},
		"a strange kind":  {Sheet: "X", Columns: []spreadsheet.Column{{Kind: spreadsheet.KindFormula}}},
		"a wide column":   {Sheet: "X", Columns: []spreadsheet.Column{{Width: 256}}},
	} {
		if _, err := spreadsheet.NewWriter(io.Discard, book); err == nil {
			t.Errorf("%s: no error", sentence)
		}
	}
}

func TestRead_errorsOfTheCallerComeBackUnchanged(t *testing.T) {
	t.Parallel()
	for name, data := range map[string][]byte{"a.xlsx": write(t, sample()), "a.csv": []byte("a,b\n")} {
		_, err := spreadsheet.Read(t.Context(), source(name, data), func(spreadsheet.Row) error { return io.EOF })
		if err != io.EOF {
			t.Errorf("%s: %v", name, err)
		}
	}
}
