// Package spreadsheet owns the way between rows and the files people keep them
// in: it writes .xlsx workbooks and reads .xlsx and .csv files.
//
// It knows nothing of what a column means; callers define the columns and
// judge the values. Writing is a stream of constant memory (NewWriter, Row,
// Close): text stays text, whatever it looks like (WB-2, WB-4). Reading
// (Read) trusts nothing: a file is read whole and in order, or refused with a
// sentence that says what to do (WB-7, WB-8, WB-9); it never yields fewer rows
// than the file shows.
package spreadsheet

import (
	"math"
	"strconv"
	"time"
)

// MaxRows is the number of rows a sheet can have, the header included.
const MaxRows = 1_048_576

// MaxText is the number of UTF-16 code units a cell can hold; the Writer cuts
// longer text.
const MaxText = 32_767

// Kind says what a cell holds, or what the cells of a column are written as.
type Kind uint8

// The kinds of a cell. Columns are written as KindText (the zero Column would
// be KindEmpty, which counts as KindText), KindNumber or KindDate.
const (
	KindEmpty   Kind = iota
	KindText         // text, also digits that were stored as text
	KindNumber       // a number without a date format
	KindBool         // TRUE or FALSE
	KindDate         // a number with a date format, or an ISO 8601 date
	KindError        // an error value such as #N/A
	KindFormula      // a formula; the value is what the program last computed
)

// Cell is one value. A cell that was read has the Value as the file has it;
// cells to be written come from Text, Number and Date, or are the zero Cell,
// which is empty. Cells that were read may be written again.
type Cell struct {
	Kind Kind
	// Value is, by kind: the cleaned text (see Clean); the number as stored
	// ("1.5E3"); "1" or "0"; the serial day number in the 1900 system, or an
	// ISO 8601 date; the error's name; the formula's last value, cleaned.
	// It shares memory with its row: use strings.Clone to keep one for long.
	Value string

	number float64
}

// Text is a text cell; empty text is an empty cell.
func Text(s string) Cell {
	if s == "" {
		return Cell{}
	}
	return Cell{Kind: KindText, Value: s}
}

// Number is a number cell. Whole numbers up to 2⁵³ survive; what is not a
// number or infinite is an empty cell.
func Number(n float64) Cell {
	if math.IsNaN(n) || math.IsInf(n, 0) {
		return Cell{}
	}
	return Cell{Kind: KindNumber, number: n}
}

// Date is a date cell that shows t's wall clock in t's own zone, to the
// second; convert t to the zone of the place first. The zero time, and what is
// before 1 March 1900 (the format cannot say it), is an empty cell.
func Date(t time.Time) Cell {
	serial := serialOf(t)
	if t.IsZero() || serial < firstSafeSerial {
		return Cell{}
	}
	return Cell{Kind: KindDate, number: serial}
}

// Row is a row with at least one filled cell. Cells is indexed by column from
// 0 and ends with the last filled one; it is valid during the call only.
type Row struct {
	// Number is the row as a spreadsheet program shows it, from 1.
	Number int
	Cells  []Cell
}

// Cell gives the cell of a column counted from 0, empty beyond the last one.
func (r Row) Cell(column int) Cell {
	if column < 0 || column >= len(r.Cells) {
		return Cell{}
	}
	return r.Cells[column]
}

// String shows the value as a person would read it: whole numbers without an
// exponent, dates as 2006-01-02 15:04:05 (without a time that is midnight),
// booleans as TRUE and FALSE.
func (c Cell) String() string {
	switch c.Kind {
	case KindNumber:
		n, ok := c.Float()
		if ok && n == math.Trunc(n) && math.Abs(n) < 1e15 {
			return strconv.FormatInt(int64(n), 10)
		}
		if ok && c.Value == "" {
			return strconv.FormatFloat(n, 'g', -1, 64)
		}
	case KindBool:
		if c.Value == "1" {
			return "TRUE"
		}
		return "FALSE"
	case KindDate:
		t, ok := c.Time()
		if ok && t.Hour() == 0 && t.Minute() == 0 && t.Second() == 0 {
			return t.Format(time.DateOnly)
		}
		if ok {
			return t.Format(time.DateTime)
		}
	}
	return c.Value
}

// Float gives the number of a KindNumber or KindDate cell; false for others.
func (c Cell) Float() (float64, bool) {
	if c.Kind != KindNumber && c.Kind != KindDate {
		return 0, false
	}
	if c.Value == "" {
		return c.number, true
	}
	n, err := strconv.ParseFloat(c.Value, 64)
	return n, err == nil
}

// Time gives the wall clock of a KindDate cell, to the second, in UTC because
// the file does not know the zone; false for others.
func (c Cell) Time() (time.Time, bool) {
	if c.Kind != KindDate {
		return time.Time{}, false
	}
	serial, ok := c.Float()
	if !ok {
		return isoTime(c.Value)
	}
	if serial < 0 || serial >= lastSerial {
		return time.Time{}, false
	}
	return epoch().Add(time.Duration(math.Round(serial*secondsPerDay)) * time.Second), true
}

const (
	secondsPerDay   = 24 * 60 * 60
	firstSafeSerial = 61        // 1 March 1900; the days before have the 1900 leap year mistake
	lastSerial      = 2_958_466 // 1 January 10000
)

// epoch is day 0 of the 1900 date system as it counts from March 1900 on.
func epoch() time.Time { return time.Date(1899, time.December, 30, 0, 0, 0, 0, time.UTC) }

// serialOf counts days by the wall clock, so that a change of clocks in t's
// zone moves nothing.
func serialOf(t time.Time) float64 {
	wall := time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), 0, time.UTC)
	return float64(wall.Unix()-epoch().Unix()) / secondsPerDay
}

// isoTime reads the ISO 8601 dates that the strict variant of the format uses.
func isoTime(s string) (time.Time, bool) {
	for _, layout := range []string{"2006-01-02T15:04:05.999999999", time.RFC3339Nano, time.DateOnly} {
		t, err := time.Parse(layout, s)
		if err == nil {
			return t, true
		}
	}
	return time.Time{}, false
}
