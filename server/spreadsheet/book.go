package spreadsheet

import (
	"fmt"
	"strings"
	"time"
	"unicode/utf8"
)

// Check says what the program that opens a workbook looks for when a person
// types into a column. It warns and never forbids (WB-2).
type Check uint8

// The checks of a column.
const (
	CheckNone  Check = iota
	CheckEmail       // one @ with a dot somewhere behind it
)

// Note is a hint in a small box: a title of at most 32 and a text of at most
// 255 characters; what is longer is cut, because Excel refuses such files.
type Note struct {
	Title string
	Text  string
}

// Column is one column of the first sheet.
type Column struct {
	// Header stands in row 1.
	Header string
	// Width in characters, at most 255; 0 is wide enough for the header.
	Width float64
	// Kind is KindText (as is KindEmpty), KindNumber or KindDate.
	Kind Kind
	// Open columns are highlighted and may be filled in, in rows below the
	// last one as well. As soon as one column is open, all others are locked
	// (protection without a password, WB-2).
	Open bool
	// Hidden columns are there and not shown.
	Hidden bool
	// Check is for open columns; Warning is what the program then says.
	Check   Check
	Warning Note
	// Prompt is shown while a cell of the open column is selected.
	Prompt Note
}

// HowTo is a second sheet that explains the first. A row of one text is a
// paragraph over the whole width; of two, a term and its explanation.
type HowTo struct {
	Sheet string
	Title string
	Rows  [][]string
}

// Book describes a workbook but for its rows.
type Book struct {
	// Sheet names the first sheet: 1 to 31 characters, none of []:*?/\.
	Sheet   string
	Columns []Column
	// HowTo is left out when its sheet has no name.
	HowTo HowTo
	// ExportID and FormatVersion come back in Info, also after the workbook
	// was saved by another program; left out when ExportID is empty.
	ExportID      string
	FormatVersion int
	// Language is "en", "fr" or "de" and decides how dates look.
	Language string
	Creator  string
	Title    string
	// Created is the file's own date; the zero time gives an arbitrary one.
	Created time.Time
}

// Validate finds what would give a workbook that Excel refuses.
func (b Book) Validate() error {
	if err := validSheet(b.Sheet); err != nil {
		return err
	}
	if b.HowTo.Sheet != "" {
		if err := validSheet(b.HowTo.Sheet); err != nil {
			return err
		}
		if strings.EqualFold(b.HowTo.Sheet, b.Sheet) {
			return fmt.Errorf("two sheets are called %q", b.Sheet)
		}
	}
	if len(b.Columns) == 0 || len(b.Columns) > maxColumns {
		return fmt.Errorf("a sheet needs 1 to %d columns, not %d", maxColumns, len(b.Columns))
	}
	for i, c := range b.Columns {
		if c.Kind > KindDate || c.Kind == KindBool {
			return fmt.Errorf("column %d (%s): kind %d cannot be written", i+1, c.Header, c.Kind)
		}
		if c.Width < 0 || c.Width > 255 {
			return fmt.Errorf("column %d (%s): width %g is not 0 to 255", i+1, c.Header, c.Width)
		}
	}
	return nil
}

// maxColumns is what the sheet format allows; reading keeps fewer (Limits).
const maxColumns = 16_384

// stateSheet is the hidden sheet that carries export id and format version.
const stateSheet = "_export"

func validSheet(name string) error {
	n := utf8.RuneCountInString(name)
	if n == 0 || n > 31 || strings.ContainsAny(name, `[]:*?/\`) || strings.EqualFold(name, stateSheet) ||
		strings.HasPrefix(name, "'") || strings.HasSuffix(name, "'") {
		return fmt.Errorf("a sheet cannot be called %q", name)
	}
	return nil
}

// protected says whether the sheet is locked but for its open columns.
func (b Book) protected() bool {
	for _, c := range b.Columns {
		if c.Open {
			return true
		}
	}
	return false
}
