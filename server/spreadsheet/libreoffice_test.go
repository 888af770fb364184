package spreadsheet_test

import (
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"gradin/server/spreadsheet"
)

var update = flag.Bool("update", false, "rewrite the golden files and those saved by LibreOffice")

// convert lets LibreOffice open a file and save it in other formats; it gives
// the folder with the results, which are called a.<format>.
func convert(t *testing.T, name string, data []byte, formats ...string) string {
	t.Helper()
	soffice, err := exec.LookPath("soffice")
	if err != nil {
		t.Fatal("LibreOffice is missing: install the Debian package libreoffice-calc to run this test.")
	}
	dir := t.TempDir()
	in := filepath.Join(dir, name)
	if err := os.WriteFile(in, data, 0o600); err != nil {
		t.Fatal(err)
	}
	out := filepath.Join(dir, "out")
	for _, format := range formats {
		cmd := exec.CommandContext(t.Context(), soffice, "-env:UserInstallation=file://"+filepath.Join(dir, "profile"),
			"--headless", "--convert-to", format, "--outdir", out, in)
		if msg, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("soffice: %v\n%s", err, msg)
		}
	}
	return out
}

// TestWriter_WB1_WB2_survivesLibreOffice saves a workbook in LibreOffice, as
// .xlsx and as .csv, and reads it back.
func TestWriter_WB1_WB2_survivesLibreOffice(t *testing.T) {
	t.Parallel()
	// 44 is the comma, 34 the quotation mark, 76 UTF-8; the last but one
	// writes cells as they are shown.
	const csv = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true"
	dir := convert(t, "a.xlsx", write(t, sample(), nastyRows()...), "xlsx", csv)
	saved, err := os.ReadFile(filepath.Join(dir, "a.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	if *update {
		keep(t, "libreoffice.xlsx", saved)
	}
	info, lines, err := read(t, "a.xlsx", saved)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(nastyLines(), lines); diff != "" {
		t.Error(diff)
	}
	if info.ExportID != "7Q2M-0001" || info.FormatVersion != 3 || info.Sheet != "Tickets" {
		t.Errorf("%+v", info)
	}
	lookAtSaved(t, filepath.Join(dir, "a.xlsx"))

	table, err := os.ReadFile(filepath.Join(dir, "a.csv"))
	if err != nil {
		t.Fatal(err)
	}
	if *update {
		keep(t, "libreoffice.csv", table)
	}
	_, lines, err = read(t, "a.csv", table)
	if err != nil {
		t.Fatal(err)
	}
	for i, text := range nasty() {
		if got := lines[i+1].Cells; got[0] != text || got[4] != text || !strings.HasPrefix(got[1], "2026-03-29 ") && !strings.HasPrefix(got[1], "2026-03-30 ") {
			t.Errorf("row %d is %q, want %q", i+2, got, text)
		}
	}
}

// lookAtSaved proves that LibreOffice understood protection, check and styles,
// because it wrote them again. (Without a window it drops every frozen pane.)
func lookAtSaved(t *testing.T, name string) {
	t.Helper()
	f, err := excelize.OpenFile(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	protection, err := f.GetSheetProtection("Tickets")
	if err != nil || !protection.Sort || !protection.AutoFilter || !protection.FormatColumns || protection.Password != "" {
		t.Errorf("protection %+v, %v", protection, err)
	}
	checks, err := f.GetDataValidations("Tickets")
	if err != nil || len(checks) != 1 || *checks[0].ErrorStyle != "warning" || !strings.HasPrefix(checks[0].Sqref, "E2:E") {
		t.Errorf("checks %+v, %v", checks, err)
	}
	for cell, locked := range map[string]bool{"A2": true, "E1": true, "E2": false, "E1000": false} {
		id, err := f.GetCellStyle("Tickets", cell)
		if err != nil {
			t.Fatal(err)
		}
		style, err := f.GetStyle(id)
		if err != nil {
			t.Fatal(err)
		}
		if got := style.Protection == nil || style.Protection.Locked; got != locked {
			t.Errorf("%s is locked: %t", cell, got)
		}
	}
	visible, err := f.GetSheetVisible("_export")
	if err != nil || visible {
		t.Errorf("the sheet with the export id shows: %t, %v", visible, err)
	}
}

// keep writes a file that other tests start from.
func keep(t *testing.T, name string, data []byte) {
	t.Helper()
	if err := os.WriteFile(filepath.Join("testdata", name), data, 0o600); err != nil {
		t.Fatal(err)
	}
}

// TestRead_exportIDIsFoundInTheHiddenSheet drops the custom properties, as
// some programs do.
func TestRead_exportIDIsFoundInTheHiddenSheet(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"libreoffice.xlsx", "written.xlsx"} {
		all := unpack(t, name)
		if _, ok := all["docProps/custom.xml"]; !ok {
			t.Fatalf("%s has no custom properties", name)
		}
		delete(all, "docProps/custom.xml")
		info, _, err := read(t, name, pack(t, all))
		if err != nil || info.ExportID != "7Q2M-0001" || info.FormatVersion != 3 {
			t.Errorf("%s: %+v, %v", name, info, err)
		}
	}
	info, _, err := read(t, "a.xlsx", write(t, spreadsheet.Book{Sheet: "X", Columns: []spreadsheet.Column{{Header: "A"}}}))
	if err != nil || info.ExportID != "" || info.Sheet != "X" {
		t.Errorf("%+v, %v", info, err)
	}
}
