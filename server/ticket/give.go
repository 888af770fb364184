package ticket

import (
	"context"
	"fmt"

	"github.com/google/uuid"
)

// Gift is a set of tickets that go from the giver to their first holders.
type Gift struct {
	// Rows is a query that gives ticket_id, holder_id, email, email_key,
	// first_name, last_name, search_key and first_key, a row per ticket; its
	// arguments are Args, from $1 on.
	Rows string
	Args []any
	// Giver is the party the tickets come from.
	Giver uuid.UUID
}

// Give hands tickets to their holders: the present of each ticket, a link of its
// chain and an entry of its history, in three statements whatever their number
// (D-3, DB-3). The caller has locked the tickets and checked the rules.
func Give(ctx context.Context, tx execer, cause Cause, g Gift) (int64, error) {
	s := &statement{args: append([]any(nil), g.Args...)}
	at := s.arg(cause.At, "timestamptz")
	s.add(`UPDATE tickets SET holder_id = r.holder_id, holder_email = r.email, holder_email_key = r.email_key,
		holder_first_name = r.first_name, holder_last_name = r.last_name, holder_search = r.search_key,
		holder_first_key = r.first_key, distributed_at = ` + at + `,
		version = tickets.version + 1, move = tickets.move + 1, depth = tickets.depth + 1
		FROM (` + g.Rows + `) r WHERE tickets.id = r.ticket_id`)
	given, err := tx.Exec(ctx, s.text.String(), s.args...)
	if err != nil {
		return 0, fmt.Errorf("give tickets: %w", err)
	}
	if err := openLinks(ctx, tx, cause, g); err != nil {
		return 0, err
	}
	return given, writeHistory(ctx, tx, cause, "DISTRIBUTED", "r.holder_id", g.Rows, g.Args)
}

func openLinks(ctx context.Context, tx execer, cause Cause, g Gift) error {
	s := &statement{args: append([]any(nil), g.Args...)}
	s.add(`INSERT INTO holder_links (organisation_id, ticket_id, giver_id, holder_id, execution_id, depth, version,
		email, first_name, last_name, opened_at)
		SELECT ` + s.arg(cause.Organisation, "uuid") + `, t.id, ` + s.arg(g.Giver, "uuid") + `, r.holder_id, ` +
		s.arg(none(cause.Execution), "uuid") + `, t.depth, t.version, r.email, r.first_name, r.last_name, ` +
		s.arg(cause.At, "timestamptz") + ` FROM (` + g.Rows + `) r JOIN tickets t ON t.id = r.ticket_id`)
	if _, err := tx.Exec(ctx, s.text.String(), s.args...); err != nil {
		return fmt.Errorf("open links of the chain: %w", err)
	}
	return nil
}

// writeHistory appends an entry for each ticket of the rows, as it is now.
func writeHistory(ctx context.Context, tx execer, cause Cause, event, holder, rows string, args []any) error {
	s := &statement{args: append([]any(nil), args...)}
	s.add(`INSERT INTO history_entries (organisation_id, ticket_id, version, at, event, via, user_id, actor,
		actor_contact_id, execution_id, to_holder_id, state, location, barcode_mark)
		SELECT ` + s.arg(cause.Organisation, "uuid") + `, t.id, t.version, ` + s.arg(cause.At, "timestamptz") + `, ` +
		s.arg(event, "text") + `, ` + s.arg(string(cause.Via), "text") + `, ` + s.arg(none(cause.User), "uuid") + `, ` +
		s.arg(cause.Actor, "text") + `, ` + s.arg(none(cause.ActorContact), "uuid") + `, ` +
		s.arg(none(cause.Execution), "uuid") + `, ` + holder + `, t.state, t.location, ''
		FROM (` + rows + `) r JOIN tickets t ON t.id = r.ticket_id`)
	if _, err := tx.Exec(ctx, s.text.String(), s.args...); err != nil {
		return fmt.Errorf("write history: %w", err)
	}
	return nil
}

// execer is a transaction, as far as writing goes.
type execer interface {
	Exec(ctx context.Context, query string, args ...any) (int64, error)
}
