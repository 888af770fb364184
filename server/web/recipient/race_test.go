package recipient

import (
	"context"
	"net/http"
	"testing"

	"gradin/server/db"
	"gradin/server/db/dbtest"
	"gradin/server/mail/mailtest"
)

// The guest asks for his codes while a take-back of one of them is not yet
// committed. Without the lock he would read what is no longer true.
func TestReveal_D7_waitsForATakeBackThatIsUnderWay(t *testing.T) {
	t.Parallel()
	store := dbtest.Postgres(t)
	stadium := mailtest.Build(t, store, mailtest.Plan{Guests: 1, Each: 2})
	server := open(t, store)
	answer := make(chan visit, 1)
	err := store.WithTx(dbtest.System(), func(ctx context.Context, tx *db.Tx) error {
		if err := stadium.TakeBackIn(ctx, tx, 0, 0, mailtest.Start()); err != nil {
			return err
		}
		go func() { answer <- do(t, http.MethodPost, link(server, stadium, 0), sameOrigin) }()
		for waiting := 0; waiting == 0; {
			var err error
			waiting, err = db.Get[int](ctx, store, "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'")
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	v := <-answer
	if got := v.codes(stadium.Guests[0]); v.StatusCode != http.StatusOK || len(got) != 1 || got[0] != 1 {
		t.Errorf("%d with codes %v, want that of the second ticket only", v.StatusCode, got)
	}
}
