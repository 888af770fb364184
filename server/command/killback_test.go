package command_test

import (
	"bytes"
	"encoding/json"
	"math/rand/v2"
	"net/http"
	"os"
	"testing"
	"time"

	"github.com/google/uuid"

	"gradin/ent/user"
	"gradin/server/config"
	"gradin/server/db"
	"gradin/server/oid"
	"gradin/server/term"
)

// TestServe_TB8_aMassTakeBackThatIsKilledTakesEachTicketOnce kills the program in
// the middle of a take-back of all that a sponsor can take back, most of it in its
// guests' mailboxes, and lets it end: each ticket is back once, with one new code
// where the old one had left the house, and each guest is told at most once.
func TestServe_TB8_aMassTakeBackThatIsKilledTakesEachTicketOnce(t *testing.T) {
	rows, kills := 800, 2
	if os.Getenv("GRADIN_TORTURE") != "" {
		rows, kills = 20_000, 12
	}
	stocked(t, rows, func(t *testing.T, c config.Serve) {
		c.Chunk = max(20, rows/60)
		v, sponsor := given(t, c, rows)
		box := t.TempDir()
		mails := startMailServer(t, box)
		v.kill()
		v = launch(t, c, mails.url)
		store := opened(t, c)
		relay, err := store.Client.User.Query().Where(user.StructureID(sponsor)).First(system())
		if err != nil {
			t.Fatal(err)
		}
		secret := token(t, c, relay.Email, true)
		count := possible(t, v.url, secret)
		if count < rows {
			t.Fatalf("%d tickets can be taken back, fewer than the %d that were given", count, rows)
		}
		begun := time.Now()
		id := reclaimAll(t, v.url, secret, count)
		random := rand.New(rand.NewPCG(8, uint64(rows)))
		inside := 0
		for i := range kills {
			// Somewhere within the next part of planning and carrying out together.
			at := 2 * count * i / kills
			at += random.IntN(max(1, 2*count/kills*3/4))
			if progressed(t, store, id, at) {
				inside++
			}
			v.kill()
			v = launch(t, c, mails.url)
		}
		until(t, c, "SELECT count(*) FROM executions WHERE id = $1::uuid AND ended_at IS NULL", id)
		t.Logf("%d tickets, %d of %d kills in the middle, done after %s", count, inside, kills, time.Since(begun).Round(time.Millisecond))
		until(t, c, "SELECT count(*) FROM mails WHERE execution_id = $1::uuid AND state NOT IN ('SENT', 'IN_DOUBT')", id)
		v.kill()
		if inside == 0 {
			t.Error("no kill came before the end")
		}
		takenOnce(t, store, id, count)
		lettersOnce(t, store, box, id)
	})
}

// given is the program after a distribution of tickets whose mails have left.
func given(t *testing.T, c config.Serve, rows int) (*victim, uuid.UUID) {
	t.Helper()
	secret := token(t, c, "operateur@fcgranval.example", true)
	store := opened(t, c)
	if _, err := store.Client.PointOfSale.Update().SetAllowTakeBackInjected(true).SetTakeBackDownloaded(term.TakeBackDownloadedRelay).Save(system()); err != nil {
		t.Fatal(err)
	}
	v := launch(t, c, startMailServer(t, t.TempDir()).url)
	file, sponsor, _ := fillOut(t, c, rows)
	id, err := oid.Decode(upload(t, v.url, secret, file, sponsor))
	if err != nil {
		t.Fatal(err)
	}
	until(t, c, "SELECT count(*) FROM executions WHERE id = $1::uuid AND ended_at IS NULL", id)
	until(t, c, "SELECT count(*) FROM mails WHERE execution_id = $1::uuid AND state NOT IN ('SENT', 'IN_DOUBT')", id)
	return v, sponsor
}

func opened(t *testing.T, c config.Serve) *db.DB {
	t.Helper()
	store, err := db.Open(system(), c.DatabaseURL, c.Data)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() })
	return store
}

// possible is how many tickets the owner of the token can take back.
func possible(t *testing.T, address, secret string) int {
	t.Helper()
	var found struct{ Tickets struct{ TotalCount int } }
	askWith(t, address, secret, "{ tickets(first: 1, filter: {takeBackPossible: true}) { totalCount } }", nil, &found)
	return found.Tickets.TotalCount
}

// reclaimAll begins the take-back of all that can be taken back.
func reclaimAll(t *testing.T, address, secret string, count int) uuid.UUID {
	t.Helper()
	var begun struct {
		Reclaim struct {
			Execution  *struct{ ID string }
			UserErrors []struct{ Message string }
		}
	}
	askWith(t, address, secret, `mutation($count: Int!) { reclaim(input: {filter: {}, expectedCount: $count}) { execution { id } userErrors { message } } }`,
		map[string]any{"count": count}, &begun)
	if begun.Reclaim.Execution == nil {
		t.Fatalf("the take-back is refused: %+v", begun.Reclaim.UserErrors)
	}
	id, err := oid.Decode(begun.Reclaim.Execution.ID)
	if err != nil {
		t.Fatal(err)
	}
	return id
}

// askWith sends a question with a token and reads the answer's data.
func askWith(t *testing.T, address, secret, query string, variables map[string]any, into any) {
	t.Helper()
	post, _ := http.NewRequest(http.MethodPost, address+"/graphql", bytes.NewReader([]byte(asJSON(map[string]any{"query": query, "variables": variables}))))
	post.Header.Set("Content-Type", "application/json")
	post.Header.Set("Authorization", "Bearer "+secret)
	got, err := http.DefaultClient.Do(post)
	if err != nil {
		t.Fatal(err)
	}
	defer got.Body.Close()
	answer := struct {
		Data   any
		Errors []struct{ Message string }
	}{Data: into}
	if err := json.NewDecoder(got.Body).Decode(&answer); err != nil || len(answer.Errors) > 0 {
		t.Fatalf("%s is answered %+v, %v", query, answer.Errors, err)
	}
}

// progressed waits until so many rows are planned and carried out together, and
// says whether the run had not ended by then.
func progressed(t *testing.T, store *db.DB, id uuid.UUID, rows int) bool {
	t.Helper()
	tick := time.NewTicker(2 * time.Millisecond)
	defer tick.Stop()
	var err error
	for deadline := time.Now().Add(5 * time.Minute); time.Now().Before(deadline); <-tick.C {
		var left int
		left, err = db.Get[int](system(), store, `SELECT CASE WHEN ended_at IS NOT NULL THEN 0 WHEN applied_row +
			(SELECT count(*) FROM execution_rows WHERE execution_id = $1::uuid) < $2::bigint THEN 2 ELSE 1 END FROM executions WHERE id = $1::uuid`, id, rows)
		// A database that was just killed answers again after a while.
		if err == nil && left < 2 {
			return left == 1
		}
	}
	t.Fatalf("the run does not come to row %d within five minutes: %v", rows, err)
	return false
}

// takenOnce proves that each row's ticket went back once.
func takenOnce(t *testing.T, store *db.DB, id uuid.UUID, count int) {
	t.Helper()
	e, err := store.Client.Execution.Get(system(), id)
	if err != nil {
		t.Fatal(err)
	}
	if e.TakenBack != count || e.Refused != 0 || *e.Result != term.ExecutionResultOk {
		t.Errorf("%d taken back, %d refused, %s; want %d", e.TakenBack, e.Refused, *e.Result, count)
	}
	ask := func(what, query string, want int) {
		t.Helper()
		n, err := db.Get[int](system(), store, query, id)
		if err != nil {
			t.Fatal(err)
		}
		if n != want {
			t.Errorf("%d %s, want %d", n, what, want)
		}
	}
	const rows = " FROM execution_rows x JOIN tickets t ON t.id = x.ticket_id LEFT JOIN tickets n ON n.replaces_id = t.id WHERE x.execution_id = $1::uuid"
	ask("tickets came back", "SELECT count(DISTINCT t.id)"+rows, count)
	ask("entries say so", "SELECT count(*) FROM history_entries WHERE execution_id = $1::uuid AND event = 'TAKEN_BACK'", count)
	ask("tickets have that entry", "SELECT count(DISTINCT ticket_id) FROM history_entries WHERE execution_id = $1::uuid AND event = 'TAKEN_BACK'", count)
	ask("codes let in, one for each", "SELECT count(*)"+rows+" AND COALESCE(n.live, t.live) AND COALESCE(n.holder_id, t.holder_id) IS NULL", count)
	ask("old codes live beside the new one", "SELECT count(*)"+rows+" AND n.id IS NOT NULL AND (t.live OR n.barcode = t.barcode)", 0)
}
