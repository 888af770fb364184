package command_test

import (
	"context"
	"database/sql"
	"log/slog"
	"math/rand/v2"
	"os"
	"os/exec"
	"syscall"
	"testing"
	"time"

	"github.com/google/uuid"

	"gradin/ent/user"
	"gradin/server/config"
	"gradin/server/db"
	"gradin/server/distribution"
	"gradin/server/execution"
	"gradin/server/oid"
	"gradin/server/wallet"
	"gradin/server/wallet/wallettest"
)

// TestServe_TB4_removalsThatAreKilledMoveEachTicketOnce lets all that a sponsor
// takes back lie in an outside wallet, and kills first the program while it asks
// for the tickets, then whoever hears the wallet's answers: each ticket moves
// once, or waits.
func TestServe_TB4_removalsThatAreKilledMoveEachTicketOnce(t *testing.T) {
	rows, parts, kills := 120, 6, 1
	if os.Getenv("GRADIN_TORTURE") != "" {
		rows, parts, kills = 12_000, 60, 12
	}
	stocked(t, rows, func(t *testing.T, c config.Serve) {
		c.Chunk = max(10, rows/parts/3)
		v, sponsor := given(t, c, rows)
		store := opened(t, c)
		run, err := db.Get[uuid.UUID](system(), store, "SELECT id FROM executions ORDER BY created_at DESC LIMIT 1")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := store.Exec(system(), "UPDATE tickets SET wallet_id = $1::uuid WHERE id IN (SELECT ticket_id FROM execution_rows WHERE execution_id = $2::uuid)", uuid.New(), run); err != nil {
			t.Fatal(err)
		}
		tickets, err := db.Select(system(), store, scanUUID, "SELECT ticket_id FROM execution_rows WHERE execution_id = $1::uuid ORDER BY row_number", run)
		if err != nil {
			t.Fatal(err)
		}
		relay, err := store.Client.User.Query().Where(user.StructureID(sponsor)).First(system())
		if err != nil {
			t.Fatal(err)
		}
		secret := token(t, c, relay.Email, true)
		runs := reclaimParts(t, v.url, secret, tickets, parts)
		random := rand.New(rand.NewPCG(4, uint64(rows)))
		inside := killAsking(t, c, store, v, len(tickets), kills, random)
		answered := killAnswering(t, c, store, len(tickets), kills, random)
		t.Logf("%d tickets in %d runs; %d of %d kills while they were asked for, %d while they were answered", len(tickets), parts, inside, kills, answered)
		if inside+answered == 0 {
			t.Error("no kill came before the end")
		}
		removedOnce(t, store, runs, len(tickets))
	})
}

// reclaimParts begins a take-back of each part of the tickets.
func reclaimParts(t *testing.T, address, secret string, tickets []uuid.UUID, parts int) []uuid.UUID {
	t.Helper()
	var runs []uuid.UUID
	for i := range parts {
		var ids []string
		for _, id := range tickets[i*len(tickets)/parts : (i+1)*len(tickets)/parts] {
			ids = append(ids, oid.Encode(id))
		}
		var begun struct {
			Reclaim struct{ Execution *struct{ ID string } }
		}
		askWith(t, address, secret, `mutation($ids: [ID!]!) { reclaim(input: {ticketIds: $ids}) { execution { id } userErrors { message } } }`,
			map[string]any{"ids": ids}, &begun)
		if begun.Reclaim.Execution == nil {
			t.Fatal("a take-back is refused")
		}
		id, err := oid.Decode(begun.Reclaim.Execution.ID)
		if err != nil {
			t.Fatal(err)
		}
		runs = append(runs, id)
	}
	return runs
}

// killAsking kills the program while it blocks tickets, and lets it end. It says
// how many kills came before that.
func killAsking(t *testing.T, c config.Serve, store *db.DB, v *victim, tickets, kills int, random *rand.Rand) int {
	t.Helper()
	inside := 0
	for i := range kills {
		if passed(t, store, "SELECT count(*) FROM removals", tickets*i/kills+random.IntN(max(1, tickets/kills*3/4))) < tickets {
			inside++
		}
		v.kill()
		v = launch(t, c, "smtp://127.0.0.1:1")
	}
	until(t, c, "SELECT count(*) FROM executions WHERE ended_at IS NULL")
	v.kill()
	return inside
}

// killAnswering kills a process that hears the wallet's answers, and lets it end.
func killAnswering(t *testing.T, c config.Serve, store *db.DB, tickets, kills int, random *rand.Rand) int {
	t.Helper()
	const ended = "SELECT count(*) FROM removals WHERE ended_at IS NOT NULL"
	inside := 0
	for i := range kills {
		p := hear(t, c)
		if passed(t, store, ended, tickets*i/kills+random.IntN(max(1, tickets/kills/2))) < tickets {
			inside++
		}
		_ = p.Process.Signal(syscall.SIGKILL)
		_ = p.Wait()
	}
	if err := hear(t, c).Wait(); err != nil {
		t.Fatalf("hear the wallet to the end: %v", err)
	}
	return inside
}

// passed waits until a count has come to a number, and gives it.
func passed(t *testing.T, store *db.DB, count string, n int) int {
	t.Helper()
	tick := time.NewTicker(time.Millisecond)
	defer tick.Stop()
	for deadline := time.Now().Add(2 * time.Minute); time.Now().Before(deadline); <-tick.C {
		got, err := db.Get[int](system(), store, count)
		if err != nil {
			t.Fatal(err)
		}
		if got >= n {
			return got
		}
	}
	t.Fatalf("%s does not come to %d", count, n)
	return 0
}

// hear starts this test binary as the process that asks the wallet until nothing
// waits for it any more.
func hear(t *testing.T, c config.Serve) *exec.Cmd {
	t.Helper()
	p := exec.Command(os.Args[0])
	p.Env = append(os.Environ(), "GRADIN_TEST_AS_WALLET="+c.Data, "DATABASE_URL="+c.DatabaseURL)
	p.Stderr = os.Stderr
	if err := p.Start(); err != nil {
		t.Fatal(err)
	}
	return p
}

// asWallet is that process: its wallet gives up at once what it is asked for.
func asWallet(data, databaseURL string) error {
	store, err := db.Open(system(), databaseURL, data)
	if err != nil {
		return err
	}
	defer store.Close()
	log := slog.New(slog.DiscardHandler)
	service := distribution.New(store, execution.New(store, log, time.Second, time.Now), log, time.Now, 0)
	outside := wallettest.New()
	outside.AtOnce(true)
	for {
		// As if the minute had passed after which it is asked again.
		if _, err := store.Exec(system(), "UPDATE removals SET next_attempt_at = NULL WHERE ended_at IS NULL"); err != nil {
			return err
		}
		if n, err := service.AskWallets(context.Background(), wallet.Directory(outside.Find)); err != nil || n == 0 {
			return err
		}
	}
}

// removedOnce proves that each ticket is back once, under a new code.
func removedOnce(t *testing.T, store *db.DB, runs []uuid.UUID, tickets int) {
	t.Helper()
	type sum struct{ taken, refused, waiting, entries, removals, live int }
	all, err := db.Select(system(), store, func(r *sql.Rows) (sum, error) {
		var s sum
		return s, r.Scan(&s.taken, &s.refused, &s.waiting, &s.entries, &s.removals, &s.live)
	}, `SELECT sum(e.taken_back), sum(e.refused), sum(e.waiting),
		(SELECT count(*) FROM history_entries h WHERE h.event = 'TAKEN_BACK'), (SELECT count(*) FROM removals WHERE state = 'DONE'),
		(SELECT count(*) FROM removals v JOIN tickets n ON n.replaces_id = v.ticket_id WHERE n.live AND n.holder_id IS NULL AND n.wallet_id IS NULL)
		FROM executions e WHERE e.function = 'TAKE_BACK' AND e.number >= (SELECT min(number) FROM executions WHERE id = $1::uuid)`, runs[0])
	if err != nil {
		t.Fatal(err)
	}
	before, err := db.Get[int](system(), store, "SELECT count(*) FROM history_entries WHERE event = 'TAKEN_BACK' AND (execution_id IS NULL OR execution_id NOT IN (SELECT execution_id FROM removals))")
	if err != nil {
		t.Fatal(err)
	}
	got := all[0]
	got.entries -= before
	if want := (sum{tickets, 0, 0, tickets, tickets, tickets}); got != want {
		t.Errorf("taken back, refused, waiting, entries, removals done, new codes: %v, want %v", got, want)
	}
	soundStore(t, store)
}
