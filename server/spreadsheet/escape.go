package spreadsheet

import (
	"strings"
	"unicode/utf8"
)

// appendText appends s as the content of a <t> element: marked-up characters
// as entities, "_xHHHH_" so that it is not taken for an escape, control
// characters that XML forbids dropped, at most MaxText UTF-16 code units.
func appendText(dst []byte, s string) []byte {
	if len(s) > MaxText {
		s = cutUnits(s, MaxText)
	}
	start := 0
	for i := 0; i < len(s); {
		b := s[i]
		if b >= ' ' && b < utf8.RuneSelf && b != '&' && b != '<' && b != '>' && b != '_' {
			i++
			continue
		}
		instead, size := substitute(s[i:])
		if instead == same {
			i += size
			continue
		}
		dst = append(dst, s[start:i]...)
		dst = append(dst, instead...)
		i += size
		start = i
	}
	return append(dst, s[start:]...)
}

// same is what substitute says of what stays as it is; it is no text that a
// substitute could be.
const same = "\x00"

// substitute gives what the first character of s, which is size bytes long,
// is written as.
func substitute(s string) (instead string, size int) {
	switch b := s[0]; {
	case b == '&':
		return "&amp;", 1
	case b == '<':
		return "&lt;", 1
	case b == '>':
		return "&gt;", 1
	case b == '_':
		if isEscape(s) {
			return "_x005F_", 1
		}
		return same, 1
	case b == '\t' || b == '\n':
		return same, 1
	case b == '\r' && !strings.HasPrefix(s, "\r\n"):
		return "\n", 1
	case b < ' ':
		return "", 1
	}
	r, size := utf8.DecodeRuneInString(s)
	switch {
	case r == utf8.RuneError && size == 1:
		return "\uFFFD", 1
	case r == 0xFFFE || r == 0xFFFF:
		return "", size
	}
	return same, size
}

// isEscape says whether s begins with "_xHHHH_", by which the format writes
// characters that XML cannot hold.
func isEscape(s string) bool {
	return len(s) >= 7 && s[0] == '_' && s[1] == 'x' && s[6] == '_' &&
		isHex(s[2]) && isHex(s[3]) && isHex(s[4]) && isHex(s[5])
}

func isHex(b byte) bool {
	return b >= '0' && b <= '9' || b >= 'a' && b <= 'f' || b >= 'A' && b <= 'F'
}

// keepsSpace says whether XML readers would trim s.
func keepsSpace(s string) bool {
	return s != "" && (s[0] <= ' ' || s[len(s)-1] <= ' ')
}

// cutUnits shortens s to at most n UTF-16 code units.
func cutUnits(s string, n int) string {
	units := 0
	for i, r := range s {
		units++
		if r > 0xFFFF {
			units++
		}
		if units > n {
			return s[:i]
		}
	}
	return s
}
