package ticket

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/google/uuid"

	"gradin/server/db"
	"gradin/server/term"
)

// Happening is an entry of a ticket's history in the words of people.
type Happening struct {
	At              time.Time
	Event           term.HistoryEvent
	Via             term.HistoryVia
	From, To        string
	Actor           string
	ExecutionNumber int64
	Version         int64
}

// History reads what happened to a ticket, oldest first. The caller has made
// sure that the ticket is within the viewer's reach. Holders are named as their
// givers typed them.
func History(ctx context.Context, c conn, scope Scope, ticket uuid.UUID) ([]Happening, error) {
	type raw struct {
		Happening
		state    term.TicketState
		location term.DeliveryLocation
		holder   string
	}
	rows, err := db.Select(ctx, c, func(r *sql.Rows) (raw, error) {
		var h raw
		var at db.Time
		var first, last sql.NullString
		var execution sql.NullInt64
		var structure, person uuid.NullUUID
		var passedOn sql.NullBool
		err := r.Scan(&at, &h.Event, &h.Via, &h.Actor, &h.state, &h.location, &h.Version, &execution, &first, &last, &passedOn, &structure, &person)
		if !scope.Everything && structure.UUID != scope.Party && person.UUID != scope.Party {
			h.Actor = "" // somebody of another side: his name is not the viewer's business
		}
		if !scope.Everything && passedOn.Bool {
			first, last = sql.NullString{}, sql.NullString{} // to whom a guest gives his ticket is his business (WA-3)
		}
		h.At, h.ExecutionNumber, h.holder = at.Time, execution.Int64, fullName(first.String, last.String)
		return h, err
	}, `SELECT h.at, h.event, h.via, h.actor, h.state, h.location, h.version, e.number, l.first_name, l.last_name, l.passed_on, u.structure_id, u.contact_id
		FROM history_entries h
		LEFT JOIN executions e ON e.id = h.execution_id
		LEFT JOIN users u ON u.id = h.user_id
		LEFT JOIN holder_links l ON l.ticket_id = h.ticket_id AND l.version = h.version
		WHERE h.organisation_id = $1::uuid AND h.ticket_id = $2::uuid ORDER BY h.version`, scope.Organisation, ticket)
	if err != nil {
		return nil, fmt.Errorf("read history: %w", err)
	}
	all := make([]Happening, len(rows))
	holder := ""
	for i, r := range rows {
		h := r.Happening
		switch h.Event {
		case term.HistoryEventDistributed, term.HistoryEventRedistributed, term.HistoryEventTakenBack, term.HistoryEventPassedOn:
			h.From, h.To, holder = holder, r.holder, r.holder
		case term.HistoryEventStateChanged:
			h.From, h.To = string(rows[i-1].state), string(r.state)
		case term.HistoryEventLocationChanged, term.HistoryEventPassOnPending, term.HistoryEventPassOnCancelled:
			h.From, h.To = string(rows[i-1].location), string(r.location)
		}
		all[i] = h
	}
	return all, nil
}

func fullName(first, last string) string {
	if first == "" || last == "" {
		return first + last
	}
	return first + " " + last
}
