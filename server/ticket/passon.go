package ticket

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/google/uuid"

	"gradin/server/db"
)

// Suspend blocks tickets that their holder is passing on: they are
// TRANSFER_PENDING until somebody decides (WA-3). Who passes a ticket on has
// opened his mail, so that one which nobody saw leave is INJECTED first. The
// caller has locked the tickets and checked the rules.
func Suspend(ctx context.Context, tx *db.Tx, cause Cause, tickets []uuid.UUID) error {
	list, err := json.Marshal(tickets)
	if err != nil {
		return err
	}
	rows := "SELECT x.id AS ticket_id FROM tickets x WHERE " + db.Among(tx, "x.id", "$1")
	if _, err := locate(ctx, tx, cause, "INJECTED", "NONE", rows, []any{string(list)}); err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, `UPDATE tickets SET location = 'TRANSFER_PENDING', version = version + 1
		WHERE `+db.Among(tx, "id", "$1"), string(list)); err != nil {
		return fmt.Errorf("suspend tickets: %w", err)
	}
	return passOnHistory(ctx, tx, cause, "PASS_ON_PENDING", string(list))
}

// Resume makes tickets that are not passed on after all what they were (WA-3).
func Resume(ctx context.Context, tx *db.Tx, cause Cause, tickets []uuid.UUID) error {
	list, err := json.Marshal(tickets)
	if err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, `UPDATE tickets SET version = version + 1,
		location = CASE WHEN downloaded_at IS NULL THEN 'INJECTED' ELSE 'DOWNLOADED' END
		WHERE `+db.Among(tx, "id", "$1"), string(list)); err != nil {
		return fmt.Errorf("resume tickets: %w", err)
	}
	return passOnHistory(ctx, tx, cause, "PASS_ON_CANCELLED", string(list))
}

// passOnHistory appends an entry for each of the tickets, which may be of
// several organisations.
func passOnHistory(ctx context.Context, tx *db.Tx, cause Cause, event, list string) error {
	s := &statement{args: []any{list}}
	s.add(`INSERT INTO history_entries (organisation_id, ticket_id, version, at, event, via, actor, actor_contact_id, to_holder_id,
		state, location, barcode_mark) SELECT t.organisation_id, t.id, t.version, ` + s.arg(cause.At, "timestamptz") + `, ` +
		s.arg(event, "text") + `, ` + s.arg(string(cause.Via), "text") + `, ` + s.arg(cause.Actor, "text") + `, ` +
		s.arg(none(cause.ActorContact), "uuid") + `, t.holder_id, t.state, t.location, '' FROM tickets t WHERE ` + db.Among(tx, "t.id", "$1"))
	if _, err := tx.Exec(ctx, s.text.String(), s.args...); err != nil {
		return fmt.Errorf("write history of passing on: %w", err)
	}
	return nil
}

// Accepted notes that the tickets which somebody accepted are with him: he has
// the page that shows them (WA-1, WA-3).
func Accepted(ctx context.Context, tx *db.Tx, cause Cause, passOn uuid.UUID) error {
	const rows = `SELECT l.ticket_id FROM holder_links l JOIN tickets x ON x.id = l.ticket_id
		WHERE l.pass_on_id = $1::uuid AND l.passed_on AND l.closed_at IS NULL AND x.holder_id = l.holder_id AND x.state = 'NOT_PRINTED'
		AND l.holder_id = (SELECT p.recipient_id FROM pass_ons p WHERE p.id = $1::uuid)`
	_, err := locate(ctx, tx, cause, "INJECTED", "NONE", rows, []any{passOn})
	return err
}

// withdraw ends the offers of tickets that leave their holder in another way: an
// operator may take back what is being passed on (TB-6).
func withdraw(ctx context.Context, tx *db.Tx, cause Cause, h Handover) error {
	s := h.statement()
	s.add(`UPDATE pass_ons SET state = 'CANCELLED', fields = '', closed_at = ` + s.arg(cause.At, "timestamptz") + `
		WHERE state = 'PENDING' AND ticket_id IN (SELECT r.ticket_id FROM (` + h.Rows + `) r)`)
	if _, err := tx.Exec(ctx, s.text.String(), s.args...); err != nil {
		return fmt.Errorf("withdraw offers: %w", err)
	}
	return nil
}
