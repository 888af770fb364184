package db

import (
	"context"
	"database/sql"
	"strings"

	"entgo.io/ent/dialect"
)

// splitDriver sends SELECTs outside of transactions to the readers and all else
// to the one writer. With several writing connections SQLite refuses
// transactions that it could have queued.
type splitDriver struct {
	writer, reader *driver
}

// Exec runs on the writer.
func (s *splitDriver) Exec(ctx context.Context, query string, args, v any) error {
	return s.writer.Exec(ctx, query, args, v)
}

// Query runs on a reader when it only reads.
func (s *splitDriver) Query(ctx context.Context, query string, args, v any) error {
	return s.driverFor(query).Query(ctx, query, args, v)
}

// ExecContext runs on the writer.
func (s *splitDriver) ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error) {
	return s.writer.ExecContext(ctx, query, args...)
}

// QueryContext runs on a reader when it only reads.
func (s *splitDriver) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	return s.driverFor(query).QueryContext(ctx, query, args...)
}

// Tx begins an immediate transaction on the writer.
func (s *splitDriver) Tx(ctx context.Context) (dialect.Tx, error) { return s.writer.Tx(ctx) }

// BeginTx begins an immediate transaction on the writer.
func (s *splitDriver) BeginTx(ctx context.Context, opts *sql.TxOptions) (dialect.Tx, error) {
	return s.writer.BeginTx(ctx, opts)
}

// Close ends all connections.
func (s *splitDriver) Close() error {
	err := s.reader.Close()
	if other := s.writer.Close(); err == nil {
		err = other
	}
	return err
}

// Dialect is SQLite's.
func (s *splitDriver) Dialect() string { return dialect.SQLite }

func (s *splitDriver) driverFor(query string) *driver {
	if strings.HasPrefix(query, "SELECT ") {
		return s.reader
	}
	return s.writer
}
