package distribution

import (
	"context"
	"database/sql"
	"fmt"
	"maps"

	"gradin/server/db"
	"gradin/server/execution"
	"gradin/server/term"
	"gradin/server/ticket"
	"gradin/server/wallet"
)

// recheck locks the tickets and refuses the rows that no longer hold: tickets
// that changed, guests that have enough.
func (s *Service) recheck(ctx context.Context, tx *db.Tx, run *execution.Run, c *chunk, args []any) (int64, error) {
	var err error
	if c.finds, err = look(ctx, tx, args); err != nil {
		return 0, err
	}
	if !c.settles {
		c.rows, c.moves = c.finds.rows, c.finds.moves
	}
	var stale, forbidden, full int64
	if c.finds.stale > 0 {
		if stale, err = markStale(ctx, tx, args); err != nil {
			return 0, err
		}
	}
	if c.settles {
		if c.finds.limited > 0 {
			_, err = markFull(ctx, tx, args, returns)
		}
		return stale, err
	}
	if forbidden, err = s.markForbidden(ctx, tx, run, args); err != nil {
		return 0, err
	}
	if c.finds.limited > 0 {
		full, err = markFull(ctx, tx, args, refuses)
	}
	return stale + forbidden + full, err
}

// finds counts what a chunk holds that not every chunk does, so that what deals
// with it runs where there is some only.
type finds struct {
	// rows are all that move something, moves counts them by what they do.
	rows  int
	moves map[term.Outcome]int
	// stale: tickets that changed since the plan.
	stale int
	// limited: tickets that go to somebody, of products that count them (DI-10).
	limited int
	// cards: season cards, whose children may go along (D-3).
	cards int
	// outside: tickets of former guests that lie in outside wallets (TB-4).
	outside int
	// seen: tickets whose barcode may have reached a person (D-7).
	seen int
	// newcomers: rows whose guest was nobody's contact when it was planned (DI-7).
	newcomers int
}

// look locks the tickets of a chunk and counts what it finds, reading them once.
// They are locked in the order of their ids, so that two runs that share tickets
// wait for each other instead of deadlocking; SQLite has one writer.
func look(ctx context.Context, tx *db.Tx, args []any) (finds, error) {
	lock := ""
	if tx.Postgres() {
		lock = " ORDER BY t.id FOR NO KEY UPDATE OF t"
	}
	all, err := db.Select(ctx, tx, func(r *sql.Rows) (finds, error) {
		var f finds
		var given, passed, back int
		err := r.Scan(&given, &passed, &back, &f.stale, &f.limited, &f.cards, &f.outside, &f.seen, &f.newcomers)
		f.rows = given + passed + back
		f.moves = map[term.Outcome]int{term.OutcomeDistribute: given, term.OutcomeRedistribute: passed, term.OutcomeTakeBack: back}
		maps.DeleteFunc(f.moves, func(_ term.Outcome, n int) bool { return n == 0 })
		return f, err
	}, `SELECT count(CASE l.outcome WHEN 'DISTRIBUTE' THEN 1 END), count(CASE l.outcome WHEN 'REDISTRIBUTE' THEN 1 END),
		count(CASE l.outcome WHEN 'TAKE_BACK' THEN 1 END), count(CASE WHEN l.version <> l.planned THEN 1 END),
		count(CASE WHEN l.outcome <> 'TAKE_BACK' AND (l.product_id IN (SELECT p.id FROM products p WHERE p.guest_limit IS NOT NULL)
			OR l.performance_id IN (SELECT pe.id FROM performances pe WHERE pe.guest_limit IS NOT NULL)) THEN 1 END),
		count(CASE WHEN l.parent_id IS NULL AND l.product_id IN (SELECT p.id FROM products p WHERE p.family = 'SEASON_TICKET') THEN 1 END),
		count(CASE WHEN l.outcome <> 'DISTRIBUTE' AND `+wallet.Outside("l")+` THEN 1 END), count(CASE WHEN `+ticket.Seen("l")+` THEN 1 END), count(CASE WHEN l.contact_new THEN 1 END)
		FROM (SELECT t.version, x.version AS planned, x.outcome, x.contact_new, t.product_id, t.performance_id, t.parent_id, t.wallet_id, t.location, t.state
			FROM execution_rows x JOIN tickets t ON t.id = x.ticket_id WHERE `+stretch+lock+`) l`, args...)
	if err != nil {
		return finds{}, fmt.Errorf("lock tickets: %w", err)
	}
	return all[0], nil
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
	if c.finds.outside == 0 {
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
