package spreadsheet

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"math"
	"strconv"

	"github.com/klauspost/compress/flate"
	"github.com/xuri/excelize/v2"
)

// Writer streams rows into a workbook. Its memory does not grow with the
// rows, it uses no files, and it is for one goroutine.
type Writer struct {
	archive *zip.Writer
	sheet   io.Writer
	book    Book
	bones   *skeleton
	buf     []byte
	columns []columnMarkup
	row     int
	err     error
}

// columnMarkup is what stands around the row number and the text of a cell:
// open + row number + one of the others.
type columnMarkup struct {
	open   string
	text   string
	number string
}

// rowBuffer is the number of bytes that are collected before they are packed.
const rowBuffer = 32 << 10

// NewWriter begins a workbook: the header row is written and the first bytes
// leave at once, before the first Row. The file is whole only after Close.
func NewWriter(out io.Writer, book Book) (*Writer, error) {
	if err := book.Validate(); err != nil {
		return nil, fmt.Errorf("write workbook: %w", err)
	}
	bones, err := newSkeleton(book)
	if err != nil {
		return nil, fmt.Errorf("write workbook: %w", err)
	}
	w := &Writer{archive: zip.NewWriter(out), book: book, bones: bones, buf: make([]byte, 0, 2*rowBuffer)}
	w.archive.RegisterCompressor(zip.Deflate, func(out io.Writer) (io.WriteCloser, error) {
		// The fastest level: twice the standard library's speed for a file
		// that is a tenth larger.
		return flate.NewWriter(out, flate.BestSpeed)
	})
	if err := w.begin(); err != nil {
		return nil, fmt.Errorf("write workbook: %w", err)
	}
	return w, nil
}

// begin writes what must stand first and the header.
func (w *Writer) begin() error {
	for _, p := range w.bones.parts {
		if first(p.name) {
			if err := w.add(p.name, p.data); err != nil {
				return err
			}
		}
	}
	if err := w.archive.Flush(); err != nil {
		return fmt.Errorf("send first part: %w", err)
	}
	sheet, err := w.create(sheetPart)
	if err != nil {
		return err
	}
	w.sheet = sheet
	w.buf = append(append(w.buf, w.bones.head...), "<sheetData>"...)
	header := make([]Cell, len(w.book.Columns))
	for i, c := range w.book.Columns {
		header[i] = Text(c.Header)
	}
	if w.columns, err = columnsOf(w.bones.header); err != nil {
		return err
	}
	if err := w.Row(header...); err != nil {
		return err
	}
	w.columns, err = columnsOf(w.bones.cells)
	return err
}

// first says which parts stand before the sheet: programs tell the file's
// type from them.
func first(name string) bool { return name == "[Content_Types].xml" || name == "_rels/.rels" }

func columnsOf(styles []int) ([]columnMarkup, error) {
	columns := make([]columnMarkup, len(styles))
	for i, id := range styles {
		name, err := excelize.ColumnNumberToName(i + 1)
		if err != nil {
			return nil, fmt.Errorf("name column %d: %w", i+1, err)
		}
		columns[i] = columnMarkup{
			open:   `<c r="` + name,
			text:   fmt.Sprintf(`" s="%d" t="inlineStr"><is><t`, id),
			number: fmt.Sprintf(`" s="%d"><v>`, id),
		}
	}
	return columns, nil
}

// Row adds a row: the cells from the first column on, the rest is empty. A
// text column takes every kind as text, so that nothing becomes a formula or
// a rounded number (WB-2, WB-4). The cells are not kept. More than MaxRows
// rows are refused with errs.TooLarge; after an error the workbook is lost.
func (w *Writer) Row(cells ...Cell) error {
	if w.err != nil {
		return w.err
	}
	if len(cells) > len(w.columns) {
		return w.fail(fmt.Errorf("row %d has %d cells for %d columns", w.row+1, len(cells), len(w.columns)))
	}
	if w.row == MaxRows {
		return w.fail(refused(&Refusal{Key: KeyTooManyRows, Limit: MaxRows}))
	}
	w.row++
	w.buf = append(w.buf, `<row r="`...)
	w.buf = strconv.AppendInt(w.buf, int64(w.row), 10)
	w.buf = append(w.buf, '"', '>')
	for i := range cells {
		if cells[i].Kind != KindEmpty {
			w.cell(i, &cells[i])
		}
	}
	w.buf = append(w.buf, "</row>"...)
	if len(w.buf) < rowBuffer {
		return nil
	}
	return w.flush()
}

// cell appends one filled cell.
func (w *Writer) cell(i int, c *Cell) {
	m := &w.columns[i]
	w.buf = append(w.buf, m.open...)
	w.buf = strconv.AppendInt(w.buf, int64(w.row), 10)
	kind := w.book.Columns[i].Kind
	if n, ok := c.Float(); ok && kind == c.Kind && !math.IsInf(n, 0) && !math.IsNaN(n) {
		w.buf = append(w.buf, m.number...)
		w.buf = strconv.AppendFloat(w.buf, n, 'g', -1, 64)
		w.buf = append(w.buf, "</v></c>"...)
		return
	}
	text := c.Value
	if c.Kind != KindText {
		text = c.String()
	}
	w.buf = append(w.buf, m.text...)
	if keepsSpace(text) {
		w.buf = append(w.buf, ` xml:space="preserve"`...)
	}
	w.buf = append(w.buf, '>')
	w.buf = appendText(w.buf, text)
	w.buf = append(w.buf, "</t></is></c>"...)
}

// flush packs what was collected.
func (w *Writer) flush() error {
	_, err := w.sheet.Write(w.buf)
	w.buf = w.buf[:0]
	if err != nil {
		return w.fail(fmt.Errorf("write row %d: %w", w.row, err))
	}
	return nil
}

// fail makes every later call give the first error.
func (w *Writer) fail(err error) error {
	w.err = err
	return err
}

// Close writes the rest of the workbook; it does not close the io.Writer.
// After a failed Row it returns that error and leaves the file broken, so
// that no one takes it for whole.
func (w *Writer) Close() error {
	if w.err != nil {
		return w.err
	}
	w.buf = append(w.buf, "</sheetData>"...)
	w.buf = append(w.buf, w.filtered(w.bones.tail)...)
	if err := w.flush(); err != nil {
		return err
	}
	for _, p := range w.bones.parts {
		if first(p.name) {
			continue
		}
		if err := w.add(p.name, w.filtered(p.data)); err != nil {
			return w.fail(err)
		}
	}
	if err := w.archive.Close(); err != nil {
		return w.fail(fmt.Errorf("end archive: %w", err))
	}
	w.err = fmt.Errorf("row after the end of the workbook")
	return nil
}

// filtered ends the filter at the last row instead of the last possible one.
func (w *Writer) filtered(data []byte) []byte {
	return bytes.ReplaceAll(data, []byte(w.bones.filter+strconv.Itoa(MaxRows)), []byte(w.bones.filter+strconv.Itoa(w.row)))
}

func (w *Writer) add(name string, data []byte) error {
	entry, err := w.create(name)
	if err != nil {
		return err
	}
	if _, err := entry.Write(data); err != nil {
		return fmt.Errorf("write part %s: %w", name, err)
	}
	return nil
}

func (w *Writer) create(name string) (io.Writer, error) {
	entry, err := w.archive.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: w.book.Created})
	if err != nil {
		return nil, fmt.Errorf("add part %s: %w", name, err)
	}
	return entry, nil
}
