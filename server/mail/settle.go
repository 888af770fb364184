package mail

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"

	"gradin/server/db"
	"gradin/server/term"
	"gradin/server/ticket"
)

// pauses are how long a mail waits after its first, second … attempt; after the
// last one it is given up.
func pauses() []time.Duration {
	return []time.Duration{
		time.Minute, 5 * time.Minute, 15 * time.Minute, time.Hour, 4 * time.Hour, 12 * time.Hour, 24 * time.Hour,
	}
}

// nextAttempt says when to try again after so many attempts; false when enough
// is enough. Random is in [0, 1) and adds a fifth of the pause at most, so that
// mails postponed together do not come back together.
func nextAttempt(now time.Time, attempts int, random float64) (time.Time, bool) {
	all := pauses()
	if attempts < 1 || attempts > len(all) {
		return time.Time{}, false
	}
	pause := all[attempts-1]
	return db.Moment(now.Add(pause + time.Duration(random*float64(pause)/5))), true
}

// errTaken is what a sender ends with whose mail was decided on by somebody else.
var errTaken = errors.New("its state was changed by somebody else while it was on its way")

// arrive notes what became of a mail that was on its way. A mail found in doubt
// meanwhile, because its server was slow, is in doubt no longer.
func (s *Service) arrive(ctx context.Context, b *brief, o outcome) error {
	switch o.verdict {
	case accepted:
		return s.accept(ctx, b, o.answer)
	case postponed:
		return s.postpone(ctx, b, o.answer, "'SENDING', 'IN_DOUBT'", 0)
	case rejected:
		return s.settle(ctx, b, term.MailStateFailed, o.answer)
	}
	return s.settle(ctx, b, term.MailStateInDoubt, o.answer)
}

// accept notes that the server has the mail and, in the same transaction, that
// the tickets it gives are on their way to the guest (WA-1).
func (s *Service) accept(ctx context.Context, b *brief, answer string) error {
	err := s.store.WithTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		now := s.moment()
		n, err := tx.Exec(ctx, `UPDATE mails SET state = 'SENT', sent_at = $1::timestamptz, server_answer = $2::text,
			claimed_until = NULL, next_attempt_at = NULL
			WHERE id = $3::uuid AND claim = $4::bigint AND state IN ('SENDING', 'IN_DOUBT')`, now, answer, b.id, b.claim)
		if err != nil {
			return err
		}
		if n == 0 {
			return errTaken
		}
		if b.class != term.DocumentClassTicketAcknowledgement || b.execution == uuid.Nil {
			return nil
		}
		if err := lockTickets(ctx, tx, b); err != nil {
			return err
		}
		_, err = ticket.Inject(ctx, tx, ticket.Cause{
			Organisation: b.organisation, Via: term.HistoryViaMail, Actor: "mail", Execution: b.execution, At: now,
		}, b.recipient)
		return err
	})
	if err != nil {
		return fmt.Errorf("note that mail was accepted: %w", err)
	}
	return nil
}

// lockTickets takes the recipient's tickets in the order of their ids, as all
// writers do, so that their history has no two entries of one version.
func lockTickets(ctx context.Context, tx *db.Tx, b *brief) error {
	if !tx.Postgres() {
		return nil
	}
	_, err := tx.Exec(ctx, `SELECT t.id FROM tickets t JOIN holder_links l ON l.ticket_id = t.id
		WHERE l.execution_id = $1::uuid AND l.holder_id = $2::uuid AND l.closed_at IS NULL
		ORDER BY t.id FOR NO KEY UPDATE OF t`, b.execution, b.recipient)
	if err != nil {
		return fmt.Errorf("lock tickets: %w", err)
	}
	return nil
}

// settle ends a mail that was on its way.
func (s *Service) settle(ctx context.Context, b *brief, state term.MailState, answer string) error {
	return s.one(s.store.Exec(ctx, `UPDATE mails SET state = $1::text, server_answer = $2::text, claimed_until = NULL, next_attempt_at = NULL
		WHERE id = $3::uuid AND claim = $4::bigint AND state IN ('SENDING', 'IN_DOUBT')`, string(state), answer, b.id, b.claim))
}

// refuse ends a mail that could not even be written.
func (s *Service) refuse(ctx context.Context, b *brief, answer string) error {
	return s.one(s.store.Exec(ctx, `UPDATE mails SET state = 'FAILED', server_answer = $1::text, claimed_until = NULL, next_attempt_at = NULL
		WHERE id = $2::uuid AND claim = $3::bigint AND state = 'READY'`, clip(answer), b.id, b.claim))
}

// miss puts a mail off because the server could not be reached; it never was on
// its way, but the attempt counts.
func (s *Service) miss(ctx context.Context, b *brief, answer string) error {
	return s.postpone(ctx, b, answer, "'READY'", 1)
}

// postpone makes a mail READY for its next attempt, or gives it up.
func (s *Service) postpone(ctx context.Context, b *brief, answer, states string, tried int) error {
	return s.store.WithTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		attempts, err := db.Get[int](ctx, tx, "SELECT attempts FROM mails WHERE id = $1::uuid AND claim = $2::bigint", b.id, b.claim)
		if errors.Is(err, sql.ErrNoRows) {
			return errTaken
		}
		if err != nil {
			return fmt.Errorf("read attempts of mail: %w", err)
		}
		attempts += tried
		state, next := term.MailStateFailed, any(nil)
		if at, again := nextAttempt(s.now(), attempts, s.config.Random()); again {
			state, next = term.MailStateReady, at
		}
		return s.one(tx.Exec(ctx, `UPDATE mails SET state = $1::text, next_attempt_at = $2::timestamptz, attempts = $3::bigint,
			server_answer = $4::text, claimed_until = NULL
			WHERE id = $5::uuid AND claim = $6::bigint AND state IN (`+states+`)`,
			string(state), next, attempts, answer, b.id, b.claim))
	})
}

// one makes an error of a change that found nothing to change.
func (s *Service) one(n int64, err error) error {
	if err != nil {
		return fmt.Errorf("note what became of mail: %w", err)
	}
	if n == 0 {
		return errTaken
	}
	return nil
}
