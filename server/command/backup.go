package command

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"gradin/server/config"
	"gradin/server/db"
)

// What a data folder holds that a backup has to keep.
const (
	storeFile = "gradin.db"
	keyFile   = "secret.key"
)

type backupCommand struct {
	config.Store
	To string `arg:"" help:"New folder that becomes the backup." placeholder:"FOLDER"`
}

// Run writes a backup of a SQLite store, beside a running server too (DB-5). The
// folder appears under its name only when all of it is on disk.
func (c *backupCommand) Run(ctx context.Context, o outlet) error {
	if c.DatabaseURL != "" {
		return errors.New("PostgreSQL is backed up with pg_dump or its own archiving; see docs/operations.md")
	}
	if _, err := os.Stat(filepath.Join(c.Data, storeFile)); err != nil {
		return fmt.Errorf("there is no store in %s; name its folder with --data", c.Data)
	}
	if _, err := os.Stat(c.To); err == nil {
		return fmt.Errorf("%s is there already; name a folder that is not", c.To)
	}
	store, err := open(ctx, c.Store)
	if err != nil {
		return err
	}
	defer store.Close()
	partial := c.To + ".partial"
	if err := os.RemoveAll(partial); err != nil {
		return fmt.Errorf("remove an unfinished backup: %w", err)
	}
	if err := os.MkdirAll(partial, 0o700); err != nil {
		return fmt.Errorf("make the backup's folder: %w", err)
	}
	copied := filepath.Join(partial, storeFile)
	if _, err := store.Exec(ctx, "VACUUM INTO $1", copied); err != nil {
		return fmt.Errorf("copy the store: %w", err)
	}
	if err := copyKey(c.Data, partial); err != nil {
		return err
	}
	if err := sync(copied); err != nil {
		return err
	}
	if err := os.Rename(partial, c.To); err != nil {
		return fmt.Errorf("name the backup: %w", err)
	}
	_, err = fmt.Fprintf(o.out, "%s holds the store and its signing key. Keep it where strangers cannot read it.\n", c.To)
	return err
}

type restoreCommand struct {
	config.Store
	From string `arg:"" help:"Folder of the backup." placeholder:"FOLDER" type:"existingdir"`
}

// Run puts a backup into an empty data folder (DB-5). What left between the
// backup and now is unknown to it: runs that were under way stop, and mails that
// had not left are in doubt until somebody decides, so that nobody gets one
// twice (ML-2).
func (c *restoreCommand) Run(ctx context.Context, o outlet) error {
	if c.DatabaseURL != "" {
		return errors.New("PostgreSQL is restored with pg_restore; see docs/operations.md")
	}
	target := filepath.Join(c.Data, storeFile)
	if _, err := os.Stat(target); err == nil {
		return fmt.Errorf("%s has a store already; move it away, or name another folder with --data", c.Data)
	}
	if err := os.MkdirAll(c.Data, 0o700); err != nil {
		return fmt.Errorf("make data folder: %w", err)
	}
	partial := target + ".partial"
	_ = os.Remove(partial)
	if err := copyFile(filepath.Join(c.From, storeFile), partial); err != nil {
		return err
	}
	stopped, doubted, err := settle(ctx, partial)
	if err != nil {
		return err
	}
	if err := copyKey(c.From, c.Data); err != nil {
		return err
	}
	if err := os.Rename(partial, target); err != nil {
		return fmt.Errorf("name the restored store: %w", err)
	}
	_, err = fmt.Fprintf(o.out, "%s is restored. %d runs that were under way stop, %d mails are in doubt: look at them in the outbox.\n", c.Data, stopped, doubted)
	return err
}

const (
	stopRuns   = "UPDATE executions SET cancel_requested = $1::boolean WHERE state IN ('QUEUED', 'RUNNING') OR state = 'PLANNING' AND confirmed"
	doubtMails = `UPDATE mails SET state = 'IN_DOUBT', claimed_until = NULL, server_answer = $1::text
		WHERE state IN ('HELD', 'READY', 'SENDING')`
	answerRestored = "This mail had not left when the backup was made; nobody knows whether it has since."
)

// settle proves that a copied store is whole and stops what must not go on by itself.
func settle(ctx context.Context, path string) (stopped, doubted int64, err error) {
	store, err := db.OpenSQLite(ctx, path)
	if err != nil {
		return 0, 0, err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	whole, err := db.Get[string](ctx, store, "SELECT integrity_check FROM pragma_integrity_check LIMIT 1")
	if err != nil || whole != "ok" {
		return 0, 0, fmt.Errorf("this backup is damaged, restore another one: %s %w", whole, err)
	}
	err = store.WithTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		if stopped, err = tx.Exec(ctx, stopRuns, true); err != nil {
			return fmt.Errorf("stop runs: %w", err)
		}
		if doubted, err = tx.Exec(ctx, doubtMails, answerRestored); err != nil {
			return fmt.Errorf("doubt mails: %w", err)
		}
		return nil
	})
	if err == nil {
		_, err = store.Exec(ctx, "PRAGMA wal_checkpoint(TRUNCATE)")
	}
	return stopped, doubted, err
}

// copyKey copies the signing key, where it is a file.
func copyKey(from, to string) error {
	err := copyFile(filepath.Join(from, keyFile), filepath.Join(to, keyFile))
	if errors.Is(err, fs.ErrNotExist) {
		return nil // it is in GRADIN_SECRET
	}
	return err
}

func copyFile(from, to string) error {
	source, err := os.Open(from)
	if err != nil {
		return fmt.Errorf("read a backup: %w", err)
	}
	defer source.Close()
	target, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return fmt.Errorf("write a copy: %w", err)
	}
	_, err = target.ReadFrom(source)
	return errors.Join(err, target.Sync(), target.Close())
}

func sync(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return fmt.Errorf("keep a copy: %w", err)
	}
	return errors.Join(f.Sync(), f.Close())
}
