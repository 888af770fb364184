package spreadsheet_test

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"syscall"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"gradin/server/spreadsheet"
)

// The size of what is measured.
const (
	benchRows    = 100_000
	benchColumns = 20
)

// contenders are run in processes of their own, so that CPU time and memory
// are theirs alone; each gets a folder.
func contenders() map[string]func(dir string) error {
	return map[string]func(dir string) error{
		"write-gradin":         writeGradin,
		"write-excelize":       writeExcelize,
		"read-gradin-inline":   func(dir string) error { return readGradin(dir, "write-gradin.xlsx") },
		"read-gradin-shared":   func(dir string) error { return readGradin(dir, "write-libxlsxwriter-shared.xlsx") },
		"read-excelize-inline": func(dir string) error { return readExcelize(dir, "write-gradin.xlsx") },
		"read-excelize-shared": func(dir string) error { return readExcelize(dir, "write-libxlsxwriter-shared.xlsx") },
	}
}

// TestMain runs one contender instead of the tests when TestBenchRatios asks.
func TestMain(m *testing.M) {
	name := os.Getenv("GRADIN_BENCH_CONTENDER")
	if name == "" {
		os.Exit(m.Run())
	}
	if err := contenders()[name](os.Getenv("GRADIN_BENCH_DIR")); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// TestBenchRatios compares CPU time and peak memory with other programs, as
// ratios that hold on any machine. It takes minutes and runs only with
// GRADIN_BENCH=1; libxlsxwriter takes part where libxlsxwriter-dev and gcc are.
func TestBenchRatios(t *testing.T) {
	if os.Getenv("GRADIN_BENCH") != "1" {
		t.Skip("set GRADIN_BENCH=1 to compare with other programs")
	}
	dir := t.TempDir()
	ours := measure(t, dir, "write-gradin")
	compare(t, ours, measure(t, dir, "write-excelize"), 0)
	inline := measure(t, dir, "read-gradin-inline")
	compare(t, inline, measure(t, dir, "read-excelize-inline"), 8)
	atMost(t, ours, 64)
	atMost(t, inline, 32)
	if _, err := os.Stat("/usr/include/xlsxwriter.h"); err != nil {
		t.Log("libxlsxwriter-dev is not installed: no comparison with libxlsxwriter")
		return
	}
	compare(t, ours, measureC(t, dir, "write-libxlsxwriter", "1"), 1)
	measureC(t, dir, "write-libxlsxwriter-shared", "0")
	shared := measure(t, dir, "read-gradin-shared")
	compare(t, shared, measure(t, dir, "read-excelize-shared"), 8)
	atMost(t, shared, 32)
}

// usage is what a process took.
type usage struct {
	name string
	cpu  time.Duration
	mib  int64
}

func measure(t *testing.T, dir, name string) usage {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), os.Args[0])
	cmd.Env = append(os.Environ(), "GRADIN_BENCH_CONTENDER="+name, "GRADIN_BENCH_DIR="+dir)
	return run(t, cmd, name)
}

func measureC(t *testing.T, dir, name, constant string) usage {
	t.Helper()
	program := filepath.Join(dir, "writer")
	gcc := exec.CommandContext(t.Context(), "gcc", "-O2", "-o", program, "testdata/libxlsxwriter.c", "-lxlsxwriter")
	if out, err := gcc.CombinedOutput(); err != nil {
		t.Fatalf("compile with gcc: %v\n%s", err, out)
	}
	cmd := exec.CommandContext(t.Context(), program, filepath.Join(dir, name+".xlsx"),
		strconv.Itoa(benchRows), strconv.Itoa(benchColumns), constant)
	return run(t, cmd, name)
}

// run keeps the better of two runs, which is the one less disturbed.
func run(t *testing.T, cmd *exec.Cmd, name string) usage {
	t.Helper()
	best := usage{name: name}
	for range 2 {
		again := exec.CommandContext(t.Context(), cmd.Path, cmd.Args[1:]...)
		again.Env = cmd.Env
		if out, err := again.CombinedOutput(); err != nil {
			t.Fatalf("%s: %v\n%s", name, err, out)
		}
		cpu := again.ProcessState.UserTime() + again.ProcessState.SystemTime()
		if best.cpu == 0 || cpu < best.cpu {
			best.cpu = cpu
		}
		if rusage, ok := again.ProcessState.SysUsage().(*syscall.Rusage); ok {
			best.mib = max(best.mib, rusage.Maxrss>>10)
		}
	}
	t.Logf("%-22s %6.2f s CPU %5d MiB", name, best.cpu.Seconds(), best.mib)
	return best
}

// compare prints by how much ours is faster, and wants a factor unless it is 0.
func compare(t *testing.T, ours, theirs usage, factor float64) {
	t.Helper()
	ratio := theirs.cpu.Seconds() / ours.cpu.Seconds()
	t.Logf("%s is %.1f times faster than %s", ours.name, ratio, theirs.name)
	if ratio < factor {
		t.Errorf("%s should be at least %g times faster than %s", ours.name, factor, theirs.name)
	}
}

func atMost(t *testing.T, u usage, mib int64) {
	t.Helper()
	if u.mib > mib {
		t.Errorf("%s takes %d MiB, more than %d", u.name, u.mib, mib)
	}
}

// benchText is what column j of row i holds: an id, a number as text, and
// texts of which half repeat.
func benchText(i, j int) string {
	switch j % 4 {
	case 0:
		return fmt.Sprintf("%012d", i*benchColumns+j)
	case 1:
		return "Performance of the season " + strconv.Itoa(i%50)
	case 2:
		return fmt.Sprintf("guest%d.%d@example.org", i, j)
	default:
		return "Category " + strconv.Itoa(j)
	}
}

func writeGradin(dir string) error {
	out, err := os.Create(filepath.Join(dir, "write-gradin.xlsx"))
	if err != nil {
		return err
	}
	defer out.Close()
	book := spreadsheet.Book{Sheet: "Tickets"}
	for j := range benchColumns {
		book.Columns = append(book.Columns, spreadsheet.Column{Header: "Column " + strconv.Itoa(j)})
	}
	w, err := spreadsheet.NewWriter(out, book)
	if err != nil {
		return err
	}
	cells := make([]spreadsheet.Cell, benchColumns)
	for i := range benchRows {
		for j := range cells {
			cells[j] = spreadsheet.Text(benchText(i, j))
		}
		if err := w.Row(cells...); err != nil {
			return err
		}
	}
	return w.Close()
}

func writeExcelize(dir string) error {
	f := excelize.NewFile()
	defer f.Close()
	w, err := f.NewStreamWriter("Sheet1")
	if err != nil {
		return err
	}
	cells := make([]any, benchColumns)
	for i := range benchRows {
		for j := range cells {
			cells[j] = benchText(i, j)
		}
		if err := w.SetRow("A"+strconv.Itoa(i+1), cells); err != nil {
			return err
		}
	}
	if err := w.Flush(); err != nil {
		return err
	}
	return f.SaveAs(filepath.Join(dir, "write-excelize.xlsx"))
}

func readGradin(dir, name string) error {
	in, err := os.Open(filepath.Join(dir, name))
	if err != nil {
		return err
	}
	defer in.Close()
	stat, err := in.Stat()
	if err != nil {
		return err
	}
	src := spreadsheet.Source{File: in, Size: stat.Size(), Name: name}
	cells := 0
	info, err := spreadsheet.Read(context.Background(), src, func(r spreadsheet.Row) error {
		cells += len(r.Cells)
		return nil
	})
	if err == nil && (info.Rows < benchRows || cells < benchRows*benchColumns) {
		return fmt.Errorf("read %d rows and %d cells", info.Rows, cells)
	}
	return err
}

func readExcelize(dir, name string) error {
	f, err := excelize.OpenFile(filepath.Join(dir, name), excelize.Options{RawCellValue: true})
	if err != nil {
		return err
	}
	defer f.Close()
	rows, err := f.Rows(f.GetSheetName(0))
	if err != nil {
		return err
	}
	defer rows.Close()
	cells := 0
	for rows.Next() {
		columns, err := rows.Columns()
		if err != nil {
			return err
		}
		cells += len(columns)
	}
	if cells < benchRows*benchColumns {
		return fmt.Errorf("read %d cells", cells)
	}
	return rows.Error()
}

// BenchmarkWriter_Row measures a row of 20 text cells.
func BenchmarkWriter_Row(b *testing.B) {
	book := spreadsheet.Book{Sheet: "Tickets", Columns: make([]spreadsheet.Column, benchColumns)}
	cells := make([]spreadsheet.Cell, benchColumns)
	for j := range cells {
		cells[j] = spreadsheet.Text(benchText(4711, j))
	}
	b.ReportAllocs()
	for b.Loop() {
		b.StopTimer()
		w, err := spreadsheet.NewWriter(io.Discard, book)
		if err != nil {
			b.Fatal(err)
		}
		b.StartTimer()
		for range 1000 {
			if err := w.Row(cells...); err != nil {
				b.Fatal(err)
			}
		}
	}
}
