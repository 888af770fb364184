package spreadsheet

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"io"
)

// csvReader reads separated text as spreadsheet programs do: a record is a
// row, empty ones count, a line end inside quotation marks does not (WB-7).
type csvReader struct {
	in        *bufio.Reader
	separator byte
	limits    Limits
	fn        func(Row) error

	row  int
	rows int
	last int

	cells   []Cell
	pending []pendingText
	text    []byte
	value   []byte
	column  int
}

func readCSV(ctx context.Context, src Source, start []byte, fn func(Row) error) (Info, int, error) {
	info := Info{Format: CSV}
	text, err := decodeText(ctx, src, start)
	if err != nil {
		return info, 0, err
	}
	r := &csvReader{
		in: bufio.NewReaderSize(text, 64<<10), limits: src.Limits, fn: fn,
		cells: make([]Cell, 0, src.Limits.Columns),
	}
	if err := r.findSeparator(); err != nil {
		return info, 0, err
	}
	for err == nil {
		if r.row%1000 == 0 && ctx.Err() != nil {
			return info, r.row, ctx.Err()
		}
		err = r.readRow()
	}
	info.Rows, info.LastRow = r.rows, r.last
	if errors.Is(err, errNoRow) {
		return info, r.row, nil
	}
	return info, r.row, err
}

// errNoRow says that the file ended before another row began.
var errNoRow = errors.New("no more rows")

// findSeparator takes Excel's own line "sep=;" or the one of comma, semicolon
// and tab that is most frequent in the first row.
func (r *csvReader) findSeparator() error {
	start, err := r.in.Peek(r.in.Size())
	if err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	if len(start) > 5 && bytes.EqualFold(start[:4], []byte("sep=")) && (start[5] == '\r' || start[5] == '\n') {
		r.separator = start[4]
		line := 6
		if bytes.HasPrefix(start[5:], []byte("\r\n")) {
			line = 7
		}
		_, err := r.in.Discard(line)
		return err
	}
	counts := map[byte]int{}
	quoted := false
	for _, b := range bytes.TrimLeft(start, "\r\n") {
		if b == '"' {
			quoted = !quoted
		}
		if quoted {
			continue
		}
		if b == '\n' || b == '\r' {
			break
		}
		counts[b]++
	}
	r.separator = ','
	for _, b := range []byte{';', '\t'} {
		if counts[b] > counts[r.separator] {
			r.separator = b
		}
	}
	return nil
}

// readRow reads one record and hands it on if it holds anything.
func (r *csvReader) readRow() error {
	if _, err := r.in.Peek(1); err != nil {
		if errors.Is(err, io.EOF) {
			return errNoRow
		}
		return err
	}
	if r.row++; r.row > r.limits.Rows {
		return &Refusal{Key: KeyTooManyRows, Limit: int64(r.limits.Rows)}
	}
	clear(r.cells)
	r.cells, r.pending, r.text, r.column = r.cells[:0], r.pending[:0], r.text[:0], 0
	for more := true; more; r.column++ {
		var err error
		if more, err = r.readField(); err != nil {
			return err
		}
		if err := r.finish(); err != nil {
			return err
		}
	}
	if len(r.cells) == 0 {
		return nil
	}
	if r.rows++; r.rows > r.limits.FilledRows {
		return &Refusal{Key: KeyTooManyRows, Limit: int64(r.limits.FilledRows)}
	}
	r.last = r.row
	all := string(r.text)
	for _, p := range r.pending {
		r.cells[p.cell].Value = all[p.from:p.to]
	}
	if err := r.fn(Row{Number: r.row, Cells: r.cells}); err != nil {
		return &callerError{err}
	}
	return nil
}

// readField reads one value and the separator or line end behind it; more
// says that another field follows in this record.
func (r *csvReader) readField() (more bool, err error) {
	r.value = r.value[:0]
	b, err := r.in.ReadByte()
	if err == nil && b == '"' {
		if err := r.readQuoted(); err != nil {
			return false, err
		}
		b, err = r.in.ReadByte()
	}
	for {
		switch {
		case errors.Is(err, io.EOF):
			return false, nil
		case err != nil:
			return false, err
		case b == r.separator:
			return true, nil
		case b == '\n':
			return false, nil
		case b == '\r':
			return false, r.skipLineFeed()
		}
		if err := r.add(b); err != nil {
			return false, err
		}
		b, err = r.in.ReadByte()
	}
}

// readQuoted reads behind the opening mark up to the closing one.
func (r *csvReader) readQuoted() error {
	for {
		b, err := r.in.ReadByte()
		if errors.Is(err, io.EOF) {
			return &Refusal{Key: KeyOpenQuote, Row: r.row}
		}
		if err != nil {
			return err
		}
		if b == '"' {
			next, err := r.in.Peek(1)
			if err != nil && !errors.Is(err, io.EOF) {
				return err
			}
			if len(next) == 0 || next[0] != '"' {
				return nil
			}
			if _, err := r.in.Discard(1); err != nil {
				return err
			}
		}
		if err := r.add(b); err != nil {
			return err
		}
	}
}

func (r *csvReader) add(b byte) error {
	if len(r.value) == r.limits.TextBytes {
		return &Refusal{Key: KeyCellTooLong, Row: r.row, Limit: int64(r.limits.TextBytes)}
	}
	r.value = append(r.value, b)
	return nil
}

func (r *csvReader) skipLineFeed() error {
	next, err := r.in.Peek(1)
	if err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	if len(next) == 1 && next[0] == '\n' {
		_, err := r.in.Discard(1)
		return err
	}
	return nil
}

// finish makes a cell of the value that was read.
func (r *csvReader) finish() error {
	value := r.value
	if !isCleanASCII(value) {
		value = []byte(Clean(string(value)))
	}
	if len(value) == 0 {
		return nil
	}
	if r.column >= r.limits.Columns {
		return &Refusal{Key: KeyTooManyColumns, Row: r.row, Limit: int64(r.limits.Columns)}
	}
	r.cells = r.cells[:r.column+1]
	r.cells[r.column].Kind = KindText
	from := len(r.text)
	r.text = append(r.text, value...)
	r.pending = append(r.pending, pendingText{r.column, from, len(r.text)})
	return nil
}
