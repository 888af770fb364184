package dbtest

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"gradin/ent/migrate"
	"gradin/server/db"
	"gradin/server/oid"
)

// Template is a store that is made once and copied for each test.
type Template struct {
	name     string
	fill     func(*db.DB) error
	sqlite   func() ([]byte, error)
	postgres func() (string, error)
}

// Empty is a migrated store without rows.
var Empty = NewTemplate("", func(*db.DB) error { return nil })

// NewTemplate makes a template of a migrated store that fill has filled. The name
// tells it from others, also from those of other days and other programs that
// share a cluster.
func NewTemplate(name string, fill func(*db.DB) error) *Template {
	t := &Template{name: name, fill: fill}
	t.sqlite, t.postgres = sync.OnceValues(t.makeSQLite), sync.OnceValues(t.makePostgres)
	return t
}

// Each runs the test on copies in both engines, side by side.
func (m *Template) Each(t *testing.T, test func(t *testing.T, store *db.DB)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) {
		t.Parallel()
		test(t, m.SQLite(t))
	})
	t.Run("postgres", func(t *testing.T) {
		t.Parallel()
		test(t, m.Postgres(t))
	})
}

// SQLite gives a SQLite store that ends with the test.
func (m *Template) SQLite(t testing.TB) *db.DB {
	t.Helper()
	return opened(t, func() (*db.DB, error) { return db.OpenSQLite(context.Background(), m.SQLiteFile(t)) })
}

// SQLiteFile gives the path of a SQLite file in a folder of its own.
func (m *Template) SQLiteFile(t testing.TB) string {
	t.Helper()
	template, err := m.sqlite()
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "gradin.db")
	if err := os.WriteFile(path, template, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// Postgres gives a PostgreSQL store that ends with the test.
func (m *Template) Postgres(t testing.TB) *db.DB {
	t.Helper()
	return opened(t, func() (*db.DB, error) { return db.Open(context.Background(), m.PostgresURL(t), "") })
}

func opened(t testing.TB, open func() (*db.DB, error)) *db.DB {
	t.Helper()
	store, err := open()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() })
	return store
}

// PostgresURL gives the address of a database that ends with the test.
func (m *Template) PostgresURL(t testing.TB) string {
	t.Helper()
	template, err := m.postgres()
	if err != nil {
		t.Fatal(err)
	}
	address, err := clusterURL()
	if err != nil {
		t.Fatal(err)
	}
	name := "test_" + strings.ReplaceAll(oid.New(0).String(), "-", "")
	if err := execOn(address, fmt.Sprintf("CREATE DATABASE %s TEMPLATE %s", name, template)); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = execOn(address, "DROP DATABASE "+name+" WITH (FORCE)") })
	return withDatabase(address, name)
}

func (m *Template) makeSQLite() ([]byte, error) {
	folder, err := os.MkdirTemp("", "gradin-template-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(folder)
	path := filepath.Join(folder, "template.db")
	store, err := db.OpenSQLite(context.Background(), path)
	if err != nil {
		return nil, err
	}
	defer store.Close()
	if err := m.furnish(store); err != nil {
		return nil, err
	}
	if _, err := store.Exec(System(), "PRAGMA wal_checkpoint(TRUNCATE)"); err != nil {
		return nil, err
	}
	if err := store.Close(); err != nil {
		return nil, err
	}
	return os.ReadFile(path)
}

func (m *Template) furnish(store *db.DB) error {
	if _, err := store.Migrate(System()); err != nil {
		return err
	}
	return m.fill(store)
}

// makePostgres makes the template in the cluster. Its name holds a digest of the
// migrations, so that a cluster that stays keeps none that is out of date.
func (m *Template) makePostgres() (string, error) {
	address, err := clusterURL()
	if err != nil {
		return "", err
	}
	digest := sha256.New()
	names, err := fs.Glob(migrate.Files, "postgres/*.sql")
	if err != nil {
		return "", err
	}
	for _, name := range names {
		text, err := fs.ReadFile(migrate.Files, name)
		if err != nil {
			return "", err
		}
		digest.Write(text)
	}
	name := "template_" + hex.EncodeToString(digest.Sum(nil))[:16] + m.name
	return name, m.makeDatabase(address, name)
}

// makeDatabase makes the template unless another test binary has: it is built
// under another name and renamed when it is whole.
func (m *Template) makeDatabase(address, name string) error {
	conn, err := sql.Open("pgx", address)
	if err != nil {
		return err
	}
	defer conn.Close()
	conn.SetMaxOpenConns(1)
	ctx := context.Background()
	if _, err := conn.ExecContext(ctx, "SELECT pg_advisory_lock(4711)"); err != nil {
		return err
	}
	var exists bool
	err = conn.QueryRowContext(ctx, "SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1)", name).Scan(&exists)
	if err != nil || exists {
		return err
	}
	draft := name + "_draft"
	for _, statement := range []string{"DROP DATABASE IF EXISTS " + draft, "CREATE DATABASE " + draft} {
		if _, err := conn.ExecContext(ctx, statement); err != nil {
			return err
		}
	}
	store, err := db.Open(ctx, withDatabase(address, draft), "")
	if err != nil {
		return err
	}
	defer store.Close()
	if err := m.furnish(store); err != nil {
		return err
	}
	if err := store.Close(); err != nil {
		return err
	}
	_, err = conn.ExecContext(ctx, "ALTER DATABASE "+draft+" RENAME TO "+name)
	return err
}
