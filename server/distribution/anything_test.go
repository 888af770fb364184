package distribution_test

import (
	"context"
	"database/sql"
	"fmt"
	"math/rand/v2"
	"os"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"

	"gradin/server/db"
	"gradin/server/db/dbtest"
	"gradin/server/distribution"
	"gradin/server/execution"
	"gradin/server/term"
	"gradin/server/ticket"
)

// TestAnything_DB4_atOnceLeavesEachTicketInOneHand lets files, lists,
// take-backs, undos, guests and the gate loose on the same few tickets at once,
// while runs lose their leases to one another, and looks at every rule
// afterwards. GRADIN_TORTURE=1 makes it long.
func TestAnything_DB4_atOnceLeavesEachTicketInOneHand(t *testing.T) {
	t.Parallel()
	steps := 25
	if os.Getenv("GRADIN_TORTURE") != "" {
		steps = 1500
	}
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		const n = 30
		h := passable(t, store, n)
		h.allow(true, term.TakeBackDownloadedRelayAndPublic)
		// A lease this short is lost to the other runner again and again.
		h.runs = execution.New(store, quiet(), 40*time.Millisecond, time.Now)
		h.distribution = distribution.New(store, h.runs, quiet(), time.Now, 3)
		var done [actions]atomic.Int64
		over, stop := context.WithCancel(context.Background())
		seed := uint64(time.Now().UnixNano())
		t.Logf("seed %d", seed)
		runners := make(chan struct{}, 2)
		for range cap(runners) {
			go func() {
				defer func() { runners <- struct{}{} }()
				for over.Err() == nil {
					h.runs.RunOne(context.Background())
				}
			}()
		}
		crowd := make([]func(), 4)
		for i := range crowd {
			somebody := anybody{h, rand.New(rand.NewPCG(seed, uint64(i)))}
			crowd[i] = func() {
				for range steps {
					if what := somebody.rand.IntN(actions); somebody.does(what) {
						done[what].Add(1)
					}
					// What was begun is carried on, by whoever comes first.
					h.runs.RunOne(context.Background())
				}
			}
		}
		h.race(crowd...)
		h.waitForRuns()
		stop()
		for range cap(runners) {
			<-runners
		}
		h.sound()
		if live := h.count("SELECT count(DISTINCT place_key) FROM tickets WHERE live"); live != n || live != h.count("SELECT count(*) FROM tickets WHERE live") {
			t.Errorf("%d places have %d live tickets; there were %d", live, h.count("SELECT count(*) FROM tickets WHERE live"), n)
		}
		t.Logf("%d moves, %d refused, %d lost leases", h.count("SELECT sum(distributed + redistributed + taken_back) FROM executions"),
			h.count("SELECT sum(refused) FROM executions"), h.count("SELECT sum(lease_token) - count(*) FROM executions"))
		for what := range done {
			t.Logf("%-12s %d", actionNames[what], done[what].Load())
		}
	})
}

var actionNames = [...]string{"file", "list", "take back", "all back", "undo", "give back", "offer", "accept", "keep", "fetch", "gate"}

const actions = len(actionNames)

// anybody does this and that with the tickets of a house.
type anybody struct {
	*house
	rand *rand.Rand
}

// does tries something and says whether it was taken; refusals are as usual as not.
func (a anybody) does(what int) bool {
	relay := a.relay(a.sponsor)
	var err error
	switch actionNames[what] {
	case "file":
		_, err = a.distribution.Import(relay, distribution.File{
			Name: "tickets.xlsx", Content: newReader(workbook(a.t, a.lines()...)), Policy: term.RunPolicyIgnoreFailed, Confirmed: true,
		})
	case "list":
		_, err = a.distribution.Distribute(relay, distribution.List{Wishes: a.wishes(), Confirmed: true})
	case "take back":
		_, err = a.distribution.Reclaim(relay, distribution.TakeBack{Tickets: []uuid.UUID{a.some(), a.some()}, Confirmed: true})
	case "all back":
		_, err = a.distribution.Reclaim(a.staff(term.RoleOperator), distribution.TakeBack{Tickets: []uuid.UUID{a.some(), a.some(), a.some()}, Sponsor: a.sponsor.ID, Reason: "wanted", Confirmed: true})
	case "undo":
		run := a.pick("SELECT id FROM executions WHERE ended_at IS NOT NULL AND distributed + redistributed > 0 ORDER BY id DESC LIMIT 6")
		_, err = a.distribution.Undo(relay, distribution.Undoing{Execution: run, Confirmed: true})
	case "give back":
		id := a.some()
		err = a.distribution.GiveBack(system(), distribution.GivingBack{Mail: a.news(id), Ticket: id})
	case "offer":
		id := a.some()
		err = told(a.distribution.PassOn(system(), distribution.PassingOn{Mail: a.news(id), Ticket: id, Email: a.somebody(), First: "Third", Last: "Person"}))
	case "accept":
		err = told(a.distribution.AnswerOffer(system(), a.offered(), true))
	case "keep":
		id := a.some()
		err = told(a.distribution.KeepTicket(system(), distribution.GivingBack{Mail: a.news(id), Ticket: id}))
	case "fetch":
		err = a.fetch(a.some())
	case "gate":
		// Who was let in is out of the game: a few only.
		return a.count("SELECT count(*) FROM tickets WHERE state = 'CONTROLLED'") < 5 && a.scanAtGate(a.some())
	}
	return err == nil
}

// told makes one error of what a guest's page is told.
func told(problem *distribution.Problem, err error) error {
	if problem != nil {
		return fmt.Errorf("refused: %s", problem.Code)
	}
	return err
}

// some is one of the tickets as they are now, dead ones at times.
func (a anybody) some() uuid.UUID {
	if a.rand.IntN(10) == 0 {
		return a.tickets[a.rand.IntN(len(a.tickets))].ID
	}
	return a.pick("SELECT id FROM tickets WHERE live ORDER BY id")
}

// pick takes one of the rows of a query; the zero id where there are none.
func (a anybody) pick(query string, args ...any) uuid.UUID {
	all := must(db.Select(system(), a.store, scanID, query, args...))
	if len(all) == 0 {
		return uuid.Nil
	}
	return all[a.rand.IntN(len(all))]
}

// somebody is one of a few guests.
func (a anybody) somebody() string { return fmt.Sprintf("guest%d@example.org", a.rand.IntN(8)) }

// news is the mail by which the holder of a ticket has it.
func (a anybody) news(id uuid.UUID) uuid.UUID {
	return a.pick(`SELECT m.id FROM mails m JOIN holder_links l ON l.execution_id = m.execution_id AND l.holder_id = m.recipient_id
		AND l.closed_at IS NULL WHERE l.ticket_id = $1::uuid AND m.class = 'TICKET_ACKNOWLEDGEMENT' ORDER BY m.id`, id)
}

// offered is the mail of one of the open offers.
func (a anybody) offered() uuid.UUID {
	return a.pick(`SELECT m.id FROM mails m JOIN pass_ons p ON p.ticket_id = m.ticket_id AND p.state = 'PENDING'
		WHERE m.class = 'TICKET_OFFERED' ORDER BY m.id`)
}

// lines are a file as somebody might fill it in: of tickets as they are now.
func (a anybody) lines() []line {
	type mark struct{ number, move int64 }
	marks := must(db.Select(system(), a.store, func(r *sql.Rows) (mark, error) {
		var m mark
		return m, r.Scan(&m.number, &m.move)
	}, "SELECT number, move FROM tickets WHERE live ORDER BY number"))
	a.rand.Shuffle(len(marks), func(i, j int) { marks[i], marks[j] = marks[j], marks[i] })
	all := make([]line, min(1+a.rand.IntN(8), len(marks)))
	for i := range all {
		all[i] = line{distribution.Reference(marks[i].number, marks[i].move), a.somebody(), "Any", "Body"}
	}
	return all
}

// wishes are a list of moves, some of them back.
func (a anybody) wishes() []distribution.Wish {
	all := make([]distribution.Wish, 1+a.rand.IntN(6))
	for i := range all {
		all[i] = distribution.Wish{Ticket: a.some(), Back: a.rand.IntN(3) == 0}
		if !all[i].Back {
			all[i].Email, all[i].First, all[i].Last = a.somebody(), "Any", "Body"
		}
	}
	return all
}

// fetch lets the holder ask for his code.
func (a anybody) fetch(id uuid.UUID) error {
	guest := a.pick("SELECT holder_id FROM tickets WHERE id = $1::uuid AND holder_id IS NOT NULL", id)
	return a.store.WithTx(system(), func(ctx context.Context, tx *db.Tx) error {
		_, err := ticket.Download(ctx, tx, ticket.Cause{Organisation: a.org.ID, Via: term.HistoryViaRecipient, At: db.Now()}, guest, []uuid.UUID{id})
		return err
	})
}

// waitForRuns carries runs on until none is left to carry.
func (h *house) waitForRuns() {
	late := time.Now().Add(2 * time.Minute)
	for h.count("SELECT count(*) FROM executions WHERE state IN ('PLANNING', 'QUEUED', 'RUNNING')") > 0 {
		if time.Now().After(late) {
			h.t.Error("runs are left after two minutes")
			return
		}
		h.runs.RunOne(context.Background())
	}
}
