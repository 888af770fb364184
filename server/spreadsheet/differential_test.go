package spreadsheet_test

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"
)

// TestRead_agreesWithExcelizeOnSavedFiles compares every cell of the files
// that programs have saved.
func TestRead_agreesWithExcelizeOnSavedFiles(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"written.xlsx", "libreoffice.xlsx"} {
		data, err := os.ReadFile(filepath.Join("testdata", name))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(oracle(t, data, "Tickets"), ours(t, data)); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

// TestRead_agreesWithExcelizeOnAnyBook lets excelize write random books, with
// shared strings, gaps, formulas and all kinds of values.
func TestRead_agreesWithExcelizeOnAnyBook(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		f := excelize.NewFile()
		defer f.Close()
		for range rapid.IntRange(1, 40).Draw(rt, "cells") {
			column := rapid.IntRange(1, 40).Draw(rt, "column")
			row := rapid.IntRange(1, 60).Draw(rt, "row")
			cell, err := excelize.CoordinatesToCellName(column, row)
			if err != nil {
				rt.Fatal(err)
			}
			if err := put(rt, f, cell); err != nil {
				rt.Fatal(err)
			}
		}
		buf, err := f.WriteToBuffer()
		if err != nil {
			rt.Fatal(err)
		}
		if diff := cmp.Diff(oracle(t, buf.Bytes(), "Sheet1"), ours(t, buf.Bytes())); diff != "" {
			rt.Fatal(diff)
		}
	})
}

// put writes a value of a random kind.
func put(rt *rapid.T, f *excelize.File, cell string) error {
	switch rapid.IntRange(0, 6).Draw(rt, "kind") {
	case 0:
		return f.SetCellValue("Sheet1", cell, rapid.Int().Draw(rt, "int"))
	case 1:
		return f.SetCellValue("Sheet1", cell, strconv.FormatFloat(rapid.Float64().Draw(rt, "float"), 'g', -1, 64))
	case 2:
		return f.SetCellBool("Sheet1", cell, rapid.Bool().Draw(rt, "bool"))
	case 3:
		return f.SetCellValue("Sheet1", cell, time.Unix(int64(rapid.Int32().Draw(rt, "time")), 0).UTC())
	case 4:
		return f.SetCellFormula("Sheet1", cell, "SUM(A1,1)&\"<x>\"")
	case 5:
		return f.SetCellRichText("Sheet1", cell, []excelize.RichTextRun{
			{Text: "rich ", Font: &excelize.Font{Bold: true}}, {Text: rapid.StringN(0, 10, 40).Draw(rt, "run")},
		})
	default:
		// Excelize reads "_x" in its own way when it is not an escape.
		text := rapid.StringN(0, 40, 200).Draw(rt, "text")
		return f.SetCellStr("Sheet1", cell, strings.ReplaceAll(text, "_x", "-x"))
	}
}
