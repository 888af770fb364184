package distribution

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"time"

	"github.com/google/uuid"

	"gradin/server/db"
	"gradin/server/execution"
	"gradin/server/reclaim"
	"gradin/server/ticket"
	"gradin/server/wallet"
)

// child is a ticket that goes along with its season card.
type child struct {
	Ticket uuid.UUID  `json:"ticket_id"`
	Keep   int        `json:"keep"`
	Holder *uuid.UUID `json:"holder_id"`
	Email  string     `json:"email"`
	Key    string     `json:"email_key"`
	First  string     `json:"first_name"`
	Last   string     `json:"last_name"`
	Search string     `json:"search_key"`
	Fold   string     `json:"first_key"`
	Fields string     `json:"fields"`
	Event  string     `json:"event"`
}

var childColumns = []db.Column{
	{Name: "ticket_id", Type: "uuid"}, {Name: "keep", Type: "bigint"}, {Name: "holder_id", Type: "uuid"},
	{Name: "email", Type: "text"}, {Name: "email_key", Type: "text"},
	{Name: "first_name", Type: "text"}, {Name: "last_name", Type: "text"},
	{Name: "search_key", Type: "text"}, {Name: "first_key", Type: "text"},
	{Name: "fields", Type: "text"}, {Name: "event", Type: "text"},
}

// withChildren adds to a chunk what goes along with its season cards: the
// children that are in the same hand as the card and that no row of the run
// names. Where somebody has them, the rule of take-back is asked again, so that
// a child that he fetched meanwhile stays with him, and so does one that lies in
// an outside wallet by itself. They are locked and listed
// before anything moves, because afterwards they are held (D-3).
func (s *Service) withChildren(ctx context.Context, tx *db.Tx, run *execution.Run, c chunk, h *ticket.Handover) error {
	if c.finds.cards == 0 {
		return nil // as for most chunks
	}
	rules, err := s.takeBackRules(ctx, run.Execution)
	if err != nil {
		return err
	}
	all, err := s.children(ctx, tx, run, rules, h.Args)
	if err != nil || len(all) == 0 {
		return err
	}
	list, err := json.Marshal(all)
	if err != nil {
		return err
	}
	h.Count, h.Unseen = h.Count+len(all), false
	h.Args = append(append([]any(nil), h.Args...), string(list))
	h.Rows += ` UNION ALL SELECT ticket_id, keep, holder_id, email, email_key, first_name, last_name, search_key, first_key, fields, event FROM ` +
		db.Source(tx, fmt.Sprintf("$%d", len(h.Args)), "n", childColumns...)
	return nil
}

func (s *Service) children(ctx context.Context, tx *db.Tx, run *execution.Run, rules reclaim.Rules, args []any) ([]child, error) {
	keep := func(t string) string {
		return "COALESCE((SELECT max(l.depth) FROM holder_links l WHERE l.ticket_id = " + t + ".id AND l.holder_id = $4::uuid AND l.closed_at IS NULL), 0)"
	}
	all := append(append([]any(nil), args...), party(run.Execution))
	at := reclaim.Terms{Keep: keep, At: func(t time.Time) string {
		all = append(all, t)
		return fmt.Sprintf("$%d::timestamptz", len(all))
	}}
	query := `SELECT c.id, ` + keep("c") + `, x.contact_id, x.email, x.email_key, x.first_name, x.last_name, x.search_key, x.first_key, x.fields,
		CASE x.outcome WHEN 'DISTRIBUTE' THEN 'DISTRIBUTED' WHEN 'REDISTRIBUTE' THEN 'REDISTRIBUTED' ELSE 'TAKEN_BACK' END
		FROM execution_rows x JOIN tickets t ON t.id = x.ticket_id JOIN tickets c ON c.parent_id = t.id
		WHERE ` + stretch + ` AND c.live AND c.state <> 'CONTROLLED' AND NOT c.on_resale AND NOT ` + wallet.Outside("c") + `
		AND (c.holder_id = t.holder_id OR c.holder_id IS NULL AND t.holder_id IS NULL)
		AND (x.outcome = 'DISTRIBUTE' OR ` + rules.Child("c", at) + `)
		AND NOT EXISTS (SELECT 1 FROM execution_rows o
			WHERE o.execution_id = $1::uuid AND o.ticket_id = c.id AND o.outcome IN ('DISTRIBUTE', 'REDISTRIBUTE', 'TAKE_BACK')) ORDER BY c.id`
	if tx.Postgres() {
		query += " FOR NO KEY UPDATE OF c"
	}
	along, err := db.Select(ctx, tx, func(r *sql.Rows) (child, error) {
		var c child
		return c, r.Scan(&c.Ticket, &c.Keep, &c.Holder, &c.Email, &c.Key, &c.First, &c.Last, &c.Search, &c.Fold, &c.Fields, &c.Event)
	}, query, all...)
	if err != nil {
		return nil, fmt.Errorf("find the children of season cards: %w", err)
	}
	return along, nil
}
