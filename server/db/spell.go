package db

import (
	"context"
	"database/sql"
	"fmt"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"entgo.io/ent/dialect"
)

var (
	argument = regexp.MustCompile(`\$(\d+)(::[a-z]+(?:\[\])?)?`)
	cast     = regexp.MustCompile(`::(?:uuid|text|bigint|int|boolean|timestamptz|jsonb)\b`)
	spelt    sync.Map
	known    atomic.Int64
)

// maxSpelt bounds the statements whose spelling is kept: filters make any number
// of texts.
const maxSpelt = 2000

// Spell gives the statement in the engine's spelling: SQLite numbers arguments
// with ? and knows no casts.
func Spell(engine, query string) string {
	if engine == dialect.Postgres {
		return query
	}
	if text, ok := spelt.Load(query); ok {
		return text.(string)
	}
	text := cast.ReplaceAllString(argument.ReplaceAllString(query, "?$1"), "")
	if known.Add(1) <= maxSpelt {
		spelt.Store(query, text)
	}
	return text
}

// Column is a column of a row source.
type Column struct {
	// Name is the key in the JSON objects and the column's name in SQL.
	Name string
	// Type is PostgreSQL's.
	Type string
}

// Source is a row source for FROM that unfolds a JSON array of objects given as
// one argument, so that ten thousand rows are one argument on both engines. On
// SQLite jsonb_each keeps each object in its parsed form: json_each would write
// it as text again, for json_extract to parse.
func Source(c Conn, argument, alias string, columns ...Column) string {
	parts := make([]string, len(columns))
	if c.Postgres() {
		for i, col := range columns {
			parts[i] = col.Name + " " + col.Type
		}
		return fmt.Sprintf("jsonb_to_recordset(%s::jsonb) AS %s(%s)", argument, alias, strings.Join(parts, ", "))
	}
	for i, col := range columns {
		parts[i] = fmt.Sprintf("json_extract(value, '$.%s') AS %s", col.Name, col.Name)
	}
	return fmt.Sprintf("(SELECT %s FROM jsonb_each(%s)) AS %s", strings.Join(parts, ", "), argument, alias)
}

// Select runs a query and scans its rows.
func Select[T any](ctx context.Context, c Conn, scan func(*sql.Rows) (T, error), query string, args ...any) ([]T, error) {
	rows, err := c.Query(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []T
	for rows.Next() {
		one, err := scan(rows)
		if err != nil {
			return nil, err
		}
		all = append(all, one)
	}
	return all, rows.Err()
}

// Get runs a query that gives one row of one column; sql.ErrNoRows without.
func Get[T any](ctx context.Context, c Conn, query string, args ...any) (T, error) {
	var value T
	all, err := Select(ctx, c, func(r *sql.Rows) (T, error) {
		var v T
		return v, r.Scan(&v)
	}, query, args...)
	if err != nil {
		return value, err
	}
	if len(all) == 0 {
		return value, sql.ErrNoRows
	}
	return all[0], nil
}

// Time scans a point in time from both engines, from expressions too, where
// SQLite gives text.
type Time struct {
	Time  time.Time
	Valid bool
}

// Scan reads a time, a text or null.
func (t *Time) Scan(from any) error {
	*t = Time{}
	switch v := from.(type) {
	case nil:
		return nil
	case time.Time:
		t.Time, t.Valid = v.UTC(), true
		return nil
	case []byte:
		return t.parse(string(v))
	case string:
		return t.parse(v)
	}
	return fmt.Errorf("%T is not a time", from)
}

func (t *Time) parse(text string) error {
	for _, layout := range []string{"2006-01-02 15:04:05.999999999-07:00", time.RFC3339Nano} {
		if at, err := time.Parse(layout, text); err == nil {
			t.Time, t.Valid = at.UTC(), true
			return nil
		}
	}
	return fmt.Errorf("%q is not a time", text)
}

// Ptr is the time, or nil.
func (t Time) Ptr() *time.Time {
	if !t.Valid {
		return nil
	}
	at := t.Time
	return &at
}

// Among writes the condition that a column is one of a JSON list of ids.
func Among(c Conn, column, argument string) string {
	if c.Postgres() {
		return column + " IN (SELECT x::uuid FROM jsonb_array_elements_text(" + argument + "::jsonb) x)"
	}
	return column + " IN (SELECT value FROM json_each(" + argument + "))"
}
