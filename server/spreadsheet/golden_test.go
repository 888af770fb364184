package spreadsheet_test

import (
	"archive/zip"
	"bytes"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// unpack reads the parts of an archive in testdata.
func unpack(t testing.TB, name string) parts {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return unpackBytes(t, data)
}

func unpackBytes(t testing.TB, data []byte) parts {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	all := parts{}
	for _, f := range z.File {
		in, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		part, err := io.ReadAll(in)
		if err != nil {
			t.Fatal(err)
		}
		in.Close()
		all[f.Name] = string(part)
	}
	return all
}

// TestWriter_WB1_looksAsBefore compares every part of the sample with the one
// in testdata; -update rewrites it. The theme is excelize's own.
func TestWriter_WB1_looksAsBefore(t *testing.T) {
	t.Parallel()
	data := write(t, sample(), nastyRows()...)
	if *update {
		keep(t, "written.xlsx", data)
	}
	want, got := unpack(t, "written.xlsx"), unpackBytes(t, data)
	delete(want, "xl/theme/theme1.xml")
	delete(got, "xl/theme/theme1.xml")
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// TestRead_goldenFiles reads what other programs have saved.
func TestRead_goldenFiles(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"written.xlsx", "libreoffice.xlsx", "libreoffice.csv"} {
		data, err := os.ReadFile(filepath.Join("testdata", name))
		if err != nil {
			t.Fatal(err)
		}
		_, lines, err := read(t, name, data)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		want := nastyLines()
		if len(lines) != len(want) {
			t.Errorf("%s has %d rows, want %d", name, len(lines), len(want))
		}
		for i := range min(len(lines), len(want)) {
			if lines[i].Cells[0] != want[i].Cells[0] || lines[i].Number != want[i].Number {
				t.Errorf("%s: row %v, want %v", name, lines[i], want[i])
			}
		}
	}
}
