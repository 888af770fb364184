// Package dbtest gives each test a store of its own on both engines: a copy of
// a migrated SQLite file, and a clone of a migrated PostgreSQL template. The
// cluster is the one named by GRADIN_TEST_DATABASE_URL, or a temporary one
// started for the test binary.
package dbtest

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"

	"gradin/ent/migrate"
	"gradin/server/db"
	"gradin/server/oid"
	"gradin/server/viewer"
)

// Each runs the test on both engines, side by side.
func Each(t *testing.T, test func(t *testing.T, store *db.DB)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) {
		t.Parallel()
		test(t, SQLite(t))
	})
	t.Run("postgres", func(t *testing.T) {
		t.Parallel()
		test(t, Postgres(t))
	})
}

// System is a context in which the system acts.
func System() context.Context {
	return viewer.With(context.Background(), viewer.System("test"))
}

// SQLite gives an empty, migrated SQLite store that ends with the test.
func SQLite(t testing.TB) *db.DB {
	t.Helper()
	store, err := db.OpenSQLite(context.Background(), SQLiteFile(t))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() })
	return store
}

// SQLiteFile gives the path of an empty, migrated SQLite file in a folder of its own.
func SQLiteFile(t testing.TB) string {
	t.Helper()
	template, err := sqliteTemplate()
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "gradin.db")
	if err := os.WriteFile(path, template, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// Postgres gives an empty, migrated PostgreSQL store that ends with the test.
func Postgres(t testing.TB) *db.DB {
	t.Helper()
	store, err := db.Open(context.Background(), PostgresURL(t), "")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() })
	return store
}

// PostgresURL gives the address of an empty, migrated database that ends with the test.
func PostgresURL(t testing.TB) string {
	t.Helper()
	address, err := clusterURL()
	if err != nil {
		t.Fatal(err)
	}
	template, err := postgresTemplate(address)
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

var sqliteTemplate = sync.OnceValues(func() ([]byte, error) {
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
	if _, err := store.Migrate(System()); err != nil {
		return nil, err
	}
	if _, err := store.Exec(System(), "PRAGMA wal_checkpoint(TRUNCATE)"); err != nil {
		return nil, err
	}
	if err := store.Close(); err != nil {
		return nil, err
	}
	return os.ReadFile(path)
})

var clusterURL = sync.OnceValues(func() (string, error) {
	if address := os.Getenv("GRADIN_TEST_DATABASE_URL"); address != "" {
		return address, nil
	}
	type started struct {
		cluster *Cluster
		err     error
	}
	result := make(chan started)
	go func() {
		// The cluster ends with the thread that started it: this one stays.
		runtime.LockOSThread()
		cluster, err := StartCluster(context.Background())
		result <- started{cluster, err}
		select {}
	}()
	r := <-result
	if r.err != nil {
		return "", r.err
	}
	return r.cluster.URL, nil
})

var postgresTemplate = onceFor(func(address string) (string, error) {
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
	name := "template_" + hex.EncodeToString(digest.Sum(nil))[:16]
	return name, makeTemplate(address, name)
})

// makeTemplate makes the template unless another test binary has: it is built
// under another name and renamed when it is whole.
func makeTemplate(address, name string) error {
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
	if _, err := store.Migrate(System()); err != nil {
		return err
	}
	if err := store.Close(); err != nil {
		return err
	}
	_, err = conn.ExecContext(ctx, "ALTER DATABASE "+draft+" RENAME TO "+name)
	return err
}

func onceFor(f func(string) (string, error)) func(string) (string, error) {
	var once sync.Once
	var value string
	var err error
	return func(arg string) (string, error) {
		once.Do(func() { value, err = f(arg) })
		return value, err
	}
}

func execOn(address, statement string) error {
	conn, err := sql.Open("pgx", address)
	if err != nil {
		return err
	}
	defer conn.Close()
	_, err = conn.ExecContext(context.Background(), statement)
	return err
}

func withDatabase(address, name string) string {
	u, err := url.Parse(address)
	if err != nil {
		return address
	}
	u.Path = "/" + name
	return u.String()
}
