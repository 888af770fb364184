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
// know of them: his ticket had left the house, or a mail about it had, or he had
// given it on (ML-1). Who lost others in an earlier chunk has his mail already.
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

// losers are those whose links of a chain end with the tickets that are about to
// move, once each: the last holder, and whoever had given the ticket on to him
// and can no longer get it back. Nobody is told who the others are. They are found
// before the move: afterwards their links are closed, and only open ones have an
// index by ticket.
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
		JOIN holder_links l ON l.ticket_id = t.id AND l.depth > r.keep AND l.closed_at IS NULL
		WHERE (r.holder_id IS NULL OR r.holder_id <> l.holder_id) AND (l.depth < t.depth OR t.location <> 'NONE' OR EXISTS (
			SELECT 1 FROM mails m WHERE m.recipient_id = l.holder_id AND m.execution_id = l.execution_id AND m.state IN ('SENDING', 'SENT', 'IN_DOUBT')))
		GROUP BY l.holder_id`, h.Args...)
	if err != nil {
		return nil, fmt.Errorf("find who loses tickets: %w", err)
	}
	return all, nil
}

// between is a ticket that is to move although others than its last holder stand
// between him and the sender; To is who gets it.
type between struct {
	Ticket uuid.UUID  `json:"ticket_id"`
	Keep   int        `json:"keep"`
	Depth  int        `json:"depth"`
	To     *uuid.UUID `json:"holder_id"`
}

var betweenColumns = []db.Column{
	{Name: "ticket_id", Type: "uuid"}, {Name: "keep", Type: "bigint"}, {Name: "depth", Type: "bigint"}, {Name: "holder_id", Type: "uuid"},
}

// noticed counts who would learn by mail that he loses a ticket (ML-1): whoever
// may have seen it, or had given it on.
func (st *stager) noticed(ctx context.Context, tx *db.Tx, decisions []Decision) (int, error) {
	before := len(st.told)
	if st.told == nil {
		st.told = map[uuid.UUID]bool{}
	}
	var deep []between
	for _, d := range decisions {
		if d.Outcome != term.OutcomeTakeBack && d.Outcome != term.OutcomeRedistribute {
			continue
		}
		if d.Ticket.Left() {
			st.told[d.Ticket.Holder] = true
		}
		if d.Ticket.Depth > d.Ticket.Keep+1 {
			b := between{Ticket: d.Ticket.ID, Keep: d.Ticket.Keep, Depth: d.Ticket.Depth}
			if d.Guest != nil {
				b.To = &d.Guest.Contact
			}
			deep = append(deep, b)
		}
	}
	if len(deep) == 0 {
		return len(st.told) - before, nil
	}
	list, err := json.Marshal(deep)
	if err != nil {
		return 0, err
	}
	middle, err := db.Select(ctx, tx, scanUUID, `SELECT DISTINCT l.holder_id FROM `+db.Source(tx, "$1", "n", betweenColumns...)+`
		JOIN holder_links l ON l.ticket_id = n.ticket_id AND l.depth > n.keep AND l.depth < n.depth AND l.closed_at IS NULL
		WHERE n.holder_id IS NULL OR n.holder_id <> l.holder_id`, string(list))
	if err != nil {
		return 0, fmt.Errorf("find who gave tickets on: %w", err)
	}
	for _, id := range middle {
		st.told[id] = true
	}
	return len(st.told) - before, nil
}
