package distribution

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"

	"github.com/google/uuid"

	"gradin/server/contact"
	"gradin/server/db"
	"gradin/server/execution"
	"gradin/server/oid"
	"gradin/server/term"
	"gradin/server/ticket"
)

// notice is a mail that tells somebody that tickets were taken back from him.
type notice struct {
	ID      uuid.UUID `json:"id"`
	To      uuid.UUID `json:"recipient_id"`
	Address string    `json:"address"`
	Key     string    `json:"address_key"`
	Name    string    `json:"name"`
}

var noticeColumns = []db.Column{
	{Name: "id", Type: "uuid"}, {Name: "recipient_id", Type: "uuid"}, {Name: "address", Type: "text"},
	{Name: "address_key", Type: "text"}, {Name: "name", Type: "text"},
}

// writeNotices writes one mail to each who lost tickets in this chunk and may
// know of them: his ticket had left the house, or a mail about it had (ML-1).
// Who lost others in an earlier chunk has his mail already.
func (s *Service) writeNotices(ctx context.Context, tx *db.Tx, run *execution.Run, losers []notice) (int64, error) {
	if len(losers) == 0 {
		return 0, nil
	}
	at, err := s.pointOfSale(ctx, tx, run)
	if err != nil || at != nil && !at.TellTakenBack {
		return 0, err
	}
	language := term.LanguageEn
	if at != nil {
		language = at.Language
	}
	list, err := json.Marshal(losers)
	if err != nil {
		return 0, err
	}
	n, err := tx.Exec(ctx, `INSERT INTO mails (id, organisation_id, created_at, execution_id, recipient_id, point_of_sale_id,
		giver_id, class, language, state, address, address_key, name)
		SELECT n.id, $2::uuid, $3::timestamptz, $4::uuid, n.recipient_id, $5::uuid, $6::uuid, 'TICKET_TAKEN_BACK',
			COALESCE(c.language, $7::text), 'HELD', n.address, n.address_key, n.name
		FROM `+db.Source(tx, "$1", "n", noticeColumns...)+` JOIN contacts c ON c.id = n.recipient_id
		WHERE n.address <> '' ON CONFLICT DO NOTHING`,
		string(list), run.OrganisationID, db.Moment(s.now()), run.ID, none(run.PointOfSaleID), none(run.SponsorID), string(language))
	if err != nil {
		return 0, fmt.Errorf("write notices: %w", err)
	}
	return n, nil
}

// losers are the last holders of the tickets that are about to move, once each.
// They are found before the move: afterwards their links are closed, and only
// open ones have an index by ticket.
func losers(ctx context.Context, tx *db.Tx, h ticket.Handover) ([]notice, error) {
	if h.First {
		return nil, nil
	}
	all, err := db.Select(ctx, tx, func(r *sql.Rows) (notice, error) {
		n := notice{ID: oid.New(oid.Mail)}
		err := r.Scan(&n.To, &n.Address, &n.Name)
		n.Key = contact.Key(n.Address)
		return n, err
	}, `SELECT l.holder_id, min(l.email), min(l.first_name || ' ' || l.last_name)
		FROM (`+h.Rows+`) r JOIN tickets t ON t.id = r.ticket_id
		JOIN holder_links l ON l.ticket_id = t.id AND l.depth = t.depth AND l.closed_at IS NULL
		WHERE t.depth > r.keep AND (t.location <> 'NONE' OR EXISTS (SELECT 1 FROM mails m WHERE m.recipient_id = l.holder_id
			AND m.execution_id = l.execution_id AND m.state IN ('SENDING', 'SENT', 'IN_DOUBT')))
		GROUP BY l.holder_id`, h.Args...)
	if err != nil {
		return nil, fmt.Errorf("find who loses tickets: %w", err)
	}
	return all, nil
}
