package spreadsheet

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Clean brings typed text into the one form in which values are compared
// (WB-8): control characters (but for tabs and line ends), zero-width and
// direction marks and byte order marks are removed, white space at both ends
// (non-breaking and other Unicode spaces as well) is trimmed, the rest is in
// NFC. Text that is clean already is returned as it is.
func Clean(s string) string {
	if isCleanASCII(s) {
		return s
	}
	if strings.ContainsFunc(s, isMark) {
		s = strings.Map(func(r rune) rune {
			if isMark(r) {
				return -1
			}
			return r
		}, s)
	}
	return norm.NFC.String(strings.TrimFunc(s, unicode.IsSpace))
}

// isCleanASCII is the short way for nearly every cell.
func isCleanASCII[T string | []byte](s T) bool {
	if len(s) == 0 {
		return true
	}
	if s[0] <= ' ' || s[len(s)-1] <= ' ' {
		return false
	}
	for i := range len(s) {
		if b := s[i]; b >= 0x7F || b < ' ' && b != '\n' && b != '\t' {
			return false
		}
	}
	return true
}

// isMark says whether a character takes no room or steers programs.
func isMark(r rune) bool {
	switch {
	case r == '\t' || r == '\n':
		return false
	case r < ' ' || r >= 0x7F && r <= 0x9F:
		return true
	case r == '\u00AD': // soft hyphen
		return true
	case r >= '\u200B' && r <= '\u200F', r >= '\u202A' && r <= '\u202E', r >= '\u2060' && r <= '\u206F':
		return true
	default:
		return r == '\uFEFF' || r == 0xFFFE || r == 0xFFFF
	}
}

// unescape replaces every "_xHHHH_" by the character it stands for; surrogate
// pairs are two of them.
func unescape(s []byte) []byte {
	out := s[:0]
	for i := 0; i < len(s); {
		if s[i] != '_' || !isEscape(string(s[i:min(i+7, len(s))])) {
			out = append(out, s[i])
			i++
			continue
		}
		r := hexRune(s[i+2 : i+6])
		i += 7
		if r >= 0xD800 && r < 0xDC00 && i < len(s) && isEscape(string(s[i:min(i+7, len(s))])) {
			if low := hexRune(s[i+2 : i+6]); low >= 0xDC00 && low < 0xE000 {
				r = (r-0xD800)<<10 + (low - 0xDC00) + 0x10000
				i += 7
			}
		}
		// Half a pair becomes U+FFFD. Seven bytes give at most three and
		// fourteen at most four, so writing never overtakes reading.
		out = utf8.AppendRune(out, r)
	}
	return out
}

func hexRune(digits []byte) rune {
	var r rune
	for _, b := range digits {
		switch {
		case b >= 'a':
			b -= 'a' - 10
		case b >= 'A':
			b -= 'A' - 10
		default:
			b -= '0'
		}
		r = r<<4 | rune(b)
	}
	return r
}
