package spreadsheet

import (
	"errors"
	"io"
)

// Format is the file format that was read.
type Format string

// The formats that are read.
const (
	XLSX Format = "xlsx"
	CSV  Format = "csv"
)

// Source is an untrusted file and how it is to be read.
type Source struct {
	File io.ReaderAt
	// Size in bytes of the whole file.
	Size int64
	// Name as the person's computer calls it; the content decides, the name
	// only tells a .csv from a text that is called .xlsx.
	Name string
	// Sheet is read if the workbook has it (in any case), else the first
	// visible one.
	Sheet string
	// Limits of zero value are DefaultLimits.
	Limits Limits
}

// Validate finds what a caller must not hand in.
func (s Source) Validate() error {
	if s.File == nil || s.Size < 0 {
		return errors.New("a source needs a file and its size")
	}
	return nil
}

// Limits bounds what a file may cost (WB-9). All bytes of parts are counted
// after unpacking, whatever the archive says about them.
type Limits struct {
	// FileBytes is the size of the file as it was sent.
	FileBytes int64
	// Parts is the number of entries in the archive.
	Parts int
	// SheetBytes bounds a sheet, SharedBytes the text of the shared strings
	// (their markup may take twice as much), PartBytes
	// each other part.
	SheetBytes  int64
	SharedBytes int64
	PartBytes   int64
	// IdleBytes bounds the markup that holds no value, in all; every filled
	// row adds IdlePerRow.
	IdleBytes  int64
	IdlePerRow int64
	// TextBytes bounds one value.
	TextBytes int
	// FilledRows and Rows bound the rows with and without empty ones, the
	// header included.
	FilledRows int
	Rows       int
	// Columns that are read; a filled cell further right refuses the file.
	Columns int
}

// DefaultLimits fits 250,000 rows of tickets and keeps every refusal under two
// seconds and 256 MiB (WB-9).
func DefaultLimits() Limits {
	return Limits{
		FileBytes:   64 << 20,
		Parts:       1000,
		SheetBytes:  512 << 20,
		SharedBytes: 64 << 20,
		PartBytes:   16 << 20,
		IdleBytes:   64 << 20,
		IdlePerRow:  1 << 10,
		TextBytes:   4 * MaxText,
		FilledRows:  250_001,
		Rows:        MaxRows,
		Columns:     256,
	}
}

// Info is what a file says about itself besides its rows.
type Info struct {
	Format Format
	// Sheet is the name of the sheet that was read, empty for CSV.
	Sheet string
	// ExportID and FormatVersion are as Book had them, empty and 0 if the
	// file does not come from an export or lost them.
	ExportID      string
	FormatVersion int
	// Rows is the number of filled rows, the header included.
	Rows int
	// LastRow is the number of the last filled row.
	LastRow int
}
