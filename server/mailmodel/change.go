package mailmodel

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"gradin/server/audit"
	"gradin/server/db"
	"gradin/server/document"
	"gradin/server/errs"
	"gradin/server/idempotency"
	"gradin/server/oid"
)

// here is the predicate of the organisation's own model of a place; its
// arguments are those of Place.args, from $1 on.
const here = `organisation_id = $1::uuid AND class = $2::text AND language = $3::text AND COALESCE(channel_id, $5::uuid) = $4::uuid`

func (p Place) args(organisation uuid.UUID) []any {
	return []any{organisation, string(p.Class), string(p.Language), p.Channel, uuid.Nil}
}

// Update makes a model the one of its place. Mails that have not left yet are
// made from it, too.
func Update(ctx context.Context, store *db.DB, at Place, m document.Model, now time.Time) (*Used, error) {
	organisation, err := admitWriter(ctx)
	if err != nil {
		return nil, err
	}
	if err := usable(m.Validate(at.Class)); err != nil {
		return nil, err
	}
	return at.change(ctx, store, organisation, "mailmodel.update", now, func(ctx context.Context, tx *db.Tx) (audit.Changes, error) {
		was, err := at.now(ctx, tx, organisation)
		if err != nil {
			return nil, err
		}
		args := append(at.args(organisation), m.Subject, m.Text, m.HTML)
		n, err := tx.Exec(ctx, "UPDATE documents SET subject = $6::text, text = $7::text, html = $8::text WHERE "+here, args...)
		if err == nil && n == 0 {
			_, err = tx.Exec(ctx, `INSERT INTO documents (id, organisation_id, created_at, class, language, channel_id, subject, text, html)
				VALUES ($9::uuid, $1::uuid, $10::timestamptz, $2::text, $3::text, NULLIF($4::uuid, $5::uuid), $6::text, $7::text, $8::text)`,
				append(args, oid.New(oid.Document), db.Moment(now))...)
		}
		if err != nil {
			return nil, fmt.Errorf("keep a model of mails: %w", err)
		}
		return audit.Changes{}.Set("subject", was.Subject, m.Subject).Set("text", was.Text, m.Text).Set("html", was.HTML, m.HTML), nil
	})
}

// Remove takes the organisation's own model of a place away: from then on, mails
// are made from the one that comes next.
func Remove(ctx context.Context, store *db.DB, at Place, now time.Time) (*Used, error) {
	organisation, err := admitWriter(ctx)
	if err != nil {
		return nil, err
	}
	return at.change(ctx, store, organisation, "mailmodel.remove", now, func(ctx context.Context, tx *db.Tx) (audit.Changes, error) {
		was, err := at.now(ctx, tx, organisation)
		if err != nil {
			return nil, err
		}
		n, err := tx.Exec(ctx, "DELETE FROM documents WHERE "+here, at.args(organisation)...)
		if err != nil {
			return nil, fmt.Errorf("remove a model of mails: %w", err)
		}
		if n == 0 {
			return nil, errs.New(errs.Conflict, "There is no model of your own here any more. Load the page again.")
		}
		return audit.Changes{}.Set("subject", was.Subject, nil).Set("text", was.Text, nil).Set("html", was.HTML, nil), nil
	})
}

// change runs a change of a model in one transaction, once for a repeated call,
// notes it in the audit log, and says which model counts after it.
func (p Place) change(ctx context.Context, store *db.DB, organisation uuid.UUID, verb string, at time.Time,
	do func(context.Context, *db.Tx) (audit.Changes, error)) (*Used, error) {
	var used *Used
	err := store.WithTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		_, repeated, err := idempotency.Take(ctx, tx, idempotency.Work{Object: organisation, At: at})
		if err != nil {
			return err
		}
		if err := known(ctx, tx, organisation, p.Channel); err != nil {
			return err
		}
		// Two admins who write the first model of a place take turns.
		if tx.Postgres() {
			if _, err := tx.Exec(ctx, "SELECT id FROM organisations WHERE id = $1::uuid FOR NO KEY UPDATE", organisation); err != nil {
				return fmt.Errorf("lock the models of mails: %w", err)
			}
		}
		if !repeated {
			changes, err := do(ctx, tx)
			if err != nil {
				return err
			}
			if err := audit.Write(ctx, tx, at, audit.Entry{Organisation: organisation, Verb: verb, Object: organisation, Changes: changes,
				Detail: map[string]any{"class": p.Class, "language": p.Language, "channel": channelName(p.Channel)}}); err != nil {
				return err
			}
		}
		used, err = p.now(ctx, tx, organisation)
		return err
	})
	return used, err
}

// now is the model that counts at a place.
func (p Place) now(ctx context.Context, c db.Conn, organisation uuid.UUID) (*Used, error) {
	own, err := stored(ctx, c, organisation, p.Channel)
	if err != nil {
		return nil, err
	}
	if used, found := own[p]; found {
		return &used, nil
	}
	return &Used{p, document.Default(), Gradin}, nil
}

func channelName(id uuid.UUID) string {
	if id == uuid.Nil {
		return ""
	}
	return oid.Encode(id)
}
