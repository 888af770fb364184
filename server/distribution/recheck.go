package distribution

import (
	"context"
	"database/sql"
	"fmt"

	"gradin/server/db"
	"gradin/server/execution"
	"gradin/server/term"
)

// recheck locks the tickets and refuses the rows that no longer hold: tickets
// that changed, guests that have enough.
func (s *Service) recheck(ctx context.Context, tx *db.Tx, run *execution.Run, c chunk, args []any) (int64, error) {
	if err := lock(ctx, tx, args); err != nil {
		return 0, err
	}
	stale, err := markStale(ctx, tx, args)
	if err != nil {
		return 0, err
	}
	if c.settles {
		_, err = markFull(ctx, tx, args, returns)
		return stale, err
	}
	forbidden, err := s.markForbidden(ctx, tx, run, args)
	if err != nil {
		return 0, err
	}
	full, err := markFull(ctx, tx, args, refuses)
	return stale + forbidden + full, err
}

// lock takes the tickets in the order of their ids, so that two runs that share
// tickets wait for each other instead of deadlocking. SQLite has one writer.
func lock(ctx context.Context, tx *db.Tx, args []any) error {
	if !tx.Postgres() {
		return nil
	}
	_, err := tx.Exec(ctx, `SELECT t.id FROM tickets t JOIN execution_rows x ON x.ticket_id = t.id
		WHERE `+stretch+` ORDER BY t.id FOR NO KEY UPDATE OF t`, args...)
	if err != nil {
		return fmt.Errorf("lock tickets: %w", err)
	}
	return nil
}

// stale refuses a row x whose ticket t changed since the plan; of a ticket that
// was scanned meanwhile it says so (D-11).
const stale = `outcome = 'REFUSED', reason = CASE WHEN t.state = 'CONTROLLED' THEN 'ALREADY_CONTROLLED' ELSE 'STALE' END,
	problem = CASE WHEN t.state = 'CONTROLLED' THEN '{"code":"ALREADY_CONTROLLED","field":"ticket"}' ELSE '{"code":"STALE","field":"ticket"}' END`

// markStale refuses the rows whose ticket changed since the plan (DI-2, DI-5).
func markStale(ctx context.Context, tx *db.Tx, args []any) (int64, error) {
	n, err := tx.Exec(ctx, `UPDATE execution_rows AS x SET `+stale+` FROM tickets t
		WHERE t.id = x.ticket_id AND t.version <> x.version AND `+stretch, args...)
	if err != nil {
		return 0, fmt.Errorf("find stale rows: %w", err)
	}
	return n, nil
}

// wait lets the rows wait whose tickets lie in outside wallets. It says by how
// many there are more, or fewer, that wait.
func (s *Service) wait(ctx context.Context, tx *db.Tx, run *execution.Run, c chunk, args []any) (int, error) {
	if c.settles {
		return -c.rows, nil
	}
	if c.moves[term.OutcomeRedistribute]+c.moves[term.OutcomeTakeBack] == 0 {
		return 0, nil
	}
	return s.requestRemovals(ctx, tx, run, args)
}

// done says how many rows of the chunk are behind the run.
func (c chunk) done(waiting int) int {
	if c.settles {
		return c.rows
	}
	return c.rows - waiting
}

// recount counts the rows again after some were refused.
func (c *chunk) recount(ctx context.Context, tx *db.Tx, args []any) error {
	clear(c.moves)
	_, err := db.Select(ctx, tx, func(r *sql.Rows) (struct{}, error) {
		var outcome term.Outcome
		var n int
		err := r.Scan(&outcome, &n)
		c.moves[outcome] = n
		return struct{}{}, err
	}, "SELECT x.outcome, count(*) FROM execution_rows x WHERE "+stretch+" GROUP BY x.outcome", args...)
	return err
}
