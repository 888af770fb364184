package hot_test

import (
	"bytes"
	"testing"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/google/uuid"

	"gradin/graph/hot"
	"gradin/graph/scalar"
)

// FuzzText_API1_writesWhatGqlgenWrites compares with gqlgen's own writers.
func FuzzText_API1_writesWhatGqlgenWrites(f *testing.F) {
	for _, s := range []string{"", "plain", "\"quoted\" \\ and\ttabs\r\n", "\x00\x01\x1f\x7f", "é 山 \U0001F3DF", "\xff\xfe broken", "</script>&"} {
		f.Add(s, int64(-5), []byte("0123456789abcdef"))
	}
	f.Fuzz(func(t *testing.T, s string, n int64, id []byte) {
		at := time.Unix(n%253402300799, n%1_000_000_000).In(time.FixedZone("", 3600))
		var key uuid.UUID
		copy(key[:], id)
		for _, c := range []struct {
			ours   []byte
			theirs graphql.Marshaler
		}{
			{hot.Text(nil, s), graphql.MarshalString(s)},
			{hot.Number(nil, n), graphql.MarshalInt64(n)},
			{hot.Time(nil, at), scalar.MarshalTime(at)},
			{hot.ID(nil, key), scalar.MarshalID(key)},
		} {
			var b bytes.Buffer
			c.theirs.MarshalGQL(&b)
			if b.String() != string(c.ours) {
				t.Errorf("%s, gqlgen writes %s", c.ours, b.String())
			}
		}
	})
}
