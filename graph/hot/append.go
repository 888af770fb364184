package hot

import (
	"encoding/base64"
	"strconv"
	"time"

	"github.com/google/uuid"
)

// What follows appends values exactly as gqlgen and the contract's scalars write
// them; a test compares.

const hex = "0123456789ABCDEF"

// Text appends a text in quotes.
func Text[S ~string](b []byte, s S) []byte {
	b = append(b, '"')
	start := 0
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c >= 0x20 && c != '\\' && c != '"' {
			continue
		}
		b = append(b, s[start:i]...)
		switch c {
		case '\t':
			b = append(b, '\\', 't')
		case '\r':
			b = append(b, '\\', 'r')
		case '\n':
			b = append(b, '\\', 'n')
		case '\\', '"':
			b = append(b, '\\', c)
		default:
			b = append(b, '\\', 'u', '0', '0', hex[c>>4], hex[c&0xf])
		}
		start = i + 1
	}
	return append(append(b, s[start:]...), '"')
}

// TextOrNull appends a text, or null for none.
func TextOrNull(b []byte, s string) []byte {
	if s == "" {
		return append(b, "null"...)
	}
	return Text(b, s)
}

// Number appends a whole number.
func Number[N ~int | ~int64](b []byte, n N) []byte { return strconv.AppendInt(b, int64(n), 10) }

// NumberOrNull appends a whole number, or null for none.
func NumberOrNull(b []byte, n *int) []byte {
	if n == nil {
		return append(b, "null"...)
	}
	return Number(b, *n)
}

// Time appends a point in time.
func Time(b []byte, t time.Time) []byte {
	return append(t.UTC().AppendFormat(append(b, '"'), time.RFC3339Nano), '"')
}

// TimeOrNull appends a point in time, or null for none.
func TimeOrNull(b []byte, t *time.Time) []byte {
	if t == nil {
		return append(b, "null"...)
	}
	return Time(b, *t)
}

// ID appends a global object id.
func ID(b []byte, id uuid.UUID) []byte {
	return append(base64.RawURLEncoding.AppendEncode(append(b, '"'), id[:]), '"')
}

// IDOrNull appends a global id, or null for none.
func IDOrNull(b []byte, id uuid.UUID) []byte {
	if id == uuid.Nil {
		return append(b, "null"...)
	}
	return ID(b, id)
}
