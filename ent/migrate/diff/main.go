// Command diff writes the migrations that lead from the versioned files to the
// schema, for both engines. With "-check" it writes nothing and fails when
// there is something to write (DB-2).
//
//	DATABASE_URL=postgres://… go run ./ent/migrate/diff NAME
//
// The database of DATABASE_URL must be empty: the files are replayed on it.
package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"ariga.io/atlas/sql/migrate"
	"entgo.io/ent/dialect"
	entsql "entgo.io/ent/dialect/sql"
	"entgo.io/ent/dialect/sql/schema"
	_ "github.com/jackc/pgx/v5/stdlib"
	_ "modernc.org/sqlite"

	tables "gradin/ent/migrate"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: diff NAME | diff -check")
		os.Exit(2)
	}
	if err := run(context.Background(), os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, "diff:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, name string) error {
	address := os.Getenv("DATABASE_URL")
	if address == "" {
		return errors.New("set DATABASE_URL to an empty PostgreSQL database")
	}
	engines := []struct{ driver, source, dialect, folder string }{
		{"sqlite", "file:diff?mode=memory&cache=shared&_pragma=foreign_keys(1)", dialect.SQLite, "ent/migrate/sqlite"},
		{"pgx", address, dialect.Postgres, "ent/migrate/postgres"},
	}
	for _, e := range engines {
		if err := diff(ctx, name, e.driver, e.source, e.dialect, e.folder); err != nil {
			return fmt.Errorf("%s: %w", e.dialect, err)
		}
	}
	return nil
}

func diff(ctx context.Context, name, driver, source, engine, folder string) error {
	conn, err := sql.Open(driver, source)
	if err != nil {
		return err
	}
	defer conn.Close()
	if engine == dialect.SQLite {
		conn.SetMaxOpenConns(1)
	}
	work, err := copyOf(folder)
	if err != nil {
		return err
	}
	defer os.RemoveAll(work)
	dir, err := migrate.NewLocalDir(work)
	if err != nil {
		return err
	}
	atlas, err := schema.NewMigrate(entsql.OpenDB(engine, conn),
		schema.WithDir(dir), schema.WithMigrationMode(schema.ModeReplay), schema.WithDialect(engine),
		schema.WithFormatter(migrate.DefaultFormatter), schema.WithDropColumn(true), schema.WithDropIndex(true))
	if err != nil {
		return err
	}
	before, err := filepath.Glob(filepath.Join(work, "*.sql"))
	if err != nil {
		return err
	}
	stamped := time.Now().UTC().Format("20060102150405")
	if err := atlas.NamedDiff(ctx, "change", tables.Tables...); err != nil && !errors.Is(err, migrate.ErrNoPlan) {
		return err
	}
	return keep(name, work, folder, stamped, before)
}

// copyOf copies the folder's migrations, so that a check leaves no trace.
func copyOf(folder string) (string, error) {
	work, err := os.MkdirTemp("", "gradin-diff-")
	if err != nil {
		return "", err
	}
	files, err := filepath.Glob(filepath.Join(folder, "*.sql"))
	if err != nil {
		return "", err
	}
	for _, f := range files {
		text, err := os.ReadFile(f)
		if err != nil {
			return "", err
		}
		if err := os.WriteFile(filepath.Join(work, filepath.Base(f)), text, 0o644); err != nil {
			return "", err
		}
	}
	dir, err := migrate.NewLocalDir(work)
	if err != nil {
		return "", err
	}
	sum, err := dir.Checksum()
	if err != nil {
		return "", err
	}
	return work, migrate.WriteSumFile(dir, sum)
}

// keep moves the new file, if there is one, to the folder, under the name asked for.
func keep(name, work, folder, stamp string, before []string) error {
	after, err := filepath.Glob(filepath.Join(work, "*.sql"))
	if err != nil {
		return err
	}
	known := map[string]bool{}
	for _, f := range before {
		known[f] = true
	}
	for _, f := range after {
		if known[f] {
			continue
		}
		text, err := os.ReadFile(f)
		if err != nil {
			return err
		}
		written, err := alter(string(text), readAll(before))
		if err != nil {
			return err
		}
		text = []byte(written)
		if name == "-check" {
			return fmt.Errorf("the schema is ahead of the migrations; write this first:\n%s", text)
		}
		target := filepath.Join(folder, stamp+"_"+name+".sql")
		fmt.Println("wrote", target)
		return os.WriteFile(target, text, 0o644)
	}
	return nil
}

// readAll reads the migrations that were there before; what cannot be read is
// missing from the text, and its indexes are made again.
func readAll(files []string) string {
	var all strings.Builder
	for _, f := range files {
		text, _ := os.ReadFile(f)
		all.Write(text)
	}
	return all.String()
}
