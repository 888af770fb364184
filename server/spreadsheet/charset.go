package spreadsheet

import (
	"bytes"
	"context"
	"errors"
	"io"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// decodeText gives the text of a file in UTF-8 without byte order mark. Files
// say UTF-16 and mostly UTF-8 by a mark; without one, what is not UTF-8 to the
// last byte is Windows-1252, which every byte fits (WB-7).
func decodeText(ctx context.Context, src Source, start []byte) (io.Reader, error) {
	in := io.NewSectionReader(src.File, 0, src.Size)
	if bytes.HasPrefix(start, []byte("\xFF\xFE")) || bytes.HasPrefix(start, []byte("\xFE\xFF")) {
		return unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM).NewDecoder().Reader(in), nil
	}
	if bytes.IndexByte(start, 0) >= 0 {
		return nil, &Refusal{Key: KeyNotSpreadsheet, Detail: "binary data"}
	}
	valid, err := isUTF8(ctx, in)
	if err != nil {
		return nil, err
	}
	const mark = "\uFEFF"
	offset := int64(0)
	if bytes.HasPrefix(start, []byte(mark)) && valid {
		offset = int64(len(mark))
	}
	in = io.NewSectionReader(src.File, offset, src.Size-offset)
	if valid {
		return in, nil
	}
	return charmap.Windows1252.NewDecoder().Reader(in), nil
}

// isUTF8 reads a whole file.
func isUTF8(ctx context.Context, in io.Reader) (bool, error) {
	buf := make([]byte, 64<<10)
	kept := 0
	for {
		if err := ctx.Err(); err != nil {
			return false, err
		}
		n, err := in.Read(buf[kept:])
		data := buf[:kept+n]
		ended := errors.Is(err, io.EOF)
		if err != nil && !ended {
			return false, err
		}
		whole := len(data)
		if !ended {
			whole = wholeRunes(data)
		}
		if !utf8.Valid(data[:whole]) {
			return false, nil
		}
		if ended {
			return true, nil
		}
		kept = copy(buf, data[whole:])
	}
}

// wholeRunes is the length of data without a character that is cut off.
func wholeRunes(data []byte) int {
	for back := 1; back <= min(utf8.UTFMax-1, len(data)); back++ {
		i := len(data) - back
		if utf8.RuneStart(data[i]) {
			if utf8.FullRune(data[i:]) {
				return len(data)
			}
			return i
		}
	}
	return len(data)
}
