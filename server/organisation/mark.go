package organisation

import (
	"context"
	"database/sql"
	"fmt"
	"io"
	"time"

	"github.com/google/uuid"

	"gradin/ent"
	"gradin/server/audit"
	"gradin/server/db"
	"gradin/server/errs"
	"gradin/server/picture"
)

// ChangeMark makes the mark of the viewer's organisation the picture of a file.
// The same picture again changes nothing.
func ChangeMark(ctx context.Context, store *db.DB, file io.Reader, at time.Time) (*ent.Organisation, error) {
	id, err := admit(ctx)
	if err != nil {
		return nil, err
	}
	content, err := io.ReadAll(io.LimitReader(file, picture.MaxFile+1))
	if err != nil {
		return nil, errs.New(errs.Invalid, "This picture is damaged. Choose another file.").At("file").Because(err)
	}
	p, err := picture.Draw(content)
	if err != nil {
		return nil, err
	}
	err = store.WithTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		was, err := named(ctx, tx, id)
		if err != nil || was == p.SHA256 {
			return err
		}
		if _, err := tx.Exec(ctx, `INSERT INTO organisation_marks (organisation_id, picture, width, height, sha256, updated_at)
			VALUES ($1::uuid, $2, $3::bigint, $4::bigint, $5::text, $6::timestamptz)
			ON CONFLICT (organisation_id) DO UPDATE SET picture = excluded.picture, width = excluded.width, height = excluded.height,
			sha256 = excluded.sha256, updated_at = excluded.updated_at`, id, p.PNG, p.Width, p.Height, p.SHA256, db.Moment(at)); err != nil {
			return fmt.Errorf("store a mark: %w", err)
		}
		return note(ctx, tx, id, "organisation.changeMark", was, p.SHA256, at)
	})
	if err != nil {
		return nil, err
	}
	return store.Client.Organisation.Get(ctx, id)
}

// RemoveMark takes the mark of the viewer's organisation away; twice is the same
// as once. Any other organisation is NOT_FOUND (AC-3).
func RemoveMark(ctx context.Context, store *db.DB, of uuid.UUID, at time.Time) (*ent.Organisation, error) {
	id, err := admit(ctx)
	if err != nil {
		return nil, err
	}
	if of != id {
		return nil, errs.Missing("organisation").At("id")
	}
	err = store.WithTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		was, err := named(ctx, tx, id)
		if err != nil || was == "" {
			return err
		}
		if _, err := tx.Exec(ctx, "DELETE FROM organisation_marks WHERE organisation_id = $1::uuid", id); err != nil {
			return fmt.Errorf("remove a mark: %w", err)
		}
		return note(ctx, tx, id, "organisation.removeMark", was, "", at)
	})
	if err != nil {
		return nil, err
	}
	return store.Client.Organisation.Get(ctx, id)
}

func note(ctx context.Context, tx *db.Tx, id uuid.UUID, verb, was, is string, at time.Time) error {
	return audit.Write(ctx, tx, at, audit.Entry{Organisation: id, Verb: verb, Object: id, Changes: audit.Changes{}.Set("sha256", was, is)})
}

// named is the name of the organisation's picture, empty without one; nobody
// changes it until the transaction ends.
func named(ctx context.Context, tx *db.Tx, id uuid.UUID) (string, error) {
	if tx.Postgres() {
		if _, err := tx.Exec(ctx, "SELECT id FROM organisations WHERE id = $1::uuid FOR NO KEY UPDATE", id); err != nil {
			return "", fmt.Errorf("lock an organisation: %w", err)
		}
	}
	all, err := db.Select(ctx, tx, func(r *sql.Rows) (string, error) {
		var sum string
		return sum, r.Scan(&sum)
	}, "SELECT sha256 FROM organisation_marks WHERE organisation_id = $1::uuid", id)
	if err != nil {
		return "", fmt.Errorf("read which mark there is: %w", err)
	}
	return append(all, "")[0], nil
}

// MarkOf is the mark of an organisation; nil when it has none. Whoever calls it
// has found out that its reader may see it.
func MarkOf(ctx context.Context, c db.Conn, id uuid.UUID) (*picture.Drawn, error) {
	all, err := db.Select(ctx, c, func(r *sql.Rows) (*picture.Drawn, error) {
		p := &picture.Drawn{}
		return p, r.Scan(&p.PNG, &p.Width, &p.Height, &p.SHA256)
	}, "SELECT picture, width, height, sha256 FROM organisation_marks WHERE organisation_id = $1::uuid", id)
	if err != nil {
		return nil, fmt.Errorf("read a mark: %w", err)
	}
	return append(all, nil)[0], nil
}
