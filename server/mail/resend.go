package mail

import (
	"context"
	"database/sql"
	"fmt"
	"slices"

	"github.com/google/uuid"

	"gradin/server/audit"
	"gradin/server/db"
	"gradin/server/errs"
	"gradin/server/idempotency"
	"gradin/server/oid"
	"gradin/server/term"
	"gradin/server/viewer"
)

// MaxResend is how many mails are sent again at once.
const MaxResend = 1000

// MayResend says whether the viewer may decide that mails are sent again.
func MayResend(v viewer.Viewer) bool { return term.Role(v.Role).Operates() && !v.ReadOnly }

// Resend makes mails READY that FAILED or are IN_DOUBT, MaxResend at most, and
// says how many; mails in another state stay as they are, so that asking twice
// sends once. A foreign id and an unknown id are the same NOT_FOUND, and then
// nothing changes (AC-3).
func (s *Service) Resend(ctx context.Context, ids []uuid.UUID) (int, error) {
	v, _ := viewer.From(ctx)
	if !MayResend(v) {
		return 0, errs.New(errs.Forbidden, "Only operators may send mails again.")
	}
	ids = slices.Clone(ids)
	slices.SortFunc(ids, func(a, b uuid.UUID) int { return slices.Compare(a[:], b[:]) })
	ids = slices.Compact(ids)
	if len(ids) > MaxResend {
		return 0, errs.New(errs.TooLarge, "Send %d mails again at most, then the next.", MaxResend).At("ids")
	}
	if len(ids) == 0 {
		return 0, errs.New(errs.Invalid, "Choose at least one mail to send again.").At("ids")
	}
	changed := 0
	err := s.store.WithTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		stuck, err := s.stuck(ctx, tx, v.Organisation, ids)
		if err != nil {
			return err
		}
		if _, repeated, err := idempotency.Take(ctx, tx, idempotency.Work{At: s.now()}); repeated || err != nil {
			return err
		}
		changed = len(stuck)
		if changed == 0 {
			return nil
		}
		if _, err := tx.Exec(ctx, `UPDATE mails SET state = 'READY', claim = claim + 1, claimed_until = NULL, next_attempt_at = NULL,
			attempts = 0 WHERE id IN `+placeholders(1, len(stuck)), stuck...); err != nil {
			return fmt.Errorf("make mails ready: %w", err)
		}
		names := make([]string, len(stuck))
		for i, id := range stuck {
			names[i] = oid.Encode(id.(uuid.UUID))
		}
		return audit.Write(ctx, tx, s.now(), audit.Entry{
			Organisation: v.Organisation, Verb: "mail.resend", Detail: map[string]any{"mails": names},
			Changes: audit.Changes{"state": {Before: "FAILED or IN_DOUBT", After: string(term.MailStateReady)}},
		})
	})
	return changed, err
}

// stuck locks the mails and gives those that failed or are in doubt.
func (s *Service) stuck(ctx context.Context, tx *db.Tx, organisation uuid.UUID, ids []uuid.UUID) ([]any, error) {
	args := []any{organisation}
	for _, id := range ids {
		args = append(args, id)
	}
	lock := ""
	if tx.Postgres() {
		lock = " FOR UPDATE"
	}
	found := 0
	var stuck []any
	_, err := db.Select(ctx, tx, func(r *sql.Rows) (struct{}, error) {
		var id uuid.UUID
		var state term.MailState
		err := r.Scan(&id, &state)
		found++
		if state == term.MailStateFailed || state == term.MailStateInDoubt {
			stuck = append(stuck, id)
		}
		return struct{}{}, err
	}, "SELECT id, state FROM mails WHERE organisation_id = $1::uuid AND id IN "+placeholders(2, len(ids))+" ORDER BY id"+lock, args...)
	if err != nil {
		return nil, fmt.Errorf("lock mails: %w", err)
	}
	if found < len(ids) {
		return nil, errs.Missing("mail")
	}
	return stuck, nil
}
