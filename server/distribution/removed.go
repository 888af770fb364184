package distribution

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"

	"github.com/google/uuid"

	"gradin/server/db"
	"gradin/server/execution"
	"gradin/server/term"
	"gradin/server/ticket"
	"gradin/server/viewer"
	"gradin/server/wallet"
)

// removals are removals of one execution that end together.
type removals struct {
	all           []wallet.Answer
	removed, kept []ended
}

// ended is a row whose removal ends, with what it says about it if it is refused.
type ended struct {
	Row     int64           `json:"row_number"`
	Reason  term.ReasonCode `json:"reason"`
	Problem string          `json:"problem"`
	ticket  uuid.UUID
}

var endedColumns = []db.Column{{Name: "row_number", Type: "bigint"}, {Name: "reason", Type: "text"}, {Name: "problem", Type: "text"}}

// because counts the rows that are refused for a reason.
func (b removals) because(code term.ReasonCode) int {
	n := 0
	for _, k := range b.kept {
		if k.Reason == code {
			n++
		}
	}
	return n
}

// unremoved is why a row is refused whose ticket was not taken out of its wallet.
func unremoved(a wallet.Answer) Problem {
	switch a.Outcome {
	case wallet.Expired:
		return Problem{Code: term.ReasonCodeRemovalExpired, Field: FieldTicket, Value: strconv.Itoa(int(wallet.Patience.Hours()))}
	case wallet.Withdrawn:
		return Problem{Code: term.ReasonCodeRemovalCancelled, Field: FieldTicket}
	}
	return Problem{Code: term.ReasonCodeRemovalRefused, Field: FieldTicket, Value: wallet.Shorten(a.Text)}
}

// lockRemovals takes those that have not ended meanwhile: an answer that comes
// twice, or to two processes, counts once.
func (s *Service) lockRemovals(ctx context.Context, tx *db.Tx, open []wallet.Open, answers map[uuid.UUID]wallet.Answer) (removals, error) {
	keys := make([]uuid.UUID, len(open))
	for i, o := range open {
		keys[i] = o.ID
	}
	var b removals
	locked, err := wallet.Opened(ctx, tx, keys, true)
	for _, o := range locked {
		a := answers[o.ID]
		if a.Outcome == wallet.Expired || a.Outcome == wallet.Withdrawn {
			a.Text = o.Text // the wallet's last words stay
		}
		b.all = append(b.all, a)
		e := ended{Row: o.Row, ticket: o.Ticket}
		if a.Outcome == wallet.Removed {
			b.removed = append(b.removed, e)
			continue
		}
		problem := unremoved(a)
		e.Reason, e.Problem = problem.Code, jsonOf(problem)
		b.kept = append(b.kept, e)
	}
	return b, err
}

// moveRemoved moves the tickets that wallets gave up, by the way of all rows.
func (s *Service) moveRemoved(ctx context.Context, tx *db.Tx, run *execution.Run, b removals) error {
	if len(b.removed) == 0 {
		return nil
	}
	if err := markRows(ctx, tx, run.ID, b.removed, "removal = 'CONFIRMED'"); err != nil {
		return err
	}
	c := chunk{
		first: b.removed[0].Row, last: b.removed[len(b.removed)-1].Row, rows: len(b.removed), settles: true,
		moves: map[term.Outcome]int{},
	}
	if err := s.carryOut(ctx, tx, run, c); err != nil {
		return err
	}
	// A row that was refused in the last moment gives its ticket back to its guest.
	stuck, err := db.Select(ctx, tx, scanUUID, `SELECT x.ticket_id FROM execution_rows x JOIN tickets t ON t.id = x.ticket_id
		WHERE x.execution_id = $1::uuid AND x.removal = 'CONFIRMED' AND x.outcome = 'REFUSED' AND t.location = 'DELETION_PENDING'`, run.ID)
	if err != nil {
		return fmt.Errorf("find tickets that stay: %w", err)
	}
	if err := ticket.Unblock(ctx, tx, s.cause(run), stuck); err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `UPDATE execution_rows SET removal = CASE outcome WHEN 'REFUSED' THEN 'CANCELLED' ELSE 'DONE' END
		WHERE execution_id = $1::uuid AND removal = 'CONFIRMED'`, run.ID)
	if err != nil {
		return fmt.Errorf("end rows that waited: %w", err)
	}
	return nil
}

// keep leaves the tickets that wallets did not give up where they were.
func (s *Service) keep(ctx context.Context, tx *db.Tx, run *execution.Run, b removals, by ticket.Cause) error {
	if len(b.kept) == 0 {
		return nil
	}
	ids := make([]uuid.UUID, len(b.kept))
	for i, k := range b.kept {
		ids[i] = k.ticket
	}
	if err := ticket.Unblock(ctx, tx, by, ids); err != nil {
		return err
	}
	if err := markRows(ctx, tx, run.ID, b.kept, `removal = 'CANCELLED', outcome = 'REFUSED', reason = n.reason, problem = n.problem`); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, `UPDATE executions SET waiting = waiting - $2::bigint, refused = refused + $2::bigint, rows_done = rows_done + $2::bigint
		WHERE id = $1::uuid`, run.ID, len(b.kept))
	if err != nil {
		return fmt.Errorf("count what wallets kept: %w", err)
	}
	return nil
}

// markRows sets columns of an execution's rows.
func markRows(ctx context.Context, tx *db.Tx, execution uuid.UUID, rows []ended, set string) error {
	list, err := json.Marshal(rows)
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `UPDATE execution_rows SET `+set+` FROM `+db.Source(tx, "$1", "n", endedColumns...)+`
		WHERE execution_rows.execution_id = $2::uuid AND execution_rows.row_number = n.row_number`, string(list), execution)
	if err != nil {
		return fmt.Errorf("mark rows of removals: %w", err)
	}
	return nil
}

// systemContext is the context in which the job of the removals acts, until it
// acts for who started a run.
func systemContext(ctx context.Context) context.Context {
	return viewer.With(ctx, viewer.System("wallets"))
}
