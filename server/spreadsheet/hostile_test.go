package spreadsheet_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"hash/crc32"
	"io"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/klauspost/compress/flate"

	"gradin/server/errs"
	"gradin/server/spreadsheet"
)

// parts are the entries of an archive by name; a nil content leaves one out.
type parts map[string]string

const (
	contentTypes = `<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>`
	topLinks     = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`
	bookPart     = `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Tickets" sheetId="1" r:id="rId1"/></sheets></workbook>`
	bookLinks    = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/></Relationships>`
	emptyShared  = `<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>shared</t></si></sst>`
)

// sheetOf is a sheet around rows.
func sheetOf(rows string) string {
	return `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>` + rows + `</sheetData></worksheet>`
}

// with is a small valid workbook with some parts changed.
func with(changed parts) parts {
	all := parts{
		"[Content_Types].xml": contentTypes, "_rels/.rels": topLinks, "xl/workbook.xml": bookPart,
		"xl/_rels/workbook.xml.rels": bookLinks, "xl/sharedStrings.xml": emptyShared,
		"xl/worksheets/sheet1.xml": sheetOf(`<row r="1"><c r="A1" t="s"><v>0</v></c></row>`),
	}
	for name, data := range changed {
		all[name] = data
	}
	return all
}

func withSheet(sheet string) parts { return with(parts{"xl/worksheets/sheet1.xml": sheet}) }

func pack(t testing.TB, all parts) []byte {
	t.Helper()
	return packStream(t, all, "", nil)
}

// packStream packs parts and one more that is too large to hold in memory.
func packStream(t testing.TB, all parts, name string, write func(io.Writer)) []byte {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	z.RegisterCompressor(zip.Deflate, func(out io.Writer) (io.WriteCloser, error) {
		return flate.NewWriter(out, flate.BestSpeed)
	})
	for part, data := range all {
		if part == name {
			continue
		}
		w, err := z.Create(part)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(w, data); err != nil {
			t.Fatal(err)
		}
	}
	if write != nil {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		write(w)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// Bounds of WB-9. Memory is measured as all that was ever allocated, which is
// more than what was in use at any moment.
const (
	maxTime  = 2 * time.Second
	maxAlloc = 256 << 20
)

// refusal reads a file that must be refused and gives the reason.
func refusal(t *testing.T, name string, data []byte) *spreadsheet.Refusal {
	t.Helper()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	start, busy := time.Now(), cpu(t)
	_, _, err := read(t, name, data)
	// On a machine that is busy with something else, the clock on the wall
	// says little.
	took := min(time.Since(start), cpu(t)-busy)
	runtime.ReadMemStats(&after)
	r, ok := spreadsheet.AsRefusal(err)
	if !ok {
		t.Fatalf("%s is not refused: %v", name, err)
	}
	if e, ok := errs.As(err); !ok || e.Message != r.Sentence("en") {
		t.Errorf("%s: people would read %q", name, err)
	}
	if took > maxTime {
		t.Errorf("%s took %s", name, took)
	}
	if grown := after.TotalAlloc - before.TotalAlloc; grown > maxAlloc {
		t.Errorf("%s allocated %d MiB", name, grown>>20)
	}
	t.Logf("%s: %d kB, %s, %d MiB allocated", name, len(data)>>10, took.Round(time.Millisecond), (after.TotalAlloc-before.TotalAlloc)>>20)
	return r
}

// cpu is what this process has used so far.
func cpu(t *testing.T) time.Duration {
	t.Helper()
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		t.Fatal(err)
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}

func wantKey(t *testing.T, name string, data []byte, key spreadsheet.Key, row int) {
	t.Helper()
	if r := refusal(t, name, data); r.Key != key || r.Row != row {
		t.Errorf("%s is refused with %s at row %d (%s), want %s at row %d", name, r.Key, r.Row, r.Detail, key, row)
	}
}

// repeat writes s n times.
func repeat(w io.Writer, s string, n int) {
	block := strings.Repeat(s, 1000)
	for range n / 1000 {
		io.WriteString(w, block)
	}
}

// The files of these tests are large, so the tests run one after the other:
// what they allocate is measured.
func TestRead_WB9_zipBombIsRefused(t *testing.T) {
	const sheet = "xl/worksheets/sheet1.xml"
	bombs := map[string]func(w io.Writer){
		"white space":   func(w io.Writer) { repeat(w, strings.Repeat(" ", 1000), 500_000) },
		"one long text": func(w io.Writer) { repeat(w, strings.Repeat("x", 1000), 300_000) },
		"a long comment": func(w io.Writer) {
			io.WriteString(w, "<!--")
			repeat(w, strings.Repeat("x", 1000), 300_000)
		},
		"rows without cells": func(w io.Writer) { repeat(w, "<row/>", 20_000_000) },
		"a long tag":         func(w io.Writer) { repeat(w, strings.Repeat("<row a='", 100), 300_000) },
	}
	for name, write := range bombs {
		data := packStream(t, with(nil), sheet, func(w io.Writer) {
			io.WriteString(w, `<worksheet><sheetData>`)
			write(w)
			io.WriteString(w, `</sheetData></worksheet>`)
		})
		r := refusal(t, name, data)
		t.Logf("refused with %s (%s)", r.Key, r.Detail)
	}
}

func TestRead_WB9_giantSharedStringsAreRefused(t *testing.T) {
	const shared = "xl/sharedStrings.xml"
	var buf []byte
	giants := map[string]func(w io.Writer){
		"many empty ones": func(w io.Writer) { repeat(w, "<si/>", 40_000_000) },
		"many short ones": func(w io.Writer) {
			for i := range 4_000_000 {
				buf = strconv.AppendInt(append(buf[:0], "<si><t>"...), int64(i)*7919*104729, 36)
				buf = strconv.AppendInt(append(buf, '-'), int64(i), 10)
				w.Write(append(buf, "</t></si>"...))
			}
		},
		"many long ones": func(w io.Writer) {
			for i := range 6_000 {
				io.WriteString(w, "<si><t>")
				buf = buf[:0]
				for j := range 1500 {
					buf = strconv.AppendInt(append(buf, ' '), int64(i*7919+j)*104729, 36)
				}
				w.Write(append(buf, "</t></si>"...))
			}
		},
		"one very long one": func(w io.Writer) {
			io.WriteString(w, "<si><t>")
			for i := range 1_000_000 {
				fmt.Fprintf(w, "%x ", i)
			}
		},
	}
	for name, write := range giants {
		data := packStream(t, with(nil), shared, func(w io.Writer) {
			io.WriteString(w, `<sst>`)
			write(w)
			io.WriteString(w, `</sst>`)
		})
		r := refusal(t, name, data)
		t.Logf("refused with %s (%s)", r.Key, r.Detail)
	}
}

func TestRead_WB9_emptyStyledCellsInBulkAreRefused(t *testing.T) {
	const sheet = "xl/worksheets/sheet1.xml"
	data := packStream(t, with(nil), sheet, func(w io.Writer) {
		io.WriteString(w, `<worksheet><sheetData><row r="1"><c r="A1"><v>1</v></c></row>`)
		for i := 2; i <= 300_000; i++ {
			row := strconv.Itoa(i)
			io.WriteString(w, `<row r="`+row+`">`)
			for j := range 20 {
				io.WriteString(w, `<c r="`+string(rune('A'+j))+row+`" s="`+strconv.Itoa(i*j%7)+`"/>`)
			}
			io.WriteString(w, `</row>`)
		}
		io.WriteString(w, `</sheetData></worksheet>`)
	})
	if r := refusal(t, "styled", data); r.Key != spreadsheet.KeyMostlyEmpty {
		t.Errorf("refused with %s (%s)", r.Key, r.Detail)
	}
}

func TestRead_WB9_millionEmptyStyledRowsAreReadQuickly(t *testing.T) {
	data := packStream(t, with(nil), "xl/worksheets/sheet1.xml", func(w io.Writer) {
		io.WriteString(w, `<worksheet><sheetData><row r="1"><c r="A1"><v>1</v></c></row>`)
		for i := 2; i <= 1_000_000; i++ {
			fmt.Fprintf(w, `<row r="%d" s="1" customFormat="1"/>`, i)
		}
		io.WriteString(w, `</sheetData></worksheet>`)
	})
	start, busy := time.Now(), cpu(t)
	info, _, err := read(t, "rows.xlsx", data)
	if err != nil || info.Rows != 1 {
		t.Errorf("%d rows, %v", info.Rows, err)
	}
	if took := min(time.Since(start), cpu(t)-busy); took > maxTime {
		t.Errorf("took %s", took)
	}
}

func TestRead_WB9_sixteenThousandColumns(t *testing.T) {
	var empty, filled strings.Builder
	empty.WriteString(`<row r="1"><c r="A1"><v>1</v></c>`)
	filled.WriteString(`<row r="1">`)
	for i := 1; i < 16_384; i++ {
		empty.WriteString(`<c s="1"/>`)
		filled.WriteString(`<c s="1"><v>1</v></c>`)
	}
	empty.WriteString(`</row>`)
	filled.WriteString(`</row>`)
	if _, lines, err := read(t, "empty.xlsx", pack(t, withSheet(sheetOf(empty.String())))); err != nil || len(lines[0].Cells) != 1 {
		t.Errorf("empty columns on the right: %v, %v", lines, err)
	}
	wantKey(t, "filled.xlsx", pack(t, withSheet(sheetOf(filled.String()))), spreadsheet.KeyTooManyColumns, 1)
	wantKey(t, "more.xlsx", pack(t, withSheet(sheetOf(strings.Replace(filled.String(), "</row>", "<c/><c/></row>", 1)))),
		spreadsheet.KeyTooManyColumns, 1)
}

func TestRead_WB9_archivesNoProgramWritesAreRefused(t *testing.T) {
	names := map[string]string{
		"a path upwards":  "../evil.xml",
		"a path inside":   "xl/../../evil.xml",
		"an absolute one": "/etc/passwd",
		"a drive":         `C:\evil.xml`,
		"the same twice":  "XL/WORKBOOK.XML",
	}
	for sentence, name := range names {
		t.Run(sentence, func(t *testing.T) {
			t.Parallel()
			wantKey(t, name, pack(t, with(parts{name: "x"})), spreadsheet.KeyUnsafeArchive, 0)
		})
	}
	many := with(nil)
	for i := range 5000 {
		many[fmt.Sprintf("xl/media/%d.png", i)] = ""
	}
	wantKey(t, "many parts", pack(t, many), spreadsheet.KeyUnsafeArchive, 0)
	for i := range 60_000 {
		many[fmt.Sprintf("xl/media/%d.png", i)] = ""
	}
	wantKey(t, "very many parts", pack(t, many), spreadsheet.KeyUnsafeArchive, 0)
}

func TestRead_WB9_truncatedFilesAreRefused(t *testing.T) {
	t.Parallel()
	data := write(t, sample(), nastyRows()...)
	for _, size := range []int{4, 100, len(data) / 2, len(data) - 100, len(data) - 1} {
		wantKey(t, fmt.Sprintf("%d bytes", size), data[:size], spreadsheet.KeyDamaged, 0)
	}
}

// TestRead_WB9_lyingSizesAreRefused packs a sheet whose declared sizes are
// smaller and larger than what is there.
func TestRead_WB9_lyingSizesAreRefused(t *testing.T) {
	t.Parallel()
	sheet := []byte(sheetOf(`<row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="A2"><v>2</v></c></row>`))
	for _, declared := range []int{10, len(sheet) - 1, len(sheet) + 1, 1 << 30} {
		var out bytes.Buffer
		z := zip.NewWriter(&out)
		for name, data := range with(nil) {
			if name == "xl/worksheets/sheet1.xml" {
				continue
			}
			w, err := z.Create(name)
			if err != nil {
				t.Fatal(err)
			}
			io.WriteString(w, data)
		}
		w, err := z.CreateRaw(&zip.FileHeader{
			Name: "xl/worksheets/sheet1.xml", Method: zip.Store, CRC32: crc32.ChecksumIEEE(sheet),
			CompressedSize64: uint64(len(sheet)), UncompressedSize64: uint64(declared),
		})
		if err != nil {
			t.Fatal(err)
		}
		w.Write(sheet)
		if err := z.Close(); err != nil {
			t.Fatal(err)
		}
		if r := refusal(t, fmt.Sprintf("declares %d of %d", declared, len(sheet)), out.Bytes()); r.Key != spreadsheet.KeyDamaged {
			t.Errorf("refused with %s", r.Key)
		}
	}
}

// TestRead_WB9_flippedBitsAreRefused proves that the checksum is looked at.
func TestRead_WB9_flippedBitsAreRefused(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for name, data := range with(parts{"xl/worksheets/sheet1.xml": sheetOf(`<row r="1"><c r="A1"><v>12345</v></c></row>`)}) {
		w, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Store})
		if err != nil {
			t.Fatal(err)
		}
		io.WriteString(w, data)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	data := bytes.Replace(out.Bytes(), []byte("<v>12345</v>"), []byte("<v>12346</v>"), 1)
	wantKey(t, "flipped", data, spreadsheet.KeyDamaged, 1)
}
