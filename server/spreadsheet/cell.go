package spreadsheet

import (
	"bytes"
	"strconv"
)

// cellHead is what a cell's tag says.
type cellHead struct {
	column int
	kind   byte // see cellType
	date   bool
}

// readCell reads one cell.
func (r *sheetReader) readCell() error {
	head, err := r.readHead()
	if err != nil {
		return err
	}
	r.column = head.column
	r.value = r.value[:0]
	formula, valued := false, false
	for done := false; !done; {
		t, err := r.next()
		if err != nil {
			return err
		}
		switch {
		case t == tokenEnd:
			done = true
		case t == tokenText:
		case string(r.name) == "f":
			formula = true
			err = r.skip()
		case valued && (string(r.name) == "v" || string(r.name) == "is"):
			return damage("a cell has two values")
		case string(r.name) == "v" && head.kind != typeInline:
			valued = true
			r.value, err = r.collect(r.value, r.limits.TextBytes)
		case string(r.name) == "is" && head.kind == typeInline:
			valued = true
			r.value, err = richText(r.markup, r.value, r.limits.TextBytes)
		default:
			err = r.skip()
		}
		if err != nil {
			return err
		}
	}
	if !valued && !formula {
		r.mark = r.offset()
		return nil
	}
	return r.finish(head, formula)
}

// The types of a cell, by what its tag says.
const (
	typeNumber  byte = 'n'
	typeShared  byte = 's'
	typeInline  byte = 'i'
	typeString  byte = 'f'
	typeBool    byte = 'b'
	typeError   byte = 'e'
	typeISODate byte = 'd'
)

// cellType tells the types apart; 0 is unknown.
func cellType(t []byte) byte {
	switch string(t) {
	case "s":
		return typeShared
	case "inlineStr":
		return typeInline
	case "str":
		return typeString
	case "n":
		return typeNumber
	case "b":
		return typeBool
	case "e":
		return typeError
	case "d":
		return typeISODate
	}
	return 0
}

// readHead reads the tag of a cell: columns must grow, and a reference must be
// in its row.
func (r *sheetReader) readHead() (cellHead, error) {
	head := cellHead{column: r.column + 1, kind: typeNumber}
	for i := range r.attributes {
		a := &r.attributes[i]
		if len(a.name) != 1 {
			continue
		}
		switch a.name[0] {
		case 'r':
			column, row, ok := reference(a.value)
			if !ok || row != r.row {
				return head, damage("a cell is not in its row")
			}
			if column <= r.column {
				return head, damage("cells are not in order")
			}
			head.column = column
		case 's':
			n, ok := number(a.value)
			if !ok {
				return head, damage("a cell has no proper style")
			}
			head.date = n < len(r.book.dates) && r.book.dates[n]
		case 't':
			if head.kind = cellType(a.value); head.kind == 0 {
				return head, damage("a cell is of an unknown type")
			}
		}
	}
	if head.column >= maxColumns {
		return head, damage("a cell is right of the last column")
	}
	return head, nil
}

// number reads a short number without a sign.
func number(digits []byte) (int, bool) {
	if len(digits) == 0 || len(digits) > 9 {
		return 0, false
	}
	n := 0
	for _, b := range digits {
		if b < '0' || b > '9' {
			return 0, false
		}
		n = n*10 + int(b-'0')
	}
	return n, true
}

// reference reads "AB12" as column 27 (from 0) and row 12.
func reference(ref []byte) (column, row int, ok bool) {
	i := 0
	for ; i < len(ref) && i < 4 && ref[i] >= 'A' && ref[i] <= 'Z'; i++ {
		column = column*26 + int(ref[i]-'A') + 1
	}
	if i == 0 || i > 3 {
		return 0, 0, false
	}
	row, ok = number(ref[i:])
	return column - 1, row, ok
}

// finish makes a cell of the value that was read.
func (r *sheetReader) finish(head cellHead, formula bool) error {
	kind, text, err := r.interpret(head)
	if err != nil {
		return err
	}
	if formula {
		kind = KindFormula
	}
	offset := r.offset()
	before := r.mark
	r.mark = offset
	if kind == KindEmpty {
		return nil
	}
	if head.column >= r.limits.Columns {
		return &Refusal{Key: KeyTooManyColumns, Row: r.row, Limit: int64(r.limits.Columns)}
	}
	r.useful += offset - before
	r.cells = r.cells[:head.column+1]
	c := &r.cells[head.column]
	c.Kind = kind
	if head.kind == typeShared {
		c.Value = text
		return nil
	}
	from := len(r.text)
	r.text = append(r.text, r.value...)
	r.pending = append(r.pending, pendingText{head.column, from, len(r.text)})
	return nil
}

// interpret gives the kind of the value. The text is that of a shared string;
// all others are left in r.value.
func (r *sheetReader) interpret(head cellHead) (Kind, string, error) {
	var err error
	switch head.kind {
	case typeInline, typeString, typeError:
		if r.value, err = cleaned(r.value); err != nil {
			return 0, "", err
		}
	default:
		r.value = bytes.TrimSpace(r.value)
	}
	if len(r.value) == 0 {
		return KindEmpty, "", nil
	}
	switch head.kind {
	case typeInline, typeString:
		return KindText, "", nil
	case typeError:
		return KindError, "", nil
	case typeShared:
		n, ok := number(r.value)
		text, found := r.book.shared.at(n)
		if !ok || !found {
			return 0, "", damage("a shared string does not exist")
		}
		if text == "" {
			return KindEmpty, "", nil
		}
		return KindText, text, nil
	case typeBool:
		return KindBool, "", r.boolean()
	case typeISODate:
		return r.isoDate()
	}
	if !isNumber(r.value) {
		return 0, "", damage("a number is none")
	}
	if !head.date {
		return KindNumber, "", nil
	}
	return KindDate, "", r.shift1904()
}

func (r *sheetReader) boolean() error {
	switch string(r.value) {
	case "1", "true":
		r.value = append(r.value[:0], '1')
	case "0", "false":
		r.value = append(r.value[:0], '0')
	default:
		return damage("a boolean is neither true nor false")
	}
	return nil
}

func (r *sheetReader) isoDate() (Kind, string, error) {
	if _, ok := isoTime(string(r.value)); !ok {
		return 0, "", damage("a date is none")
	}
	return KindDate, "", nil
}

// shift1904 brings serials of old Macintosh workbooks to the usual system.
func (r *sheetReader) shift1904() error {
	if !r.book.is1904 {
		return nil
	}
	const days = 1462
	n, err := strconv.ParseFloat(string(r.value), 64)
	if err != nil {
		return damage("a date is none")
	}
	r.value = strconv.AppendFloat(r.value[:0], n+days, 'f', -1, 64)
	return nil
}

// isNumber is true for decimal numbers with or without an exponent.
func isNumber(value []byte) bool {
	for _, b := range value {
		if (b < '0' || b > '9') && b != '.' && b != '-' && b != '+' && b != 'E' && b != 'e' {
			return false
		}
	}
	if len(value) < 16 && !bytes.ContainsAny(value[1:], "+-eE.") && value[len(value)-1] >= '0' {
		return true
	}
	_, err := strconv.ParseFloat(string(value), 64)
	return err == nil
}
