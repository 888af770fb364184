package distribution

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/google/uuid"

	"gradin/server/audit"
	"gradin/server/db"
	"gradin/server/execution"
	"gradin/server/oid"
	"gradin/server/term"
	"gradin/server/ticket"
	"gradin/server/wallet"
)

// requestRemovals asks for the tickets of a chunk that lie in outside wallets
// instead of moving them: they are blocked, their rows wait, and the rest of the
// chunk goes on (TB-4). It says how many wait.
func (s *Service) requestRemovals(ctx context.Context, tx *db.Tx, run *execution.Run, args []any) (int, error) {
	all, err := db.Select(ctx, tx, func(r *sql.Rows) (wallet.Request, error) {
		w := wallet.Request{ID: oid.New(oid.Removal)}
		return w, r.Scan(&w.Ticket, &w.Wallet, &w.Row, &w.Version, &w.Former)
	}, `SELECT t.id, t.wallet_id, x.row_number, t.version + 1, t.location FROM execution_rows x JOIN tickets t ON t.id = x.ticket_id
		WHERE `+stretch+` AND x.outcome <> 'DISTRIBUTE' AND `+wallet.Outside("t")+` ORDER BY t.id`, args...)
	if err != nil {
		return 0, fmt.Errorf("find tickets in outside wallets: %w", err)
	}
	if len(all) == 0 {
		return 0, nil
	}
	cause := s.cause(run)
	ids := make([]uuid.UUID, len(all))
	for i, w := range all {
		ids[i] = w.Ticket
	}
	if err := wallet.Ask(ctx, tx, run.OrganisationID, run.ID, cause.At, all); err != nil {
		return 0, err
	}
	if err := ticket.Block(ctx, tx, cause, ids); err != nil {
		return 0, err
	}
	_, err = tx.Exec(ctx, `UPDATE execution_rows AS x SET removal = 'REQUESTED', version = v.version FROM removals v
		WHERE v.execution_id = x.execution_id AND v.row_number = x.row_number AND v.ended_at IS NULL AND `+stretch, args...)
	if err != nil {
		return 0, fmt.Errorf("let rows wait for their wallets: %w", err)
	}
	return len(all), nil
}

// removalBatch is how many removals one call of a wallet asks for.
const removalBatch = 500

// AskWallets asks the outside wallets for what is due, and carries on with what
// they answer; then it gives up those that had their time. It says how many
// removals ended.
func (s *Service) AskWallets(ctx context.Context, find wallet.Directory) (int, error) {
	ctx = systemContext(ctx)
	ended := 0
	for {
		due, err := wallet.Claim(ctx, s.store, db.Moment(s.now()), removalBatch)
		if err != nil {
			return ended, err
		}
		if len(due) == 0 {
			given, err := s.giveUp(ctx)
			return ended + given, err
		}
		n, err := s.Answered(ctx, s.ask(ctx, find, due))
		ended += n
		if err != nil || ctx.Err() != nil {
			return ended, err
		}
	}
}

// ServeWallets asks the wallets for what is due at each ring, until the context ends.
func (s *Service) ServeWallets(ctx context.Context, find wallet.Directory, bell <-chan time.Time) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-bell:
		}
		if _, err := s.AskWallets(ctx, find); err != nil && ctx.Err() == nil {
			s.log.ErrorContext(ctx, "ask outside wallets", "error", err)
		}
	}
}

// ask asks each wallet once. One that fails stops nobody else's removals: it is
// asked again later, under the same keys.
func (s *Service) ask(ctx context.Context, find wallet.Directory, due []wallet.Due) []wallet.Answer {
	byWallet := map[uuid.UUID][]wallet.Removal{}
	for _, d := range due {
		byWallet[d.Wallet] = append(byWallet[d.Wallet], d.Removal)
	}
	var answers []wallet.Answer
	for id, removals := range byWallet {
		w, err := find(ctx, id)
		var said []wallet.Answer
		if err == nil {
			limited, cancel := context.WithTimeout(ctx, 30*time.Second)
			said, err = w.Remove(limited, removals)
			cancel()
		}
		if err != nil {
			s.log.WarnContext(ctx, "a wallet does not answer", "wallet", oid.Encode(id), "removals", len(removals), "error", err)
			said = nil
			for _, r := range removals {
				said = append(said, wallet.Answer{Key: r.Key, Text: err.Error()})
			}
		}
		answers = append(answers, said...)
	}
	return answers
}

// Answered carries on with what wallets say, asked or by themselves. An answer
// about a removal that has ended changes nothing. It says how many ended.
func (s *Service) Answered(ctx context.Context, answers []wallet.Answer) (int, error) {
	ctx = systemContext(ctx)
	byKey := map[uuid.UUID]wallet.Answer{}
	var keys []uuid.UUID
	var waiting []wallet.Answer
	for _, a := range answers {
		if a.Outcome != wallet.Removed && a.Outcome != wallet.Kept {
			waiting = append(waiting, a)
			continue
		}
		byKey[a.Key] = a
		keys = append(keys, a.Key)
	}
	if len(waiting) > 0 {
		if err := wallet.Note(ctx, s.store, waiting); err != nil {
			return 0, err
		}
	}
	if len(keys) == 0 {
		return 0, nil
	}
	open, err := wallet.Opened(ctx, s.store, keys, false)
	if err != nil {
		return 0, err
	}
	return s.settleAll(ctx, open, byKey)
}

// settleAll ends removals, those of an execution together.
func (s *Service) settleAll(ctx context.Context, open []wallet.Open, byKey map[uuid.UUID]wallet.Answer) (int, error) {
	ended := 0
	for len(open) > 0 {
		n := 1
		for n < len(open) && open[n].Execution == open[0].Execution {
			n++
		}
		settled, err := s.settleRemovals(ctx, open[:n], byKey)
		if err != nil {
			return ended, err
		}
		ended, open = ended+settled, open[n:]
	}
	return ended, nil
}

// settleRemovals ends removals of one execution in one transaction: what the
// wallet gave up moves like any other row, checked again; what it kept stays
// with its guest, and its row says why. Locks are taken in the order of the
// runners': execution, then tickets.
func (s *Service) settleRemovals(ctx context.Context, open []wallet.Open, answers map[uuid.UUID]wallet.Answer) (int, error) {
	e, err := s.store.Client.Execution.Get(ctx, open[0].Execution)
	if err != nil {
		return 0, fmt.Errorf("read whose removals these are: %w", err)
	}
	ctx = execution.Acting(ctx, e)
	ended := 0
	err = s.store.WithTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		ended = 0
		run, err := s.runs.Resume(ctx, tx, e.ID)
		if err != nil {
			return err
		}
		b, err := s.lockRemovals(ctx, tx, open, answers)
		if err != nil || len(b.all) == 0 {
			return err
		}
		ended = len(b.all)
		return s.conclude(ctx, tx, run, b, s.cause(run))
	})
	return ended, err
}

// conclude ends locked removals; the cause is who lets tickets stay.
func (s *Service) conclude(ctx context.Context, tx *db.Tx, run *execution.Run, b removals, by ticket.Cause) error {
	if err := s.moveRemoved(ctx, tx, run, b); err != nil {
		return err
	}
	if err := s.keep(ctx, tx, run, b, by); err != nil {
		return err
	}
	if err := wallet.End(ctx, tx, db.Moment(s.now()), b.all); err != nil {
		return err
	}
	if err := run.Event(ctx, tx, "removed"); err != nil {
		return err
	}
	if err := execution.Settle(ctx, tx, run.ID); err != nil {
		return err
	}
	detail := map[string]any{"removed": len(b.removed), "kept": len(b.kept), "reason": run.Reason}
	if len(b.kept) == 1 {
		detail["ticket"] = oid.Encode(b.kept[0].ticket)
	}
	for _, code := range []term.ReasonCode{term.ReasonCodeRemovalExpired, term.ReasonCodeRemovalCancelled} {
		if n := b.because(code); n > 0 {
			detail[string(code)] = n
		}
	}
	return audit.Write(ctx, tx, s.now(), audit.Entry{
		Organisation: run.OrganisationID, Verb: "distribution.removal", Object: run.ID, Detail: detail,
	})
}
