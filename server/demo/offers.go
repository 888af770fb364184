package demo

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"

	"github.com/google/uuid"

	"gradin/server/db"
	"gradin/server/oid"
)

// offers are what makes tickets wait for somebody's answer: their guests pass
// them on to other guests, who have a mail with an offer (WA-3).
func (l *lives) offers(ctx context.Context) error {
	type offer struct {
		ID     uuid.UUID `json:"id"`
		Mail   uuid.UUID `json:"mail_id"`
		Ticket uuid.UUID `json:"ticket_id"`
	}
	all, err := db.Select(ctx, l.tx, func(r *sql.Rows) (offer, error) {
		o := offer{ID: l.seeder.id(oid.PassOn), Mail: l.seeder.id(oid.Mail)}
		return o, r.Scan(&o.Ticket)
	}, "SELECT id FROM tickets WHERE organisation_id = $1::uuid AND location = 'TRANSFER_PENDING' AND live ORDER BY number", l.id)
	if err != nil || len(all) == 0 {
		return err
	}
	list, err := json.Marshal(all)
	if err != nil {
		return err
	}
	from := db.Source(l.tx, "$1", "n", db.Column{Name: "id", Type: "uuid"}, db.Column{Name: "mail_id", Type: "uuid"}, db.Column{Name: "ticket_id", Type: "uuid"})
	now := db.Moment(l.now)
	if _, err := l.tx.Exec(ctx, `INSERT INTO pass_ons (id, organisation_id, created_at, ticket_id, giver_id, recipient_id, point_of_sale_id, link_id,
		giver_name, email, email_key, first_name, last_name, state, expires_at)
		SELECT n.id, t.organisation_id, $2::timestamptz, t.id, t.holder_id, c.id, a.id, l.id, l.first_name || ' ' || l.last_name,
			c.email, c.email_key, c.first_name, c.last_name, 'PENDING', CASE WHEN pe.starts_at < $3::timestamptz THEN pe.starts_at ELSE $3::timestamptz END
		FROM `+from+` JOIN tickets t ON t.id = n.ticket_id JOIN holder_links l ON l.ticket_id = t.id AND l.depth = t.depth AND l.closed_at IS NULL
		JOIN contacts c ON CAST(c.id AS text) = (SELECT min(CAST(x.id AS text)) FROM contacts x WHERE x.organisation_id = t.organisation_id
			AND x.public_key IS NOT NULL AND x.first_name <> '' AND x.id <> t.holder_id)
		JOIN point_of_sales a ON CAST(a.id AS text) = (SELECT min(CAST(s.id AS text)) FROM point_of_sales s WHERE s.organisation_id = t.organisation_id AND s.pass_on)
		LEFT JOIN performances pe ON pe.id = t.performance_id`, string(list), now, now.AddDate(0, 0, 3)); err != nil {
		return fmt.Errorf("offers of guests: %w", err)
	}
	_, err = l.tx.Exec(ctx, `INSERT INTO mails (id, organisation_id, created_at, ticket_id, pass_on_id, recipient_id, point_of_sale_id, giver_id, class, language,
		state, address, address_key, name)
		SELECT n.mail_id, p.organisation_id, p.created_at, p.ticket_id, p.id, p.recipient_id, p.point_of_sale_id, p.giver_id, 'TICKET_OFFERED', 'FR',
			'READY', p.email, p.email_key, p.first_name || ' ' || p.last_name FROM `+from+` JOIN pass_ons p ON p.id = n.id`, string(list))
	if err != nil {
		return fmt.Errorf("mails of offers: %w", err)
	}
	return nil
}
