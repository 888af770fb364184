package ticket

import (
	"context"
	"fmt"

	"github.com/google/uuid"
)

// Inject notes that the holder's mail was accepted: of his tickets of one
// execution, those that never left the house are INJECTED now, and PRINTED
// (D-2, WA-1). Tickets that went elsewhere meanwhile are left alone.
func Inject(ctx context.Context, tx execer, cause Cause, holder uuid.UUID) (int64, error) {
	const rows = `SELECT l.ticket_id FROM holder_links l JOIN tickets x ON x.id = l.ticket_id
		WHERE l.execution_id = $1::uuid AND l.holder_id = $2::uuid AND l.closed_at IS NULL
		AND x.holder_id = l.holder_id AND x.state IN ('NOT_PRINTED', 'PRINTED')`
	return locate(ctx, tx, cause, "INJECTED", "NONE", rows, []any{cause.Execution, holder})
}

// Download notes that the holder asked for the codes of his tickets of one
// execution (WA-1). Doing it again changes nothing.
func Download(ctx context.Context, tx execer, cause Cause, holder uuid.UUID, tickets []uuid.UUID) (int64, error) {
	if len(tickets) == 0 {
		return 0, nil
	}
	s := &statement{args: []any{holder}}
	s.add(`SELECT x.id AS ticket_id FROM tickets x WHERE x.holder_id = $1::uuid AND x.state IN ('NOT_PRINTED', 'PRINTED')
		AND x.id IN ` + s.ids(tickets))
	before, err := locate(ctx, tx, cause, "DOWNLOADED", "NONE", s.text.String(), s.args)
	if err != nil {
		return before, err
	}
	after, err := locate(ctx, tx, cause, "DOWNLOADED", "INJECTED", s.text.String(), s.args)
	return before + after, err
}

// locate moves tickets from one location to another. The history is written
// first, for the state that the update brings: afterwards the tickets can no
// longer be told from those that had moved before.
func locate(ctx context.Context, tx execer, cause Cause, to, from, rows string, args []any) (int64, error) {
	h := &statement{args: append([]any(nil), args...)}
	h.add(`INSERT INTO history_entries (organisation_id, ticket_id, version, at, event, via, user_id, actor,
		actor_contact_id, execution_id, to_holder_id, state, location, barcode_mark)
		SELECT t.organisation_id, t.id, t.version + 1, ` + h.arg(cause.At, "timestamptz") + `, 'LOCATION_CHANGED', ` +
		h.arg(string(cause.Via), "text") + `, ` + h.arg(none(cause.User), "uuid") + `, ` + h.arg(cause.Actor, "text") + `, ` +
		h.arg(none(cause.ActorContact), "uuid") + `, ` + h.arg(none(cause.Execution), "uuid") + `, t.holder_id, 'PRINTED', ` +
		h.arg(to, "text") + `, '' FROM tickets t WHERE t.location = ` + h.arg(from, "text") + ` AND t.id IN (` + rows + `)`)
	if _, err := tx.Exec(ctx, h.text.String(), h.args...); err != nil {
		return 0, fmt.Errorf("write history of location %s: %w", to, err)
	}
	stamp := map[string]string{"INJECTED": "injected_at", "DOWNLOADED": "downloaded_at"}[to]
	u := &statement{args: append([]any(nil), args...)}
	at := u.arg(cause.At, "timestamptz")
	u.add(`UPDATE tickets SET state = 'PRINTED', location = ` + u.arg(to, "text") + `, version = version + 1,
		printed_at = COALESCE(printed_at, ` + at + `), wallet_reported_at = ` + at + `, ` + stamp + ` = ` + at +
		` WHERE location = ` + u.arg(from, "text") + ` AND id IN (` + rows + `)`)
	n, err := tx.Exec(ctx, u.text.String(), u.args...)
	if err != nil {
		return 0, fmt.Errorf("move tickets to %s: %w", to, err)
	}
	return n, nil
}

// execer is a transaction, as far as writing goes.
type execer interface {
	Exec(ctx context.Context, query string, args ...any) (int64, error)
}
