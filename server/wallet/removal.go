package wallet

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"time"

	"github.com/google/uuid"

	"gradin/server/db"
	"gradin/server/term"
)

// Request is a removal to begin: of a ticket, for a row of an execution.
type Request struct {
	ID      uuid.UUID             `json:"id"`
	Ticket  uuid.UUID             `json:"ticket_id"`
	Wallet  uuid.UUID             `json:"wallet_id"`
	Row     int64                 `json:"row_number"`
	Version int64                 `json:"version"`
	Former  term.DeliveryLocation `json:"former_location"`
}

var requestColumns = []db.Column{
	{Name: "id", Type: "uuid"}, {Name: "ticket_id", Type: "uuid"}, {Name: "wallet_id", Type: "uuid"},
	{Name: "row_number", Type: "bigint"}, {Name: "version", Type: "bigint"}, {Name: "former_location", Type: "text"},
}

// Ask writes removals in the transaction that blocks their tickets. An index
// refuses a second open one of a ticket.
func Ask(ctx context.Context, tx *db.Tx, organisation, execution uuid.UUID, at time.Time, all []Request) error {
	list, err := json.Marshal(all)
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `INSERT INTO removals (id, organisation_id, execution_id, state, requested_at, ticket_id, wallet_id, row_number, version, former_location)
		SELECT n.id, $2::uuid, $3::uuid, 'REQUESTED', $4::timestamptz, n.ticket_id, n.wallet_id, n.row_number, n.version, n.former_location
		FROM `+db.Source(tx, "$1", "n", requestColumns...), string(list), organisation, execution, at)
	if err != nil {
		return fmt.Errorf("ask for %d removals: %w", len(all), err)
	}
	return nil
}

// Due is an open removal whose wallet is to be asked.
type Due struct {
	Removal
	Wallet uuid.UUID
}

// Claim takes up to n removals that are due. Each is due again after a pause
// that grows with the attempts; that is also what another process waits for if
// this one dies: a wallet that is asked twice at once does the thing once.
func Claim(ctx context.Context, store *db.DB, at time.Time, n int) ([]Due, error) {
	skip := ""
	if store.Postgres() {
		skip = "FOR UPDATE SKIP LOCKED"
	}
	var all []Due
	err := store.WithTx(ctx, func(ctx context.Context, tx *db.Tx) (err error) {
		all, err = db.Select(ctx, tx, func(r *sql.Rows) (Due, error) {
			var d Due
			return d, r.Scan(&d.Key, &d.Ticket, &d.Wallet, &d.Number)
		}, fmt.Sprintf(`WITH due AS MATERIALIZED (
			SELECT id FROM removals WHERE ended_at IS NULL AND (next_attempt_at IS NULL OR next_attempt_at <= $1::timestamptz)
			ORDER BY id LIMIT %d %s)
			UPDATE removals SET attempts = attempts + 1,
				next_attempt_at = CASE WHEN attempts = 0 THEN $2::timestamptz WHEN attempts < 10 THEN $3::timestamptz ELSE $4::timestamptz END
			FROM due WHERE removals.id = due.id
			RETURNING removals.id, removals.ticket_id, removals.wallet_id, (SELECT t.number FROM tickets t WHERE t.id = removals.ticket_id)`, n, skip),
			at, at.Add(time.Minute), at.Add(5*time.Minute), at.Add(time.Hour))
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("claim removals: %w", err)
	}
	return all, nil
}

// note is what a wallet said of a removal, as it is stored.
type note struct {
	ID   uuid.UUID `json:"id"`
	Text string    `json:"answer"`
}

func notes(answers []Answer) (string, error) {
	all := make([]note, len(answers))
	for i, a := range answers {
		all[i] = note{a.Key, Shorten(a.Text)}
	}
	list, err := json.Marshal(all)
	return string(list), err
}

var noteColumns = []db.Column{{Name: "id", Type: "uuid"}, {Name: "answer", Type: "text"}}

// Note keeps what wallets said of removals that go on.
func Note(ctx context.Context, c db.Conn, answers []Answer) error {
	list, err := notes(answers)
	if err != nil {
		return err
	}
	_, err = c.Exec(ctx, `UPDATE removals SET answer = n.answer FROM `+db.Source(c, "$1", "n", noteColumns...)+`
		WHERE removals.id = n.id AND removals.ended_at IS NULL`, list)
	if err != nil {
		return fmt.Errorf("note what wallets say: %w", err)
	}
	return nil
}

// Open is a removal that has not ended.
type Open struct {
	ID, Execution, Ticket uuid.UUID
	Row                   int64
	// Text is what its wallet said last.
	Text string
}

// Opened reads which of the removals have not ended, by execution and row; in a
// transaction, with lock, nobody else ends them before it does.
func Opened(ctx context.Context, c db.Conn, keys []uuid.UUID, lock bool) ([]Open, error) {
	list, err := json.Marshal(keys)
	if err != nil {
		return nil, err
	}
	query := openColumns + db.Among(c, "r.id", "$1") + " ORDER BY r.execution_id, r.row_number"
	if lock && c.Postgres() {
		query += " FOR UPDATE"
	}
	return readOpen(ctx, c, query, string(list))
}

// Overdue reads up to n open removals whose wallets had their time at a moment,
// by execution and row.
func Overdue(ctx context.Context, c db.Conn, at time.Time, n int) ([]Open, error) {
	return readOpen(ctx, c, "SELECT * FROM ("+openColumns+fmt.Sprintf("r.requested_at <= $1::timestamptz ORDER BY r.id LIMIT %d) o ORDER BY 2, 4", n),
		at.Add(-Patience))
}

// OpenOf reads the open removal of a ticket, of which there is one at most.
func OpenOf(ctx context.Context, c db.Conn, ticket uuid.UUID) ([]Open, error) {
	return readOpen(ctx, c, openColumns+"r.ticket_id = $1::uuid", ticket)
}

const openColumns = "SELECT r.id, r.execution_id, r.ticket_id, r.row_number, r.answer FROM removals r WHERE r.ended_at IS NULL AND "

func readOpen(ctx context.Context, c db.Conn, query string, arg any) ([]Open, error) {
	all, err := db.Select(ctx, c, func(r *sql.Rows) (Open, error) {
		var o Open
		return o, r.Scan(&o.ID, &o.Execution, &o.Ticket, &o.Row, &o.Text)
	}, query, arg)
	if err != nil {
		return nil, fmt.Errorf("read open removals: %w", err)
	}
	return all, nil
}

// End ends removals as their execution's rows stand: DONE or CANCELLED.
func End(ctx context.Context, tx *db.Tx, at time.Time, answers []Answer) error {
	list, err := notes(answers)
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `UPDATE removals SET answer = n.answer, ended_at = $2::timestamptz, next_attempt_at = NULL,
		state = (SELECT x.removal FROM execution_rows x WHERE x.execution_id = removals.execution_id AND x.row_number = removals.row_number)
		FROM `+db.Source(tx, "$1", "n", noteColumns...)+` WHERE removals.id = n.id AND removals.ended_at IS NULL`, list, at)
	if err != nil {
		return fmt.Errorf("end removals: %w", err)
	}
	return nil
}

// Shorten cuts a wallet's words to what is kept.
func Shorten(text string) string {
	if runes := []rune(text); len(runes) > 200 {
		return string(runes[:200]) + "…"
	}
	return text
}

// Progress is how far the removal of a ticket is.
type Progress struct {
	State       term.RemovalState
	Answer      string
	RequestedAt time.Time
	EndedAt     *time.Time
	// Problem is why its row is refused, as stored; empty when it is not.
	Problem string
	// Execution asked for it, on behalf of Sponsor, if of anybody.
	Execution uuid.UUID
	Sponsor   uuid.NullUUID
}

// Latest reads the last removal of each of the tickets, which the caller may
// see. A ticket that never lay in an outside wallet has none.
func Latest(ctx context.Context, c db.Conn, tickets []uuid.UUID) (map[uuid.UUID]*Progress, error) {
	list, err := json.Marshal(tickets)
	if err != nil {
		return nil, err
	}
	last := map[uuid.UUID]*Progress{}
	_, err = db.Select(ctx, c, func(r *sql.Rows) (struct{}, error) {
		p := &Progress{}
		var ticket uuid.UUID
		var requested, ended db.Time
		err := r.Scan(&ticket, &p.State, &p.Answer, &requested, &ended, &p.Execution, &p.Problem, &p.Sponsor)
		p.RequestedAt, p.EndedAt = requested.Time, ended.Ptr()
		last[ticket] = p
		return struct{}{}, err
	}, `SELECT v.ticket_id, v.state, v.answer, v.requested_at, v.ended_at, v.execution_id, COALESCE(x.problem, ''), e.sponsor_id FROM removals v
		LEFT JOIN executions e ON e.id = v.execution_id
		LEFT JOIN execution_rows x ON x.execution_id = v.execution_id AND x.row_number = v.row_number AND x.outcome = 'REFUSED'
		WHERE `+db.Among(c, "v.ticket_id", "$1")+" ORDER BY v.id", string(list))
	if err != nil {
		return nil, fmt.Errorf("read removals of tickets: %w", err)
	}
	return last, nil
}
