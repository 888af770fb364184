// Package check proves over a whole store that its rules hold: that each
// ticket's present follows from its history (D-3), that no seat and no capacity
// is sold twice (D-4, D-5), that every guest of a run has one mail (DI-8), and
// that nobody altered the audit log (AC-5). It reads and never mends.
package check

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/google/uuid"

	"gradin/server/audit"
	"gradin/server/db"
)

// Finding is a rule and how often it is broken.
type Finding struct {
	// Rule is its number, What says in words what was looked for.
	Rule, What string
	Broken     int
	// Sample names one thing that breaks it.
	Sample string
}

// rule is a query that gives a row for each thing that breaks it, named in its
// only column.
type rule struct{ number, what, query string }

var rules = []rule{
	{"D-3", "each ticket has one history entry per version", `SELECT 'ticket ' || t.number FROM tickets t
		LEFT JOIN (SELECT ticket_id, count(*) AS many, max(version) AS last FROM history_entries GROUP BY ticket_id) h ON h.ticket_id = t.id
		WHERE COALESCE(h.many, 0) <> t.version OR h.last <> t.version`},
	{"D-3", "each ticket's holder, state and location are those of its last history entry", `SELECT 'ticket ' || t.number
		FROM tickets t JOIN history_entries h ON h.ticket_id = t.id AND h.version = t.version
		WHERE h.state <> t.state OR h.location <> t.location
		OR COALESCE(CAST(h.to_holder_id AS text), '') <> COALESCE(CAST(t.holder_id AS text), '')`},
	{"D-3", "each history entry belongs to a ticket", `SELECT 'entry ' || h.id FROM history_entries h
		LEFT JOIN tickets t ON t.id = h.ticket_id WHERE t.id IS NULL`},
	{"DI-6", "the last open link of each ticket's chain is its holder", `SELECT 'ticket ' || t.number FROM tickets t
		LEFT JOIN holder_links l ON l.ticket_id = t.id AND l.depth = t.depth AND l.closed_at IS NULL
		WHERE COALESCE(CAST(l.holder_id AS text), '') <> COALESCE(CAST(t.holder_id AS text), '')`},
	{"DI-6", "the open links of each chain are numbered without gaps", `SELECT 'ticket ' || t.number FROM tickets t
		JOIN (SELECT ticket_id, count(*) AS many, max(depth) AS deepest FROM holder_links WHERE closed_at IS NULL GROUP BY ticket_id) l ON l.ticket_id = t.id
		WHERE l.many <> t.depth OR l.deepest <> t.depth`},
	{"D-2", "what was sent is printed", `SELECT 'ticket ' || number FROM tickets WHERE location <> 'NONE' AND state = 'NOT_PRINTED'`},
	{"D-4", "no seat has two live tickets of a performance", `SELECT 'seat ' || CAST(seat_id AS text) FROM tickets
		WHERE state NOT IN ('CANCELLED', 'INVALIDATED') AND seat_id IS NOT NULL AND performance_id IS NOT NULL
		GROUP BY performance_id, seat_id HAVING count(*) > 1`},
	{"D-5", "no capacity is exceeded, and each counts its live tickets", `SELECT 'capacity ' || CAST(c.id AS text) FROM capacities c
		LEFT JOIN (SELECT capacity_id, count(*) AS many FROM tickets WHERE state NOT IN ('CANCELLED', 'INVALIDATED') GROUP BY capacity_id) t ON t.capacity_id = c.id
		WHERE c.taken <> COALESCE(t.many, 0) OR c.taken + c.held > c.size`},
	{"D-6", "no barcode was used twice", `SELECT 'ticket ' || min(number) FROM tickets GROUP BY barcode HAVING count(*) > 1`},
	{"D-7", "replaced and replacing tickets name each other", `SELECT 'ticket ' || o.number FROM tickets o
		LEFT JOIN tickets n ON n.id = o.replaced_by_id WHERE o.replaced_by_id IS NOT NULL AND (n.id IS NULL OR n.replaces_id <> o.id OR o.live)`},
	{"D-11", "the last word of the access list on each ticket is what the ticket is", `SELECT 'ticket ' || t.number FROM tickets t
		LEFT JOIN (SELECT ticket_id, max(id) AS id FROM access_changes GROUP BY ticket_id) l ON l.ticket_id = t.id
		LEFT JOIN access_changes c ON c.id = l.id
		LEFT JOIN access_changes r ON r.replaces_id = t.id
		WHERE CASE WHEN t.state IN ('NOT_PRINTED', 'PRINTED') AND t.location NOT IN ('TRANSFER_PENDING', 'DELETION_PENDING', 'DELETED')
			THEN 1 ELSE 0 END <> CASE WHEN r.id IS NOT NULL AND r.id > c.id THEN 0 WHEN c.valid THEN 1 WHEN NOT c.valid THEN 0 ELSE 2 END`},
	{"D-11", "who was let in has used his ticket", `SELECT 'entry ' || CAST(e.id AS text) FROM entry_records e
		LEFT JOIN tickets t ON t.id = e.ticket_id WHERE e.result = 'ADMITTED' AND (t.id IS NULL OR t.state <> 'CONTROLLED')`},
	{"WA-3", "a ticket is being passed on while somebody is offered it, and only then", `SELECT 'ticket ' || t.number FROM tickets t
		WHERE t.live AND CASE WHEN t.location = 'TRANSFER_PENDING' AND t.wallet_id IS NULL THEN 1 ELSE 0 END <> CASE WHEN t.wallet_id IS NULL AND EXISTS (
			SELECT 1 FROM pass_ons p WHERE p.state = 'PENDING' AND p.giver_id = t.holder_id AND p.ticket_id = t.id) THEN 1
			WHEN t.location = 'TRANSFER_PENDING' AND EXISTS (SELECT 1 FROM pass_ons p WHERE p.state = 'PENDING' AND p.giver_id = t.holder_id AND p.ticket_id = t.parent_id) THEN 1 ELSE 0 END`},
	{"WA-3", "each ended offer names when, and an accepted one who has it", `SELECT 'offer ' || CAST(p.id AS text) FROM pass_ons p
		WHERE (p.state = 'PENDING') <> (p.closed_at IS NULL) OR p.state = 'ACCEPTED' AND NOT EXISTS (
			SELECT 1 FROM holder_links l WHERE l.pass_on_id = p.id AND l.holder_id = p.recipient_id)`},
	{"DI-4", "each row carried out has one history entry of its run", `SELECT 'execution ' || e.number || ' row ' || r.row_number
		FROM execution_rows r JOIN executions e ON e.id = r.execution_id
		LEFT JOIN (SELECT execution_id, ticket_id, count(*) AS many FROM history_entries
			WHERE event IN ('DISTRIBUTED', 'REDISTRIBUTED', 'TAKEN_BACK') AND execution_id IS NOT NULL GROUP BY execution_id, ticket_id) h
			ON h.execution_id = r.execution_id AND h.ticket_id = r.ticket_id
		WHERE r.outcome IN ('DISTRIBUTE', 'REDISTRIBUTE', 'TAKE_BACK') AND r.row_number <= e.applied_row
		AND (r.removal IS NULL OR r.removal = 'DONE') AND COALESCE(h.many, 0) <> 1`},
	{"DI-4", "each ended execution's counts are those of its rows", `SELECT 'execution ' || e.number FROM executions e
		LEFT JOIN (SELECT x.execution_id, count(CASE WHEN x.outcome IN ('DISTRIBUTE', 'REDISTRIBUTE', 'TAKE_BACK') AND x.row_number <= y.applied_row
				AND (x.removal IS NULL OR x.removal = 'DONE') THEN 1 END) AS applied,
			count(CASE WHEN x.removal = 'REQUESTED' THEN 1 END) AS waiting, count(*) AS many FROM execution_rows x JOIN executions y ON y.id = x.execution_id GROUP BY x.execution_id) r ON r.execution_id = e.id
		WHERE e.state = 'DONE' AND (e.distributed + e.redistributed + e.taken_back <> COALESCE(r.applied, 0) OR e.rows <> COALESCE(r.many, 0)
			OR e.waiting <> COALESCE(r.waiting, 0))`},
	{"DI-8", "each recipient of a run has exactly one mail", `SELECT 'execution ' || e.number FROM executions e
		JOIN (SELECT x.execution_id, x.contact_id FROM execution_rows x JOIN executions y ON y.id = x.execution_id
			WHERE x.outcome IN ('DISTRIBUTE', 'REDISTRIBUTE') AND x.row_number <= y.applied_row
			AND (x.removal IS NULL OR x.removal = 'DONE') GROUP BY x.execution_id, x.contact_id) r ON r.execution_id = e.id
		LEFT JOIN (SELECT execution_id, recipient_id, count(*) AS many FROM mails WHERE class = 'TICKET_ACKNOWLEDGEMENT'
			GROUP BY execution_id, recipient_id) m ON m.execution_id = r.execution_id AND m.recipient_id = r.contact_id
		WHERE COALESCE(m.many, 0) <> 1`},
	{"ML-2", "no mail of an ended execution is held back", `SELECT 'mail ' || CAST(m.id AS text) FROM mails m
		JOIN executions e ON e.id = m.execution_id WHERE m.state = 'HELD' AND e.ended_at IS NOT NULL`},
	{"TB-4", "tickets are blocked for a removal as long as it is open", `SELECT 'ticket ' || t.number FROM tickets t
		LEFT JOIN removals v ON v.ticket_id = t.id AND v.ended_at IS NULL
		WHERE CASE WHEN t.location = 'DELETION_PENDING' THEN 1 ELSE 0 END <> CASE WHEN v.id IS NULL THEN 0 ELSE 1 END
		OR v.id IS NOT NULL AND v.version <> t.version`},
	{"TB-4", "each removal stands where its row says", `SELECT 'removal ' || CAST(v.id AS text) FROM removals v
		LEFT JOIN execution_rows x ON x.execution_id = v.execution_id AND x.row_number = v.row_number
		WHERE COALESCE(x.removal, '') <> v.state OR (v.state = 'REQUESTED') <> (v.ended_at IS NULL)`},
	{"IF-4", "no ended execution holds a lease", `SELECT 'execution ' || number FROM executions WHERE ended_at IS NOT NULL AND lease_until IS NOT NULL`},
}

// All proves every rule and gives a finding for each, kept or broken.
func All(ctx context.Context, c db.Conn) ([]Finding, error) {
	findings := make([]Finding, 0, len(rules)+1)
	for _, r := range rules {
		f, err := prove(ctx, c, r)
		if err != nil {
			return findings, fmt.Errorf("check %s (%s): %w", r.number, r.what, err)
		}
		findings = append(findings, f)
	}
	f, err := chains(ctx, c)
	return append(findings, f), err
}

func prove(ctx context.Context, c db.Conn, r rule) (Finding, error) {
	f := Finding{Rule: r.number, What: r.what}
	rows, err := db.Select(ctx, c, func(s *sql.Rows) (Finding, error) {
		var n int
		var sample sql.NullString
		err := s.Scan(&n, &sample)
		return Finding{Broken: n, Sample: sample.String}, err
	}, "WITH broken(sample) AS ("+r.query+") SELECT count(*), min(sample) FROM broken")
	if err != nil {
		return f, err
	}
	f.Broken, f.Sample = rows[0].Broken, rows[0].Sample
	return f, nil
}

func chains(ctx context.Context, c db.Conn) (Finding, error) {
	f := Finding{Rule: "AC-5", What: "nobody altered the audit log"}
	organisations, err := db.Select(ctx, c, func(s *sql.Rows) (uuid.UUID, error) {
		var id uuid.UUID
		return id, s.Scan(&id)
	}, "SELECT id FROM organisations ORDER BY id")
	if err != nil {
		return f, err
	}
	// Failed sign-ins with unknown addresses belong to no organisation.
	for _, id := range append(organisations, uuid.Nil) {
		if _, err := audit.Verify(ctx, c, id); errors.Is(err, audit.ErrBroken) {
			f.Broken++
			f.Sample = err.Error()
		} else if err != nil {
			return f, err
		}
	}
	return f, nil
}
