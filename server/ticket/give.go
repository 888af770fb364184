package ticket

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/google/uuid"

	"gradin/server/db"
	"gradin/server/term"
)

// Handover is a set of tickets that change hands: to a guest, or back.
type Handover struct {
	// Rows is a query that gives, a row per ticket: ticket_id, keep (how many links
	// of its chain stay), holder_id (null when it goes back), email, email_key,
	// first_name, last_name, search_key, first_key, fields and event (of the
	// history). Its arguments are Args, from $1 on. It is read several times and
	// must not depend on what changes: holder, depth, state and links of the tickets.
	Rows string
	Args []any
	// Count is how many tickets Rows gives; 0 when the caller does not know.
	Count int
	// Unseen says that the caller found, under his locks, that no barcode of the
	// tickets may have reached a person.
	Unseen bool
	// Giver is the party the tickets come from.
	Giver uuid.UUID
	// First says that nobody had any of the tickets before.
	First bool
	// Shipment is the mode that recovered tickets get; empty = unchanged.
	Shipment term.ShipmentMode
	// PassedOn says that guests pass their tickets on, PassOn which offer was
	// accepted (WA-3).
	PassedOn bool
	PassOn   uuid.UUID
	// Reason is why the old barcodes are dead (D-7).
	Reason string
	// Recovered says that somebody takes back what others had fetched (TB-7).
	Recovered bool
}

// Returning is a ticket that goes back, and how many links of its chain stay.
type Returning struct {
	Ticket uuid.UUID `json:"ticket_id"`
	Keep   int       `json:"keep"`
}

// Back is the Handover by which tickets go back; the caller says why.
func Back(tx *db.Tx, all ...Returning) (Handover, error) {
	list, err := json.Marshal(all)
	return Handover{Args: []any{string(list)}, Rows: `SELECT b.ticket_id, b.keep, CAST(NULL AS uuid) AS holder_id, '' AS email,
		'' AS email_key, '' AS first_name, '' AS last_name, '' AS search_key, '' AS first_key, '' AS fields, 'TAKEN_BACK' AS event
		FROM ` + db.Source(tx, "$1", "b", db.Column{Name: "ticket_id", Type: "uuid"}, db.Column{Name: "keep", Type: "bigint"})}, err
}

// Gift is a set of tickets that go from their owner to their first holders.
type Gift struct {
	// Rows is a query like that of a Handover, without keep, fields and event.
	Rows string
	Args []any
	// Giver is the party the tickets come from.
	Giver uuid.UUID
}

// Give hands tickets that nobody has and that never left to their first holders.
func Give(ctx context.Context, tx *db.Tx, cause Cause, g Gift) (int64, error) {
	return HandOver(ctx, tx, cause, Handover{
		Rows: `SELECT x.*, 0 AS keep, '' AS fields, 'DISTRIBUTED' AS event FROM (` + g.Rows + `) x`,
		Args: g.Args, Giver: g.Giver, First: true,
	})
}

// HandOver moves tickets in a handful of statements whatever their number: the
// present of each, the links of its chain and an entry of its history (D-3,
// DB-3). A ticket whose barcode may have reached a person is replaced by a new
// one (D-7). The caller has locked the tickets and checked the rules.
func HandOver(ctx context.Context, tx *db.Tx, cause Cause, h Handover) (int64, error) {
	replaced, err := rotate(ctx, tx, cause, h)
	if err != nil {
		return 0, err
	}
	if !h.First && !h.PassedOn {
		if err := withdraw(ctx, tx, cause, h); err != nil {
			return 0, err
		}
	}
	if replaced > 0 && replaced == int64(h.Count) {
		return replaced, nil // no ticket stays itself
	}
	if !h.First {
		if err := closeLinks(ctx, tx, cause, h); err != nil {
			return 0, err
		}
		if err := giveBack(ctx, tx, h); err != nil {
			return 0, err
		}
	}
	given, err := give(ctx, tx, cause, h)
	if err != nil {
		return 0, err
	}
	if err := openLinks(ctx, tx, cause, h); err != nil {
		return 0, err
	}
	return replaced + given, writeMoves(ctx, tx, cause, h)
}

// closeLinks closes the links below the giver of tickets that stay themselves.
func closeLinks(ctx context.Context, tx *db.Tx, cause Cause, h Handover) error {
	s := h.statement()
	s.add(`UPDATE holder_links SET closed_at = ` + s.arg(cause.At, "timestamptz") + `, closed_as = ` + s.arg(string(h.end()), "text") +
		`, closed_execution_id = ` + s.arg(none(cause.Execution), "uuid") + `
		FROM (` + h.Rows + `) r JOIN tickets t ON t.id = r.ticket_id AND t.live
		WHERE holder_links.ticket_id = r.ticket_id AND holder_links.closed_at IS NULL AND holder_links.depth > r.keep`)
	if _, err := tx.Exec(ctx, s.text.String(), s.args...); err != nil {
		return fmt.Errorf("close links of the chain: %w", err)
	}
	return nil
}

// giveBack gives tickets that stay themselves back to who keeps them; what was
// known of the guest goes (TB-3).
func giveBack(ctx context.Context, tx *db.Tx, h Handover) error {
	s := h.statement()
	s.add(`UPDATE tickets SET holder_id = b.holder_id, holder_email = b.email, holder_email_key = '', holder_first_name = b.first_name,
		holder_last_name = b.last_name, holder_search = '', holder_first_key = '', holder_fields = '', distributed_at = b.opened_at,
		depth = b.keep, transferred_depth = CASE WHEN transferred_depth > b.keep THEN 0 ELSE transferred_depth END` + s.shipment(h) + `,
		version = tickets.version + 1, move = tickets.move + 1
		FROM (SELECT r.ticket_id, r.keep, k.holder_id, COALESCE(k.email, '') AS email, COALESCE(k.first_name, '') AS first_name,
			COALESCE(k.last_name, '') AS last_name, k.opened_at
			FROM (` + h.Rows + `) r LEFT JOIN holder_links k ON k.ticket_id = r.ticket_id AND k.depth = r.keep AND k.closed_at IS NULL
			WHERE r.holder_id IS NULL) b
		WHERE tickets.id = b.ticket_id AND tickets.live`)
	if _, err := tx.Exec(ctx, s.text.String(), s.args...); err != nil {
		return fmt.Errorf("give tickets back: %w", err)
	}
	return nil
}

func give(ctx context.Context, tx *db.Tx, cause Cause, h Handover) (int64, error) {
	s := h.statement()
	s.add(`UPDATE tickets SET holder_id = r.holder_id, holder_email = r.email, holder_email_key = r.email_key,
		holder_first_name = r.first_name, holder_last_name = r.last_name, holder_search = r.search_key,
		holder_first_key = r.first_key, holder_fields = r.fields, distributed_at = ` + s.arg(cause.At, "timestamptz") + `,
		version = tickets.version + 1, move = tickets.move + 1, depth = r.keep + 1, transferred_depth = ` + h.transferred("tickets") + `
		FROM (` + h.Rows + `) r WHERE tickets.id = r.ticket_id AND r.holder_id IS NOT NULL AND tickets.live`)
	given, err := tx.Exec(ctx, s.text.String(), s.args...)
	if err != nil {
		return 0, fmt.Errorf("give tickets: %w", err)
	}
	return given, nil
}

func openLinks(ctx context.Context, tx *db.Tx, cause Cause, h Handover) error {
	s := h.statement()
	s.add(`INSERT INTO holder_links (organisation_id, ticket_id, giver_id, holder_id, execution_id, depth, version,
		email, first_name, last_name, opened_at, passed_on, pass_on_id)
		SELECT ` + s.arg(cause.Organisation, "uuid") + `, t.id, ` + s.arg(h.Giver, "uuid") + `, r.holder_id, ` +
		s.arg(none(cause.Execution), "uuid") + `, t.depth, t.version, r.email, r.first_name, r.last_name, ` +
		s.arg(cause.At, "timestamptz") + `, ` + s.arg(h.PassedOn, "boolean") + `, ` + s.arg(none(h.PassOn), "uuid") + ` FROM (` + h.Rows + `) r JOIN tickets t ON t.id = r.ticket_id
		WHERE r.holder_id IS NOT NULL AND t.live`)
	if _, err := tx.Exec(ctx, s.text.String(), s.args...); err != nil {
		return fmt.Errorf("open links of the chain: %w", err)
	}
	return nil
}

// writeMoves appends an entry for each ticket that stays itself, as it is now.
func writeMoves(ctx context.Context, tx *db.Tx, cause Cause, h Handover) error {
	s := h.statement()
	s.history(cause, "t.id", "r.event", "t.holder_id", "''", "("+h.Rows+") r JOIN tickets t ON t.id = r.ticket_id AND t.live")
	if _, err := tx.Exec(ctx, s.text.String(), s.args...); err != nil {
		return fmt.Errorf("write history: %w", err)
	}
	return nil
}

// history writes the statement that appends entries for tickets t of a source.
func (s *statement) history(cause Cause, ticket, event, holder, mark, from string) {
	s.add(`INSERT INTO history_entries (organisation_id, ticket_id, version, at, event, via, user_id, actor,
		actor_contact_id, execution_id, to_holder_id, state, location, barcode_mark)
		SELECT ` + s.arg(cause.Organisation, "uuid") + `, ` + ticket + `, t.version, ` + s.arg(cause.At, "timestamptz") + `, ` +
		event + `, ` + s.arg(string(cause.Via), "text") + `, ` + s.arg(none(cause.User), "uuid") + `, ` +
		s.arg(cause.Actor, "text") + `, ` + s.arg(none(cause.ActorContact), "uuid") + `, ` +
		s.arg(none(cause.Execution), "uuid") + `, ` + holder + `, t.state, t.location, ` + mark + `
		FROM ` + from)
}

func (h Handover) statement() *statement { return &statement{args: append([]any(nil), h.Args...)} }

// end is why the links below the giver close.
func (h Handover) end() term.LinkEnd {
	if h.PassedOn {
		return term.LinkEndPassedOn
	}
	return term.LinkEndTakenBack
}

// transferred is the depth of the deepest link that a guest opened, afterwards.
func (h Handover) transferred(of string) string {
	if h.PassedOn {
		return "r.keep + 1"
	}
	return "CASE WHEN " + of + ".transferred_depth > r.keep THEN 0 ELSE " + of + ".transferred_depth END"
}

func (s *statement) shipment(h Handover) string {
	if h.Shipment == "" {
		return ""
	}
	return ", shipment_mode = " + s.arg(string(h.Shipment), "text")
}
