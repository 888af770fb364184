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
	"gradin/server/term"
	"gradin/server/ticket"
)

// watched adds to a sponsor's rules what the organiser asks of all sponsors: a
// pause, and a second person (TB-7).
func (s *Service) watched(ctx context.Context, r reclaim.Rules, organisation uuid.UUID) (reclaim.Rules, error) {
	o, err := s.store.Client.Organisation.Get(ctx, organisation)
	if err != nil {
		return r, fmt.Errorf("read how take-backs are watched: %w", err)
	}
	r.Pause, r.Approval = time.Duration(o.TakeBackPauseHours)*time.Hour, o.TakeBackApproval
	if r.Zone, err = time.LoadLocation(o.TimeZone); err != nil {
		return r, fmt.Errorf("read the time zone of the organisation: %w", err)
	}
	return r, nil
}

// answer is the rule's answer about a ticket as a problem; nil when it is allowed.
func answer(rules reclaim.Rules, t ticket.Facts, reference string) *Problem {
	a := rules.Ask(t.Question())
	if a.Allowed {
		return nil
	}
	p := &Problem{Code: a.Reason, Field: FieldTicket, Value: reference, Setting: a.Setting}
	if a.Reason == term.ReasonCodeTakeBackPaused {
		p.Value = told(a.Until, rules.Zone)
	}
	return p
}

// told writes a time where the organiser is, to the minute, never too early.
func told(t time.Time, zone *time.Location) string {
	if zone == nil {
		zone = time.UTC
	}
	return t.Add(time.Minute - time.Nanosecond).Truncate(time.Minute).In(zone).Format("2006-01-02 15:04")
}

// approvals counts the decisions that need a second person.
func approvals(decisions []Decision) int {
	n := 0
	for _, d := range decisions {
		for _, w := range d.Warnings {
			if w.Code == term.ReasonCodeNeedsApproval {
				n++
			}
		}
	}
	return n
}

// markForbidden refuses the rows of an approved run that the rule no longer
// allows: between asking and approving the organiser may have changed his mind,
// and a pause may have begun (TB-7). Tickets that moved are stale already.
func (s *Service) markForbidden(ctx context.Context, tx *db.Tx, run *execution.Run, args []any) (int64, error) {
	if run.DecidedAt == nil {
		return 0, nil
	}
	rules, err := s.takeBackRules(ctx, run.Execution)
	if err != nil {
		return 0, err
	}
	ids, err := db.Select(ctx, tx, scanUUID, `SELECT x.ticket_id FROM execution_rows x
		WHERE `+stretch+` AND x.outcome IN ('REDISTRIBUTE', 'TAKE_BACK')`, args...)
	if err != nil {
		return 0, fmt.Errorf("list what was approved: %w", err)
	}
	scope := ticket.Scope{Organisation: run.OrganisationID, Party: party(run.Execution)}
	facts, err := ticket.FactsByID(ctx, tx, scope, ids)
	if err != nil {
		return 0, err
	}
	var all []forbidden
	for _, id := range ids {
		p := &Problem{Code: term.ReasonCodeNotFound, Field: FieldTicket}
		if f := facts[id]; f != nil {
			p = answer(rules, *f, fmt.Sprint(f.Number))
		}
		if p != nil {
			all = append(all, forbidden{id, p.Code, jsonOf(p)})
		}
	}
	if len(all) == 0 {
		return 0, nil
	}
	list, err := json.Marshal(all)
	if err != nil {
		return 0, err
	}
	n, err := tx.Exec(ctx, `UPDATE execution_rows AS x SET outcome = 'REFUSED', reason = n.reason, problem = n.problem
		FROM `+db.Source(tx, "$4", "n", forbiddenColumns...)+` WHERE x.ticket_id = n.ticket_id AND `+stretch, append(append([]any(nil), args...), string(list))...)
	if err != nil {
		return 0, fmt.Errorf("refuse what is no longer allowed: %w", err)
	}
	return n, nil
}

// forbidden is a ticket of an approved run that may not be taken back any more.
type forbidden struct {
	Ticket  uuid.UUID       `json:"ticket_id"`
	Reason  term.ReasonCode `json:"reason"`
	Problem string          `json:"problem"`
}

var forbiddenColumns = []db.Column{{Name: "ticket_id", Type: "uuid"}, {Name: "reason", Type: "text"}, {Name: "problem", Type: "text"}}

func scanUUID(r *sql.Rows) (uuid.UUID, error) {
	var id uuid.UUID
	return id, r.Scan(&id)
}
