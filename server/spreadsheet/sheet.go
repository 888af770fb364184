package spreadsheet

// sheetReader goes through one sheet. It trusts neither order nor counts, and
// whatever is doubtful refuses the file with the row it was at.
type sheetReader struct {
	*markup
	book   *workbook
	limits Limits
	fn     func(Row) error

	row    int
	rows   int // filled ones
	last   int // last filled one
	column int // of the cell that was read last, from 0; -1 before the first

	cells   []Cell
	pending []pendingText
	text    []byte // of the row's cells
	value   []byte // of one cell

	useful int64 // bytes that held values
	mark   int64 // end of the last cell
}

// pendingText is a cell whose text is still in sheetReader.text.
type pendingText struct{ cell, from, to int }

// readSheet calls fn for each filled row of a sheet and gives the reader for
// what it counted, also along with an error.
func (w *workbook) readSheet(s sheetEntry, limits Limits, fn func(Row) error) (*sheetReader, error) {
	r := &sheetReader{book: w, limits: limits, fn: fn, cells: make([]Cell, 0, limits.Columns)}
	c, err := w.open(w.links[s.link].target, limits.SheetBytes)
	if err != nil {
		return r, err
	}
	defer c.close()
	r.markup = c.markup
	ratio := r.check
	r.check = func(read int64) error {
		if read-r.useful > limits.IdleBytes+limits.IdlePerRow*int64(r.rows) {
			return &Refusal{Key: KeyMostlyEmpty, Row: r.row}
		}
		return ratio(read)
	}
	found := false
	err = r.document("worksheet", func() error {
		if string(r.name) != "sheetData" {
			return r.skip()
		}
		if found {
			return damage("the sheet has its rows twice")
		}
		found = true
		return r.children(r.readRow)
	})
	if err == nil && !found {
		err = damage("the sheet has no rows")
	}
	return r, err
}

// readRow reads one row and hands it on if it holds anything.
func (r *sheetReader) readRow() error {
	if string(r.name) != "row" {
		return damage("something else among the rows")
	}
	next := r.row + 1
	if v := r.attribute("r"); v != nil {
		n, ok := number(v)
		if !ok || n < next {
			return damage("rows are not in order")
		}
		next = n
	}
	if next > r.limits.Rows {
		return &Refusal{Key: KeyTooManyRows, Limit: int64(r.limits.Rows)}
	}
	r.row = next
	r.column = -1
	r.mark = r.offset()
	clear(r.cells)
	r.cells, r.pending, r.text = r.cells[:0], r.pending[:0], r.text[:0]
	if err := r.readCells(); err != nil {
		return err
	}
	if len(r.cells) == 0 {
		return nil
	}
	if r.rows++; r.rows > r.limits.FilledRows {
		return &Refusal{Key: KeyTooManyRows, Limit: int64(r.limits.FilledRows)}
	}
	r.last = r.row
	r.settle()
	if err := r.fn(Row{Number: r.row, Cells: r.cells}); err != nil {
		return &callerError{err}
	}
	return nil
}

// readCells is children(readCell) without the detour, because nearly all of
// the time goes here.
func (r *sheetReader) readCells() error {
	for {
		t, err := r.next()
		if err != nil {
			return err
		}
		switch t {
		case tokenEnd:
			return nil
		case tokenStart:
			if string(r.name) == "c" {
				err = r.readCell()
			} else {
				err = r.skip()
			}
			if err != nil {
				return err
			}
		}
	}
}

// settle makes one string of the row's texts, so that a row costs one piece of
// memory and its cells outlive the next row.
func (r *sheetReader) settle() {
	if len(r.pending) == 0 {
		return
	}
	all := string(r.text)
	for _, p := range r.pending {
		r.cells[p.cell].Value = all[p.from:p.to]
	}
}
