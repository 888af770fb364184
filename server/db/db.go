// Package db opens the store on either engine and runs its transactions.
//
// SQLite has one writer connection (immediate transactions, synchronous=FULL)
// and a pool of readers; PostgreSQL has one pgx pool. SQL is written once, in
// PostgreSQL's spelling ($1::uuid), and respelt for SQLite where it runs.
// Transactions are short: no network, mail or file inside (DB-3, DB-4).
package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync/atomic"
	"time"

	"entgo.io/ent/dialect"
	entsql "entgo.io/ent/dialect/sql"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"

	"gradin/ent"
	_ "gradin/ent/runtime" // policies and defaults
	"gradin/server/trace"
)

// DB is an open store.
type DB struct {
	// Client is ent on this store, outside of transactions.
	Client  *ent.Client
	dialect string
	writer  *sql.DB
	reader  *sql.DB
	pool    *pgxpool.Pool
	reads   *atomic.Int64
}

// Conn is what SQL runs on: the store itself or a transaction of it.
type Conn interface {
	// Exec runs a statement and says how many rows it touched.
	Exec(ctx context.Context, query string, args ...any) (int64, error)
	// Query runs a statement that gives rows; the caller closes them.
	Query(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	// Postgres says whether the engine is PostgreSQL.
	Postgres() bool
}

// Tx is a transaction: ent and SQL see the same state.
type Tx struct {
	// Client is ent within the transaction.
	Client  *ent.Client
	dialect string
}

// Dialect is ent's name of the engine.
func (d *DB) Dialect() string { return d.dialect }

// Postgres says whether the engine is PostgreSQL.
func (d *DB) Postgres() bool { return d.dialect == dialect.Postgres }

// Postgres says whether the engine is PostgreSQL.
func (t *Tx) Postgres() bool { return t.dialect == dialect.Postgres }

// Pool is PostgreSQL's pool, for CopyFrom; nil on SQLite.
func (d *DB) Pool() *pgxpool.Pool { return d.pool }

// Pools are the engine's pools of connections by name, for their figures.
func (d *DB) Pools() map[string]*sql.DB {
	if d.Postgres() {
		return map[string]*sql.DB{"postgres": d.writer}
	}
	return map[string]*sql.DB{"writer": d.writer, "reader": d.reader}
}

// Reads counts the reading statements that ran outside of transactions since the
// store was opened, those of ent among them: a list whose pages cost more of
// them the longer they are has a query in a loop.
func (d *DB) Reads() int64 { return d.reads.Load() }

// Exec runs a single statement in a transaction of its own.
func (d *DB) Exec(ctx context.Context, query string, args ...any) (n int64, err error) {
	ctx, end := statement(ctx, d.dialect, query)
	defer func() { end(err) }()
	return affected(d.writer.ExecContext(ctx, Spell(d.dialect, query), args...))
}

// Query runs a reading statement outside of transactions.
func (d *DB) Query(ctx context.Context, query string, args ...any) (rows *sql.Rows, err error) {
	d.reads.Add(1)
	ctx, end := statement(ctx, d.dialect, query)
	defer func() { end(err) }()
	return d.reader.QueryContext(ctx, Spell(d.dialect, query), args...)
}

// Exec runs a statement within the transaction.
func (t *Tx) Exec(ctx context.Context, query string, args ...any) (n int64, err error) {
	ctx, end := statement(ctx, t.dialect, query)
	defer func() { end(err) }()
	return affected(t.Client.ExecContext(ctx, Spell(t.dialect, query), args...))
}

// Query runs a statement that gives rows within the transaction.
func (t *Tx) Query(ctx context.Context, query string, args ...any) (rows *sql.Rows, err error) {
	ctx, end := statement(ctx, t.dialect, query)
	defer func() { end(err) }()
	return t.Client.QueryContext(ctx, Spell(t.dialect, query), args...)
}

// statement begins the step of a statement in the trace, without its values. It
// ends when the engine has answered; rows may still be read after it.
func statement(ctx context.Context, engine, query string) (context.Context, func(error)) {
	return trace.Step(ctx, "statement", "db.system.name", engine, "db.query.text", query)
}

func affected(result sql.Result, err error) (int64, error) {
	if err != nil {
		return 0, err
	}
	return result.RowsAffected()
}

// attempts is how often a transaction is tried when the engine chose it as the
// victim of a deadlock. Work inside a transaction touches only the store, so
// doing it again is harmless.
const attempts = 4

// WithTx runs the use case in one transaction: all of it or none.
func (d *DB) WithTx(ctx context.Context, work func(ctx context.Context, tx *Tx) error) error {
	var err error
	for range attempts {
		if err = d.once(ctx, work); !victim(err) {
			return err
		}
	}
	return err
}

func (d *DB) once(ctx context.Context, work func(context.Context, *Tx) error) (err error) {
	ctx, end := trace.Step(ctx, "transaction")
	defer func() { end(err) }()
	tx, err := d.Client.Tx(ctx)
	if err != nil {
		return fmt.Errorf("begin transaction: %w", err)
	}
	done := false
	defer func() {
		if !done {
			_ = tx.Rollback()
		}
	}()
	client := tx.Client()
	if err := work(ent.NewTxContext(ctx, tx), &Tx{Client: client, dialect: d.dialect}); err != nil {
		return err
	}
	done = true
	if err := tx.Commit(); err != nil {
		return fmt.Errorf("commit transaction: %w", err)
	}
	return nil
}

func victim(err error) bool {
	var pg *pgconn.PgError
	return errors.As(err, &pg) && (pg.Code == "40P01" || pg.Code == "40001")
}

// Ready says whether the store answers.
func (d *DB) Ready(ctx context.Context) error {
	rows, err := d.Query(ctx, "SELECT 1")
	if err != nil {
		return err
	}
	return rows.Close()
}

// Close ends all connections.
func (d *DB) Close() error {
	err := d.Client.Close()
	if d.pool != nil {
		d.pool.Close()
	}
	return err
}

// Now is the present as the store keeps it: UTC, cut to microseconds.
func Now() time.Time { return Moment(time.Now()) }

// Moment is a point in time as the store keeps it.
func Moment(t time.Time) time.Time { return t.UTC().Truncate(time.Microsecond) }

// driver is ent's on one pool; it counts what it reads.
type driver struct {
	*entsql.Driver
	reads *atomic.Int64
}

func entDriver(name string, db *sql.DB, reads *atomic.Int64) *driver {
	return &driver{entsql.OpenDB(name, db), reads}
}

// Query counts and runs a statement of ent's.
func (d *driver) Query(ctx context.Context, query string, args, v any) (err error) {
	d.reads.Add(1)
	ctx, end := statement(ctx, d.Dialect(), query)
	defer func() { end(err) }()
	return d.Driver.Query(ctx, query, args, v)
}

// QueryContext counts and runs a statement of ours on ent.
func (d *driver) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	d.reads.Add(1)
	return d.Driver.QueryContext(ctx, query, args...)
}
