package access

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/google/uuid"

	"gradin/server/db"
	"gradin/server/errs"
)

// MaxSteps is how many steps a page of the access list has at most.
const MaxSteps = 1000

// numberedAtOnce is how many steps get their places in one transaction.
const numberedAtOnce = 20_000

// Listed is a barcode and whether it lets in from this step of the list on.
type Listed struct {
	Ticket      uuid.UUID
	Number      int64
	Barcode     string
	Valid       bool
	Reason      string
	Performance uuid.UUID
	From, Until *time.Time
	Quantity    int
}

// Page is what changed after a place in the list; go on after Last.
type Page struct {
	Entries []Listed
	Last    int64
	More    bool
}

// List reads a page of the access list: steps after the place given, in the order
// in which they became visible, of one performance or of all.
//
// A place is given to a step when somebody first sees it, not when it is written:
// transactions commit in another order than they begin, and a place given while
// writing would let a puller go past a step that he cannot see yet. The two
// barcodes of a replacement are one step, so that no page parts them.
func (s *Service) List(ctx context.Context, performance uuid.UUID, after int64, steps int) (Page, error) {
	v, err := admit(ctx)
	if err != nil {
		return Page{}, err
	}
	if steps < 1 || steps > MaxSteps {
		return Page{}, errs.New(errs.Invalid, "A page has 1 to %d steps; %d were asked for.", MaxSteps, steps).At("first")
	}
	organisation := uuid.UUID(v.Organisation)
	if err := s.known(ctx, organisation, performance); err != nil {
		return Page{}, err
	}
	end, left, err := s.number(ctx, organisation)
	if err != nil {
		return Page{}, err
	}
	p, err := s.page(ctx, organisation, performance, after, end, steps)
	p.More = p.More || left
	return p, err
}

func (s *Service) known(ctx context.Context, organisation, performance uuid.UUID) error {
	if performance == uuid.Nil {
		return nil
	}
	n, err := db.Get[int](ctx, s.store, "SELECT count(*) FROM performances WHERE id = $1::uuid AND organisation_id = $2::uuid", performance, organisation)
	if err != nil {
		return fmt.Errorf("find the performance: %w", err)
	}
	if n == 0 {
		return errs.Missing("performance").At("performanceId")
	}
	return nil
}

// number gives places to steps that nobody saw before and says which is the last,
// and whether some are left for the next call. Of one ticket a later step is always
// visible later: who changes a ticket waits for who changed it before, and their
// ids are in that order.
func (s *Service) number(ctx context.Context, organisation uuid.UUID) (end int64, left bool, err error) {
	fresh, err := db.Get[int](ctx, s.store, `SELECT count(*) FROM (SELECT id FROM access_changes
		WHERE organisation_id = $1::uuid AND sequence IS NULL LIMIT 1) x`, organisation)
	if err != nil {
		return 0, false, fmt.Errorf("look for new steps of the access list: %w", err)
	}
	if fresh > 0 {
		err = s.store.WithTx(ctx, func(ctx context.Context, tx *db.Tx) error {
			n, err := giveNumbers(ctx, tx, organisation)
			left = n == numberedAtOnce
			return err
		})
		if err != nil {
			return 0, false, err
		}
	}
	end, err = db.Get[int64](ctx, s.store, "SELECT COALESCE(max(sequence), 0) FROM access_changes WHERE organisation_id = $1::uuid", organisation)
	if err != nil {
		return 0, false, fmt.Errorf("read the end of the access list: %w", err)
	}
	return end, left, nil
}

// giveNumbers numbers the steps that are visible, one puller at a time until the
// commit, so that a puller who sees a place sees all before it.
func giveNumbers(ctx context.Context, tx *db.Tx, organisation uuid.UUID) (int64, error) {
	if tx.Postgres() {
		if _, err := tx.Exec(ctx, "SELECT pg_advisory_xact_lock(hashtextextended($1::text, 11))", organisation.String()); err != nil {
			return 0, fmt.Errorf("take a turn in the access list: %w", err)
		}
	}
	n, err := tx.Exec(ctx, `UPDATE access_changes SET sequence = n.place
		FROM (SELECT x.id, row_number() OVER (ORDER BY x.id) +
				(SELECT COALESCE(max(sequence), 0) FROM access_changes WHERE organisation_id = $1::uuid) AS place
			FROM (SELECT id FROM access_changes WHERE organisation_id = $1::uuid AND sequence IS NULL
				ORDER BY id LIMIT $2::bigint) x) n
		WHERE access_changes.id = n.id`, organisation, numberedAtOnce)
	if err != nil {
		return 0, fmt.Errorf("number steps of the access list: %w", err)
	}
	return n, nil
}

// stepColumns are of a step: the ticket it is about and, with a replacement, the
// old one, whose barcode is dead for ever.
const stepColumns = `c.sequence, c.valid, c.reason, t.id, t.number, t.barcode, t.performance_id, t.valid_from, t.valid_until, t.quantity,
	o.id, COALESCE(o.number, 0), COALESCE(o.barcode, ''), COALESCE(o.dead_reason, '')`

func (s *Service) page(ctx context.Context, organisation, performance uuid.UUID, after, end int64, steps int) (Page, error) {
	query := `SELECT ` + stepColumns + ` FROM access_changes c JOIN tickets t ON t.id = c.ticket_id LEFT JOIN tickets o ON o.id = c.replaces_id
		WHERE c.organisation_id = $1::uuid AND c.sequence > $2::bigint AND c.sequence <= $3::bigint`
	args := []any{organisation, after, end}
	if performance != uuid.Nil {
		query += " AND c.performance_id = $4::uuid"
		args = append(args, performance)
	}
	read, err := db.Select(ctx, s.store, scanStep, query+fmt.Sprintf(" ORDER BY c.sequence LIMIT %d", steps+1), args...)
	if err != nil {
		return Page{}, fmt.Errorf("read the access list: %w", err)
	}
	p := Page{Last: max(after, end), More: len(read) > steps}
	if p.More {
		read = read[:steps]
		p.Last = read[steps-1].place
	}
	for _, step := range read {
		p.Entries = append(p.Entries, step.entries...)
	}
	return p, nil
}

type step struct {
	place   int64
	entries []Listed
}

func scanStep(r *sql.Rows) (step, error) {
	var s step
	var now, old Listed
	var performance, replaced uuid.NullUUID
	var from, until db.Time
	err := r.Scan(&s.place, &now.Valid, &now.Reason, &now.Ticket, &now.Number, &now.Barcode, &performance, &from, &until, &now.Quantity,
		&replaced, &old.Number, &old.Barcode, &old.Reason)
	now.Performance, now.From, now.Until = performance.UUID, from.Ptr(), until.Ptr()
	if replaced.Valid {
		barcode, number, reason := old.Barcode, old.Number, old.Reason
		old = now
		old.Ticket, old.Number, old.Barcode, old.Valid, old.Reason = replaced.UUID, number, barcode, false, reason
		s.entries = append(s.entries, old)
	}
	s.entries = append(s.entries, now)
	return s, err
}
