// Package dbtest gives each test a store of its own on both engines: a copy of
// a migrated SQLite file, and a clone of a migrated PostgreSQL template. The
// cluster is the one named by GRADIN_TEST_DATABASE_URL, or a temporary one
// started for the test binary.
package dbtest

import (
	"context"
	"database/sql"
	"net/url"
	"os"
	"runtime"
	"sync"
	"testing"

	"gradin/server/db"
	"gradin/server/viewer"
)

// Each runs the test on both engines, side by side.
func Each(t *testing.T, test func(t *testing.T, store *db.DB)) {
	t.Helper()
	Empty.Each(t, test)
}

// System is a context in which the system acts.
func System() context.Context {
	return viewer.With(context.Background(), viewer.System("test"))
}

// SQLite gives an empty, migrated SQLite store that ends with the test.
func SQLite(t testing.TB) *db.DB { return Empty.SQLite(t) }

// SQLiteFile gives the path of an empty, migrated SQLite file in a folder of its own.
func SQLiteFile(t testing.TB) string { return Empty.SQLiteFile(t) }

// Postgres gives an empty, migrated PostgreSQL store that ends with the test.
func Postgres(t testing.TB) *db.DB { return Empty.Postgres(t) }

// PostgresURL gives the address of an empty, migrated database that ends with the test.
func PostgresURL(t testing.TB) string { return Empty.PostgresURL(t) }

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
