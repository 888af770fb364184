package privacy

import (
	"context"
	"errors"
	"fmt"

	"github.com/google/uuid"

	"gradin/ent"
	"gradin/server/audit"
	"gradin/server/db"
	"gradin/server/idempotency"
	"gradin/server/oid"
	"gradin/server/storedfile"
)

// Anonymise takes a person out of the organisation's store: names, addresses,
// phone, further fields, what is searched by, his mails' addressees, the rows and
// files in which he was sent, his entries in address books and his account. What
// happened stays. Done again it does what is left, and nothing without.
func (s *Service) Anonymise(ctx context.Context, id uuid.UUID) (*ent.Contact, error) {
	if _, err := permit(ctx); err != nil {
		return nil, err
	}
	err := s.store.WithTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		if _, repeated, err := idempotency.Take(ctx, tx, idempotency.Work{Object: id, At: s.now()}); repeated || err != nil {
			return err
		}
		// Who gives him something now waits, and finds no contact of that address.
		if tx.Postgres() {
			if _, err := tx.Exec(ctx, "SELECT id FROM contacts WHERE id = $1::uuid FOR UPDATE", id); err != nil {
				return fmt.Errorf("lock contact: %w", err)
			}
		}
		who, err := s.load(ctx, tx, tx.Client, id)
		if err != nil {
			return err
		}
		effect, err := s.effect(ctx, tx, who)
		if err != nil {
			return err
		}
		if err := effect.against(); err != nil {
			return err
		}
		if !effect.Needed() {
			return errNothing
		}
		return s.forget(ctx, tx, who)
	})
	if err != nil && !errors.Is(err, errNothing) {
		return nil, err
	}
	return s.Individual(ctx, id)
}

// forget takes a person out of every part; the audit log is last, because it
// keeps others waiting.
func (s *Service) forget(ctx context.Context, tx *db.Tx, who subject) error {
	detail := map[string]any{}
	files, err := sentIn(ctx, tx, who)
	if err != nil {
		return err
	}
	for _, p := range parts(tx) {
		n, err := p.clear(ctx, tx, who)
		if err != nil {
			return err
		}
		if n > 0 {
			detail[p.name] = n
		}
	}
	if err := storedfile.Discard(ctx, tx, files); err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, `UPDATE contacts SET name = $2::text, first_name = '', last_name = '', email = '', email_key = '', public_key = NULL, language = NULL,
		phone = '', birth_date = '', nationality = '', id_number = '', anonymised_at = COALESCE(anonymised_at, $3::timestamptz) WHERE id = $1::uuid`,
		who.ID, who.label(), db.Moment(s.now())); err != nil {
		return fmt.Errorf("clear the contact: %w", err)
	}
	if who.user != uuid.Nil {
		address := oid.Encode(who.user) + "@anonymised.invalid"
		if _, err := tx.Exec(ctx, `UPDATE users SET email = $2::text, email_key = $3::text, name = $4::text, password_hash = '', active = $5::boolean
			WHERE id = $1::uuid`, who.user, address, address, who.label(), false); err != nil {
			return fmt.Errorf("close his account: %w", err)
		}
		n, err := audit.Forget(ctx, tx, who.OrganisationID, who.user)
		if err != nil {
			return err
		}
		detail["user"], detail["audit"] = oid.Encode(who.user), n
	}
	return audit.Write(ctx, tx, s.now(), audit.Entry{
		Organisation: who.OrganisationID, Verb: audit.VerbForgotten, Object: who.ID, Detail: detail,
	})
}

// sentIn are the files in which he was sent.
func sentIn(ctx context.Context, tx *db.Tx, who subject) ([]uuid.UUID, error) {
	query, args := bind("SELECT DISTINCT stored_file_id FROM executions WHERE "+parts(tx)[0].where, who.args())
	ids, err := db.Select(ctx, tx, scanID, query, args...)
	if err != nil {
		return nil, fmt.Errorf("find the files in which a person was sent: %w", err)
	}
	return ids, nil
}
