package mail

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/google/uuid"

	"gradin/server/db"
	"gradin/server/document"
	"gradin/server/oid"
	"gradin/server/term"
)

// loadMatters fills in what the organiser is told of, a query a class (TB-7).
func loadMatters(ctx context.Context, c db.Conn, briefs []*brief) error {
	for class, read := range map[term.DocumentClass]func(context.Context, db.Conn, map[uuid.UUID]*brief, []any) error{
		term.DocumentClassTakeBackAlert: readAlerts, term.DocumentClassApprovalAwaited: readWaiting,
	} {
		byID, args := map[uuid.UUID]*brief{}, []any{}
		for _, b := range briefs {
			if b.class == class {
				b.matter = &document.Matter{}
				byID[b.id], args = b, append(args, b.id)
			}
		}
		if len(args) == 0 {
			continue
		}
		if err := read(ctx, c, byID, args); err != nil {
			return fmt.Errorf("load what the organiser is told of: %w", err)
		}
	}
	return nil
}

func readAlerts(ctx context.Context, c db.Conn, byID map[uuid.UUID]*brief, args []any) error {
	for _, b := range byID {
		b.path = "/o/alerts"
	}
	_, err := db.Select(ctx, c, func(r *sql.Rows) (struct{}, error) {
		var id uuid.UUID
		var m document.Matter
		err := r.Scan(&id, &m.Sponsor, &m.Product, &m.Performance, &m.Ticket, &m.Threshold, &m.Recovered, &m.Distributed)
		if b := byID[id]; b != nil {
			*b.matter = m
		}
		return struct{}{}, err
	}, `SELECT m.id, s.name, p.name, COALESCE(d.name, ''), COALESCE(t.number, 0), a.threshold, a.recovered, a.distributed
		FROM mails m JOIN take_back_alerts a ON a.id = m.about_id AND a.organisation_id = m.organisation_id
		JOIN contacts s ON s.id = a.sponsor_id JOIN products p ON p.id = a.product_id
		LEFT JOIN tickets t ON t.id = a.ticket_id LEFT JOIN performances d ON d.id = t.performance_id
		WHERE m.id IN `+placeholders(1, len(args)), args...)
	return err
}

func readWaiting(ctx context.Context, c db.Conn, byID map[uuid.UUID]*brief, args []any) error {
	_, err := db.Select(ctx, c, func(r *sql.Rows) (struct{}, error) {
		var id, run uuid.UUID
		var m document.Matter
		err := r.Scan(&id, &run, &m.Run, &m.Waiting, &m.By, &m.Reason, &m.Sponsor)
		if b := byID[id]; b != nil {
			*b.matter, b.path = m, "/o/executions/"+oid.Encode(run)
		}
		return struct{}{}, err
	}, `SELECT m.id, e.id, e.number, e.plan_approvals, e.user_name, e.reason, COALESCE(s.name, '')
		FROM mails m JOIN executions e ON e.id = m.about_id AND e.organisation_id = m.organisation_id
		LEFT JOIN contacts s ON s.id = e.sponsor_id WHERE m.id IN `+placeholders(1, len(args)), args...)
	return err
}
