package spreadsheet_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"gradin/server/errs"
	"gradin/server/spreadsheet"
)

// smallLimits keep a fuzzed file cheap.
func smallLimits() spreadsheet.Limits {
	l := spreadsheet.DefaultLimits()
	l.SheetBytes, l.SharedBytes, l.PartBytes = 1<<20, 1<<20, 1<<20
	return l
}

// checkRead holds for every file: it ends soon, rows grow, cells are clean and
// kept to the limits, and an error is one that people can act on.
func checkRead(t *testing.T, name string, data []byte) {
	src := source(name, data)
	src.Limits = smallLimits()
	last, rows := 0, 0
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	info, err := spreadsheet.Read(ctx, src, func(r spreadsheet.Row) error {
		if r.Number <= last || r.Number > spreadsheet.MaxRows || len(r.Cells) == 0 || len(r.Cells) > src.Limits.Columns {
			t.Errorf("row %d with %d cells after row %d", r.Number, len(r.Cells), last)
		}
		if r.Cells[len(r.Cells)-1].Kind == spreadsheet.KindEmpty {
			t.Errorf("row %d ends with an empty cell", r.Number)
		}
		last = r.Number
		rows++
		for i, c := range r.Cells {
			if c.Value != spreadsheet.Clean(c.Value) || (c.Kind == spreadsheet.KindEmpty) != (c.Value == "") && c.Kind != spreadsheet.KindFormula {
				t.Errorf("row %d, column %d: %+v", r.Number, i, c)
			}
			_ = c.String()
		}
		return nil
	})
	if err == nil && (info.Rows != rows || info.LastRow != last) {
		t.Errorf("%+v after %d rows up to %d", info, rows, last)
	}
	if _, ok := errs.As(err); err != nil && !ok {
		t.Errorf("nobody can act on %v", err)
	}
}

// FuzzReadXLSX changes whole archives.
func FuzzReadXLSX(f *testing.F) {
	for _, name := range []string{"written.xlsx", "libreoffice.xlsx"} {
		data, err := os.ReadFile(filepath.Join("testdata", name))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Add(pack(f, with(nil)))
	f.Fuzz(func(t *testing.T, data []byte) { checkRead(t, "a.xlsx", data) })
}

// FuzzReadSheet changes what is inside an archive, where the checksum keeps
// FuzzReadXLSX from coming to.
func FuzzReadSheet(f *testing.F) {
	f.Add(sheetOf(`<row r="1"><c r="A1" t="s"><v>0</v></c><c r="C1" t="inlineStr"><is><t>a&amp;_x0041_</t></is></c></row>`), emptyShared)
	f.Add(sheetOf(`<row><c><f>1+1</f><v>2</v></c><c t="b"><v>1</v></c><c t="e"><v>#N/A</v></c></row>`), emptyShared)
	f.Add(unpack(f, "written.xlsx")["xl/worksheets/sheet1.xml"], emptyShared)
	saved := unpack(f, "libreoffice.xlsx")
	f.Add(saved["xl/worksheets/sheet1.xml"], saved["xl/sharedStrings.xml"])
	f.Fuzz(func(t *testing.T, sheet, shared string) {
		data := pack(t, with(parts{"xl/worksheets/sheet1.xml": sheet, "xl/sharedStrings.xml": shared}))
		checkRead(t, "a.xlsx", data)
	})
}

// FuzzReadCSV changes separated text.
func FuzzReadCSV(f *testing.F) {
	for _, text := range []string{
		"a,b\n1,2\n", "a;b\r\n\"1\";\"x\"\"y\"\r\n", "sep=;\r\na;b\n", "\uFEFFa\tb\n", "G\xFCnther;x\n", inUTF16("a\tb\n", false), "\"", "a,\"b\n",
	} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, data []byte) { checkRead(t, "a.csv", data) })
}

// oracle reads a sheet with excelize into "A1=value" lines; excelize trims
// nothing, so values are cleaned as ours are.
func oracle(t *testing.T, data []byte, sheet string) []string {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := f.Rows(sheet)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var cells []string
	for number := 1; rows.Next(); number++ {
		columns, err := rows.Columns()
		if err != nil {
			t.Fatal(err)
		}
		for i, value := range columns {
			if value = spreadsheet.Clean(value); value != "" {
				cells = append(cells, fmt.Sprintf("R%dC%d=%s", number, i+1, value))
			}
		}
	}
	return cells
}

// ours reads the same way.
func ours(t *testing.T, data []byte) []string {
	t.Helper()
	var cells []string
	_, err := spreadsheet.Read(t.Context(), source("a.xlsx", data), func(r spreadsheet.Row) error {
		for i, c := range r.Cells {
			if c.Value != "" {
				cells = append(cells, fmt.Sprintf("R%dC%d=%s", r.Number, i+1, strings.Clone(c.Value)))
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return cells
}
