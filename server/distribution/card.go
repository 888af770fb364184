package distribution

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"

	"github.com/google/uuid"

	"gradin/server/db"
	"gradin/server/ticket"
)

// child is a ticket that goes along with its season card.
type child struct {
	Ticket uuid.UUID `json:"ticket_id"`
	Holder uuid.UUID `json:"holder_id"`
	Email  string    `json:"email"`
	Key    string    `json:"email_key"`
	First  string    `json:"first_name"`
	Last   string    `json:"last_name"`
	Search string    `json:"search_key"`
	Fold   string    `json:"first_key"`
}

var childColumns = []db.Column{
	{Name: "ticket_id", Type: "uuid"}, {Name: "holder_id", Type: "uuid"},
	{Name: "email", Type: "text"}, {Name: "email_key", Type: "text"},
	{Name: "first_name", Type: "text"}, {Name: "last_name", Type: "text"},
	{Name: "search_key", Type: "text"}, {Name: "first_key", Type: "text"},
}

// withChildren adds to a chunk's gift what goes along with its season cards: the
// children that nobody holds and no row of the run names. They are locked and
// listed before anything moves, because afterwards they are held (D-3).
func withChildren(ctx context.Context, tx *db.Tx, g *ticket.Gift) error {
	query := `SELECT k.id, x.contact_id, x.email, x.email_key, x.first_name, x.last_name, x.search_key, x.first_key
		FROM execution_rows x JOIN tickets k ON k.parent_id = x.ticket_id
		WHERE ` + stretch + ` AND k.holder_id IS NULL AND k.live AND k.state <> 'CONTROLLED' AND NOT k.on_resale
		AND NOT EXISTS (SELECT 1 FROM execution_rows o
			WHERE o.execution_id = $1::uuid AND o.ticket_id = k.id AND o.outcome = 'DISTRIBUTE') ORDER BY k.id`
	if tx.Postgres() {
		query += " FOR NO KEY UPDATE OF k"
	}
	all, err := db.Select(ctx, tx, func(r *sql.Rows) (child, error) {
		var c child
		return c, r.Scan(&c.Ticket, &c.Holder, &c.Email, &c.Key, &c.First, &c.Last, &c.Search, &c.Fold)
	}, query, g.Args...)
	if err != nil {
		return fmt.Errorf("find the children of season cards: %w", err)
	}
	if len(all) == 0 {
		return nil
	}
	list, err := json.Marshal(all)
	if err != nil {
		return err
	}
	g.Args = append(append([]any(nil), g.Args...), string(list))
	g.Rows += ` UNION ALL SELECT ticket_id, holder_id, email, email_key, first_name, last_name, search_key, first_key FROM ` +
		db.Source(tx, fmt.Sprintf("$%d", len(g.Args)), "n", childColumns...)
	return nil
}
