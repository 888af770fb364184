package distribution

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/google/uuid"

	"gradin/ent"
	"gradin/server/audit"
	"gradin/server/db"
	"gradin/server/execution"
	"gradin/server/term"
	"gradin/server/ticket"
)

// apply carries out the rows that are left, a chunk a transaction. A process
// that dies between two chunks loses nothing: with each chunk the number of its
// last row is committed (DI-4). With REJECT_ALL everything is one chunk (DI-3).
func (s *Service) apply(ctx context.Context, run *execution.Run) error {
	size := int64(s.chunk)
	if run.Policy == term.RunPolicyRejectAll {
		size = 1 << 30
	}
	if err := s.begin(ctx, run); err != nil {
		return err
	}
	if run.Policy == term.RunPolicyRejectAll && run.PlanRefused > 0 {
		return s.rejectAll(ctx, run)
	}
	for {
		more, err := s.applyChunk(ctx, run, size)
		if errors.Is(err, errRejected) {
			return s.rejectAll(ctx, run)
		}
		if err != nil || !more {
			return err
		}
	}
}

var errRejected = errors.New("a row failed and the policy is REJECT_ALL")

// emptyCart takes what a cart's run has moved out of the cart, and links the
// entries of the sender's address book to their contacts (CA-2). Other runs
// leave carts alone: their lines are stale then, and say so (CA-4).
func emptyCart(ctx context.Context, tx *db.Tx, run *execution.Run, args []any) error {
	if run.Function != term.ExecutionFunctionCart {
		return nil
	}
	if _, err := tx.Exec(ctx, `DELETE FROM cart_lines WHERE sponsor_id = $4::uuid AND ticket_id IN (
		SELECT x.ticket_id FROM execution_rows x WHERE `+within+`)`, append(append([]any(nil), args...), none(run.SponsorID))...); err != nil {
		return fmt.Errorf("empty the cart: %w", err)
	}
	_, err := tx.Exec(ctx, `UPDATE address_book_entries SET contact_id = x.contact_id FROM execution_rows x
		WHERE address_book_entries.user_id = $4::uuid AND address_book_entries.contact_id IS NULL
		AND address_book_entries.email_key = x.email_key AND x.contact_id IS NOT NULL AND `+stretch,
		append(append([]any(nil), args...), none(run.UserID))...)
	if err != nil {
		return fmt.Errorf("link address book: %w", err)
	}
	return nil
}

// begin counts the rows that need no doing, once.
func (s *Service) begin(ctx context.Context, run *execution.Run) error {
	err := s.store.WithTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		if err := run.Hold(ctx, tx); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, `UPDATE executions SET unchanged = plan_unchanged, refused = plan_refused,
			rows_done = plan_unchanged + plan_refused WHERE id = $1::uuid AND rows_done = 0`, run.ID)
		return err
	})
	if err != nil {
		return fmt.Errorf("begin to apply: %w", err)
	}
	return nil
}

// chunk is a stretch of rows that one transaction carries out.
type chunk struct {
	first, last int64
	// end is the last row of all.
	end int64
	// rows counts those that move something, moves by what they do.
	rows  int
	moves map[term.Outcome]int
	// settles says that the rows waited for their wallets, which have confirmed;
	// what could be refused before was refused before (TB-4).
	settles bool
	finds   finds
}

// applyChunk carries out the next stretch and says whether there may be more.
func (s *Service) applyChunk(ctx context.Context, run *execution.Run, size int64) (more bool, err error) {
	err = s.store.WithTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		if err := run.Hold(ctx, tx); err != nil {
			return err
		}
		c, found, err := nextChunk(ctx, tx, run.ID, size)
		if more = found && c.last < c.end; err != nil || !found {
			return err
		}
		return s.carryOut(ctx, tx, run, c)
	})
	return more, err
}

// moving is the predicate of rows x that move something.
const moving = "x.outcome IN ('DISTRIBUTE', 'REDISTRIBUTE', 'TAKE_BACK')"

// nextChunk finds the next stretch of at most size rows, whether they move
// something or not; it begins with one that does. Nothing but its ends is read.
func nextChunk(ctx context.Context, tx *db.Tx, id uuid.UUID, size int64) (chunk, bool, error) {
	all, err := db.Select(ctx, tx, func(r *sql.Rows) (chunk, error) {
		var c chunk
		err := r.Scan(&c.first, &c.end)
		c.last = min(c.end, c.first+size-1)
		return c, err
	}, `SELECT x.row_number, (SELECT max(l.row_number) FROM execution_rows l WHERE l.execution_id = $1::uuid)
		FROM execution_rows x WHERE x.execution_id = $1::uuid AND `+moving+`
		AND x.row_number > (SELECT applied_row FROM executions WHERE id = $1::uuid) ORDER BY x.row_number LIMIT 1`, id)
	if err != nil || len(all) == 0 {
		return chunk{}, false, err
	}
	return all[0], true, nil
}

// within is the predicate of the rows x that a chunk spans; its arguments are $1 to $3.
const within = `x.execution_id = $1::uuid AND x.row_number BETWEEN $2::bigint AND $3::bigint AND ` + moving

// stretch is the predicate of a chunk's rows x whose turn it is: those that
// nobody has begun, or whose wallet has confirmed (TB-4).
const stretch = within + ` AND (x.removal = 'CONFIRMED' OR x.removal IS NULL
	AND x.row_number > (SELECT done.applied_row FROM executions done WHERE done.id = $1::uuid))`

// handed is the query of what a chunk hands over.
const handed = `SELECT x.ticket_id, x.keep, x.contact_id AS holder_id, x.email, x.email_key, x.first_name, x.last_name,
	x.search_key, x.first_key, x.fields, CASE x.outcome WHEN 'DISTRIBUTE' THEN 'DISTRIBUTED' WHEN 'REDISTRIBUTE' THEN 'REDISTRIBUTED'
	ELSE 'TAKEN_BACK' END AS event FROM execution_rows x WHERE ` + stretch

// carryOut moves the tickets of a chunk: lock, compare versions, then a handful
// of statements whatever the number of rows (DI-2, DB-3).
func (s *Service) carryOut(ctx context.Context, tx *db.Tx, run *execution.Run, c chunk) error {
	args := []any{run.ID, c.first, c.last}
	refused, err := s.recheck(ctx, tx, run, &c, args)
	if err != nil {
		return err
	}
	if refused > 0 && run.Policy == term.RunPolicyRejectAll && !c.settles {
		return errRejected
	}
	waiting, err := s.wait(ctx, tx, run, c, args)
	if err != nil {
		return err
	}
	if refused > 0 || waiting != 0 {
		if err := c.recount(ctx, tx, args); err != nil {
			return err
		}
	}
	created, err := makeContacts(ctx, tx, s.cause(run), c, args)
	if err != nil {
		return err
	}
	losers, err := s.handOver(ctx, tx, run, c, args)
	if err != nil {
		return err
	}
	mails, err := s.writeMails(ctx, tx, run, args)
	if err != nil {
		return err
	}
	notices, err := s.writeNotices(ctx, tx, run, losers)
	if err != nil {
		return err
	}
	if err := s.raiseAlerts(ctx, tx, run, args); err != nil {
		return err
	}
	if err := emptyCart(ctx, tx, run, args); err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, `UPDATE executions SET distributed = distributed + $1::bigint, redistributed = redistributed + $2::bigint,
		taken_back = taken_back + $3::bigint, refused = refused + $4::bigint, contacts_created = contacts_created + $5::bigint,
		mails = mails + $6::bigint, notices = notices + $7::bigint, rows_done = rows_done + $8::bigint, waiting = waiting + $11::bigint,
		applied_row = CASE WHEN applied_row > $9::bigint THEN applied_row ELSE $9::bigint END WHERE id = $10::uuid`, c.moves[term.OutcomeDistribute], c.moves[term.OutcomeRedistribute], c.moves[term.OutcomeTakeBack],
		refused, created, mails, notices, c.done(waiting), c.last, run.ID, waiting); err != nil {
		return fmt.Errorf("add up the chunk: %w", err)
	}
	if err := run.Event(ctx, tx, "applied"); err != nil {
		return err
	}
	return audit.Write(ctx, tx, s.now(), audit.Entry{
		Organisation: run.OrganisationID, Verb: "distribution.apply", Object: run.ID,
		Detail: map[string]any{"fromRow": c.first, "toRow": c.last, "moves": c.moves, "refused": refused, "waiting": waiting, "reason": run.Reason},
	})
}

// handOver moves the tickets of a chunk, and what goes along with season cards.
// It says who lost some.
func (s *Service) handOver(ctx context.Context, tx *db.Tx, run *execution.Run, c chunk, args []any) ([]notice, error) {
	h := ticket.Handover{
		Rows: handed, Args: args, Giver: party(run.Execution), Reason: ReasonTakenBack, Recovered: true,
		First: c.moves[term.OutcomeRedistribute]+c.moves[term.OutcomeTakeBack] == 0, Unseen: c.finds.seen == 0,
	}
	for _, n := range c.moves {
		h.Count += n
	}
	if !h.First {
		at, err := s.pointOfSale(ctx, tx, run)
		if err != nil {
			return nil, err
		}
		if at != nil && at.TakeBackShipmentMode != nil {
			h.Shipment = *at.TakeBackShipmentMode
		}
	}
	if err := s.withChildren(ctx, tx, run, c, &h); err != nil {
		return nil, err
	}
	lost, err := losers(ctx, tx, h)
	if err != nil {
		return nil, err
	}
	_, err = ticket.HandOver(ctx, tx, s.cause(run), h)
	return lost, err
}

// ReasonTakenBack is why the barcode of a ticket that was taken back is dead (TB-3).
const ReasonTakenBack = "MOBILE_TAKE_BACK"

// pointOfSale reads the run's point of sale; nil when it has none.
func (s *Service) pointOfSale(ctx context.Context, tx *db.Tx, run *execution.Run) (*ent.PointOfSale, error) {
	if run.PointOfSaleID == nil {
		return nil, nil //nolint:nilnil // a run of the back office need not have one
	}
	at, err := tx.Client.PointOfSale.Get(ctx, *run.PointOfSaleID)
	if err != nil {
		return nil, fmt.Errorf("read the point of sale: %w", err)
	}
	return at, nil
}

// rejectAll refuses what would have gone, because something else is refused (DI-3).
func (s *Service) rejectAll(ctx context.Context, run *execution.Run) error {
	return s.store.WithTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		if err := run.Hold(ctx, tx); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, `UPDATE execution_rows AS x SET `+stale+` FROM tickets t
			WHERE t.id = x.ticket_id AND t.version <> x.version AND x.execution_id = $1::uuid AND `+moving, run.ID); err != nil {
			return fmt.Errorf("mark stale rows: %w", err)
		}
		_, err := tx.Exec(ctx, `UPDATE executions SET unchanged = plan_unchanged, rows_done = rows,
			refused = rows - plan_unchanged WHERE id = $1::uuid`, run.ID)
		if err != nil {
			return fmt.Errorf("refuse the whole run: %w", err)
		}
		return run.Event(ctx, tx, "rejected")
	})
}

// cause says in the history who moves the tickets of a run, and how.
func (s *Service) cause(run *execution.Run) ticket.Cause {
	via := term.HistoryViaPortal
	switch {
	case run.Function == term.ExecutionFunctionTicketHoldersImport:
		via = term.HistoryViaFile
	case run.Function == term.ExecutionFunctionCart:
		via = term.HistoryViaCart
	case run.Trigger == term.ExecutionTriggerApi:
		via = term.HistoryViaApi
	}
	return ticket.Cause{
		Organisation: run.OrganisationID, Via: via, User: deref(run.UserID), Actor: run.UserName,
		ActorContact: deref(run.ActorContactID), Execution: run.ID, At: db.Moment(s.now()),
	}
}

func deref(id *uuid.UUID) uuid.UUID {
	if id == nil {
		return uuid.Nil
	}
	return *id
}

func some(id uuid.UUID) *uuid.UUID {
	if id == uuid.Nil {
		return nil
	}
	return &id
}

func none(id *uuid.UUID) any {
	if id == nil {
		return nil
	}
	return *id
}
