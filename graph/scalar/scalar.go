// Package scalar writes and reads the contract's scalars.
package scalar

import (
	"errors"
	"io"
	"strconv"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/google/uuid"

	"gradin/server/oid"
)

// MarshalID writes a global object id.
func MarshalID(id uuid.UUID) graphql.Marshaler {
	return graphql.WriterFunc(func(w io.Writer) { _, _ = io.WriteString(w, strconv.Quote(oid.Encode(id))) })
}

// UnmarshalID reads a global object id. A text that is none becomes an id that
// nothing has, so that a wrong id and an unknown one are the same (AC-3).
func UnmarshalID(from any) (uuid.UUID, error) {
	text, ok := from.(string)
	if !ok {
		return uuid.Nil, errors.New("an id is a text")
	}
	id, err := oid.Decode(text)
	if err != nil {
		return uuid.Max, nil //nolint:nilerr // see above
	}
	return id, nil
}

// MarshalTime writes a point in time as RFC 3339 in UTC.
func MarshalTime(t time.Time) graphql.Marshaler {
	return graphql.WriterFunc(func(w io.Writer) { _, _ = io.WriteString(w, strconv.Quote(t.UTC().Format(time.RFC3339Nano))) })
}

// UnmarshalTime reads RFC 3339.
func UnmarshalTime(from any) (time.Time, error) {
	text, ok := from.(string)
	if !ok {
		return time.Time{}, errors.New("a time is a text in RFC 3339")
	}
	return time.Parse(time.RFC3339, text)
}
