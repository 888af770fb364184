package mail

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/google/uuid"

	"gradin/server/db"
)

// lease is how long a sender may keep a mail. It is longer than a conversation
// with the mail server can take, so a mail that is SENDING beyond it was left
// by a process that died.
const lease = 15 * time.Minute

// answerDied is what stands where the server's answer would.
const answerDied = "The process ended while this mail was on its way; nobody knows whether it left."

// doubt finds the mails whose sender died on the way. They are never sent again
// by themselves (ML-2).
func (s *Service) doubt(ctx context.Context) error {
	n, err := s.store.Exec(ctx, `UPDATE mails SET state = 'IN_DOUBT', claimed_until = NULL, server_answer = $1::text
		WHERE state = 'SENDING' AND sent_at IS NULL AND claimed_until <= $2::timestamptz`, answerDied, s.moment())
	if err != nil {
		return fmt.Errorf("find mails in doubt: %w", err)
	}
	if n > 0 {
		s.log.WarnContext(ctx, "mails are in doubt", "mails", n)
	}
	return nil
}

// claim takes up to n mails that are due, oldest first. Each claim has a number
// of its own: whoever comes back with an older one finds that it is not his mail
// any more. Two senders never wait for each other.
func (s *Service) claim(ctx context.Context, n int) (map[uuid.UUID]int64, error) {
	skip := ""
	if s.store.Postgres() {
		skip = "FOR UPDATE SKIP LOCKED"
	}
	type pair struct {
		id    uuid.UUID
		claim int64
	}
	var pairs []pair
	err := s.store.WithTx(ctx, func(ctx context.Context, tx *db.Tx) (err error) {
		now := s.moment()
		pairs, err = db.Select(ctx, tx, func(r *sql.Rows) (pair, error) {
			var p pair
			return p, r.Scan(&p.id, &p.claim)
		}, fmt.Sprintf(`WITH due AS MATERIALIZED (
			SELECT id FROM mails WHERE state = 'READY' AND sent_at IS NULL
				AND (next_attempt_at IS NULL OR next_attempt_at <= $1::timestamptz)
				AND (claimed_until IS NULL OR claimed_until <= $1::timestamptz)
			ORDER BY id LIMIT %d %s)
			UPDATE mails SET claim = claim + 1, claimed_until = $2::timestamptz FROM due WHERE mails.id = due.id
			RETURNING mails.id, mails.claim`, n, skip), now, now.Add(lease))
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("claim mails: %w", err)
	}
	claims := make(map[uuid.UUID]int64, len(pairs))
	for _, p := range pairs {
		claims[p.id] = p.claim
	}
	return claims, nil
}

// release gives a mail back that was claimed and not tried.
func (s *Service) release(ctx context.Context, b *brief) error {
	_, err := s.store.Exec(ctx, `UPDATE mails SET claimed_until = NULL WHERE id = $1::uuid AND claim = $2::bigint AND state = 'READY'`, b.id, b.claim)
	if err != nil {
		return fmt.Errorf("release mail: %w", err)
	}
	return nil
}

// departure is what a mail was found to be when it was about to leave.
type departure int

const (
	departs departure = iota
	// obsolete: its tickets are gone.
	obsolete
	// lost: it is somebody else's.
	lost
)

// depart notes that the mail is on its way, under its claim, and by what name
// the world will know it. A mail that gives tickets which were taken back since
// it was claimed stays here, and so does an offer that is over, or word of a run
// that waits no more; one that says so leaves in any case.
func (s *Service) depart(ctx context.Context, b *brief) (departure, error) {
	result := lost
	err := s.store.WithTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		result = lost
		n, err := tx.Exec(ctx, `UPDATE mails SET state = 'OBSOLETE', claimed_until = NULL, next_attempt_at = NULL
			WHERE id = $1::uuid AND claim = $2::bigint AND state = 'READY' AND (class = 'TICKET_OFFERED' AND NOT EXISTS (
				SELECT 1 FROM pass_ons p WHERE p.id = mails.pass_on_id AND p.state = 'PENDING')
			OR class = 'APPROVAL_AWAITED' AND NOT EXISTS (
				SELECT 1 FROM executions e WHERE e.id = mails.about_id AND e.state = 'AWAITING_APPROVAL')
			OR class = 'TICKET_REMINDER' AND NOT EXISTS (
				SELECT 1 FROM holder_links l JOIN tickets t ON t.id = l.ticket_id WHERE l.holder_id = mails.recipient_id AND l.giver_id = mails.giver_id
				AND l.closed_at IS NULL AND t.holder_id = mails.recipient_id AND t.live AND t.downloaded_at IS NULL AND t.holder_email_key = mails.address_key)
			OR class = 'TICKET_ACKNOWLEDGEMENT' AND NOT EXISTS (
				SELECT 1 FROM holder_links l JOIN tickets t ON t.id = l.ticket_id
				WHERE l.holder_id = mails.recipient_id AND l.execution_id = mails.execution_id
				AND l.closed_at IS NULL AND t.holder_id = mails.recipient_id AND t.live))`, b.id, b.claim)
		if err != nil {
			return fmt.Errorf("put mail aside: %w", err)
		}
		if n > 0 {
			result = obsolete
			return nil
		}
		n, err = tx.Exec(ctx, `UPDATE mails SET state = 'SENDING', attempts = attempts + 1, message_id = $1::text, claimed_until = $2::timestamptz
			WHERE id = $3::uuid AND claim = $4::bigint AND state = 'READY'`, s.messageID(b), s.moment().Add(lease), b.id, b.claim)
		if err != nil {
			return fmt.Errorf("note that mail departs: %w", err)
		}
		if n > 0 {
			result = departs
		}
		return nil
	})
	return result, err
}
