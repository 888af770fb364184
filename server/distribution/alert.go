package distribution

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"

	"github.com/google/uuid"

	"gradin/server/db"
	"gradin/server/execution"
	"gradin/server/oid"
	"gradin/server/organisation"
	"gradin/server/term"
	"gradin/server/ticket"
)

// LeastDistributed is of how many tickets that reached a guest a share says
// something: below it, no alert is raised about a sponsor.
const LeastDistributed = 10

// excess is a threshold that a ticket, or a sponsor with a product, has passed.
type excess struct {
	ID          uuid.UUID      `json:"id"`
	Kind        term.AlertKind `json:"kind"`
	Ticket      *uuid.UUID     `json:"ticket_id"`
	Sponsor     uuid.UUID      `json:"sponsor_id"`
	Product     uuid.UUID      `json:"product_id"`
	Threshold   int            `json:"threshold"`
	Recovered   int            `json:"recovered"`
	Distributed int            `json:"distributed"`
}

var excessColumns = []db.Column{
	{Name: "id", Type: "uuid"}, {Name: "kind", Type: "text"}, {Name: "ticket_id", Type: "uuid"}, {Name: "sponsor_id", Type: "uuid"},
	{Name: "product_id", Type: "uuid"}, {Name: "threshold", Type: "bigint"}, {Name: "recovered", Type: "bigint"}, {Name: "distributed", Type: "bigint"},
}

// raiseAlerts tells the organiser, in the transaction that takes tickets back,
// which of them and which sponsors passed his thresholds by it (TB-7). Whoever
// passed one before is not told of again: an index says so. A mail goes with each
// alert that is new.
func (s *Service) raiseAlerts(ctx context.Context, tx *db.Tx, run *execution.Run, args []any) error {
	o, err := tx.Client.Organisation.Get(ctx, run.OrganisationID)
	if err != nil {
		return fmt.Errorf("read how take-backs are watched: %w", err)
	}
	var all []excess
	if o.TakeBackAlertAfter > 0 {
		if all, err = passedByTickets(ctx, tx, args, o.TakeBackAlertAfter); err != nil {
			return err
		}
	}
	if o.TakeBackAlertShare > 0 {
		more, err := passedBySponsors(ctx, tx, args, o.TakeBackAlertShare)
		if err != nil {
			return err
		}
		all = append(all, more...)
	}
	if len(all) == 0 {
		return nil
	}
	list, err := json.Marshal(all)
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `INSERT INTO take_back_alerts (id, organisation_id, kind, ticket_id, sponsor_id, product_id, execution_id, threshold, recovered, distributed, raised_at)
		SELECT n.id, $2::uuid, n.kind, n.ticket_id, n.sponsor_id, n.product_id, $3::uuid, n.threshold, n.recovered, n.distributed, $4::timestamptz
		FROM `+db.Source(tx, "$1", "n", excessColumns...)+` WHERE TRUE ON CONFLICT DO NOTHING`, string(list), run.OrganisationID, run.ID, db.Moment(s.now()))
	if err != nil {
		return fmt.Errorf("raise alerts: %w", err)
	}
	raised, err := db.Select(ctx, tx, scanUUID, "SELECT a.id FROM "+db.Source(tx, "$1", "n", excessColumns[0])+" JOIN take_back_alerts a ON a.id = n.id", string(list))
	if err != nil {
		return fmt.Errorf("find which alerts are new: %w", err)
	}
	return organisation.Tell(ctx, tx, organisation.News{Organisation: run.OrganisationID, Class: term.DocumentClassTakeBackAlert, About: raised, At: s.now()})
}

// recovering is the source of a chunk's tickets o that were taken back after
// download, with those that replace them.
const recovering = ` FROM execution_rows x JOIN tickets o ON o.id = x.ticket_id JOIN tickets n ON n.id = o.replaced_by_id
	WHERE ` + stretch + ` AND n.recoveries > o.recoveries`

func passedByTickets(ctx context.Context, tx *db.Tx, args []any, threshold int) ([]excess, error) {
	all, err := db.Select(ctx, tx, func(r *sql.Rows) (excess, error) {
		p := excess{ID: oid.New(oid.Alert), Kind: term.AlertKindTicket, Threshold: threshold, Ticket: &uuid.UUID{}}
		return p, r.Scan(p.Ticket, &p.Sponsor, &p.Product, &p.Recovered)
	}, "SELECT n.id, n.owner_id, n.product_id, n.recoveries"+recovering+" AND n.recoveries > $4::bigint ORDER BY n.id",
		append(append([]any(nil), args...), threshold)...)
	if err != nil {
		return nil, fmt.Errorf("find tickets taken back too often: %w", err)
	}
	return all, nil
}

// passedBySponsors compares, for each sponsor and product of the chunk, how many
// tickets were taken back after download with how many reached a guest. A ticket
// that was replaced counts as often as it was given.
func passedBySponsors(ctx context.Context, tx *db.Tx, args []any, threshold int) ([]excess, error) {
	all, err := db.Select(ctx, tx, func(r *sql.Rows) (excess, error) {
		p := excess{ID: oid.New(oid.Alert), Kind: term.AlertKindSponsor, Threshold: threshold}
		return p, r.Scan(&p.Sponsor, &p.Product, &p.Recovered, &p.Distributed)
	}, `SELECT c.owner_id, c.product_id, c.recovered, c.distributed FROM (
		SELECT o.owner_id, o.product_id, count(o.distributed_at) AS distributed,
			count(CASE WHEN o.dead_reason = '`+ReasonTakenBack+`' AND `+ticket.Fetched+` THEN 1 END) AS recovered
		FROM tickets o JOIN (SELECT DISTINCT o.owner_id, o.product_id`+recovering+`) w ON w.owner_id = o.owner_id AND w.product_id = o.product_id
		GROUP BY o.owner_id, o.product_id) c
		WHERE c.distributed >= $4::bigint AND c.recovered * 100 > c.distributed * $5::bigint ORDER BY c.owner_id, c.product_id`,
		append(append([]any(nil), args...), LeastDistributed, threshold)...)
	if err != nil {
		return nil, fmt.Errorf("find sponsors who take back too much: %w", err)
	}
	return all, nil
}
