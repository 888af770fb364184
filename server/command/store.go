package command

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"syscall"

	"gradin/server/config"
	"gradin/server/db"
)

func open(ctx context.Context, c config.Store) (*db.DB, error) {
	return db.Open(ctx, c.DatabaseURL, c.Data)
}

// migrated opens the store at its newest version.
func migrated(ctx context.Context, c config.Store) (*db.DB, error) {
	store, err := open(ctx, c)
	if err != nil {
		return nil, err
	}
	if _, err := store.Migrate(ctx); err != nil {
		_ = store.Close()
		return nil, err
	}
	return store, nil
}

// holdFolder makes sure that one server at a time works on a folder's SQLite
// file: a second one would take over the runs of the first.
func holdFolder(folder string) (release func(), err error) {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, fmt.Errorf("make data folder: %w", err)
	}
	f, err := os.OpenFile(filepath.Join(folder, "serve.lock"), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, fmt.Errorf("lock data folder: %w", err)
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		_ = f.Close()
		return nil, fmt.Errorf("another gradin serves from %s already; stop it, or use PostgreSQL (DATABASE_URL) for several", folder)
	}
	return func() { _ = f.Close() }, nil
}

// freeLeases lets a new server go on at once with what the last one left: on
// SQLite there is no other that could be at work.
func freeLeases(ctx context.Context, store *db.DB) error {
	if store.Postgres() {
		return nil
	}
	for _, statement := range []string{
		"UPDATE executions SET lease_until = NULL WHERE lease_until IS NOT NULL",
		"UPDATE mails SET claimed_until = created_at WHERE claimed_until IS NOT NULL AND state IN ('READY', 'SENDING')",
	} {
		if _, err := store.Exec(ctx, statement); err != nil {
			return fmt.Errorf("free what the last process held: %w", err)
		}
	}
	return nil
}
