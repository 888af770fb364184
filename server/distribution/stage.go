package distribution

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/google/uuid"

	"gradin/ent"
	"gradin/ent/relay"
	"gradin/ent/user"
	"gradin/server/contact"
	"gradin/server/db"
	"gradin/server/term"
	"gradin/server/ticket"
)

// stager decides moves in batches and stores each as a row of an execution.
type stager struct {
	service *Service
	run     *ent.Execution
	scope   ticket.Scope
	planner *Planner
	// hold renews the run's lease; it is the first thing in each transaction.
	hold  func(context.Context, *db.Tx) error
	event func(context.Context, *db.Tx, string) error
	batch []Move
	// locate says where in the sheet a problem is; nil for lists of moves.
	locate func(*Problem)
	mails  map[uuid.UUID]bool
	// told are who would learn that they lose a ticket, of all batches.
	told map[uuid.UUID]bool
}

// stageBatch is how many moves are decided together.
const stageBatch = 5000

// rules gathers what holds for a run of the party.
func (s *Service) rules(ctx context.Context, run *ent.Execution) (Rules, error) {
	self, err := s.own(ctx, run)
	if err != nil {
		return Rules{}, err
	}
	r := Rules{Now: s.now(), Self: self}
	r.TakeBack, err = s.takeBackRules(ctx, run)
	return r, err
}

// own lists the sender's own addresses: the user's and the contact's (WB-6).
func (s *Service) own(ctx context.Context, run *ent.Execution) (map[string]bool, error) {
	self := map[string]bool{}
	if run.UserID != nil {
		u, err := s.store.Client.User.Query().Where(user.ID(*run.UserID)).Only(ctx)
		if err != nil && !ent.IsNotFound(err) {
			return nil, fmt.Errorf("read the sender: %w", err)
		}
		if u != nil && u.Role == term.RolePortalUser {
			self[u.EmailKey] = true
		}
	}
	if run.SponsorID == nil {
		return self, nil
	}
	structure, err := s.store.Client.Contact.Get(ctx, *run.SponsorID)
	if err != nil {
		return nil, fmt.Errorf("read the sponsor: %w", err)
	}
	if structure.EmailKey != "" {
		self[structure.EmailKey] = true
	}
	if run.ActorContactID == nil {
		return self, nil
	}
	main, err := s.store.Client.Relay.Query().Where(relay.IndividualID(*run.ActorContactID)).WithIndividual().All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read the relay: %w", err)
	}
	for _, r := range main {
		if r.Edges.Individual != nil && r.Edges.Individual.EmailKey != "" {
			self[r.Edges.Individual.EmailKey] = true
		}
	}
	return self, nil
}

// take adds a move and decides the batch when it is full.
func (st *stager) take(ctx context.Context, m Move) error {
	st.batch = append(st.batch, m)
	if len(st.batch) < stageBatch {
		return nil
	}
	return st.flush(ctx)
}

// flush decides the moves gathered so far and stores them.
func (st *stager) flush(ctx context.Context) error {
	if len(st.batch) == 0 {
		return nil
	}
	decisions, err := st.decide(ctx)
	if err != nil {
		return err
	}
	st.batch = st.batch[:0]
	err = st.service.store.WithTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		return st.store(ctx, tx, decisions)
	})
	return err
}

// decide reads what the plan needs in three queries and asks it.
func (st *stager) decide(ctx context.Context) ([]Decision, error) {
	c := st.service.store
	facts, err := st.facts(ctx)
	if err != nil {
		return nil, err
	}
	keys := make([]string, 0, len(st.batch))
	seen := map[string]bool{}
	for _, m := range st.batch {
		if key := contact.Key(m.Email); key != "" && !seen[key] && contact.ValidEmail(m.Email) {
			seen[key] = true
			keys = append(keys, key)
		}
	}
	known, err := contact.Lookup(ctx, c, st.scope.Organisation, st.scope.Party, keys)
	if err != nil {
		return nil, err
	}
	had, err := st.had(ctx, facts, known)
	if err != nil {
		return nil, err
	}
	st.planner.remember(had)
	decisions := make([]Decision, len(st.batch))
	for i, m := range st.batch {
		d := st.planner.Decide(m, facts(m), known[contact.Key(m.Email)])
		if st.locate != nil {
			for p := range d.Warnings {
				st.locate(&d.Warnings[p])
			}
			if d.Problem != nil {
				st.locate(d.Problem)
			}
		}
		decisions[i] = d
	}
	return decisions, nil
}

func (st *stager) facts(ctx context.Context) (func(Move) *ticket.Facts, error) {
	var numbers []int64
	var ids []uuid.UUID
	for _, m := range st.batch {
		if m.Number != 0 {
			numbers = append(numbers, m.Number)
		} else if m.Ticket != uuid.Nil {
			ids = append(ids, m.Ticket)
		}
	}
	byNumber, err := ticket.FactsByNumber(ctx, st.service.store, st.scope, numbers)
	if err != nil {
		return nil, err
	}
	byID := map[uuid.UUID]*ticket.Facts{}
	if len(ids) > 0 {
		if byID, err = ticket.FactsByID(ctx, st.service.store, st.scope, ids); err != nil {
			return nil, err
		}
	}
	return func(m Move) *ticket.Facts {
		if m.Number != 0 {
			return byNumber[m.Number]
		}
		return byID[m.Ticket]
	}, nil
}

// store writes the decisions as rows and adds them to the run's totals.
func (st *stager) store(ctx context.Context, tx *db.Tx, decisions []Decision) error {
	if err := st.hold(ctx, tx); err != nil {
		return err
	}
	if err := st.number(ctx, tx, decisions); err != nil {
		return err
	}
	rows, totals := st.rows(decisions)
	list, err := json.Marshal(rows)
	if err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, `INSERT INTO execution_rows (organisation_id, execution_id, `+rowNames+`)
		SELECT $2::uuid, $3::uuid, `+rowNames+` FROM `+db.Source(tx, "$1", "n", rowColumns...),
		string(list), st.run.OrganisationID, st.run.ID); err != nil {
		return fmt.Errorf("store %d rows: %w", len(rows), err)
	}
	notices, err := st.noticed(ctx, tx, decisions)
	if err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, `UPDATE executions SET rows = rows + $1::bigint, plan_distribute = plan_distribute + $2::bigint,
		plan_unchanged = plan_unchanged + $3::bigint, plan_refused = plan_refused + $4::bigint, plan_mails = plan_mails + $5::bigint,
		plan_redistribute = plan_redistribute + $6::bigint, plan_take_back = plan_take_back + $7::bigint,
		plan_notices = plan_notices + $8::bigint, plan_approvals = plan_approvals + $10::bigint WHERE id = $9::uuid`,
		len(rows), totals[term.OutcomeDistribute], totals[term.OutcomeUnchanged], totals[term.OutcomeRefused], len(st.mails),
		totals[term.OutcomeRedistribute], totals[term.OutcomeTakeBack], notices, st.run.ID, approvals(decisions)); err != nil {
		return fmt.Errorf("add up the plan: %w", err)
	}
	clear(st.mails)
	return st.event(ctx, tx, "planned")
}

// number gives each new guest of the batch a contact number (D-9).
func (st *stager) number(ctx context.Context, tx *db.Tx, decisions []Decision) error {
	var fresh []*Guest
	for _, d := range decisions {
		if g := d.Guest; g != nil && g.New && g.Number == 0 {
			g.Number = -1
			fresh = append(fresh, g)
		}
	}
	if len(fresh) == 0 {
		return nil
	}
	first, err := contact.Numbers(ctx, tx, st.run.OrganisationID, "contact", len(fresh))
	if err != nil {
		return err
	}
	for i, g := range fresh {
		g.Number = first + int64(i)
	}
	return nil
}

// repeatable makes planning start from nothing when a process died in it.
func (s *Service) forget(ctx context.Context, tx *db.Tx, run *ent.Execution) error {
	if _, err := tx.Exec(ctx, "DELETE FROM execution_rows WHERE execution_id = $1::uuid", run.ID); err != nil {
		return fmt.Errorf("forget an unfinished plan: %w", err)
	}
	_, err := tx.Exec(ctx, `UPDATE executions SET rows = 0, plan_distribute = 0, plan_unchanged = 0, plan_refused = 0,
		plan_mails = 0, plan_redistribute = 0, plan_take_back = 0, plan_notices = 0, plan_approvals = 0, applied_row = 0 WHERE id = $1::uuid`, run.ID)
	return err
}

var errNoFile = errors.New("the execution has no file")
