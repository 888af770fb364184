package ticket

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/google/uuid"

	"gradin/server/db"
)

// Block notes that tickets are being taken out of an outside wallet: until that
// has ended nothing else moves them, and nobody is let in with them (TB-4).
func Block(ctx context.Context, tx *db.Tx, cause Cause, ids []uuid.UUID) error {
	return relocate(ctx, tx, cause, ids, "'DELETION_PENDING'", "t.location <> 'DELETION_PENDING'")
}

// Unblock puts tickets back to where they were before their open removal, which
// knows it. A ticket that is elsewhere by now is left alone.
func Unblock(ctx context.Context, tx *db.Tx, cause Cause, ids []uuid.UUID) error {
	return relocate(ctx, tx, cause, ids,
		"(SELECT v.former_location FROM removals v WHERE v.ticket_id = t.id AND v.ended_at IS NULL)", "t.location = 'DELETION_PENDING'")
}

// relocate writes another location, history first, while the tickets can still
// be told from others.
func relocate(ctx context.Context, tx *db.Tx, cause Cause, ids []uuid.UUID, to, where string) error {
	if len(ids) == 0 {
		return nil
	}
	list, err := json.Marshal(ids)
	if err != nil {
		return err
	}
	h := &statement{args: []any{string(list)}}
	among := db.Among(tx, "t.id", "$1") + " AND " + where
	h.add(`INSERT INTO history_entries (organisation_id, ticket_id, version, at, event, via, user_id, actor,
		actor_contact_id, execution_id, to_holder_id, state, location, barcode_mark)
		SELECT t.organisation_id, t.id, t.version + 1, ` + h.arg(cause.At, "timestamptz") + `, 'LOCATION_CHANGED', ` +
		h.arg(string(cause.Via), "text") + `, ` + h.arg(none(cause.User), "uuid") + `, ` + h.arg(cause.Actor, "text") + `, ` +
		h.arg(none(cause.ActorContact), "uuid") + `, ` + h.arg(none(cause.Execution), "uuid") + `, t.holder_id, t.state, ` + to + `, ''
		FROM tickets t WHERE ` + among)
	if _, err := tx.Exec(ctx, h.text.String(), h.args...); err != nil {
		return fmt.Errorf("write history of blocked tickets: %w", err)
	}
	_, err = tx.Exec(ctx, `UPDATE tickets AS t SET location = `+to+`, version = version + 1 WHERE `+among, string(list))
	if err != nil {
		return fmt.Errorf("block or unblock tickets: %w", err)
	}
	return nil
}
