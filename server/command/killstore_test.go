package command_test

import (
	"context"
	"io"
	"math/rand/v2"
	"os"
	"testing"

	"gradin/server/db"
	"gradin/server/db/dbtest"
	"gradin/server/oid"
)

// TestServe_DB4_aKilledDatabaseLosesNothing kills PostgreSQL, or its connections
// only, in the middle of an import and of its mails, again and again, under a
// server that goes on: the run ends by itself, each move applied once, one mail each.
func TestServe_DB4_aKilledDatabaseLosesNothing(t *testing.T) {
	t.Parallel()
	rows, kills := 400, 2
	if os.Getenv("GRADIN_TORTURE") != "" {
		rows, kills = 20_000, 12
	}
	cluster, err := dbtest.StartDurable(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cluster.Stop() })
	c := defaults(t, cluster.URL)
	box := t.TempDir()
	c.Chunk, c.SMTP, c.MailRate = max(20, rows/60), startMailServer(t, box).url, 5000
	seed(t, c, rows)
	secret := token(t, c, "operateur@fcgranval.example", true)
	file, sponsor, count := fillOut(t, c, rows)
	s := start(t, c, io.Discard)
	id, err := oid.Decode(upload(t, s.URL, secret, file, sponsor))
	if err != nil {
		t.Fatal(err)
	}
	random := rand.New(rand.NewPCG(4, uint64(rows)))
	inside := 0
	for i := range kills {
		if progressed(t, s.Store, id, 2*count*i/kills+random.IntN(max(1, 2*count/kills*3/4))) {
			inside++
		}
		if i%2 == 1 {
			cut(t, s.Store)
		} else if err := cluster.Crash(context.Background()); err != nil {
			t.Fatal(err)
		}
	}
	until(t, c, "SELECT count(*) FROM executions WHERE id = $1::uuid AND ended_at IS NULL", id)
	until(t, c, "SELECT count(*) FROM mails WHERE execution_id = $1::uuid AND state NOT IN ('SENT', 'IN_DOUBT')", id)
	t.Logf("%d of %d kills in the middle", inside, kills)
	if inside == 0 {
		t.Error("no kill came before the end")
	}
	verify(t, c, box, id, count)
}

// cut ends all connections to the database but the one that does it.
func cut(t testing.TB, store *db.DB) {
	t.Helper()
	if _, err := store.Exec(system(), "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'gradin' AND pid <> pg_backend_pid()"); err != nil {
		t.Fatal(err)
	}
}
