package spreadsheet

import (
	"bytes"
	"strconv"
	"unicode/utf8"
)

// maxEntity is the length of the longest reference that is understood, with
// leading zeros.
const maxEntity = 16

// appendDecoded appends text with its references replaced and its line ends
// made one line feed, as XML wants it.
func appendDecoded(dst, text []byte) ([]byte, error) {
	if bytes.IndexByte(text, '&') < 0 && bytes.IndexByte(text, '\r') < 0 {
		return append(dst, text...), nil
	}
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '\r':
			if i+1 < len(text) && text[i+1] == '\n' {
				continue
			}
			dst = append(dst, '\n')
		case '&':
			end := bytes.IndexByte(text[i:], ';')
			if end < 0 || end > maxEntity {
				return dst, damage("a reference is not closed")
			}
			r, ok := entity(text[i+1 : i+end])
			if !ok {
				return dst, damage("an unknown entity")
			}
			dst = utf8.AppendRune(dst, r)
			i += end
		default:
			dst = append(dst, text[i])
		}
	}
	return dst, nil
}

// entity knows the five names of XML and character numbers.
func entity(name []byte) (rune, bool) {
	switch string(name) {
	case "lt":
		return '<', true
	case "gt":
		return '>', true
	case "amp":
		return '&', true
	case "quot":
		return '"', true
	case "apos":
		return '\'', true
	}
	if len(name) < 2 || name[0] != '#' {
		return 0, false
	}
	digits, base := name[1:], 10
	if digits[0] == 'x' {
		digits, base = digits[1:], 16
	}
	n, err := strconv.ParseUint(string(digits), base, 32)
	if err != nil || n > utf8.MaxRune || !utf8.ValidRune(rune(n)) {
		return 0, false
	}
	return rune(n), true
}
