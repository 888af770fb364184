package spreadsheet

import (
	"errors"
	"fmt"
	"strings"

	"gradin/server/errs"
)

// Key is the stable name of a reason why a file is refused as a whole.
type Key string

// The reasons for a refusal.
const (
	KeyEmptyFile      Key = "EMPTY_FILE"
	KeyFileTooLarge   Key = "FILE_TOO_LARGE"   // Limit: bytes
	KeyNotSpreadsheet Key = "NOT_SPREADSHEET"  // neither a workbook nor text
	KeyOldExcel       Key = "OLD_EXCEL"        // .xls
	KeyBinaryExcel    Key = "BINARY_EXCEL"     // .xlsb
	KeyPassword       Key = "PASSWORD"         // encrypted workbook
	KeyOpenDocument   Key = "OPEN_DOCUMENT"    // .ods
	KeyNumbers        Key = "NUMBERS_DOCUMENT" // .numbers
	KeyMacros         Key = "MACROS"           // .xlsm and its kin
	KeyUnsafeArchive  Key = "UNSAFE_ARCHIVE"   // names or counts no program writes
	KeyUnpacksTooMuch Key = "UNPACKS_TOO_MUCH" // Limit: bytes
	KeyMostlyEmpty    Key = "MOSTLY_EMPTY"     // formats without values in bulk
	KeyDamaged        Key = "DAMAGED"          // Row: where reading ended, 0 if unknown
	KeyNoSheet        Key = "NO_SHEET"
	KeyTooManyRows    Key = "TOO_MANY_ROWS"    // Limit: rows
	KeyTooManyColumns Key = "TOO_MANY_COLUMNS" // Row, Limit: columns
	KeyCellTooLong    Key = "CELL_TOO_LONG"    // Row, Limit: bytes
	KeyOpenQuote      Key = "OPEN_QUOTE"       // Row: where the quotation mark opens (CSV)
)

// Refusal is a reason why a file is not read. Callers get it wrapped into an
// *errs.Error that says it in each language; AsRefusal finds it again.
type Refusal struct {
	Key Key
	// Row as a spreadsheet program shows it, 0 if no row is to blame.
	Row int
	// Limit that was exceeded, in the unit the key says, 0 if none.
	Limit int64
	// Detail is for the log.
	Detail string
}

// Error is the sentence in English with the detail, for the log.
func (r *Refusal) Error() string {
	if r.Detail == "" {
		return fmt.Sprintf("%s: %s", r.Key, r.Sentence("en"))
	}
	return fmt.Sprintf("%s (%s): %s", r.Key, r.Detail, r.Sentence("en"))
}

// AsRefusal finds the refusal in an error's chain.
func AsRefusal(err error) (*Refusal, bool) {
	var r *Refusal
	ok := errors.As(err, &r)
	return r, ok
}

// In is Sentence by the name that the rest of the process has for a language.
func (r *Refusal) In(language string) string { return r.Sentence(strings.ToLower(language)) }

// refused wraps a refusal into what the rest of the process understands.
func refused(r *Refusal) error {
	return errs.Say(r.code(), r).Because(r)
}

func (r *Refusal) code() errs.Code {
	switch r.Key {
	case KeyFileTooLarge, KeyUnpacksTooMuch, KeyMostlyEmpty, KeyTooManyRows, KeyTooManyColumns, KeyCellTooLong:
		return errs.TooLarge
	default:
		return errs.Invalid
	}
}
