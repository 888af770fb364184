package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync/atomic"
	"time"

	"entgo.io/ent/dialect"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"
	_ "modernc.org/sqlite" // the embedded engine

	"gradin/ent"
)

// Open opens the store: PostgreSQL when url is not empty, else the SQLite file
// gradin.db in the folder, which is made when it does not exist.
func Open(ctx context.Context, url, folder string) (*DB, error) {
	if url != "" {
		return openPostgres(ctx, url)
	}
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, fmt.Errorf("make data folder: %w", err)
	}
	return OpenSQLite(ctx, filepath.Join(folder, "gradin.db"))
}

func openPostgres(ctx context.Context, address string) (*DB, error) {
	if !strings.HasPrefix(address, "postgres://") && !strings.HasPrefix(address, "postgresql://") {
		return nil, errors.New("DATABASE_URL must begin with postgres:// or postgresql://")
	}
	config, err := pgxpool.ParseConfig(address)
	if err != nil {
		return nil, errors.New("DATABASE_URL cannot be read: it must look like postgres://user:password@host:5432/name")
	}
	if !strings.Contains(address, "pool_max_conns") {
		config.MaxConns = int32(max(8, 4*runtime.NumCPU()))
	}
	config.ConnConfig.RuntimeParams["timezone"] = "UTC"
	config.ConnConfig.RuntimeParams["application_name"] = "gradin"
	config.AfterConnect = func(context.Context, *pgx.Conn) error { return nil }
	pool, err := pgxpool.NewWithConfig(ctx, config)
	if err != nil {
		return nil, fmt.Errorf("connect to PostgreSQL: %w", err)
	}
	if err := pool.Ping(ctx); err != nil {
		pool.Close()
		return nil, fmt.Errorf("connect to PostgreSQL: %w", err)
	}
	plain := stdlib.OpenDBFromPool(pool)
	reads := new(atomic.Int64)
	return &DB{
		Client:  ent.NewClient(ent.Driver(entDriver(dialect.Postgres, plain, reads))),
		dialect: dialect.Postgres, writer: plain, reader: plain, pool: pool, reads: reads,
	}, nil
}

// OpenSQLite opens the SQLite file at path with one writer and a pool of readers.
func OpenSQLite(ctx context.Context, path string) (*DB, error) {
	writer, err := sql.Open("sqlite", sqliteName(path, false))
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", path, err)
	}
	writer.SetMaxOpenConns(1)
	if err := writer.PingContext(ctx); err != nil {
		_ = writer.Close()
		return nil, fmt.Errorf("open %s: %w", path, err)
	}
	reader, err := sql.Open("sqlite", sqliteName(path, true))
	if err != nil {
		_ = writer.Close()
		return nil, fmt.Errorf("open %s: %w", path, err)
	}
	reader.SetMaxOpenConns(max(4, runtime.NumCPU()))
	reader.SetConnMaxIdleTime(5 * time.Minute)
	reads := new(atomic.Int64)
	split := &splitDriver{writer: entDriver(dialect.SQLite, writer, reads), reader: entDriver(dialect.SQLite, reader, reads)}
	return &DB{
		Client:  ent.NewClient(ent.Driver(split)),
		dialect: dialect.SQLite, writer: writer, reader: reader, reads: reads,
	}, nil
}

func sqliteName(path string, reading bool) string {
	q := url.Values{}
	q.Set("_time_format", "sqlite")
	pragmas := []string{
		"busy_timeout(10000)", "journal_mode(WAL)", "synchronous(FULL)", "foreign_keys(1)",
		"temp_store(MEMORY)",
	}
	if reading {
		pragmas = append(pragmas, "query_only(1)", "cache_size(-8000)")
	} else {
		// The one writer touches indexes all over a large file: give it 64 MB.
		pragmas = append(pragmas, "cache_size(-64000)")
		q.Set("_txlock", "immediate")
	}
	for _, p := range pragmas {
		q.Add("_pragma", p)
	}
	return "file:" + (&url.URL{Path: path}).EscapedPath() + "?" + q.Encode()
}
