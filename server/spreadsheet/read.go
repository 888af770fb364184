package spreadsheet

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	"github.com/klauspost/compress/flate"
)

// Read calls fn for every filled row of an untrusted .xlsx or .csv file, in
// order, the header included; rows without any value are left out, their
// numbers are not. Columns are not interpreted.
//
// What is wrong with the file comes back as *errs.Error (errs.Invalid or
// errs.TooLarge) with the Refusal as its cause; then rows that fn has seen
// already are worth nothing, so decide only when Read has returned (WB-9).
// An error of fn and the end of ctx are returned as they are. Memory is bound
// by the Limits, time by them and by ctx. Files are not written.
func Read(ctx context.Context, src Source, fn func(Row) error) (Info, error) {
	if err := src.Validate(); err != nil {
		return Info{}, fmt.Errorf("read spreadsheet: %w", err)
	}
	if src.Limits == (Limits{}) {
		src.Limits = DefaultLimits()
	}
	disk := &meteredReader{in: src.File, left: 1<<63 - 1}
	src.File = disk
	info, row, err := read(ctx, src, fn)
	if err == nil {
		return info, nil
	}
	if caller, ok := errors.AsType[*callerError](err); ok {
		return info, caller.error
	}
	if disk.err != nil {
		return info, fmt.Errorf("read spreadsheet: %w", disk.err)
	}
	return info, judge(err, row)
}

// callerError marks an error of the caller's own function.
type callerError struct{ error }

// judge tells what is wrong with the file from what is wrong with the process.
func judge(err error, row int) error {
	if r, ok := AsRefusal(err); ok {
		if r.Row == 0 && (r.Key == KeyCellTooLong) {
			r.Row = row
		}
		return refused(r)
	}
	damaged := errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF) || errors.Is(err, io.ErrNoProgress) ||
		errors.Is(err, zip.ErrFormat) || errors.Is(err, zip.ErrChecksum) || errors.Is(err, zip.ErrAlgorithm)
	if _, ok := errors.AsType[damage](err); ok {
		damaged = true
	}
	if _, ok := errors.AsType[flate.CorruptInputError](err); ok {
		damaged = true
	}
	if damaged {
		return refused(&Refusal{Key: KeyDamaged, Row: row, Detail: err.Error()})
	}
	return fmt.Errorf("read spreadsheet: %w", err)
}

// gateBytes is how much of a file decides what it is.
const gateBytes = 4096

// read looks at the first bytes and takes the right way. The row is the last
// one that was begun.
func read(ctx context.Context, src Source, fn func(Row) error) (Info, int, error) {
	if src.Size == 0 {
		return Info{}, 0, &Refusal{Key: KeyEmptyFile}
	}
	if src.Size > src.Limits.FileBytes {
		return Info{}, 0, &Refusal{Key: KeyFileTooLarge, Limit: src.Limits.FileBytes}
	}
	start := make([]byte, min(src.Size, gateBytes))
	if _, err := src.File.ReadAt(start, 0); err != nil && !errors.Is(err, io.EOF) {
		return Info{}, 0, err
	}
	switch {
	case bytes.HasPrefix(start, []byte("PK\x03\x04")):
		return readXLSX(ctx, src, fn)
	case bytes.HasPrefix(start, []byte("PK\x05\x06")):
		return Info{}, 0, &Refusal{Key: KeyNotSpreadsheet, Detail: "an empty zip file"}
	case bytes.HasPrefix(start, []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")):
		return Info{}, 0, gateOLE(src)
	case isOtherText(start):
		return Info{}, 0, &Refusal{Key: KeyNotSpreadsheet, Detail: "another format"}
	}
	if ext := strings.ToLower(path.Ext(src.Name)); strings.HasPrefix(ext, ".xls") {
		return Info{}, 0, &Refusal{Key: KeyNotSpreadsheet, Detail: "called " + ext + ", but it is none"}
	}
	return readCSV(ctx, src, start, fn)
}

// isOtherText recognises formats of letters that are no table, and .xls files
// that are really web pages.
func isOtherText(start []byte) bool {
	start = bytes.TrimLeft(bytes.TrimPrefix(start, []byte("\uFEFF")), " \t\r\n")
	for _, mark := range []string{"<", "%PDF", "{\\rtf", "%!PS"} {
		if bytes.HasPrefix(start, []byte(mark)) {
			return true
		}
	}
	return false
}

// gateOLE tells an encrypted workbook from an old one by the stream that only
// the former has.
func gateOLE(src Source) error {
	mark := []byte("E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e\x00")
	found, err := contains(io.NewSectionReader(src.File, 0, src.Size), mark)
	if err != nil {
		return err
	}
	if found {
		return &Refusal{Key: KeyPassword, Detail: "an encrypted workbook"}
	}
	return &Refusal{Key: KeyOldExcel, Detail: "an OLE file"}
}

func contains(in io.Reader, mark []byte) (bool, error) {
	buf := make([]byte, 64<<10)
	kept := 0
	for {
		n, err := in.Read(buf[kept:])
		if bytes.Contains(buf[:kept+n], mark) {
			return true, nil
		}
		if errors.Is(err, io.EOF) {
			return false, nil
		}
		if err != nil {
			return false, err
		}
		tail := min(kept+n, len(mark)-1)
		copy(buf, buf[kept+n-tail:kept+n])
		kept = tail
	}
}

func readXLSX(ctx context.Context, src Source, fn func(Row) error) (Info, int, error) {
	info := Info{Format: XLSX}
	a, err := openArchive(ctx, src.File, src.Size, src.Limits)
	if err != nil {
		return info, 0, err
	}
	w, err := openWorkbook(a)
	if err != nil {
		return info, 0, err
	}
	sheet, found := w.choose(src.Sheet)
	if !found {
		return info, 0, &Refusal{Key: KeyNoSheet}
	}
	info.Sheet = sheet.name
	for _, l := range w.links {
		if l.kind == "sharedStrings" {
			if w.shared, err = readShared(a, l.target); err != nil {
				return info, 0, err
			}
		}
	}
	if err := w.state(&info); err != nil {
		return info, 0, err
	}
	r, err := w.readSheet(sheet, src.Limits, fn)
	info.Rows, info.LastRow = r.rows, r.last
	return info, r.row, err
}
