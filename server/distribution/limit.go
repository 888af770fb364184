package distribution

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"

	"github.com/google/uuid"

	"gradin/server/contact"
	"gradin/server/db"
	"gradin/server/ticket"
)

// limit is a guest, known or new, and what his tickets are counted for: a
// performance, or the product where there is none (DI-10).
type limit struct {
	guest uuid.UUID
	key   string
	of    uuid.UUID
}

func limitOf(t ticket.Facts, key string, known uuid.UUID) limit {
	l := limit{guest: known, of: t.Performance}
	if l.of == uuid.Nil {
		l.of = t.Product
	}
	if known == uuid.Nil {
		l.key = key
	}
	return l
}

// room says whether the guest may have one more, and counts it.
func (p *Planner) room(t ticket.Facts, key string, known uuid.UUID) bool {
	if t.GuestLimit == nil {
		return true
	}
	l := limitOf(t, key, known)
	if p.limits[l] >= *t.GuestLimit {
		return false
	}
	p.limits[l]++
	return true
}

// remember tells the planner what known guests have already, over all orders
// and sponsors. What was counted before stays.
func (p *Planner) remember(had map[limit]int) {
	for l, n := range had {
		if _, counted := p.limits[l]; !counted {
			p.limits[l] = n
		}
	}
}

// had counts what the known guests of a batch have of limited products.
func (st *stager) had(ctx context.Context, facts func(Move) *ticket.Facts, known map[string]contact.Known) (map[limit]int, error) {
	guests, limited := map[uuid.UUID]bool{}, false
	for _, m := range st.batch {
		if t := facts(m); t != nil && t.GuestLimit != nil {
			limited = true
			if k := known[contact.Key(m.Email)]; k.ID != uuid.Nil {
				guests[k.ID] = true
			}
		}
	}
	if !limited || len(guests) == 0 {
		return nil, nil
	}
	ids := make([]uuid.UUID, 0, len(guests))
	for id := range guests {
		ids = append(ids, id)
	}
	list, err := json.Marshal(ids)
	if err != nil {
		return nil, err
	}
	counted := map[limit]int{}
	_, err = db.Select(ctx, st.service.store, func(r *sql.Rows) (struct{}, error) {
		var l limit
		var n int
		err := r.Scan(&l.guest, &l.of, &n)
		counted[l] = n
		return struct{}{}, err
	}, `SELECT t.holder_id, COALESCE(t.performance_id, t.product_id), count(*) FROM tickets t
		JOIN products p ON p.id = t.product_id LEFT JOIN performances pe ON pe.id = t.performance_id
		WHERE COALESCE(pe.guest_limit, p.guest_limit) IS NOT NULL AND t.organisation_id = $2::uuid AND t.live AND `+db.Among(st.service.store, "t.holder_id", "$1")+`
		GROUP BY t.holder_id, COALESCE(t.performance_id, t.product_id)`, string(list), st.scope.Organisation)
	if err != nil {
		return nil, fmt.Errorf("count what guests have: %w", err)
	}
	return counted, nil
}

// What becomes of a row whose guest has enough: it is refused; or, when its
// ticket has left the wallet of the former guest already, it returns to the taker.
const (
	refuses = `outcome = 'REFUSED', reason = 'GUEST_LIMIT', problem = '{"code":"GUEST_LIMIT","field":"email"}'`
	returns = `outcome = 'TAKE_BACK', contact_id = NULL, contact_new = FALSE, mail_id = NULL, warnings = '[{"code":"GUEST_LIMIT","field":"email"}]'`
)

// markFull changes the rows of a chunk whose guests got others meanwhile. The
// guests are locked first, so that two runs do not both give the last one.
func markFull(ctx context.Context, tx *db.Tx, args []any, set string) (int64, error) {
	const limited = ` JOIN tickets t ON t.id = x.ticket_id JOIN products p ON p.id = t.product_id
		LEFT JOIN performances pe ON pe.id = t.performance_id
		WHERE COALESCE(pe.guest_limit, p.guest_limit) IS NOT NULL AND x.outcome <> 'TAKE_BACK' AND ` + stretch
	if err := linkContacts(ctx, tx, args); err != nil {
		return 0, err // somebody else may have made the guest since, and given him tickets
	}
	if tx.Postgres() {
		if _, err := tx.Exec(ctx, "SELECT c.id FROM contacts c WHERE c.id IN (SELECT x.contact_id FROM execution_rows x"+limited+
			") ORDER BY c.id FOR NO KEY UPDATE OF c", args...); err != nil {
			return 0, fmt.Errorf("lock guests: %w", err)
		}
	}
	n, err := tx.Exec(ctx, `UPDATE execution_rows SET `+set+` WHERE id IN (
		SELECT r.id FROM (SELECT x.id, x.contact_id, COALESCE(t.performance_id, t.product_id) AS of_id, COALESCE(pe.guest_limit, p.guest_limit) AS guest_limit,
			row_number() OVER (PARTITION BY x.contact_id, COALESCE(t.performance_id, t.product_id) ORDER BY x.row_number) AS nth
			FROM execution_rows x`+limited+`) r
		WHERE r.nth + (SELECT count(*) FROM tickets h WHERE h.holder_id = r.contact_id AND h.live
			AND COALESCE(h.performance_id, h.product_id) = r.of_id) > r.guest_limit)`, args...)
	if err != nil {
		return 0, fmt.Errorf("find guests who have enough: %w", err)
	}
	return n, nil
}
