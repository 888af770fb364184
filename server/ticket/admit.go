package ticket

import (
	"context"
	"fmt"

	"gradin/server/db"
)

// Admission is a set of tickets that are used at the gate (D-11).
type Admission struct {
	// Rows is a query that gives, a row per ticket: ticket_id and at, when the gate
	// saw it. Its arguments are Args, from $1 on.
	Rows string
	Args []any
}

// Admit uses tickets: each is CONTROLLED from now on, which is final (D-1). The
// caller has locked the tickets and checked that they let in.
func Admit(ctx context.Context, tx *db.Tx, cause Cause, a Admission) (int64, error) {
	u := &statement{args: append([]any(nil), a.Args...)}
	u.add(`UPDATE tickets SET state = 'CONTROLLED', controlled_at = r.at, version = tickets.version + 1
		FROM (` + a.Rows + `) r WHERE tickets.id = r.ticket_id AND tickets.state IN ('NOT_PRINTED', 'PRINTED')`)
	n, err := tx.Exec(ctx, u.text.String(), u.args...)
	if err != nil {
		return 0, fmt.Errorf("use tickets: %w", err)
	}
	h := &statement{args: append([]any(nil), a.Args...)}
	h.history(cause, "t.id", "'STATE_CHANGED'", "t.holder_id", "''", "("+a.Rows+") r JOIN tickets t ON t.id = r.ticket_id")
	if _, err := tx.Exec(ctx, h.text.String(), h.args...); err != nil {
		return 0, fmt.Errorf("write history of used tickets: %w", err)
	}
	return n, nil
}
