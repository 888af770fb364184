package distribution

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"time"

	"github.com/google/uuid"

	"gradin/ent/pointofsale"
	"gradin/server/db"
	"gradin/server/oid"
	"gradin/server/term"
	"gradin/server/viewer"
)

// wanted is a time before the start at which a point of sale reminds its guests.
type wanted struct {
	PointOfSale  uuid.UUID `json:"point_of_sale_id"`
	Organisation uuid.UUID `json:"organisation_id"`
	Hours        int       `json:"hours"`
	// Until is the start of the last performance for which it is due.
	Until    string `json:"until"`
	Language string `json:"language"`
}

var wantedColumns = []db.Column{
	{Name: "point_of_sale_id", Type: "uuid"}, {Name: "organisation_id", Type: "uuid"}, {Name: "hours", Type: "bigint"},
	{Name: "until", Type: "timestamptz"}, {Name: "language", Type: "text"},
}

// RemindDue reminds guests at the times that points of sale set, and says how
// many reminders were due. Any process may do it, at any time: each reminder of a
// performance is in the store once, and what a sleeping process missed is due
// until the performance begins (ML-4).
func (s *Service) RemindDue(ctx context.Context) (int, error) {
	ctx = viewer.With(ctx, viewer.System("reminder"))
	due, err := s.dueReminders(ctx)
	if err != nil {
		return 0, err
	}
	sent := 0
	for _, n := range due {
		err := s.store.WithTx(ctx, func(ctx context.Context, tx *db.Tx) error {
			first, err := s.claimReminder(ctx, tx, n)
			if err != nil || !first {
				return err
			}
			sent++
			_, err = s.remind(ctx, tx, n, `t.performance_id = $1::uuid AND EXISTS (SELECT 1 FROM mails m WHERE m.execution_id = l.execution_id
				AND m.recipient_id = l.holder_id AND m.class = 'TICKET_ACKNOWLEDGEMENT' AND m.point_of_sale_id = $2::uuid)`, n.performance, n.pointOfSale)
			return err
		})
		if err != nil {
			return sent, err
		}
	}
	return sent, nil
}

// claimReminder locks the point of sale and looks whether another process was
// faster; the unique index would refuse a second one in any case.
func (s *Service) claimReminder(ctx context.Context, tx *db.Tx, n reminder) (bool, error) {
	if tx.Postgres() {
		if _, err := tx.Exec(ctx, "SELECT id FROM point_of_sales WHERE id = $1::uuid FOR NO KEY UPDATE", n.pointOfSale); err != nil {
			return false, fmt.Errorf("lock point of sale: %w", err)
		}
	}
	n2, err := db.Get[int](ctx, tx, `SELECT count(*) FROM reminders WHERE point_of_sale_id = $1::uuid AND performance_id = $2::uuid AND hours = $3::bigint`,
		n.pointOfSale, n.performance, *n.hours)
	if err != nil {
		return false, fmt.Errorf("look for a reminder: %w", err)
	}
	return n2 == 0, nil
}

// dueReminders finds what is due and not done, in two queries.
func (s *Service) dueReminders(ctx context.Context) ([]reminder, error) {
	points, err := s.store.Client.PointOfSale.Query().Where(pointofsale.Active(true), pointofsale.RemindHoursNotNil()).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read points of sale: %w", err)
	}
	now := db.Moment(s.now())
	var all []wanted
	for _, p := range points {
		for _, hours := range p.RemindHours {
			until := now.Add(time.Duration(hours) * time.Hour)
			all = append(all, wanted{p.ID, p.OrganisationID, hours, until.Format("2006-01-02 15:04:05.999999999-07:00"), string(p.Language)})
		}
	}
	if len(all) == 0 {
		return nil, nil
	}
	list, err := json.Marshal(all)
	if err != nil {
		return nil, err
	}
	due, err := db.Select(ctx, s.store, func(r *sql.Rows) (reminder, error) {
		n := reminder{id: oid.New(oid.Reminder)}
		var hours int
		var language string
		err := r.Scan(&n.pointOfSale, &n.organisation, &hours, &language, &n.performance)
		n.hours, n.language = &hours, term.Language(language)
		return n, err
	}, `SELECT d.point_of_sale_id, d.organisation_id, d.hours, d.language, pe.id FROM `+db.Source(s.store, "$1", "d", wantedColumns...)+`
		JOIN performances pe ON pe.organisation_id = d.organisation_id AND pe.starts_at > $2::timestamptz AND pe.starts_at <= d.until
		WHERE NOT EXISTS (SELECT 1 FROM reminders r WHERE r.point_of_sale_id = d.point_of_sale_id AND r.performance_id = pe.id AND r.hours = d.hours)
		ORDER BY pe.starts_at, pe.id, d.hours`, string(list), now)
	if err != nil {
		return nil, fmt.Errorf("find reminders that are due: %w", err)
	}
	return due, nil
}
