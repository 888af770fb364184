package db

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"fmt"
	"io/fs"
	"sort"
	"strings"

	"gradin/ent/migrate"
)

// migrationLock is the key of PostgreSQL's advisory lock around migrations.
const migrationLock = 7_427_194_401

// Migrate brings the store to the newest version, under a lock, one
// transaction per file (DB-2). A file that was applied and has changed since is
// an error. It says how many files it applied.
func (d *DB) Migrate(ctx context.Context) (int, error) {
	files, err := d.migrations()
	if err != nil {
		return 0, err
	}
	conn, err := d.writer.Conn(ctx)
	if err != nil {
		return 0, fmt.Errorf("connect for migrations: %w", err)
	}
	defer conn.Close()
	if d.Postgres() {
		if _, err := conn.ExecContext(ctx, "SELECT pg_advisory_lock($1)", int64(migrationLock)); err != nil {
			return 0, fmt.Errorf("lock migrations: %w", err)
		}
		defer conn.ExecContext(context.WithoutCancel(ctx), "SELECT pg_advisory_unlock($1)", int64(migrationLock))
	}
	const ledger = `CREATE TABLE IF NOT EXISTS schema_revisions (
		version text PRIMARY KEY, checksum text NOT NULL, applied_at text NOT NULL)`
	if _, err := conn.ExecContext(ctx, ledger); err != nil {
		return 0, fmt.Errorf("make migration ledger: %w", err)
	}
	return d.applyAll(ctx, conn, files)
}

type migration struct{ version, checksum, text string }

func (d *DB) migrations() ([]migration, error) {
	folder := "sqlite"
	if d.Postgres() {
		folder = "postgres"
	}
	names, err := fs.Glob(migrate.Files, folder+"/*.sql")
	if err != nil {
		return nil, err
	}
	sort.Strings(names)
	var all []migration
	for _, name := range names {
		text, err := fs.ReadFile(migrate.Files, name)
		if err != nil {
			return nil, err
		}
		sum := sha256.Sum256(text)
		version := strings.TrimSuffix(name[len(folder)+1:], ".sql")
		all = append(all, migration{version, hex.EncodeToString(sum[:]), string(text)})
	}
	return all, nil
}

func (d *DB) applyAll(ctx context.Context, conn *sql.Conn, files []migration) (int, error) {
	applied := 0
	for _, m := range files {
		done, err := d.applyOne(ctx, conn, m)
		if err != nil {
			return applied, fmt.Errorf("migration %s: %w", m.version, err)
		}
		if done {
			applied++
		}
	}
	return applied, nil
}

func (d *DB) applyOne(ctx context.Context, conn *sql.Conn, m migration) (bool, error) {
	tx, err := conn.BeginTx(ctx, nil)
	if err != nil {
		return false, err
	}
	defer tx.Rollback()
	var known string
	err = tx.QueryRowContext(ctx, Spell(d.dialect, "SELECT checksum FROM schema_revisions WHERE version = $1"), m.version).Scan(&known)
	if err == nil {
		if known != m.checksum {
			return false, fmt.Errorf("this file was applied in another form; restore it and write a new one instead")
		}
		return false, nil
	}
	if err != sql.ErrNoRows {
		return false, err
	}
	if _, err := tx.ExecContext(ctx, m.text); err != nil {
		return false, err
	}
	const note = "INSERT INTO schema_revisions (version, checksum, applied_at) VALUES ($1, $2, $3)"
	if _, err := tx.ExecContext(ctx, Spell(d.dialect, note), m.version, m.checksum, Now().Format("2006-01-02T15:04:05Z")); err != nil {
		return false, err
	}
	return true, tx.Commit()
}
