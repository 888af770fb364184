package execution_test

import (
	"context"
	"errors"
	"log/slog"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"

	"gradin/server/db"
	"gradin/server/db/dbtest"
	"gradin/server/execution"
	"gradin/server/term"
)

// clock is a clock that the test turns.
type clock struct{ ahead atomic.Int64 }

func (c *clock) now() time.Time { return time.Now().Add(time.Duration(c.ahead.Load())) }

// slow is a function whose first runner falls silent between two writes.
type slow struct {
	store  *db.DB
	silent chan struct{}
	wake   chan struct{}
	runs   atomic.Int64
	lost   chan error
}

func (s *slow) Plan(context.Context, *execution.Run) error { return nil }

func (s *slow) Apply(ctx context.Context, run *execution.Run) error {
	first := s.runs.Add(1) == 1
	if first {
		close(s.silent)
		<-s.wake
	}
	err := s.store.WithTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		if err := run.Hold(ctx, tx); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, "UPDATE executions SET distributed = distributed + 1 WHERE id = $1::uuid", run.ID)
		return err
	})
	if first {
		s.lost <- err
	}
	return err
}

func organisation(t *testing.T, store *db.DB) uuid.UUID {
	t.Helper()
	ctx := dbtest.System()
	i, err := store.Client.Institution.Create().SetCode("t").SetName("T").Save(ctx)
	if err != nil {
		t.Fatal(err)
	}
	o, err := store.Client.Organisation.Create().SetInstitutionID(i.ID).SetCode("T").SetName("T").SetTimeZone("UTC").SetCurrency("EUR").Save(ctx)
	if err != nil {
		t.Fatal(err)
	}
	return o.ID
}

func TestRun_IF4_aRunnerThatLostItsLeaseChangesNothing(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		c := &clock{}
		s := execution.New(store, slog.New(slog.DiscardHandler), time.Minute, c.now)
		h := &slow{store: store, silent: make(chan struct{}), wake: make(chan struct{}), lost: make(chan error, 1)}
		s.Register(term.ExecutionFunctionDistribution, h)
		org := organisation(t, store)
		var id uuid.UUID
		err := store.WithTx(dbtest.System(), func(ctx context.Context, tx *db.Tx) error {
			e, err := s.Begin(ctx, tx, execution.Order{
				Function: term.ExecutionFunctionDistribution, Trigger: term.ExecutionTriggerApi, Organisation: org, Confirmed: true,
			})
			if err == nil {
				id = e.ID
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		done := make(chan struct{})
		go func() {
			defer close(done)
			s.RunOne(context.Background())
		}()
		<-h.silent
		if s.RunOne(context.Background()) {
			t.Fatal("a second runner took a run whose lease holds")
		}
		c.ahead.Store(int64(2 * time.Minute))
		if !s.RunOne(context.Background()) {
			t.Fatal("nobody took over a run whose lease had ended")
		}
		close(h.wake)
		if err := <-h.lost; !errors.Is(err, execution.ErrLost) {
			t.Errorf("the first runner's write ended with %v, want ErrLost", err)
		}
		<-done
		e, err := store.Client.Execution.Get(dbtest.System(), id)
		if err != nil {
			t.Fatal(err)
		}
		if e.Distributed != 1 || e.State != term.ExecutionStateDone {
			t.Errorf("written %d times, state %s; want once, DONE", e.Distributed, e.State)
		}
	})
}
